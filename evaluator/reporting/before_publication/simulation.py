"""A simulation of criteria before publication: as a document for machines, as text, and as a page with curves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.names import PLAIN, titled
from evaluator.records.results.outcome import Run
from evaluator.records.results.studies.simulation import (
    Curve,
    Inversions,
    MethodResult,
    Simulation,
    ThemeSimulation,
    Turned,
)
from evaluator.reporting.shared.pages import HeadedPage, about_criteria, render, theme_titles

SCHEMA = "simulation/1"
WIDE, HIGH, LEFT, MARGIN, FOOT, TOP = 340, 300, 40, 12, 44, 28  # of a drawing, which is shown no wider
COLOURS = ("#1d3557", "#8a1409", "#1c6e75", "#6b4a00")
DASHES = ("", "8 4", "2 4", "12 4 2 4")


def simulation_document(criteria: Criteria, fingerprint: str, simulation: Simulation) -> Json:
    """Give the simulation as JSON values: shares from 0 to 1, prices in pounds, offers as decimal texts."""
    return {
        "schema": SCHEMA,
        "criteria": {"reference": criteria.reference, "version": criteria.version, "fingerprint": fingerprint},
        **{key: _json(value) for key, value in asdict(simulation).items()},
    }


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dict):
        return {key: _json(part) for key, part in value.items()}
    return [_json(part) for part in value] if isinstance(value, list | tuple) else value


def simulation_text(criteria: Criteria, simulation: Simulation) -> str:
    """Write the main figures as lines for a terminal."""
    head = [f"{criteria.title}: {simulation.sets} sets of bids, {simulation.offered}, seed {simulation.seed}."]
    parts = [line for theme in simulation.themes for line in _lines(theme)]
    left = [f"Price is not scored in: {', '.join(simulation.left_out)}."] if simulation.left_out else []
    return "\n".join([*head, *parts, *left])


def _lines(theme: ThemeSimulation) -> Iterator[str]:
    yield ""
    yield f"{', '.join(theme.themes)}: {titled(theme.method)}"
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
    yield from (f"  {award_words(one)}" for one in theme.awards)
    yield f"  An outlier changes the winner: dear {percent(theme.high_outlier)}, cheap {percent(theme.low_outlier)}."


WAYS = {
    "merit_order": "down the ranking (merit order)",
    "optimise": "the best set (optimise)",
    "priority": "by list (priority)",
}


def award_words(one: Inversions) -> str:
    """Tell what a way of dividing money does to the ranking."""
    return (
        f"Money divided {WAYS[one.way]}{', as published' if one.published else ''}: a better bid is left out for a "
        f"worse one in {percent(one.inverted)} of sets ({count_of(one.passed_over, 'bid')}); of "
        f"{count_of(one.refused, 'refused bid')} no score could have saved {one.unsaved:,}."
    )


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


@dataclass(frozen=True)
class DrawnCurve:
    """A curve of equal score on the drawing: its line, where the bid stands that it goes through, and its look."""

    bid: str
    line: str
    at: tuple[float, float]
    colour: str
    dash: str


@dataclass(frozen=True)
class Drawing:
    """Curves of equal score, price to the right and quality upwards, with both scales; in units of the drawing."""

    wide: int
    high: int
    left: int
    right: int
    foot: int
    top: int
    curves: tuple[DrawnCurve, ...]
    prices: tuple[tuple[float, str], ...]
    qualities: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Upsets:
    """Of how many sets, in percent, a bid that loses, one of half the quality, or an outlier changes who wins."""

    turned: str
    half_quality_wins: str
    high_outlier: str
    low_outlier: str


@dataclass(frozen=True)
class MethodRow:
    """Another method tried on the same bids: how often it has the published method's winner, and what upsets it."""

    method: str
    words: str
    depends_on_other_bids: bool
    agrees: str
    upsets: Upsets


@dataclass(frozen=True)
class ExampleRow:
    """A bid of the smallest example, with its total without the other bid and with it."""

    bid: str
    price: str
    quality: Decimal
    without: str
    together: str


