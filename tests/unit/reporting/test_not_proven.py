"""A run whose awards are not proven, or whose rules conflict: no document may name an award."""

import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from evaluator.allocation.draw import draw
from evaluator.files.audit.run_folder import rendered
from evaluator.pipeline import conclude
from evaluator.records.results.allocation import Allocation, LeastCost, Repair, Reserve
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import documents, results_workbook, summary_text
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.letters import letters
from evaluator.reporting.open_data import grants_360, outcome_ocds
from evaluator.reporting.record import record_html
from evaluator.reporting.studies.allocation import allocation_text
from evaluator.reporting.studies.explain import explanation, explanation_html, explanation_text
from tests.axe import violations
from tests.unit.reporting import small_outcome

BETTER = 180  # hundredths of a point that another set could score more: 1.8 points
OPEN = replace(
    small_outcome.ALLOCATION,
    status="not_proven",
    upper_bound=small_outcome.ALLOCATION.total_score + BETTER,
    certain_in=("Y01",),
    certain_out=("Y02",),
    reserve=(Reserve("A03", "advice", "R9", 1, 7600, "It is funded when £10,000.00 more becomes free."),),
)
NONE_FITS = replace(
    small_outcome.ALLOCATION,
    status="infeasible",
    awards=(),
    cost=0,
    tied=(),
    checks=(),
    conflict=("R1", "R3"),
    repairs=(Repair("R1", "limit", "£310,000.00", "£320,000.00"), Repair("R3", "", "theme budget", "left out")),
    least_cost=LeastCost("1", (Repair("R3", "", "theme budget", "left out"),), published=False),
)


def run(allocation: Allocation) -> Outcome:
    return small_outcome.outcome(allocation=allocation, equality=None)


