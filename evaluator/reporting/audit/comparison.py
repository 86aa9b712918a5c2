"""Programmes side by side, as a page, a CSV file and one JSON document."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Protocol

from evaluator.records.documents import Json
from evaluator.records.numbers import ratio_text
from evaluator.reporting.shared.pages import Page, render

SCHEMA = "portfolio-comparison/1"
TITLES = {"all": "All together", "year": "By year", "authority": "By authority", "programme": "By programme"}
PLACES = {"pounds": 2, "percent": 1, "marks": 2, "days": 1}
WITHHELD, NONE = "withheld", "–"
SHORT = {  # over a column; the whole title stands below the tables
    "Awards": {
        "price_of_a_point": "Price of a point",
        "success": "Funded",
        "small_money": "Money for small",
        "small_success": "Small funded",
        "inversions": "Outranked",
        "days": "Days",
    },
    "Marks": {"apart": "Apart", "spread": "Spread", "shift": "Shift", "moved": "Moved"},
}


class Told(Protocol):
    """One figure of one group, as ``portfolio compare`` works it out."""

    @property
    def by(self) -> str: ...  # noqa: D102 - named in portfolio.compare
    @property
    def group(self) -> str: ...  # noqa: D102
    @property
    def figure(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> Fraction | None: ...  # noqa: D102
    @property
    def base(self) -> int: ...  # noqa: D102
    @property
    def withheld(self) -> bool: ...  # noqa: D102


Named = tuple[str, str, str]  # title, unit, and what a figure rests on


@dataclass(frozen=True)
class Part:
    """One table of the page: a group a row, a figure a column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class ComparisonPage(Page):
    """The page: a table for each way of putting programmes together."""

    template: ClassVar[str] = "audit/comparison.html"
    programmes: str
    parts: tuple[tuple[str, tuple[Part, ...]], ...]
    columns: tuple[tuple[str, str], ...]
    unread: int
    least: int
    engine: str


def comparison_document(figures: Sequence[Told], names: dict[str, Named], least: int) -> Json:
    """Give every figure as JSON: exact as ``p/q``, with the unit, what it rests on, and whether it is withheld."""
    return {
        "schema": SCHEMA,
        "least": least,
        "figures": [
            {
                "by": one.by,
                "group": one.group,
                "figure": one.figure,
                "title": names[one.figure][0],
                "unit": names[one.figure][1],
                "value": None if one.value is None else ratio_text(one.value),
                "shown": shown(one, names),
                "rests_on": None if one.withheld else one.base,
                "of": names[one.figure][2],
                "withheld": one.withheld,
            }
            for one in figures
        ],
    }


def comparison_table(document: Json) -> list[dict[str, str]]:
    """Give every figure as a row under its keys, for CSV."""
    return [{key: _cell(value) for key, value in one.items()} for one in document["figures"]]


def _cell(value: object) -> str:
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)


def shown(one: Told, names: dict[str, Named]) -> str:
    """Write a figure as people read it."""
    if one.withheld:
        return WITHHELD
    if one.value is None:
        return NONE
    unit = names[one.figure][1]
    places = PLACES[unit]
    scaled = round(one.value * 10**places)
    text = f"{'-' if scaled < 0 else ''}{abs(scaled) // 10**places:,}"
    text += f".{abs(scaled) % 10**places:0{places}d}" if places else ""
    return {"pounds": f"£{text}", "percent": f"{text}%"}.get(unit, text)


def comparison_html(
    figures: Sequence[Told], names: dict[str, Named], programmes: str, unread: int, least: int, engine: str
) -> str:
    """Write the page; ``programmes`` says how many there are, in words."""
    by = {title: [one for one in figures if one.by == of] for of, title in TITLES.items()}
    titles = {short: names[figure][0] for columns in SHORT.values() for figure, short in columns.items()}
    return render(
        ComparisonPage(
            programmes=programmes,
            parts=tuple((title, _parts(its, names)) for title, its in by.items() if its),
            columns=tuple(titles.items()),
            unread=unread,
            least=least,
            engine=engine,
        )
    )


def _parts(figures: Sequence[Told], names: dict[str, Named]) -> tuple[Part, ...]:
    """Put the figures of one way of grouping into tables, one a subject."""
    rows: dict[str, dict[str, str]] = {}
    for one in figures:
        rows.setdefault(one.group, {})[one.figure] = shown(one, names)
    first = "Programmes" if figures[0].by == "all" else figures[0].by.capitalize()
    return tuple(
        Part(
            title,
            (first, *(f"#{short}" for short in columns.values())),
            tuple((group, tuple(said[figure] for figure in columns)) for group, said in rows.items()),
        )
        for title, columns in SHORT.items()
    )
