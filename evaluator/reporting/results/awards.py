"""The sheet of awards: pounds by year, live sums by theme and year, and what each published limit leaves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.documents import Cell, Highlight, Sheet, Style
from evaluator.records.numbers import pounds_number
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.rules import EVERY_THEME, RankRule, Rule, ThemeRule
from evaluator.records.results.allocation import Allocation, Award
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.results.grid import Grid, headings, letters, titled
from evaluator.reporting.results.parameters import Parameters
from evaluator.reporting.shared.bid_rows import bid_names
from evaluator.reporting.shared.limits import in_words
from evaluator.reporting.shared.pages import theme_titles

SHEET, REFUSED = "Allocation", "Not funded"
NOTE = "Yellow cells hold what the allocation awarded; sums and headroom are live, and limits refer to Parameters."
NO_AWARD = "No award is recommended: the rules cannot all be kept, or no set of awards is proven to be the best."
Line = tuple[Cell, ...]
ALL = "all years"


@dataclass(frozen=True)
class Sum:
    """A live sum of awarded pounds with the engine's figure, for the sheet of checks."""

    what: str
    address: str
    engine: Decimal
    of: str = "Awards"


@dataclass
class Awards:
    """The sheet while it is written: its lines, the place of the awards in it, and the sums to be checked."""

    outcome: Outcome
    allocation: Allocation
    parameters: Parameters
    grid: Grid
    lines: list[Line]
    sums: list[Sum]

    @property
    def periods(self) -> tuple[str, ...]:
        """The years, and all of them together."""
        return (*self.allocation.years, ALL)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the themes, with the id where two have one title, for sums are found by them."""
        titles = theme_titles(self.outcome.criteria)
        times = Counter(title.casefold() for title in titles.values())
        return {id: title if times[title.casefold()] == 1 else f"{title} ({id})" for id, title in titles.items()}


def awards_sheet(outcome: Outcome, allocation: Allocation, parameters: Parameters) -> tuple[Sheet, tuple[Sum, ...]]:
    """Write the sheet of awards, and give its sums for the sheet of checks."""
    lines = titled("Awards and the money", NOTE if allocation.status == "proven" else NO_AWARD)
    keys = ("theme", "bid", "organisation", "level", *allocation.years, ALL)
    made = Awards(outcome, allocation, parameters, Grid(SHEET, keys, len(lines) + 2, len(allocation.awards)), lines, [])
    _awards(made)
    _by_theme(made)
    _limits(made, outcome.criteria)
    _checked(made)
    widths = (48, 10, 34, 10, *(15 for _ in allocation.years), 15)
    area = f"A1:{letters(8)}{len(lines)}"
    lights = (Highlight(area, "kept", "good"), Highlight(area, "broken", "bad"))
    return Sheet(SHEET, tuple(lines), widths=widths, protected=True, highlights=lights), tuple(made.sums)


def _awards(made: Awards) -> None:
    years, names = made.allocation.years, bid_names(made.outcome)
    made.lines.append(headings("Theme", "Bid", "Organisation", "Level", *(f"#{year}" for year in years), "#All years"))
    for at, award in enumerate(_in_order(made)):
        amounts = [Cell(pounds_number(amount), style="input_money") for amount in award.by_year] if years else []
        every = Cell(pounds_number(award.amount), _row_sum(made, at), "money" if years else "input_money")
        words = (made.titles[award.theme], award.bid, names.get(award.bid, ""), award.level)
        made.lines.append((*(Cell(word, style="text") for word in words), *amounts, every))
    if not made.allocation.awards:
        made.lines.append((Cell("none"),))


def _in_order(made: Awards) -> list[Award]:
    """Sort the awards by theme, as published, then bid."""
    order = list(made.titles)
    return sorted(made.allocation.awards, key=lambda award: (order.index(award.theme), award.bid))


def _row_sum(made: Awards, at: int) -> str:
    if not made.allocation.years:
        return ""
    return f"=SUM({made.grid.across(made.allocation.years, str(made.grid.row(at)))})"


def _section(made: Awards, title: str, *words: str) -> None:
    made.lines += [(), (Cell(title, style="title"),), headings(*words)]


def _by_theme(made: Awards) -> None:
    """Add up the awards of each theme, year by year, and all of them."""
    years = (f"#{year}" for year in made.allocation.years)
    _section(made, "Awards by theme and year", "Theme", "", "", "#Awards", *years, "#All years")
    for theme in made.outcome.criteria.themes:
        row = len(made.lines) + 1
        chosen = [award for award in made.allocation.awards if award.theme == theme.id]
        count = f"=SUMPRODUCT(({made.grid.span('theme')}=$A{row})*1)"
        cells = [_sum(made, theme, period) for period in made.periods]
        made.lines.append(
            (Cell(made.titles[theme.id], style="text"), Cell(), Cell(), Cell(len(chosen), count, "whole"), *cells)
        )
    cells = [_sum(made, None, period) for period in made.periods]
    number = Cell(len(made.allocation.awards), f"=COUNT({made.grid.span(ALL)})", "whole")
    made.lines.append((Cell("All themes"), Cell(), Cell(), number, *cells))


def _sum(made: Awards, theme: Theme | None, period: str) -> Cell:
    """Add up one theme's awards, or all, in one year, or all; and keep the sum for the sheet of checks."""
    row, column = len(made.lines) + 1, made.grid.letter(period)
    engine = pounds_number(awarded(made.allocation, theme.id if theme else EVERY_THEME, period))
    made.sums.append(
        Sum(f"{made.titles[theme.id] if theme else 'All themes'}, {period}", f"{SHEET}!{column}{row}", engine)
    )
    return Cell(engine, f"={_live_sum(made, f'$A{row}' if theme else '', period)}", "money")


