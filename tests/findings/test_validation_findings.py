"""One spoilt folder for each finding about what was received: that finding comes, at its place, and no other."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from evaluator.records.findings import CATALOGUE
from evaluator.records.findings.finding import Severity, block_award
from evaluator.records.findings.validation import ENTRIES
from evaluator.validation import open_matters, validate
from tests.findings.faultless_folder import (
    Change,
    Folder,
    add,
    all_of,
    decide,
    drop,
    edit,
    failed,
    price,
    publish,
    rule,
    spoilt,
    with_column,
    without_column,
    without_table,
)

MARK = {"evaluator": "E1", "bid": "A1", "question": "C1"}
ONCE = {"evaluator": "E1", "bid": "O1", "question": "C2"}
AGREED = {"bid": "A1", "question": "C1"}
AGREED_ONCE = {"bid": "O1", "question": "C2"}
A1 = {"bid": "A1"}
ONE_EVALUATOR = all_of(
    publish("moderation.method", "one_evaluator"),
    publish("moderation.least_evaluators", 1),
    without_table("consensus"),
    drop("marks", evaluator="E2"),
)
APART = {"decided_by": "The panel", "weight": "all", "source": "1"}


def apart(question: str = "C1", bid: str = "A1", **rule: object) -> Change:
    """Decide that a question does not apply to a bid, by a published rule, and take its marks out."""
    said = {"matter": "question", "subject": question, "decision": "does_not_apply", "ground": "Criteria 3.2"}
    return all_of(publish("not_applicable", APART | rule), decide(bid=bid, **said))


NO_PANEL = all_of(publish("moderation.declarations_required", False), without_table("panel"))


MEAN = all_of(publish("moderation.method", "mean"), without_table("consensus"))
ONE_IS_LACKING = all_of(
    MEAN, NO_PANEL, publish("moderation.least_evaluators", 1), drop("marks", **{**MARK, "evaluator": "E2"})
)
FAR_APART = all_of(MEAN, edit("marks", MARK, mark="1"))


def far_apart(follows: str) -> Change:
    """Let two marks lie far apart, and publish what follows."""
    return all_of(FAR_APART, publish("moderation.on_spread", follows))


def gate(text: str) -> Change:
    return edit("register", A1, **{"gate:cover": text})


def came(when: str) -> Change:
    """Let tenders close at noon, all bids come a minute before it, and A1 at another time."""
    return all_of(
        publish("procurement.tenders_close", "2027-02-26T12:00"),
        with_column("register", "received", "2027-02-26 11:59"),
        edit("register", A1, received=when),
    )


def figures(text: str, **keys: str) -> Change:
    """Measure days in the north, where A1 offers this and A2 five."""
    one = {"id": "M1", "title": "Days", "unit": "days", "method": "inverse", **keys}
    return all_of(
        publish("measured", [one]),
        publish("themes.0.weights", {"C1": "30", "C2": "10", "N1": "20", "M1": "10", "price": "30"}),
        with_column("register", "measured:M1", "yes" if one["method"] == "yes_no" else "5"),
        edit("register", A1, **{"measured:M1": text}),
    )


def in_lines(**keys: str) -> Change:
    """Offer the price in two lines of £100, of the first of which two are bought: £300."""
    lines = ({"id": "L1", "title": "Day", "quantity": "2"}, {"id": "L2", "title": "Kit"})
    return all_of(
        publish("years", []),
        publish("price_line", [{**line, **keys} for line in lines]),
        without_column("register", "price:2027"),
        without_column("register", "price:2028"),
        with_column("register", "price:L1", "100"),
        with_column("register", "price:L2", "100"),
    )


FREE_LINE = edit("register", A1, **{"price:L1": "0"})


def beside_the_lines(text: str) -> Change:
    """State the whole price too: £300, and for A1 another."""
    return all_of(with_column("register", "price", "300"), edit("register", A1, price=text))


def answers_1000(folder: Folder) -> None:
    """Repeat a faulty row until there are too many to list."""
    row = folder.one("marks", **MARK) | {"bid": "A9"}
    folder.rows("marks")[:0] = [dict(row) for _ in range(1002)]


def called_by_other_ids(folder: Folder) -> None:
    """Let the register have other ids for its bids than everything else."""
    for row in folder.rows("register"):
        row["bid"] = f"Bid {row['bid']}"


def called_otherwise(folder: Folder) -> None:
    """Let the second evaluator's return come under an id in other capitals and with a space."""
    for row in folder.rows("marks"):
        row["evaluator"] = row["evaluator"].replace("E2", "e 2")


