"""Every free text of criteria, with its place, what it speaks of, and the values that it takes by their names."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from evaluator.records.findings.finding import Source
from evaluator.records.programme.by_name import Filled, Names, filled
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import PROSE, Declaring, Fact, Published
from evaluator.records.programme.rules import EVERY_THEME
from evaluator.records.programme.written.files import PROGRAMME, TEMPLATE, theme_file

Held = Literal["text", "texts", "record", "records"]
Kind = TypeVar("Kind", bound=Declaring)
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

    @property
    def table(self) -> str:
        """The dotted path of the record within its file; empty for the file itself."""
        return self._parted[0]

    @property
    def entry(self) -> str:
        """Of several texts under one key, such as the outcomes, the id of this one."""
        return self._parted[1]

    @property
    def _parted(self) -> tuple[str, str]:
        table, _, entry = f".{self.place.key}.".partition(f".{self.key}.")
        return table.removeprefix("."), entry.removesuffix(".")


def texts_of(criteria: Criteria) -> tuple[Text, ...]:
    """Give every free text that is not empty: the programme's, the common questions', then theme by theme."""
    return _texts_of(_Same(criteria.as_written))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Criteria as themselves, so that what was read of them is found again without reading them all for it."""

    criteria: Criteria

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.criteria is self.criteria

    def __hash__(self) -> int:
        return id(self.criteria)


@lru_cache(1)
def _texts_of(same: _Same) -> tuple[Text, ...]:
    criteria = same.criteria
    names = Names(criteria)
    return tuple(
        Text(Source(file, key=key), record, name, theme, words, _shown(words, names, theme, record))
        for file, key, record, name, theme, words in _every(criteria)
        if words
    )


def told(criteria: Criteria) -> Criteria:
    """Give criteria with the values in the places of their names; what was published stays as ``as_written``."""
    if not any("{" in words or "}" in words for *_, words in _every(criteria)):
        return criteria
    names = Names(criteria)
    return criteria.shown_as(rewritten(criteria, lambda found: _shown(found[-1], names, found[4], found[2]).words))


def _shown(words: str, names: Names, theme: str, record: Declaring) -> Filled:
    """Put values in the places of names; most texts have none, and then no table of names is made."""
    return filled(words, names.at(theme, record)) if "{" in words or "}" in words else Filled(words)


def without(criteria: Criteria, left_out: Mapping[Source, tuple[str, ...]]) -> Criteria:
    """Give criteria as they are shown, without some sentences of the texts at some places."""

    def shorter(found: Found) -> str:
        file, key, *_, words = found
        return shortened(words, left_out.get(Source(file, key=key), ()))

    return criteria.shown_as(rewritten(criteria, shorter)) if left_out else criteria


def shortened(words: str, sentences: Iterable[str]) -> str:
    """Take sentences out of a text; what led to them, such as a paragraph's number, ends with a full stop.

    >>> shortened("ITT 4.6: each part once. Then no more.", ["each part once."]), shortened("4.6: all.", ["all."])
    ('ITT 4.6: Then no more.', '4.6.')
    """
    left = words
    for sentence in sentences:
        left = left.replace(sentence, "")
    return words if left == words else re.sub(r"[:;,]$", ".", " ".join(left.split()))


def rewritten(criteria: Criteria, change: "Change") -> Criteria:
    """Give criteria in which every free text is what ``change`` makes of it; facts are texts of their own."""
    return criteria.model_copy(
        update=_changed(criteria, PROGRAMME, "", "", change)
        | {
            "common": tuple(
                _rewritten(one, TEMPLATE, f"question[{at}]", "", change) for at, one in enumerate(criteria.common, 1)
            ),
            "themes": tuple(_rewritten(one, theme_file(one.id), "", one.id, change) for one in criteria.themes),
        }
    )


Found = tuple[str, str, Declaring, str, str, str]  # file, key, record, its key, theme, text
Change = Callable[[Found], str]


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


def _rewritten(record: Kind, file: str, path: str, theme: str, change: Change) -> Kind:
    return record.model_copy(update=_changed(record, file, path, theme, change))


def _changed(record: Declaring, file: str, path: str, theme: str, change: Change) -> dict[str, Any]:
    """Give the fields of a record that hold texts, each as ``change`` makes it."""
    theme = theme or _theme_of(record)
    fields = {
        name: _made(value, (file, f"{path}.{key}".lstrip("."), record, name, theme), held, change)
        for name, key, held in _holding(type(record))
        if name not in OTHER_FILES and (value := getattr(record, name)) is not None
    }
    facts = (
        fact.model_copy(update={"text": change((file, f"{path}.facts".lstrip("."), record, "facts", theme, fact.text))})
        for fact in record.facts
    )
    return fields | {"facts": tuple(facts)}


def _made(value: Any, where: tuple[str, str, Declaring, str, str], held: Held, change: Change) -> Any:
    file, key, record, name, theme = where
    match held:
        case "text":
            return change((*where, value))
        case "texts":
            return {one: change((file, f"{key}.{one}", record, name, theme, words)) for one, words in value.items()}
        case "record":
            return _rewritten(value, file, key, theme, change)
        case "records":
            return tuple(_rewritten(one, file, f"{key}[{at}]", theme, change) for at, one in enumerate(value, 1))


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
