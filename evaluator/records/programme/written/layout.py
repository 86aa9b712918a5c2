"""The criteria workbook: its sheets and their blocks, drawn from the records, once for its writer and its reader.

A form has a key to a row; a table has an entry to a row; pairs have a name and its value to a row. A key that a record
gains is on the workbook by itself; ``words.py`` gives it a label and a note.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.criteria import Criteria, Question, Theme
from evaluator.records.programme.published import Day, Fact, Moment, Published, is_money
from evaluator.records.programme.rules import RULE_KINDS, Rule
from evaluator.records.programme.written.files import percents
from evaluator.records.programme.written.words import words_of

Kind = Literal[
    "text", "number", "money", "whole", "percent", "yes_no", "choice", "list", "pairs", "entries", "facts", "moment"
]  # fmt: skip
Shape = Literal["form", "table", "pairs"]
GUIDE, LISTS, NAMES, THEME = "Guide", "Lists", "Names", "Theme"
FACTS = "facts"  # what is declared beside texts
STANDS_IN = "stands_in"  # of a rule: the theme whose file it stands in
RULES = "allocation.rule"
KEY, LABEL, VALUE, NOTE = range(4)  # the columns of a form
ACCEPTED, VERSIONS = "Accepted", "Versions"  # sheets of what people decided before publication

SHEET_OF = {
    "total": "Scale",
    "scale": "Scale",
    "scale_of": "Scale",
    "not_applicable": "Scale",
    "common": "Common questions",
    "gate": "Gates",
    "verification": "Gates",
    "term": "Gates",
    "measured": "Price",
    "price_line": "Price",
    "stage": "Common questions",
    "price": "Price",
    "rounding": "Moderation and ties",
    "moderation": "Moderation and ties",
    "tie_break": "Moderation and ties",
    "allocation": "Award rules",
    "amounts": "Award rules",
    "final_choice": "Award rules",
    "contract_management": "Award rules",
    "equality": "Equality plan",
}
SHEETS = (
    "Programme",
    "Scale",
    "Common questions",
    "Gates",
    "Price",
    "Moderation and ties",
    "Award rules",
    "Equality plan",
)
TITLES = {
    "": "The programme",
    "procurement": "The procurement and its dates",
    "area": "The wards, for maps",
    "outcomes": "Outcomes",
    "approaches": "Approaches",
    "tier": "Tiers by contract size",
    "scale": "The scale",
    "scale.mark": "Marks of the scale",
    "scale_of": "Scales of some questions alone",
    "not_applicable": "Questions that may not apply to a bid",
    "gate": "Pass or fail conditions",
    "verification": "Verification of figures that decide",
    "term": "Terms that bind beside these rules",
    "measured": "What is measured: points that follow from a figure",
    "price_line": "Lines of the price",
    "stage": "Stages, and who goes on from each",
    "price": "How price is scored",
    "rounding": "Rounding",
    "moderation": "Moderation",
    "tie_break": "Tie-break",
    "allocation": "How money is divided",
    RULES: "Rules of award",
    "amounts": "Sums of awards",
    "amounts.by_score": "Shares of the ask by score",
    "amounts.tranche": "Tranches",
    "final_choice": "Final choice after the ranks",
    "final_choice.ground": "Grounds of the final choice",
    "contract_management": "Hours of managing a contract",
    "equality": "What is monitored",
    "equality.characteristic": "What organisations are asked",
    "common": "Common questions of every theme",
}
DECIDED: dict[str, tuple[type[Published], str, str]] = {
    ACCEPTED: (Accepted, "accepted", "Findings that somebody accepts, with a reason"),
    VERSIONS: (Version, "version", "What changed with each version that was published"),
}
THEME_TITLES = {
    "": "The theme",
    "weights": "Weights and minimum marks",
    "question": "The theme's own questions",
    "price": "The theme's own price policy, if it has one",
    "section": "Sections under which weights are published",
}
COLUMNS: dict[str, tuple[str, ...]] = {  # of tables, from A; an empty name leaves a column free
    "Question": (
        *("id", "title", "text", "word_limit", "scope", "good_answer"),
        *("outcomes", "approaches", "purpose", "source", "relative_weight", "optional"),
    ),
    "Rule": ("id", "title", "source", "kind", STANDS_IN, "theme", "year", "limit", "least", "most", "group", "bids"),
    "Gate": ("id", "title", "question", "predicate", "on_failure", "source"),
    "Characteristic": ("id", "title", "values", "about", "", "source"),
    "Section": ("id", "title", "questions", "weight", "", "shares", "source"),
    "Measured": (
        *("id", "title", "text", "unit", "method", "parameters", "better", "least", "most", "cap", "band", "source"),
    ),
    "Tier": (
        *("id", "title", "source", "up_to", "word_limit", "total_words"),
        *("monitoring", "turnover", "accounts_years", "insurance", "optional", "instead_of_accounts"),
    ),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A key of a form or a column of a table: what it is called, what its cell holds, and where it stands."""

    key: str
    label: str
    note: str
    kind: Kind
    choices: tuple[str, ...] = ()
    column: int = VALUE
    blank: bool = False  # whether an empty cell beside others that are filled is an empty text


