"""Checks of stages: what was sealed of them can be relied on, and nobody is marked who did not go on."""

from collections.abc import Iterator

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import near_text
from evaluator.records.submissions.stages import StageLine, StageResult
from evaluator.validation.checks.completeness import answers_named
from evaluator.validation.coded_columns import NONE
from evaluator.validation.context import View


def nothing_is_marked_after_a_bid_fell(view: View) -> Iterator[Finding]:
    """Note marks of bids for questions of a stage to which they did not go on: they count for nothing."""
    reached = np.append(view.reached.ravel(), True)  # an answer that is not asked, -1, is found by another check
    for sheet in filter(None, (view.marks, view.consensus)):
        answers = np.unique(sheet.answers[(sheet.answers != NONE) & sheet.given & ~reached[sheet.answers]])
        if view.fallen and len(answers):
            yield finding("E-STAGE-003", sheet.table.place, answers=answers_named(view, answers))


def about_stage(result: StageResult, sealed: StageResult | None, *, asked: bool) -> Iterator[Finding]:
    """Say what people must know of a stage that is over: what it came to, held to what was sealed of it.

    Parameters
    ----------
    asked : whether it is the stage that is being decided, so that it need not be sealed yet, and may be sealed anew.
    """
    place = Source("programme.toml", key="stage")
    for theme in sorted({line.theme for line in result.lines}):
        if not any(line.passed for line in result.lines if line.theme == theme):
            several = len({line.theme for line in result.lines}) > 1
            yield finding("E-STAGE-006", place, stage=result.stage, theme=f" in {theme}" if several else "")
    if sealed is None and not asked:
        yield finding("E-STAGE-005", place, stage=result.stage)
    if sealed is not None and not asked and (changes := list(_changes(result, sealed))):
        yield finding("E-STAGE-004", sealed.source, stage=result.stage, changes=short_listing(changes))


def _changes(result: StageResult, sealed: StageResult) -> Iterator[str]:
    for bid in sorted({*result.by_bid, *sealed.by_bid}):
        now, then = result.by_bid.get(bid), sealed.by_bid.get(bid)
        if now is None or then is None:
            yield f"{bid} {'was not in it then' if then is None else 'is no longer in it'}"
        elif (now.points, now.available, now.passed) != (then.points, then.available, then.passed):
            yield f"{bid} had {_standing(then)}, and has {_standing(now)} now"


def _standing(line: StageLine) -> str:
    points = f"{near_text(line.points)} of {near_text(line.available)} points"
    return f"{points} and {'went on' if line.passed else 'did not go on'}"
