"""Dates as people say them."""

import re

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
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
