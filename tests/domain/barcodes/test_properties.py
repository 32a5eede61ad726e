"""Whatever is scanned: an answer, soon; and one label says the same in all four forms."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import example, given, settings

from tests.domain.barcodes.drawing import TODAY, anything, gs1_like, gtins, labels
from tests.domain.barcodes.written import bracketed, element_string, link
from wms_tui.domain.barcodes import (
    RESTRICTED,
    Form,
    Result,
    Rules,
    Unknown,
    check_digit,
    gtin_forms,
    read,
    resolve,
    upc_a_of,
    upc_e_of,
)

RULES = Rules(TODAY, fnc1=("|", "{GS}"), restricted=RESTRICTED["DE"])


@settings(max_examples=600, deadline=None)
@given(gs1_like | anything)
@example("]")
@example("\x11\x10\x1b\x00")
@example("\ud800")
@example("]C1" + "10" * 1000)
@example("(01)" * 900)
def test_any_string_has_a_result(raw):
    for rules in (RULES, Rules(TODAY)):
        result = resolve(raw, rules)
        assert isinstance(result, Result)
        if isinstance(result, Unknown):
            assert result.error().text()


@pytest.mark.parametrize(
    "raw", ["1" * 4000, "]C1" + "99A\x1d" * 1000, "(10)1" * 800, "\x1d" * 4000, "(10)" + "\\" * 3990, "9" * 10**7]
)
def test_the_longest_codes_take_a_moment(raw):
    start = process_time()
    resolve(raw, RULES)
    assert process_time() - start < 0.5


@settings(max_examples=400, deadline=None)
@given(labels())
def test_a_label_reads_the_same_in_all_forms(parts):
    rules = Rules(TODAY)
    wanted = replace(read("]C1" + element_string(parts), rules), aim="")
    assert [(part.ai, part.value) for part in wanted.elements] == parts
    for text in ("\x1d" + element_string(parts), "]d2\x1d" + element_string(parts), element_string(parts)):
        assert replace(read(text, rules), aim="", sure=True) == wanted
    assert replace(read(bracketed(parts), rules), form=Form.GS1) == wanted
    linked = read(link(parts), rules)
    assert sorted(linked.elements) == sorted(wanted.elements)
    same = {"form": Form.GS1, "elements": wanted.elements, "measures": wanted.measures}
    assert sorted(linked.measures, key=str) == sorted(wanted.measures, key=str)
    assert replace(linked, **same) == wanted


@settings(max_examples=200, deadline=None)
@given(labels())
def test_fnc1_may_be_what_the_scanner_was_set_to_send(parts):
    if any("|" in value or "{" in value for _, value in parts):
        return
    plain = read("]C1" + element_string(parts), RULES)
    for stand_in in RULES.fnc1:
        assert read("]C1" + element_string(parts, stand_in), RULES) == plain


@given(gtins)
def test_a_bare_gtin_is_a_gtin_and_all_its_forms_name_one_item(gtin):
    reading = read(gtin, Rules(TODAY))
    assert (reading.form, reading.gtin, reading.elements) == (Form.GTIN, gtin, ())
    for form in gtin_forms(gtin):
        if len(form) >= 12:
            assert set(gtin_forms(form)) == set(gtin_forms(gtin))
            assert check_digit(form[:-1]) == int(form[-1])


@given(gtins.filter(lambda gtin: len(gtin) == 12))
def test_upc_e_is_short_for_one_upc_a(gtin):
    short = upc_e_of(gtin)
    assert not short or upc_a_of(short) == gtin
