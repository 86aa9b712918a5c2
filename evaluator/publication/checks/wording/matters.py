"""Checks of words against the law's own lists: what may not be asked of whom, found as (who, what, where, when)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product

from evaluator.law import regime
from evaluator.law.matters import NEAR, NOT_ASKED, Chain, Link, Matter, Where, matters, words_of
from evaluator.publication.checks.prose.phrases import own_area
from evaluator.publication.checks.wording.listed import Listed, Lists, Span, listed, lists_of
from evaluator.publication.locations import whose
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.programme.scales import ScaleMark
from evaluator.records.programme.texts import Text, texts_of

LEFT_OUT = ("equality", "outcomes", "approaches", "verification", "contract_management")
TITLES = ("title", "label", "reference", "authority")


@dataclass(frozen=True)
class Read:
    """A text with its sentences held against the lists."""

    text: Text
    where: Where
    sentences: tuple[Listed, ...]


def what_the_law_cares_about(criteria: Criteria) -> Iterator[Finding]:
    """Find what the law does not let criteria ask of bidders, in their words."""
    law = regime(criteria.regime)
    told = [(one, one.severity.get(law.id, one.severity.get(law.based_on))) for one in matters().matter]
    for beside in _by_record(criteria, own_area(criteria)):
        unpriced = not _is_priced(criteria, beside[0].text)
        there = frozenset(name for read in beside for sentence in read.sentences for name in sentence.at)
        found: set[str] = set()
        for matter, severity in told:
            if (
                severity != ""
                and not (matter.priced and unpriced)
                and any(_may_stand(way, there) for way in matter.ways)
            ):
                for one in (
                    _of(matter, beside, severity) if not (found if matter.alone else matter.code in found) else ()
                ):
                    found.add(one.code)
                    yield one


def _is_priced(criteria: Criteria, text: Text) -> bool:
    """Whether a text belongs to a question that counts in a theme which scores the price."""
    asked = text.record.id if isinstance(text.record, Question) else ""
    return any(asked in theme.weights and criteria.price_policy(theme.id) is not None for theme in criteria.themes)


def _may_stand(way: tuple[Chain, ...], names: frozenset[str]) -> bool:
    """Whether every link has a list of which a phrase stands somewhere."""
    return all(not names.isdisjoint(link.names) for chain in way for link in chain)


def _of(matter: Matter, beside: tuple[Read, ...], severity: str | None) -> Iterator[Finding]:
    """Give the first place of a gate, question or other record at which a matter is found."""
    looked_at = [read for read in beside if read.where in matter.where]
    lawful = _has(looked_at, matter.unless_text) and not _has(looked_at, matter.despite)
    for read in looked_at if not lawful else ():
        if _has([read], matter.unless_there):
            continue
        for sentence in read.sentences:
            word = _word(matter, sentence)
            if word and (read.where != "prose" or not matter.demanded or sentence.has("demand")):
                made = finding(matter.code, read.text.place, **_facts(read.text), word=word)
                yield made if severity is None else replace(made, severity=Severity(severity))
                return


def _has(beside: Sequence[Read], names: tuple[str, ...]) -> bool:
    return any(one.has(name) for read in beside for one in read.sentences for name in names)


def _word(matter: Matter, sentence: Listed) -> str:
    """Give the words of a sentence in which a matter is found; an empty text where it is not, or is lawful."""
    if any(map(sentence.has, matter.unless)):
        return ""
    if matter.denied != "never" and sentence.has(NOT_ASKED):
        return ""
    passed = [span for name in matter.passed_over for span in sentence.at.get(name, ())]
    for way in matter.ways:
        spans = _closest([list(_spans(sentence, chain, passed)) for chain in way])
        if spans and spans[-1][1] - spans[0][0] < matter.within:
            first, last = spans[0][0], max(end for _, end in spans)
            if matter.denied != "any" or not sentence.denies(first):
                return sentence.quoted(first, last)
    return ""


def _spans(sentence: Listed, chain: Chain, passed: list[Span]) -> Iterator[Span]:
    """Give where a chain stands in a sentence, from its first word to its last."""
    first, *others = chain
    for start in _at(sentence, first, passed):
        last: Span | None = start
        for link in others:
            last = next(
                (one for one in _at(sentence, link, passed) if last and _follows(sentence, last, one, link)), None
            )
        if last:
            yield start[0], last[1]


def _at(sentence: Listed, link: Link, passed: list[Span]) -> list[Span]:
    spans = sorted(span for name in link.names for span in sentence.at.get(name, ()))
    return [span for span in spans if not _within(span, passed)]


def _follows(sentence: Listed, before: Span, after: Span, link: Link) -> bool:
    """Whether one span stands behind another, near enough, and with nothing between that turns to somebody else."""
    between = {word.lower() for word in sentence.words[before[1] + 1 : after[0]]}
    turned = between & (words_of("others") | (words_of("turns") if link.reach <= NEAR else frozenset()))
    return before[1] < after[0] <= before[1] + link.reach and not turned


def _closest(found: list[list[Span]]) -> list[Span]:
    """Choose one place of each chain so that all are as close together as can be; none where one has no place."""
    ways = product(*(each[:6] for each in found))
    apart = (sorted(way) for way in ways if len(set(way)) == len(way))
    return min(apart, key=lambda way: (max(end for _, end in way) - way[0][0], way), default=[])


def _within(span: Span, others: list[Span]) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in others)


def _by_record(criteria: Criteria, own: str) -> Iterator[tuple[Read, ...]]:
    """Give the texts that stand beside one another in a gate, question or other record, read."""
    held: dict[int, list[Read]] = {}
    for text in texts_of(criteria):
        if not text.place.key.startswith(LEFT_OUT):
            held.setdefault(id(text.record), []).append(Read(text, _where(text), _read(text.words, own)))
    yield from (tuple(sorted(each, key=_first_of_all)) for each in held.values())


def _first_of_all(read: Read) -> int:
    """Let what decides come first: of a gate its predicate, of a question what is asked."""
    return -1 if read.text.key in ("predicate", "text") else 0


@lru_cache(4096)
def _read(text: str, own: str) -> tuple[Listed, ...]:
    return tuple(listed(text, _lists(own)))


@lru_cache(8)
def _lists(own: str) -> Lists:
    """Give the lists, with the council's own name among the words for its area."""
    phrases = matters().phrases
    return lists_of({**phrases, "here": (*phrases["here"], own), "own_name": (own,)} if own else phrases)


@cache
def _said_not_to_be_asked() -> Lists:
    return lists_of({NOT_ASKED: matters().lists[NOT_ASKED]})


def _where(text: Text) -> Where:
    match text.record, text.key:
        case Gate(), "predicate" | "question":
            return "gate"
        case Question(), "text":
            return "question"
        case Question(), "good_answer":
            return "answer"
        case ScaleMark(), "descriptor":
            return "scale"
    return "title" if text.key in TITLES else "prose"


def what_is_asked(text: str) -> Iterator[str]:
    """Give the sentences of a text but those which say that a thing is not asked for."""
    return (sentence.text for sentence in listed(text, _said_not_to_be_asked()) if not sentence.has(NOT_ASKED))


def _facts(text: Text) -> dict[str, str]:
    what = whose(text)
    return {"what": what, "question": what.removeprefix("the question ")}
