import pytest

from evaluator.publication.words import SELECTION, first, plain, torn_boundary, vague_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The organisation has appropriate policies.", "appropriate"),
        ("Robust financial management.", "Robust"),
        ("Robust financial management: accounts signed on or before the closing date.", ""),
        ("The governing body has at least three members and good standing.", ""),
        ("Goods are delivered.", ""),
        ("", ""),
    ],
)
def test_a_vague_word_counts_where_nothing_exact_stands_beside_it(text, word):
    assert vague_word(text) == word


def test_texts_are_compared_by_their_words():
    assert plain("What NEED, do you meet?") == plain("what need do you meet")
    assert plain("need") != plain("needs")


def test_a_figure_that_ends_a_sentence_is_the_same_figure():
    assert torn_boundary("At least 40. Bids with more than 40, that is 41, pass.") == "40"


def test_no_more_than_is_not_more_than():
    assert torn_boundary("No more than 40 and not more than 40, up to 40") == ""


def test_selection_words_are_whole_words():
    assert first(SELECTION, "Preferences from users") == ""
    assert first(SELECTION, "Two references from funders") == "Two references"
