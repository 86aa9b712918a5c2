"""The layout of a bid form, declared once for those who write it and those who read it back."""

from dataclasses import dataclass

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Question, Theme
from evaluator.records.programme.price.lines import PriceLine
from evaluator.records.programme.price.measured import Measured
from evaluator.records.programme.rules import GroupFloor
from evaluator.records.submissions.table_layouts import Kind

TEMPLATE = "bid-form/1"
META = ("template", "programme", "version", "seal", "theme")
BID_SHEET, CONDITIONS, PRICES, ANSWERS = "Bid", "Conditions", "Prices", "Answers"
HEADING_ROW = 4  # of every sheet; the rows to fill in stand under it, each found by the key in column A
ANSWER_LETTER = {BID_SHEET: "C", PRICES: "C", CONDITIONS: "E", ANSWERS: "G"}
SAVE = "Fill in the yellow cells only. Save the workbook as it is (.xlsx) and send it back; keep a copy."
HEARD = "A fail does not end your bid: a person hears you and decides."
KINDS_HEARD = "Whoever answers fail is heard before a person decides what follows."
STAGED = (
    "Questions of a later stage are for bids that have gone on to it: leave them empty until you are told, and then "
    "send this form again with those answers too."
)
LAST_ASKED = "Prices, and figures on the sheet Bid that earn points, are asked for in the last stage."
TOTAL = "total"  # the key of the row that adds up the prices


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a bidder fills in: the register's key, what is asked, what the cell holds, and help."""

    key: str
    label: str
    kind: Kind = "text"
    help: str = ""
    choices: tuple[str, ...] = ()


REACHED = (
    Field("address", "Postal address", help="Where letters about this bid go."),
    Field("email", "E-mail address", help="One address that is read."),
    Field("identifier", "Unique identifier", help="Of the central digital platform, or a charity or company number."),
)
OF_A_NOTICE = (
    Field("sme", "Is your organisation small or medium-sized?", "yes_no", "Fewer than 250 staff.", ("yes", "no")),
    Field("ngo", "Is it a non-governmental organisation?", "yes_no", "It reinvests for its aims.", ("yes", "no")),
)
MAY_LACK = tuple(field.key for field in (*REACHED, *OF_A_NOTICE))  # rows that forms issued before do not have


def bid_fields(criteria: Criteria, theme: Theme) -> tuple[Field, ...]:
    """Give what a form asks about the bid and the bidder: what the register needs, and no more.

    What only some programmes use (people for a unit cost, wards, groups and size where a rule of award counts them) is
    asked where it is used.
    """
    asked = {rule.traits.asks for rule in criteria.rules}
    policy = criteria.price_policy(theme.id)
    groups = sorted({rule.group for rule in criteria.rules if isinstance(rule, GroupFloor)})
    fields = [
        Field("bid", "Bid reference", "id", "Leave this empty: the council fills it in."),
        Field("theme", "Theme", "id", f"{theme.title}. This form is for this theme only."),
        Field("organisation", "Organisation’s reference", "id", "Your charity or company number, or one short name."),
        Field("name", "Organisation’s name"),
        Field("title", "Name of the project or service"),
        Field("members", "Other organisations of a consortium", "list", "Their references, separated by a semicolon."),
        *REACHED,
        *(OF_A_NOTICE if criteria.tells_the_platform else ()),
    ]
    if policy and policy.basis == "unit_cost":
        fields.append(
            Field("people", f"Number of units: {policy.unit}", "whole", "For all years together, a whole number.")
        )
    if criteria.decided_by("wards"):
        fields.append(Field("wards", "Wards that you will serve", "list", "Separated by semicolons."))
    if groups:
        fields.append(
            Field(
                "groups",
                "Groups that you will serve",
                "list",
                f"Separated by semicolons. Counted: {'; '.join(groups)}.",
            )
        )
    if "small" in asked:
        fields.append(Field("small", "Is your organisation small, as published?", "yes_no", "yes or no", ("yes", "no")))
        fields.append(Field("income", "Yearly income in the latest accounts (£)", "money"))
    if "hours" in asked and criteria.contract_management is None:
        fields.append(
            Field("hours", "Contract management hours", "decimal", "Leave this empty: the council fills it in.")
        )
    return (*fields, *map(_measured, criteria.measured_in(theme.id)))


