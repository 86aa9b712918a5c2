"""Findings about publishing: what people accepted, and new versions of what was published before; in words."""

from evaluator.records.findings.authorities import ASSESSED, CHANGES, LATER_CRITERIA
from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-PUBLISH-001",
        BLOCKS,
        "The file {file} is not understood: {problem}.",
        "Write it as docs/criteria.md describes, every text in quotes.",
        example={"file": "accepted.toml", "problem": "accepted[1].person is missing"},
        workbook="Fill in the row on that sheet, or clear it.",
    ),
    Entry(
        "E-PUBLISH-002",
        BLOCKS,
        "The acceptance of {found} at {accepted} has no {key}.",
        "Write who accepts it, why, and on which day (YYYY-MM-DD): a named person accepts, with a reason.",
        example={"found": "E-CRIT-705", "accepted": "template.toml question[2].text", "key": "reason"},
    ),
    Entry(
        "E-PUBLISH-003",
        BLOCKS,
        "{found} at {accepted} is accepted, and nobody can accept it: without it nothing can be worked out.",
        "Mend it, and take it out of accepted.toml.",
        ASSESSED,
        example={"found": "E-CRIT-101", "accepted": "themes/advice.toml weights"},
    ),
    Entry(
        "E-PUBLISH-004",
        NOTE,
        "{found} at {accepted} is accepted, and is not found there.",
        "Take it out of accepted.toml, or correct the place: it is written as the finding writes it.",
        example={"found": "E-CRIT-705", "accepted": "template.toml question[2].text"},
    ),
    Entry(
        "E-PUBLISH-005",
        BLOCKS,
        "Version {sealed} was sealed on {date}, and nothing says what changed with version {version}.",
        "Add a [[version]] to versions.toml: version, date, replaces, what, why, legal_footing and told.",
        CHANGES,
        example={"sealed": "1.0", "date": "2026-09-01", "version": "1.1"},
        workbook="Fill in a row of the sheet Versions: what changed, why, by what right, and how bidders were told.",
    ),
    Entry(
        "E-PUBLISH-006",
        BLOCKS,
        "What versions.toml says of version {version} is not complete: {problem}.",
        "Say what changed, why, on what legal footing, and how bidders were told.",
        CHANGES,
        example={"version": "1.1", "problem": "why is empty"},
    ),
    Entry(
        "E-PUBLISH-007",
        BLOCKS,
        "The new seal would be dated {date}, before version {sealed}, which was sealed on {earlier}.",
        "Give the day on which the new version is published.",
        ASSESSED,
        example={"date": "2026-08-01", "sealed": "1.0", "earlier": "2026-09-01"},
    ),
    Entry(
        "E-PUBLISH-008",
        BLOCKS,
        "Bids closed at {closed}, and this would be sealed on {date}: nothing may be published or changed by then.",
        "Put back what was published and decide by that; if that cannot be, take advice on ending the procurement.",
        LATER_CRITERIA,
        example={"closed": "12:00 on 26 February 2027", "date": "1 March 2027"},
    ),
    Entry(
        "E-PUBLISH-009",
        NOTE,
        "Version {version} rests on section {section}{until}: {says}.",
        "Keep on file what was considered, who was told and when.",
        CHANGES,
        example={
            "version": "1.1",
            "section": "31",
            "until": ", until the deadline for tenders",
            "says": "new time limits are considered, and every participating supplier is told",
        },
    ),
)
