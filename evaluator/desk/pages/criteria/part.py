"""A part of the criteria by its place: a form, a list of entries, or names with their values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from evaluator.desk.page import Conflict, Link, Page, Problem
from evaluator.desk.pages.criteria import entry
from evaluator.desk.pages.criteria.changing import change, need_editable
from evaluator.desk.pages.criteria.choices import tier_title
from evaluator.desk.pages.criteria.fields import shown, title_of
from evaluator.desk.pages.criteria.found import FIELD, Found, Placed, anchor, asked, found
from evaluator.desk.pages.criteria.pictures import Picture, picture
from evaluator.desk.pages.criteria.sentences import kind_words, sentence_of
from evaluator.desk.visit import Answer, Go, Refused, StaleError, Visit, get, post
from evaluator.jobs.criteria.drafts import CannotBeKeptError, Draft
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, exact_text, plain_decimal
from evaluator.records.programme.price.methods import METHODS, SAME_AS
from evaluator.records.programme.price.names import PLAIN
from evaluator.records.programme.rules import RULE_KINDS, SCOPES
from evaluator.records.programme.written.entries import Spot, added_at, block_at, entry_at, table_at, with_entry
from evaluator.records.programme.written.files import PROGRAMME, TEMPLATE, THEMES
from evaluator.records.programme.written.layout import Block

PLACE = None
SPARE = 3
WEIGHTS, LEAST = "weights", "minimum_marks"
MOST_ROWS = 400
SHORT = 160  # characters of a text in a list of entries


@dataclass(frozen=True)
class Listed:
    """An entry in a list: its number, what it is called, what it says, where it is changed, and what was found."""

    name: str
    says: str
    address: str
    findings: int


@dataclass(frozen=True, kw_only=True)
class Table(Page):
    """The entries of a list."""

    template: ClassVar[str] = "criteria/table.html"
    crumbs: tuple[Link, ...]
    rows: tuple[Listed, ...]
    add: str
    findings: tuple[tuple[Finding, str], ...]


@dataclass(frozen=True)
class Row:
    """A row of names with values: the id, which may be typed where ``said`` is empty, and a text for each column.

    A column that has no meaning for it has None: a figure has no minimum mark.
    """

    at: int
    id: str
    said: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Pairs(Page):
    """Names with their values: outcomes, approaches, weights."""

    template: ClassVar[str] = "criteria/pairs.html"
    action: str
    crumbs: tuple[Link, ...]
    version: str
    labels: tuple[tuple[str, str], ...]  # of each column: what it is called, and the first part of its fields' names
    rows: tuple[Row, ...]
    total: str
    conflicts: tuple[Conflict, ...]
    findings: tuple[tuple[Finding, str], ...]


@dataclass(frozen=True, kw_only=True)
class Kinds(Page):
    """The kinds of rule to choose from."""

    template: ClassVar[str] = "criteria/kinds.html"
    crumbs: tuple[Link, ...]
    kinds: tuple[tuple[str, str, str], ...]  # address, name, what it demands


@dataclass(frozen=True, kw_only=True)
class Prices(Page):
    """The price methods, each with its picture."""

    template: ClassVar[str] = "criteria/prices.html"
    crumbs: tuple[Link, ...]
    methods: tuple[tuple[Picture, str, str], ...]  # the picture, its address, other names under which it is published


@dataclass(frozen=True, kw_only=True)
class Remove(Page):
    """Whether an entry is to be taken away."""

    template: ClassVar[str] = "criteria/remove.html"
    action: str
    back: str
    what: str
    version: str


def spot_asked(visit: Visit) -> Spot:
    """Give the place that an address names.

    Raises
    ------
    Refused
        Where the criteria have no such place.
    """
    number = visit.query.get("number", "0")
    spot = Spot(
        visit.query.get("file", PROGRAMME), visit.query.get("path", ""), int(number) if number.isdecimal() else 0
    )
    now = visit.look(found, visit.programme.criteria)
    known = spot.file in (PROGRAMME, TEMPLATE) or (spot.file.startswith(f"{THEMES}/") and spot.file in now.draft.files)
    table = table_at(now.draft.files, spot) if known else None
    last = len(table) + 1 if isinstance(table, list) else 1
    if not known or block_at(spot) is None or spot.number > last:
        raise Refused("The criteria have no such place.", 404)
    return spot


def show(visit: Visit) -> Answer:
    """Show a part as it stands."""
    spot = spot_asked(visit)
    block = _block(spot)
    if block.shape == "pairs":
        return _pairs(visit, spot)
    return _table(visit, spot, block) if block.shape == "table" and not spot.number else entry.show(visit, spot)


def save(visit: Visit) -> Answer:
    """Save a part, or one entry of it."""
    spot = spot_asked(visit)
    return _save_pairs(visit, spot) if _block(spot).shape == "pairs" else entry.save(visit, spot)


def _block(spot: Spot) -> Block:
    block = block_at(spot)
    if block is None:
        raise Refused("The criteria have no such place.", 404)
    return block


def _hub(visit: Visit) -> tuple[Link, ...]:
    return (Link("Criteria", visit.at("criteria")),)


def _heading(files: Mapping[str, Any], spot: Spot, block: Block) -> str:
    if spot.file == PROGRAMME or spot.file == TEMPLATE:
        return block.title
    title = "Rules of award" if spot.is_rule else block.title
    return f"{title_of(files, spot.file)}: {title[:1].lower()}{title[1:]}"


# A list of entries.


def _table(visit: Visit, spot: Spot, block: Block) -> Table:
    now = visit.look(found, visit.programme.criteria)
    here = table_at(now.draft.files, spot)
    entries = here if isinstance(here, list) else []
    rows = tuple(_listed(visit, now, replace(spot, number=at), one) for at, one in enumerate(entries, start=1))
    add = visit.at("criteria/kinds") if spot.is_rule else visit.at("criteria/part")
    return Table(
        title=_heading(now.draft.files, spot, block),
        crumbs=_hub(visit),
        rows=rows,
        add=f"{add}?{asked(spot if spot.is_rule else added_at(now.draft.files, spot))}",
        findings=tuple((one.finding, _within(visit, one)) for one in now.at(spot)),
    )


def _within(visit: Visit, one: Placed) -> str:
    return address_of(visit, one) if one.spot and one.spot.number else ""


def address_of(visit: Visit, one: Placed) -> str:
    """Give the address of the field that a finding stands at; empty where it stands at none."""
    if one.decided:
        return visit.at("criteria/publish")
    if one.spot is None:
        return ""
    block = block_at(one.spot)
    if block is not None and block.shape == "pairs":
        return f"{visit.at('criteria/part')}?{asked(one.spot)}"
    return f"{visit.at('criteria/part')}?{asked(one.spot)}#{anchor(one)}"


def _listed(visit: Visit, now: Found, spot: Spot, one: Mapping[str, Any]) -> Listed:
    files = now.draft.files
    if spot.is_rule and (kind := str(one.get("kind", ""))) in RULE_KINDS:
        typed = {key: shown(value) for key, value in one.items()}
        name = f"{one.get('id', '')} {one.get('title', '')}".strip() or f"Entry {spot.number}"
        says = sentence_of(kind, typed, spot, files) or f"{kind_words(kind)[0]}, still to be filled in"
    else:
        told = {**one, "title": tier_title(one, files)} if spot.path == "tier" else one
        said = (told.get(key) for key in ("mark", "id", "label", "title"))
        name = " ".join(str(one) for one in said if one and not isinstance(one, list)) or f"{spot.number}"
        keys = ("text", "descriptor", "question", "predicate", "counts", "values", "source")
        says = next((shown(one[key]) for key in keys if one.get(key)), "")
    short = says if len(says) <= SHORT else f"{says[:SHORT].rsplit(' ', 1)[0]} …"
    number = sum(placed.spot == spot for placed in now.placed)
    return Listed(name, short, f"{visit.at('criteria/part')}?{asked(spot)}", number)


# Names with their values.


def _tables(spot: Spot) -> tuple[str, ...]:
    return (WEIGHTS, LEAST) if spot.path == WEIGHTS else (spot.path,)


def _held(draft: Draft, spot: Spot) -> dict[str, dict[str, Any]]:
    """Give what each column of a part of names holds."""
    held = {path: entry_at(draft.files, replace(spot, path=path)) for path in _tables(spot)}
    return {path: one or {} for path, one in held.items()}


def _asked_of(draft: Draft, spot: Spot) -> dict[str, str]:
    """Give each question and figure of a theme that has a weight or could have one, with its title; price is last."""
    asked_there = [
        *draft.files.get(TEMPLATE, {}).get("question", []),
        *draft.files[spot.file].get("question", []),
        *draft.files.get(PROGRAMME, {}).get("measured", []),
    ]
    titles = {str(one.get("id", "")): str(one.get("title") or one.get("text", "")) for one in asked_there}
    held = _held(draft, spot)
    others = {name: "no question of this theme" for path in held for name in held[path] if name not in titles}
    return {name: title for name, title in (titles | others).items() if name not in ("", "price")} | {"price": "Price"}


def _rows(draft: Draft, spot: Spot) -> tuple[Row, ...]:
    held = _held(draft, spot)
    if spot.path == WEIGHTS:
        figures = {str(one.get("id", "")) for one in draft.files.get(PROGRAMME, {}).get("measured", [])} | {"price"}
        least = held[LEAST]  # what stands there by mistake is shown, so that it can be taken out
        return tuple(
            Row(at, name, title, (shown(held[WEIGHTS].get(name)), _least(least, name, marked=name not in figures)))
            for at, (name, title) in enumerate(_asked_of(draft, spot).items(), start=1)
        )
    known = [(name, shown(words)) for name, words in held[spot.path].items()]
    return tuple(
        Row(at, name, "", (words,)) for at, (name, words) in enumerate([*known, *([("", "")] * SPARE)], start=1)
    )


def _least(least: Mapping[str, Any], name: str, *, marked: bool) -> str | None:
    return shown(least.get(name)) if marked or name in least else None


def _pairs(visit: Visit, spot: Spot) -> Pairs:
    now = visit.look(found, visit.programme.criteria)
    return _pairs_page(visit, now, spot, _rows(now.draft, spot), _version(now.draft, spot))


def _version(draft: Draft, spot: Spot) -> str:
    held = _held(draft, spot)
    return entry.version_of_entry([held, list(_asked_of(draft, spot))] if spot.path == WEIGHTS else held)


def _pairs_page(
    visit: Visit,
    now: Found,
    spot: Spot,
    rows: tuple[Row, ...],
    version: str,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> Pairs:
    block = _block(spot)
    return Pairs(
        title=_heading(now.draft.files, spot, block),
        action=f"{visit.at('criteria/part')}?{asked(spot)}",
        crumbs=_hub(visit),
        version=version,
        labels=tuple((item.label, f"{FIELD}{item.key}-") for item in block.items[1:]),
        rows=rows,
        total=_total(rows, _whole(now.draft)) if spot.path == WEIGHTS else "",
        conflicts=conflicts,
        findings=tuple((one.finding, "") for one in now.at(spot)),
        problems=problems,
    )


def _whole(draft: Draft) -> Fraction:
    """Give what the weights are to come to; 100 where no other whole is written."""
    written = plain_decimal(str(draft.files.get(PROGRAMME, {}).get("total", "")))
    return Fraction(100 if written is None else written)


def _total(rows: tuple[Row, ...], whole: Fraction) -> str:
    numbers = [plain_decimal(row.values[0]) for row in rows if row.values[0]]
    exact = sum((Fraction(one) for one in numbers if one is not None), Fraction(0))
    told = decimal_text(sum((one for one in numbers if one is not None), start=Decimal(0)))
    wanted = exact_text(whole)
    return (
        f"{told}: exactly {wanted}, as it must be" if exact == whole else f"{told}, and must come to exactly {wanted}"
    )


def _typed(visit: Visit, spot: Spot, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Give the rows as they were filled in."""
    names = [item.key for item in _block(spot).items[1:]]
    typed = (
        Row(at, visit.form.text(f"id-{at}"), "", tuple(visit.form.text(f"{FIELD}{name}-{at}") for name in names))
        for at in range(1, MOST_ROWS)
    )
    said = tuple(row for row in typed if row.id or any(row.values))
    if spot.path == WEIGHTS:
        return _as_typed(rows, {row.id: row.values for row in said})
    first = len(said) + 1
    return (*said, *(Row(at, "", "", ("",) * len(names)) for at in range(first, first + SPARE)))