def seat(evaluator: str, theme: str, key: str, text: str) -> Change:
    """Give one evaluator's seat on the panel for some questions or some bids only."""

    def change(folder: Folder) -> None:
        for row in folder.rows("panel"):
            row |= {"questions": row.get("questions", ""), "bids": row.get("bids", "")}
        folder.one("panel", evaluator=evaluator, theme=theme)[key] = text

    return change


VERIFICATION = {"column": "wards", "counts": "…", "evidence": "…", "checked_by": "…", "before": "award", "source": "1"}
WARDS_VERIFIED = all_of(
    rule("ward_floor", least=1), publish("verification", [VERIFICATION]), with_column("register", "verified", "wards")
)


@dataclass(frozen=True)
class Case:
    """A code, where it is found, the change that brings it about, and what cannot but come with it."""

    code: str
    place: str
    change: Change
    also: tuple[str, ...] = ()


DRAWN_PUBLICLY = {"order": ["quality", "draw"], "draw_source": "Lotto of 3 March 2027", "source": "1"}
CHOICE = {"who": "P", "when": "W", "ground": [{"id": "need", "text": "N."}], "source": "1"}


def chose(**texts: str) -> Change:
    """Publish a final choice, and choose A1."""
    return all_of(publish("final_choice", CHOICE), decide(matter="final_choice", decision="fund", **texts))


def add_sum(text: str) -> Change:
    return decide(matter="panel_sum", decision="set", sum=text)


def set_sum(text: str) -> Change:
    """Publish that a panel sets sums in hundreds of pounds, £1,000 at least, and set one for A1, at £110,000.50."""
    amounts = {"panel": True, "round_to": "100", "least_useful": "1000", "source": "1"}
    return all_of(publish("amounts", amounts), add_sum(text))


def drew(**texts: str) -> Change:
    """Publish a public draw, and record what it came to."""
    told = {"bid": "all", "subject": "7 11 19", "matter": "draw", "decision": "drawn"}
    return all_of(publish("tie_break", DRAWN_PUBLICLY), decide(**(told | texts)))


def by_arrival(when: str) -> Change:
    """Let the earlier bid come first between equal ones; of A1 is said when it came."""
    order = publish("tie_break", {"order": ["quality", "received"], "source": "1"})
    return all_of(order, with_column("register", "received", "2027-02-26 11:58"), edit("register", A1, received=when))


