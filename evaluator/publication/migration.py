"""Criteria of the older form in the newer one: one source for every rule, and values by their names.

Sentences of sources that only restate a rule are taken out; figures become names where it is plain which value they
are; those of what bidders are asked for, and of where something was decided, are declared as facts. What is then left
is listed: a person says what it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluator.publication.figures import Figure, figures_of, unaccounted
from evaluator.publication.restated import WORDS, restated
from evaluator.records.programme.by_name import Named, Names
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.conditions.verification import Verification
from evaluator.records.programme.criteria import Characteristic, Criteria, Question, Theme, Tier
from evaluator.records.programme.procurement.keys import Term
from evaluator.records.programme.published import Declaring
from evaluator.records.programme.rules import RuleBase
from evaluator.records.programme.scales import ScaleMark
from evaluator.records.programme.texts import Text, shortened, texts_of
from evaluator.records.programme.written.files import PROGRAMME, TEMPLATE, THEMES, Plain, as_files
from evaluator.records.programme.written.migration import Migrated, Step

ASKED: tuple[type[Declaring], ...] = (Question, Gate, Term, Verification)
# In these texts a bare number is seldom a value of the criteria, even where it is the same.
OF_PEOPLE: tuple[type[Declaring], ...] = (*ASKED, ScaleMark, Theme, Tier, Criteria, Characteristic)
WHY_ASKED, WHY_DECIDED = "It says what bidders are asked for or told.", "It tells of where this was decided."
WORDED: tuple[tuple[str, str, str], ...] = (  # what stands before and after a bare number that is a value, and its name
    ("", r"\s+words\b", "word_limit"),
    (r"\bmark of (at least )?", "", "minimum_mark"),
    (r"\b(all|the|each of the|over the) ", r" years\b", "number_of_years"),
    ("", r" (different |separate )?(evaluators|assessors|markers)\b", "least_evaluators"),
    ("", r" decimal places\b", "places"),
    (r"\bat least ", r" of the quality (points|score)\b", "minimum_quality"),
)
WINDOW = r"(?:[^\s.;:{{}}]+\s+){{0,2}}{}(?:[^\S\n][^\s.;:{{}}]+){{0,3}}"  # a figure with some words around it
PART = re.compile(r"([^.\[]+)(?:\[([0-9]+)\])?\.?")


def migrate(criteria: Criteria) -> Migrated:
    """Bring criteria into the form in which every rule has one source; no value is changed."""
    written = criteria.as_written
    files, taken_out, names = as_files(written), restated(written), Names(written)
    steps: list[Step] = []
    for text in texts_of(written):
        sentences = taken_out.get(text.place, ())
        words = shortened(text.written, sentences)
        alone = not words.strip()  # then nothing says where the rule was decided, and only a person knows
        words = text.written if alone else words
        steps += [Step(text.place, "left" if alone else "taken_out", one) for one in sentences]
        for named in reversed(list(_by_name(text, words, names))):
            words = f"{words[: named.figure.start]}{{{named.name}}}{words[named.figure.end :]}"
            steps.append(Step(text.place, "named", named.words, f"{{{named.name}}}"))
        table, key = _table(files[text.place.file], text)
        table[key] = words
        declared = list(_declared(text, words))
        _declare(_beside(files[text.place.file], text), declared, text.written, words)
        steps += [Step(text.place, "declared", one["text"], one["why"]) for one in declared]
        left = () if declared or alone else _around(words, unaccounted(text, words))
        steps += [Step(text.place, "left", one) for one in left]
    return Migrated(_whole(files), tuple(steps))


def _declare(table: Plain, declared: Sequence[dict[str, str]], before: str, after: str) -> None:
    """Put facts beside a text, and leave out those that went with a sentence that was taken out of it."""
    kept = [one for one in table.get("facts", ()) if one["text"] in after or one["text"] not in before]
    table.pop("facts", None)
    if kept or declared:
        table["facts"] = [*kept, *declared]


@dataclass(frozen=True, slots=True)
class _ByName:
    figure: Figure
    words: str
    name: str


def _by_name(text: Text, words: str, names: Names) -> Iterator[_ByName]:
    """Give the figures of a text that are plainly a value of the criteria, with its name."""
    for figure in figures_of(text, words):
        name = _name(text, words, figure, names)
        if name:
            yield _ByName(figure, words[figure.start : figure.end], name)


def _name(text: Text, words: str, figure: Figure, names: Names) -> str:
    """Find the name of the value that a figure plainly is; empty where none is, or more than one could be."""
    table = names.at(text.theme, text.record)
    before, after = words[: figure.start], words[figure.end :]
    for start, end, name in WORDED:
        around = re.search(f"{start}$", before, re.I) and re.match(end, after, re.I)
        if figure.kind in ("number", "percent") and around and name in table and _is(table[name], figure):
            return name
    told = text.key == "source" and isinstance(text.record, RuleBase)  # of what was decided then, which stays
    if told or (figure.kind == "number" and isinstance(text.record, OF_PEOPLE)):
        return ""
    own = _alike(names.own(text.theme, text.record), figure)
    wide = figure.kind in ("money", "date") and not own
    alike = _alike({name: one for name, one in table.items() if ":" not in name}, figure) if wide else own
    return alike[0] if len(alike) == 1 else ""


def _alike(table: Mapping[str, Named], figure: Figure) -> list[str]:
    return [name for name, one in table.items() if _is(one, figure)]


def _is(named: Named, figure: Figure) -> bool:
    """Whether a figure is a value, and written of the same kind."""
    if figure.kind in ("date", "year", "time"):
        return str(named.value)[: len(str(figure.value))] == figure.value
    kinds = {"money": named.words.startswith("£"), "percent": named.words.endswith("%")}
    return named.value == figure.value and kinds.get(figure.kind, not any(kinds.values()))


def _declared(text: Text, words: str) -> Iterator[dict[str, str]]:
    """Give what can be declared as facts: of what bidders are asked for, and of where something was decided."""
    asked = isinstance(text.record, ASKED) or text.key == "instead_of_accounts"
    decided = text.key == "source" and type(text.record) not in WORDS  # there it may be the rule that is told
    if decided or (asked and text.key != "source"):
        why = WHY_DECIDED if decided else WHY_ASKED
        yield from ({"text": one, "why": why} for one in _around(words, unaccounted(text, words)))


def _around(words: str, figures: Iterable[Figure]) -> Iterator[str]:
    """Give figures with the words around them; those that stand close together in one."""
    spans: list[tuple[int, int]] = []
    for figure in figures:
        said = re.escape(words[figure.start : figure.end])
        found = next(
            one for one in re.finditer(WINDOW.format(said), words) if one.start() <= figure.start < one.end()
        )  # fmt: skip
        start, end = found.span()
        if spans and start <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    yield from (words[start:end].strip(' ,()“”"') for start, end in spans)


def _table(plain: Plain, text: Text) -> tuple[Plain, str]:
    """Give the table that holds a text, and the text's key in it."""
    beside = _beside(plain, text)
    return (beside[text.key], text.entry) if text.entry else (beside, text.key)


def _beside(plain: Plain, text: Text) -> Plain:
    """Give the table of the record that a text stands in."""
    table: Any = plain
    for name, number in PART.findall(text.table):
        table = table[name][int(number) - 1] if number else table[name]
    found: Plain = table
    return found


def _whole(files: Mapping[str, Plain]) -> Criteria:
    """Make one record of what the files hold."""
    themes = [plain for name, plain in files.items() if name.startswith(THEMES)]
    common = files.get(TEMPLATE, {}).get("question", [])
    return Criteria.model_validate(files[PROGRAMME] | {"common": common, "themes": themes})