def text(html: str) -> str:
    html = re.sub(r"<(style|script).*?</\1>", " ", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def pages(outcome: Outcome) -> dict[str, str]:
    """Give the words of every document for people that a run of these facts has."""
    made = {one.name: one.content for one in (*documents(outcome), *disclosure(outcome))}
    found = {name: text(content) for name, content in made.items() if isinstance(content, str) and "html" in name}
    found["results"] = " ".join(
        str(cell.value) for sheet in results_workbook(outcome).sheets for line in sheet.rows for cell in line
    )
    for bid in ("A01", "A03", "Y01"):
        told = explanation(outcome, None, (), bid)
        found[f"explain {bid}"] = explanation_text(told) + text(explanation_html(told))
    found["summary"] = summary_text(outcome)
    found["ocds"] = outcome_ocds(outcome, "2026-03-10")
    found["360"] = grants_360(outcome, "2026-03-10", "360G-x")
    return found


NO_SET = r"bids? (is|are) recommended for £[1-9]|£310,000 recommended|Recommended for an award|[1-9] bids? recommended"


@pytest.mark.parametrize("allocation", [OPEN, NONE_FITS])
def test_no_document_names_an_award_where_none_is_proven(allocation: Allocation) -> None:
    found = pages(run(allocation))
    assert len(found) >= 11
    for name, words in found.items():
        assert not re.search(NO_SET, words), name
        assert "A01, A02, Y01" not in words, name
        assert "yes, at" not in words, name
    assert json.loads(found["360"])["grants"] == []
    assert "awards" not in json.loads(found["ocds"])["releases"][0]
    assert letters(run(allocation), {}).documents == ()


def test_every_page_says_that_nothing_is_proven_and_how_much_better_another_set_could_be() -> None:
    found = pages(run(OPEN))
    for name in ("report.html", "record.html"):
        assert "No award is recommended: it is not proven that no better set of awards exists." in found[name]
        assert "another could score up to 1.8 points more" in found[name]
        assert "1 bid is certain to be funded, and 1 bid certain not to be." in found[name]
        assert "alpha Ltd Y01 Young people funded" in found[name]
        assert "so it decides nothing" not in found[name]
        assert "The money" not in found[name]
        assert "<b>eta</b> Ltd Y02 Young people not funded" in found[name]
    assert "No award is recommended" in found["public.html"]
    assert "Y02" not in found["public.html"]
    assert "another could score up to 1.8 more" in found["summary"]


def test_each_bid_is_told_what_is_certain_of_it_and_settled_refusals_keep_their_reason() -> None:
    held = held_back(run(OPEN)).allocation
    assert held is not None
    said = {one.bid: one.explanation for one in held.not_awarded}
    assert "This bid is certain: every set" in said["Y01"]
    assert "certain not to be funded" in said["Y02"]
    assert said["A01"].endswith("Whether this bid would be funded is open.")
    assert said["A04"] == "C1 Local need: 1, below the published minimum of 2."
    assert held_back(held_back(run(OPEN))) == held_back(run(OPEN))
    assert held_back(small_outcome.outcome()) == small_outcome.outcome()


def test_the_equality_summary_counts_no_award_of_a_set_that_is_not_proven() -> None:
    impact = conclude(run(OPEN), None, ()).equality
    assert impact is not None
    assert sum(one.awards for one in (*impact.wards, *impact.groups)) == 0
    whole = conclude(run(small_outcome.ALLOCATION), None, ()).equality
    assert whole is not None
    assert [one.bids for one in whole.totals if one.stage == "recommended"] == [3]
    assert [one.bids for one in impact.totals if one.stage == "recommended"] == [0]


def test_the_words_for_the_terminal_name_what_is_certain_and_no_set() -> None:
    words = allocation_text(OPEN)
    assert "These are funded in any set that is at least as good: Y01." in words
    assert "These are not funded in any set that is at least as good: Y02." in words
    assert "A01" not in words


def test_the_files_of_such_a_run_can_be_written() -> None:
    made = rendered(tuple(replace(one, also=()) for one in documents(run(OPEN))))
    assert made["results.xlsx"][:2] == b"PK"
    assert b"No award is recommended" in made["report.html"]


def test_rules_that_conflict_have_their_repairs_and_the_least_change_in_report_and_record() -> None:
    for page in (small_outcome.report_html(run(NONE_FITS)), record_html(run(NONE_FITS))):
        words = text(page)
        assert "R1 Programme budget limit £310,000.00 £320,000.00" in words
        assert "R3 Theme budgets the whole rule theme budget left out" in words
        assert "These are the fewest rules that would have to be left out together." in words
        assert '<th scope="row" class="id">R3</th>' in page
        assert page.count("<caption>The least change of the rules, all made together</caption>") == 1


def test_a_published_cost_of_giving_way_is_told_with_its_sum() -> None:
    cost = LeastCost("12.5", (Repair("R1", "limit", "£310,000.00", "£320,000.00"),), published=True)
    words = text(small_outcome.report_html(run(replace(NONE_FITS, least_cost=cost, repairs=()))))
    assert "at the least published cost, which is 12.5." in words
    assert "No change of one rule alone was found that would let all the other rules hold." in words


def test_the_reserve_list_stands_in_report_and_record_in_order_with_what_each_waits_for() -> None:
    waits = (
        Reserve("A06", "advice", "R9", 1, 8200, "It is funded when £20,000.00 more becomes free (rule R3)."),
        Reserve("A03", "advice", "R9", 2, 7600, "It is funded when £30,000.00 more becomes free (rule R3)."),
    )
    outcome = run(replace(small_outcome.ALLOCATION, reserve=waits))
    for page in (small_outcome.report_html(outcome), record_html(outcome)):
        words = text(page)
        assert "Advice & information 1 zeta Ltd A06 82 It is funded when £20,000.00 more" in words
        assert words.index("1 zeta Ltd A06 82") < words.index("2 gamma Ltd A03 76")
        assert "None" not in words
    assert "A03" not in text(dict(_html(disclosure(outcome)))["public.html"])
    assert "Reserve list" not in small_outcome.report_html(small_outcome.outcome())


def test_a_draw_is_told_with_its_seed_and_so_that_anyone_can_repeat_it() -> None:
    drawn = draw("Seed 1", small_outcome.ALLOCATION.tied)
    texts = {"\n".join(("Seed 1", *bids)): bids for bids in small_outcome.ALLOCATION.tied}  # as the page says
    tickets = sorted((hashlib.sha256(text.encode()).hexdigest(), ", ".join(bids)) for text, bids in texts.items())
    outcome = run(replace(small_outcome.ALLOCATION, draw=drawn))
    for page in (record_html(outcome),):
        words = text(page)
        assert "its seed is “Seed 1”" in words
        assert " ".join(f"{at} {ticket} {bids}" for at, (ticket, bids) in enumerate(tickets, 1)) in words
        assert "people choose by what was published" not in words
    assert "A06" not in text(dict(_html(disclosure(outcome)))["public.html"])


def _html(made: tuple[object, ...]) -> list[tuple[str, str]]:
    return [(one.name, one.content) for one in made if str(getattr(one, "name", "")).endswith("html")]  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("allocation", [OPEN, NONE_FITS, replace(small_outcome.ALLOCATION, reserve=OPEN.reserve)])
def test_the_report_of_such_a_run_breaks_no_rule_of_axe(allocation: Allocation, tmp_path: Path) -> None:
    assert violations(small_outcome.report_html(run(allocation)), tmp_path) == []
