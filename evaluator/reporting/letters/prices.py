"""How a bid's price points came about: what was divided by what, and which sums of others enter or are withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import pounds, rounded, up_to_places
from evaluator.records.results.scores import Step
from evaluator.reporting.letters.forms import Form
from evaluator.reporting.shared.bid_rows import Row, ThemeRows

BASIS, STATISTIC, METHOD = "price basis: ", "price statistic: ", "price method: "
LINE = "price line: "
HIDING = 4  # ranked bids from which on a mean or median tells nobody's price
OF_ONE = ("lowest", "highest")


@dataclass(frozen=True)
class PriceTold:
    """How price points came about, a sentence each; ``withheld`` says why a sum is not shown."""

    lines: tuple[str, ...] = ()
    withheld: str = ""


def price_told(view: ThemeRows, row: Row, steps: Sequence[Step], form: Form) -> PriceTold:
    """Say how the price points of a ranked bid came about.

    Parameters
    ----------
    steps : of the bid, as scoring gives them.
    form : another bid's price is shown where it wins and the form shows winners' scores; else it is withheld.
    """
    found = {step.rule.partition(": ")[0]: step for step in steps if step.rule.startswith((BASIS, METHOD))}
    by_line = [_line(step) for step in steps if step.rule.startswith(LINE)]
    if by_line:
        return PriceTold((_basis(view, row, found["price basis"]), *by_line))
    if "price basis" not in found or "price method" not in found:
        return PriceTold((f"Your price is {pounds(row.bid.price)}.",) if row.bid.price is not None else ())
    others = [step for step in steps if step.rule.startswith(STATISTIC)]
    shown = [_statistic(view, row, step, form) for step in others]
    whole = None not in shown
    lines = [_basis(view, row, found["price basis"]), *filter(None, shown), _points(found["price method"], whole=whole)]
    return PriceTold(tuple(lines), "" if whole else form.withholding)


def _line(step: Step) -> str:
    """Say the points of one line of the price."""
    return f"{step.rule.removeprefix(LINE)}: {step.working}: {up_to_places(step.result, 2)} points."


def _basis(view: ThemeRows, row: Row, step: Step) -> str:
    """Say what was divided by what: people have their unit, sums of years stay as they are."""
    policy = view.policy
    unit = policy.unit if policy and policy.basis == "unit_cost" else ""
    working = step.working.removesuffix(" people")
    amount = money(step.result * 100)
    if unit:
        years = " for all years together" if row.bid.by_year else ""
        people = f"{row.bid.people:,}" if row.bid.people else working.partition(" ÷ ")[2]
        return f"Your price: {pounds(row.bid.price or 0)}{years} ÷ {people} = {amount} for each {unit}."
    return (
        f"The price that was scored: {amount}."
        if working == amount
        else f"The price that was scored: {working} = {amount}."
    )


def _statistic(view: ThemeRows, row: Row, step: Step, form: Form) -> str | None:
    """Say a figure of all ranked bids and whose it is; None where it is another's and is withheld."""
    name = step.rule.removeprefix(STATISTIC)
    words = name.replace("_", " ")
    if name == "place" or name.endswith("quality"):
        return f"Its {words} among them: {up_to_places(step.result, 2)}."
    amount = money(step.result * 100)
    if name not in OF_ONE:
        many = len(view.ranked) >= HIDING
        return f"The {words} of the prices scored in the theme is {amount}." if many else None
    holders = [other for other in view.ranked if other.scored_price == step.result]
    if row.bid.id in {other.bid.id for other in holders}:
        return f"The {words} price scored in the theme is your own, {amount}."
    winner = next((other for other in holders if other.award), None)
    if winner is None or not form.winners_scores:
        return None
    return f"The {words} price scored in the theme is {amount}, of {winner.bid.id} ({winner.name}), which is awarded."


def _points(step: Step, *, whole: bool) -> str:
    points = up_to_places(step.result, 2)
    return f"Points: {step.working} = {points}." if whole else f"By the published formula that gives {points} points."


def money(pence: Fraction) -> str:
    """Write pence as pounds, rounded to the penny where they are not whole.

    >>> money(Fraction(100, 3)), money(Fraction(1200000))
    ('£0.33', '£12,000')
    """
    return pounds(rounded(pence, 0))
