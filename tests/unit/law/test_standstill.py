"""A standstill ends where the law says, counted a second time by a calendar of its own from the rules of each Act."""

from datetime import date, timedelta

import pytest

from evaluator.law import days_between, later_by, left_out, standstill
from evaluator.law.working_days import is_working_day

DAY = timedelta(days=1)
SIXTY = [date(2026, 1, 2) + 18 * DAY * number for number in range(60)]  # to the end of 2028, on every day of the week


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool = False) -> date:
    days = [date(year, month, day) for day in range(1, 32 if month in (5, 8) else 31)]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[-1] if last else mondays[0]


def with_substitutes(days: list[date]) -> set[date]:
    """Move a day at a weekend to the next weekday that is none of the others."""
    taken: set[date] = set()
    for day in sorted(days):
        while day.weekday() > 4 or day in taken:
            day += DAY
        taken.add(day)
    return taken


def england(year: int) -> set[date]:
    """1971 Act, Sch. 1 para 1; 1 January, May Day and substitutes by proclamation; Good Friday, Christmas by custom."""
    sunday = easter(year)
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    moving = {sunday - 2 * DAY, sunday + DAY, monday(year, 5), monday(year, 5, last=True), monday(year, 8, last=True)}
    return with_substitutes(fixed) | moving


def scotland(year: int) -> set[date]:
    """1971 Act, Sch. 1 para 2: its 1 and 2 January, Good Friday, first Mondays of May and August, and 30 November."""
    fixed = [date(year, 1, 1), date(year, 1, 2), date(year, 11, 30), date(year, 12, 25), date(year, 12, 26)]
    moving = {easter(year) - 2 * DAY, monday(year, 5), monday(year, 5, last=True), monday(year, 8)}
    return with_substitutes(fixed) | moving | ({date(2026, 6, 15)} if year == 2026 else set())


def northern_ireland(year: int) -> set[date]:
    """1971 Act, Sch. 1 para 3: as England, with 17 March; 12 July by proclamation."""
    return england(year) | with_substitutes([date(year, 3, 17), date(year, 7, 12)])


def works_anywhere(day: date) -> bool:
    free = england(day.year) | scotland(day.year) | northern_ireland(day.year)
    return day.weekday() < 5 and day not in free


def works_in_england(day: date) -> bool:
    return day.weekday() < 5 and day not in england(day.year)


def by_hand_pa(notice: date) -> date:
    day, left = notice, 8
    while True:
        left -= works_anywhere(day)
        if not left:
            return day
        day += DAY


def by_hand_pcr(sent: date) -> date:
    day = sent + 10 * DAY
    while not works_anywhere(day):
        day += DAY
    return day


def by_hand_psr(notice: date) -> date:
    day, left = notice + DAY, 8  # it begins on the day after the notice, and the days are counted after that one
    while left:
        day += DAY
        left -= works_in_england(day)
    return day


@pytest.mark.parametrize("day", SIXTY, ids=str)
def test_sixty_dates_end_as_counted_by_another_calendar(day: date) -> None:
    notice = day.isoformat()
    assert standstill("pa2023", notice).ends == by_hand_pa(day).isoformat()
    assert standstill("pa2023_light_touch", notice, 8).ends == by_hand_pa(day).isoformat()
    assert standstill("pcr2015", notice).ends == by_hand_pcr(day).isoformat()
    assert standstill("psr2023", notice).ends == by_hand_psr(day).isoformat()


def test_every_day_of_five_years_is_a_working_day_or_not_by_both_calendars() -> None:
    days = [date(2025, 1, 1) + DAY * number for number in range(5 * 365)]
    assert [day for day in days if is_working_day("pa2023", day) != works_anywhere(day)] == []
    assert [day for day in days if is_working_day("psr2023", day) != works_in_england(day)] == []


@pytest.mark.parametrize(
    ("regime", "notice", "first", "last"),
    [
        ("pa2023", "2026-03-02", "2026-03-02", "2026-03-11"),  # Monday to Wednesday, as the Act's example is worked
        ("pa2023", "2026-11-20", "2026-11-20", "2026-12-02"),  # St Andrew's Day does not count
        ("pa2023", "2026-12-22", "2026-12-22", "2027-01-06"),  # nor do 25 and 28 December, 1 and 4 January
        ("pa2023", "2026-06-10", "2026-06-10", "2026-06-22"),  # 15 June 2026 was proclaimed in Scotland
        ("pa2023", "2026-03-14", "2026-03-16", "2026-03-26"),  # a Saturday: from Monday, without St Patrick's Day
        ("pcr2015", "2026-11-20", "2026-11-21", "2026-12-01"),  # the 10th day is St Andrew's Day
        ("pcr2015", "2026-12-22", "2026-12-23", "2027-01-05"),
        ("pcr2015", "2026-03-02", "2026-03-03", "2026-03-12"),
        ("psr2023", "2026-11-20", "2026-11-21", "2026-12-02"),
        ("psr2023", "2026-12-22", "2026-12-23", "2027-01-07"),
        ("psr2023", "2026-03-02", "2026-03-03", "2026-03-13"),
    ],
)
def test_the_examples_of_the_statutes_end_as_worked_by_hand(regime: str, notice: str, first: str, last: str) -> None:
    found = standstill(regime, notice)
    assert (found.starts, found.ends) == (first, last)


@pytest.mark.parametrize(
    ("regime", "voluntary", "days"),
    [
        ("pa2023_light_touch", None, 0),
        ("pa2023_light_touch", 0, 0),
        ("grant", None, 0),
        ("grant", 8, 0),
        ("below_threshold", None, 0),
        ("pa2023_below_threshold", 8, 0),
    ],
)
def test_where_there_is_none_there_is_no_first_or_last_day(regime: str, voluntary: int | None, days: int) -> None:
    found = standstill(regime, "2026-03-02", voluntary).document()
    assert (found["from"], found["ends"], found["days"], found["mandatory"]) == (None, None, days, False)


def test_without_a_notice_there_is_a_length_and_no_end() -> None:
    assert standstill("pa2023").document() == {
        "regime": "pa2023",
        "from": None,
        "ends": None,
        "days": 8,
        "unit": "working_days",
        "mandatory": True,
    }
    assert standstill("pcr2015").document()["unit"] == "days"


def test_a_longer_one_may_be_promised_and_a_shorter_one_may_not() -> None:
    assert standstill("pa2023", "2026-03-02", 10).ends == "2026-03-13"
    assert standstill("pa2023", "2026-03-02", 3).ends == "2026-03-11"
    assert standstill("pa2023_light_touch", "2026-03-02", 5).days == 8


def test_the_days_that_are_left_out_are_told_by_name() -> None:
    assert [day for day, _ in left_out("pa2023", "2026-12-22", "2027-01-06")] == [
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-01-04",
    ]


def test_periods_begin_with_the_day_that_they_are_counted_from() -> None:
    assert later_by("2027-05-10", 30) == "2027-06-08"  # 10 May is the first of 30 days
    assert later_by("2027-05-10", years=3) == "2030-05-09"
    assert days_between("2027-01-11", "2027-02-05") == 25  # the day after is the first
