"""One entry of the criteria: its fields, what was found at it, and what others changed meanwhile."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from evaluator.desk.fields import Field
from evaluator.desk.page import Conflict, Link, Page, Problem
from evaluator.desk.pages.criteria.changing import change, need_editable
from evaluator.desk.pages.criteria.fields import PARAMETER, fields_of, parameter_fields, shown, taken, title_of
from evaluator.desk.pages.criteria.found import FIELD, Found, Placed, anchor, asked, found
from evaluator.desk.pages.criteria.pictures import Picture, picture
from evaluator.desk.pages.criteria.sentences import kind_words, sentence_of
from evaluator.desk.visit import Answer, Go, Refused, StaleError, Visit
from evaluator.files.write.criteria_toml import DEVICE, FILE_NAME
from evaluator.jobs.criteria.drafts import CannotBeKeptError, Draft, renamed_question
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.rules import RULE_KINDS
from evaluator.records.programme.written.entries import Spot, block_at, entry_at, with_entry
from evaluator.records.programme.written.files import PROGRAMME, THEMES, Plain, theme_file
from evaluator.records.programme.written.layout import Item, rule_items

METHOD = "method"


@dataclass(frozen=True, kw_only=True)
class Entry(Page):
    """The fields of one entry."""

    template: ClassVar[str] = "criteria/entry.html"
    action: str
    crumbs: tuple[Link, ...]
    version: str
    fields: tuple[Field, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[tuple[Finding, str], ...]
    sentence: str
    about: str
    drawn: Picture | None
    pictures: str
    remove: str
    names: tuple[tuple[str, str, str], ...]


def version_of_entry(entry: Any) -> str:
    """Give the version of an entry: it changes when one of its values does."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, default=str).encode()).hexdigest()[:32]


def items_at(spot: Spot, kind: str) -> tuple[Item, ...]:
    """Give the keys of an entry: of a rule, those that its kind takes.

    Raises
    ------
    Refused
        Where criteria have no such place, or rules no such kind.
    """
    block = block_at(spot)
    if block is None or block.shape == "pairs" or (block.shape == "table") != bool(spot.number):
        raise Refused("The criteria have no such place.", 404)
    if spot.is_rule:
        if kind not in RULE_KINDS:
            raise Refused("Rules have no such kind.", 404)
        return tuple(one for one in rule_items(kind) if one.key != "theme" or spot.file == PROGRAMME)
    return block.items


def show(visit: Visit, spot: Spot) -> Answer:
    """Show the fields of an entry as it stands."""
    now = visit.look(found, visit.programme.criteria)
    entry = entry_at(now.draft.files, spot) or {}
    if visit.query.get(METHOD):
        entry = {**entry, METHOD: visit.query[METHOD]}
    kind = str(entry.get("kind") or visit.query.get("kind", ""))
    typed = {item.key: shown(entry.get(item.key)) for item in items_at(spot, kind)}
    parameters = entry.get("parameters")
    typed |= {f"{PARAMETER}{key}": str(one) for key, one in parameters.items()} if isinstance(parameters, dict) else {}
    version = version_of_entry(entry_at(now.draft.files, spot))
    return page(visit, now, spot, kind, typed, version)


