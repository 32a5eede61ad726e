"""Judges what the resolver makes of GS1's and biip's own test vectors."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from wms_tui.domain import barcodes
from wms_tui.domain.barcodes import RESTRICTED, Reading, Result, Rules, Unknown, resolve
from wms_tui.domain.barcodes.restricted import measure_digit, rule_for

TODAY = date(2026, 3, 1)
RULES = Rules(TODAY)
VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "data" / "gs1" / "vectors.json").read_text(encoding="utf-8")
)
PREFIXES = ("]C1", "]d2", "]Q3", "]e0", "]J1", "\x1d")

OUTSIDE: dict[str, str] = {
    "8110": "coupons", "8112": "coupons", "8007": "bank accounts", "8030": "signatures", "8013": "model numbers",
    "7040": "tobacco", "7252": "patients", "7258": "patients", "4307": "lists of countries",
    "426": "lists of countries", "7030": "lists of countries", "3910": "lists of currencies", "89": "no GS1 identifier",
}  # fmt: skip
"""Contents that no stock is kept by: read where the form is right, not judged further."""

RETURNABLE = "check digit of a returnable (8003), which biip does not look at"
SECOND_LABEL = "may be the second of two labels"


class Verdict(NamedTuple):
    """``outcome`` is agreed, refused (as expected), outside, chosen (otherwise, on purpose) or failed."""

    kind: str
    outcome: str
    reason: str = ""


def judge(vector: dict[str, Any]) -> Verdict:
    kind = vector["form"].removeprefix("biip:")
    for name, judged in JUDGES.items():
        if kind.startswith(name):
            return judged(vector)
    raise AssertionError(kind)


def table(verdicts: list[Verdict]) -> str:
    """Counts by kind, and what failed or was chosen otherwise."""
    counts = Counter((one.kind, one.outcome) for one in verdicts)
    outcomes = ("agreed", "refused", "chosen", "outside", "failed")
    lines = [f"{'kind':<28}" + "".join(f"{name:>9}" for name in outcomes)]
    for kind in dict.fromkeys(one.kind for one in verdicts):
        lines.append(f"{kind:<28}" + "".join(f"{counts[kind, name]:>9}" for name in outcomes))
    total = Counter(one.outcome for one in verdicts)
    lines.append(f"{'all':<28}" + "".join(f"{total[name]:>9}" for name in outcomes))
    reasons = Counter((one.outcome, one.reason) for one in verdicts if one.reason and one.outcome != "agreed")
    return "\n".join([*lines, *(f"{outcome}: {reason} ({count})" for (outcome, reason), count in reasons.items())])


def reading(result: Result) -> Reading | None:
    return getattr(result, "reading", None)


def _outside(vector: dict[str, Any]) -> str:
    ais = re.findall(r"\((\d+)\)", vector["input"]) or [ai for ai, _ in vector["expect"].get("ais", [])]
    return next((OUTSIDE[ai] for ai in ais if ai in OUTSIDE), "")


def _parts(result: Result, expect: dict[str, Any]) -> str:
    """What differs from the parts expected."""
    if isinstance(result, Unknown):
        return f"refused: {result.error()}"
    said = reading(result)
    assert said is not None
    given = {"ais": [[part.ai, part.value] for part in said.elements], "lot": said.lot, "sscc": said.sscc}
    if "gtin" in expect:
        given["gtin"] = said.gtin
    if "production" in expect:
        day = said.produced
        given["production"] = {"yy": day.year % 100, "month": day.month, "day": day.day} if day else None
    if "measure_310" in expect:
        weight = said.net_weight
        given["measure_310"] = weight.amount if weight else None
        expect = expect | {"measure_310": Decimal(expect["measure_310"])}
    wrong = {name: given[name] for name in expect if given[name] != expect[name]}
    return f"{wrong}" if wrong else ""


def _read(vector: dict[str, Any], kind: str, texts: list[str]) -> Verdict:
    """Every text gives the parts expected, or is refused where an error is."""
    expect, outside = vector["expect"], _outside(vector)
    for text in texts:
        result = resolve(text, RULES)
        if outside:
            continue
        if "error" in expect and not isinstance(result, Unknown):
            return Verdict(kind, "failed", f"{vector['id']} {text!r} was taken: {expect['error']}")
        wrong = "" if "error" in expect else _parts(result, expect)
        if wrong:
            return Verdict(kind, "failed", f"{vector['id']} {text!r}: {wrong}")
    if outside:
        return Verdict(kind, "outside", outside)
    return Verdict(kind, "refused" if "error" in expect else "agreed")


def _scan(vector: dict[str, Any]) -> Verdict:
    return _read(vector, "scan", [vector["input"]])


def _bracketed(vector: dict[str, Any]) -> Verdict:
    return _read(vector, "bracketed", [vector["input"]])


def _element_string(vector: dict[str, Any]) -> Verdict:
    return _read(vector, "element string", [prefix + vector["input"] for prefix in PREFIXES])


def _bare(vector: dict[str, Any]) -> Verdict:
    """Without FNC1 and symbology identifier nobody can be sure that it is GS1."""
    result = resolve(vector["input"], RULES)
    said = reading(result)
    sure = not isinstance(result, Unknown) and said is not None and said.sure
    return Verdict("bare element string", "failed" if sure else "refused", "")


def _association(vector: dict[str, Any]) -> Verdict:
    kind, outside = "association", _outside(vector)
    taken = not isinstance(resolve(vector["input"], RULES), Unknown)
    if outside:
        return Verdict(kind, "outside", outside)
    if taken == vector["expect"]["associations_ok"]:
        return Verdict(kind, "agreed" if taken else "refused")
    if taken and "requisites" in vector["form"]:
        return Verdict(kind, "chosen", SECOND_LABEL)
    return Verdict(kind, "failed", f"{vector['id']} {vector['input']}")


def _gs1(text: str, rules: Rules = RULES) -> Result:
    """As a GS1 symbol."""
    return resolve("]C1" + text, rules)


def _equal(kind: str, vector: dict[str, Any], given: object, wanted: object) -> Verdict:
    if given == wanted:
        return Verdict(kind, "agreed")
    return Verdict(kind, "failed", f"{vector['id']} {vector['input']!r}: {given!r}, not {wanted!r}")


def _parse(vector: dict[str, Any]) -> Verdict:
    expect = vector["expect"]
    result = resolve(vector["input"], RULES)
    if "expected_gtin" not in expect and ("gtin_error" in expect and vector["input"].startswith("01")):
        return _refused("biip parse", vector, result)
    if "sscc_error" in expect and vector["input"].startswith("003761"):
        return _refused("biip parse", vector, result)
    said = reading(result) or Reading(barcodes.Form.PLAIN)
    if "expected_gtin" in expect:
        return _equal("biip parse", vector, said.gtin, expect["expected_gtin"])
    if "expected_sscc" in expect:
        return _equal("biip parse", vector, said.sscc, expect["expected_sscc"])
    return _equal("biip parse", vector, [list(part[:2]) for part in said.elements], expect["ais"])


def _refused(kind: str, vector: dict[str, Any], result: Result) -> Verdict:
    if isinstance(result, Unknown):
        return Verdict(kind, "refused")
    return Verdict(kind, "failed", f"{vector['id']} {vector['input']!r} was taken")


def _biip_elements(vector: dict[str, Any]) -> Verdict:
    kind, expect, text = "biip element strings", vector["expect"], vector["input"]
    result = _gs1(text)
    said = reading(result) or Reading(barcodes.Form.PLAIN)
    if "nested_error" in vector["form"]:
        return _refused(kind, vector, result)
    if "expected_value" in expect:
        return _contents(kind, vector, said)
    if "variable_measures" in vector["form"]:
        return _equal(kind, vector, [one.amount for one in said.measures], [Decimal(expect["expected"])])
    if "zero_day" in vector["form"]:
        return _equal(kind, vector, str(said.last_day), expect["expected"])
    if "expected_date" in expect:
        return _dated(kind, vector, said)
    if "hri" in vector["form"]:
        return _equal(kind, vector, _hri(said), expect["expected"])
    return Verdict(kind, "outside", "amounts of money")


def _contents(kind: str, vector: dict[str, Any], said: Reading) -> Verdict:
    if vector["input"].startswith("8003") and not said.elements:
        return Verdict(kind, "chosen", RETURNABLE)
    if vector["input"].startswith("02") and not said.elements:
        return Verdict(kind, "chosen", "02 is refused without 37")
    return _equal(kind, vector, [part.value for part in said.elements], [vector["expect"]["expected_value"]])


_DAYS: dict[str, Callable[[Reading], object]] = {
    "11": lambda said: said.produced,
    "13": lambda said: said.packed,
    "15": lambda said: said.best_before,
    "16": lambda said: said.sell_by,
    "17": lambda said: said.expires,
    "70": lambda said: said.expires,
    "80": lambda said: said.produced,
}


def _dated(kind: str, vector: dict[str, Any], said: Reading) -> Verdict:
    text, expect = vector["input"], vector["expect"]
    if text.startswith(("12", "4324", "4325", "4326", "7006", "7007", "7011")):
        return Verdict(kind, "agreed" if said.elements else "failed", "")
    verdict = _equal(kind, vector, str(_DAYS[text[:2]](said)), expect["expected_date"])
    if text.startswith("7003") and verdict.outcome == "agreed":
        return _equal(kind, vector, str(said.expires_at), expect["expected_datetime"])
    return verdict


def _hri(said: Reading) -> str:
    return "".join(f"({part.ai}){part.value}" for part in said.elements)


def _messages(vector: dict[str, Any]) -> Verdict:
    kind, expect = "biip messages", vector["expect"]
    stand_ins = re.findall(r"'([^'\\])'", expect.get("separator_chars", ""))
    result = _message(vector["input"], Rules(TODAY, fnc1=tuple(stand_ins)))
    said = reading(result) or Reading(barcodes.Form.PLAIN)
    if "error" in expect or "invalid_element" in vector["form"]:
        return _refused(kind, vector, result)
    if "expected_hri" in expect:
        return _equal(kind, vector, _hri(said), expect["expected_hri"])
    if vector["input"].startswith("8003") and not said.elements:
        return Verdict(kind, "chosen", RETURNABLE)
    if "ais" in expect:
        return _equal(kind, vector, [list(part[:2]) for part in said.elements], expect["ais"])
    return Verdict(kind, "agreed" if said.elements else "failed", "")


def _message(text: str, rules: Rules) -> Result:
    return resolve(text, rules) if text.startswith("(") else _gs1(text, rules)


def _links(vector: dict[str, Any]) -> Verdict:
    kind, expect, text = "biip links", vector["expect"], vector["input"]
    result = resolve(text, RULES)
    said = reading(result) or Reading(barcodes.Form.PLAIN)
    if text == "614141123452":
        return _equal(kind, vector, said.form, barcodes.Form.GTIN)
    if "error" in expect or "invalid_element" in vector["form"]:
        return _refused(kind, vector, result)
    if "gs1_message" in vector["form"]:
        return _equal(kind, vector, _hri(said), expect["expected"])
    return Verdict(kind, "agreed" if said.elements and not isinstance(result, Unknown) else "failed", text)


def _regional(vector: dict[str, Any]) -> Verdict:
    """Restricted codes under the rules of a region."""
    kind, expect, text = "restricted", vector["expect"], vector["input"]
    if not text.isdecimal():
        return Verdict(kind, "agreed" if text.upper() in RESTRICTED else "failed", text)
    region = _REGIONS[expect.get("rcn_region", "").rpartition(".")[2] or _region_of(vector["form"])]
    said = reading(resolve(text, Rules(TODAY, restricted=RESTRICTED.get(region, ()))))
    assert said is not None
    if "without_variable" in vector["form"]:
        rule = rule_for(said.gtin_14[1:], RESTRICTED[region])
        same = rule is None or rule.without_amount(said.gtin_14[1:])[-3:-1] == "00"
        return Verdict(kind, "agreed" if same else "failed", "")
    weight = str(said.net_weight.amount) if said.net_weight else "None"
    wanted = {name: expect.get(name, expect.get(f"expected_{name}", "None")) for name in ("weight", "price", "count")}
    given = {"weight": weight, "price": str(said.price), "count": str(said.count)}
    return _equal(kind, vector, given, wanted)


def _region_of(form: str) -> str:
    return form.rpartition("region_")[2].upper()


_REGIONS = {
    "SWEDEN": "SE", "NORWAY": "NO", "DENMARK": "DK", "FINLAND": "FI", "GERMANY": "DE", "GREAT_BRITAIN": "GB",
    "ESTONIA": "EE", "NONE": "", "None": "", "": "",
}  # fmt: skip


def _digits(vector: dict[str, Any]) -> Verdict:
    digit = measure_digit if "price_weight" in vector["form"] else barcodes.check_digit
    return _equal("check digits", vector, str(digit(vector["input"])), vector["expect"]["expected"])


def _upc(vector: dict[str, Any]) -> Verdict:
    kind, text, expect = "UPC", vector["input"], vector["expect"]
    whole = text if len(text) == 12 else barcodes.upc_a_of(text)
    if "expected_check_digit" in expect:
        return _equal(kind, vector, whole[-1:], expect["expected_check_digit"])
    wanted = expect["expected"]
    if vector["form"].endswith("as_upc_e"):
        return _equal(kind, vector, barcodes.upc_e_of(whole), wanted)
    return _equal(kind, vector, whole.zfill(14)[-len(wanted) :], wanted)


def _gtin(vector: dict[str, Any]) -> Verdict:
    wanted = vector["expect"]["expected"]
    return Verdict("GTIN forms", "agreed" if wanted in barcodes.gtin_forms(vector["input"]) else "failed", wanted)


def _sscc(vector: dict[str, Any]) -> Verdict:
    said = reading(resolve(vector["input"], RULES))
    assert said is not None
    return _equal("SSCC", vector, said.sscc, vector["expect"]["expected"].replace(" ", ""))


def _symbol(vector: dict[str, Any]) -> Verdict:
    if vector["input"].startswith("]Y"):
        return Verdict("symbology", "outside", "extended symbology identifiers")
    result = resolve(vector["input"], RULES)
    return Verdict("symbology", "refused" if isinstance(result, Unknown) else "agreed")


JUDGES: dict[str, Callable[[dict[str, Any]], Verdict]] = {
    "scan": _scan,
    "bracketed": _bracketed,
    "element_string_nofnc1": _bare,
    "element_string": _element_string,
    "association": _association,
    "test_parse": _parse,
    "test_gs1_element_strings": _biip_elements,
    "test_gs1_messages": _messages,
    "test_gs1_digital_link_uris": _links,
    "rcn": _regional,
    "test_checksums": _digits,
    "upc": _upc,
    "gtin": _gtin,
    "test_sscc": _sscc,
    "test_symbology": _symbol,
}
