"""20,000 codes in random order, with junk, truncated and doubled ones between, against a plain model."""

from collections import Counter
from datetime import date

import pytest

from tests.domain.barcodes.plain_model import Day
from wms_tui.domain.barcodes import (
    CommandCode,
    LocationCode,
    LogisticUnit,
    ProductCode,
    Result,
    Rules,
    Supplement,
    resolve,
)

RULES = Rules(date(2026, 3, 1))


def told(result: Result) -> tuple[object, ...]:
    """The result in the model's words."""
    match result:
        case ProductCode(goods=goods, reading=reading):
            assert goods is not None
            return ("product", goods.sku, reading.lot, reading.expires)[: 4 if reading.expires else 2]
        case LocationCode(place=place):
            return ("place", place.code)
        case LogisticUnit(sscc=sscc):
            return ("pallet", sscc)
        case CommandCode(command=command):
            return ("command", command.value)
        case Supplement():
            return ("supplement",)
    return ("refused",)


@pytest.mark.parametrize("seed", range(2))
def test_every_code_of_a_day_comes_to_what_a_plain_model_says(know, seed):
    day = Day(seed)
    shelf = know(day.products, *day.places)
    codes = list(day.codes(20_000))
    outcomes = Counter()
    wrong = []
    for code in codes:
        outcome = told(resolve(code, RULES, shelf))
        outcomes[outcome[0]] += 1
        if outcome != day.expected(code):
            wrong.append((code, outcome, day.expected(code)))
    assert wrong[:20] == []
    assert outcomes["refused"] > 4000
    assert outcomes["product"] > 5000
