"""The standstill of a regime: its first and last day from the day of a notice, and the days that it leaves out."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from evaluator.law.regimes import Period, regime
from evaluator.law.working_days import bank_holiday, days_from, is_working_day


@dataclass(frozen=True)
class Standstill:
    """A standstill: how long it is, whether the law asks for it, and its first and last day where they are known."""

    regime: str
    days: int
    unit: str
    mandatory: bool
    starts: str | None = None
    ends: str | None = None

    @property
    def kept(self) -> bool:
        """Whether there is one at all, by law or by promise."""
        return self.days > 0

    def document(self) -> dict[str, object]:
        """Give it as JSON holds it: ``regime``, ``from``, ``ends``, ``days``, ``unit`` and ``mandatory``."""
        return {
            "regime": self.regime,
            "from": self.starts,
            "ends": self.ends,
            "days": self.days,
            "unit": self.unit.replace(" ", "_"),
            "mandatory": self.mandatory,
        }


def standstill(name: str, notice: str = "", voluntary: int | None = None) -> Standstill:
    """Give the standstill of a regime from the day of its notice.

    Parameters
    ----------
    name : the regime, as criteria call it.
    notice : ``YYYY-MM-DD``: the day on which the contract award notice was seen to be published, under the Procurement
        Act; on which the letters went out, under the regulations of 2015; of the notice of intention, for health care.
        Without it there is no first and no last day.
    voluntary : how many days were promised, where the law asks for none or for fewer; at least the law's least.

    >>> standstill("pa2023", "2026-03-02").ends, standstill("psr2023", "2026-03-02").ends
    ('2026-03-11', '2026-03-13')
    >>> standstill("pa2023_light_touch", "2026-03-02").ends, standstill("pa2023_light_touch", "2026-03-02", 8).ends
    (None, '2026-03-11')
    """
    period = regime(name).standstill
    days = period.days
    if voluntary and period.least_voluntary:
        days = max(voluntary, days, period.least_voluntary)
    without = Standstill(name, days, period.unit, period.mandatory)
    if not notice or not days:
        return without
    first, last = _bounds(name, period, days, date.fromisoformat(notice))
    return Standstill(name, days, period.unit, period.mandatory, first.isoformat(), last.isoformat())


def _bounds(name: str, period: Period, days: int, notice: date) -> tuple[date, date]:
    """Give the first and the last day.

    A first day that is counted in working days is the first working day, so a notice on another day waits for it.
    """
    begins = notice + timedelta(days=period.starts_after)
    if period.unit == "days":
        last = begins + timedelta(days=days - period.first_day_counts)
    else:
        after = begins if period.first_day_counts else begins + timedelta(days=1)
        working = (day for day in days_from(after) if is_working_day(name, day))
        counted = list(islice(working, days))
        begins, last = counted[0] if period.first_day_counts else begins, counted[-1]
    if period.rolls_on:
        last = next(day for day in days_from(last) if is_working_day(name, day))
    return begins, last


def left_out(name: str, starts: str, ends: str) -> tuple[tuple[str, str], ...]:
    """Give the bank holidays on weekdays from one day to another that a regime does not count, each with its name.

    >>> left_out("pa2023", "2026-11-20", "2026-12-02"), left_out("psr2023", "2026-11-20", "2026-12-02")
    ((('2026-11-30', "Saint Andrew's Day"),), ())
    """
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    found = ((day, bank_holiday(name, day)) for day in islice(days_from(first), (last - first).days + 1))
    return tuple((day.isoformat(), title) for day, title in found if title and day.weekday() < 5)


def days_between(first: str, last: str) -> int:
    """Count the days from the day after one day to another, that one included.

    >>> days_between("2027-01-11", "2027-02-05")
    25
    """
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def later_by(day: str, days: int = 0, years: int = 0) -> str:
    """Give the last day of a period of days, or of years, that begins with a day, that day included.

    >>> later_by("2027-03-01", days=30), later_by("2027-03-01", years=3), later_by("2028-02-29", years=3)
    ('2027-03-30', '2030-02-28', '2031-02-27')
    """
    found = date.fromisoformat(day)
    if years:
        leap = (found.month, found.day) == (2, 29)
        found = found.replace(year=found.year + years, day=28 if leap else found.day)
        return (found - timedelta(days=1)).isoformat()
    return (found + timedelta(days=days - 1)).isoformat()