def _as_typed(rows: tuple[Row, ...], typed: Mapping[str, tuple[str | None, ...]]) -> tuple[Row, ...]:
    """Give rows with what was typed, by their ids; columns that one does not have are left out."""
    return tuple(
        replace(
            row,
            values=tuple(
                None if there is None else text
                for there, text in zip(row.values, typed.get(row.id, ("",) * len(row.values)), strict=True)
            ),
        )
        for row in rows
    )


def _save_pairs(visit: Visit, spot: Spot) -> Answer:
    now = visit.look(found, visit.programme.criteria)
    need_editable(now.draft)
    rows, version = _typed(visit, spot, _rows(now.draft, spot)), visit.form.text("version")
    if problems := _wrong(spot, rows):
        return _pairs_page(visit, now, spot, rows, version, problems)

    def changed(draft: Draft) -> Draft:
        if _version(draft, spot) != version:
            raise StaleError
        return _with_rows(draft, spot, rows)

    try:
        change(visit, changed)
    except StaleError:
        return _stale_pairs(visit, spot, rows)
    except CannotBeKeptError as error:
        return _pairs_page(visit, now, spot, rows, version, (Problem(str(error)),))
    return Go(f"{visit.at('criteria/part')}?{asked(spot)}", "Saved.")


def _wrong(spot: Spot, rows: tuple[Row, ...]) -> tuple[Problem, ...]:
    found_wrong = []
    ids = [row.id for row in rows if row.id]
    for row in rows:
        if not row.id and any(row.values):
            found_wrong.append(Problem(f"Row {row.at} has no id", f"id-{row.at}"))
        if row.id and ids.count(row.id) > 1:
            found_wrong.append(Problem(f"The id {row.id} stands there twice", f"id-{row.at}"))
        for name, value in zip(_tables(spot), row.values, strict=True):
            if spot.path == WEIGHTS and value and plain_decimal(value) is None:
                found_wrong.append(Problem(f"{row.id}: “{value[:40]}” is not a number", f"{FIELD}{name}-{row.at}"))
    return tuple(found_wrong)


