"""The pieces of a text by which any part of it is found."""

import pytest

from wms_tui.domain.searching import category_mark, covering, marked, pieces, searchable, words

TEXTS = ["M6x20 stainless", "螺栓M6 不锈钢", "ＡＢＣ-12 水泵", "a", "Ünïcode größe", "6901234567892", "电"]


@pytest.mark.parametrize("text", TEXTS)
def test_every_part_of_a_text_is_covered_by_its_pieces(text):
    said = searchable(text)
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            for word in words(said[start:end]):
                assert covering(word) <= pieces(said), word


def test_full_width_and_capital_forms_are_the_same():
    assert words("ＡＢＣ abc") == ("abc",)


def test_one_ascii_character_covers_nothing():
    assert covering("m") == frozenset()
    assert covering("电") == {"电"}


def test_marks_between_letters_part_the_runs():
    assert covering("a-12") == {"12"}
    assert pieces("ab-12") == {"ab", "12"}


def test_marks_are_pieces_that_no_search_finds():
    said = marked(searchable("Bolt M6"), 17, active=False)
    assert pieces(said) == pieces("bolt m6") | {"INACTIVE", category_mark(17)}
    for word in (*words("INACTIVE"), *words(category_mark(17))):
        assert word not in said
        assert not covering(word) <= pieces(said)
