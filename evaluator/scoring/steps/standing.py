"""The steps from points to total and rank: the rounding, and which tie-break decided or that the tie stands."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from evaluator.records.english import count_of
from evaluator.records.numbers import exact_text, rounded
from evaluator.records.programme.criteria import Rounding, tie_break_of
from evaluator.records.results.scores import Step
from evaluator.records.submissions.tie_breaks import arrivals, draw_places
from evaluator.scoring.measured import figure
from evaluator.scoring.steps.bid_in_theme import Case

MODES = {
    "half_up": "halves away from nought",
    "half_even": "halves to the even digit",
    "up": "away from nought",
    "down": "towards nought",
}
NAMED = 10  # so many bids are named; of more, the number is given


def total_steps(case: Case) -> Iterator[Step]:
    """Give the published rounding of each part or of the total, and the total; none for a bid without an index."""
    if not _standing(case, case.row)[0]:
        return
    rounding, parts = case.criteria.rounding, dict(_parts(case))
    how = how_rounded(rounding)
    if rounding.point == "parts":
        for name, value in parts.items():
            units = rounded(value, rounding.places, rounding.mode)
            yield Step(f"rounding: {name}", f"{exact_text(value)}, {how}", Fraction(units, 10**rounding.places))
    working = " + ".join(parts)
    if rounding.point == "total":
        working += f" = {exact_text(sum(parts.values(), Fraction(0)))}, {how}"
    yield Step("total", working, case.scores.totals[case.row])


def how_rounded(rounding: Rounding) -> str:
    """Say to how many places, and in which direction, a figure is rounded."""
    return f"rounded to {count_of(rounding.places, 'decimal place')}, {MODES[rounding.mode]}"


def _parts(case: Case) -> Iterator[tuple[str, Fraction]]:
    if case.scores.index is not None:
        yield case.method.result_words if case.method else "index", case.scores.index[case.row]
        return
    yield "quality score", case.quality
    if case.scores.price_points is not None:
        yield "price points", case.scores.price_points[case.row]


def rank_steps(case: Case) -> Iterator[Step]:
    """Give each tie-break that a shared total called for, in the published order, and the rank."""
    equal = _sharing_the_total(case)
    for level in case.criteria.tie_break.order:
        if len(equal) == 1:
            break
        figures = _figures(case, level, equal)
        if figures is None:
            yield Step(f"tie_break: {level}", "does not apply here, and decides nothing", Fraction(0))
            continue
        mine = figures[case.row]
        still = tuple(row for row in equal if figures[row] == mine)
        away = tuple(row for row in equal if figures[row] != mine)
        ends = [f"level with {_names(case, still)}"] if len(still) > 1 else []
        ends += [f"decides between it and {_names(case, away)}"] if away else []
        yield Step(f"tie_break: {level}", f"{exact_text(mine)}; {', '.join(ends)}", mine)
        equal = still
    yield Step("rank", _rank_words(case, equal), Fraction(case.scores.ranks[case.row]))


def _rank_words(case: Case, equal: tuple[int, ...]) -> str:
    best = "highest total" if case.scores.index is None or case.method is None else case.method.best_words
    words = f"of {len(case.ranked)} ranked, {best} first"
    if len(equal) == 1:
        return words
    return f"{words}; tied with {_names(case, equal)}, since every published tie-break leaves them equal"


def _sharing_the_total(case: Case) -> tuple[int, ...]:
    mine = _standing(case, case.row)
    return tuple(row for row in case.ranked if _standing(case, row) == mine)


def _standing(case: Case, row: int) -> tuple[bool, Fraction]:
    """Tell a bid without an index, which ranks after all others, from the rest."""
    return case.has_result[row], case.scores.totals[row]


def _names(case: Case, rows: tuple[int, ...]) -> str:
    others = [case.scores.bids[row] for row in rows if row != case.row]
    return ", ".join(others) if len(others) <= NAMED else f"{len(others)} other bids"


def _figures(case: Case, level: str, rows: tuple[int, ...]) -> dict[int, Fraction] | None:
    """Give what a tie-break level compares, for each of the bids; None where the level does not apply to the theme."""
    kind, question = tie_break_of(level)
    match kind:
        case "quality":
            return {row: case.scores.quality[row] for row in rows}
        case "lower_price":
            prices = case.prices
            places = {row: place for place, row in enumerate(case.ranked)}
            return None if prices is None else {row: prices.at(places[row]) / 100 for row in rows}
        case "received":
            came = arrivals([case.bids.bids[row] for row in case.ranked])
            return None if came is None else _numbers(zip(case.ranked, came, strict=True), rows)
        case "draw":
            return _numbers(enumerate(draw_places(case.bids.bids)), rows)
        case "question":
            if question not in case.bids.questions:
                return None
            at = case.bids.questions.index(question)
            return {row: _counts(case, row, at) for row in rows}
        case "measured":
            its = [one for one in case.criteria.measured_in(case.bids.theme) if one.id == question]
            return {row: figure(its[0], case.bids.bids[row]) for row in rows} if its else None
        case never:
            assert_never(never)


def _numbers(numbers: Iterable[tuple[int, int]], rows: tuple[int, ...]) -> dict[int, Fraction]:
    return {row: Fraction(number) for row, number in numbers if row in rows}


def _counts(case: Case, row: int, column: int) -> Fraction:
    at = case.bids.mark(row, column)
    return case.values[column].counts[at] if at >= 0 else Fraction(0)
