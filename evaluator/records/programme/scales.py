"""The marking scales: the programme's, those of some questions alone, and what each mark of one counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from pydantic import Field

from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.published import Amount, Declaring, Exact, Prose, unsaid

Mark = Decimal | Fraction  # a mark of a scale, or what several of them come to


def _none(value: object) -> bool:
    return value is None


class ScaleMark(Declaring):
    """One mark of the scale with the words that say what earns it, and its points where a table gives them."""

    mark: Exact
    label: Prose
    descriptor: Prose
    points: Amount | None = Field(default=None, exclude_if=_none)


class Scale(Declaring):
    """The finite set of marks that an answer can be given; membership counts, not bounds."""

    source: Prose
    mark: tuple[ScaleMark, ...] = Field(min_length=2)

    @property
    def marks(self) -> tuple[Decimal, ...]:
        """The marks, in the order published."""
        return tuple(point.mark for point in self.mark)

    @property
    def highest(self) -> Decimal:
        """The mark that earns all of a question's weight: the highest, or by a table of points that with the most."""
        return self.marks[self.counts.index(self.greatest)]

    @property
    def has_points(self) -> bool:
        """Whether a published table says what each mark counts, so that the mark itself is only its name."""
        return any(point.points is not None for point in self.mark)

    @property
    def counts(self) -> tuple[Fraction, ...]:
        """What each mark counts, in the order published: its points where there is a table of them, else itself."""
        if self.has_points:
            return tuple(Fraction(point.points or 0) for point in self.mark)
        return tuple(map(Fraction, self.marks))

    @property
    def greatest(self) -> Fraction:
        """The most that a mark counts, which earns all of a question's weight."""
        return max(self.counts)

    def with_descriptors(self, descriptors: Mapping[str, str]) -> "Scale":
        """Give the scale as it is for one question, whose own words, named by mark or label, say what earns it."""

        def own(point: ScaleMark) -> ScaleMark:
            words = descriptors.get(point.label) or next(
                (said for mark, said in descriptors.items() if plain_decimal(mark) == point.mark), ""
            )
            return point.model_copy(update={"descriptor": words}) if words else point

        return self.model_copy(update={"mark": tuple(map(own, self.mark))})

    def count_of(self, mark: Mark) -> Fraction:
        """Give what a mark counts; one between the marks of a table of points counts as far between their points.

        >>> rows = [("1", "10"), ("2", "20"), ("4", "30")]
        >>> its = tuple(ScaleMark(mark=mark, label=mark, descriptor=mark, points=points) for mark, points in rows)
        >>> [int(Scale(source="4", mark=its).count_of(Fraction(mark))) for mark in (2, 3, 4)]
        [20, 25, 30]
        """
        if not self.has_points:
            return Fraction(mark)
        table = sorted(zip(self.marks, self.counts, strict=True))
        below, above = [one for one in table if one[0] <= mark], [one for one in table if one[0] >= mark]
        (low, less), (high, more) = (below or above)[-1 if below else 0], (above or below)[0 if above else -1]
        return less if low == high else less + (more - less) * (Fraction(mark) - Fraction(low)) / Fraction(high - low)


class ScaleOf(Scale):
    """A scale of some questions alone, named by their ids or by the sections that they stand in."""

    id: str
    questions: tuple[str, ...] = ()
    sections: tuple[str, ...] = Field(default=(), exclude_if=unsaid)


FAIL, PASS = Decimal(0), Decimal(1)
PASS_FAIL = Scale(
    source="",
    mark=(
        ScaleMark(mark=FAIL, label="Fail", descriptor="What is asked is not met."),
        ScaleMark(mark=PASS, label="Pass", descriptor="What is asked is met."),
    ),
)  # of a question that is answered pass or fail, where no scale of its own is published


@dataclass(frozen=True)
class Values:
    """The marks that answers to a question have, in an order that positions point into, and what each counts.

    ``greatest`` earns all of the question's weight: the points of an answer are weight × count ÷ greatest.
    """

    marks: tuple[Mark, ...]
    counts: tuple[Fraction, ...]
    greatest: Fraction

    @classmethod
    def of(cls, scale: Scale) -> "Values":
        """Give the marks of a published scale, in its order: the same for the same scale, which is asked for often."""
        return _values_of(scale)

    def points(self, weight: Mark) -> tuple[Fraction, ...]:
        """Give the exact points that each of the marks earns.

        >>> Values((Decimal(0), Decimal(3)), (Fraction(0), Fraction(3)), Fraction(5)).points(Decimal(8))
        (Fraction(0, 1), Fraction(24, 5))
        """
        if weight not in self._earned:
            self._earned[weight] = tuple(Fraction(weight) * count / self.greatest for count in self.counts)
        return self._earned[weight]

    @cached_property
    def _earned(self) -> dict[Mark, tuple[Fraction, ...]]:
        """What was worked out already, by weight."""
        return {}

    @property
    def order(self) -> Sequence[int]:
        """Give each mark its place in the order of what they count, the best first; equal ones share a place."""
        best = sorted(set(self.counts), reverse=True)
        return [best.index(count) for count in self.counts]


@lru_cache(maxsize=256)
def _values_of(scale: Scale) -> Values:
    return Values(scale.marks, scale.counts, scale.greatest)
