"""Where the money goes: by theme and year against the published limits, and every rule with what the awards come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from evaluator.records.numbers import pounds
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.rules import EVERY_THEME, Rule
from evaluator.records.results.allocation import Allocation, RuleCheck
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.limits import in_words
from evaluator.reporting.shared.pages import theme_titles
from evaluator.reporting.shared.share_pictures import ShareRow, ShareRows, share_rows

SEVERAL = 12  # cases of one rule that are worth a line each


@dataclass(frozen=True)
class Amount:
    """Awarded pence beside the published limit, if there is one."""

    awarded: int
    limit: int | None

    @property
    def share(self) -> str:
        """The part of the limit that is awarded, in whole percent rounded down."""
        return f"{self.awarded * 100 // self.limit} %" if self.limit else ""


@dataclass(frozen=True)
class ThemeMoney:
    """A theme's number of awards, its money year by year, and all years together."""

    title: str
    awards: int
    years: tuple[Amount, ...]
    all_years: Amount


@dataclass(frozen=True)
class MoneyByTheme:
    """All themes' money, and the sums over them."""

    years: tuple[str, ...]
    themes: tuple[ThemeMoney, ...]
    together: ThemeMoney


@dataclass(frozen=True)
class RuleSummary:
    """One rule in one case, or in many cases together: its limits, what the awards come to, and whether it is kept."""

    rule: str
    title: str
    subject: str
    least: str
    most: str
    used: str
    holds: bool


@dataclass(frozen=True)
class Money:
    """Where the money goes: by theme and year with pictures, and every rule with what the awards come to."""

    by_theme: MoneyByTheme
    pictures: Sequence[ShareRows]
    rules: Sequence[RuleSummary]


def money(outcome: Outcome) -> Money:
    """Gather what the report says of the money of a run with an allocation."""
    by_theme = money_by_theme(outcome)
    return Money(by_theme, money_pictures(by_theme), rule_summaries(outcome))


def money_by_theme(outcome: Outcome) -> MoneyByTheme:
    """Add up the awards by theme and year, for display, beside the limits published for each."""
    allocation, criteria = outcome.allocation, outcome.criteria
    if allocation is None:
        raise ValueError("there is no allocation")
    themes = tuple(_theme(allocation, criteria, theme) for theme in criteria.themes)
    return MoneyByTheme(allocation.years, themes, _theme(allocation, criteria, None))


def _theme(allocation: Allocation, criteria: Criteria, theme: Theme | None) -> ThemeMoney:
    awards = [award for award in allocation.awards if theme is None or award.theme == theme.id]
    years = tuple(
        Amount(sum(award.by_year[at] for award in awards), _limit(criteria, theme, year))
        for at, year in enumerate(allocation.years)
    )
    whole = Amount(sum(award.amount for award in awards), _limit(criteria, theme, None) or _added(years))
    return ThemeMoney(theme.title if theme else "All themes", len(awards), years, whole)


def _added(years: tuple[Amount, ...]) -> int | None:
    """Add the limits of all years up, where every year has one."""
    limits = [year.limit for year in years if year.limit is not None]
    return sum(limits) if limits and len(limits) == len(years) else None


def _limit(criteria: Criteria, theme: Theme | None, year: str | None) -> int | None:
    """Find the lowest published limit in pence for a theme, or all, in a year, or all years."""
    return min((limit for _, limit in limits_on(criteria, theme, year)), default=None)


def limits_on(criteria: Criteria, theme: Theme | None, year: str | None) -> list[tuple[Rule, int]]:
    """List the rules on the money of just this theme, or all, in this year, or all years; each with its pence."""
    found = ((rule, _applies(rule, theme, year)) for rule in criteria.rules)
    return [(rule, int(limit * 100)) for rule, limit in found if limit is not None]


def _applies(rule: Rule, theme: Theme | None, year: str | None) -> Fraction | None:
    """Give a rule's limit in pounds if it is one on just this theme and year."""
    if not rule.traits.is_budget or rule.ceiling is None or getattr(rule, "year", None) != year:
        return None
    of_theme = getattr(rule, "theme", None)
    fits = of_theme is None if theme is None else of_theme in (EVERY_THEME, theme.id)
    return Fraction(rule.ceiling) if fits else None


def money_pictures(money: MoneyByTheme) -> list[ShareRows]:
    """Draw for each theme that has limits the part of each year's limit that is awarded, all on one scale."""
    themes = enumerate((*money.themes, money.together))
    return [_picture(at, money.years, theme) for at, theme in themes if _limited(theme)]


def _limited(theme: ThemeMoney) -> bool:
    return any(amount.limit for amount in (*theme.years, theme.all_years))


def _picture(at: int, years: tuple[str, ...], theme: ThemeMoney) -> ShareRows:
    periods = list(zip(years, theme.years, strict=True)) or [("all years", theme.all_years)]
    if not any(amount.limit for _, amount in periods):
        periods = [("all years", theme.all_years)]
    rows = [_row(year, amount) for year, amount in periods if amount.limit]
    share = theme.all_years.share
    title = f"{theme.title}: {f'{share} of the limit' if share else pounds(theme.all_years.awarded)}"
    return share_rows(f"money-{at}", title, rows)


def _row(year: str, amount: Amount) -> ShareRow:
    share = Fraction(amount.awarded, amount.limit or 1)
    return ShareRow(
        year, f"{pounds(amount.awarded)} of {pounds(amount.limit or 0)}", low=Fraction(0), high=min(share, Fraction(1))
    )


def rule_summaries(outcome: Outcome) -> list[RuleSummary]:
    """List every checked rule; one that applies to very many organisations is told in a line."""
    titles = theme_titles(outcome.criteria)
    checks = outcome.allocation.checks if outcome.allocation else ()
    found: list[RuleSummary] = []
    for _, group in groupby(checks, key=lambda check: check.rule):
        cases = list(group)
        found.extend([_together(cases)] if len(cases) > SEVERAL else [_case(check, titles) for check in cases])
    return found


def _case(check: RuleCheck, titles: dict[str, str]) -> RuleSummary:
    subject = in_words(check.subject, titles)
    return RuleSummary(check.rule, check.title, subject, check.least, check.most, check.used, check.holds)


def _together(cases: list[RuleCheck]) -> RuleSummary:
    first, broken = cases[0], [case.subject for case in cases if not case.holds]
    used = "kept by each" if not broken else f"broken by {len(broken)} of {len(cases)}"
    subject = f"each of {len(cases)} organisations" if not broken else ", ".join(broken)
    return RuleSummary(first.rule, first.title, subject, first.least, first.most, used, not broken)
