"""Layouts of public templates and portals, rebuilt with invented content: each is proposed without a correction.

Only the layouts are theirs (which headings stand where); no text or figure of any file was taken. Where each layout is
described stands beside it; where a maker's page names the columns but shows no file, the order of columns is ours.
"""

from typing import Any

import pytest

from evaluator.files.read.imports.read import read_import
from evaluator.records.findings.finding import Severity
from evaluator.records.submissions.imports import Answers, Imported
from tests.unit.files.read.imports import truth
from tests.unit.files.read.imports.layouts_at_random import Sheet, text_file, workbook

LOTS = {"advice": "Advice", "digital": "Digital inclusion"}
Rows = list[list[Any]]


def mark(bid: str, question: str, who: str) -> int | None:
    given = truth.MARKS.get((bid, question, who))
    return None if given is None else int(given)


def name(bid: str) -> str:
    return truth.BIDS[bid][1]


def new_zealand_government() -> bytes:
    """One sheet for each tender: "Supplier", "Evaluated by", then Q, description, guidance, comments, points, weight.

    "Tender Evaluation" template of New Zealand Government Procurement, https://scribd.com/document/562741396
    """
    sheets = []
    for bid, (theme, who_bids) in truth.BIDS.items():
        for number, (who, person) in enumerate(truth.PEOPLE.items(), 1):
            rows: Rows = [
                ["Tender Evaluation: small grants"],
                ["Supplier:", f"{bid} {who_bids}"],
                ["Evaluated by:", person],
                [],
            ]
            rows += [["Section: Non-budgetary / Qualitative"]]
            rows += [
                [
                    "Q",
                    "Description of criteria",
                    "Guidance notes",
                    "Justification for score | Comments",
                    "Points",
                    "Weighting",
                    "Total Points",
                ]
            ]
            for question in truth.ASKED[theme]:
                said = truth.REASONS[bid, question, who]
                rows.append(
                    [question, truth.TITLES[question], "See the pack.", said, mark(bid, question, who), "10%", "=E7*F7"]
                )
            sheets.append(
                Sheet(f"{bid} sheet {number}", [*rows, ["Section Score", None, None, None, None, None, "=SUM(G7:G9)"]])
            )
    return workbook(sheets)


def scotland_procurement_journey() -> bytes:
    """Criteria down, bidders across, a score and its weighted score for each, all formulas but the scores.

    Evaluation Matrix, https://www.procurementjourney.scot/route-2/evaluation/evaluation-tools
    """
    sheets = []
    for person in truth.PEOPLE.values():
        who = next(key for key, one in truth.PEOPLE.items() if one == person)
        top: list[Any] = ["Quality criteria", "Weighting"]
        below: list[Any] = [None, None]
        for bid in truth.BIDS:
            top += [f"{bid} {name(bid)}", None]
            below += ["Score", "Weighted Score"]
        rows: Rows = [["Evaluation matrix"], ["Evaluator", person], [], top, below]
        for question in truth.TITLES:
            row: list[Any] = [truth.TITLES[question], "20%"]
            for bid in truth.BIDS:
                row += [mark(bid, question, who), "=C6*$B6"]
            rows.append(row)
        merges = [f"{chr(67 + 2 * at)}4:{chr(68 + 2 * at)}4" for at in range(len(truth.BIDS))]
        sheets.append(Sheet(f"Quality {person}", [*rows, ["Total", "100%", *["=SUM(D6:D10)"] * 10]], merges))
    return workbook(sheets)


def good_grants() -> bytes:
    """A row for each application and reviewer, a score and a comment for each criterion, its title cut short.

    https://help.goodgrants.com/hc/en-gb/articles/360001970936 and
    https://support.awardforce.com/hc/en-us/articles/360000176296 (comments on scoring criteria)
    """
    rows: Rows = [["Application ID", "Application name", "Category", "Reviewer", "Score set", "Status"]]
    for question in truth.TITLES:
        rows[0] += [truth.TITLES[question][:32], f"{truth.TITLES[question][:32]} comments"]
    rows[0] += ["Total score"]
    for bid, (theme, who_bids) in truth.BIDS.items():
        for who, person in truth.PEOPLE.items():
            row: list[Any] = [bid, who_bids, LOTS[theme], person, "Stage one", "Complete"]
            for question in truth.TITLES:
                row += [mark(bid, question, who), truth.REASONS.get((bid, question, who), "")]
            rows.append([*row, 12])
    return text_file(rows, ",", "utf-8-sig")


