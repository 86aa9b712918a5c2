"""Every free text of criteria, with its place, what it speaks of, and the values that it takes by their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from evaluator.records.findings.finding import Source
from evaluator.records.programme.by_name import Filled, Names, filled
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import PROSE, Declaring, Fact, Published
from evaluator.records.programme.rules import EVERY_THEME
from evaluator.records.programme.written.files import PROGRAMME, TEMPLATE, theme_file

Held = Literal["text", "texts", "record", "records"]
Kind = TypeVar("Kind", bound=Published)
OTHER_FILES = ("common", "themes")  # parts of the record that stand in files of their own


@dataclass(frozen=True, slots=True)
class Text:
    """A free text: where it stands, in which record and file, as it was written and as it is shown.

    Parameters
    ----------
    place : its file and key, entries counted from 1; ``CriteriaRead.placed`` gives findings the cell of a workbook.
    record : the record beside whose values it stands: a question, a rule, a gate, a mark of the scale.
    key : the record's own key that holds it.
    theme : the theme that it speaks of: that of its file, or of its rule; empty for the whole programme.
    written : with names in braces.
    shown : with the values in the places of their names, and what was taken from where.
    """

    place: Source
    record: Declaring
    key: str
    theme: str
    written: str
    shown: Filled

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What its author declared to be a fact and no rule, for this text and those beside it."""
        return self.record.facts

    @property
    def words(self) -> str:
        """The text as it is shown."""
        return self.shown.words


def texts_of(criteria: Criteria) -> tuple[Text, ...]:
    """Give every free text that is not empty: the programme's, the common questions', then theme by theme."""
    criteria = criteria.as_written
    names = Names(criteria)
    return tuple(
        Text(Source(file, key=key), record, name, theme, words, filled(words, names.at(theme, record)))
        for file, key, record, name, theme, words in _every(criteria)
        if words
    )


def told(criteria: Criteria) -> Criteria:
    """Give criteria with the values in the places of their names; what was published stays as ``as_written``."""
    if not any("{" in words or "}" in words for *_, words in _every(criteria)):
        return criteria
    return criteria.shown_as(_filled(criteria, Names(criteria), ""))


Found = tuple[str, str, Declaring, str, str, str]  # file, key, record, its key, theme, text


def _every(criteria: Criteria) -> Iterator[Found]:
    yield from _texts(criteria, PROGRAMME, "", "")
    for number, question in enumerate(criteria.common, start=1):
        yield from _texts(question, TEMPLATE, f"question[{number}]", "")
    for theme in criteria.themes:
        yield from _texts(theme, theme_file(theme.id), "", theme.id)


def _texts(record: Declaring, file: str, path: str, theme: str) -> Iterator[Found]:
    theme = theme or _theme_of(record)
    for name, key, held in _holding(type(record)):
        value, at = getattr(record, name), f"{path}.{key}".lstrip(".")
        match held:
            case _ if value is None or name in OTHER_FILES:
                continue
            case "text":
                yield file, at, record, name, theme, value
            case "texts":
                yield from ((file, f"{at}.{one}", record, name, theme, words) for one, words in value.items())
            case "record":
                yield from _texts(value, file, at, theme)
            case "records":
                for number, one in enumerate(value, start=1):
                    yield from _texts(one, file, f"{at}[{number}]", theme)


def _theme_of(record: Published) -> str:
    """Give the one theme that a rule of the programme is about."""
    theme = getattr(record, "theme", "")
    return theme if isinstance(theme, str) and theme != EVERY_THEME else ""


def _filled(record: Kind, names: Names, theme: str) -> Kind:
    """Put values in the places of their names in a record and in those that it holds."""
    theme = record.id if hasattr(record, "weights") and hasattr(record, "id") else theme or _theme_of(record)
    table = names.at(theme, record)
    changed: dict[str, Any] = {}
    for name, _, held in _holding(type(record)):
        value = getattr(record, name)
        made = _made(value, held, names, theme, table)
        if made != value:
            changed[name] = made
    return record.model_copy(update=changed) if changed else record


def _made(value: Any, held: Held, names: Names, theme: str, table: Any) -> Any:
    match held:
        case _ if value is None:
            return None
        case "text":
            return filled(value, table).words
        case "texts":
            return {one: filled(words, table).words for one, words in value.items()}
        case "record":
            return _filled(value, names, theme)
        case "records":
            return tuple(_filled(one, names, theme) for one in value)


@cache
def _holding(record: type[Published]) -> tuple[tuple[str, str, Held], ...]:
    """Give the fields of a record that hold free texts, or records with such texts, with the keys of the file."""
    hints = get_type_hints(record, include_extras=True)
    found = ((name, field.alias or name, _held(hints[name])) for name, field in record.model_fields.items())
    return tuple((name, key, held) for name, key, held in found if held)


def _held(hint: Any) -> Held | None:
    if PROSE in getattr(hint, "__metadata__", ()):
        return "text"
    if get_origin(hint) is dict and _held(get_args(hint)[1]) == "text":
        return "texts"
    parts = [hint, *_inner(hint)]
    several = any(get_origin(part) is tuple for part in parts)
    if any(isinstance(part, type) and issubclass(part, Declaring) for part in parts):
        return "records" if several else "record"
    return None


def _inner(hint: Any) -> Iterator[Any]:
    """Give every type within a type."""
    for part in get_args(hint) if get_origin(hint) is not Literal else ():
        yield part
        yield from _inner(part)
