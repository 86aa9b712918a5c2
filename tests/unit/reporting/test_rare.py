"""Rare results in words: equal sets that wait for a person, and a letter that waits for what people write."""

from dataclasses import replace

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.reporting.studies.explain import explanation
from tests.unit.reporting.award.test_report import report
from tests.unit.reporting.letters.test_letters import body, made, pages
from tests.unit.reporting.small_outcome import ALLOCATION, criteria, outcome

OPEN = Finding("E-AWARD-003", Severity.NEEDS_DECISION, Source("programme.toml"), "2 sets are equal.", "Decide.")


def test_where_people_must_choose_between_equal_sets_the_first_page_recommends_nobody() -> None:
    first = report(findings=(OPEN,)).rpartition("What is left for people")[0]
    assert "No award can be recommended yet." in first
    assert "bids in the set shown" in first
    assert "nobody is recommended before people have decided what is open" in first


def test_where_people_must_choose_no_bid_is_told_as_recommended() -> None:
    open_one = outcome(findings=(OPEN,))
    for bid, words in (("A01", "Among the awards that were worked out, with £"), ("A03", "Not recommended")):
        assert explanation(open_one, None, (), bid).fate.startswith(words)
    assert explanation(outcome(findings=()), None, (), "A01").fate.startswith("Recommended for an award of £")


def test_a_letter_under_the_2015_regulations_says_where_each_winner_was_better() -> None:
    found = pages(made(criteria=criteria(regime="pcr2015")))
    assert "Where A01 of alpha Ltd was better" in body(found["letter-A03.html"])
    assert "was better" not in body(found["letter-A01.html"])  # a winner's own
    assert "was better" not in body(pages(made())["letter-A03.html"])  # not asked under the Act of 2023


def test_a_set_of_awards_that_is_the_only_one_is_not_told_as_one_of_several() -> None:
    assert "sets of awards are equal" not in report(allocation=replace(ALLOCATION, tied=ALLOCATION.tied[:1]))
