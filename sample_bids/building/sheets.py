"""The sample's workbooks, with the columns that the evaluator itself declares."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.layouts import Column, Layout
from evaluator.publication import fingerprint
from evaluator.records.documents import Cell, Choice, Sheet, Style, Workbook
from evaluator.records.programme.criteria import Criteria
from sample_bids.building.offers import YEARS, Offer
from sample_bids.building.panel import NAMES, PANELS
from sample_bids.building.sample import Marked, Sample

Value = str | int | Decimal | None
Row = Mapping[str, Value]
SYNTHETIC = "Synthetic: made by a script, not by people. No organisation or person in it is real."
BIDDER = Column("bidder", "Bidder", width=30)
ASKED = Column("asked", "Asked", width=30)
STYLES: dict[str, Style] = {"money": "money"}


def table_sheet(layout: Layout, rows: Sequence[Row], inputs: Iterable[str] = (), choices: bool = False) -> Sheet:
    """Put rows under a layout's headings; ``inputs`` are the columns that people fill in, all others being locked."""
    filled = tuple(inputs)
    heading = tuple(Cell(column.heading, style="heading") for column in layout.columns)
    body = (tuple(_cell(column, row.get(column.key), filled) for column in layout.columns) for row in rows)
    return Sheet(
        name=layout.sheet,
        rows=(heading, *body),
        widths=tuple(column.width for column in layout.columns),
        freeze=(1, 1),
        table=(1, len(rows) + 1),
        choices=_mark_choice(layout, len(rows)) if choices else (),
        protected=bool(filled),
    )


def _cell(column: Column, value: Value, inputs: tuple[str, ...]) -> Cell:
    places = 0 if column.kind == "money" else None
    long = isinstance(value, str) and len(value) > column.width
    style: Style = "input" if column.key in inputs else "text" if long else STYLES.get(column.kind, "")
    return Cell(value, style=style, places=places)


def _mark_choice(layout: Layout, rows: int) -> tuple[Choice, ...]:
    letter = "ABCDEFGH"[[column.key for column in layout.columns].index("mark")]
    return (Choice(f"{letter}2:{letter}{rows + 1}", ("0", "1", "2", "3", "4", "5")),)


def register(sample: Sample) -> Workbook:
    """Make the register: a row for each bid."""
    sheet = table_sheet(
        layouts.register(sample.criteria), [_offer_row(sample.criteria, offer) for offer in sample.offers]
    )
    return Workbook(f"Register of bids. {SYNTHETIC}", (sheet,))


def _offer_row(criteria: Criteria, offer: Offer) -> Row:
    organisation = offer.organisation
    return {
        "bid": offer.bid,
        "theme": offer.theme,
        "organisation": organisation.id,
        "name": organisation.name,
        "title": offer.title,
        "members": "; ".join(offer.members) or None,
        **{f"price:{year}": amount for year, amount in zip(YEARS, offer.by_year, strict=True)},
        **{f"gate:{gate.id}": "fail" if gate.id in offer.failed else "pass" for gate in criteria.gate},
        "people": offer.people,
        "hours": criteria.management_hours(offer.theme, offer.price * 100),
        "wards": "; ".join(offer.wards),
        "groups": "; ".join(offer.groups),
        "small": "yes" if organisation.small else "no",
        "income": organisation.income,
        "received": offer.received,
        "verified": "people; wards" if offer.theme == "advice" else "wards",
        "sme": "yes",
        "ngo": "yes",
        "address": f"{int(organisation.id[-3:])} Made-up Street, London E1 0ZZ",
        "email": f"bids@{organisation.id.lower()}.example",
        "identifier": f"GB-MADE-UP-{organisation.id[-3:]}",
    }


def evaluator_return(sample: Sample, evaluator: str) -> Workbook:
    """Make one evaluator's return: who it is from, the scale, and a row for each answer."""
    columns = layouts.RETURN.columns
    shown = replace(layouts.RETURN, columns=(columns[0], BIDDER, columns[1], ASKED, *columns[2:]))
    rows = [_marked_row(marked) for marked in sample.marks_of(evaluator)]
    marks = table_sheet(shown, rows, inputs=("mark", "reason"), choices=True)
    return Workbook(f"Return of {evaluator}. {SYNTHETIC}", (_who(sample.criteria, evaluator), marks))


def _marked_row(marked: Marked) -> Row:
    answer = marked.answer
    return {
        "bid": answer.subject,
        "bidder": answer.offer.organisation.name,
        "question": answer.question.id,
        "asked": answer.question.title,
        "mark": marked.mark,
        "reason": marked.reason,
        "for_bidder": marked.told or None,
    }


def _who(criteria: Criteria, evaluator: str) -> Sheet:
    facts = (
        ("Evaluator", evaluator),
        ("Programme", criteria.reference),
        ("Criteria version", criteria.version),
        ("Seal", fingerprint(criteria)[:12]),
        ("Name", NAMES[evaluator]),
    )
    scale = tuple(
        (Cell(str(point.mark)), Cell(point.label), Cell(point.descriptor, style="text"))
        for point in criteria.scale.mark
    )
    return Sheet(
        name=layouts.EVALUATOR_SHEET,
        rows=(
            (Cell("Evaluator's return", style="title"),),
            (Cell(SYNTHETIC),),
            *((Cell(name), Cell(value)) for name, value in facts),
            (),
            (
                Cell("Mark", style="heading"),
                Cell("In a word", style="heading"),
                Cell("When it is given", style="heading"),
            ),
            *scale,
        ),
        widths=(18, 22, 90),
        protected=True,
    )


def moderation(sample: Sample) -> Workbook:
    """Make the moderation workbook: the agreed mark of each answer with its reason."""
    rows = [_marked_row(marked) for marked in sample.agreed]
    sheet = table_sheet(layouts.CONSENSUS, rows, inputs=("mark", "reason", "for_bidder"), choices=True)
    return Workbook(f"Agreed marks. {SYNTHETIC}", (sheet,))


def declarations(sample: Sample) -> Workbook:
    """Make the workbook of the panel and of what each evaluator declared."""
    panel = [
        {"evaluator": evaluator, "name": name, "theme": theme}
        for evaluator, name in NAMES.items()
        for theme, members in PANELS.items()
        if evaluator in members
    ]
    declared = [vars(interest) for interest in sample.interests]
    whole = tuple(column for column in layouts.PANEL.columns if column.required)  # every seat is for its whole theme
    sheets = (table_sheet(replace(layouts.PANEL, columns=whole), panel), table_sheet(layouts.INTERESTS, declared))
    return Workbook(f"Panel and declarations of interest. {SYNTHETIC}", sheets)


def decisions(sample: Sample) -> Workbook:
    """Make the workbook of people's decisions."""
    asked = (*layouts.ON_GATES_WITH_KINDS, *layouts.ON_SUMS)
    headings = tuple(column for column in layouts.DECISIONS.columns if column not in asked)
    layout = replace(layouts.DECISIONS, columns=headings)
    return Workbook(f"Decisions. {SYNTHETIC}", (table_sheet(layout, sample.decisions),))
