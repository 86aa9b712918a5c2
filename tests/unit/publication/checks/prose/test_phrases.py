import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication.checks.prose.phrases import vocabulary, words_only
from evaluator.publication.checks.wording.boundaries import claims
from tests.unit.publication.small_criteria import put, small

WORDS, _ = read_check_words()


def spoken(*texts):
    """Give the vocabulary of criteria that say these texts somewhere."""
    return vocabulary(WORDS, small(put("source", " ".join(texts)), put("authority", "London Borough of Tower Hamlets")))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The organisation has appropriate policies.", "appropriate"),
        ("Robust financial management.", "Robust"),
        ("Robust financial management: accounts signed on or before the closing date.", ""),
        ("The governing body has at least three members and good standing.", ""),
        ("Adequate cover is held. The body has at least three members.", "Adequate"),
        ("Goods are delivered.", ""),
        ("", ""),
    ],
)
def test_a_vague_word_counts_where_nothing_exact_stands_in_its_sentence(text, word):
    assert spoken(text).vague(text) == word


def test_texts_are_compared_by_their_words():
    assert words_only("What NEED, do you meet?") == words_only("what need do you meet")
    assert words_only("need") != words_only("needs")


def torn(text):
    found = claims(text)
    return {one.text for one in found for other in found if one.contradicts(other)}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("At least 40. Bids with more than 40, that is 41, pass.", {"40"}),
        ("No more than 40 and not more than 40, up to 40", set()),
        ("Bids that score 50% or more pass; bids that score 50 per cent or less fail.", {"50%"}),
        ("At least 50% passes; less than 50% fails.", set()),
        ("A minimum of £2m; cover exceeding £2,000,000 passes.", {"£2,000,000"}),
        ("At least three members; more than 3 members.", {"3"}),
        ("At least 3 members and more than 3 years.", set()),
        ("≥ 60%, or > 60%", {"60%"}),
        ("greater than or equal to 60, and at least 60", set()),
        ("must exceed 70%. 70% is the least: at least 70%", {"70%"}),
    ],
)
def test_a_figure_is_torn_where_exactly_it_falls_on_both_sides(text, figures):
    assert torn(text) == figures


def test_selection_words_are_whole_words():
    assert spoken("Preferences from users").first("selection", "Preferences from users") == ""
    assert spoken("Two references").first("selection", "Two references from funders") == "Two references"


@pytest.mark.parametrize(
    "text",
    [
        "The registered office is in Tower Hamlets.",
        "Bidders must be based within the borough.",
        "This is for local charities only.",
        "Bidders have an office or other premises in the area.",
        "Tower Hamlets-based organisations may bid.",
        "Your head office must be located in the Borough.",
    ],
)
def test_local_only_conditions_are_found_in_other_words(text):
    assert spoken(text).first("local_only", text)


def test_hyphens_curly_quotes_and_line_ends_do_not_hide_a_phrase():
    text = "accounts for the last\nthree years; five years’ trading"
    assert spoken(text).first("shuts_out", text)
    text = "goes above-and-beyond"
    assert spoken(text).first("exceeding", text) == "beyond"


def test_a_gap_does_not_run_on_into_the_next_sentence():
    text = "An office. It is light and in the borough."
    assert spoken(text).first("local_only", text) == ""


def test_a_programme_adds_words_and_takes_words_away(tmp_path):
    (tmp_path / "words.toml").write_text('[vague]\nadd = ["joined up"]\nremove = ["robust*"]\n', "utf-8")
    words, found = read_check_words(tmp_path)
    own = vocabulary(words, small(put("source", "a joined-up, robust plan")))
    assert found == ()
    assert own.first("vague", "a joined-up, robust plan") == "joined-up"
    assert own.first("vague", "a robust plan") == ""


@pytest.mark.parametrize("text", ["[vauge]\nadd = []\n", "[vague]\nadd = 3\n", "[vague"])
def test_a_list_of_words_that_is_not_understood_is_a_finding(tmp_path, text):
    (tmp_path / "words.toml").write_text(text, "utf-8")
    assert [one.code for one in read_check_words(tmp_path)[1]] == ["E-CRIT-002"]
