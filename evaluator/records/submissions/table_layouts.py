"""The columns of tables that people fill in, declared once for those who write blank ones and those who read them.

A workbook's heading row shows ``heading``; a CSV file's header row shows ``key``. Either is understood in both.
A table may stand in a workbook's sheet or in a CSV file of its own with the same columns.
"""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "id", "text", "long_text", "mark", "money", "whole", "decimal", "pass_fail", "yes_no", "list", "date", "moment"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, the heading that people see, what its cells hold, and whether the column must be there."""

    key: str
    heading: str
    kind: Kind = "text"
    required: bool = True
    width: int = 16


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: what it is called in messages, its sheet in a workbook, its CSV file, and its columns.

    Parameters
    ----------
    harmless : headings of columns that may stand beside these and are of no account, in small letters; one that begins
        with ``*`` stands for all that end so.
    beside : the other sheets of its workbook that have a meaning; None where another table's reader tells of strange
        ones.
    private : whether no finding may repeat what stands in it.
    """

    title: str
    sheet: str
    csv: str
    columns: tuple[Column, ...]
    harmless: tuple[str, ...] = ()
    beside: tuple[str, ...] | None = ()
    private: bool = False


WHAT_GOES_WHERE = "What goes where"  # a sheet of blank papers that says what to do; nobody reads it as a table

BID = Column("bid", "Bid", "id", width=10)
BID_OR_ORGANISATION = Column("bid", "Bid or organisation", "id", width=20)
QUESTION = Column("question", "Question", "id", width=10)
EVALUATOR = Column("evaluator", "Evaluator", "id", width=10)
MARK = Column("mark", "Mark", "mark", width=8)
REASON = Column("reason", "Reason", "long_text", width=70)
# What the bidder is told; where a table has this column, the reason beside it is for the file and goes to nobody.
FOR_BIDDER = Column("for_bidder", "Reason for the bidder", "long_text", required=False, width=60)
# Of a moderation workbook that was made again: "yes" where the panel looked at an answer whose marks had changed.
AGAIN = Column("again", "Looked at again", "yes_no", required=False, width=12)
SINCE = Column("since", "Since then", "long_text", required=False, width=36)
# Of agreed marks that were entered one at a time: the SHA-256 of everyone's mark and reason that the panel saw.
SEEN = Column("seen", "Marks seen", "id", required=False, width=20)
CHANGED_SINCE = "Changed since"  # the sheet that lists what changed

# What bidders wrote, shown beside what is marked: as many of these columns as the longest answer needs.
ANSWERS = (
    Column("answer", "Answer", "long_text", required=False, width=100),
    *(Column(f"answer_{part}", f"Answer, part {part}", "long_text", required=False, width=100) for part in range(2, 7)),
)

ORIGIN = "origin"  # the column in which an import says where a row stood in the file as received
MARKS = Layout(
    "the evaluators' marks",
    "Marks",
    "marks.csv",
    (BID_OR_ORGANISATION, QUESTION, EVALUATOR, MARK, REASON),
    harmless=(ORIGIN,),
)
ISSUED_BESIDE = (
    *("organisation's name", "bidder", "question's title", "what was asked", "asked", "the mark in words", "state"),
    *(column.heading for column in ANSWERS),
)
RETURN = Layout(
    "an evaluator's return",
    "Marks",
    "",
    (BID_OR_ORGANISATION, QUESTION, MARK, REASON),
    harmless=ISSUED_BESIDE,
    beside=("Evaluator", "Scale", "Scale *", "Questions", "_meta"),
)
CONSENSUS = Layout(
    "the agreed marks",
    "Consensus",
    "consensus.csv",
    (BID_OR_ORGANISATION, QUESTION, MARK, REASON, FOR_BIDDER, AGAIN, SEEN),
    harmless=(
        *(*ISSUED_BESIDE, "* gave", "* says", "lowest", "highest", "spread", "trigger", "letter"),
        *("notes for the moderator", "since then", "mark that counts", "how it is made"),
    ),
    beside=("Consensus *", "Agreement", "Evaluators", "Scale", "Scale *", CHANGED_SINCE, "_meta"),
)
PANEL = Layout(
    "the panel",
    "Panel",
    "panel.csv",
    (
        EVALUATOR,
        Column("name", "Name", width=28),
        Column("theme", "Theme", "id", width=20),
        Column("questions", "Only questions", "list", required=False, width=24),
        Column("bids", "Only bids", "list", required=False, width=24),
    ),
    beside=None,
)
INTERESTS = Layout(
    "the declarations of interest",
    "Interests",
    "declarations.csv",
    (
        EVALUATOR,
        Column("organisation", "Organisation", "id"),  # "*" declares for all organisations not named
        Column("interest", "Interest declared", "long_text", width=60),
        Column("action", "Action", "id"),  # none | recused
        Column("date", "Date", "date", width=12),
    ),
    harmless=("organisation's name", "its bids"),
    beside=("Panel", WHAT_GOES_WHERE),
)
# What a decision on a gate with a published kind may need beside the rest.
ON_GATES_WITH_KINDS = (
    Column("evidence", "Evidence", "long_text", required=False, width=30),
    Column("associate", "Associated person or sub-contractor", required=False, width=30),
    Column("recurs", "Continuing or likely to recur", "yes_no", required=False, width=14),
    Column("notified", "Authority notified on", "date", required=False, width=14),
)
# What a decision on the sum of an award needs, where the criteria let a panel set one.
ON_SUMS = (Column("sum", "Sum set (£)", "money", required=False, width=14),)
DECISIONS = Layout(
    "people's decisions",
    "Decisions",
    "decisions.csv",
    (
        BID,
        Column("matter", "Matter", "id"),  # failed_gate | low_price | late | late_recusal | breach | other
        Column("subject", "Subject", "id", required=False),  # the gate, for a failed gate
        Column(
            "decision", "Decision", "id", width=12
        ),  # admit | disregard; of gates with a kind: met | not_met | register_wrong | excluded | not_excluded
        Column("reason", "Reason", "long_text", width=70),
        Column("ground", "Ground", width=40),
        Column("person", "Decided by", width=28),
        Column("date", "Date", "date", width=12),
        Column("heard", "Bidder heard", "long_text", required=False, width=30),
        *ON_GATES_WITH_KINDS,
        *ON_SUMS,
    ),
)

