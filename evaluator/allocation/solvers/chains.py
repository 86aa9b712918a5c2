"""Who waits for whom, in fewer rows: one more variable stands for "any of these is awarded" wherever several wait.

A model says of each pair of bids that the one waits for the other. Where bids that may be passed over follow one
another, these are as many rows as pairs, and those that wait for the next bid wait for this one as well. The further
variables are nought or one, and no award is another: the same sets keep the rows, and the relaxation allows the same.
"""

from collections.abc import Iterable, Sequence

from evaluator.allocation.model.model import Row, Terms

FEW = 3  # rows; fewer are left as they are
STEP = "step"  # the kind of the rows that set a further variable: it is one where the other in the row is

Waiting = Sequence[Terms]  # the choices of each bid that waits


def chained(rows: Iterable[Row], variables: int) -> tuple[list[Row], int]:
    """Write rows with further variables, numbered from ``variables`` on; give them and how many variables there are.

    >>> some = [Row("M", "merit_order", "", ((at, 1), (0, -1), (9, -1)), most=0) for at in (1, 2, 3)]
    >>> [row.terms for row in chained(some, 10)[0]]
    [((1, 1), (10, -1)), ((2, 1), (10, -1)), ((3, 1), (10, -1)), ((10, 1), (0, -1), (9, -1))]
    """
    written: list[Row] = []
    waiting: dict[tuple[int, ...], list[Row]] = {}
    for row in rows:
        waiting.setdefault(_waited_for(row), []).append(row)
    written += waiting.pop((), [])
    behind: dict[Terms, tuple[Waiting, int]] = {}  # by the last that waits: the most that wait so far, as a variable
    for before, its in sorted(waiting.items(), key=lambda pair: len(pair[1])):
        if len(its) < FEW:
            written += its
            continue
        after = [tuple(term for term in row.terms if term[1] > 0) for row in its]
        others, step = behind.get(after[-1], ((), 0))
        more = len(after) - len(others)
        own = after[:more] if after[more:] == others else after
        steps = [] if own is after else [((step, 1),)]
        written += [Row("", STEP, "", (*terms, (variables, -1)), most=0) for terms in (*steps, *own)]
        written.append(Row(its[0].rule, "implied", "", ((variables, 1), *((at, -1) for at in before)), most=0))
        behind[after[-1]] = after, variables
        variables += 1
    return written, variables


def _waited_for(row: Row) -> tuple[int, ...]:
    """Give what a row waits for: a better-ranked bid, or a ground; nothing where the row is another one."""
    if row.kind != "merit_order" or row.most != 0 or row.least is not None or {abs(one) for _, one in row.terms} != {1}:
        return ()
    before = tuple(at for at, weight in row.terms if weight < 0)
    return before if len(before) < len(row.terms) else ()


def with_steps(rows: Iterable[Row], taken: Iterable[int]) -> frozenset[int]:
    """Add to the variables that are one in a set the further ones that are."""
    every = set(taken)
    for row in rows:
        if row.kind == STEP and any(at in every for at, weight in row.terms if weight > 0):
            every.add(row.terms[-1][0])
    return frozenset(every)