CASES = (
    Case("E-COL-001", "declarations.xlsx Interests", without_column("interests", "action")),
    Case("E-REG-001", "register.xlsx", without_table("register")),
    Case("E-REG-002", "register.xlsx Bids", drop("register")),
    Case("E-REG-003", "register.xlsx Bids!A5", add("register", A1, bid="  ")),
    Case("E-REG-004", "register.xlsx Bids!A5", add("register", A1, bid="A1 ")),
    Case("E-REG-005", "register.xlsx Bids!B5", add("register", A1, bid="X1", theme="North")),
    Case("E-REG-006", "register.xlsx Bids!C4", edit("register", {"bid": "B1"}, organisation="")),
    Case("E-REG-007", "register.xlsx Bids", without_column("register", "gate:cover")),
    Case("E-REG-008", "register.xlsx Bids!D3", edit("register", {"bid": "A2"}, members="O9; o-1")),
    Case(
        "E-REG-009",
        "register.xlsx Bids!D3",
        all_of(with_column("register", "name", "Bow Trust"), edit("register", {"bid": "A2"}, members="bow trust")),
    ),
    Case("E-REG-010", "register.xlsx Bids!D3", edit("register", {"bid": "A2"}, members="O8, O9")),
    Case("E-REG-011", "register.xlsx Bids!D3", edit("register", {"bid": "A2"}, members="O9\u00a0")),
    Case("E-REG-012", "register.xlsx Bids!B5", add("register", A1, bid="X1", theme="")),
    Case("E-REG-013", "register.xlsx Bids", edit("register", A1, members="O9")),
    Case("E-REG-014", "register.xlsx Bids", with_column("register", "email", "One@example.org")),
    Case("E-REG-015", "register.xlsx Bids!L3", with_column("register", "identifier", "GB-COH-01234567")),
    Case("E-REG-017", "register.xlsx Bids!A2", called_by_other_ids),
    Case(
        "E-REG-016",
        "register.xlsx Bids",
        all_of(with_column("register", "identifier", ""), edit("register", A1, identifier="1234567")),
    ),
    Case("E-REG-040", "register.xlsx Bids!L2", figures("")),
    Case("E-REG-041", "register.xlsx Bids!L2", figures("5 days")),
    Case("E-REG-041", "register.xlsx Bids!L2", figures("-1")),
    Case("E-REG-041", "register.xlsx Bids!L2", figures("0", method="lowest_price_ratio")),
    Case("E-REG-042", "register.xlsx Bids!L2", figures("perhaps", method="yes_no")),
    Case("E-REG-043", "register.xlsx Bids", figures("50", most="30")),
    Case("E-PRICE-020", "register.xlsx Bids!J2", all_of(in_lines(weight="1"), FREE_LINE), also=("E-PRICE-006",)),
    Case("E-PRICE-021", "register.xlsx Bids!L2", all_of(in_lines(), beside_the_lines("150"))),
    Case("E-GATE-001", "register.xlsx Bids!G2", gate("")),
    Case("E-GATE-002", "register.xlsx Bids!G2", gate("n/a")),
    Case("E-GATE-003", "register.xlsx Bids!G2", gate("Fail")),
    Case("E-GATE-010", "register.xlsx Bids", all_of(publish("gate.0.essential", False), gate("Fail"))),
    Case("E-GATE-011", "decisions.xlsx Decisions!B2", all_of(apart(), publish("not_applicable", None))),
    Case("E-GATE-012", "decisions.xlsx Decisions!C2", apart(questions=["N1"])),
    Case("E-MARK-040", "returns/E1.xlsx Marks", apart()),
    Case("E-LATE-001", "register.xlsx Bids!L2", came("2027-02-26 12:00:30")),
    Case("E-LATE-002", "register.xlsx Bids!L2", came("26/02/2027")),
    Case("E-PRICE-001", "register.xlsx Bids!F2", price("A1", y2028="")),
    Case("E-PRICE-002", "register.xlsx Bids!E2", price("A1", y2027="50 000")),
    Case("E-PRICE-003", "register.xlsx Bids!E2", price("A1", y2027="0", y2028="0.00")),
    Case(
        "E-PRICE-004",
        "register.xlsx Bids",
        all_of(
            rule("year_budget", year="2027", limit="900000"),
            with_column("register", "price", "110000"),
            without_column("register", "price:2027"),
            without_column("register", "price:2028"),
        ),
    ),
    Case(
        "E-PRICE-005",
        "register.xlsx Bids!L2",
        all_of(with_column("register", "price", "110,000.50"), edit("register", A1, price="110005")),
    ),
    Case("E-PRICE-006", "register.xlsx Bids!E2", price("A1", y2027="9000")),
    Case("E-PRICE-007", "register.xlsx Bids!E3", price("A2", y2027="1000000000.01")),
    Case(
        "E-BID-001",
        "register.xlsx Bids!H2",
        all_of(publish("price.basis", "unit_cost"), edit("register", A1, people="")),
    ),
    Case(
        "E-BID-002",
        "register.xlsx Bids!H2",
        all_of(publish("price.basis", "unit_cost"), edit("register", A1, people="about 120")),
    ),
    Case("E-BID-003", "register.xlsx Bids!I2", edit("register", A1, hours="40h")),
    Case(
        "E-BID-020",
        "register.xlsx Bids!I2",
        all_of(
            publish("contract_management", {"for_contract": "37.5", "source": "9"}), edit("register", A1, hours="37.6")
        ),
    ),
    Case("E-BID-004", "register.xlsx Bids!I2", all_of(rule("capacity", limit="90"), edit("register", A1, hours=""))),
    Case("E-BID-005", "register.xlsx Bids!K2", edit("register", A1, small="maybe")),
    Case(
        "E-BID-006", "register.xlsx Bids!K2", all_of(rule("small_share", least="20%"), edit("register", A1, small=""))
    ),
    Case("E-BID-007", "register.xlsx Bids!J2", all_of(rule("ward_floor", least=1), edit("register", A1, wards=""))),
    Case("E-BID-008", "register.xlsx Bids!J4", edit("register", {"bid": "B1"}, wards="Bow-East; Mile End")),
    Case("E-BID-009", "register.xlsx Bids", edit("register", {"bid": "B1"}, wards="Bow Easst; Mile End")),
    Case(
        "E-BID-010",
        "register.xlsx Bids!L2",
        all_of(with_column("register", "least_level", ""), edit("register", A1, least_level="half")),
    ),
    Case(
        "E-BID-011",
        "register.xlsx Bids!L2",
        all_of(
            publish("outcomes", {"O1": "Fewer people are lonely"}),
            with_column("register", "outcomes", ""),
            edit("register", A1, outcomes="O9"),
        ),
    ),
    Case("E-BID-012", "register.xlsx Bids!L2", all_of(WARDS_VERIFIED, edit("register", A1, verified="wards; peple"))),
    Case("E-BID-013", "register.xlsx Bids!L2", all_of(WARDS_VERIFIED, edit("register", A1, verified=""))),
    Case(
        "E-BID-014",
        "register.xlsx Bids",
        all_of(WARDS_VERIFIED, publish("verification.0.before", "contract"), edit("register", A1, verified="")),
    ),
    Case("E-MARK-001", "returns/E1.xlsx Marks!C5", edit("marks", MARK, mark="", reason="")),
    Case("E-MARK-002", "returns/E1.xlsx Marks!D5", edit("marks", MARK, reason=" - ")),
    Case("E-MARK-003", "returns/E1.xlsx Marks!C5", edit("marks", MARK, mark="3\u00a0")),
    Case("E-MARK-004", "returns/E1.xlsx Marks!C5", edit("marks", MARK, mark="3.5")),
    Case("E-MARK-005", "returns/E1.xlsx Marks!A13", add("marks", MARK, bid="A-1")),
    Case("E-MARK-006", "returns/E1.xlsx Marks!A13", add("marks", ONCE, bid="O9")),
    Case("E-MARK-007", "returns/E1.xlsx Marks!B13", add("marks", MARK, question="C9")),
    Case("E-MARK-008", "returns/E1.xlsx Marks!B13", add("marks", MARK, question="S1")),
    Case("E-MARK-009", "returns/E1.xlsx Marks!A13", add("marks", ONCE, bid="A1")),
    Case("E-MARK-010", "returns/E1.xlsx Marks!A13", add("marks", MARK, bid="O1")),
    Case("E-MARK-011", "returns/E1.xlsx Marks!C13", add("marks", MARK, mark="4")),
    Case(
        "E-MARK-012",
        "marks.csv C18",
        all_of(add("marks", MARK, evaluator=" "), lambda folder: setattr(folder, "csv", True)),
    ),
    Case(
        "E-MARK-013",
        "returns/E3.xlsx Marks!C5",
        all_of(add("marks", MARK, evaluator="E3"), add("interests", {"evaluator": "E1"}, evaluator="E3")),
    ),
    Case(
        "E-MARK-014",
        "returns/E3.xlsx Marks!C5",
        all_of(
            add("marks", MARK, evaluator="E3", bid="A2"),
            add("panel", {"evaluator": "E1", "theme": "north"}, evaluator="E3"),
            add("interests", {"evaluator": "E1"}, evaluator="E3", organisation="O9", action="Recused"),
            add("marks", MARK, evaluator="E3"),
            add("marks", MARK, evaluator="E3", question="N1"),
            add("interests", {"evaluator": "E1"}, evaluator="E3"),
        ),
    ),
    Case(
        "E-MARK-018",
        "returns/E3.xlsx Marks!C5",
        all_of(
            add("marks", MARK, evaluator="E3"),
            add("marks", {"evaluator": "E1", "bid": "A2", "question": "C1"}, evaluator="E3"),
            add("interests", {"evaluator": "E1"}, evaluator="E3"),
            add("panel", {"evaluator": "E1", "theme": "north"}, evaluator="E3"),
            seat("E3", "north", "questions", "C1"),
            seat("E3", "north", "bids", "A2"),
        ),
    ),
    Case(
        "E-MARK-019",
        "returns/E3.xlsx Marks",
        all_of(
            add("marks", MARK, evaluator="E3"),
            add("panel", {"evaluator": "E1", "theme": "north"}, evaluator="E3"),
            seat("E3", "north", "bids", "A1"),
            seat("E3", "north", "questions", "C1"),
            add("interests", {"evaluator": "E1"}, evaluator="E3"),
            add("interests", {"evaluator": "E1"}, evaluator="E3", organisation="O1", action="recused"),
            decide(matter="late recusal", subject="E3"),
        ),
    ),
    Case("E-MARK-015", "declarations.xlsx Interests", drop("interests", evaluator="E1")),
    Case("E-MARK-016", "declarations.xlsx Interests", edit("interests", {"evaluator": "E1"}, organisation="O1")),
    Case("E-MARK-017", "returns/E2.xlsx Marks!C5", all_of(ONE_EVALUATOR, add("marks", MARK, evaluator="E2"))),
    Case(
        "E-ROW-001", "returns/E1.xlsx Marks!B13", add("marks", MARK, bid="", question="Average", mark="4.2", reason="")
    ),
    Case("E-ROW-002", "returns/E1.xlsx Marks!A13", add("marks", MARK, bid=" ")),
    Case("E-ROW-003", "returns/E1.xlsx Marks!B13", add("marks", MARK, question="")),
    Case("E-ROW-004", "returns/E1.xlsx Marks!A13", add("marks", MARK, bid="", question=" ")),
    Case("E-RET-001", "returns", without_table("marks")),
    Case("E-RET-002", "returns/E2.xlsx", drop("marks", evaluator="E2")),
    Case("E-RET-003", "returns/E2.xlsx Marks", drop("marks", evaluator="E2", bid="A1")),
    Case("E-RET-004", "returns/E1.xlsx Marks", all_of(NO_PANEL, drop("marks", bid="A1", question="C1"))),
    Case("E-RET-005", "returns/E1.xlsx Marks", all_of(NO_PANEL, drop("marks", **MARK))),
    Case("E-RET-006", "returns/e 2.xlsx Evaluator!B3", called_otherwise),
    Case("E-MORE-001", "returns/E1.xlsx Marks", answers_1000, also=("E-MARK-005",)),
    Case("E-PANEL-001", "declarations.xlsx", without_table("panel")),
    Case(
        "E-PANEL-002",
        "declarations.xlsx Panel!C5",
        add("panel", {"evaluator": "E1", "theme": "north"}, theme="East"),
    ),
    Case(
        "E-PANEL-003",
        "declarations.xlsx Panel!A8",
        add("panel", {"evaluator": "E1", "theme": "north"}, evaluator=""),
    ),
    Case(
        "E-PANEL-004",
        "declarations.xlsx Panel",
        all_of(drop("panel", evaluator="E2", theme="south"), drop("marks", evaluator="E2", bid="B1")),
    ),
    Case(
        "E-PANEL-006",
        "declarations.xlsx Panel",
        all_of(seat("E2", "north", "bids", "A1"), drop("marks", evaluator="E2", bid="A2")),
    ),
    Case("E-PANEL-007", "declarations.xlsx Panel!D5", seat("E2", "north", "questions", "C1; N1; S1")),
    Case("E-PANEL-008", "declarations.xlsx Panel!E5", seat("E2", "north", "bids", "A1; A2; B1")),
    Case(
        "E-PANEL-005",
        "declarations.xlsx Panel",
        all_of(
            drop("marks", evaluator="E2", bid="A2"),
            add("interests", {"evaluator": "E2"}, organisation="O9", action="recused"),
        ),
    ),
    Case("E-INT-001", "declarations.xlsx", without_table("interests")),
    Case("E-INT-002", "declarations.xlsx Interests!A4", add("interests", {"evaluator": "E1"}, evaluator="E7")),
    Case("E-INT-003", "declarations.xlsx Interests!B3", add("interests", {"evaluator": "E1"}, organisation="O8")),
    Case("E-INT-004", "declarations.xlsx Interests!D2", edit("interests", {"evaluator": "E1"}, action="ask legal")),
    Case(
        "E-INT-005",
        "declarations.xlsx Interests!D5",
        all_of(
            add("interests", {"evaluator": "E2"}, organisation="O9"),
            add("interests", {"evaluator": "E2", "organisation": "O9"}, action="recused"),
            drop("marks", evaluator="E2", bid="A2"),
        ),
        also=("E-PANEL-005",),
    ),
    Case(
        "E-INT-006",
        "programme.toml procurement.conflicts_assessed",
        publish("procurement.first_act_date", "2027-01-11"),
    ),
    Case("E-CONS-001", "moderation.xlsx Consensus!C2", edit("consensus", AGREED, mark="", reason="")),
    Case("E-CONS-002", "moderation.xlsx Consensus!D2", edit("consensus", AGREED, reason="…")),
    Case("E-CONS-003", "moderation.xlsx Consensus!C2", edit("consensus", AGREED, mark="3,5")),
    Case("E-CONS-004", "moderation.xlsx Consensus!C2", edit("consensus", AGREED, mark="3.5")),
    Case("E-CONS-005", "moderation.xlsx Consensus!A10", add("consensus", AGREED, bid="Totals 9")),
    Case("E-CONS-006", "moderation.xlsx Consensus!A10", add("consensus", AGREED_ONCE, bid="O9")),
    Case("E-CONS-007", "moderation.xlsx Consensus!B10", add("consensus", AGREED, question="c1")),
    Case("E-CONS-008", "moderation.xlsx Consensus!B10", add("consensus", AGREED, question="S1")),
    Case("E-CONS-009", "moderation.xlsx Consensus!A10", add("consensus", AGREED_ONCE, bid="A1")),
    Case("E-CONS-010", "moderation.xlsx Consensus!A10", add("consensus", AGREED, bid="O1")),
    Case("E-CONS-011", "moderation.xlsx Consensus!C10", add("consensus", AGREED)),
    Case("E-CONS-012", "moderation.xlsx", without_table("consensus")),
    Case("E-CONS-013", "moderation.xlsx Consensus", drop("consensus", bid="A1")),
    Case("E-CONS-014", "moderation.xlsx Consensus!D2", edit("consensus", AGREED, mark="5")),
    Case(
        "E-CONS-015",
        "moderation.xlsx Consensus",
        all_of(edit("marks", MARK, mark="1"), edit("consensus", AGREED, reason="We agree.")),
    ),
    Case(
        "E-CONS-020",
        "moderation.xlsx Consensus",
        all_of(with_column("consensus", "for_bidder", "Names the streets."), edit("consensus", AGREED, for_bidder="–")),
    ),
    Case(
        "E-CONS-016",
        "moderation.xlsx Consensus",
        all_of(
            publish("moderation.method", "one_evaluator"),
            publish("moderation.least_evaluators", 1),
            drop("marks", evaluator="E2"),
        ),
    ),
    Case("E-DEC-001", "decisions.xlsx Decisions!A2", decide(bid="A 1")),
    Case("E-DEC-002", "decisions.xlsx Decisions!D2", decide(decision="accept")),
    Case("E-DEC-003", "decisions.xlsx Decisions!E2", decide(reason="")),
    Case("E-DEC-004", "decisions.xlsx Decisions!G2", decide(person=" ")),
    Case("E-DEC-005", "decisions.xlsx Decisions!H2", decide(date="")),
    Case("E-DEC-006", "decisions.xlsx Decisions!F2", decide(decision="disregard", ground="")),
    Case("E-DEC-007", "decisions.xlsx Decisions!D3", all_of(decide(), decide(decision="disregard"))),
    Case("E-DEC-008", "decisions.xlsx Decisions", decide(matter="failed_gate", subject="cover")),
    Case(
        "E-DEC-009",
        "decisions.xlsx Decisions!C2",
        decide(matter="failed_gate", subject="cover", decision="disregard"),
    ),
    Case("E-DEC-010", "decisions.xlsx Decisions!B2", decide(matter="")),
    Case("E-DEC-011", "decisions.xlsx Decisions!C2", decide(matter="failed_gate", subject="covers")),
    Case("E-DEC-024", "decisions.xlsx Decisions!B2", decide(matter="low prise")),
    Case("E-DEC-023", "decisions.xlsx Decisions", decide(matter="clarification", decision="admit")),
    Case("E-DEC-012", "decisions.xlsx Decisions!I2", decide(matter="low price", decision="disregard")),
    Case("E-DEC-013", "decisions.xlsx Decisions!D2", failed("participation", "admit")),
    Case("E-DEC-014", "decisions.xlsx Decisions!I2", failed("participation", "met", heard="-", evidence="")),
    Case("E-DEC-015", "decisions.xlsx Decisions", failed("minimum", "met", evidence="")),
    Case(
        "E-DEC-016",
        "decisions.xlsx Decisions!I2",
        failed("exclusion", "excluded", on="discretionary", heard="", recurs="yes", notified="2026-11-02"),
    ),
    Case(
        "E-DEC-017",
        "decisions.xlsx Decisions!L2",
        failed("exclusion", "excluded", on="mandatory", notified="2026-11-02"),
    ),
    Case(
        "E-DEC-018",
        "decisions.xlsx Decisions",
        failed("exclusion", "excluded", on="mandatory", recurs="Yes", associate="O7", notified="2026-11-02"),
    ),
    Case("E-MARK-050", "returns/E1.xlsx Marks", ONE_IS_LACKING),
    Case(
        "E-MARK-051",
        "returns/E1.xlsx Marks",
        all_of(ONE_IS_LACKING, publish("moderation.missing_marks", "those_given")),
    ),
    Case(
        "E-MARK-052",
        "returns/E1.xlsx Marks",
        all_of(
            MEAN,
            NO_PANEL,
            publish("moderation.least_evaluators", 1),
            publish("moderation.on_spread", "third_evaluator"),
            publish("moderation.third_counts", "all"),
        ),
    ),
    Case(
        "E-CONS-030",
        "moderation.xlsx Consensus",
        all_of(publish("moderation.method", "mean"), edit("consensus", AGREED, mark="3")),
    ),
    Case("E-CONS-031", "moderation.xlsx", far_apart("discussed")),
    Case("E-CONS-032", "decisions.xlsx", far_apart("decision")),
    Case(
        "E-CONS-033",
        "returns/E1.xlsx Marks",
        all_of(far_apart("third_evaluator"), publish("moderation.third_counts", "all")),
    ),
    Case("E-DEC-019", "decisions.xlsx Decisions", failed("exclusion", "excluded", on="discretionary", recurs="yes")),
    Case(
        "E-DEC-020",
        "decisions.xlsx Decisions",
        all_of(publish("regime", "below_threshold"), failed("participation", "not_met")),
    ),
    Case(
        "E-DEC-022",
        "decisions.xlsx Decisions",
        all_of(
            publish("regime", "pcr2015"),
            failed("exclusion", "excluded", on="mandatory"),
            without_column("decisions", "recurs"),
        ),
    ),
    Case("E-SEAL-012", "decisions.xlsx Decisions", decide(person="E1")),
    Case("E-SEAL-012", "decisions.xlsx Decisions", decide(person="e1 , head of service")),
    Case("E-DEC-021", "decisions.xlsx Decisions!F2", failed("exclusion", "not_excluded", on="debarment", ground="")),
    Case("E-DEC-040", "decisions.xlsx Decisions!B2", decide(matter="final choice", decision="fund", ground="need")),
    Case("E-DEC-041", "decisions.xlsx Decisions!F2", chose(ground="balance")),
    Case("E-DEC-041", "decisions.xlsx Decisions!F2", chose(ground="")),
    *(
        Case("E-DEC-042", "decisions.xlsx Decisions!J2", set_sum(wrong))
        for wrong in ("", "some", "0", "110000.51", "99")
    ),
    Case("E-DEC-042", "decisions.xlsx Decisions!J2", set_sum("5050")),
    Case("E-DEC-043", "decisions.xlsx Decisions!D3", all_of(set_sum("5000"), add_sum("5100"))),
    Case("E-DEC-044", "decisions.xlsx Decisions!C2", drew(subject="", bid="all"), also=("E-DEC-045",)),
    Case("E-DEC-044", "decisions.xlsx Decisions!C2", drew(bid="A1")),
    Case("E-DEC-045", "register.xlsx Bids", publish("tie_break", DRAWN_PUBLICLY)),
    Case("E-DEC-050", "register.xlsx Bids!L2", by_arrival("")),
    Case("E-DEC-050", "register.xlsx Bids!L2", by_arrival("2027-02-26")),
)


