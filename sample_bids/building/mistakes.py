"""Mistakes of the kinds that offices really make, each planted in a place of its own in a copy of the sample."""

from dataclasses import replace
from datetime import datetime

from sample_bids.building.desk import Desk
from sample_bids.building.expected import EXPECTED
from sample_bids.building.planted import DISREGARDED, LATE_INSURANCE, LOW_PRICE, RECUSED

REGISTER, MODERATION, DECLARATIONS, DECISIONS = (
    "register.xlsx",
    "moderation.xlsx",
    "declarations.xlsx",
    "decisions.xlsx",
)
ANSWER = "Bid or organisation"


def plant(files: dict[str, bytes]) -> Desk:
    """Plant every mistake in a copy of the sample's files."""
    desk = Desk(files)
    _in_marks(desk)
    _in_rows_of_returns(desk)
    _in_moderation(desk)
    _in_prices(desk)
    _in_register(desk)
    _in_declarations(desk)
    _in_decisions(desk)
    desk.put_aside("returns/E07.xlsx", "put_aside/E07.xlsx", "a return that is missing")
    desk.planted = [replace(one, expected_code=EXPECTED[one.kind]) for one in desk.planted]
    return desk


def _return(evaluator: str) -> tuple[str, str]:
    return f"returns/{evaluator}.xlsx", "Marks"


def _of(desk: Desk, evaluator: str, bid: str, question: str, heading: str = "Mark") -> str:
    return desk.place(*_return(evaluator), heading, {ANSWER: bid, "Question": question})


def _in_marks(desk: Desk) -> None:
    """Plant marks that are missing, off the scale, or not what they look like."""
    wrong: tuple[tuple[str, str, str, str, object, str], ...] = (
        ("E01", "B005", "IN1", "a mark that is missing", None, ""),
        ("E01", "B007", "C2", "a mark above the scale", 6, ""),
        ("E01", "B016", "C4", "a half mark on a scale of whole marks", 3.5, ""),
        ("E02", "B023", "C1", "a mark pasted as text with a non-breaking space", "4\u00a0", ""),
        ("E02", "B050", "IN2", "a mark with a decimal comma", "3,5", ""),
        ("E02", "B052", "C5", "a mark typed with an Arabic digit", "\u0664", ""),
        ("E03", "B055", "C3", "a mark that became a date", datetime(2026, 5, 4), "dd/mm/yyyy"),  # noqa: DTZ001
        ("E03", "B059", "IN3", "a mark in a cell formatted as a percentage", 0.04, "0%"),
        ("E03", "B065", "C7", "TRUE in place of a mark", True, ""),
        ("E04", "B008", "DI1", "a formula in place of a mark", "=2+2", ""),
        ("E04", "B011", "C1", "an error value in place of a mark", "#N/A", ""),
        ("E08", "B058", "AD1", "a mark written as a word", "four", ""),
        ("E12", "B079", "C5", "a negative mark", -3, ""),
    )
    for evaluator, bid, question, kind, value, number_format in wrong:
        desk.spoil(*_return(evaluator), _of(desk, evaluator, bid, question), kind, value, number_format)
    for evaluator, bid, question, kind, reason in (
        ("E04", "B025", "DI2", "a mark without a reason", None),
        ("E10", "B037", "SA1", "a reason that is only a dash", "-"),
    ):
        desk.spoil(*_return(evaluator), _of(desk, evaluator, bid, question, "Reason"), kind, reason)


def _in_rows_of_returns(desk: Desk) -> None:
    """Plant rows that should not be there, rows with wrong ids, and a hidden row."""
    desk.repeat(
        *_return("E05"),
        _of(desk, "E05", "B042", "C1"),
        "the same answer marked twice",
        {"Mark": 2, "Reason": "See above."},
    )
    extra = (
        ("E05", "B087", "IN1", "a mark for a question of another theme", "Reads well and names the people it is for."),
        (
            RECUSED,
            "B085",
            "C1",
            "a mark by an evaluator who is recused",
            "Counts forty new parents and quotes six of them.",
        ),
        (
            "E10",
            "B093",
            "C2",
            "a mark by an evaluator who is not on that panel",
            "Ties each lesson to a bill or a benefit.",
        ),
    )
    for evaluator, bid, question, kind, reason in extra:
        row = {ANSWER: bid, "Question": question, "Mark": 4, "Reason": reason}
        desk.add(*_return(evaluator), kind, "Question" if evaluator == "E05" else "Mark", row)
    wrong_ids = (
        ("E06", "B041", "C3", ANSWER, "a bid that does not exist (a letter for a digit)", "B04I"),
        ("E06", "B087", "C4", "Question", "a question that does not exist", "C44"),
        ("E11", "ORG-010", "C6", ANSWER, "a bid's id where the organisation's is wanted", "B016"),
    )
    for evaluator, bid, question, heading, kind, value in wrong_ids:
        desk.spoil(*_return(evaluator), _of(desk, evaluator, bid, question, heading), kind, value)
    desk.hide(*_return("E12"), _of(desk, "E12", "B003", "EM1"), "a hidden row with a mark in it")


