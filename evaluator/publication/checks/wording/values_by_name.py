"""Checks of what texts take by its name, and of what their authors declare to be facts and no rules."""

from collections.abc import Iterator

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.by_name import Names, names_alike
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import Declaring
from evaluator.records.programme.texts import Text, texts_of


def names_are_known(criteria: Criteria) -> Iterator[Finding]:
    """Find braces in texts that hold no name of a value."""
    names = Names(criteria.as_written)
    for text in texts_of(criteria):
        for name in dict.fromkeys(text.shown.unknown):
            table = names.at(text.theme, text.record)
            there = short_listing([f"“{one}”" for one in names_alike(name, table)], most=20)
            yield finding("E-CRIT-850", text.place, name=name, there=there)


def facts_are_there(criteria: Criteria) -> Iterator[Finding]:
    """Find declared facts that no text beside them holds, and those without a reason."""
    for place, record, texts in _beside(criteria):
        held = "\n".join(" ".join(one.split()) for text in texts for one in (text.written, text.words))
        for number, fact in enumerate(record.facts, start=1):
            at = Source(place.file, key=f"{place.key}[{number}]")
            if not " ".join(fact.text.split()) or " ".join(fact.text.split()) not in held:
                beside = short_listing(list(dict.fromkeys(one.key for one in texts)))
                yield finding("E-CRIT-851", at, text=fact.text, beside=beside)
            elif not fact.why.strip():
                yield finding("E-CRIT-852", at, text=fact.text)


def _beside(criteria: Criteria) -> Iterator[tuple[Source, Declaring, list[Text]]]:
    """Give every record that declares facts, where, and the texts beside them."""
    found: dict[int, tuple[Source, Declaring, list[Text]]] = {}
    for text in texts_of(criteria):
        if text.record.facts:
            at = Source(text.place.file, key=f"{text.table}.facts".removeprefix("."))
            found.setdefault(id(text.record), (at, text.record, []))[2].append(text)
    yield from found.values()
