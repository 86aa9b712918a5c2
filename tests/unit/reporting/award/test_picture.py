"""The picture, the annex, the reach and the page of a bid: who misses, by how little, and what stood in the way."""

import re
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from evaluator.records.documents import Workbook
from evaluator.records.programme.published import Fact
from evaluator.records.programme.rules import YearBudget
from evaluator.records.results.allocation import Award, Barrier, PassedOver, Refusal
from evaluator.records.results.counterfactuals import BidCase, Need
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import documents
from evaluator.reporting.award.annex import annex
from evaluator.reporting.award.money import RuleSummary
from evaluator.reporting.award.picture import picture
from evaluator.reporting.award.reach import reach
from evaluator.reporting.award.rule_families import Families, by_family
from evaluator.reporting.shared.bid_rows import theme_rows
from tests.unit.reporting import small_outcome
from tests.unit.reporting.award.test_report import text

PLAIN = small_outcome.outcome()
SCORE_OF_3 = BidCase(
    "A03", "advice", 7600, 100, ("y1",), funded=False, eligible=True, why="",
    needs=(Need("score", "found", 601), Need("cost", "found", 1500)), lost=("A01", "A02", "Y01"),
)  # fmt: skip
SPARE_OF_1 = replace(SCORE_OF_3, bid="A01", funded=True, needs=(Need("score", "found", 40),), lost=())


def with_cases() -> Outcome:
    return small_outcome.outcome(allocation=replace(small_outcome.ALLOCATION, cases=(SPARE_OF_1, SCORE_OF_3)))


def test_the_line_falls_between_the_last_recommended_and_the_best_that_is_not() -> None:
    """A01 84 and A02 82 are funded; A06 ties with A02 on 82, so nothing lies between them."""
    advice, youth = picture(PLAIN, theme_rows(PLAIN)).lines
    assert advice.lowest is not None
    assert advice.next is not None
    assert (advice.lowest.bid.id, advice.next.bid.id, advice.between) == ("A02", "A06", "0.00")
    assert youth.lowest is not None
    assert youth.lowest.bid.id == "Y01"


def test_who_missed_most_narrowly_is_named_with_what_stood_in_the_way() -> None:
    """A06 ties with A02 on 82 and is 0 below it; Y02 lies further below Y01."""
    closest = picture(PLAIN, theme_rows(PLAIN)).closest
    assert closest.startswith("Closest: zeta Ltd A06, 0.00 below. In its way: ")
    assert len(closest) > len("Closest: zeta Ltd A06, 0.00 below. In its way: .")


def test_bids_a_point_or_less_below_the_line_are_counted_and_those_passed_over_are_not() -> None:
    found = picture(PLAIN, theme_rows(PLAIN)).finding
    assert found == "1 bid misses the line of a theme by a point or less"
    over = PassedOver("A06", "advice", 8200, 12_000_000, ("A02",), "A rule.")
    passed = small_outcome.outcome(allocation=replace(small_outcome.ALLOCATION, passed_over=(over,)))
    made = picture(passed, theme_rows(passed))
    assert made.finding.endswith("; 1 is passed over for a published rule")
    assert [one.row.bid.id for one in made.over] == ["A06"]
    assert {dot.kind for dot in made.strips[0].dots} == {"taken", "left", "passed_over"}
    assert "Passed over: zeta Ltd 82.00" in small_outcome.report_html(passed)


def test_every_ranked_bid_has_one_dot_and_the_dot_of_a_recommended_one_is_full() -> None:
    made = picture(PLAIN, theme_rows(PLAIN))
    funded = {award.theme: 0 for award in small_outcome.ALLOCATION.awards}
    for award in small_outcome.ALLOCATION.awards:
        funded[award.theme] += 1
    for view, strip in zip(theme_rows(PLAIN), made.strips, strict=True):
        assert len(strip.dots) == len(view.ranked)
        assert [dot.kind for dot in strip.dots].count("taken") == funded[view.theme.id]
        assert strip.title == f"{view.theme.title}: {funded[view.theme.id]} of {len(view.rows)} recommended"