def _with_rows(draft: Draft, spot: Spot, rows: tuple[Row, ...]) -> Draft:
    """Give a draft with names and values as they were filled in; a value that was not changed stays as it was."""
    files = dict(draft.files)
    for at, path in enumerate(_tables(spot)):
        before = _held(draft, spot)[path]
        wanted = {row.id: row.values[at] for row in rows if row.id and (row.values[at] or spot.path != WEIGHTS)}
        kept = {
            name: before[name] if name in before and shown(before[name]) == text else text
            for name, text in wanted.items()
        }
        ordered = {name: kept[name] for name in before if name in kept} | kept
        files = with_entry(files, replace(spot, path=path), ordered or None)
    return replace(draft, files=files)


def _stale_pairs(visit: Visit, spot: Spot, rows: tuple[Row, ...]) -> Answer:
    now = found(visit.programme.criteria)
    there = {row.id: row.values for row in _rows(now.draft, spot) if row.id}
    typed = {row.id: row.values for row in rows if row.id}
    conflicts = tuple(
        Conflict(name, _together(there.get(name, ())), _together(typed.get(name, ())))
        for name in dict.fromkeys((*there, *typed))
        if there.get(name) != typed.get(name)
    )
    if not conflicts:
        return Go(f"{visit.at('criteria/part')}?{asked(spot)}", "Somebody else has saved the same already.")
    if spot.path == WEIGHTS:
        rows = _as_typed(_rows(now.draft, spot), typed)
    return _pairs_page(visit, now, spot, rows, _version(now.draft, spot), conflicts=conflicts)


