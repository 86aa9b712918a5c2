"""Working days by a regime's calendar: no Saturday, Sunday, or bank holiday in any part that lends its holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from evaluator.law.regimes import regime
from evaluator.law.texts import load

DAY = timedelta(days=1)
SATURDAY = 5
_PROCLAIMED = load("bank_holidays")["day"]


@cache
def _bank_holidays(part: str, year: int) -> dict[date, str]:
    from holidays import country_holidays

    listed = country_holidays("GB", subdiv=part, years=year)
    proclaimed = {
        date.fromisoformat(one["date"]): str(one["title"])
        for one in _PROCLAIMED
        if part in one["parts"] and one["date"].startswith(f"{year:04}-")
    }
    return proclaimed | {day: str(listed[day]) for day in listed}


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
