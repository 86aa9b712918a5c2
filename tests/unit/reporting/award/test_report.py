"""The award report."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.programme.rules import MeritOrder
from evaluator.records.results.allocation import MethodResult, Stage
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.record import record_html
from tests.unit.reporting import small_outcome
from tests.worked_examples.programmes import programme, scored

VOID = {"meta", "br", "path", "rect", "circle", "link", "img", "hr"}


def text(html: str) -> str:
    """Give what a reader sees, with single spaces."""
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    html = re.sub(r"<[^>]+>", " ", html)
    for name, mark in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&#34;", '"')):
        html = html.replace(name, mark)
    return " ".join(html.split())


def report(**changes: Any) -> str:
    return text(small_outcome.report_html(small_outcome.outcome(**changes)))


def record(**changes: Any) -> str:
    return text(record_html(small_outcome.outcome(**changes)))


class Structure(HTMLParser):
    """Collects what is wrong with the nesting of a page, and its ids, captions and header cells."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.count: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in VOID:
            self.open.append(tag)
        if tag == "th" and not given.get("scope"):
            self.wrong.append("a header cell without scope")
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given[key] or "" for key in ("href", "src") if key in given]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")


def structure(html: str) -> Structure:
    found = Structure()
    found.feed(html)
    return found


def outcomes() -> dict[str, Outcome]:
    made = small_outcome.outcome()
    return {
        "made-up": made,
        "scored-only": replace(made, allocation=None, equality=None),
        "nothing-awarded": replace(made, allocation=replace(small_outcome.ALLOCATION, awards=(), tied=(()), checks=())),
        "every-method": scored(programme("display", "half_up", ("quality", "question:Q4")), 7),
        "nobody-ranked": scored(programme("parts", "half_up", ()), 7, count=1),
        "not-sealed": replace(made, seal=None, findings=()),
    }


@pytest.mark.parametrize("name", outcomes())
def test_a_report_is_one_well_formed_page_that_asks_nothing_of_the_network(name: str) -> None:
    html = small_outcome.report_html(outcomes()[name])
    found = structure(html)
    assert (found.wrong, found.open) == ([], [])
    assert len(found.ids) == len(set(found.ids))
    inside = [link for link in found.links if link.startswith("#")]
    assert all(link[1:] in found.ids for link in inside)
    assert {link for link in found.links if link not in inside} == {
        f"bids/{one.removeprefix('#')}.html" for one in (f"#{id}" for id in found.ids if id.startswith("bid-"))
    }
    assert "<script" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert '<html lang="en-GB">' in html
    assert found.count["main"] == found.count["header"] == found.count["footer"] == found.count["h1"] == 1
    assert found.count["table"] == found.count["caption"]


@pytest.mark.parametrize("name", outcomes())
def test_every_chart_has_a_title_a_description_and_a_table_after_or_before_it(name: str) -> None:
    html = small_outcome.report_html(outcomes()[name])
    charts = html.count('<svg role="img"')
    assert charts == html.count("<title id=") == html.count("<desc id=") == html.count("<figure ")
    assert structure(html).count["table"] > 0


def test_the_first_section_says_how_many_bids_and_how_much_money() -> None:
    words = report()
    assert "Example Borough Council received 8 bids in 2 themes." in words
    assert "6 were ranked, 1 fell below a published minimum, and people disregarded 1 with reasons." in words
    assert "3 bids are recommended for £310,000 in all. 3 ranked bids are not; each has its reason below." in words


def test_what_is_left_for_people_names_a_tie_that_touches_an_award() -> None:
    words = report()
    assert (
        "Advice & information: beta Ltd (A02) and zeta Ltd (A06) are equal by the whole published order, and only beta "
        "Ltd (A02) is recommended." in words
    )
    assert "2 sets of awards are equal by every published objective and tie-break." in words


def test_a_tie_that_touches_no_award_is_said_to_decide_nothing() -> None:
    awards = tuple(award for award in small_outcome.ALLOCATION.awards if award.bid != "A02")
    words = report(allocation=replace(small_outcome.ALLOCATION, awards=awards, tied=(("A01", "Y01"),)))
    assert "zeta Ltd (A06) are equal by the whole published order; none is recommended, so it decides nothing." in words


