"""What changed between two versions of criteria, and which of it can change a score."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.written.differences import Change, Effect

PROGRAMME, TEMPLATE = "programme.toml", "template.toml"
NOTHING = object()
LONGEST = 160  # characters of a text that are shown
NAMES = ("id", "mark", "column", "text")  # by which the entries of a list are known from one version to the next

# The first pattern that a key matches decides. What matches none is taken to change a score, to be safe.
EFFECTS: tuple[tuple[str, Effect], ...] = (
    (r"(.*\.)?facts([.\[].*)?", "words"),
    (r"(.*\.)?(source|title|summary|purpose|contract_value|label|order of entries)", "words"),
    (r"(reference|authority|version|schema|equality(\..*)?|area(\..*)?|outcomes(\..*)?|approaches(\..*)?)", "words"),
    (r"question\[[^]]*\]\.(outcomes|approaches|relative_weight)", "words"),
    (r"section(\[.*)?", "words"),
    (r"procurement\.(?!tenders_close).*", "words"),
    (r"(tie_break|allocation|amounts|final_choice|rule|regime|verification|term)([.\[].*)?", "award"),
)


def differences(old: Criteria, new: Criteria) -> tuple[Change, ...]:
    """Give every change from one version to another: the programme's, the common questions', then theme by theme.

    A change of what is asked, of what earns a mark, of weights, minimums, prices, moderation or rounding can change a
    score, and so can who is admitted: gates, low prices and recusals, since other bids' price points may rest on it.
    Tie-breaks and rules change who is ranked first or awarded; titles and sources change words only.
    """
    old, new = old.as_written, new.as_written
    return tuple(change for file in _files(old, new) for change in _of(file, _part(old, file), _part(new, file)))


def _files(old: Criteria, new: Criteria) -> list[str]:
    themes = sorted({theme.id for one in (old, new) for theme in one.themes})
    return [PROGRAMME, TEMPLATE, *(f"themes/{theme}.toml" for theme in themes)]


def _part(criteria: Criteria, file: str) -> Any:
    """Give what one file says; nothing for a theme that the version does not have."""
    plain = criteria.model_dump(mode="json", by_alias=True, exclude={"common", "themes"}, exclude_none=True)
    if file == PROGRAMME:
        return plain
    if file == TEMPLATE:
        return {"question": [question.model_dump(mode="json", exclude_none=True) for question in criteria.common]}
    found = [theme for theme in criteria.themes if f"themes/{theme.id}.toml" == file]
    return found[0].model_dump(mode="json", exclude_none=True) if found else NOTHING


def _of(file: str, old: Any, new: Any) -> Iterator[Change]:
    if old is NOTHING or new is NOTHING:
        before, after = ("" if one is NOTHING else one["title"] for one in (old, new))
        yield Change(file, "the theme", before, after, "score")
        return
    for key, before, after in _walk("", old, new):
        yield Change(file, key, _shown(before), _shown(after), effect(key))


def effect(key: str) -> Effect:
    """Say what a change of a key can change.

    >>> effect("rounding.places"), effect("gate[insurance].predicate"), effect("allocation.method")
    ('score', 'score', 'award')
    """
    return next((found for pattern, found in EFFECTS if re.fullmatch(pattern, key)), "score")


def _walk(key: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in [*old, *(name for name in new if name not in old)]:
            inner = f"{key}.{name}" if key else str(name)
            yield from _walk(inner, old.get(name, NOTHING), new.get(name, NOTHING))
    elif _entries(old) and _entries(new):
        yield from _lists(key, _named(old), _named(new))
    else:
        yield key, old, new


def _lists(key: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in [*old, *(name for name in new if name not in old)]:
        yield from _walk(f"{key}[{name}]", old.get(name, NOTHING), new.get(name, NOTHING))
    kept = [name for name in old if name in new], [name for name in new if name in old]
    if kept[0] != kept[1]:
        yield f"{key}.order of entries", ", ".join(kept[0]), ", ".join(kept[1])


def _entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) and _name(one) for one in value)


def _named(entries: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Know entries by id or mark; a second one of the same name by its number as well."""
    found: dict[str, Any] = {}
    for number, entry in enumerate(entries, 1):
        name = _name(entry)
        found[f"{name} ({number})" if name in found else name] = entry
    return found


def _name(entry: Mapping[str, Any]) -> str:
    return next((str(entry[name]) for name in NAMES if name in entry), "")


def _shown(value: Any) -> str:
    """Write a value for people: an entry by its title or text, a list by commas, a long text cut."""
    if value is NOTHING:
        return ""
    if isinstance(value, Mapping):
        value = ", ".join(f"{name} {_shown(part)}" for name, part in value.items() if part not in ("", [], {}))
    elif isinstance(value, list):
        value = ", ".join(map(_shown, value))
    text = " ".join(str(value).split()) or "empty"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
