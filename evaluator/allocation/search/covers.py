"""Cover inequalities: what a short limit implies in whole awards, which makes a relaxation tighter."""

from collections.abc import Iterator, Sequence
from itertools import product

from evaluator.allocation.model.model import Model, Row, Terms

MOST_TERMS = 12  # of a row that is looked at; a long one implies little


def cover_rows(model: Model) -> list[Row]:
    """Write the rows that short limits of a model imply: so many at most of these choices."""
    bids = [choice.candidate.bid for choice in model.choices]
    found: dict[tuple[Terms, int], Row] = {}
    for row in model.rows:
        if row.most is None or not _short(row, len(bids)):
            continue
        heaviest = tuple(sorted(row.terms, key=lambda term: (-term[1], term[0])))
        for places, most in (*_cliques(heaviest, row.most, bids), *_covers(heaviest, row.most)):
            terms = tuple((at, 1) for at in sorted(places))
            found.setdefault((terms, most), Row(row.rule, "implied", row.subject, terms, most=most))
    return [*found.values(), *_grounds(model)]


def _grounds(model: Model) -> Iterator[Row]:
    """Write what a ground implies that holds where so many awards are made: of all but so many less one, one is made.

    Divisible awards would give a part of the ground for parts of any of them. Left out are the best-ranked of each
    theme, which are funded first, so that the others say most.
    """
    for row in model.rows:
        (ground, less), *others = row.terms if row.kind == "ground" else ((0, 0),)
        if not others or len(row.terms) > MOST_TERMS or any(weight != 1 for _, weight in others):
            continue
        themes: dict[str, list[int]] = {}
        for at, _ in sorted(others, key=lambda term: (model.choices[term[0]].candidate.merit, term)):
            themes.setdefault(model.choices[at].candidate.theme, []).append(at)
        for counts in product(*(range(len(its) + 1) for its in themes.values())):
            if sum(counts) == -less - 1:
                rest = sorted(at for count, its in zip(counts, themes.values(), strict=True) for at in its[count:])
                yield Row(row.rule, "implied", row.subject, ((ground, 1), *((at, -1) for at in rest)), most=0)


def _short(row: Row, choices: int) -> bool:
    """Whether a row is a short limit over choices that can be exceeded."""
    weights = [weight for _, weight in row.terms]
    return (
        1 < len(weights) <= MOST_TERMS
        and min(weights) > 0
        and sum(weights) > (row.most or 0)
        and row.kind != "levels"
        and all(at < choices for at, _ in row.terms)
    )


def _cliques(heaviest: Terms, most: int, bids: Sequence[str]) -> Iterator[tuple[list[int], int]]:
    """Find choices of which no two go together: two exceed the limit, or are levels of one bid.

    Begun at each choice in turn, from it to the heavier ones, then to the lighter.
    """
    for start in range(1, len(heaviest)):
        kept: list[tuple[int, int]] = []
        for at, weight in (*heaviest[start::-1], *heaviest[start + 1 :]):
            if all(weight + other > most or bids[at] == bids[place] for place, other in kept):
                kept.append((at, weight))
        if len({bids[at] for at, _ in kept}) > 1:
            yield [at for at, _ in kept], 1


def _covers(heaviest: Terms, most: int) -> Iterator[tuple[list[int], int]]:
    """Find choices of which no more than so many go together, as even the lightest of them exceed the limit."""
    for count in range(2, len(heaviest)):
        for end in range(len(heaviest), count, -1):
            if sum(weight for _, weight in heaviest[end - count - 1 : end]) > most:
                yield [at for at, _ in heaviest[:end]], count
                if end == len(heaviest):
                    return  # more of them would say less
                break