def _together(values: tuple[str | None, ...]) -> str:
    return "; ".join(one for one in values if one is not None)


# Kinds of rule, and price methods.


def kinds(visit: Visit) -> Answer:
    """Show the kinds of rule, from those on one bidder to those on everybody."""
    spot = spot_asked(visit)
    if not spot.is_rule:
        raise Refused("Only rules have kinds.", 404)
    now = visit.look(found, visit.programme.criteria)
    place = added_at(now.draft.files, spot)
    names = [
        kind
        for kind, record in sorted(RULE_KINDS.items(), key=lambda one: SCOPES.index(one[1].traits.scope))
        if spot.file == PROGRAMME or record.traits.scope == "theme"
    ]
    part = f"{visit.at('criteria/part')}?{asked(spot)}"
    return Kinds(
        title="What kind of rule?",
        crumbs=(*_hub(visit), Link(_heading(now.draft.files, spot, _block(spot)), part)),
        kinds=tuple((f"{visit.at('criteria/part')}?{asked(place, kind=one)}", *kind_words(one)) for one in names),
    )


def prices(visit: Visit) -> Answer:
    """Show every price method with its picture."""
    spot = spot_asked(visit)
    if spot.path != "price":
        raise Refused("Only a price policy has a method.", 404)
    now = visit.look(found, visit.programme.criteria)
    said = (entry_at(now.draft.files, spot) or {}).get("parameters")
    parameters = {key: str(value) for key, value in said.items()} if isinstance(said, dict) else {}
    drawn = []
    for method in (name for name in METHODS if name not in SAME_AS):
        own = {key: value for key, value in parameters.items() if key in METHODS[method].parameters}
        if one := picture(method, own) or picture(method, {}):
            others = [f"{name} ({PLAIN[name].partition(':')[0]})" for name, same in SAME_AS.items() if same == method]
            drawn.append((one, f"{visit.at('criteria/part')}?{asked(spot, method=method)}", "; ".join(others)))
    part = f"{visit.at('criteria/part')}?{asked(spot)}"
    return Prices(
        title="Ways to score price",
        crumbs=(*_hub(visit), Link(_heading(now.draft.files, spot, _block(spot)), part)),
        methods=tuple(drawn),
    )


