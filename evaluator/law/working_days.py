"""Working days by a regime's calendar: no Saturday, Sunday, or bank holiday in any part that lends its holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from evaluator.law.regimes import regime
from evaluator.law.texts import load

DAY = timedelta(days=1)
SATURDAY = 5
_DAYS = load("bank_holidays")
_PROCLAIMED, _USUAL = _DAYS["day"], _DAYS["usual"]


@cache
def _bank_holidays(part: str, year: int) -> dict[date, str]:
    proclaimed = {
        date.fromisoformat(one["date"]): str(one["title"])
        for one in _PROCLAIMED
        if part in one["parts"] and one["date"].startswith(f"{year:04}-")
    }
    usual = _USUAL.get(f"{part}-{year}")
    return proclaimed | (_listed(part, year) if usual is None else dict(_day(year, one) for one in usual.split(" | ")))


def _day(year: int, text: str) -> tuple[date, str]:
    """Read a day of the year and its title, as in "12-25 Christmas Day"."""
    day, _, title = text.partition(" ")
    return date.fromisoformat(f"{year}-{day}"), title


def _listed(part: str, year: int) -> dict[date, str]:
    """Give what the package lists, which takes long to load."""
    from holidays import country_holidays

    listed = country_holidays("GB", subdiv=part, years=year)
    return {day: str(listed[day]) for day in listed}


def bank_holiday(name: str, day: date) -> str:
    """Say which bank holiday of a regime's calendar a day is; empty where it is none.

    Parameters
    ----------
    name : of the regime.

    >>> bank_holiday("pa2023", date(2026, 11, 30)), bank_holiday("psr2023", date(2026, 11, 30))
    ("Saint Andrew's Day", '')
    """
    parts = regime(name).calendar.parts
    return next((found for part in parts if (found := _bank_holidays(part, day.year).get(day))), "")


def is_working_day(name: str, day: date) -> bool:
    """Whether a day is a working day by a regime's calendar.

    >>> is_working_day("pa2023", date(2026, 8, 3)), is_working_day("psr2023", date(2026, 8, 3))
    (False, True)
    """
    return day.weekday() < SATURDAY and not bank_holiday(name, day)


def days_from(day: date) -> Iterator[date]:
    """Give a day and every day after it."""
    while True:
        yield day
        day += DAY
