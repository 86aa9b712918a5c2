"""A price method tried on its own: as a document for machines and as a table for the terminal."""

from fractions import Fraction

from evaluator.records.numbers import decimal_text, exact_text, fixed, ratio_text
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.price.names import titled
from evaluator.records.results.scores import PriceTrial, TrialLine

SCHEMA = "price/1"
GIVES = {"points": "points; the most is best", "adjusted_price": "an adjusted price in pounds", "index": "an index"}


def price_document(trial: PriceTrial) -> dict[str, object]:
    """Give the trial as JSON values; numbers are exact decimal texts, ``exact`` is ``p/q``.

    ``points`` holds the figure rounded half up, whatever the method gives; ranks rest on the exact one. ``exact`` and
    ``points`` are null for a bid without an index, which ranks last.
    """
    return {
        "schema": SCHEMA,
        "method": trial.method,
        "gives": trial.gives,
        "depends_on_other_bids": trial.depends_on_other_bids,
        "available": _text(trial.available),
        "parameters": {name: _text(value) for name, value in trial.parameters},
        "places": trial.places,
        "bids": [
            {
                "bid": line.bid,
                "price": decimal_text(line.price),
                "exact": None if line.exact is None else ratio_text(line.exact),
                "points": None if line.units is None else fixed(line.units, trial.places),
                "rank": line.rank,
            }
            for line in trial.lines
        ],
    }


def _text(value: Fraction) -> str:
    return exact_text(value)


def price_text(trial: PriceTrial) -> str:
    """Write the trial as lines for a terminal: what was applied, then a table in the order of the ranks."""
    parameters = ", ".join(f"{name} {_text(value)}" for name, value in trial.parameters)
    given = f" with {parameters}" if parameters else ""
    others = "depends" if trial.depends_on_other_bids else "does not depend"
    head = [
        f"{titled(trial.method)}{given}, {_text(trial.available)} points available.",
        f"It gives {_gives(trial)}. What a bid gets {others} on the other bids.",
        "",
    ]
    if trial.gives != "points":
        head[0] = f"{titled(trial.method)}{given}."
    ranked = sorted(trial.lines, key=lambda line: (line.rank, line.bid))
    rows = [("Rank", "Bid", "Price (£)", trial.gives.replace("_", " ").capitalize(), "Exactly")]
    return "\n".join(head + _table(rows + [_row(trial, line) for line in ranked]))


def _gives(trial: PriceTrial) -> str:
    if trial.gives == "points":
        return GIVES["points"]
    return f"{GIVES[trial.gives]}; the {'highest' if METHODS[trial.method].best_is_highest else 'lowest'} is best"


def _row(trial: PriceTrial, line: TrialLine) -> tuple[str, str, str, str, str]:
    exact = "none" if line.exact is None else ratio_text(line.exact)
    points = "none" if line.units is None else fixed(line.units, trial.places)
    return str(line.rank), line.bid, decimal_text(line.price), points, exact


def _table(rows: list[tuple[str, str, str, str, str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths)).rstrip() for row in rows]


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """Put the bid to the left, figures to the right."""
    return [
        text.ljust(width) if place == 1 else text.rjust(width)
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
