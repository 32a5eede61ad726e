"""GS1's own test vectors and biip's: every one is read as they say, or refused, or listed with the reason."""

from tests.domain.barcodes.judging import RETURNABLE, SECOND_LABEL, VECTORS, judge, table

CHOSEN = {SECOND_LABEL, RETURNABLE, "02 is refused without 37"}


def test_the_vectors_give_their_parts_or_a_refusal():
    verdicts = [judge(vector) for vector in VECTORS]
    print("\n" + table(verdicts))
    assert not [one for one in verdicts if one.outcome == "failed"]
    assert {one.reason for one in verdicts if one.outcome == "chosen"} <= CHOSEN
    assert len(verdicts) == 621