@dataclass(frozen=True)
class Block:
    """A part of a sheet under a title of its own; ``path`` is the table of the file that it fills."""

    path: str
    title: str
    shape: Shape
    items: tuple[Item, ...]


@cache
def programme_blocks(sheet: str) -> tuple[Block, ...]:
    """Give the blocks of a sheet about the whole programme, in order."""
    return tuple(block for block in _programme() if SHEET_OF.get(block.path.split(".")[0], "Programme") == sheet)


@cache
def decided_block(sheet: str) -> Block:
    """Give the block of a sheet on which people write what they decided before publication."""
    record, path, title = DECIDED[sheet]
    items = tuple(item for item in _columns(record) if item.key != "message")
    return Block(path, title, "table", items)


@cache
def theme_blocks() -> tuple[Block, ...]:
    """Give the blocks of a theme's sheet."""
    items = (_item("Theme", "id", str), *(_item("Theme", key, Decimal) for key in ("weights", "minimum_marks")))
    weights = tuple(replace(item, column=at) for item, at in zip(items, (0, 3, 4), strict=True))
    form, *others = _blocks("", Theme, THEME_TITLES, apart=("weights", "minimum_marks", "rule"))
    return (form, Block("weights", THEME_TITLES["weights"], "pairs", weights), *others)


def _programme() -> Iterator[Block]:
    yield from _blocks("", Criteria, TITLES, apart=("schema", "common", "themes"))
    yield Block("common", TITLES["common"], "table", _columns(Question))


def _blocks(path: str, record: type[Published], titles: dict[str, str], apart: tuple[str, ...] = ()) -> Iterator[Block]:
    """Give the form of a record, then a block for each table in it."""
    hints = {field.alias or name: _bare(_hints(record)[name]) for name, field in record.model_fields.items()}
    hints = {key: hint for key, hint in hints.items() if key not in apart}
    inner = {
        key: hint
        for key, hint in hints.items()
        if _entry(hint) not in (None, Fact) or (get_origin(hint) is dict and not path)
    }
    own = sorted((key for key in hints if key not in inner), key=FACTS.__eq__)  # facts stand after the texts
    items = tuple(_item(record.__name__, key, hints[key], record) for key in own)
    yield Block(path, titles.get(path, path), "form", items)
    for key, hint in inner.items():
        yield from _inner(f"{path}.{key}".lstrip("."), hint, titles)


def _inner(path: str, hint: Any, titles: dict[str, str]) -> Iterator[Block]:
    entry, title = _entry(hint), titles.get(path) or words_of("", path.split(".")[-1])[0]
    if entry is None:
        name = Item("id", "Id", "Letters, digits and underscores.", "text", column=0)
        yield Block(path, title, "pairs", (name, Item(path, "In words", "", "text", column=VALUE)))
    elif get_origin(hint) is tuple:
        yield Block(path, title, "table", _columns(entry))
    else:
        yield from _blocks(path, entry, titles | {path: title})