def test_the_folder_that_is_spoilt_has_no_findings_of_its_own() -> None:
    evaluation, findings = validate(Folder().published(), Folder().received())
    assert findings == ()
    assert evaluation is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_spoilt_folder_brings_its_finding_at_its_place_and_no_other(case: Case) -> None:
    folder = spoilt(case.change)
    evaluation, findings = validate(folder.published(), folder.received())
    own = [found for found in findings if found.code == case.code]
    assert [str(found.source) for found in own] == [case.place]
    assert {found.code for found in findings} == {case.code, *case.also}
    assert (evaluation is None) == block_award(findings)
    assert own[0].message.endswith((".", "?", "…"))


@pytest.mark.parametrize("when", ["2027-02-26 12:00", "26/02/2027 12.00", "2027-02-25", "", "26 February 2027 9:30"])
def test_a_bid_that_came_by_the_closing_time_opens_no_matter(when: str) -> None:
    folder = spoilt(came(when))
    evaluation, findings = validate(folder.published(), folder.received())
    assert findings == ()
    assert evaluation is not None


@pytest.mark.parametrize(("decision", "out"), [("admit", []), ("disregard", ["A1"])])
def test_a_late_bid_is_a_persons_to_decide(decision: str, out: list[str]) -> None:
    folder = spoilt(all_of(came("2027-02-27"), decide(decision=decision)))
    evaluation, findings = validate(folder.published(), folder.received())
    assert findings == ()
    assert evaluation is not None
    assert [bid for theme in evaluation.themes for bid in theme.disregarded] == out


