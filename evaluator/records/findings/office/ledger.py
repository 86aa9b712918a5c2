"""Findings about the ledger, in words."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

KEEP = "Keep the file as it is. Restore the ledger from the last backup that verifies, and find out what happened."
ENTRIES = (
    Entry("E-LEDGER-001", BLOCKS, "This entry is not what was written: it was edited or damaged.", KEEP),
    Entry(
        "E-LEDGER-002",
        BLOCKS,
        "This entry, numbered {number}, does not follow the one before it; number {wanted} belongs here. Entries were "
        "inserted, taken out or put in another order.",
        KEEP,
        example={"number": 8, "wanted": 7},
    ),
    Entry(
        "E-LEDGER-003",
        BLOCKS,
        "The ledger has {count:,} entries where its head says {wanted:,}: its end was cut off.",
        KEEP,
        example={"count": 5, "wanted": 7},
    ),
    Entry(
        "E-LEDGER-004",
        BLOCKS,
        "There is no readable head beside the ledger, so nobody can tell whether its end was cut off.",
        "Restore the file LEDGER.head from the backup, or verify with the head that was noted elsewhere (--head).",
    ),
    Entry(
        "E-LEDGER-005",
        BLOCKS,
        "Entry {count} does not have the sum {hash} that the head names: the entries were written anew.",
        KEEP,
        example={"count": 7, "hash": "9f86d081884c"},
    ),
    Entry(
        "E-LEDGER-006",
        BLOCKS,
        "From here on the ledger goes {more:,} further than its head: writing was interrupted, or entries were added.",
        "Take these lines out if nobody can vouch for them, keep them elsewhere, and record the events again.",
        example={"more": 1},
    ),
    Entry(
        "E-LEDGER-010",
        BLOCKS,
        "The seal beside the criteria is not the file that was recorded here on {when}, with the SHA-256 {recorded}…; "
        "this has {found}…: its date, its acceptances or its versions were changed.",
        "Put back the seal.json that was published, and find out who changed it.",
        example={"when": "2026-09-01", "recorded": "0123456789ab", "found": "ba9876543210"},
    ),
    Entry(
        "E-LEDGER-011",
        BLOCKS,
        "{version} is sealed a second time here, with other criteria than in entry {first} of {when}.",
        "Evaluate by what was published first; a change needs a version of its own.",
        example={"version": "THCC-2027 version 1.0", "first": 1, "when": "2026-09-01"},
    ),
    Entry(
        "E-LEDGER-012",
        NOTE,
        "This entry is dated {when}, before entry {before} of {last}: it was dated back, or entries change places.",
        "Hold the ledger to a head that was noted outside; note on file why an entry has an earlier day.",
        example={"when": "2026-11-02", "before": 7, "last": "2026-11-05"},
    ),
    Entry(
        "E-LEDGER-013",
        NOTE,
        "This entry is dated {when}, after the run of {run} that rests on it: the run is dated back.",
        "Date the run on the day on which it is made; hold the ledger to a head that was noted outside by then.",
        example={"when": "2026-12-09", "run": "2026-12-01"},
    ),
    Entry(
        "E-LEDGER-014",
        NOTE,
        "{version} is sealed here on {when}, when marks were recorded already (entry {marked}): nobody can have marked "
        "by these criteria.",
        "Evaluate by what was sealed when marking began; put on file why other criteria were sealed afterwards.",
        example={"version": "THCC-2027 version 1.1", "when": "2026-11-25", "marked": 7},
    ),
    Entry(
        "E-LEDGER-015",
        NOTE,
        "The entry on {subject} stands after that on {other} (entry {before}), with which it was recorded at once: "
        "such entries stand in the order of their subjects, so these changed places.",
        KEEP,
        example={"subject": "B012 low_price", "other": "B028 failed_gate gate", "before": 261},
    ),
    Entry(
        "E-LEDGER-016",
        NOTE,
        "This entry of {when} records a decision on {subject} that is dated {date}: recorded before it was made.",
        "Correct the date of the decision if it is a slip; else note on file what was decided on which day.",
        example={"when": "2026-11-24", "subject": "B028 failed_gate gate", "date": "2026-11-30"},
    ),
)
