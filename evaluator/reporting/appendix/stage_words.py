"""How a stage is told to bidders: what is marked in it, who goes on, what decides at the last place, what counts."""

from collections.abc import Iterator
from decimal import Decimal

from evaluator.records.dates import spoken_date
from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.criteria import QUESTION, Criteria

Said = tuple[str, str]
KEYS = frozenset(
    (
        *("id", "title", "questions", "passes", "number", "score", "share", "by_theme", "counts", "ties", "tie_break"),
        "weights",
        *("draw_seed", "decided", "source"),
    )
)


def stage_statements(criteria: Criteria, stage: Stage) -> Iterator[Said]:
    """Say how one stage is decided, each rule in a clause."""
    titles = {one.id: one.title for theme in criteria.themes for one in criteria.questions(theme.id)}
    asked = listing(f"{one} {titles.get(one, '')}".rstrip() for one in stage.questions)
    yield "questions", f"Marked in this stage: {asked}."
    if stage.weights:
        other = listing(f"{one} {decimal_text(weight)}" for one, weight in stage.weights.items())
        yield "weights", f"In this stage these questions carry other points than in the end: {other}."
    yield "passes", _passes(stage, several=len(criteria.themes) > 1)
    if stage.passes == "best":
        yield "ties", _ties(stage)
    yield "counts", COUNTS if stage.counts else ADMITS
    if stage.passes:
        yield "after", AFTER
    if stage.decided:
        yield "decided", f"It is decided on {spoken_date(stage.decided)}."


COUNTS = "Its points are part of the total."
ADMITS = (
    "Its points decide only who goes on: they are no part of the total, and the weights of its questions are no part "
    "of the whole that the other weights come to."
)
AFTER = (
    "Whoever does not go on is told so with points and reasons, is not marked in a later stage, is not ranked and is "
    "awarded nothing. A bid below a published minimum mark for a question of this stage, or below the minimum of a "
    "section that lies whole in it, does not go on; nor does one that fails a question of it that must be passed. "
    "Nobody moves up because another bid that went on leaves later."
)


def _passes(stage: Stage, *, several: bool) -> str:
    points = "points for the questions of this stage"
    if stage.passes is None:
        return "All bids that are in this stage are ranked."
    if stage.passes == "at_least" and stage.score is None and stage.share is None:
        return "Every bid that reaches every published minimum for the questions of this stage goes on."
    if stage.passes == "at_least":
        return f"Every bid with at least {_least(stage)} goes on."
    bids = count_of(stage.number or 0, "bid")
    go = agreeing(stage.number or 0, "goes", "go")
    of = (" of each theme" if stage.in_each_theme else " of all themes together") if several else ""
    least = f" A bid goes on only with at least {_least(stage)}." if stage.score or stage.share else ""
    return f"The {bids}{of} with the most {points} {go} on.{least}"


def _least(stage: Stage) -> str:
    if stage.share is not None:
        return f"{decimal_text(stage.share)} % of the points that the questions of this stage carry"
    return f"{decimal_text(stage.score or Decimal(0))} points for the questions of this stage"


def _ties(stage: Stage) -> str:
    equal = "Of bids with equal points at the last place"
    if stage.ties == "all_pass":
        return f"{equal} all go on, so that more than the published number can."
    marks = [f"the higher mark for {level.removeprefix(QUESTION)}" for level in stage.tie_break]
    if stage.ties == "tie_break":
        return f"{equal} the one with {listing(marks, ', then ')} goes on; those still equal all go on."
    first = (
        f"the one with {listing(marks, ', then ')} goes on; between those still equal a draw decides"
        if marks
        else "a draw decides"
    )
    return (
        f"{equal} {first}: the lowest ticket goes on, which is the SHA-256 of the words “{stage.draw_seed}”, a line "
        "break and the bid’s id."
    )
