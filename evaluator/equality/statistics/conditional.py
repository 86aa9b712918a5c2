"""What one group of organisations won, beside all ways in which chance could divide it: exact, organisations as units.

Within each set of like organisations (a stratum) the replies could as well have been another's. A group's sum of what
its organisations won then has a distribution that follows from the margins alone: how many of each stratum are of the
group, and what the stratum's organisations won. It is folded together over all strata.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Kept = dict[tuple[int, int], "Ways"]  # by stratum and number of the group's organisations in it
NEARLY = 1e-7  # results within this of each other are as likely as each other, as R takes them
PLACES = 10  # to which a p is rounded, so that every machine finds the same
LEAST = 10.0**-PLACES
STEPS = 60  # halvings of an interval in which a tilt is sought
WIDEST = 60.0  # the logarithm of the largest tilt


@dataclass(frozen=True)
class Ways:
    """The chance of each sum, from the least upwards, when so many organisations of a stratum are taken by chance."""

    least: int
    chance: Floats

    @property
    def sums(self) -> Floats:
        """The sums, from the least upwards."""
        found: Floats = self.least + np.arange(len(self.chance), dtype=np.float64)
        return found

    @property
    def mean(self) -> float:
        """The sum on average."""
        return float((self.sums * self.chance).sum())

    def with_ways(self, other: "Ways") -> "Ways":
        """Fold two strata together."""
        return Ways(self.least + other.least, np.convolve(self.chance, other.chance))

    def tilted(self, mean: float) -> "Ways":
        """Give the distribution whose odds lean, award by award, so far that the sum comes to this on average."""
        if mean <= self.least:
            return Ways(self.least, np.array([1.0]))
        low, high = -WIDEST, WIDEST
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if self._leaning(middle).mean < mean else (low, middle)
        return self._leaning((low + high) / 2)

    def _leaning(self, log_odds: float) -> "Ways":
        with np.errstate(divide="ignore"):
            logs = np.log(self.chance) + np.arange(len(self.chance)) * log_odds
        weights = np.exp(logs - logs.max())
        return Ways(self.least, weights / weights.sum())


NOTHING = Ways(0, np.array([1.0]))


def ways_of(values: Sequence[int], taken: int) -> Ways:
    """Give the chance of each sum when ``taken`` of these organisations are taken, all choices alike.

    >>> ways_of([1, 1, 0, 0], 2).chance.round(4).tolist(), ways_of([2, 1, 0], 2).chance.round(4).tolist()
    ([0.1667, 0.6667, 0.1667], [0.3333, 0.3333, 0.3333])
    """
    counts = sorted(Counter(values).items())
    base, most = counts[0][0], counts[-1][0]
    chance = _of_two(counts, taken) if len(counts) <= 2 else _of_more(counts, taken)
    first, *_, last = np.flatnonzero(chance > 0).tolist() * 2
    step = most - base if len(counts) == 2 else 1
    spread = np.zeros((last - first) * step + 1)
    spread[::step] = chance[first : last + 1] / chance.sum()
    return Ways(base * taken + first * step, spread)


def _of_two(counts: Sequence[tuple[int, int]], taken: int) -> Floats:
    """Give the hypergeometric chance of each number of those that won more."""
    return _hypergeometric(counts[-1][1] if len(counts) == 2 else 0, counts[0][1], taken)


def _hypergeometric(high: int, low: int, taken: int) -> Floats:
    """Give the chance of each number of the ``high`` when so many are taken of them and the ``low``."""
    won = np.arange(taken + 1)
    possible = (won <= high) & (taken - won <= low)
    logs = np.where(
        possible, _log_choose(high)[won.clip(0, high)] + _log_choose(low)[(taken - won).clip(0, low)], -np.inf
    )
    weights = np.exp(logs - logs.max())
    found: Floats = weights / weights.sum()
    return found


def _of_more(counts: Sequence[tuple[int, int]], taken: int) -> Floats:
    """Give the chance of each sum over the least: how many of the rarest value are taken, then the same of the rest."""
    base, size = counts[0][0], (counts[-1][0] - counts[0][0]) * taken + 1
    rarest_first = sorted(counts, key=lambda one: (one[1], one[0]))
    kept: dict[tuple[int, int], Floats] = {}

    def sums(at: int, left: int) -> Floats:
        if (at, left) not in kept:
            (value, times), rest = rarest_first[at], rarest_first[at + 1 :]
            found = np.zeros(size)
            if not rest:
                found[(value - base) * left] = 1
            else:
                for own, chance in enumerate(_hypergeometric(times, sum(number for _, number in rest), left)):
                    if chance > 0:
                        moved = (value - base) * own
                        found[moved:] += chance * sums(at + 1, left - own)[: size - moved]
            kept[at, left] = found
        return kept[at, left]

    return sums(0, taken)


def _log_choose(number: int) -> Floats:
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, number + 1)))))
    found: Floats = logs[-1] - logs - logs[::-1]
    return found


def binomial(number: int, share: float) -> Ways:
    """Give the chance that so many of a number are of a group with this share of those who could have come.

    >>> binomial(2, 0.25).chance.round(4).tolist()
    [0.5625, 0.375, 0.0625]
    """
    if share >= 1:
        return Ways(number, np.array([1.0]))
    if share <= 0:
        return Ways(0, np.array([1.0]))
    won = np.arange(number + 1)
    chance = np.exp(_log_choose(number) + won * np.log(share) + (number - won) * np.log1p(-share))
    return Ways(0, chance / chance.sum())


@dataclass(frozen=True)
class GroupTest:
    """One group's sum beside all that chance could give: what was seen, and the p of every sum."""

    seen: int
    ways: Ways
    by_stratum: tuple[tuple[Ways, float, int, int], ...] = ()  # with the stratum's whole sum, group and organisations

    @cached_property
    def p_values(self) -> Floats:
        """The two-sided p of each sum, from the least upwards: of all that is no likelier (as Fisher's)."""
        chance = self.ways.chance
        order = np.sort(chance)
        sums = np.concatenate(([0.0], np.cumsum(order)))
        found: Floats = sums[np.searchsorted(order, chance * (1 + NEARLY), side="right")].clip(LEAST, 1).round(PLACES)
        return found

    @property
    def p(self) -> Fraction:
        """The p of what was seen."""
        return fraction(self.p_values[self._at])

    @property
    def _at(self) -> int:
        """The place of what was seen; what is so rare that no machine number tells it from nought is at the edge."""
        return min(max(self.seen - self.ways.least, 0), len(self.ways.chance) - 1)

    @property
    def smallest(self) -> Fraction:
        """The smallest p that any sum could have, by margins alone (Tarone 1990)."""
        return fraction(self.p_values.min())

    @property
    def smaller_tail(self) -> Fraction:
        """The chance of a sum as low as what was seen, or of one as high, whichever is the smaller."""
        at, chance = self._at, self.ways.chance
        return fraction(min(1.0, float(chance[: at + 1].sum()), float(chance[at:].sum())))

    def power(self, critical: Fraction, part: Fraction) -> Fraction:
        """Give the chance of an alarm on the low side, if the group's success is this part of the others'.

        Every stratum keeps its organisations and what they won in all, so that ``critical`` is what it is.
        """
        folded = NOTHING
        for ways, whole, own, number in self.by_stratum:
            mean = float(part) * whole * own / (number - own + float(part) * own) if own < number else ways.mean
            folded = folded.with_ways(ways.tilted(mean) if own < number else ways)
        return self.power_of(folded, critical)

    def power_of(self, other: Ways, critical: Fraction) -> Fraction:
        """Give the chance of an alarm on the low side, if sums have another distribution; to a thousandth."""
        p_values = self.p_values[other.least - self.ways.least :][: len(other.chance)]
        low = other.sums < self.ways.mean
        return round(fraction(other.chance[low & (p_values <= float(critical))].sum()) * 1000) * Fraction(1, 1000)


