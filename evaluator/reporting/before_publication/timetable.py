"""The timetable for machines and for the screen: every date in order, the standstill, and what cannot be kept."""

from collections.abc import Iterator

from evaluator.law import regime
from evaluator.records.dates import spoken_date, spoken_moment
from evaluator.records.documents import Json
from evaluator.records.english import listing
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.timetable import Milestone, Timetable
from evaluator.reporting.shared.findings_json import findings_document

SCHEMA = "timetable/1"
STAGES = (("before", "Owed before the bids"), ("decision", "Owed before the decision"), ("after", "Owed after it"))


def timetable_document(criteria: Criteria, made: Timetable) -> Json:
    """Give the timetable as one JSON document; ``standstill`` has no days where no notice is confirmed."""
    law = regime(criteria.regime)
    value = criteria.procurement.estimated_value
    return {
        "schema": SCHEMA,
        "reference": criteria.reference,
        "version": criteria.version,
        "regime": criteria.regime,
        "standstill": made.standstill.document(),
        "dates": [_milestone(one) for one in made.milestones],
        "left_out": [{"date": day, "title": title} for day, title in made.left_out],
        "owed": [
            {"id": one.id, "stage": stage, "what": one.what, "authority": one.provision}
            for stage, _ in STAGES
            for one in law.owes(stage, value)
        ],
        "findings": findings_document(made.findings),
    }


def _milestone(one: Milestone) -> Json:
    day, _, time = one.moment.partition("T")
    return {"date": day, "time": time, "key": one.key, "what": one.what, "basis": one.basis, "because": one.because}


def timetable_text(criteria: Criteria, made: Timetable) -> str:
    """Write the timetable for the screen."""
    law = regime(criteria.regime)
    value = criteria.procurement.estimated_value
    parts = [
        [f"{criteria.title}, {criteria.reference} version {criteria.version}: {law.short}"],
        [_line(one) for one in made.milestones] or ["The criteria say no date of the procurement yet."],
        list(standstill_lines(made)),
        *([f"{title}:", *(f"  {one.what} ({one.provision})" for one in law.owes(of, value))] for of, title in STAGES),
        [str(one) for one in made.findings],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if len(lines) > 1 or (lines and lines[0][-1] != ":"))


def _line(one: Milestone) -> str:
    said = {"said": "", "confirmed": " (confirmed)", "follows": f" ({one.because})"}[one.basis]
    return f"  {spoken_moment(one.moment)}: {one.what}{said}"


def standstill_lines(made: Timetable) -> Iterator[str]:
    """Say when the standstill begins and ends, and which days are not counted."""
    period = made.standstill
    if not period.kept:
        yield "There is no standstill, and none is promised."
    elif period.starts and period.ends:
        first, last = spoken_date(period.starts), spoken_date(period.ends)
        yield f"The standstill of {period.days} {period.unit} begins on {first} and ends at the end of {last}."
    else:
        yield f"The standstill has {period.days} {period.unit}; its end is known once the notice is seen published."
        yield "Give that day with --notice YYYY-MM-DD."
    if made.left_out:
        yield f"Not counted: {listing(f'{spoken_date(day)} ({title})' for day, title in made.left_out)}."