def submittable() -> bytes:
    """A row for each submission, for each reviewer the answers of the review form in columns of their own.

    http://submittable.help/en/articles/4800956 (review data by reviewer, total and average score)
    """
    rows: Rows = [
        [
            "Submission ID",
            "Organisation name",
            *[f"{person} – {question}" for question in truth.TITLES for person in truth.PEOPLE.values()],
        ]
    ]
    rows[0] += ["Total Review Score", "Average Review Score"]
    for bid in truth.BIDS:
        given = [mark(bid, question, who) for question in truth.TITLES for who in truth.PEOPLE]
        rows.append([bid, name(bid), *given, 30, 3.5])
    return text_file(rows, ",", "utf-8-sig")


def delta_scorecard() -> bytes:
    """Suppliers side by side over evaluators, questions by section down.

    https://support.bipsolutions.com/hc/en-gb/articles/5649835954591 (evaluators score each question; scorecard)
    """
    rows: Rows = [["Scorecard"], [], ["Section", "Question"], [None, None]]
    for bid in truth.BIDS:
        rows[2] += [f"{bid} - {name(bid)}", None]
        rows[3] += list(truth.PEOPLE.values())
    for question, title in truth.TITLES.items():
        rows.append(
            [
                "Quality",
                f"{question}. {title}",
                *[mark(bid, question, who) for bid in truth.BIDS for who in truth.PEOPLE],
            ]
        )
    merges = [f"{chr(67 + 2 * at)}3:{chr(68 + 2 * at)}3" for at in range(len(truth.BIDS))]
    return workbook([Sheet("Scorecard", rows, merges)])


def atamis() -> bytes:
    """Long: requirement section and reference, supplier, evaluator, score and rationale.

    https://clientsupport.atamis.co.uk/hc/en-gb/articles/4601210717343 (sections are lots, requirements, evaluators)
    """
    rows: Rows = [
        [
            "Requirement Section",
            "Requirement Reference",
            "Requirement",
            "Supplier",
            "Evaluator",
            "Score",
            "Rationale",
            "Consensus Score",
        ]
    ]
    for (bid, question, who), given in truth.MARKS.items():
        theme, who_bids = truth.BIDS[bid]
        rows.append(
            [
                LOTS[theme],
                question,
                truth.TITLES[question],
                who_bids,
                truth.PEOPLE[who],
                int(given),
                truth.REASONS[bid, question, who],
                3,
            ]
        )
    return workbook([Sheet("Export", rows)])


def zoomgrants() -> bytes:
    """Applications down, reviewers' scores of one question on each sheet; N/A where a reviewer was not assigned.

    http://help.zoomgrants.com/index.php/zgu/scoring-report/
    """
    sheets = []
    for question, title in truth.TITLES.items():
        rows: Rows = [["Application", *truth.PEOPLE.values(), "Average"]]
        for bid in truth.BIDS:
            given = [mark(bid, question, who) for who in truth.PEOPLE]
            rows.append([f"{bid}: {name(bid)}", *["N/A" if one is None else one for one in given], 3.5])
        sheets.append(Sheet(f"{question} {title}"[:31], rows))
    return workbook(sheets)


MARKS = {
    "new_zealand_government.xlsx": new_zealand_government,
    "scotland_procurement_journey.xlsx": scotland_procurement_journey,
    "good_grants.csv": good_grants,
    "submittable.csv": submittable,
    "delta_scorecard.xlsx": delta_scorecard,
    "atamis.xlsx": atamis,
    "zoomgrants.xlsx": zoomgrants,
}