# The workbook that is made to decide in says beside each matter what it is about; a table of decisions need not.
ABOUT = Column("about", "What it is about", "long_text", required=False, width=50)
TO_DECIDE = Layout(
    DECISIONS.title, DECISIONS.sheet, DECISIONS.csv, (*DECISIONS.columns[:3], ABOUT, *DECISIONS.columns[3:])
)
# What happened after bids came in; each kind of event has a sheet of one workbook, or a CSV file, of its own.
EVENT = Column("event", "Event", "id", required=False, width=9)  # W1, C2 …: by it an event can be undone
HAPPENED = (Column("person", "Recorded by", width=26), Column("date", "Date", "date", width=12))
CORRECTIONS = Layout(
    "the corrections to bids",
    "Corrections",
    "corrections.csv",
    (
        EVENT,
        BID,
        Column("column", "What is corrected", width=22),  # a column of the register, or a question
        Column("old", "As it was", width=22),
        Column("new", "As it is right", width=22),
        Column("origin", "Where the right value comes from", "long_text", width=40),
        *HAPPENED,
        REASON,
    ),
    beside=None,
)
WITHDRAWALS = Layout(
    "the bids withdrawn",
    "Withdrawals",
    "withdrawals.csv",
    (EVENT, BID, Column("told_by", "Who withdrew it", width=30), *HAPPENED, REASON),
    beside=None,
)
ABANDONED = Layout(
    "the lots abandoned",
    "Lots abandoned",
    "abandoned.csv",
    (EVENT, Column("theme", "Theme", "id", width=20), *HAPPENED, REASON),
    beside=None,
)
DEPARTURES = Layout(
    "the evaluators who left",
    "Evaluators who left",
    "departures.csv",
    (
        EVENT,
        EVALUATOR,
        Column("successor", "Who takes over", "id", required=False),  # an evaluator's id, or nobody
        Column("successor_name", "Name of who takes over", required=False, width=28),
        Column("conflict", "Because of a conflict", "yes_no", required=False, width=12),
        *HAPPENED,
        REASON,
    ),
    beside=None,
)
CLARIFICATIONS = Layout(
    "the clarifications",
    "Clarifications",
    "clarifications.csv",
    (
        EVENT,
        Column("about", "About (bid, organisation or all)", "id", width=20),
        Column("question", "Question", "long_text", width=50),
        Column("asked", "Asked on", "date", width=12),
        Column("answer", "Answer", "long_text", width=50),
        Column("answered", "Answered on", "date", width=12),
        Column("sent_to", "Sent to (bids, organisations or all)", "list", width=26),
        Column("concerns_all", "Bears on all bidders", "yes_no", width=12),
        Column("resolution", "What was done about it", "long_text", required=False, width=40),
        replace(HAPPENED[0], required=False),
    ),
    beside=None,
)
UNDONE = Layout(
    "the events undone",
    "Undone",
    "undone.csv",
    (replace(EVENT, required=True), *HAPPENED, REASON),
    beside=None,
)
EVENTS = {
    "corrections": CORRECTIONS,
    "withdrawals": WITHDRAWALS,
    "abandoned": ABANDONED,
    "departures": DEPARTURES,
    "clarifications": CLARIFICATIONS,
    "undone": UNDONE,
}
EVENTS_WORKBOOK = "events.xlsx"
GRANTS = Layout(
    "the other programme's awards",
    "Grants",
    "grants.csv",
    (
        Column("programme", "Programme", width=30),
        Column("organisation", "Organisation", "id"),
        Column("amount", "Amount (£)", "money", width=14),
        Column("title", "Project", required=False, width=40),
        Column("wards", "Wards", "list", required=False, width=30),
        Column("groups", "Groups served", "list", required=False, width=30),
    ),
)
DELETIONS = Layout(
    "the record of deletions",
    "Deletions",
    "deletions.csv",
    (
        Column("organisation", "Organisation", "id"),
        Column("what", "What was deleted", width=30),  # a characteristic's id, or all
        Column("by", "By", width=28),
        Column("date", "Date", "date", width=12),
    ),
    private=True,
)

