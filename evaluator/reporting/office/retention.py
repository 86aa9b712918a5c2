"""What is to be destroyed when, for people and machines. It is told; nothing is ever deleted by itself."""

from collections.abc import Sequence

from evaluator.law.regimes import regime
from evaluator.records.dates import spoken_date
from evaluator.records.documents import Json
from evaluator.records.english import short_listing
from evaluator.records.office.retention import Due
from evaluator.records.texts import visible

FEW = 5  # places that are named
NOTHING = "The settings say nothing of what is kept until when. Fill in the sheet Retention of settings.xlsx."
NO_PERIODS = (
    "There are no periods by default: how long what is personal may be kept is for the council to decide, and the "
    "sheet Retention of settings.xlsx to say, with what it rests on."
)
STATES = {
    "due": "to be destroyed: it was kept until {until}",
    "kept": "kept until {until}",
    "undecided": "nobody has said until when",
}


def retention_text(rows: Sequence[Due], day: str, law: str) -> str:
    """Say for each entry whether it is due on a day, and where its files lie."""
    lines = [f"On {spoken_date(day)}:"]
    for one in sorted(rows, key=lambda row: (row.entry.until or "9999", row.entry.what)):
        state = STATES[one.state].format(until=spoken_date(one.entry.until))
        why = f" Because: {visible(one.entry.why)}." if one.entry.why else ""
        where = f" It lies in {short_listing(one.places, FEW)}." if one.places else ""
        lines.append(f"- {visible(one.entry.what)}: {state}.{why}{where}")
    said = [law] if law else []
    return "\n".join([*(lines if rows else [NOTHING]), "", *said, NO_PERIODS, "Nothing was deleted."])


def retention_json(rows: Sequence[Due], day: str, law: str) -> Json:
    """Give the same for machines."""
    entries = [
        {"what": one.entry.what, "until": one.entry.until, "why": one.entry.why, "state": one.state,
         "places": list(one.places)}
        for one in rows
    ]  # fmt: skip
    return {"schema": "retention/1", "date": day, "entries": entries, "law": law}


def law_says(name: str) -> str:
    """Say how long the law of a regime wants records kept; empty where it does not say.

    >>> law_says("pcr2015").partition(":")[2]
    ' at least three years from the award of the contract.'
    """
    kept = regime(name).retention
    return f"Records of the procurement ({kept.provision}): {kept.says}." if kept else ""
