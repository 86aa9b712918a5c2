"""A source that names a document says no rule; one that rules is read, whatever document it names."""

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from tests.unit.publication.small_criteria import both, put, small

WORDS, _ = read_check_words()
PLACES = ("scale.source", "rounding.source", "moderation.source", "tie_break.source", "source", "themes.0.source")
TITLES = (
    "Preston City Council, UKSPF commissioning round, scoring framework",
    "Sompting Big Local, grant scoring criteria",
    "Guidance notes for applicants, scoring matrix, page 4",
    "National Youth Dance Company, how we make our decision",
    "Commissioner's grants 2024/25, decision notice WPCC3-0129",
    "https://www.example.gov.uk/grants/how-the-panel-decides-who-wins",
    "Grants handbook, section 3.2: https://www.example.gov.uk/panel-decides",
)
RULES = (
    ("rounding.source", "Handbook: every score rounded down to whole points."),
    ("tie_break.source", "Policy: lowest price first, then the toss of a coin."),
    ("moderation.source", "Guidance: the average of the marks is taken."),
    ("scale.source", "Internal scoring guidance of the panel, not published."),
    ("tie_break.source", "Scheme: 60 % of the votes."),
)


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_a_document_holds_nothing_up(title: str) -> None:
    before = check(small(), words=WORDS)
    assert check(small(both(*(put(place, title) for place in PLACES))), words=WORDS) == before


@pytest.mark.parametrize(("place", "said"), RULES)
def test_a_rule_beside_the_title_of_a_document_is_found(place: str, said: str) -> None:
    found = check(small(put(place, said)), words=WORDS)
    assert {str(one.source) for one in found} == {f"programme.toml {place}"}
