"""What stages that are over leave to be marked: the questions of the next, of the bids that went on."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from evaluator.records.findings.finding import Source
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import NO_MARK, Decision, ThemeBids
from evaluator.records.submissions.stages import MATTER, StageResult
from evaluator.validation.coded_columns import Flags, Ints
from evaluator.validation.context.offers import Offers
from evaluator.validation.context.question_table import Book

NOT_SHORTLISTED: Standing = "not_shortlisted"


def fallen_at(stages: Sequence[StageResult]) -> dict[str, Decision]:
    """Give for each bid that did not go on from a stage what is told of it."""
    return {
        line.bid: _told(at, stage, line.bid)
        for at, stage in enumerate(stages, 1)
        for line in stage.lines
        if not line.passed
    }


def _told(number: int, stage: StageResult, bid: str) -> Decision:
    return Decision(
        bid=bid,
        matter=MATTER,
        subject=stage.stage,
        decision=NOT_SHORTLISTED,
        reason=stage.by_bid[bid].reason,
        ground="",
        person="",
        date="",
        heard="",
        source=stage.source if stage.sealed else Source("programme.toml", key=f"stage[{number}]"),
        standing=NOT_SHORTLISTED,
    )


def reached_of(
    criteria: Criteria, book: Book, offers: Offers, stages: Sequence[StageResult]
) -> Iterator[tuple[Ints, Flags]]:
    """Give the questions of each stage that is over or open, by their codes, with the rows of the register in it."""
    of_each = np.array([criteria.stage_of(question) for question in book.ids], dtype=np.int64)
    in_it = np.ones(len(offers), dtype=np.bool_)
    for at in range(len(stages) + 1):
        yield np.flatnonzero(of_each == at), in_it
        if at < len(stages):
            in_it = in_it & _passed(stages[at], offers.index, len(offers))


def _passed(stage: StageResult, index: Mapping[str, int], rows: int) -> Flags:
    flags = np.ones(rows, dtype=np.bool_)
    flags[[index[line.bid] for line in stage.lines if not line.passed and line.bid in index]] = False
    return flags


def without_later_marks(criteria: Criteria, bids: ThemeBids, stages: Sequence[StageResult]) -> ThemeBids:
    """Take out what was marked of a bid in stages to which it did not go on, or that are not open yet."""
    if not criteria.stage:
        return bids
    fell = {line.bid: at for at, stage in enumerate(stages) for line in stage.lines if not line.passed}
    of_each = [criteria.stage_of(question) for question in bids.questions]
    last = [fell.get(bid.id, len(stages)) for bid in bids.bids]
    cells = [
        place if stage <= upto else NO_MARK
        for row, upto in enumerate(last)
        for place, stage in zip(bids.row(row), of_each, strict=True)
    ]
    return bids.with_cells(cells)
