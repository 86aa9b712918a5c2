"""Every set of replies that a few organisations can give, and what the published rule prints of each: the oracle."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from unittest.mock import patch

from evaluator.equality.disclosure import release
from evaluator.equality.disclosure.candidates import Form
from evaluator.equality.disclosure.release import Bidders, Question, printed
from evaluator.equality.disclosure.table import Printed
from evaluator.records.programme.criteria import Characteristic, EqualityPlan, Ladder
from evaluator.records.results.equality import CharacteristicImpact, EarlierEdition

World = tuple[tuple[int, ...], ...]  # by kind of organisation, how many gave each reply, and last no answer
Prints = tuple[CharacteristicImpact, ...]


@dataclass(frozen=True)
class Universe:
    """Kinds of organisations, such as ``WL`` (won in the first edition and not in the second; - did not bid)."""

    kinds: Mapping[str, int]
    values: tuple[str, ...] = ("a", "b")
    few: int = 2
    bands: tuple[int, ...] = (1, 3)
    ladder: tuple[Ladder, ...] = ()
    same_round: bool = True

    @property
    def editions(self) -> int:
        return len(next(iter(self.kinds)))

    def worlds(self) -> Iterator[World]:
        return product(*(list(_divided(number, len(self.values) + 1)) for number in self.kinds.values()))

    def prints(self, world: World) -> Prints:
        """Give what every edition prints, one after the other, each knowing those before it."""
        axis = Characteristic(
            id="q", title="Q", about="led_by", values=self.values, source="Appendix", ladder=self.ladder
        )
        plan = EqualityPlan(source="Appendix", few=self.few, bands=self.bands, margin=1)
        names = [f"{kind}-{at}" for kind, number in self.kinds.items() for at in range(number)]
        said = [
            v for counts in world for v, number in zip((*self.values, ""), counts, strict=True) for _ in range(number)
        ]
        replies, before = dict(zip(names, said, strict=True)), []
        for at in range(self.editions):
            funded = {name: name[at] == "W" for name in names if name[at] != "-"}
            bidders = Bidders(funded, frozenset(name for name, won in funded.items() if won))
            own = {name: replies[name] for name in funded}
            same, others = (before, ()) if self.same_round else ((), tuple(before))
            now = printed(plan, Question(axis, self.values, own, others), bidders, same)
            before.append(EarlierEdition("t", "r", str(at), f"2026-01-0{at + 1}", bidders.awards, funded, (now,)))
        return tuple(one.characteristics[0] for one in before)

    def betrayed(self) -> list[str]:
        """Say of whom too much is told to one who knows the rule and sees every edition, over all worlds that print so.

        One more than the margin has to be possible with each reply, and without it, among organisations alike.
        """
        alike: dict[Prints, list[World]] = defaultdict(list)
        with patch.object(release, "leave_open", _once(release.leave_open)):
            for world in self.worlds():
                alike[self.prints(world)].append(world)
        found = []
        for prints, worlds in alike.items():
            for at, (kind, number) in enumerate(self.kinds.items()):
                for value in range(len(self.values)):
                    counts = [world[at][value] for world in worlds]
                    if max(counts) < min(2, number) or number - min(counts) < min(2, number):
                        found.append(f"{kind} {self.values[value]}: {min(counts)} to {max(counts)} in {prints}")
        return found


def _once(leave_open: Callable[..., bool]) -> Callable[..., bool]:
    """Remember what a printed table leaves open: it rests on nothing else."""
    known: dict[object, bool] = {}

    def remembered(form: Form, table: Printed, finer: Sequence[Form]) -> bool:
        key = (form.rung.name, form.width, form.awards, table.cells)
        if key not in known:
            known[key] = leave_open(form, table, finer)
        return known[key]

    return remembered


def _divided(number: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (number,)
        return
    for here in range(number + 1):
        yield from ((here, *rest) for rest in _divided(number - here, parts - 1))


LADDER: Sequence[Ladder] = (Ladder(name="Two groups", groups={"A": ("a",), "B or C": ("b", "c")}),)
