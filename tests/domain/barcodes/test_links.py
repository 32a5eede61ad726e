"""GS1 Digital Links: which addresses name goods, and how."""

from datetime import date

import pytest

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes import Form, Rules, Unknown, read, resolve

RULES = Rules(date(2026, 3, 1))
GTIN = "04006381333931"
SSCC = "340123450000000000"
ITEM, LOT = ("01", GTIN), ("10", "AB")


@pytest.mark.parametrize(
    "link, parts",
    [
        (f"https://example.com/01/{GTIN}", [ITEM]),
        (f"HTTPS://EXAMPLE.COM/01/{GTIN}/10/AB", [ITEM, LOT]),
        ("https://example.com/01/4006381333931", [ITEM]),
        (f"http://[2001:db8::1]:8080/01/{GTIN}#top", [ITEM]),
        (
            f"https://example.com/shop/de/01/{GTIN}/22/V2/10/AB/21/7",
            [ITEM, ("22", "V2"), LOT, ("21", "7")],
        ),
        (f"https://example.com/01/of/01/{GTIN}", [ITEM]),
        (
            f"https://example.com/01/{GTIN}/10/A%2FB?17=261231&linkType=all&&x",
            [ITEM, ("10", "A/B"), ("17", "261231")],
        ),
        (f"https://example.com/01/{GTIN}/10/A+B", [("01", GTIN), ("10", "A+B")]),
        (f"https://example.com/01/{GTIN}/235/XY?10=AB", [ITEM, ("235", "XY"), LOT]),
        (
            f"https://example.com/00/{SSCC}?02={GTIN}&37=24&10=AB",
            [("00", SSCC), ("02", GTIN), ("37", "24"), LOT],
        ),
        ("https://example.com/414/4012345000009/254/B7", [("414", "4012345000009"), ("254", "B7")]),
    ],
)
def test_links_that_name_goods(link, parts):
    for prefix in ("", "]Q1", "]Q3", "]d1", "]J0"):
        reading = read(prefix + link, RULES)
        assert reading.form is Form.LINK
        assert [part[:2] for part in reading.elements] == parts


@pytest.mark.parametrize(
    "link, why",
    [
        ("https://", errors.WrongLink),
        (f"https:///01/{GTIN}", errors.WrongLink),
        (f"https://a$b/01/{GTIN}", errors.WrongLink),
        ("https://example.com", errors.LinkWithoutKey),
        (f"https://01/{GTIN}", errors.LinkWithoutKey),
        (f"https://example.com/gtin/{GTIN}", errors.LinkWithoutKey),
        (f"https://example.com/01/{GTIN}/", errors.LinkWithoutKey),
        (f"https://example.com/01/{GTIN}/17/261231", errors.WrongLink),
        (f"https://example.com/01/{GTIN}/21/7/10/AB", errors.WrongLink),
        (f"https://example.com/01/{GTIN}/10/AB/235/X", errors.WrongLink),
        (f"https://example.com/01/{GTIN}?10=AB", errors.WrongLink),
        (f"https://example.com/01/{GTIN}?17=261231&17=261231", errors.WrongLink),
        (f"https://example.com/01/{GTIN}?999=X", errors.UnknownIdentifier),
        (f"https://example.com/01/{GTIN}?99=", errors.EmptyPart),
        (f"https://example.com/01/{GTIN}?99=A+B", errors.WrongCharacters),
        (f"https://example.com/01/{GTIN}/10/%00", errors.WrongCharacters),
        (f"https://example.com/01/{GTIN}/10/%FF", errors.WrongCharacters),
        ("https://example.com/01/04006381333932", errors.WrongPartDigit),
    ],
)
def test_links_that_do_not(link, why):
    result = resolve(link, RULES)
    assert isinstance(result, Unknown)
    assert result.refusal is why


def test_a_scheme_in_mixed_letters_is_plain_text():
    assert read(f"]Q1HtTps://example.com/01/{GTIN}", RULES).form is Form.PLAIN
