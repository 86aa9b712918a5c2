"""The officer's way through a programme, step by step: the same words on the first page, in help and in the guide."""

from dataclasses import dataclass

from evaluator.records.office.folder import BIDS, CRITERIA, CRITERIA_WORKBOOK, PAPERS, REPORTS, SETTINGS


@dataclass(frozen=True)
class Step:
    """A step: what is done, the command for it (``PROGRAMME`` stands for the folder), and what a person does then."""

    name: str
    what: str
    commands: tuple[str, ...] = ()


STEPS = (
    Step(
        "Write the criteria",
        f"Fill in {CRITERIA}/{CRITERIA_WORKBOOK}; its first sheet explains how. Put who works here into {SETTINGS}. "
        "“check” tells what is still missing, with the sheet and the cell.",
        ("check PROGRAMME",),
    ),
    Step(
        "Publish",
        f"This fixes what is published. {PAPERS}/ then holds the evaluation appendix, a bid form for each theme, a "
        "blank register, and a workbook for panel and declarations. Bidders who answer on the forms need no register.",
        ("publish PROGRAMME",),
    ),
    Step(
        "Make the papers to fill in",
        f"Once bids and panel are in, {PAPERS}/ has a row for each evaluator and organisation to declare about; once "
        "those are in too, a reading pack for each evaluator.",
        ("papers PROGRAMME",),
    ),
    Step(
        "Take in what comes",
        f"Whatever comes back is filed in {BIDS}/ by what it is, whatever it is called, and every file is kept as it "
        "came.",
        ("receive PROGRAMME FILES…",),
    ),
    Step(
        "Let the evaluators mark",
        f"{PAPERS}/ then holds a workbook for each evaluator. Take in what they return, and see who is missing.",
        ("issue PROGRAMME", "receive PROGRAMME FILES…", "progress PROGRAMME"),
    ),
    Step(
        "Agree the marks",
        "The panel fills in the moderation workbook: the marks, why, and the reason that each bidder is told. Take it "
        "in when it has agreed.",
        ("moderate PROGRAMME", "receive PROGRAMME FILE"),
    ),
    Step(
        "Decide what only people can decide",
        "The workbook lists every matter that waits for a named person; take it in when it is filled in.",
        ("decisions PROGRAMME", "receive PROGRAMME FILE"),
    ),
    Step(
        "Evaluate",
        f"{REPORTS}/ then holds the run: the award report, the record, and the audit bundle.",
        ("evaluate PROGRAMME",),
    ),
    Step(
        "Tell the bidders",
        f"{PAPERS}/ then holds every bidder's letter; a draft until {SETTINGS} says who decided, and when.",
        ("letters PROGRAMME",),
    ),
)
