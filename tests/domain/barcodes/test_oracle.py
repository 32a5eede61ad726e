"""What biip makes of the same codes."""

from dataclasses import replace
from datetime import date

import biip
import pytest
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_messages import GS1Message
from biip.rcn import Rcn
from biip.upc import Upc
from hypothesis import given, settings

from tests.domain.barcodes.drawing import checked, gtins, labels
from tests.domain.barcodes.written import element_string
from wms_tui.domain.barcode_errors import CodeRefused
from wms_tui.domain.barcodes import RESTRICTED, Rules, check_digit, read, upc_a_of
from wms_tui.domain.barcodes.identifiers import table
from wms_tui.domain.barcodes.restricted import rule_for

RULES = Rules(date.today())  # biip takes the century from the clock


def test_the_table_of_identifiers_is_biips():
    assert len(table()) > 500
    for ai, known in table().items():
        theirs = GS1ApplicationIdentifier.extract(ai)
        assert (theirs.ai, theirs.data_title) == (ai, known.title)
        assert theirs.separator_required == (known.length == 0)
        assert theirs.pattern == f"^{ai}{known.form.pattern}$"


@settings(max_examples=300, deadline=None)
@given(labels())
def test_element_strings_have_the_parts_that_biip_reads(parts):
    text = element_string(parts)
    theirs = GS1Message.parse(text).element_strings
    ours = read("]C1" + text, RULES)
    assert [(one.ai.ai, one.value) for one in theirs] == [part[:2] for part in ours.elements]
    days = {one.ai.ai: one.date for one in theirs if one.date}
    assert days.get("17") == ours.expires
    assert days.get("15") == ours.best_before
    assert days.get("11") == ours.produced
    assert days.get("13") == ours.packed
    measured = [one.decimal for one in theirs if one.ai.ai.startswith(("31", "33"))]
    assert measured == [one.amount for one in ours.measures]


@given(gtins)
def test_bare_gtins_are_biips(gtin):
    found = biip.parse(gtin).gtin
    assert found is not None
    assert found.value == read(gtin, RULES).gtin


@given(checked(8))
def test_upc_e_expands_as_biip_does(text):
    for short in (text[:6], "0" + text[:6], "1" + text[:6]):
        assert Upc.parse(short).as_upc_a() == upc_a_of(short)


@pytest.mark.parametrize("region", sorted(RESTRICTED))
def test_restricted_codes_carry_what_biip_says(region):
    config = biip.ParseConfig(rcn_region=region.lower(), rcn_verify_variable_measure=True)

    @settings(max_examples=150, deadline=None)
    @given(checked(13).map(lambda code: code[1:12]))
    def same(digits):

        code = "2" + digits
        code += str(check_digit(code))
        rules = replace(RULES, restricted=RESTRICTED[region])
        try:
            theirs = Rcn.parse(code, config=config)
        except biip.ParseError:
            with pytest.raises(CodeRefused):
                read(code, rules)
            return
        ours = read(code, rules)
        weight = ours.net_weight.amount if ours.net_weight else None
        assert (theirs.weight, theirs.price, theirs.count) == (weight, ours.price, ours.count)
        rule = rule_for(code, rules.restricted)
        if rule is not None:
            assert theirs.without_variable_measure().value == rule.without_amount(code)

    same()
