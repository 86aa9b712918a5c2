"""The results workbook: every score a live formula over the marks, the prices and the published parameters."""

from collections.abc import Iterator
from dataclasses import replace

from evaluator.records.documents import Sheet, Workbook
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.results.awards import REFUSED, awards_sheet, refused_sheet
from evaluator.reporting.results.awards import SHEET as AWARDS
from evaluator.reporting.results.comparison import CHECKS, SUMMARY, checks_sheet, summary_sheet
from evaluator.reporting.results.grid import sheet_names
from evaluator.reporting.results.layout import ThemePlan, planned
from evaluator.reporting.results.parameters import SHEET as PARAMETERS
from evaluator.reporting.results.parameters import parameters
from evaluator.reporting.results.stages import SHEET as STAGES
from evaluator.reporting.results.stages import StageFormulas
from evaluator.reporting.results.statements import (
    CHANGES,
    DECISIONS,
    MARKS,
    changes_sheet,
    decisions_sheet,
    marks_sheet,
)
from evaluator.reporting.results.theme import theme_sheet
from evaluator.reporting.results.worked_out import SHEET as WORKED_OUT
from evaluator.reporting.results.worked_out import marks_of_sums, worked_out_sheet
from evaluator.reporting.shared.bid_rows import theme_rows

TAKEN = (SUMMARY, PARAMETERS, STAGES, AWARDS, REFUSED, WORKED_OUT, MARKS, DECISIONS, CHANGES, CHECKS)


def results_workbook(outcome: Outcome) -> Workbook:
    """Make the results workbook of a run that has scores.

    Every number that can be computed is a formula over typed-in marks, prices and published parameters, with the
    engine's value as its cached value. The sheet of checks compares the two, and the first sheet counts differences.

    Only functions that Excel 2016 and LibreOffice 7.4 share are used.
    """
    outcome = held_back(outcome)
    known, views = parameters(outcome), theme_rows(outcome)
    names = sheet_names([view.theme.title for view in views], TAKEN)
    made, places = worked_out_sheet(outcome)
    summed = marks_of_sums(outcome)
    plans = tuple(
        planned(outcome.criteria, view, name, known, places, summed.get(view.theme.id))
        for view, name in zip(views, names, strict=True)
    )
    stages = StageFormulas(outcome, plans) if outcome.stages else None
    plans = tuple(replace(plan, by_stages=stages.decision if stages else None) for plan in plans)
    themes = [theme_sheet(plan, _note(plan)) for plan in plans]
    allocation = outcome.allocation
    awards, sums = awards_sheet(outcome, allocation, known) if allocation else (None, ())
    money = [awards, refused_sheet(outcome, allocation)] if awards and allocation else []
    checks = checks_sheet(plans, (*(stages.sums() if stages else ()), *sums))
    by_stage, worked = ([stages.sheet()] if stages else []), ([made] if made else [])
    sheets = [known.sheet, *by_stage, *themes, *money, *worked, *_said(outcome), checks]
    summary = summary_sheet(outcome, checks, [(sheet.name, _about(sheet.name)) for sheet in sheets])
    title = f"Results: {outcome.criteria.title}"
    named = {**known.names, **dict(_ranges(plans))}
    return Workbook(title, (summary, *sheets), tuple(named.items()))


def _ranges(plans: tuple[ThemePlan, ...]) -> Iterator[tuple[str, str]]:
    """Name what an auditor looks for in each theme's sheet, such as ``Theme1_Totals``, and every limit of a rule."""
    for number, plan in enumerate(plans, 1):
        for key, name in RANGES.items():
            if key in plan.grid:
                yield f"Theme{number}_{name}", plan.grid.away(plan.grid.span(key))
        if plan.view.rows:
            first, last = plan.marks(str(plan.grid.first)).partition(":")[::2]
            end = last.rstrip("0123456789") + f"${plan.grid.first + plan.grid.count - 1}"
            start = first.rstrip("0123456789") + f"${plan.grid.first}"
            yield f"Theme{number}_Marks", plan.grid.away(f"{start}:{end}")


RANGES = {
    "bid": "Bids",
    "state": "Status",
    "rank": "Ranks",
    "total": "Totals",
    "quality": "Quality",
    "points": "PricePoints",
    "index": "PriceIndex",
    "scored price": "Prices",
}


def _said(outcome: Outcome) -> Iterator[Sheet]:
    if outcome.answers:
        yield marks_sheet(outcome)
    yield decisions_sheet(outcome)
    yield changes_sheet(outcome)


def _about(name: str) -> str:
    return {
        PARAMETERS: "What was published: scale, weights, price methods, rounding, rules. Formulas refer to it.",
        STAGES: "Who goes on from each stage, by live formulas over the points of its questions.",
        AWARDS: "Awards by year, live sums by theme and year, and what each limit leaves.",
        WORKED_OUT: "Every mark that counts as a formula of the evaluators' marks.",
        REFUSED: "Every bid that is not funded, and why.",
        MARKS: "Every evaluator's mark and reason beside the consensus and its reason.",
        DECISIONS: "What people decided, with reasons, and who stood aside.",
        CHANGES: "Every mark that moderation changed and every decision on a bid: who, when, why.",
        CHECKS: "Every live value against the engine's.",
    }.get(name, "The theme's bids: marks and prices typed in, points, totals and ranks as live formulas.")


def _note(plan: ThemePlan) -> str:
    """Say how the sheet is read, and by which method price is scored."""
    policy = plan.view.policy
    if policy is None:
        return "Yellow cells hold what came in; all else is computed from them. Price is not scored."
    first = "lowest" if plan.view.lowest_first else "highest"
    best = f"the {first} {'result' if plan.view.indexed else 'total'} ranks first"
    method = policy.method.replace("_", " ")
    return f"Yellow cells hold what came in; all else is computed from them. Price by {method}; {best}."