def test_the_annex_has_each_bid_once_with_what_it_lacked_or_had_to_spare() -> None:
    made = annex(with_cases(), theme_rows(with_cases()))
    lines = {line.row.bid.id: line for theme in made.themes for line in theme.lines}
    assert len(lines) == made.bids == 8
    assert made.turned
    assert (lines["A03"].points, lines["A03"].money) == ("−6.01", "£1,500 less asked")
    assert lines["A03"].displaced == ("alpha Ltd A01", "beta Ltd A02", "1 more")
    assert (lines["A01"].points, lines["A01"].money) == ("+0.39", "–")  # with 0.40 fewer it is no longer sure
    assert lines["A04"].stood == ("Below a published minimum",)
    assert lines["A05"].award == "–"


def test_without_cases_the_annex_has_no_column_for_them() -> None:
    assert "Would displace" not in small_outcome.report_html(PLAIN)
    assert "Would displace" in small_outcome.report_html(with_cases())


def test_limits_in_the_way_are_named_by_title_and_one_that_repeats_by_year_once() -> None:
    years = [YearBudget(id=f"Y{at}", kind="year_budget", title=f"Budget {year}", year=year, limit=5)
             for at, year in enumerate(("2026-27", "2027-28", "2028-29"), 1)]  # fmt: skip
    years[0] = years[0].model_copy(update={"facts": (Fact(text="Budget", why="What people call it."),)})
    plain = PLAIN.criteria
    assert plain.allocation is not None
    criteria = plain.model_copy(update={"allocation": plain.allocation.model_copy(update={"rule": tuple(years)})})
    families = Families(criteria)
    assert families.named(("Y1", "Y3"), "") == ("Budget (Y1 to Y3)",)
    assert families.named(("Y1", "Q7"), "") == ("Budget (Y1 to Y3)", "Q7")
    lines = [RuleSummary(f"Y{at}", f"Budget {at}", f"year {at}", "", "£5", f"£{at}", holds=True) for at in (1, 2, 3)]
    (line,) = [one for one in by_family(families, lines) if one.title == "Budget"]
    assert (line.rule, line.subject, line.most, line.used) == ("Y1 to Y3", "each year", "£5", "£1 to £3")
    broken = [*lines[:2], replace(lines[2], holds=False)]
    assert [one.holds for one in by_family(families, broken) if one.title == "Budget"] == [False]


def test_a_reason_in_the_way_is_short_and_names_the_rules_of_its_barriers() -> None:
    barrier = Barrier(("R1",), "all", "", "take all awards over the limit", "money", 1)
    refused = Refusal("A03", "advice", "does_not_fit", "A long sentence.", (barrier,))
    others = [one for one in small_outcome.ALLOCATION.not_awarded if one.bid != "A03"]
    made = small_outcome.outcome(allocation=replace(small_outcome.ALLOCATION, not_awarded=(refused, *others)))
    lines = {line.row.bid.id: line for theme in annex(made, theme_rows(made)).themes for line in theme.lines}
    assert "R1" in " ".join(lines["A03"].stood)
    assert "A long sentence." not in text(small_outcome.report_html(made)).partition("Annex")[2]


def reached(*rows: Coverage) -> Outcome:
    assert PLAIN.equality is not None
    return small_outcome.outcome(equality=replace(PLAIN.equality, wards=rows[:-1], groups=rows[-1:]))


def test_the_widest_gaps_are_told_in_words_beside_the_share_of_all_bids() -> None:
    """3 of 8 bids are funded. Of 8 bids for Bow 3 would be; of 8 for Mile End, where none is, 3 fewer are."""
    bow = Coverage("Bow", 8, 0, 3, 0, 100, Fraction(100), population=Fraction(1, 2))
    mile = Coverage("Mile End", 8, 0, 0, 0, 0, Fraction(0), population=Fraction(1, 2))
    carers = Coverage("carers", 4, 0, 1, 0, 10, Fraction(10))  # half an award fewer, which is none
    told = reach(reached(bow, mile, carers))
    assert [gap.words for gap in told.gaps] == [
        "Mile End: 0 of 8 bids recommended, 3 fewer than the share of all bids would be; 0 % of the money for 50 % of "
        "residents"
    ]
    assert [gap.ref for gap in told.gaps] == ["ward-2"]
    assert told.words.startswith("Named by bids, and by no recommended one: Mile End.")
    assert [row.label for row in told.pictures[0].rows] == ["Mile End", "Bow"]


