"""What a letter is called under each regime, and how much of the winners it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Form:
    """A kind of letter: its title, the law or terms that it is written for, and what it shows of winners."""

    title: str
    under: str
    winners_in_full: bool  # the winners' scores and reasons by question, in an annex
    winners_scores: bool  # the winners' totals
    to_write: str = ""  # what the law asks for beside the scores, which only people can write


FORMS: Mapping[str, Form] = {
    "pa2023": Form(
        "Assessment summary",
        "Procurement Act 2023 section 50, Procurement Regulations 2024 regulation 31",
        winners_in_full=True,
        winners_scores=True,
    ),
    "pcr2015": Form(
        "Outcome of your bid",
        "Public Contracts Regulations 2015",
        winners_in_full=False,
        winners_scores=True,
        to_write="the characteristics and relative advantages of each winning bid (regulations 55 and 86; from memory)",
    ),
    "grant": Form(
        "Outcome of your application", "the terms of this grant programme", winners_in_full=False, winners_scores=False
    ),
    "below_threshold": Form(
        "Outcome of your bid", "the published terms of this procurement", winners_in_full=False, winners_scores=False
    ),
}
FORMS = {
    **FORMS,
    "pa2023_light_touch": FORMS["pa2023"],
    "pa2023_below_threshold": FORMS["below_threshold"],
    "psr2023": replace(
        FORMS["below_threshold"], under="the Provider Selection Regime 2023, regulation 11 and Schedule 9"
    ),
}


@dataclass(frozen=True)
class Sending:
    """What the council knows only when it sends the letters, all of it in words; what it left open is empty.

    ``ends`` is the last day of a standstill period, worked out from ``starts`` by the law of the regime.
    """

    sent: str = ""
    starts: str = ""
    ends: str = ""
    methodology: str = ""  # where the whole of the published methodology can be read
    contact: str = ""  # whom to write to


NOT_SAID = Sending()
STANDSTILL: Mapping[str, str] = {
    "pa2023": "The contract award notice is published on {starts}. The standstill period is 8 working days, beginning "
    "with that day; it ends at the end of {ends}.",
    "pcr2015": "This letter is sent by e-mail on {starts}. The standstill period ends at midnight at the end of "
    "{ends}.",
}
STANDSTILL_OPEN: Mapping[str, str] = {
    "pa2023": "The contract award notice is published after this summary. The standstill period is 8 working days, "
    "beginning with the day of that notice, where one has to be or is kept.",
    "pcr2015": "The standstill period, where one has to be kept, is at least 10 days from the day after this letter is "
    "sent by e-mail.",
}


def standstill(regime: str, sending: Sending) -> str:
    """Say when the standstill period ends, or how it is counted where no date was given; empty without one."""
    if sending.ends:
        return STANDSTILL[regime].format(starts=sending.starts, ends=sending.ends)
    return STANDSTILL_OPEN.get(regime, "")
