"""How the procurement runs, in words: its facts and dates, late bids, changes and the standstill."""

from collections.abc import Iterator

from evaluator.law import regime as law_of
from evaluator.law import standstill as standstill_of
from evaluator.records.dates import spoken_moment
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.written.words import words_of

NAMES = ("procedure", "category", "first_act")  # keys whose values are names of one word for the computer


def procurement_facts(criteria: Criteria) -> tuple[tuple[str, str], ...]:
    """Give what is published of the procurement, each key by its label, with days and money as people say them."""
    said = criteria.procurement.model_dump(exclude_none=True, exclude={"facts"})
    return tuple((words_of("Procurement", key)[0], _fact(key, value)) for key, value in said.items())


def _fact(key: str, value: object) -> str:
    match key:
        case "estimated_value":
            return f"£{value:,} with VAT"
        case "standstill":
            return f"{value} working days"
        case _ if key in NAMES:
            return str(value).replace("_", " ")
        case _:
            return spoken_moment(str(value))


def course_statements(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Say what becomes of late bids, until when what is published can change, and when no contract is made."""
    closes = spoken_moment(criteria.procurement.tenders_close)
    if closes:
        yield from _closing(closes, is_the_act=law_of(criteria.regime).is_the_act)
    yield from _standstill(criteria)


def _closing(closes: str, *, is_the_act: bool) -> Iterator[tuple[str, str]]:
    breach, change = (
        (" (Procurement Act 2023, section 19(3)(d))", " (Procurement Act 2023, section 31)") if is_the_act else ("", "")
    )
    yield (
        "late",
        f"A bid received after {closes} is late: it breaches a procedural requirement and may be disregarded{breach}. "
        "A person decides, with reasons.",
    )
    yield (
        "changes",
        f"Until {closes} what is published here may change by a new version alone, of which every bidder is told, and "
        f"with time to take account of it{change}. After that nothing in it changes.",
    )


def _standstill(criteria: Criteria) -> Iterator[tuple[str, str]]:
    published = criteria.procurement
    held = standstill_of(criteria.regime, published.award_notice, published.standstill)
    if not held.kept:
        return
    period = law_of(criteria.regime).standstill
    begins = f"{period.counted_from}{', that day included' if period.first_day_counts else ''}"
    ends = f" By the planned dates its last day is {spoken_moment(held.ends)}." if held.ends else ""
    yield (
        "standstill",
        f"No contract is made before the end of a standstill of {held.days} {held.unit} from {begins}.{ends}",
    )
