"""Working days in England, and the last day of a standstill period."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from evaluator.records.results.standstill import Standstill

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY = timedelta(days=1)


@cache
def _holidays(year: int) -> "HolidayBase":
    from holidays import country_holidays

    return country_holidays("GB", subdiv="ENG", years=year)


def is_working_day(day: date) -> bool:
    """Whether a day is one of Monday to Friday and no bank or public holiday in England.

    >>> is_working_day(date(2026, 12, 24)), is_working_day(date(2026, 12, 25)), is_working_day(date(2026, 12, 28))
    (True, False, False)
    """
    return day.weekday() < 5 and day not in _holidays(day.year)


def eight_working_days(notice: date) -> date:
    """Give the last of 8 working days that begin with the day of the contract award notice.

    A day that is no working day counts for nothing, the day of the notice too.

    Source: Procurement Act 2023 section 51(2) (8 working days, beginning with the day of the notice).

    >>> eight_working_days(date(2026, 3, 2)), eight_working_days(date(2026, 12, 18))
    (datetime.date(2026, 3, 11), datetime.date(2026, 12, 31))
    """
    day, left = notice, 8
    while left > is_working_day(day):
        left -= is_working_day(day)
        day += DAY
    return day


def ten_days(sent: date) -> date:
    """Give the last of 10 days after the day of sending by e-mail, or the next working day where that is none.

    Source: Public Contracts Regulations 2015 regulation 87 (from memory: have it checked).

    >>> ten_days(date(2026, 3, 3)), ten_days(date(2026, 12, 15))
    (datetime.date(2026, 3, 13), datetime.date(2026, 12, 29))
    """
    day = sent + 10 * DAY
    while not is_working_day(day):
        day += DAY
    return day


PERIODS: Mapping[str, Callable[[date], date]] = {"pa2023": eight_working_days, "pcr2015": ten_days}


def standstill_end(regime: str, starts: str) -> str:
    """Give the last day of a regime's standstill period as ``YYYY-MM-DD``; empty for a regime without one.

    Parameters
    ----------
    regime : of the criteria.
    starts : ``YYYY-MM-DD``: the day of the notice (``pa2023``) or of sending (``pcr2015``).
    """
    period = PERIODS.get(regime)
    return period(date.fromisoformat(starts)).isoformat() if period and starts else ""


def standstill(regime: str, notice: str, sent: str) -> Standstill | None:
    """Give the standstill of a regime; None for one that knows none, without dates while nothing was published or sent.

    Parameters
    ----------
    notice : the day on which the contract award notice was published, as the platform confirmed it; empty before.
    sent : the day on which the last letter was sent by e-mail; empty before.
    """
    length = LENGTHS.get(regime)
    if length is None:
        return None
    starts = notice if regime == "pa2023" else sent
    found = Standstill(regime, *length, mandatory=True)
    if not starts:
        return found
    first = first_day(regime, date.fromisoformat(starts)).isoformat()
    return replace(found, notice=starts, starts=first, ends=standstill_end(regime, starts))


def first_day(regime: str, counted_from: date) -> date:
    """Give the first day that counts: under the Act that of the notice or the next working day, else the day after."""
    day = counted_from if regime == "pa2023" else counted_from + DAY
    while regime == "pa2023" and not is_working_day(day):
        day += DAY
    return day


LENGTHS: Mapping[str, tuple[int, str]] = {"pa2023": (8, "working days"), "pcr2015": (10, "days")}
