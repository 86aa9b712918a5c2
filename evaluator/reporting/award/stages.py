"""Who goes on from a stage: every bid that was in it with its points and the reason, as a page and in other pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Document
from evaluator.records.english import agreeing, count_of
from evaluator.records.numbers import near_text
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.stages import StageResult
from evaluator.reporting.appendix.stage_words import stage_statements
from evaluator.reporting.shared.bid_rows import bid_names
from evaluator.reporting.shared.pages import HeadedPage, about, render, theme_titles

NAME = "stage.html"


@dataclass(frozen=True)
class InStage:
    """A bid in a stage: who made it, its points of those that were available, whether it goes on, and why."""

    bid: str
    name: str
    theme: str
    points: str
    available: str
    passed: bool
    reason: str


@dataclass(frozen=True)
class StageTold:
    """A stage that is over: how it is decided, what it came to in a sentence, and its bids, the best first."""

    id: str
    name: str
    rules: Sequence[str]
    sentence: str
    sealed: str
    bids: Sequence[InStage]


@dataclass(frozen=True, kw_only=True)
class StagePage(HeadedPage):
    """What the stage came to that a run was for."""

    template = "award/stage.html"
    stage: StageTold
    themes: int


def stage_document(outcome: Outcome) -> Iterator[Document]:
    """Make the page of the stage that a run was for; none where it is not decided."""
    for result in outcome.stages:
        if result.stage == outcome.stage:
            page = StagePage(about=about(outcome), stage=_told(outcome, result), themes=len(outcome.criteria.themes))
            yield Document(NAME, render(page), ("docx", "pdf"))


def stages_told(outcome: Outcome) -> tuple[StageTold, ...]:
    """Tell of every stage that is over."""
    return tuple(_told(outcome, result) for result in outcome.stages)


def _told(outcome: Outcome, result: StageResult) -> StageTold:
    stage = next(one for one in outcome.criteria.stage if one.id == result.stage)
    names, titles = bid_names(outcome), theme_titles(outcome.criteria)
    lines = sorted(result.lines, key=lambda line: (not line.passed, -line.points, line.bid))
    passed = sum(line.passed for line in lines)
    were = f"{count_of(len(lines), 'bid')} {agreeing(len(lines), 'was', 'were')} in this stage"
    return StageTold(
        id=stage.id,
        name=stage.name,
        rules=[words for _, words in stage_statements(outcome.criteria, stage)],
        sentence=f"{were}; {passed:,} {agreeing(passed, 'goes', 'go')} on, and {len(lines) - passed:,} "
        f"{agreeing(len(lines) - passed, 'does', 'do')} not.",
        sealed=result.sha256,
        bids=[
            InStage(
                line.bid,
                names.get(line.bid, line.bid),
                titles[line.theme],
                near_text(line.points),
                near_text(line.available),
                line.passed,
                line.reason,
            )
            for line in lines
        ],
    )


def stage_steps(outcome: Outcome, bid: str) -> tuple[Step, ...]:
    """Give the steps by which it was decided, stage by stage, whether a bid goes on."""
    return tuple(
        step
        for result in outcome.stages
        if (line := result.by_bid.get(bid)) is not None
        for step in (
            *(Step(f"stage {result.stage}: {question}", "its points", points) for question, points in line.answers),
            Step(f"stage {result.stage}", line.reason, line.points),
        )
    )