def _columns(entry: Any) -> tuple[Item, ...]:
    """Give the columns of a table of records, or of rules of every kind."""
    records = tuple(RULE_KINDS.values()) if entry == Rule else (entry,)
    name = "Rule" if entry == Rule else entry.__name__
    found: dict[str, Item] = {}
    for record in records:
        for key in record.model_fields:
            item = _item(name, key, _bare(_hints(record)[key]), record)
            found[key] = _merged(found[key], item) if key in found else item
    if len(records) > 1:  # a key of one kind of rule alone is not there in the others
        everywhere = {key for key in found if all(key in record.model_fields for record in records)}
        found = {key: replace(item, blank=item.blank and key in everywhere) for key, item in found.items()}
    if entry == Rule:
        found[STANDS_IN] = Item(STANDS_IN, "Stands in", "Empty: the programme's rule. Or the id of a theme.", "text")
    order = COLUMNS.get(name, ())
    order += tuple(sorted((key for key in found if key not in order), key=FACTS.__eq__))
    return tuple(_at(found[key], column) for column, key in enumerate(order) if key in found)


@cache
def rule_items(kind: str) -> tuple[Item, ...]:
    """Give the keys that a rule of one kind takes, as its own type has them."""
    record = RULE_KINDS[kind]
    items = (_item("Rule", key, _bare(_hints(record)[key]), record) for key in record.model_fields if key != "kind")
    last = ("gives_way", "source", FACTS)
    return tuple(sorted(items, key=lambda item: last.index(item.key) if item.key in last else -1))


def _at(item: Item, column: int) -> Item:
    return replace(item, column=column)


def _merged(one: Item, other: Item) -> Item:
    """Join a key that several kinds of rule have; where they differ, its cell takes any number."""
    kind: Kind = one.kind if one.kind == other.kind else "number"
    choices = tuple(dict.fromkeys(one.choices + other.choices))
    return replace(one, kind=kind, choices=choices, blank=one.blank and other.blank)


def _item(name: str, key: str, hint: Any, record: type[Published] | None = None) -> Item:
    label, note = words_of(name, key)
    kind = _kind(hint)
    kind = "percent" if record is not None and key in percents(record) and kind != "list" else kind
    choices = ("yes", "no") if kind == "yes_no" else tuple(map(str, get_args(hint))) if kind == "choice" else ()
    needed = record is not None and record is not Criteria and record.model_fields[key].is_required()
    return Item(key, label, note, kind, choices, blank=kind == "text" and needed)


def _kind(hint: Any) -> Kind:
    """Say what a cell holds from the type of its key."""
    if _entry(hint):
        return "facts" if _entry(hint) is Fact else "entries"
    if get_origin(hint) in (tuple, dict):
        return "list" if get_origin(hint) is tuple else "pairs"
    if get_origin(hint) is Literal:
        return "choice"
    if any(map(is_money, getattr(hint, "__metadata__", ()))):
        return "money"
    if hint in (Day, Moment):
        return "moment"
    plain: dict[Any, Kind] = {bool: "yes_no", int: "whole", Decimal: "number"}
    return plain.get(getattr(hint, "__origin__", hint), "text")


def _bare(hint: Any) -> Any:
    """Take "or nothing", and the marks of a list or table, off a type."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    marked = get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) in (tuple, dict)
    return get_args(hint)[0] if marked else hint


def _entry(hint: Any) -> Any:
    """Give the record that a type holds, one or many; None where it holds none."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    return inner if inner == Rule or (isinstance(inner, type) and issubclass(inner, Published)) else None


@cache
def _hints(record: type[Published]) -> dict[str, Any]:
    return get_type_hints(record, include_extras=True)
