"""What an entered line means, and where the operator may go."""

from datetime import date
from decimal import Decimal

import pytest

from wms_tui.domain.entry import LastQuantity, NextQuantity, Step, may_go, next_step, parse_date, parse_line
from wms_tui.domain.errors import BadDate, BadQuantity, QuantityOutOfRange
from wms_tui.domain.movements import DocumentKind


@pytest.mark.parametrize("text", ["12", "12*", "*12", "x12", "X12", "×12", "12x", "12×"])
def test_a_number_is_the_quantity_of_the_next_scan(text):
    assert parse_line(text) == NextQuantity(Decimal(12))


@pytest.mark.parametrize("text", ["1.5", "1,5", "*1.5", "0.5"])
def test_a_quantity_may_have_decimals(text):
    assert isinstance(parse_line(text), NextQuantity)


def test_an_equals_sign_sets_the_last_line():
    assert parse_line("=12") == LastQuantity(Decimal(12))


@pytest.mark.parametrize(
    "text",
    [
        "4006381333931",
        "12345",
        "X00123",
        "x0012",
        "01008123742433921738120310X",
        "BOLT",
        "*",
        "x",
        "?",
        "12-A",
        "01-02-03",
    ],
)
def test_what_looks_like_a_label_is_never_taken_for_a_quantity(text):
    assert parse_line(text) is None


@pytest.mark.parametrize("text", ["0", "=0", "*0", "-3", "=abc", "=-1"])
def test_a_marked_quantity_that_is_none_is_refused(text):
    with pytest.raises(BadQuantity):
        parse_line(text)


def test_an_enormous_quantity_is_refused_as_such():
    with pytest.raises(QuantityOutOfRange, match="1e30 is too much"):
        parse_line("=1e30")


@pytest.mark.parametrize("text", ["2027-01-31", "2027/1/31", "20270131", "2027.01.31", " 2027-01-31 "])
def test_dates_are_read_year_first(text):
    assert parse_date(text) == date(2027, 1, 31)


@pytest.mark.parametrize("text", ["", "31/01/2027", "2027-02-30", "2027131", "soon", "270131"])
def test_other_dates_are_refused(text):
    with pytest.raises(BadDate):
        parse_date(text)


def test_steps_follow_the_kind():
    assert next_step(DocumentKind.TRANSFER, Step.SOURCE) is Step.TARGET
    assert next_step(DocumentKind.ADJUSTMENT, Step.SOURCE) is Step.REASON
    assert next_step(DocumentKind.RECEIPT, Step.CONFIRM) is Step.CONFIRM


def test_going_on_needs_a_line_and_going_back_does_not():
    assert not may_go(DocumentKind.RECEIPT, Step.ITEM, Step.REFERENCE, has_lines=False)
    assert may_go(DocumentKind.RECEIPT, Step.ITEM, Step.REFERENCE, has_lines=True)
    assert may_go(DocumentKind.RECEIPT, Step.TARGET, Step.REFERENCE, has_lines=True)
    assert not may_go(DocumentKind.RECEIPT, Step.TARGET, Step.ITEM, has_lines=True)
    assert may_go(DocumentKind.RECEIPT, Step.NOTE, Step.ITEM, has_lines=True)
    assert may_go(DocumentKind.RECEIPT, Step.LOT, Step.ITEM, has_lines=False)
    assert not may_go(DocumentKind.RECEIPT, Step.TARGET, Step.ITEM, has_lines=False)
    assert not may_go(DocumentKind.RECEIPT, Step.ITEM, Step.SOURCE, has_lines=True)