def test_money_stands_by_theme_and_year_against_the_published_limits() -> None:
    words = re.sub(r" (T\d|all)-\w+", "", report())  # references of the figures
    # Advice: 50,000 and 60,000 in each year; the theme's £220,000 were published for both years together.
    assert "Advice & information 2 £110,000 £110,000 £220,000 100 % of £220,000" in words
    assert "All themes 3 £155,000 103 % of £150,000 £155,000 £310,000 100 % of £310,000" in words


def test_every_award_has_its_pounds_by_year_and_every_refusal_its_explanation() -> None:
    words = record()
    assert "alpha Ltd A01 100% £50,000 £50,000 £100,000" in words
    for refusal in small_outcome.ALLOCATION.not_awarded:
        assert refusal.explanation in words


def test_a_ranking_shows_scores_gaps_ties_and_near_ties() -> None:
    near = replace(small_outcome.SCORES.themes[1], totals=small_outcome.numbers("81.99", "81.78"))
    words = report(scores=replace(small_outcome.SCORES, themes=(small_outcome.SCORES.themes[0], near)), allocation=None)
    assert "1 alpha Ltd A01 60.00 £100,000 24.00 84.00" in words
    assert "2 zeta Ltd A06 62.00 £120,000 20.00 82.00 0.00 tied with A02" in words
    assert "2 <b>eta</b> Ltd Y02 64.00 £333.33 17.78 81.78 0.21 near" in words


def test_a_gap_that_rounding_would_hide_is_said_to_be_under_the_last_place() -> None:
    close = replace(small_outcome.SCORES.themes[1], totals=small_outcome.numbers("81.781", "81.78"))
    words = report(
        scores=replace(small_outcome.SCORES, themes=(small_outcome.SCORES.themes[0], close)), allocation=None
    )
    assert "17.78 81.78 under 0.01 near" in words


def test_a_refused_bid_that_outscores_a_recommended_one_is_named() -> None:
    awards = tuple(award for award in small_outcome.ALLOCATION.awards if award.bid != "A01")
    refused = replace(small_outcome.ALLOCATION.not_awarded[0], bid="A01", explanation="R1 leaves nothing for it.")
    allocation = replace(
        small_outcome.ALLOCATION, awards=awards, not_awarded=(*small_outcome.ALLOCATION.not_awarded, refused)
    )
    words = record(allocation=allocation)
    assert "1 bid scores higher than a recommended one: A01 (84.00)." in words
    assert "1 alpha Ltd A01 84.00 A02 (82.00) R1 leaves nothing for it." in words


def test_bids_that_are_not_ranked_have_their_reason_even_when_no_money_is_divided() -> None:
    words = report(allocation=None, equality=None)
    assert "delta Ltd A04 C1 Local need: 1, below the published minimum of 2." in words
    assert "=SUM(1,2) Ltd A05 No cover after two requests." in words


def test_decisions_recusals_and_moderation_are_reported_with_reasons() -> None:
    words = record()
    assert "failed gate: Public liability insurance disregarded No cover after two requests." in words
    assert "Ground: Published gate 1 Bidder heard: Letter of 25 February J. Okafor 2 March 2026" in words
    assert "2 evaluators gave 38 marks on 19 answers, each with a reason." in words
    # Of E02's constant 3 against the consensus: 1 beside 3, 5 beside 3: two apart in five answers.
    assert "In 5 answers the marks lay 2 or more apart" in words
    assert "E02 Advice & information; Young people 19 Y02" in words


def test_the_method_is_told_in_words_and_the_effective_weights_stand_beside_the_published() -> None:
    words = record()
    assert "every other price has the share that the lowest price is of it." in words
    assert "The price for each person served is scored. The lowest price has all the points." in words
    assert "Quality score and price points are each rounded once, to 2 decimal places, a half away from nought" in words
    assert "First the higher quality score, before rounding; then the lower scored price; what is still equal" in words
    assert "C1 Local need 30 30 48 48" in words
    assert "Advice & information: at least 2 for C1." in words


def test_seal_fingerprint_engine_run_and_date_stand_in_the_report() -> None:
    words = report()
    assert f"Seal {'ab' * 32} , 5 January 2026" in words
    assert "2026-03-10-a1b2c3, evaluator 0.1.0" in words
    assert "Made-up community programme · 10 March 2026" in words