def _live_sum(made: Awards, theme: str, period: str) -> str:
    """Give the formula of a sum of pounds; the theme is an address or empty for all."""
    amounts = made.grid.span(period)
    total = f"SUMPRODUCT(({made.grid.span('theme')}={theme})*{amounts})" if theme else f"SUM({amounts})"
    return f"ROUND({total},2)"


def awarded(allocation: Allocation, theme: str, period: str) -> int:
    """Add up awarded pence for a theme (``*``: all of them) in a year or all years, for display."""
    chosen = [award for award in allocation.awards if theme in (EVERY_THEME, award.theme)]
    if period == ALL:
        return sum(award.amount for award in chosen)
    return sum(award.by_year[allocation.years.index(period)] for award in chosen)


def _limits(made: Awards, criteria: Criteria) -> None:
    """Set each limit on money or number of awards beside what was awarded, live."""
    cases = list(_cases(criteria, made.allocation.years))
    if not cases:
        return
    words = ("Rule", "Theme", "Year", "#Least", "#Most", "#Awarded", "#Headroom", "Kept?")
    _section(made, "What the limits leave", "Title", *words)
    for rule, theme, year in cases:
        made.lines.append(_limit(made, rule, theme, year))


def _cases(criteria: Criteria, years: Sequence[str]) -> Iterator[tuple[Rule, Theme | None, str]]:
    """List each rule on sums or numbers of awards once for each theme and year that it applies to."""
    for rule in criteria.rules:
        if getattr(rule, "carry_over", False) or getattr(rule, "committed", None):
            continue  # what they allow rests on other years and contracts: the checks below have the figure
        year = getattr(rule, "year", None) or ALL
        if rule.traits.counts not in ("awards", "money") or rule.traits.side == "neither":
            continue
        if isinstance(rule, RankRule):
            continue  # who comes first is no figure: the checks below say it
        if isinstance(rule, ThemeRule):
            yield from ((rule, theme, year) for theme in criteria.themes if rule.theme in (EVERY_THEME, theme.id))
        elif rule.traits.is_budget and year in (ALL, *years):
            yield rule, None, year


def _limit(made: Awards, rule: Rule, theme: Theme | None, year: str) -> Line:
    row = len(made.lines) + 1
    counts = rule.traits.counts == "awards"
    money = awarded(made.allocation, theme.id if theme else EVERY_THEME, year)
    used = _number(made, theme) if counts else pounds_number(money)
    low, high = _exact(rule.floor), _exact(rule.ceiling)
    theme_cell = f"$C{row}" if theme else ""
    live = f"SUMPRODUCT(({made.grid.span('theme')}={theme_cell})*1)" if counts else _live_sum(made, theme_cell, year)
    kept = f'IF(AND(OR(E{row}="",G{row}>=E{row}),OR(F{row}="",G{row}<=F{row})),"kept","broken")'
    style: Style = "whole" if counts else "money"
    return (
        Cell(rule.title, style="text"),
        Cell(rule.id),
        Cell(made.titles[theme.id] if theme else "all", style="text"),
        Cell(year),
        Cell(low, _link(made, rule, "least"), style),
        Cell(high, _link(made, rule, "most"), style),
        Cell(used, f"={live}", style),
        Cell(None if high is None else high - used, f'=IF(F{row}="","",ROUND(F{row}-G{row},2))', style),
        Cell(_kept(low, high, used), f"={kept}"),
    )


def _link(made: Awards, rule: Rule, key: str) -> str:
    address = made.parameters.limits[rule.id, key]
    return f'=IF({address}="","",{address})'


def _number(made: Awards, theme: Theme | None) -> Decimal:
    return Decimal(sum(theme is None or award.theme == theme.id for award in made.allocation.awards))


def _exact(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _kept(low: Decimal | None, high: Decimal | None, used: Decimal) -> str:
    return "kept" if (low is None or used >= low) and (high is None or used <= high) else "broken"


def _checked(made: Awards) -> None:
    """List every rule as the engine's own checker found it, in words."""
    _section(
        made,
        "Every rule as checked without the solver",
        "Title",
        "Rule",
        "Applies to",
        "Least",
        "Most",
        "Comes to",
        "Kept?",
    )
    for check in made.allocation.checks:
        words = (
            check.title,
            check.rule,
            in_words(check.subject, made.titles),
            check.least,
            check.most,
            check.used,
        )
        verdict = Cell("kept" if check.holds else "broken")
        made.lines.append((*(Cell(word, style="text") for word in words), verdict))


def refused_sheet(outcome: Outcome, allocation: Allocation) -> Sheet:
    """List the bids that are not funded, theme by theme as published, each with its one reason."""
    titles, names = theme_titles(outcome.criteria), bid_names(outcome)
    proven = allocation.status != "not_proven"
    lines = titled("Bids that are not funded" if proven else "Nothing is decided: what is known of each bid")
    lines.append(headings("Theme", "Bid", "Organisation", "Why"))
    first = len(lines)
    order = list(titles)
    for refusal in sorted(allocation.refusals, key=lambda refusal: (order.index(refusal.theme), refusal.bid)):
        words = (titles[refusal.theme], refusal.bid, names.get(refusal.bid, ""), refusal.explanation)
        lines.append(tuple(Cell(word, style="text") for word in words))
    table = (first, len(lines)) if len(lines) > first else None
    return Sheet(REFUSED, tuple(lines), widths=(34, 10, 34, 120), freeze=(first, 2), table=table, protected=True)