def test_a_late_bid_waits_among_the_matters_for_a_person() -> None:
    folder = spoilt(came("2027-02-26 13:05"))
    waiting, findings = open_matters(folder.published(), folder.received())
    assert findings == ()
    assert waiting is not None
    assert [(one.bid, one.matter) for one in waiting.waiting] == [("A1", "late")]
    assert "13:05 on 26 February 2027" in waiting.waiting[0].about


@pytest.mark.parametrize(
    "change",
    [chose(ground=" Need "), set_sum("110,000.50"), set_sum("1000"), drew(), by_arrival("26/02/2027 11.57")],
)
def test_what_was_published_can_be_decided(change: Change) -> None:
    folder = spoilt(change)
    assert validate(folder.published(), folder.received())[1] == ()


def test_without_a_published_closing_time_no_bid_is_late() -> None:
    folder = spoilt(all_of(with_column("register", "received", "2099-01-01 soon")))
    assert validate(folder.published(), folder.received())[1] == ()


def test_a_decision_that_marks_far_apart_stand_lets_them_count() -> None:
    folder = spoilt(all_of(far_apart("decision"), decide(matter="spread", subject="C1")))
    evaluation, findings = validate(folder.published(), folder.received())
    assert findings == ()
    assert evaluation is not None
    assert evaluation.worked_out["A1", "C1"].value == Fraction(5, 2)


def test_marks_far_apart_wait_among_the_matters_for_a_person_who_can_but_let_them_stand() -> None:
    folder = spoilt(far_apart("decision"))
    waiting, _ = open_matters(folder.published(), folder.received())
    assert waiting is not None
    assert [(one.bid, one.matter, one.subject, one.choices) for one in waiting.waiting] == [
        ("A1", "spread", "C1", ("admit",))
    ]
    folder = spoilt(all_of(far_apart("decision"), decide(matter="spread", subject="C1", decision="disregard")))
    assert block_award(validate(folder.published(), folder.received())[1])


def test_every_finding_of_validation_has_a_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_the_example_of_a_finding_fills_its_words(entry: object) -> None:
    known = CATALOGUE[entry.code]  # type: ignore[attr-defined]
    for words in (known.message, known.remedy):
        assert "{" not in words.format(**known.example)


def test_a_note_names_no_row_of_a_table_so_that_row_order_cannot_change_what_goes_out() -> None:
    notes = {entry.code for entry in ENTRIES if entry.severity is Severity.NOTE}
    for case in (case for case in CASES if case.code in notes):
        assert "!" not in case.place
