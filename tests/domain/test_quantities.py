"""Numbers as people and spreadsheets write them, exact or not at all."""

import random
from decimal import Decimal

import pytest

from wms_tui.domain.errors import BadCost, BadQuantity, QuantityOutOfRange
from wms_tui.domain.quantities import (
    MOST,
    cents,
    check_cost,
    check_quantity,
    has_places,
    parse_decimal,
    parse_quantity,
    plain,
)

WRITTEN = {
    "1": "1",
    " 1 ": "1",
    "007": "7",
    "1.5": "1.5",
    "1,5": "1.5",
    "1,50": "1.50",
    ".5": "0.5",
    ",5": "0.5",
    "5.": "5",
    "0,123": "0.123",
    "1.234": "1.234",
    "1234,567": "1234.567",
    "1,234.50": "1234.50",
    "1.234,50": "1234.50",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    "-1,234.5": "-1234.5",
    "+3": "3",
}


@pytest.mark.parametrize(("text", "number"), WRITTEN.items())
def test_numbers_are_read_as_they_are_meant(text, number):
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "1a",
        "1 2",
        "--1",
        "1-",
        "1.2.3",
        "1,2,3",
        "1,23,456",
        "1.23.456",
        "0x10",
        "1_000",
        "1e3",
        "NaN",
        "Infinity",
        "１２",
        "٣",
        "²",
        "1;5",
        "1'000",
        "=1",
        "\x00",
        "1\n2",
        ".",
        ",",
        "+",
        "1,234",
    ],
)
def test_what_is_no_number_or_may_be_two_is_none(text):
    assert parse_decimal(text) is None


@pytest.mark.parametrize(("comma", "number"), [(True, "1.234"), (False, "1234")])
def test_a_file_that_says_how_it_writes_settles_the_doubt(comma, number):
    assert parse_decimal("1,234", decimal_comma=comma) == Decimal(number)


def test_a_file_with_decimal_commas_groups_by_points():
    assert parse_decimal("1.234", decimal_comma=True) == 1234


@pytest.mark.parametrize("text", ["1", "0.000001", "999999999", "1,5", "1200.250000", "1.0000000000"])
def test_quantities(text):
    assert parse_quantity(text) == parse_decimal(text)


@pytest.mark.parametrize(
    "text", ["0", "0.0", "-1", "-0.5", "0.0000001", "1.0000001", "ten", "", "1e3", "1e-3", "NaN", f"1.{'0' * 28}1"]
)
def test_no_quantities(text):
    with pytest.raises(BadQuantity) as refused:
        parse_quantity(text)
    assert refused.value.text() == f"{text} is not a quantity. Enter a number above 0, with at most 6 decimals."


@pytest.mark.parametrize("text", ["1000000000", "999999999.000001", "1e30", "1E+30", "9" * 5000, "1e9999"])
def test_too_much(text):
    with pytest.raises(QuantityOutOfRange) as refused:
        parse_quantity(text)
    assert refused.value.text() == f"{text} is too much: a quantity is at most 999,999,999."


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "0", "-0", "1e-7"])
def test_numbers_that_are_no_quantities(number):
    with pytest.raises(BadQuantity):
        check_quantity(Decimal(number))


@pytest.mark.parametrize(("number", "shown"), [("1e-7", "0.0000001"), ("-1.50", "-1.5"), ("-1e30", "-1E+30")])
def test_refused_numbers_are_shown_as_people_write_them(number, shown):
    with pytest.raises(BadQuantity, match=rf"^{shown.replace('+', '.')} is not"):
        check_quantity(Decimal(number))


@pytest.mark.parametrize("cost", ["0", "0.0001", "999999999"])
def test_costs(cost):
    assert check_cost(Decimal(cost)) == Decimal(cost)


@pytest.mark.parametrize("cost", ["-0.01", "0.00001", "1000000000", "NaN", "Infinity"])
def test_no_costs(cost):
    with pytest.raises(BadCost):
        check_cost(Decimal(cost))


@pytest.mark.parametrize(
    ("number", "shown"), [("3", "3"), ("3.000", "3"), ("0.250", "0.25"), ("1.2E+3", "1200"), ("0", "0"), ("0.00", "0")]
)
def test_plain(number, shown):
    assert plain(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("exact", "shown"), [("26.9598", "26.96"), ("1.005", "1.00"), ("1.015", "1.02"), ("-0.001", "0.00"), ("-0", "0.00")]
)
def test_a_value_is_told_in_cents(exact, shown):
    assert str(cents(Decimal(exact))) == shown


def test_every_quantity_that_can_be_kept_survives_being_written_and_read():
    chance = random.Random(2026)
    for _ in range(2000):
        number = Decimal(chance.randint(1, int(MOST) * 10**6)).scaleb(-6)
        assert parse_quantity(plain(number)) == number
        assert parse_quantity(f"{number:.6f}".replace(".", ",")) == number
        assert has_places(number, 6)
        assert not has_places(number + Decimal("1e-7"), 6)
