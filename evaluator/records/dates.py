"""Dates as people write and say them: one reading for cells, options and pages."""

import re

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WRITTEN = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(rf"(?P<day>[0-9]{{1,2}}) (?P<name>{'|'.join(MONTHS)}) (?P<year>[0-9]{{4}})", re.IGNORECASE),
)
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
HOW = "Write the day as 2026-12-01, or as 01/12/2026 with the day first"


def read_day(text: str) -> str | None:
    """Read a day that a person wrote, and give it as 2026-12-01; None for what is no day that exists.

    Read are 2026-12-01, 01/12/2026 with the day first, and 1 December 2026. Years of two digits are not.

    >>> read_day("2026-12-01"), read_day(" 01/12/2026 "), read_day("1 december 2026")
    ('2026-12-01', '2026-12-01', '2026-12-01')
    >>> [read_day(text) for text in ("01/12/26", "12/31/2026", "2026-02-29", "31/04/2026", "0000-01-01", "soon")]
    [None, None, None, None, None, None]
    """
    found = next((match for form in WRITTEN if (match := form.fullmatch(" ".join(text.split())))), None)
    if found is None:
        return None
    said = found.groupdict()
    names = [name.casefold() for name in MONTHS]
    year, day = int(said["year"]), int(said["day"])
    month = int(said["month"]) if "month" in said else names.index(said["name"].casefold()) + 1
    return f"{year:04}-{month:02}-{day:02}" if year and 1 <= day <= _days_in(year, month) else None


def month_of(name: str) -> int:
    """Give the number of the month that a name stands for, or the first letters of one, three at least.

    >>> month_of("sept"), month_of("May")
    (9, 5)
    """
    return [month[:3].casefold() for month in MONTHS].index(name[:3].casefold()) + 1


def _days_in(year: int, month: int) -> int:
    """Count the days of a month; a month that does not exist has none."""
    if not 1 <= month <= len(DAYS):
        return 0
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return DAYS[month - 1] + (leap and month == 2)


def day_number(day: str) -> int:
    """Give the number of a day such as 2026-12-01, so that the difference of two numbers is that of the days.

    >>> day_number("2027-03-01") - day_number("2027-02-27"), day_number("2028-03-01") - day_number("2028-02-28")
    (2, 2)
    """
    year, month, of_month = map(int, day.split("-"))
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    return before * 365 + leaps + sum(_days_in(year, one) for one in range(1, month)) + of_month


def spoken_date(date: str) -> str:
    """Write a date such as ``2026-03-09`` as people say it; anything else stays as it was given.

    >>> spoken_date("2026-03-09"), spoken_date("spring 2026"), spoken_date("2026-13-40")
    ('9 March 2026', 'spring 2026', '2026-13-40')
    """
    found = ISO_DATE.fullmatch(date)
    if not found or not 1 <= int(found[2]) <= len(MONTHS):
        return date
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"


TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.]([0-5][0-9])(?:\.[0-9]+)?)?")


def read_moment(text: str) -> str | None:
    """Read a day, with or without a time of day, as files hold it; None for what is neither.

    Seconds are kept where there are any: 12:00:30 is after noon.

    >>> read_moment("2027-02-26 12:00"), read_moment("26/02/2027 9.30"), read_moment("2027-02-26"), read_moment("noon")
    ('2027-02-26T12:00', '2027-02-26T09:30', '2027-02-26', None)
    """
    said = " ".join(text.replace("T", " ").split())
    if day := read_day(said):
        return day
    first, _, last = said.rpartition(" ")
    day, time = read_day(first), TIME.fullmatch(last)
    seconds = f":{time[3]}" if time and time[3] not in (None, "00") else ""
    return f"{day}T{int(time[1]):02}:{time[2]}{seconds}" if day and time else None


def spoken_moment(moment: str) -> str:
    """Write a day with its time of day as people say it.

    >>> spoken_moment("2027-02-26T09:30"), spoken_moment("2027-02-26")
    ('9:30 on 26 February 2027', '26 February 2027')
    """
    day, _, time = moment.partition("T")
    return f"{time.removeprefix('0')} on {spoken_date(day)}" if time else spoken_date(day)
