"""A simulation of criteria before publication: as a document for machines, as text, and as a page with curves."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Run
from evaluator.records.results.studies.simulation import Curve, Simulation, ThemeSimulation, Turned
from evaluator.reporting.shared.pages import about_criteria, environment, theme_titles

SCHEMA = "simulation/1"
WIDE, HIGH, LEFT, MARGIN, FOOT, TOP = 680, 380, 60, 48, 52, 16
COLOURS = ("#1d3557", "#8a1409", "#1c6e75", "#6b4a00")
DASHES = ("", "8 4", "2 4", "12 4 2 4")


def simulation_document(criteria: Criteria, fingerprint: str, simulation: Simulation) -> Json:
    """Give the simulation as JSON values: shares from 0 to 1, prices in pounds, offers as decimal texts."""
    plain: Json = _plain(asdict(simulation))
    return {
        "schema": SCHEMA,
        "criteria": {"reference": criteria.reference, "version": criteria.version, "fingerprint": fingerprint},
        **plain,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def simulation_text(criteria: Criteria, simulation: Simulation) -> str:
    """Write the main figures as lines for a terminal."""
    head = [f"{criteria.title}: {simulation.sets} sets of bids, {simulation.offered}, seed {simulation.seed}."]
    parts = [line for theme in simulation.themes for line in _lines(theme)]
    left = [f"Price is not scored in: {', '.join(simulation.left_out)}."] if simulation.left_out else []
    return "\n".join([*head, *parts, *left])


def _lines(theme: ThemeSimulation) -> Iterator[str]:
    yield ""
    yield f"{', '.join(theme.themes)}: {theme.method}"
    if theme.published_price_share is not None and theme.effective_price_share is not None:
        yield (
            f"  Price is published as {percent(theme.published_price_share)} of the points "
            f"and decides {percent(theme.effective_price_share)} of the distances between bids."
        )
    for worth in theme.worth:
        yield f"  At {pounds(worth.price)} one more quality point is worth {pounds(worth.pounds)}."
    yield f"  A bid that does not win changes who does: {percent(theme.turned)} of sets."
    yield f"  {example_words(theme.example)}"
    yield f"  A bid of half the winner's quality wins: {percent(theme.half_quality_wins)}."
    yield f"  An outlier changes the winner: dear {percent(theme.high_outlier)}, cheap {percent(theme.low_outlier)}."


def percent(share: float | None) -> str:
    """Write a share in percent.

    >>> percent(0.1234), percent(None)
    ('12.3 %', 'not applicable')
    """
    return "not applicable" if share is None else f"{100 * share:.1f} %"


def pounds(amount: float | None) -> str:
    """Write pounds, without pence from a thousand up.

    >>> pounds(12345.6), pounds(7.5), pounds(None)
    ('£12,346', '£7.50', 'nothing that any price could give')
    """
    if amount is None:
        return "nothing that any price could give"
    return f"£{amount:,.0f}" if amount >= 1000 else f"£{amount:,.2f}"


def example_words(example: Turned | None) -> str:
    """Tell the smallest example in which a bid that does not win decides who does."""
    if example is None:
        return "No bid that does not win was found to change who does."
    bids = " and ".join(f"{one.bid} ({pounds(float(one.price))}, {one.quality} points)" for one in example.bids)
    other = example.other
    return (
        f"Between {bids}, {example.winner_without} wins. If {other.bid} ({pounds(float(other.price))}, "
        f"{other.quality} points) bids too, and loses, {example.winner_with} wins."
    )


def simulation_page(criteria: Criteria, fingerprint: str, simulation: Simulation, run: Run) -> str:
    """Write the page: for each model what it does, in words, tables and curves of equal score."""
    titles = theme_titles(criteria)
    facts = {
        "about": about_criteria(criteria, fingerprint, run),
        "simulation": simulation,
        "parts": [(theme, [titles[one] for one in theme.themes], drawing(theme)) for theme in simulation.themes],
        "left_out": [titles[one] for one in simulation.left_out],
        "percent": percent,
        "money": pounds,
        "example_words": example_words,
    }
    return environment().get_template("simulation.html").render(**facts)


def drawing(theme: ThemeSimulation) -> Json:
    """Place the curves of equal score on a drawing: price to the right, quality upwards."""
    low, high = _ends([price for curve in theme.curves for price, _ in curve.points])

    def right(price: float) -> float:
        return round(LEFT + (WIDE - LEFT - MARGIN) * (price - low) / (high - low), 1)

    def up(quality: float) -> float:
        return round(TOP + (HIGH - FOOT - TOP) * (1 - quality / theme.quality), 1)

    curves = [_drawn(number, curve, right, up) for number, curve in enumerate(theme.curves)]
    return {
        "wide": WIDE,
        "high": HIGH,
        "left": LEFT,
        "right": WIDE - MARGIN,
        "foot": HIGH - FOOT,
        "top": TOP,
        "curves": curves,
        "prices": [(right(low + (high - low) * part / 4), pounds(low + (high - low) * part / 4)) for part in range(5)],
        "qualities": [(up(theme.quality * part / 4), f"{theme.quality * part / 4:g}") for part in range(5)],
    }


def _ends(prices: list[float]) -> tuple[float, float]:
    if not prices or min(prices) == max(prices):
        middle = prices[0] if prices else 1.0
        return middle * 0.9, middle * 1.1
    return min(prices), max(prices)


def _drawn(number: int, curve: Curve, right: Any, up: Any) -> Json:
    points = [(right(price), up(quality)) for price, quality in curve.points]
    through = curve.through
    return {
        "bid": through.bid,
        "line": " ".join(f"{x},{y}" for x, y in points),
        "at": (right(float(through.price)), up(float(through.quality))),
        "colour": COLOURS[number % len(COLOURS)],
        "dash": DASHES[number % len(DASHES)],
    }
