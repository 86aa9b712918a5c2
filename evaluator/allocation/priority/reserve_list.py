"""The reserve list: who waits for money in each theme, in order, and what must happen for each to be funded."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from evaluator.allocation.model.choice_index import themes_of
from evaluator.allocation.model.constraints import ROW_TRAITS
from evaluator.allocation.model.model import Model, Row
from evaluator.allocation.model.usage import Usage
from evaluator.allocation.priority.priority import rank_of
from evaluator.records.english import agreeing
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.rules import ReserveList
from evaluator.records.results.allocation import Candidate, Reserve


def reserve_list(model: Model, chosen: Sequence[int]) -> tuple[Reserve, ...]:
    """List the best bids that are not funded, theme by theme, as far as published; equal bids at the end all wait."""
    usage = Usage(model, chosen)
    rules = [rule for rule in model.problem.rules if isinstance(rule, ReserveList)]
    return tuple(
        entry
        for rule in rules
        for theme in themes_of(model.problem, rule.theme)
        for entry in _of_theme(model, usage, rule, theme)
    )


def _rank_in_theme(model: Model) -> Callable[[Candidate], tuple[int, ...]]:
    rank, within = rank_of(model.problem.policy), model.problem.in_rank_order
    return lambda one: (*rank(one), one.rank if within else 0)


def _of_theme(model: Model, usage: Usage, rule: ReserveList, theme: str) -> Iterator[Reserve]:
    funded = {model.choices[at].candidate.bid for at in usage.chosen}
    waiting = [one for one in model.problem.candidates if one.theme == theme and one.bid not in funded]
    rank = _rank_in_theme(model)
    place = 1
    for _, equal in groupby(sorted(waiting, key=lambda one: (rank(one), one.bid)), key=rank):
        if place > rule.length:
            return
        its = list(equal)
        for one in its:
            yield Reserve(one.bid, theme, rule.id, place, one.score, _needs(model, usage, one))
        place += len(its)


def _needs(model: Model, usage: Usage, one: Candidate) -> str:
    """Say what must become free for the bid to be funded at the level that takes least."""
    places = model.places[one.bid]
    at = min(places, key=lambda at: (len(usage.breaks(at)), model.choices[at].level.cost, at))
    level = f" at {model.choices[at].level.name}" if len(places) > 1 else ""
    broken = usage.breaks(at)
    if not broken:
        return f"It is funded{level} when an award is withdrawn or people decide to add it: no rule stands in its way."
    needs = list(dict.fromkeys(_free(row, after) for row, after in broken))
    return f"It is funded{level} when {' and '.join(needs)}."


def _free(row: Row, after: int) -> str:
    """Say what one rule would have to leave."""
    over = after - (row.most or 0)
    about = f" in {row.subject}" if row.subject else ""
    year = f" in {row.year}" if row.year else ""
    if row.unit == "money":
        return f"{pounds(over)} more becomes free{about}{year} (rule {row.rule})"
    if row.unit == "hours":
        return f"{ratio_decimal(over, row.scale)} hours become free{about} (rule {row.rule})"
    traits = ROW_TRAITS.get(row.kind)
    if traits and traits.counts == "awards" and traits.side in ("most", "both"):
        return f"{over} {agreeing(over, 'award fewer is', 'awards fewer are')} made among {row.subject}"
    return f"rule {row.rule} no longer stands in its way"
