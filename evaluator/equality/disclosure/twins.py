"""Other replies for which the whole rule prints the same: a form is taken only where they leave every reply open.

That a finer form was refused is a message too. So a form that is not the first is tried against worlds that print the
same table and for which each finer form is refused as well. The worlds are drawn from the printed table alone, never
from the replies: all replies that print this table then come to the same form, and the drawn ones are among them.
"""

from collections.abc import Iterator, Sequence

from evaluator.equality.disclosure.candidates import NO_ANSWER, Form, World
from evaluator.equality.disclosure.table import Printed, Public
from evaluator.records.results.equality import Band

WORLDS = 200
SEED = 2010  # the year of the Act
Draws = Iterator[int]


def leave_open(form: Form, table: Printed, finer: Sequence[Form]) -> bool:
    """Whether worlds that print this table, and for which every finer form is refused, leave each reply open.

    Parameters
    ----------
    form : under trial; the first of all forms needs no worlds, since nothing was refused before it.
    table : as it would be printed, within the rule.
    finer : the forms that were tried before and refused.
    """
    if not finer:
        return True
    values = [*(value for group in form.rung.groups.values() for value in group), NO_ANSWER]
    wanted = {(value, kind, "out") for value in values for kind in (0, 1)}
    if table.public.outside_tells:
        wanted |= {(value, kind, "in") for value in values[:-1] for kind in (0, 1)}
    draws = _draws()
    for _ in range(WORLDS):
        world = _world(form, table, draws)
        if world is None:
            continue
        met = {one for one in wanted if _meets(world, one, table.public)}
        # The coarsest of them has the fewest cells, and is the likeliest not to be refused.
        coarse_first = (one.printed(world, table.public).keeps_the_rule(awards=one.awards) for one in reversed(finer))
        if met and not any(coarse_first):
            wanted -= met
        if not wanted:
            return True
    return False


def _meets(world: World, want: tuple[str, int, str], public: Public) -> bool:
    """Whether a world has enough organisations with (1) or without an award (0) in, or out of, those with a reply."""
    value, kind, side = want
    size, funded = world.get(value, (0, 0))
    number, whole = (funded, public.funded) if kind else (size - funded, public.others)
    enough = min(public.margin + 1, whole)
    return (number if side == "in" else whole - number) >= enough


def _draws() -> Draws:
    """Give whole numbers that look like chance and are the same everywhere (Knuth's MMIX generator)."""
    state = SEED
    while True:
        state = (6364136223846793005 * state + 1442695040888963407) % 2**64
        yield state >> 33


def _world(form: Form, table: Printed, draws: Draws) -> World | None:
    """Draw replies that print the table, leaning to the ends of its bands; None where the draw came to a dead end."""
    cells, public = table.cells, table.public
    sizes = _spread([one.size for one in cells], public.organisations, draws)
    if sizes is None:
        return None
    awards = [Band(one.funded.least, min(one.funded.most, size)) for one, size in zip(cells, sizes, strict=True)]
    funded = _spread(awards, public.funded, draws)
    if funded is None:
        return None
    world: dict[str, tuple[int, int]] = {}
    for values, size, won in zip((*form.rung.groups.values(), (NO_ANSWER,)), sizes, funded, strict=True):
        world |= _split(values, size, won, draws)
    same = form.printed(world, public).cells == cells
    return world if same else None


def _spread(bands: Sequence[Band], whole: int, draws: Draws) -> list[int] | None:
    """Draw a number in each band so that they add up to the whole; None where none do."""
    found = [0] * len(bands)
    least, most = sum(one.least for one in bands), sum(one.most for one in bands)
    left = whole
    if not least <= left <= most or any(one.least > one.most for one in bands):
        return None
    for at in sorted(range(len(bands)), key=lambda _: next(draws)):
        least, most = least - bands[at].least, most - bands[at].most
        low, high = max(bands[at].least, left - most), min(bands[at].most, left - least)
        lean = next(draws) % 3
        found[at] = (low, high, low + next(draws) % (high - low + 1))[lean]
        left -= found[at]
    return found


def _split(values: Sequence[str], size: int, funded: int, draws: Draws) -> dict[str, tuple[int, int]]:
    """Divide a group's organisations, and those with an award among them, among its replies."""
    if len(values) == 1:
        return {values[0]: (size, funded)}
    won = _spread([Band(0, funded)] * len(values), funded, draws) or []
    lost = _spread([Band(0, size - funded)] * len(values), size - funded, draws) or []
    return {value: (won[at] + lost[at], won[at]) for at, value in enumerate(values)}
