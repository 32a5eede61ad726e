"""What codes measure, in the unit that goods are counted in."""

from decimal import Decimal

import pytest

from wms_tui.domain.measures import Quality, converted, quality_of


@pytest.mark.parametrize(
    ("amount", "unit", "into", "expected"),
    [
        ("1.25", "kg", "kg", "1.25"),
        ("1.25", "kg", "g", "1250"),
        ("10", "lb", "kg", "4.535924"),
        ("1", "kg", "斤", "2"),
        ("0.75", "l", "mL", "750"),
        ("2", "yd", "m", "1.8288"),
        ("3", "m³", "l", "3000"),
    ],
)
def test_an_amount_is_converted_within_its_kind(amount, unit, into, expected):
    assert converted(Decimal(amount), unit, into) == Decimal(expected)


@pytest.mark.parametrize(("unit", "into"), [("kg", "pcs"), ("kg", "l"), ("m²", "m"), ("", "kg")])
def test_what_does_not_convert_is_left(unit, into):
    assert converted(Decimal(1), unit, into) is None


def test_units_that_count_measure_nothing():
    assert [quality_of(unit) for unit in ("pcs", "carton", "KG")] == [None, None, Quality.MASS]