def fraction(value: float) -> Fraction:
    """Write a number of so many places exactly."""
    return Fraction(round(float(value) * 10**PLACES), 10**PLACES)


@dataclass(frozen=True)
class Strata:
    """Organisations in sets of like ones, and what each won: whole numbers, in the order of ``names``."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    values: tuple[int, ...]
    _kept: Kept = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each stratum lies."""
        ends = [0, *np.cumsum(self.sizes).tolist()]
        return tuple(slice(start, end) for start, end in pairwise(ends))

    @cached_property
    def uninformative(self) -> int:
        """Organisations in strata in which nothing could have come out otherwise."""
        return sum(here.stop - here.start for here in self.slices if len(set(self.values[here])) < 2)

    def members(self, groups: Sequence[frozenset[str]]) -> Floats:
        """Give a row for each organisation and a column for each group: 1 where it is of it."""
        found: Floats = np.array([[name in group for group in groups] for name in self.names], dtype=np.float64)
        return found.reshape(len(self.names), len(groups))

    def test(self, group: frozenset[str]) -> GroupTest:
        """Test one group's sum."""
        seen, folded, by_stratum = 0, NOTHING, []
        for at, here in enumerate(self.slices):
            values = self.values[here]
            ours = [name in group for name in self.names[here]]
            own = sum(ours)
            if own:
                ways = self._ways(at, own)
                folded = folded.with_ways(ways)
                by_stratum.append((ways, float(sum(values)), own, len(values)))
            seen += sum(value for value, is_ours in zip(values, ours, strict=True) if is_ours)
        return GroupTest(seen, folded, tuple(by_stratum))

    def _ways(self, stratum: int, own: int) -> Ways:
        key = (stratum, own)
        if key not in self._kept:
            self._kept[key] = ways_of(self.values[self.slices[stratum]], own)
        return self._kept[key]


def like_organisations(
    themes: Mapping[str, tuple[str, ...]], won: Mapping[str, int], chance: Callable[[str], Fraction], fewest: int
) -> Strata:
    """Put organisations with bids for the same themes together; small sets with others of like number and chances.

    Nothing but public facts decides: who bid for what, and what each theme gave.

    Parameters
    ----------
    themes : of each organisation's bids, one for each bid, sorted.
    won : of each organisation, a whole number; nought where it is left out.
    chance : of a theme: the part of its bids that won.
    fewest : organisations of a set that stands by itself.
    """
    numbers = Counter(themes.values())

    def place(name: str) -> tuple[int, int, tuple[str, ...]]:
        own = themes[name]
        if numbers[own] >= fewest:
            return len(own), 0, own
        return len(own), 1 + round(4 * sum(map(chance, own), Fraction(0))), ()

    ordered = sorted(themes, key=lambda name: (place(name), name))
    sizes = Counter(map(place, ordered))
    return Strata(tuple(ordered), tuple(sizes.values()), tuple(won.get(name, 0) for name in ordered))