@pytest.mark.parametrize("file", MARKS)
def test_marks_of_a_public_layout_are_all_right_without_a_correction(file: str) -> None:
    got = read_import(MARKS[file](), file, truth.known(), Answers(), None)
    assert not [one for one in got.findings if one.severity is not Severity.NOTE], got.findings
    assert {(row["bid"], row["question"], row["evaluator"]): row["mark"] for row in got.rows} == truth.MARKS


def surveymonkey_apply() -> bytes:
    """The columns of its import of applications, with the answers about lot and money behind.

    https://help.surveymonkey.com/en/apply/faqs/importing-data/
    """
    rows: Rows = [
        [
            "E-Mail",
            "First Name",
            "Last Name",
            "Organization Name",
            "Multiple Applications ID",
            "Application State",
            "Lot applied for",
            "Year 1",
            "Year 2",
            "Insurance",
            "Grounds for exclusion",
        ]
    ]
    for bid, (theme, who_bids) in truth.BIDS.items():
        rows.append(
            [
                f"{bid}@example.org",
                "Sam",
                "Lee",
                who_bids,
                bid,
                "Submitted",
                LOTS[theme],
                *truth.PRICES[bid],
                "Pass",
                "Pass",
            ]
        )
    return text_file(rows, ",", "utf-8-sig")


def procontract() -> bytes:
    """A summary of responses: suppliers down with yes and no and prices as numbers, as its question types give them.

    https://procontracthelp.due-north.com/QuestionTypesandScoringOptions.html
    """
    rows: Rows = [
        ["Project title", "Small grants"],
        ["Project reference", "DN000000"],
        [],
        [
            "Response ID",
            "Supplier",
            "Lot",
            "Date submitted",
            "Total price, 2027 (£)",
            "Total price, 2028 (£)",
            "Insurance",
            "Grounds for exclusion",
            "Evaluation status",
        ],
    ]
    for number, (bid, (theme, who_bids)) in enumerate(truth.BIDS.items(), 1):
        lot = f"Lot {list(LOTS).index(theme) + 1} - {LOTS[theme]}"
        first, second = (f"£{paid:,}.00" for paid in truth.PRICES[bid])
        rows.append([bid, who_bids, lot, f"{number:02}/03/2027 10:15", first, second, "Pass", "Pass", "Not started"])
    return workbook([Sheet("Responses", rows)])


def salesforce_report() -> bytes:
    """A report in groups: the lot stands once, in a merged cell, beside the records of its group, with subtotals below.

    Grouped rows of a formatted report as Salesforce exports them to .xlsx.
    """
    rows: Rows = [
        ["Applications by strand"],
        ["As of 2027-03-01"],
        [],
        [
            "Strand",
            "Application: ID",
            "Account Name",
            "Amount requested 2027",
            "Amount requested 2028",
            "Insurance",
            "Grounds for exclusion",
        ],
    ]
    merges = []
    for theme, lot in LOTS.items():
        first = len(rows) + 1
        for bid, (of, who_bids) in truth.BIDS.items():
            if of == theme:
                rows.append(
                    [lot if len(rows) + 1 == first else None, bid, who_bids, *truth.PRICES[bid], "Pass", "Pass"]
                )
        merges.append(f"A{first}:A{len(rows)}")
        rows.append(["Subtotal", "Count", len(rows) - first + 1, 50_000, 60_000])
    rows.append(["Total", "Count", 5, 100_000, 120_000])
    return workbook([Sheet("Report", rows, merges)])


REGISTERS = {
    "surveymonkey_apply.csv": surveymonkey_apply,
    "procontract.xlsx": procontract,
    "salesforce_report.xlsx": salesforce_report,
}


@pytest.mark.parametrize("file", REGISTERS)
def test_a_register_of_a_public_layout_is_all_right_without_a_correction(file: str) -> None:
    got: Imported = read_import(REGISTERS[file](), file, truth.known(register=False), Answers(), None)
    assert not [one for one in got.findings if one.severity is not Severity.NOTE], got.findings
    found = {
        row["bid"]: (row["theme"], row["name"], float(row["price:2027"]), float(row["price:2028"])) for row in got.rows
    }
    assert found == {bid: (*truth.BIDS[bid], *truth.PRICES[bid]) for bid in truth.BIDS}