def test_nobody_is_said_to_be_left_out_where_nothing_is_proven() -> None:
    open_one = replace(reached(Coverage("Bow", 8, 0, 3, 0, 1), Coverage("c", 1, 0, 1, 0, 1)),
                       allocation=replace(small_outcome.ALLOCATION, status="not_proven"))  # fmt: skip
    assert reach(open_one).words == ""


def pages(outcome: Outcome) -> dict[str, str]:
    return {one.name: one.content for one in documents(outcome) if isinstance(one.content, str)}


def test_each_bid_has_a_page_that_leads_back_and_the_report_leads_to_it() -> None:
    found = pages(with_cases())
    report = found["report.html"]
    for bid in ("A01", "A03", "A05", "Y02"):
        page = found[f"bids/bid-{bid}.html"]
        assert f'href="bids/bid-{bid}.html"' in report
        assert f'id="bid-{bid}"' in report
        assert f'href="../report.html#bid-{bid}"' in page
        assert "<style>" not in page, "the style stands once beside them"
    assert found["bids/style.css"].startswith(":root")


def test_a_bids_page_sets_its_marks_beside_the_average_of_the_ranked_bids_of_its_theme() -> None:
    (view, *_) = theme_rows(PLAIN)
    marks = [Fraction(row.marks[0]) for row in view.ranked if row.marks[0] is not None]
    average = sum(marks) / len(marks)
    page = pages(PLAIN)["bids/bid-A01.html"]
    own = next(row for row in view.ranked if row.bid.id == "A01").marks[0]
    shares = [round(100 * Fraction(one) / Fraction(PLAIN.criteria.scale.highest)) for one in (own or 0, average)]
    assert f"--own:{shares[0]}%;--theme:{shares[1]}%" in page


def test_a_bids_page_holds_its_reason_and_no_markup_of_its_own() -> None:
    found = pages(PLAIN)
    assert "R1 leaves nothing for it." in found["bids/bid-Y02.html"]
    assert "<b>eta</b>" not in found["bids/bid-Y02.html"]


def test_more_bids_than_people_print_are_in_a_workbook_and_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "annex.xlsx" not in {one.name for one in documents(PLAIN)}
    monkeypatch.setattr(sys.modules[annex.__module__], "MOST_IN_PRINT", 7)
    made = {one.name: one.content for one in documents(with_cases())}
    assert isinstance(made["annex.xlsx"], Workbook)
    rows = made["annex.xlsx"].sheets[0].rows
    assert len(rows) == 3 + 8
    assert [cell.value for cell in rows[3]][1:5] == [1, "alpha Ltd", "A01", "84.00"]
    report = made["report.html"]
    assert isinstance(report, str)
    assert '<div class="on-screen">' in report
    assert "annex.xlsx holds the table of all 8 bids" in report


def test_the_report_grows_with_its_bids_in_the_annex_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[annex.__module__], "MOST_IN_PRINT", 7)
    few = text(small_outcome.report_html(PLAIN)).rpartition("Annex: every bid")[0]
    award = Award("A03", "advice", "100%", 1, (1, 0))
    allocation = replace(small_outcome.ALLOCATION, awards=(*small_outcome.ALLOCATION.awards, award))
    more = text(small_outcome.report_html(small_outcome.outcome(allocation=allocation))).rpartition("Annex: every bid")[
        0
    ]
    assert abs(len(few.split()) - len(more.split())) < 12


def test_each_cell_of_the_report_carries_its_heading_for_narrow_screens() -> None:
    html = small_outcome.report_html(with_cases())
    annexed = html.partition('id="annex"')[2]
    assert re.search(r'<td data-label="Points" class="n">−6.01</td>', annexed)
    assert re.search(r'<td data-label="Rank" class="n">1</td>', annexed)


def test_cases_of_one_rule_that_came_to_the_same_are_told_in_a_line() -> None:
    families = Families(PLAIN.criteria)
    rule = families.all[0].rules[0]
    lines = [RuleSummary(rule, "T", f"place {at}", "", "3", "0" if at else "1", holds=True) for at in range(4)]
    told = [(one.subject, one.used) for one in by_family(families, lines)]
    assert told == [("place 0", "1"), ("3 of 4 cases", "0")]
