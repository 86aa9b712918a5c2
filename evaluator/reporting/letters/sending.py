"""What only those who send letters know: who decided, when the letters go out, and what the standstill counts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluator.law import Standstill, later_by, left_out
from evaluator.records.dates import spoken_date
from evaluator.records.findings.finding import Finding
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.pages import HeadedPage

NO_DECISION = "No decision is recorded yet"
OPEN: Mapping[str, str] = {
    "pa2023": "It counts from the contract award notice, which is not known yet, so no last day can be given.",
    "pcr2015": "It counts from the day after the last of these letters is sent by e-mail, which is not known yet, so "
    "no last day can be given.",
    "psr2023": "It begins on the day after the notice of intention is published, which is not known yet, so no last "
    "day can be given.",
}
COUNTED: Mapping[str, str] = {
    "pa2023": "The contract award notice is published on {notice}",
    "pcr2015": "These letters are sent by e-mail on {notice}",
    "psr2023": "The notice of intention is published on {notice}",
}
DAYS_FOR_REASONS = 15
BY_NOTICE = ("pa2023", "psr2023")  # the first words of the regimes that count from a notice


@dataclass(frozen=True)
class Decided:
    """Who decided on the awards, in what role, and on what day (``YYYY-MM-DD``)."""

    person: str
    role: str
    date: str

    @property
    def spoken(self) -> str:
        """Its day in words."""
        return spoken_date(self.date)

    @property
    def words(self) -> str:
        """The decision in words."""
        return f"{self.person}, {self.role}, on {self.spoken}"


@dataclass(frozen=True)
class Sending:
    """What the council knows only when it sends the letters; what it left open is empty. Dates are ``YYYY-MM-DD``.

    ``held`` says in words what keeps letters drafts beside a decision that is missing. ``asked`` are bidders' requests
    for written reasons: the day by the bid's id.
    """

    sent: str = ""
    notice: str = ""  # the day on which the notice was seen published
    standstill: Standstill | None = None  # None: the regime knows none
    methodology: str = ""  # where the whole of the published methodology can be read
    contact: str = ""  # whom to write to
    decided: Decided | None = None
    held: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def drafts_because(self) -> tuple[str, ...]:
        """What keeps the letters drafts, in words; empty where they can go out."""
        return (*(() if self.decided else (NO_DECISION,)), *self.held)


NOT_SAID = Sending()


@dataclass(frozen=True, kw_only=True)
class LettersIndex(HeadedPage):
    """What the council looks at before letters go out; ``names`` gives the file of each by its bid's id."""

    names: Mapping[str, str]
    findings: Sequence[Finding]
    lacks: Sequence[str]
    sending: Sending


def family(regime: str) -> str:
    """Give the law that a regime belongs to: light touch and below threshold are parts of the Act.

    >>> family("pa2023_light_touch"), family("pcr2015"), family("below_threshold")
    ('pa2023', 'pcr2015', 'below_threshold')
    """
    return "pa2023" if regime == "pa2023_light_touch" else regime


def standstill_words(sending: Sending) -> str:
    """Say when the standstill ends, or how it counts and what is missing; empty where none has to be or is kept."""
    found = sending.standstill
    if found is None or not found.kept:
        return ""
    owed = "A standstill" if found.mandatory else "A voluntary standstill"
    length = f"{owed} of {found.days} {found.unit} is kept before any contract is made."
    law = family(found.regime)
    if not found.starts or not found.ends:
        return f"{length} {OPEN.get(law, '')}".rstrip()
    counted = COUNTED[law].format(notice=spoken_date(sending.notice or sending.sent))
    first, last = spoken_date(found.starts), spoken_date(found.ends)
    return f"{length} {counted}, so it begins on {first} and ends at the end of {last}."


def days_left_out(sending: Sending) -> Sequence[str]:
    """Name the bank holidays that the standstill does not count, each with its day."""
    found = sending.standstill
    if found is None or not found.starts or not found.ends:
        return ()
    return [f"{spoken_date(day)} ({title})" for day, title in left_out(found.regime, found.starts, found.ends)]


def asked_words(asked: str) -> str:
    """Say when written reasons were asked for, and by when they are due.

    Source: Local Government Act 1988 section 20: reasons are given in writing within 15 days of the request.

    >>> asked_words("2026-12-14")
    'You asked for written reasons on 14 December 2026. They are due by 29 December 2026, and these are they.'
    """
    due = later_by(asked, DAYS_FOR_REASONS + 1)  # the day of the request itself is none of them
    when = f"You asked for written reasons on {spoken_date(asked)}."
    return f"{when} They are due by {spoken_date(due)}, and these are they."


def lacking(outcome: Outcome, sending: Sending) -> Sequence[str]:
    """Say what was not given of what the letters say of their sending."""
    found = [] if sending.decided else [f"{NO_DECISION}: give --decided-by, --role and --decided."]
    found += [f"{words}." for words in sending.held]
    if not sending.methodology:
        found.append("Where the full methodology can be read: give --methodology.")
    if not sending.contact:
        found.append("Whom to write to: give --contact.")
    if sending.standstill and sending.standstill.kept and not sending.standstill.ends:
        by_notice = family(outcome.criteria.regime).startswith(BY_NOTICE)
        given = (
            "--notice, the day on which the platform confirmed that the notice is published" if by_notice else "--sent"
        )
        found.append(f"The last day of the standstill: give {given}.")
    return found
