"""The timetable: every date of a programme, what follows from each by law, and what cannot be kept."""

import re
from collections.abc import Iterator
from itertools import pairwise

from evaluator.law import Regime, Standstill, days_between, later_by, left_out, regime, standstill
from evaluator.publication.locations import PROGRAMME, numbered, programme
from evaluator.records.dates import month_of, spoken_date, spoken_moment
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.timetable import Milestone, Timetable

PUBLISHED: tuple[tuple[str, str, str], ...] = (  # in the order in which they must come: key, what it is, and its verb
    ("conflicts_assessed", "the conflicts assessment", "conflicts are assessed"),
    ("first_act_date", "the first act", "it begins"),
    ("requests_close", "the close of requests to participate", "requests to participate close"),
    ("invited", "the invitation to tender", "tenders are invited"),
    ("questions_close", "the last day for questions", "questions close"),
    ("tenders_close", "the closing time", "tenders close"),
    ("decision", "the decision", "it is decided"),
    ("summaries", "the sending of the letters", "the letters go out"),
    ("award_notice", "the award notice", "the award notice is published"),
    ("contract", "the contract", "the contract is signed"),
    ("starts", "the start of the service", "the service starts"),
)
SPOKEN = re.compile(
    r"(?i)\b(?:([0-3]?[0-9])(?:st|nd|rd|th)? )?(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?),? (20[0-9]{2})\b"
)
YEARS = re.compile(r"\b(20[0-9]{2})\s?[-–/]\s?((?:20)?[0-9]{2})\b")
WITH_THE_BID = re.compile(
    r"(?i)\b(?:sen[dt]s?|enclos\w+|attach\w+|suppl(?:y|ies|ied)|submit\w*|provid\w+|given|gives|shown|shows|uploaded|"
    r"with the (?:bid|tender|application)|by the closing|on the closing|before the closing)\b"
)
PROMISED = re.compile(
    r"(?i)\b(?:undertak\w+|promis\w+|commit\w*|will be|forecast|budget|plan|planned|estimate\w*|up to)\b"
)
WAS_THERE = re.compile(r"(?i)\b(?:attend\w*|turned up|came to|was at|were at|was present|took part)\b")
SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def timetable(criteria: Criteria, notice: str = "") -> Timetable:
    """Put every date of a programme in order.

    Parameters
    ----------
    notice : the day on which the notice was seen to be published, as ``YYYY-MM-DD``. Without it the standstill has no
        end; the days that follow from a planned notice are then told as planned.
    """
    confirmed = standstill(criteria.regime, notice, criteria.procurement.standstill)
    dates = dict(_said(criteria, notice))
    planned = _planned(criteria, dates)
    found = [*dates.values(), *_follow(criteria, dates, planned)]
    out = left_out(criteria.regime, planned.starts, planned.ends) if planned.starts and planned.ends else ()
    order = {key: at for at, (key, _, _) in enumerate(PUBLISHED)}
    ordered = sorted(found, key=lambda one: (one.moment, order.get(one.key, len(order)), one.key))
    return Timetable(tuple(ordered), confirmed, out, in_order(_wrong(criteria, dates, planned), criteria.regime))


def dates_can_be_kept(criteria: Criteria) -> Iterator[Finding]:
    """Find dates of a programme that no order of events can keep."""
    yield from timetable(criteria).findings


def papers_can_be_had(criteria: Criteria) -> Iterator[Finding]:
    """Find gates that ask with the bid for what is dated after its close, or for what was over before it began."""
    closes = criteria.procurement.tenders_close[:10]
    begins = criteria.procurement.invited or criteria.procurement.first_act_date
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        for sentence in SENTENCE.split(gate.predicate):
            day, words = max(_days_in(sentence), default=("", ""))
            late = closes and day > closes and WITH_THE_BID.search(sentence) and not PROMISED.search(sentence)
            missed = begins and day and day < begins and WAS_THERE.search(sentence)
            if late or missed:
                facts = {"gate": gate.id, "word": words, "closes": spoken_date(closes or begins)}
                yield finding("E-CRIT-968", place.key("predicate"), **facts)
                break


