"""Expiry dates as people type them and labels print them."""

from datetime import date

import pytest

from wms_tui.domain.errors import AmbiguousDate, BadDate
from wms_tui.domain.expiry_dates import parse_expiry

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    "text",
    [
        *("2027-01-31", "2027/1/31", "20270131", "2027.01.31", "31.01.2027", "31-1-2027", "31/01/2027", "01/31/2027"),
        *("270131", "2027年1月31日", "31 JAN 2027", "31jan27", "31-January-2027", " 2027-01-31 "),
        *("2027-01", "2027/01", "01/2027", "1.2027", "JAN 2027", "Jan 27", "2027年1月", "270100"),
    ],
)
def test_the_last_day_of_january_in_the_forms_that_people_use(text):
    assert parse_expiry(text, TODAY) == date(2027, 1, 31)


@pytest.mark.parametrize("text", ["03/04/2027", "27.01.31", "01/02/27", "10-11-12"])
def test_what_may_be_two_days_is_refused_with_both(text):
    with pytest.raises(AmbiguousDate, match=r"may be 20\d\d-\d\d-\d\d or 20\d\d-\d\d-\d\d"):
        parse_expiry(text, TODAY)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2027-02-30", "2027131", "17261231", "271331", "31.13.2027", "1/2/3", "٢٠٢٧-٠١-٣١", "MAY", "12"],
)
def test_what_is_no_date_of_goods_is_refused(text):
    with pytest.raises(BadDate):
        parse_expiry(text, TODAY)


def test_the_end_of_february_knows_leap_years():
    assert parse_expiry("280200", TODAY) == date(2028, 2, 29)
    assert parse_expiry("2027-02", TODAY) == date(2027, 2, 28)