# Taking away.


def ask_remove(visit: Visit) -> Answer:
    """Ask whether an entry is to be taken away."""
    spot = spot_asked(visit)
    now = visit.look(found, visit.programme.criteria)
    held = entry_at(now.draft.files, spot)
    if held is None or not entry.removable(now.draft, spot):
        raise Refused("There is nothing here that can be taken away.", 404)
    name = " ".join(str(held[key]) for key in ("id", "mark", "title", "label") if held.get(key))
    heading = _heading(now.draft.files, spot, _block(spot))
    return Remove(
        title=f"Take away: {heading}{f', {name}' if name and spot.number else ''}",
        action=f"{visit.at('criteria/remove')}?{asked(spot)}",
        back=f"{visit.at('criteria/part')}?{asked(spot)}",
        what="The whole theme goes, with its questions, weights and rules." if spot.path == "" else "",
        version=entry.version_of_entry(held),
    )


def remove(visit: Visit) -> Answer:
    """Take an entry away, unless somebody has changed it since."""
    spot = spot_asked(visit)
    now = visit.look(found, visit.programme.criteria)
    if not entry.removable(now.draft, spot):
        raise Refused("There is nothing here that can be taken away.", 404)

    def without(draft: Draft) -> Draft:
        if spot.path == "" and spot.file.startswith(THEMES):
            return replace(draft, files={name: held for name, held in draft.files.items() if name != spot.file})
        files = with_entry(draft.files, spot, None)
        if spot.file == TEMPLATE and not files.get(TEMPLATE):
            files.pop(TEMPLATE)
        return replace(draft, files=files)

    try:
        change(visit, entry.based_on(spot, visit.form.text("version"), without))
    except (StaleError, CannotBeKeptError):
        raise Refused(
            "Somebody has changed this since you opened it; it was not taken away. Look at it again."
        ) from None
    block = _block(spot)
    where = f"{visit.at('criteria/part')}?{asked(replace(spot, number=0))}" if spot.number else visit.at("criteria")
    return Go(where, f"Taken away from {block.title.lower()}.")


ROUTES = (
    get("/p/{programme}/criteria/part", show),
    post("/p/{programme}/criteria/part", save),
    get("/p/{programme}/criteria/kinds", kinds),
    get("/p/{programme}/criteria/prices", prices),
    get("/p/{programme}/criteria/remove", ask_remove),
    post("/p/{programme}/criteria/remove", remove),
)