def _measured(one: Measured) -> Field:
    """Ask for the figure of a measured criterion, in its unit."""
    if one.is_yes_or_no:
        return Field(one.column, one.title, "yes_no", one.text or "yes or no", ("yes", "no"))
    counted = f"A number, in {one.unit}." if one.unit else "A number."
    return Field(one.column, one.title, "decimal", f"{one.text} {counted}".strip())


def price_fields(criteria: Criteria) -> tuple[Field, ...]:
    """Give the price schedule: a price for each line, or for each year, or one where there is neither."""
    if criteria.price_line:
        return tuple(Field(one.column, one.title, "money", _line_help(one)) for one in criteria.price_line)
    if not criteria.years:
        return (Field("price", "Price for the whole work", "money"),)
    return tuple(Field(f"price:{year}", f"Price for {year}", "money") for year in criteria.years)


def _line_help(one: PriceLine) -> str:
    unit = f"For each {one.unit}." if one.unit else "For the whole of it."
    count = f" The bid is compared for {decimal_text(one.quantity)} of them." if one.quantity is not None else ""
    return f"{unit}{count}{' An option: no part of what the award costs.' if one.option else ''}"


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet of a form as it is issued: its locked texts, and the key of each row with its texts from column A.

    A text that is None is a cell to fill in, or one that is worked out. These words are held against every form that
    comes back, so that a change of them would refuse the forms that are out: add to them, and leave them as they are.
    """

    name: str
    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def form_sheets(criteria: Criteria, theme: Theme) -> tuple[FormSheet, ...]:
    """Give the sheets of a theme's form with every text that is issued."""
    conditions = (_conditions(criteria),) if criteria.gate else ()
    return (_bid(criteria, theme), *conditions, _prices(criteria), _answers(criteria, theme))


def _bid(criteria: Criteria, theme: Theme) -> FormSheet:
    answers = {"theme": theme.id}
    return FormSheet(
        BID_SHEET,
        f"Bid: {theme.title}",
        f"{criteria.title}. {SAVE}",
        ("Key", "What", "Your answer", "Note"),
        tuple((one.key, one.label, answers.get(one.key), one.help) for one in bid_fields(criteria, theme)),
    )


def _conditions(criteria: Criteria) -> FormSheet:
    return FormSheet(
        CONDITIONS,
        "Conditions",
        f"Say pass or fail for each. {KINDS_HEARD if any(gate.kind for gate in criteria.gate) else HEARD} {SAVE}",
        ("Key", "Condition", "What is asked", "What passes", "Pass or fail"),
        tuple((gate.id, gate.title, gate.question, gate.predicate, None) for gate in criteria.gate),
    )


def _prices(criteria: Criteria) -> FormSheet:
    fields = price_fields(criteria)
    total = ((TOTAL, "All together", None, ""),) if len(fields) > 1 and not criteria.price_line else ()
    return FormSheet(
        PRICES,
        "Your prices",
        "In pounds, with at most two decimal places, and without VAT unless the tender documents say otherwise."
        + (f" {LAST_ASKED}" if criteria.deciding_stages else ""),
        ("Key", "For", "Price (£)", "Note"),
        (*((one.key, one.label, None, one.help) for one in fields), *total),
    )


def _answers(criteria: Criteria, theme: Theme) -> FormSheet:
    note = (
        "A question answered once by the organisation counts in each of its bids. Words are counted beside each answer."
    )
    note = f"{note} {STAGED}" if criteria.deciding_stages else note
    headings = ("Key", "Question", "What is asked", "What a good answer holds", "Points", "Most words", "Your answer")
    rows = tuple(
        _question(criteria, theme, question, criteria.word_limit(question, theme.id))
        for question in criteria.asked(theme.id)
    )
    return FormSheet(ANSWERS, "Your answers", f"{note} {SAVE}", (*headings, "Words"), rows)


def _question(criteria: Criteria, theme: Theme, question: Question, limit: int | None) -> tuple[str | None, ...]:
    once = " (answered once by the organisation)" if question.scope == "organisation" else ""
    points = decimal_text(theme.weights[question.id]) if question.id in theme.weights else ""
    points = {"pass_fail": "pass or fail", "information": "not scored"}.get(question.answered, points)
    most = str(limit) if limit is not None else "no limit"
    deciding, at = criteria.deciding_stages, criteria.stage_of(question.id)
    name = criteria.stage[at].name if at < len(criteria.stage) else "the last"
    stage = f" (stage {at + 1} of {len(criteria.stages_in_order)}: {name})" if deciding else ""
    title = f"{question.title}{once}{stage}"
    return question.id, title, question.text, question.good_answer, points, most, None, None
