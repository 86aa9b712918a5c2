"""The lines of a price in words for bidders: what is offered, how it is added up, and how each line is scored."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from evaluator.records.numbers import decimal_text, exact_text, pounds
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.price.lines import PriceLine, have_weights
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.programme.price.names import titled
from evaluator.reporting.appendix.price_words import WORDS


def line_words(lines: Sequence[PriceLine], policy: PricePolicy) -> str:
    """Say which lines there are, what they come to, what an award costs, and what is scored."""
    told = "; ".join(_line(line) for line in lines)
    added = f"The price is offered in lines: {told}. They are added up to the penny, halves up."
    if any(line.option for line in lines):
        added += " What an award costs, and every budget counts, is the sum of the lines that are no option."
    sources = "; ".join(dict.fromkeys(line.source for line in lines if line.source))
    return f"{added} {_scored(lines, policy)}{f' Source of the lines: {sources}' if sources else ''}"


def _line(line: PriceLine) -> str:
    unit = f", for each {line.unit}" if line.unit else ""
    count = f" × {decimal_text(line.quantity)}" if line.quantity is not None else ""
    return f"{line.id} {line.title}{unit}{count}{', an option' if line.option else ''}"


def _scored(lines: Sequence[PriceLine], policy: PricePolicy) -> str:
    if not have_weights(lines):
        unit = f", divided by the number of units that the bid offers ({policy.unit})" if policy.unit else ""
        return f"The sum of all lines is the price that is scored{unit}."
    whole = sum((Fraction(line.weight or 0) for line in lines), Fraction(0))
    shares = "; ".join(_share(line, whole) for line in lines)
    other = "" if all(line.method for line in lines) else " A line that names no method is scored as said above."
    return f"Each line is scored by itself, among the prices for that line, and the points are added: {shares}.{other}"


def _share(line: PriceLine, whole: Fraction) -> str:
    share = f"{line.id} has {exact_text(Fraction(line.weight or 0))} ÷ {exact_text(whole)} of W"
    if not line.method:
        given = ", ".join(f"{name} {decimal_text(value)}" for name, value in line.parameters.items())
        return f"{share}{f', with {given}' if given else ''}"
    return f"{share} by {titled(line.method)}: {WORDS[own_name(line.method)].formula.format(**_given(line))}"


def _given(line: PriceLine) -> Mapping[str, str]:
    terms = METHODS[line.method].parameters
    values = {name: line.parameters.get(name, term.default) for name, term in terms.items()}
    return {
        name: pounds(Fraction(value) * 100) if terms[name].pounds else decimal_text(value)
        for name, value in values.items()
        if value is not None
    }
