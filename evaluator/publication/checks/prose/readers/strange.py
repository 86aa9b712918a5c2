"""Figures in the source of a rule that are none of its values: they say another rule, or need to be declared."""

from decimal import Decimal
from fractions import Fraction

from evaluator.publication.checks.prose.claims import exact
from evaluator.publication.checks.prose.explained import is_of_a_rule
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.readers.curves import slopes, worked_out
from evaluator.publication.checks.prose.readers.marks import NOT_USED
from evaluator.publication.checks.prose.readers.rounding import FIVE_UP
from evaluator.publication.checks.prose.told import Told, numbers
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.money.final_choice import FinalChoice
from evaluator.records.programme.price.measured import Measured
from evaluator.records.programme.rules import RuleBase

NUMBERED = (Stage, FinalChoice, Amounts, Measured)  # what has numbers of its own, beside which only these are said
TIMES = ("year", "month", "week", "day", "hour", "minute")  # how long something takes or is kept
EXAMPLE = "for example | example | for instance"
LEAST_WORDS = 3
ALWAYS = frozenset(map(Fraction, (0, 1, 100)))


def strange_figures(told: Told) -> tuple[str, ...]:
    """Give the figures in the source of a rule, stage, sum or choice that are no value that is published there."""
    if told.text.key == "source" and isinstance(told.text.record, (*NUMBERED, RuleBase)):
        if sum(word.isalpha() for word in told.sentence.words) < LEAST_WORDS:
            return ()  # the number of a clause
        known = _own(told)
        strange = [one for one in told.sentence.figures if {one.value, one.percent}.isdisjoint(known)]
        strange = [one for one in strange if not _is_difference(told, one, known)]
        return tuple(
            exact(one.percent)
            for one in strange
            if told.room == "Measured" or one.kind == "money" or not one.of_unit(*TIMES)
        )
    if not is_of_a_rule(told) or not _is_said(told):
        return ()
    known = told.setting.of_prices if told.room == "PricePolicy" else told.setting.values
    if told.room == "Rounding" and FIVE_UP.search(told.sentence.spoken):
        known |= {Fraction(5), *(Fraction(5, 10**places) for places in range(1, 6))}
    strange = [one for one in told.sentence.figures if one.value not in known and _counts(told, one)]
    steps = dict(slopes(told))
    strange = [one for one in strange if not (one.of in known and one.share in known) and one not in steps]
    strange = [one for one in strange if one.value not in _points(told)]
    return tuple(exact(one.value) for one in (*strange, *(one for one, right in steps.items() if not right)))


def _points(told: Told) -> frozenset[Fraction]:
    """Give the points that the parameters of the price policy come to in the themes that a sentence speaks of."""
    policy = told.text.record
    weights = [Fraction(theme.price_weight) for theme in told.themes] if isinstance(policy, PricePolicy) else []
    return frozenset(point for one in weights if isinstance(policy, PricePolicy) for point in worked_out(policy, one))


def _is_difference(told: Told, figure: Figure, known: frozenset[Fraction]) -> bool:
    """Whether a sum is worked out of what is published: by how much two differ, or what one comes to a year."""
    compared = figure.unit[:1] in (("less",), ("more",), ("lower",), ("higher",))
    own = [one.value for one in told.sentence.figures if one.value in known]
    yearly = told.sentence.says("a year | each year | per year | a month") and told.criteria.years
    whole = figure.value * (len(told.criteria.years) or 1)
    own += [one.value for one in told.sentence.figures if one is not figure] if not own else []
    limit = getattr(told.text.record, "limit", None)
    own += [Fraction(limit)] if isinstance(limit, Decimal) else []
    differs = compared and any(one - figure.value in known or one + figure.value in known for one in own)
    return figure.kind == "money" and (differs or (bool(yearly) and whole in known))


def _own(told: Told) -> frozenset[Fraction]:
    """Give the numbers of the record that a text stands beside, and what is left of each from a hundred."""
    record = told.text.record
    own = set(numbers(record))
    if isinstance(record, Stage):
        weights = [theme.weights.get(one) for theme in told.themes for one in record.questions]
        carried = [Fraction(one) for one in weights if one is not None]
        own |= {*carried, sum(carried, Fraction(0)), Fraction(len(record.questions))}
    elif isinstance(record, Measured):
        own |= {
            Fraction(one.at_most) + 1 for one in record.band if one.at_most is not None
        }  # where the next band of whole units begins
        own |= {Fraction(theme.weights.get(record.id, 0)) for theme in told.themes}
    own |= {*(100 - one for one in own), *ALWAYS}
    return frozenset(own) if isinstance(record, NUMBERED) else told.setting.values_and_rests | own


def _is_said(told: Told) -> bool:
    """Whether a sentence says something with its figures, and works out no example."""
    sentence = told.sentence
    amounts = told.room == "PricePolicy" and any(one.kind in ("percent", "money") for one in sentence.figures)
    fine = [one for one in sentence.figures if one.value.denominator > 1]
    others = [one.value for one in sentence.figures if one not in fine]
    example = told.room == "Rounding" and len(fine) == 2 and set(others) <= {told.criteria.rounding.places}
    whole = told.room == "Rounding" and len(fine) == len(others) == 1 and abs(fine[0].value - others[0]) < 1
    return (amounts or sentence.has("verb")) and not sentence.says(EXAMPLE) and not (example or whole)


def _counts(told: Told, figure: Figure) -> bool:
    """Whether a figure is an amount: no pronoun, no part of something, no time, and no mark that there is not."""
    pronoun = told.sentence.words[figure.first : figure.last + 1] == ("one",)
    timed = told.room != "PricePolicy" and figure.of_unit(*TIMES)
    denied = told.sentence.denies(figure.first) or bool(NOT_USED.search(told.sentence.spoken))
    denied = denied or any(
        one.denied and figure.value in {of.value for of in one.figures} for one in told.sentence.clauses
    )
    denied = denied and told.room == "Scale" and figure.value not in told.setting.marks
    volume = isinstance(told.text.record, PricePolicy) and not told.text.record.unit and _is_volume(figure)
    return figure.kind != "part" and not (pronoun or timed or denied or volume)


def _is_volume(figure: Figure) -> bool:
    """Whether a number counts what is bought: "400 sessions"; of that the pricing form has the keys."""
    plural = any(noun.endswith("s") for noun in figure.unit[:1])
    counts = figure.kind == "number" and figure.side == "exactly" and plural
    return counts and not figure.of_unit(*TIMES, *OF_SCORES)


OF_SCORES = ("point", "mark", "place", "decimal", "time", "pound", "term", "price", "bid", "tender", "bidder", "lot")
