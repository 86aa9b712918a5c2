"""The award report: what is recommended, how firmly, who misses and is missed, and what is left for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.findings.finding import Finding, Severity, in_order
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.annex import Annex, annex
from evaluator.reporting.award.chosen import FinalChoice, final_choice
from evaluator.reporting.award.conduct import People, people
from evaluator.reporting.award.firmness import FirmnessSection, firmness_section
from evaluator.reporting.award.first_page import FirstPage, first_page
from evaluator.reporting.award.method import Method, method
from evaluator.reporting.award.money import Money, RuleSummary, money
from evaluator.reporting.award.picture import Picture, picture
from evaluator.reporting.award.proof import Certain, certain
from evaluator.reporting.award.ranking import Ranking, rankings
from evaluator.reporting.award.reach import Reach, reach
from evaluator.reporting.award.robustness import Options, options
from evaluator.reporting.award.rule_families import Families, by_family
from evaluator.reporting.award.stages import StageTold, stages_told
from evaluator.reporting.shared.bid_rows import bid_names, theme_rows
from evaluator.reporting.shared.pages import HeadedPage, about, theme_titles


@dataclass(frozen=True)
class Notes:
    """The findings that stand in the way of an award, and those that are merely worth knowing."""

    in_the_way: Sequence[Finding]
    worth_knowing: Sequence[Finding]


@dataclass(frozen=True, kw_only=True)
class AwardPage(HeadedPage):
    """What the report, the record and the public edition share: most fields are sections of ``templates/award``.

    ``titles`` are those of the themes and ``names`` those of the bids' organisations, by id.
    """

    allocation: Allocation | None
    titles: Mapping[str, str]
    names: Mapping[str, str]
    first_page: FirstPage
    rankings: Sequence[Ranking]
    method: Method
    choice: FinalChoice | None


@dataclass(frozen=True, kw_only=True)
class ReportPage(AwardPage):
    """The award report, for those who decide: what is for the file stands in the record."""

    template = "report.html"
    picture: Picture
    firmness: FirmnessSection
    reach: Reach
    money: Money | None
    rules: Sequence[RuleSummary]
    options: Options
    certain: Sequence[Certain]
    notes: Notes
    people: People
    in_stages: Sequence[StageTold]
    annex: Annex
    to_come: bool


def report_page(outcome: Outcome, *, to_come: bool = False) -> ReportPage:
    """Gather what the report of a scored run shows; it says where explanations are still ``to_come``."""
    outcome = held_back(outcome)
    allocation, views = outcome.allocation, theme_rows(outcome)
    of_money = money(outcome) if allocation else None
    return ReportPage(
        about=about(outcome),
        allocation=allocation,
        titles=theme_titles(outcome.criteria),
        names=bid_names(outcome),
        first_page=first_page(outcome, views),
        rankings=[rankings(outcome, view) for view in views],
        method=method(outcome),
        choice=final_choice(outcome),
        picture=picture(outcome, views),
        firmness=firmness_section(outcome),
        reach=reach(outcome),
        money=of_money,
        rules=by_family(Families(outcome.criteria), of_money.rules if of_money else ()),
        options=options(outcome),
        certain=certain(allocation) if allocation else (),
        notes=notes(outcome),
        people=people(outcome),
        in_stages=stages_told(outcome),
        annex=annex(outcome, views),
        to_come=to_come,
    )


def notes(outcome: Outcome) -> Notes:
    """Tell the findings that stand in the way from the others."""
    findings = in_order(outcome.findings)
    return Notes(
        in_the_way=[found for found in findings if found.severity is not Severity.NOTE],
        worth_knowing=[found for found in findings if found.severity is Severity.NOTE],
    )
