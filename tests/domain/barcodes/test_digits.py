"""Check digits, and what spreadsheets do to long numbers."""

import pytest

from wms_tui.domain.barcodes import check_digit, clean, has_wrong_check_digit, is_mangled

RIGHT = ["4006381333931", "96385074", "036000291452", "14006381333938", "0012345600012", "00000000"]


@pytest.mark.parametrize("code", RIGHT)
def test_right_check_digits(code):
    assert check_digit(code[:-1]) == int(code[-1])
    assert not has_wrong_check_digit(code)


@pytest.mark.parametrize("code", RIGHT)
def test_any_other_last_digit_is_wrong(code):
    for digit in set("0123456789") - {code[-1]}:
        assert has_wrong_check_digit(code[:-1] + digit)


@pytest.mark.parametrize(
    "code", ["", "BOLT", "123", "1234567890", "400638133393X", "４００６３８１３３３９３９", "-1234567"]
)
def test_other_codes_have_no_check_digit(code):
    assert not has_wrong_check_digit(code)


@pytest.mark.parametrize("code", ["6.81E+12", "6,81E+12", "4.00638E+12", "1.5e+10", " 6.81E+12 "])
def test_long_numbers_that_a_spreadsheet_has_mangled(code):
    assert is_mangled(code)


@pytest.mark.parametrize("code", ["4006381333931", "E12", "6.81", "A1E5", "BOLT-1E+", "1E+X", ""])
def test_codes_that_only_look_so(code):
    assert not is_mangled(code)


def test_only_outer_white_space_is_taken_off():
    assert clean(" \tA 1\r\n") == "A 1"
