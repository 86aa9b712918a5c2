"""What the appendix says of the course of a procurement, of terms, draws and examples: nothing against another rule."""

import re

from evaluator.publication import fingerprint
from evaluator.records.programme.criteria import Criteria
from evaluator.reporting.appendix import Issued, appendix_html
from evaluator.reporting.appendix.course import course_statements
from evaluator.studies.worked_examples import worked_examples
from tests.unit.publication.small_criteria import Change, add, both, put, small

TERM = {"id": "T1", "title": "Words", "text": "Words beyond a limit are not read.", "source": "ITT 4"}


def page(criteria: Criteria) -> str:
    issued = Issued(criteria, fingerprint(criteria), None, examples=worked_examples(criteria))
    return " ".join(re.sub(r"<[^>]+>", " ", appendix_html(issued, "0")).split())


def course(*changes: Change) -> str:
    return " ".join(words for _, words in course_statements(small(*changes)))


def test_late_bids_changes_and_the_standstill_are_said_by_the_law_that_applies() -> None:
    """Notice on Mon 14 December 2026: days 14-18 and 21-23 are eight working days, that of the notice included."""
    said = course(put("regime", "pa2023"), put("procurement.award_notice", "2026-12-14"))
    assert "A bid received after 12:00 on 26 February 2027 is late" in said
    assert "may be disregarded (Procurement Act 2023, section 19(3)(d))" in said
    assert (
        "with time to take account of it (Procurement Act 2023, section 31). After that nothing in it changes." in said
    )
    assert "8 working days from the day on which the contract award notice is published, that day included" in said
    assert "its last day is 23 December 2026" in said


def test_no_act_is_cited_under_another_law_and_no_standstill_where_there_is_none() -> None:
    assert "Procurement Act" not in course(put("regime", "pcr2015"))
    assert "standstill" not in course(put("regime", "pa2023_light_touch"), put("procurement.standstill", None))
    assert course(put("procurement", None), put("regime", "grant")) == ""


def test_terms_stand_in_a_part_of_their_own() -> None:
    assert "Terms They bind the authority and the bidders as the rules do. 5.T1 Words 5.T1.1 Words beyond" in page(
        small(put("term", [TERM]))
    )
    assert "They bind the authority" not in page(small())


def test_themes_with_other_points_for_price_are_not_told_the_first_ones() -> None:
    said = page(small())
    assert said.count("W is the points available for price: what the weights of the theme give it.") == 1
    assert "W, the points available for price, is" not in said


def test_a_published_draw_decides_and_people_do_not() -> None:
    said = page(small(put("allocation.draw_seed", "R-1")))
    assert "is decided by a draw that anyone can repeat" in said
    assert "people decide with reasons" not in said


def test_the_worked_award_goes_down_the_ranking_where_an_order_of_merit_is_published() -> None:
    (example, *_) = worked_examples(small())
    assert example.award is not None
    best_first = [bid.bid for bid in sorted(example.bids, key=lambda bid: bid.rank) if bid.rank]
    assert example.award.order == "M1"
    assert example.award.sets
    assert all(set(one.bids) == set(best_first[: len(one.bids)]) for one in example.award.sets)
    (free, *_) = worked_examples(small(put("allocation.rule", [])))
    assert free.award is not None
    assert free.award.order == ""
    assert len(free.award.sets) > len(example.award.sets)


def test_an_order_of_merit_with_exceptions_is_left_to_its_words() -> None:
    gap = both(put("allocation.rule", []), add("allocation.rule", {"id": "M1", "kind": "merit_order", "theme": "*"}))
    (example, *_) = worked_examples(small(gap, put("allocation.rule.0.max_gap", "2")))
    assert example.award is not None
    assert example.award.order == ""