def page(
    visit: Visit,
    now: Found,
    spot: Spot,
    kind: str,
    typed: Mapping[str, str],
    version: str,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> Entry:
    """Give the page of an entry, filled in with what was typed."""
    files, items, method = now.draft.files, items_at(spot, kind), typed.get(METHOD, "")
    is_price = spot.path == "price"
    shown_items = [one for one in items if not (is_price and one.key == "parameters")]
    fields = fields_of(shown_items, typed, files, spot.path)
    given = {key.removeprefix(PARAMETER): text for key, text in typed.items() if key.startswith(PARAMETER) and text}
    if is_price:
        at = 1 + next((number for number, one in enumerate(shown_items) if one.key == METHOD), 0)
        fields = (*fields[:at], *parameter_fields(method, given), *fields[at:])
    there = {one.name for one in fields}
    return Entry(
        title=_title(files, spot, typed, kind),
        action=_address(visit, spot, kind),
        crumbs=_crumbs(visit, spot, files),
        version=version,
        fields=fields,
        conflicts=conflicts,
        findings=tuple((one.finding, _anchored(one, there)) for one in now.at(spot)),
        sentence=sentence_of(kind, typed, spot, files) if spot.is_rule else "",
        about=kind_words(kind)[1] if spot.is_rule else "",
        drawn=picture(method, given) if is_price else None,
        pictures=f"{visit.at('criteria/prices')}?{asked(spot)}" if is_price else "",
        remove=f"{visit.at('criteria/remove')}?{asked(spot)}" if removable(now.draft, spot) else "",
        names=tuple((f"{{{one.name}}}", one.what, one.words) for one in now.draft.names()) if not spot.is_rule else (),
        problems=problems,
    )


def _address(visit: Visit, spot: Spot, kind: str) -> str:
    more = {"kind": kind} if spot.is_rule else {}
    return f"{visit.at('criteria/part')}?{asked(spot, **more)}"


def _anchored(one: Placed, there: set[str]) -> str:
    """Give the id of the field of a finding, where the page has it."""
    at = anchor(one)
    parameter = f"{FIELD}{PARAMETER}{one.key.rpartition('.')[2]}"
    found_at = parameter if parameter in there else at if at in there else ""
    return f"#{found_at}" if found_at else ""


def _title(files: Mapping[str, Plain], spot: Spot, typed: Mapping[str, str], kind: str) -> str:
    block = block_at(spot)
    where = f"{title_of(files, spot.file)}: " if spot.file != PROGRAMME else ""
    if spot.is_rule:
        return f"{where}{kind_words(kind)[0]}" + (f" {typed['id']}" if typed.get("id") else "")
    told = typed.get("title") or typed.get("id") or typed.get("mark") or ""
    name = block.title if block else ""
    return f"{where}{name}" + (f": {told or f'entry {spot.number}'}" if spot.number else "")


def _crumbs(visit: Visit, spot: Spot, files: Mapping[str, Plain]) -> tuple[Link, ...]:
    block = block_at(spot)
    hub = Link("Criteria", visit.at("criteria"))
    if not spot.number or block is None:
        return (hub,)
    words = block.title if spot.file == PROGRAMME else f"{title_of(files, spot.file)}: {block.title.lower()}"
    return (hub, Link(words, f"{visit.at('criteria/part')}?{asked(replace(spot, number=0))}"))


def removable(draft: Draft, spot: Spot) -> bool:
    """Whether an entry can be taken away: one of a list, a theme where there is another, or a price policy."""
    if spot.number or spot.path in ("price", "contract_management", "area"):
        return entry_at(draft.files, spot) is not None
    themes = [name for name in draft.files if name.startswith(THEMES)]
    return spot.path == "" and spot.file in themes and len(themes) > 1


# Saving.


def save(visit: Visit, spot: Spot) -> Answer:
    """Save what was filled in, unless somebody else has changed the entry since."""
    now = visit.look(found, visit.programme.criteria)
    need_editable(now.draft)
    kind = visit.query.get("kind", "") or str((entry_at(now.draft.files, spot) or {}).get("kind", ""))
    items = items_at(spot, kind)
    typed = {item.key: visit.form.text(f"{FIELD}{item.key}") for item in items}
    if spot.path == "price":
        typed |= {
            name.removeprefix(FIELD): text.strip()
            for name, text in visit.form.texts
            if name.startswith(f"{FIELD}{PARAMETER}")
        }
    version = visit.form.text("version")
    if visit.form.text("act") == "look":
        return page(visit, now, spot, kind, typed, version)
    candidate, spot_now = changed(now.draft, spot, kind, items, typed)
    problems = _problems(now.draft, candidate, spot, spot_now, typed, {item.key for item in items})
    if problems:
        return page(visit, now, spot, kind, typed, version, problems)
    try:
        kept = change(visit, based_on(spot, version, lambda draft: changed(draft, spot, kind, items, typed)[0]))
    except StaleError:
        return _stale(visit, spot, kind, items, typed)
    except CannotBeKeptError as error:
        return page(visit, now, spot, kind, typed, version, (Problem(str(error)),))
    says = "Saved." if kept.book == "" else f"Saved in {kept.book}."
    back = replace(spot_now, number=0) if spot.number else None
    return Go(f"{visit.at('criteria/part')}?{asked(back)}" if back else visit.at("criteria"), says)


def changed(draft: Draft, spot: Spot, kind: str, items: Sequence[Item], typed: Mapping[str, str]) -> tuple[Draft, Spot]:
    """Give a draft with an entry as it was filled in, and where it then stands; what no field shows stays."""
    before = entry_at(draft.files, spot) or {}
    own = {item.key for item in items}
    entry: Plain = {}
    for item in items:
        value = taken(item, typed.get(item.key, ""))
        if spot.path == "price" and item.key == "parameters":
            value = {key.removeprefix(PARAMETER): text for key, text in typed.items() if key.startswith(PARAMETER)}
            value = {key: text for key, text in value.items() if text} or None
        elif typed.get(item.key, "") == shown(before.get(item.key)):
            value = before.get(item.key)  # as it was written, down to the type
        if value is not None:
            entry[item.key] = value
    if entry:
        entry = {item.key: "" for item in items if item.blank and item.key not in entry} | entry
        entry = {key: entry[key] for key in (item.key for item in items) if key in entry}
    rest = {key: value for key, value in before.items() if key not in own}
    if spot.is_rule:
        rest.pop("kind", None)
        entry = {"id": entry.get("id", ""), "kind": kind} | entry
    files = with_entry(draft.files, spot, {**entry, **rest})
    if spot.path == "question" and spot.number and before.get("id") and entry.get("id"):
        files = renamed_question(files, spot.file, str(before["id"]), str(entry["id"]))
    return _renamed(replace(draft, files=files), spot, entry)


def _renamed(draft: Draft, spot: Spot, entry: Plain) -> tuple[Draft, Spot]:
    """Let the file of a theme follow its id."""
    name = theme_file(str(entry.get("id", "")))
    if spot.path or not spot.file.startswith(THEMES) or name == spot.file or name in draft.files:
        return draft, spot
    files = {name if file == spot.file else file: plain for file, plain in draft.files.items()}
    return replace(draft, files=files), replace(spot, file=name)


def _problems(
    before: Draft, after: Draft, spot: Spot, spot_now: Spot, typed: Mapping[str, str], keys: set[str]
) -> tuple[Problem, ...]:
    """Say what cannot be saved: nothing at all, a value that cannot be taken, or an id that cannot name a theme."""
    if spot.number and not any(typed.values()):
        return (Problem("Fill in at least one field", f"{FIELD}{min(keys)}"),)
    if spot.path == "" and spot.file.startswith(THEMES):
        name = typed.get("id", "")
        if not FILE_NAME.fullmatch(name) or DEVICE.fullmatch(name):
            return (Problem("Give the theme an id of letters and digits", f"{FIELD}id"),)
        if theme_file(name) != spot.file and theme_file(name) in before.files:
            return (Problem(f"Another theme has the id {name}", f"{FIELD}id"),)
    found = []
    for key, says in after.problems(spot_now):
        first = key.partition(".")[0].partition("[")[0]
        parameter = f"{PARAMETER}{key.rpartition('.')[2]}"
        at = parameter if parameter in typed else first if first in keys else ""
        found.append(Problem(says, f"{FIELD}{at}" if at else ""))
    return tuple(found)


def based_on(spot: Spot, version: str, changed: Callable[[Draft], Draft]) -> Callable[[Draft], Draft]:
    """Let a change of an entry be made only while the entry is what its form was based on."""

    def made(now: Draft) -> Draft:
        if version_of_entry(entry_at(now.files, spot)) != version:
            raise StaleError
        return changed(now)

    return made


def _stale(visit: Visit, spot: Spot, kind: str, items: Sequence[Item], typed: Mapping[str, str]) -> Answer:
    now = found(visit.programme.criteria)
    there = entry_at(now.draft.files, spot)
    conflicts = tuple(
        Conflict(item.label, shown((there or {}).get(item.key)), typed[item.key])
        for item in items
        if shown((there or {}).get(item.key)) != typed[item.key]
    )
    if not conflicts:
        return Go(visit.at("criteria"), "Somebody else has saved the same already.")
    return page(visit, now, spot, kind, typed, version_of_entry(there), conflicts=conflicts)
