"""Dates and times as files hold them and as people say them."""

import re

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?")
FEBRUARY, SHORT_MONTHS = 2, (4, 6, 9, 11)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken_date(date: str) -> str:
    """Write a date such as ``2026-03-09`` as people say it; anything else stays as it was given.

    >>> spoken_date("2026-03-09"), spoken_date("spring 2026"), spoken_date("2026-13-40")
    ('9 March 2026', 'spring 2026', '2026-13-40')
    """
    found = ISO_DATE.fullmatch(date)
    if not found or not 1 <= int(found[2]) <= len(MONTHS):
        return date
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"


def day_of(text: str) -> str:
    """Give a day as files hold it from 2026-12-01 or 01/12/2026, day first; empty where that is no day of a calendar.

    >>> day_of("2026-12-01"), day_of("1/12/2026"), day_of("01/12/26"), day_of("2026-02-29"), day_of("12/31/2026")
    ('2026-12-01', '2026-12-01', '', '', '')
    """
    found = ISO_DATE.fullmatch(text)
    year, month, day = map(int, found.groups()) if found else (0, 0, 0)
    if turned := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, turned.groups())
    if not (year and 1 <= month <= len(MONTHS) and 1 <= day <= _days_in(year, month)):
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def _days_in(year: int, month: int) -> int:
    if month == FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in SHORT_MONTHS else 31


def moment_of(text: str) -> str:
    """Give a day with its time of day as files hold it, or a day alone; empty where it is neither.

    >>> moment_of("2027-02-26 12:00"), moment_of("26/02/2027 9.30"), moment_of("2027-02-26"), moment_of("noon")
    ('2027-02-26T12:00', '2027-02-26T09:30', '2027-02-26', '')
    """
    first, _, rest = text.strip().replace("T", " ").partition(" ")
    day, time = day_of(first), TIME.fullmatch(rest.strip())
    if not day or (rest.strip() and not time):
        return ""
    return f"{day}T{int(time[1]):02}:{time[2]}" if time else day


def spoken_moment(moment: str) -> str:
    """Write a day with its time of day as people say it.

    >>> spoken_moment("2027-02-26T09:30"), spoken_moment("2027-02-26")
    ('9:30 on 26 February 2027', '26 February 2027')
    """
    day, _, time = moment.partition("T")
    return f"{time.removeprefix('0')} on {spoken_date(day)}" if time else spoken_date(day)
