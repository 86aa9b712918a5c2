"""What sentences say of days and years: the timetable, and how long contracts run."""

import re
from collections.abc import Iterator
from dataclasses import replace

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import CLOCK, MONTHS
from evaluator.publication.checks.prose.told import Told
from evaluator.records import dates


def terms(told: Told) -> Iterator[Claim]:
    """Read how many years contracts run."""
    sentence = told.sentence
    if (
        told.asks
        or not sentence.says(
            (
                "contract | contracts | term | run for | funding lasts | agreement | agreements | grants run | "
                "services run | service runs | will run | will last | for the next | partner for | provider for | "
                "award is for | money is for | money lasts | paid for | arrangement | funding is | grant is | "
                "grants are | funded for "
                "| partnership | deal"
            ),
        )
        or sentence.says("kept for | experience | accounts")
    ):
        return
    if sentence.any("bidder") and sentence.says("held a contract | past | last"):
        return
    years = [
        replace(one, value=one.value / 12) if one.of_unit("month") else one
        for one in sentence.figures
        if (one.of_unit("year") or (one.of_unit("month") and one.value >= 12 and sentence.says("term | contract")))
        and one.kind == "number"
        and one.side in ("exactly", "most")
    ]
    if years and sentence.says(
        (
            "last | lasts | run | runs | term | length | for | year contract | year contracts | year deal | "
            "year term | "
            "in all | initial | "
            "next | over"
        ),
    ):
        yield Claim(told, "years", years[0].value, exact(years[0].value))


def days(told: Told) -> Iterator[Claim]:
    """Read dates of the timetable."""
    sentence = told.sentence
    subject = next((key for key, phrases in DATES if sentence.says(phrases)), "")
    if told.asks or not subject or told.room == "Procurement":
        return
    for at in range(len(sentence.words)):
        said = _day(sentence.words[at : at + 5])
        if said:
            yield Claim(told, subject, dates.read_day(said) or said, said)
            return


def _day(words: tuple[str, ...]) -> str:
    """Give the day with which some words begin, as people write it; empty where they begin with none."""
    day, month, year, after = (*(one for one in words if one not in ORDINALS), "", "", "", "")[:4]
    if not DAY.fullmatch(day) or month not in MONTHS or not YEAR.fullmatch(year):
        return ""
    if len(year) == 2 and after in (*CLOCK, ":"):
        return ""  # "26 February 12 noon"
    return f"{int(day)} {dates.MONTHS[dates.month_of(month) - 1]} {year if len(year) > 2 else f'20{year}'}"


ORDINALS = frozenset({"st", "nd", "rd", "th"})
DAY, YEAR = re.compile(r"[0-9]{1,2}"), re.compile(r"[0-9]{2}|[0-9]{4}")


DATES = (
    (
        "questions_close",
        (
            "day for questions | questions close | clarification questions | questions by | questions must | ask "
            "questions until | last questions"
        ),
    ),
    (
        "tenders_close",
        (
            "tenders close | bids close | closing date | must reach us | deadline | submitted by | must be in by "
            "| bids are due | returned by | bids by | closes on | closing time | arrive by | with us by | in by | "
            "reach the council by | sent by | hand in | received by | received until | accepted until | open until | "
            "received up to | in before | send it by | return it by"
        ),
    ),
    (
        "starts",
        (
            "work begins | work starts | work will begin | work will start | start date | commence | commences | "
            "delivery starts | delivery begins | go live | goes live | in place from | contracts start | contract "
            "starts | services start | service starts | contracts begin | contract begins | start on | services "
            "begin | starts on | begin on"
        ),
    ),
    ("decision", ("decision is made on | will be decided on | cabinet decides on | award decision | decided on")),
)