def _in_moderation(desk: Desk) -> None:
    """Plant agreed marks that are absent, off the scale, unexplained or there twice (rows first: they shift cells)."""
    where = (MODERATION, "Consensus")

    def cell(heading: str, bid: str, question: str) -> str:
        return desk.place(*where, heading, {ANSWER: bid, "Question": question})

    desk.remove(
        *where,
        cell("Mark", "B053", "C4"),
        "an answer of an admitted bid without an agreed mark",
        ("moderation.xlsx", "Consensus", ""),
        "(no row for B053 C4)",
    )
    desk.spoil(*where, cell("Mark", "B060", "EM2"), "an agreed mark that is an average and not on the scale", 3.67)
    desk.spoil(*where, cell("Mark", "B108", "C5"), "an agreed mark that is blank", None)
    desk.spoil(*where, cell("Reason", "B101", "DI3"), "an agreed mark without a reason", None)
    desk.spoil(
        *where,
        cell("Reason", "B105", "IN2"),
        "an agreed mark outside the individual marks that does not say why",
        "Agreed at 3. The bid is good on the activity and on follow-up, less so on evidence.",
    )
    desk.repeat(*where, cell("Mark", "B082", "IN2"), "an answer with two agreed marks")


def _bid(desk: Desk, bid: str, heading: str) -> tuple[str, str, str]:
    return REGISTER, "Bids", desk.place(REGISTER, "Bids", heading, {"Bid": bid})


def _in_prices(desk: Desk) -> None:
    """Plant prices that are missing, not plain, negative or nought."""
    desk.spoil(*_bid(desk, "B014", "Price 2028-29 (£)"), "a bid without a price in one year", None)
    desk.spoil(*_bid(desk, "B018", "Price 2027-28 (£)"), "a price typed with a space", "46 421")
    desk.spoil(*_bid(desk, "B029", "Price 2030-31 (£)"), "a negative price", -47_900)
    file, sheet, cell = _bid(desk, "B036", "Price 2027-28 (£)")
    first = desk.sheet(file, sheet)[cell]
    cells = [desk.sheet(file, sheet).cell(first.row, first.column + step) for step in range(4)]
    good = "|".join(str(one.value) for one in cells)
    for one in cells:
        one.value = 0
    desk.note(file, sheet, cell, "a bid whose price is nought in every year", "0 in all four years", f"numbers:{good}")


def _in_register(desk: Desk) -> None:
    """Plant rows of the register that are incomplete, unclear or there twice."""
    wrong = (
        ("B043", "Governance", "a gate that is not answered", None),
        ("B047", "Equality and diversity", "a gate answered with Yes", "Yes"),
        ("B054", "Theme", "a theme that does not exist", "inclusoin"),
        ("B056", "Organisation", "a bid without an organisation", None),
        ("B062", "People served", "no number of people where the price for each person is scored", None),
        ("B064", "Small organisation", "an answer that is neither yes nor no", "Y"),
        ("B104", "Contract management hours", "hours with a unit typed in", "45 hrs"),
    )
    for bid, heading, kind, value in wrong:
        desk.spoil(*_bid(desk, bid, heading), kind, value)
    desk.repeat(*_bid(desk, "B051", "Bid"), "a bid that stands in the register twice")


def _in_declarations(desk: Desk) -> None:
    """Plant a declaration that is missing and an action that is not a known one."""
    where = (DECLARATIONS, "Interests")
    desk.remove(
        *where,
        desk.place(*where, "Evaluator", {"Evaluator": "E09"}),
        "marks by an evaluator who has declared nothing",
        ("declarations.xlsx", "Interests", ""),
        "(no declaration by E09)",
    )
    desk.spoil(
        *where,
        desk.place(*where, "Action", {"Evaluator": "E05", "Organisation": "ORG-045"}),
        "an action that is neither none nor recused",
        "noted",
    )


def _in_decisions(desk: Desk) -> None:
    """Plant matters without a decision, a decision without a reason, and one about no bid."""
    where = (DECISIONS, "Decisions")
    desk.remove(
        *where,
        desk.place(*where, "Bid", {"Bid": LATE_INSURANCE}),
        "a failed gate about which nobody decided",
        _bid(desk, LATE_INSURANCE, "Insurance"),
        "fail",
    )
    desk.remove(
        *where,
        desk.place(*where, "Bid", {"Bid": LOW_PRICE}),
        "an abnormally low price about which nobody decided",
        _bid(desk, LOW_PRICE, "Price 2027-28 (£)"),
        "19600",
    )
    desk.spoil(*where, desk.place(*where, "Reason", {"Bid": DISREGARDED}), "a decision without a reason", None)
    row = {
        "Bid": "B431",
        "Matter": "low_price",
        "Decision": "admit",
        "Reason": "Explained by letter.",
        "Ground": "Section 19",
        "Decided by": "A. Marlowe, head of service",
        "Date": "2026-11-13",
    }
    desk.add(*where, "a decision about a bid that is not in the register", "Bid", row)