@dataclass(frozen=True)
class ModelPart:
    """What one price and quality model does: shares in percent and amounts in pounds, as they are printed.

    ``effective_price_share`` is empty under an index; ``prices`` are the lowest, the middle and the highest tried;
    ``awards`` are the ways of dividing money, each with its name and how often it inverts the ranking.
    """

    theme: ThemeSimulation
    words: str
    titles: tuple[str, ...]
    prices: tuple[str, str, str]
    published_price_share: str
    effective_price_share: str
    upsets: Upsets
    example: str
    example_rows: tuple[ExampleRow, ...]
    worth: tuple[tuple[str, str], ...]
    drawing: Drawing
    worth_finding: str
    curve_points: tuple[tuple[str, str, str], ...]
    methods: tuple[MethodRow, ...]
    awards: tuple[tuple[Inversions, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SimulationPage(HeadedPage):
    """A simulation, model by model, and the titles of the themes that score no price."""

    template = "simulation.html"
    simulation: Simulation
    parts: Sequence[ModelPart]
    left_out: Sequence[str]


def simulation_page(criteria: Criteria, fingerprint: str, simulation: Simulation, run: Run) -> str:
    """Write the page: for each model what it does, in words, tables and curves of equal score."""
    titles = theme_titles(criteria)
    page = SimulationPage(
        about=about_criteria(criteria, fingerprint, run),
        simulation=simulation,
        parts=[_part(theme, titles) for theme in simulation.themes],
        left_out=[titles[one] for one in simulation.left_out],
    )
    return render(page)


def _part(theme: ThemeSimulation, titles: Mapping[str, str]) -> ModelPart:
    lowest, middle, highest = theme.prices
    effective = theme.effective_price_share
    return ModelPart(
        theme=theme,
        words=PLAIN[theme.method],
        titles=tuple(titles[one] for one in theme.themes),
        prices=(pounds(lowest), pounds(middle), pounds(highest)),
        published_price_share=percent(theme.published_price_share),
        effective_price_share="" if effective is None else percent(effective),
        upsets=_upsets(theme),
        example=example_words(theme.example),
        example_rows=tuple(_example_rows(theme.example)) if theme.example else (),
        worth=tuple((pounds(one.price), pounds(one.pounds)) for one in theme.worth),
        drawing=_drawing(theme),
        worth_finding=_worth_finding(theme, titles),
        curve_points=tuple(point for curve in theme.curves for point in _points(curve)),
        methods=tuple(
            MethodRow(one.method, PLAIN[one.method], one.depends_on_other_bids, percent(one.agrees), _upsets(one))
            for one in theme.methods
        ),
        awards=tuple((one, WAYS[one.way], percent(one.inverted)) for one in theme.awards),
    )


def _worth_finding(theme: ThemeSimulation, titles: Mapping[str, str]) -> str:
    """Say what the slope of the curves comes to at the middle price."""
    title = titles[theme.themes[0]]
    if not theme.worth:
        return f"{title}: bids of equal score"
    middle = theme.worth[len(theme.worth) // 2]
    return f"{title}: at {pounds(middle.price)} one more quality point is worth {pounds(middle.pounds)}"


def _upsets(one: ThemeSimulation | MethodResult) -> Upsets:
    return Upsets(
        turned=percent(one.turned),
        half_quality_wins=percent(one.half_quality_wins),
        high_outlier=percent(one.high_outlier),
        low_outlier=percent(one.low_outlier),
    )


def _example_rows(example: Turned) -> Iterator[ExampleRow]:
    """Give the bids of an example with their totals, and the other one, which has none without itself, at the end."""
    for place, one in enumerate(example.bids):
        without, together = example.totals_without[place], example.totals_with[place]
        without += " (wins)" if one.bid == example.winner_without else ""
        together += " (wins)" if one.bid == example.winner_with else ""
        yield ExampleRow(one.bid, pounds(float(one.price)), one.quality, without, together)
    other = example.other
    yield ExampleRow(other.bid, pounds(float(other.price)), other.quality, "–", example.totals_with[-1])


def _points(curve: Curve) -> Iterator[tuple[str, str, str]]:
    through = curve.through
    name = f"{through.bid} ({pounds(float(through.price))}, {through.quality})"
    return ((name, pounds(price), f"{quality:.1f}") for price, quality in curve.points)


def _drawing(theme: ThemeSimulation) -> Drawing:
    """Place the curves of equal score on a drawing: price to the right, quality upwards."""
    low, high = _ends([price for curve in theme.curves for price, _ in curve.points])

    def right(price: float) -> float:
        return round(LEFT + (WIDE - LEFT - MARGIN) * (price - low) / (high - low), 1)

    def up(quality: float) -> float:
        return round(TOP + (HIGH - FOOT - TOP) * (1 - quality / theme.quality), 1)

    prices = [low + (high - low) * part / 2 for part in range(3)]
    qualities = [theme.quality * part / 4 for part in range(5)]
    return Drawing(
        wide=WIDE,
        high=HIGH,
        left=LEFT,
        right=WIDE - MARGIN,
        foot=HIGH - FOOT,
        top=TOP,
        curves=tuple(_drawn(number, curve, right, up) for number, curve in enumerate(theme.curves)),
        prices=tuple((right(price), pounds(price)) for price in prices),
        qualities=tuple((up(quality), f"{quality:g}") for quality in qualities),
    )


def _ends(prices: list[float]) -> tuple[float, float]:
    if not prices or min(prices) == max(prices):
        middle = prices[0] if prices else 1.0
        return middle * 0.9, middle * 1.1
    return min(prices), max(prices)


def _drawn(number: int, curve: Curve, right: Callable[[float], float], up: Callable[[float], float]) -> DrawnCurve:
    through = curve.through
    return DrawnCurve(
        bid=through.bid,
        line=" ".join(f"{right(price)},{up(quality)}" for price, quality in curve.points),
        at=(right(float(through.price)), up(float(through.quality))),
        colour=COLOURS[number % len(COLOURS)],
        dash=DASHES[number % len(DASHES)],
    )
