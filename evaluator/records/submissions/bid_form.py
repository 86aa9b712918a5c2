"""The layout of a bid form, declared once for those who write it and those who read it back."""

from dataclasses import dataclass

from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.rules import GroupFloor
from evaluator.records.submissions.table_layouts import Kind

TEMPLATE = "bid-form/1"
META = ("template", "programme", "version", "seal", "theme")
BID_SHEET, CONDITIONS, PRICES, ANSWERS = "Bid", "Conditions", "Prices", "Answers"
HEADING_ROW = 4  # of every sheet; the rows to fill in stand under it, each found by the key in column A
ANSWER_LETTER = {BID_SHEET: "C", PRICES: "C", CONDITIONS: "E", ANSWERS: "G"}


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
    if "wards" in asked:
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
    return tuple(fields)


def price_fields(criteria: Criteria) -> tuple[Field, ...]:
    """Give the price schedule: a price for each year, or one where there are no years."""
    if not criteria.years:
        return (Field("price", "Price for the whole work", "money"),)
    return tuple(Field(f"price:{year}", f"Price for {year}", "money") for year in criteria.years)