def test_a_result_that_is_not_proven_says_how_much_better_another_could_be() -> None:
    stage = Stage("total_score", 25320, 25500, proven=False)
    proof = replace(small_outcome.ALLOCATION.proof, stages=(stage,))
    changed = replace(small_outcome.ALLOCATION, status="not_proven", upper_bound=25500, proof=proof)
    words = report(allocation=changed) + record(allocation=changed)
    assert "it is not proven that no better set of awards exists" in words
    assert "another could score up to 1.8 points more" in words
    assert "total score 253.2 points 255 points not proven" in words


def test_rules_that_cannot_hold_together_are_named() -> None:
    empty = replace(small_outcome.ALLOCATION, status="infeasible", awards=(), conflict=("R1", "R9"), cost=0, tied=())
    assert "The published rules cannot all be kept: R1 and R9." in report(allocation=empty)


def test_findings_in_the_way_of_an_award_stand_at_the_top() -> None:
    wrong = Finding("E-X", Severity.NEEDS_DECISION, Source("decisions.xlsx"), "No decision.", "Decide.")
    words = report(findings=(wrong,))
    assert "No award can be recommended yet." in words
    assert "1 finding is to be decided; see findings.html." in words


def test_a_bidder_s_text_is_shown_and_never_becomes_part_of_the_page() -> None:
    html = small_outcome.report_html(small_outcome.outcome())
    assert "<b>eta</b>" not in html
    assert "&lt;b&gt;eta&lt;/b&gt; Ltd" in html


def test_the_report_never_says_that_a_legal_duty_is_met() -> None:
    words = report().casefold().replace("nothing here says that a legal duty is met", "")
    for phrase in ("duty is met", "complies", "compliant", "lawful", "satisfies the duty"):
        assert phrase not in words


def test_the_same_outcome_gives_the_same_bytes() -> None:
    assert small_outcome.report_html(small_outcome.outcome()) == small_outcome.report_html(small_outcome.outcome())


def test_nothing_is_said_of_money_or_firmness_where_rules_conflict() -> None:
    empty = replace(small_outcome.ALLOCATION, status="infeasible", awards=(), conflict=("R1",), cost=0, tied=())
    words = report(allocation=empty)
    assert "Rules that cannot all be kept No set of bids keeps every published rule" in words
    assert "How certain this is" not in words
    assert (
        "£0"
        not in words.partition("The published method")[0].partition("Bids that are not")[0].partition("0 in all")[2]
    )


def test_nobody_is_recommended_in_words_and_without_noughts() -> None:
    empty = replace(small_outcome.ALLOCATION, awards=(), cost=0, methods=(), tied=((),))
    words = report(allocation=empty)
    assert "No bid is recommended; each ranked bid has its reason below." in words
    assert "0 bids are recommended" not in words
    assert "0 pairs" not in words


def test_what_an_order_of_merit_costs_is_told_and_no_budget_is_said_to_keep_a_better_bid_out() -> None:
    """250.50 points with 3 awards beside 200.25 with 2: the order costs 50.25 points."""
    methods = (
        MethodResult("optimise", published=True, decided=True, score=20025, awards=2),
        MethodResult("optimise_without_merit_order", published=False, decided=True, score=25050, awards=3),
    )
    plain = small_outcome.outcome().criteria
    assert plain.allocation is not None
    order = MeritOrder(id="M1", kind="merit_order", title="", theme="*", source="ITT 9")
    policy = plain.allocation.model_copy(update={"rule": (*plain.allocation.rule, order)})
    allocation = replace(small_outcome.ALLOCATION, methods=methods)
    changed = {"criteria": plain.model_copy(update={"allocation": policy}), "allocation": allocation}
    words = report(**changed)
    assert "The order of merit costs 50.25 points of total score" in words
    assert "250.5 points with 3 awards, beside 2 awards here" in words
    assert "Where M1 sets the order of merit, awards go down the ranking of each theme." in record(**changed)
    assert "decide over sets of awards as a whole" not in record(**changed)
    assert "decide over sets of awards as a whole" in record()
    assert "The order of merit costs" not in report()