RECEIPTS = Layout(
    "the table of receipts",
    "Receipts",
    "receipts.csv",
    (
        Column("file", "File", width=30),
        Column("received", "Date received", "moment", width=20),
        Column("sha256", "SHA-256", width=66),
    ),
)

EVALUATOR_CELL = "B3"  # of the sheet "Evaluator" of a return: who it is from
EVALUATOR_SHEET = "Evaluator"

# A workbook that was issued shows more beside each answer. These columns are locked; a return need not have them.
NAME = Column("name", "Organisation's name", required=False, width=26)
TITLE = Column("title", "Question's title", required=False, width=22)
ASKED = Column("asked", "What was asked", required=False, width=44)
ISSUED = replace(RETURN, columns=(BID_OR_ORGANISATION, NAME, QUESTION, TITLE, ASKED, MARK, REASON))
LOCKED = ("bid", "name", "question", "title", "asked")
ATTENDEES, MET_ON = "Attendees", "Date"  # in column A of a sheet of moderation, above its table
META_SHEET = "_meta"  # very hidden: what the workbook is, whose, and the fingerprints of its locked texts
TEMPLATE, MODERATION = "evaluator-return/1", "moderation/1"
ROW = "row "  # in the hidden sheet: before the name of a locked row, beside its fingerprint
SHOWN_AGAIN = "again "  # likewise, beside the fingerprint of the marks that a panel is shown anew
CARRIED = "carried "  # likewise, beside that of the agreed mark and reasons that were carried over
LEAST_REASON, MOST_REASON = 40, 2_000  # characters that the cells for reasons take
SCALE = Layout(
    "the scale",
    "Scale",
    "",
    (MARK, Column("label", "In a word", width=22), Column("descriptor", "When it is given", "long_text", width=90)),
)

# What stands in every register beside the prices and the gates, in the order of its columns.
OF_THE_BIDDER = (
    Column("theme", "Theme", "id"),
    Column("organisation", "Organisation", "id"),
    Column("name", "Organisation's name", required=False, width=36),
    Column("title", "Project", required=False, width=40),
    Column("members", "Consortium members", "list", required=False, width=20),
)
PRICE_IN_ALL = Column("price", "Price (£)", "money", required=False, width=14)
OF_THE_SERVICE = (
    Column("people", "People served", "whole", required=False),
    Column("hours", "Contract management hours", "decimal", required=False),
    Column("wards", "Wards", "list", required=False, width=30),
    Column("groups", "Groups served", "list", required=False, width=30),
    Column("small", "Small organisation", "yes_no", required=False),
    Column("income", "Yearly income (£)", "money", required=False),
)
FOR_RULES = {
    "outcomes": Column("outcomes", "Outcomes worked towards", "list", required=False, width=30),
    "variant": Column("variant", "Variant of", required=False, width=20),
    "verified": Column("verified", "Verified", "list", required=False, width=20),
    "least_level": Column("least_level", "Least share of use (%)", required=False),
}
OF_THE_ADDRESS = (
    Column("received", "Date received", "moment", required=False, width=20),
    Column("address", "Postal address", required=False, width=40),
    Column("email", "E-mail", required=False, width=30),
    Column("identifier", "Unique identifier", required=False, width=24),
)
OF_A_NOTICE = (  # what the notices of the Procurement Act tell of a bidder, and no score rests on
    Column("sme", "Small or medium-sized enterprise", "yes_no", required=False),
    Column("ngo", "Non-governmental organisation", "yes_no", required=False),
)
# A gate stands in the register under its title, which no other of its columns may have as key or heading.
OF_THE_REGISTER = (
    BID,
    *OF_THE_BIDDER,
    PRICE_IN_ALL,
    *OF_THE_SERVICE,
    *FOR_RULES.values(),
    *OF_THE_ADDRESS,
    *OF_A_NOTICE,
)