def _days_in(text: str) -> Iterator[tuple[str, str]]:
    """Give every day that a text names, with its words; of a financial year the last day.

    >>> list(_days_in("the year 2026-27, and 31 March 2027"))
    [('2027-03-31', '31 March 2027'), ('2027-03-31', '2026-27')]
    """
    for found in SPOKEN.finditer(text):
        day, month, year = int(found[1] or 28), month_of(found[2]), int(found[3])
        yield f"{year:04}-{month:02}-{day:02}", found.group()
    for found in YEARS.finditer(text):
        if (int(found[1]) + 1) % 100 == int(found[2]) % 100:
            yield f"{int(found[1]) + 1:04}-03-31", found.group()


def _said(criteria: Criteria, notice: str) -> Iterator[tuple[str, Milestone]]:
    law = regime(criteria.regime)
    act = next((one.title for one in law.first_act if one.id == criteria.procurement.first_act), "the first act")
    for key, what, _ in PUBLISHED:
        if key == "award_notice" and notice:
            yield key, Milestone(key, f"{what} as published", notice, "confirmed")
        elif moment := getattr(criteria.procurement, key):
            yield key, Milestone(key, act if key == "first_act_date" else what, moment, "said")


def _planned(criteria: Criteria, dates: dict[str, Milestone]) -> Standstill:
    notice = dates.get("award_notice")
    return standstill(criteria.regime, notice.day if notice else "", criteria.procurement.standstill)


def _follow(criteria: Criteria, dates: dict[str, Milestone], planned: Standstill) -> Iterator[Milestone]:
    """Give the days that follow by law from those that were said."""
    law = regime(criteria.regime)
    if planned.starts and planned.ends:
        length = f"{planned.days} {planned.unit} from {law.standstill.counted_from}"
        yield Milestone("standstill_from", "the standstill begins", planned.starts, "follows", length)
        yield Milestone("standstill_ends", "the last day of the standstill", planned.ends, "follows", length)
    if "contract" not in dates:
        return
    signed = dates["contract"].day
    for one in law.owes("after", criteria.procurement.estimated_value):
        if one.days and one.counted_from == "the contract":
            because = f"{one.days} days from the contract: {one.provision}"
            yield Milestone(one.id, f"last day for: {one.what}", later_by(signed, one.days), "follows", because)
    if law.retention and law.retention.counted_from == "contract":
        until = later_by(signed, years=law.retention.years)
        yield Milestone("records", "records are kept to this day", until, "follows", law.retention.provision)


def _wrong(criteria: Criteria, dates: dict[str, Milestone], planned: Standstill) -> Iterator[Finding]:
    there = [(dates[key], verb) for key, _, verb in PUBLISHED if key in dates]
    for (before, verb), (after, _) in pairwise(there):
        if _earlier(after.moment, before.moment):
            why = f"before {verb}"
            yield _impossible(after, why, spoken_moment(before.moment))
    contract = dates.get("contract")
    if contract and planned.ends and contract.day <= planned.ends:
        facts = {"day": spoken_date(contract.day), "ends": spoken_date(planned.ends)}
        yield finding("E-LAW-010", programme("procurement.contract"), **facts)
    yield from _too_short(regime(criteria.regime), dates)


def _earlier(moment: str, than: str) -> bool:
    """Whether one moment lies before another; a day without a time is earlier only where the day is."""
    return moment < than if "T" in moment and "T" in than else moment[:10] < than[:10]


def _impossible(later: Milestone, why: str, other: str) -> Finding:
    facts = {"later": later.what, "day": spoken_moment(later.moment), "why": why, "other": other}
    return finding("E-LAW-007", programme(f"procurement.{later.key}"), **facts)


def _too_short(law: Regime, dates: dict[str, Milestone]) -> Iterator[Finding]:
    """Find periods for taking part and tendering that are shorter than the law's."""
    start, requests = dates.get("first_act_date"), dates.get("requests_close")
    spans = {"participation": (start, requests), "tendering": (dates.get("invited"), dates.get("tenders_close"))}
    if requests is None:
        spans["tendering"] = (dates.get("invited") or start, dates.get("tenders_close"))
    for period in law.period:
        first, last = spans[period.id]
        if first and last and 0 <= (days := days_between(first.day, last.day)) < period.days:
            place = programme(f"procurement.{last.key}")
            facts = {"start": first.what, "end": last.what, "days": days, "least": period.days, "says": period.says}
            yield finding("E-LAW-008", place, **facts)
