"""The award report: what is recommended, by which published rule, and what is left for people to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.findings.finding import Finding, Severity, in_order
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.conduct import People, people
from evaluator.reporting.award.firmness import FirmnessSection, Reach, firmness_section, reach
from evaluator.reporting.award.first_page import FirstPage, first_page
from evaluator.reporting.award.method import Method, method
from evaluator.reporting.award.money import Money, money
from evaluator.reporting.award.proof import Certain, StageLine, certain, stage_lines
from evaluator.reporting.award.ranking import Ranking, rankings
from evaluator.reporting.award.robustness import Options, options, short_study
from evaluator.reporting.shared.bid_rows import bid_names, theme_rows
from evaluator.reporting.shared.pages import HeadedPage, about, theme_titles
from evaluator.reporting.studies.robustness import RobustnessSection


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

    criteria: Criteria
    allocation: Allocation | None
    titles: Mapping[str, str]
    names: Mapping[str, str]
    first_page: FirstPage
    rankings: Sequence[Ranking]
    method: Method
    stages: Sequence[StageLine]


@dataclass(frozen=True, kw_only=True)
class ReportPage(AwardPage):
    """The award report; the record and the public edition are made from its sections."""

    template = "report.html"
    seal: Seal | None
    firmness: FirmnessSection
    reach: Reach
    money: Money | None
    options: Options
    robustness: RobustnessSection | None
    people: People
    certain: Sequence[Certain]
    notes: Notes


def report_page(outcome: Outcome) -> ReportPage:
    """Gather what the report of a scored run shows."""
    outcome = held_back(outcome)
    allocation, views = outcome.allocation, theme_rows(outcome)
    return ReportPage(
        about=about(outcome),
        criteria=outcome.criteria,
        seal=outcome.seal,
        allocation=allocation,
        titles=theme_titles(outcome.criteria),
        names=bid_names(outcome),
        first_page=first_page(outcome, views),
        firmness=firmness_section(outcome, views),
        reach=reach(outcome),
        money=money(outcome) if allocation else None,
        rankings=[rankings(outcome, view) for view in views],
        options=options(outcome),
        robustness=short_study(outcome.firmness),
        people=people(outcome),
        method=method(outcome),
        certain=certain(allocation) if allocation else (),
        stages=stage_lines(allocation) if allocation else (),
        notes=_notes(in_order(outcome.findings)),
    )


def _notes(findings: Sequence[Finding]) -> Notes:
    return Notes(
        in_the_way=[found for found in findings if found.severity is not Severity.NOTE],
        worth_knowing=[found for found in findings if found.severity is Severity.NOTE],
    )
