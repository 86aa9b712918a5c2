"""The columns of the tables that depend on the criteria, and all others, for those who read and write files."""

from dataclasses import replace

from evaluator.records.look_alikes import skeleton
from evaluator.records.programme.allocation_policy import OBJECTIVES
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.lines import PriceLine
from evaluator.records.programme.price.measured import Measured
from evaluator.records.submissions.table_layouts import (
    AGAIN,
    ANSWERS,
    ATTENDEES,
    BID,
    BID_OR_ORGANISATION,
    CONSENSUS,
    DECISIONS,
    DELETIONS,
    EVALUATOR,
    EVALUATOR_CELL,
    EVALUATOR_SHEET,
    EVENTS,
    EVENTS_WORKBOOK,
    FOR_BIDDER,
    FOR_RULES,
    GRANTS,
    INTERESTS,
    ISSUED,
    LEAST_REASON,
    LOCKED,
    MARK,
    MARKS,
    MET_ON,
    META_SHEET,
    MODERATION,
    MOST_REASON,
    OF_A_NOTICE,
    OF_THE_ADDRESS,
    OF_THE_BIDDER,
    OF_THE_REGISTER,
    OF_THE_SERVICE,
    ON_GATES_WITH_KINDS,
    ON_SUMS,
    ORIGIN,
    PANEL,
    PRICE_IN_ALL,
    QUESTION,
    REASON,
    RECEIPTS,
    RETURN,
    ROW,
    SCALE,
    SEEN,
    SINCE,
    TEMPLATE,
    TO_DECIDE,
    WHAT_GOES_WHERE,
    Column,
    Kind,
    Layout,
)

__all__ = [
    "AGAIN",
    "ANSWERS",
    "ATTENDEES",
    "BID",
    "BID_OR_ORGANISATION",
    "CONSENSUS",
    "DECISIONS",
    "DELETIONS",
    "EVALUATOR",
    "EVALUATOR_CELL",
    "EVALUATOR_SHEET",
    "EVENTS",
    "EVENTS_WORKBOOK",
    "FOR_BIDDER",
    "GRANTS",
    "INTERESTS",
    "ISSUED",
    "LEAST_REASON",
    "LOCKED",
    "MARK",
    "MARKS",
    "META_SHEET",
    "MET_ON",
    "MODERATION",
    "MOST_REASON",
    "ON_GATES_WITH_KINDS",
    "ON_SUMS",
    "ORIGIN",
    "PANEL",
    "QUESTION",
    "REASON",
    "RECEIPTS",
    "RETURN",
    "ROW",
    "SCALE",
    "SEEN",
    "SINCE",
    "TEMPLATE",
    "TO_DECIDE",
    "Column",
    "Kind",
    "Layout",
    "monitoring",
    "register",
]  # fmt: skip


def _gate_heading(gate: Gate, criteria: Criteria) -> str:
    """Give a gate's title, with its id where another gate or a column of the register is called the same."""
    titles = [skeleton(one.title.casefold()) for one in criteria.gate]
    fixed = {skeleton(name.casefold()) for one in OF_THE_REGISTER for name in (one.key, one.heading)}
    own = skeleton(gate.title.casefold())
    return f"{gate.title} ({gate.id})" if titles.count(own) > 1 or own in fixed else gate.title


def measured_heading(one: Measured) -> str:
    """Give a measured criterion's title with its unit, and its id, so that no two columns are called the same."""
    return f"{one.title} ({one.unit}, {one.id})" if one.unit else f"{one.title} ({one.id})"


def line_heading(one: PriceLine) -> str:
    """Give a price line's title with its unit, and its id, so that no two columns are called the same."""
    return f"{one.title} (£ per {one.unit}, {one.id})" if one.unit else f"{one.title} (£, {one.id})"


def register(criteria: Criteria, *, received: bool = False) -> Layout:
    """Give the register's columns: prices by year where there are years, a column for each figure and each gate.

    A blank register asks for prices by year; one that is ``received`` may hold one ``price`` for the whole life instead
    or as well, and validation says whether that is enough.
    """
    by_year = tuple(
        Column(f"price:{year}", f"Price {year} (£)", "money", required=not received, width=14)
        for year in criteria.years
    )
    by_year += tuple(
        Column(one.column, line_heading(one), "money", required=not received, width=14) for one in criteria.price_line
    )
    whole = (PRICE_IN_ALL,)
    gates = tuple(
        Column(f"gate:{gate.id}", _gate_heading(gate, criteria), "pass_fail", width=14) for gate in criteria.gate
    )
    measured = tuple(
        Column(one.column, measured_heading(one), "yes_no" if one.is_yes_or_no else "decimal", width=16)
        for one in criteria.measured
    )
    return Layout(
        "the register",
        "Bids",
        "register.csv",
        (
            BID,
            *OF_THE_BIDDER,
            *by_year,
            *(whole if received or not by_year else ()),
            *measured,
            *gates,
            *OF_THE_SERVICE,
            *(column for key, column in FOR_RULES.items() if received or key in asked_for(criteria)),
            *OF_THE_ADDRESS,
            *(OF_A_NOTICE if received or criteria.tells_the_platform else ()),
        ),
        harmless=OF_NO_ACCOUNT,
        beside=(WHAT_GOES_WHERE,),
    )


# Columns that registers have for whoever keeps them; what they say decides nothing.
OF_NO_ACCOUNT = (
    ORIGIN,
    *("received on", "time received", "date", "no", "no.", "number", "row", "#"),
    *(
        "notes",
        "note",
        "comments",
        "comment",
        "remarks",
        "contact",
        "contact name",
        "contact person",
        "contact details",
    ),
    *("telephone", "phone", "phone number", "website", "checked by", "entered by"),
)


def asked_for(criteria: Criteria) -> frozenset[str]:
    """Name the columns that only certain criteria need, where these are such: rules of award, what is verified."""
    policy = criteria.allocation
    asked: set[str | None] = {"verified"} if criteria.verification else set()
    if policy is not None:
        asked |= {rule.traits.asks for rule in criteria.rules}
        asked |= {OBJECTIVES[objective].asks for objective in policy.objective + policy.tie_break}
        asked |= {"least_level"} if policy.level else set()
    return frozenset(FOR_RULES.keys() & asked)


def consensus(criteria: Criteria) -> Layout:
    """Give the columns of what a panel agreed; where marks are worked out, it gives reasons and need hold no mark."""
    if not criteria.moderation.combines:
        return CONSENSUS
    optional = {MARK.key: replace(MARK, required=False), REASON.key: replace(REASON, required=False)}
    columns = tuple(optional.get(column.key, column) for column in CONSENSUS.columns)
    return replace(CONSENSUS, title="the reasons for marks", columns=columns)


def monitoring(criteria: Criteria) -> Layout:
    """Give the columns of the equality monitoring: the organisation, then one column for each characteristic."""
    asked = criteria.equality.characteristic if criteria.equality else ()
    return Layout(
        "the equality monitoring",
        "Monitoring",
        "monitoring.csv",
        (
            Column("organisation", "Organisation", "id"),
            *(Column(axis.id, axis.title, required=False, width=28) for axis in asked),
        ),
        private=True,
    )
