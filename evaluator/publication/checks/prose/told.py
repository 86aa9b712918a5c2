"""A sentence in its place: in which text of the criteria it stands, and for which themes and question it speaks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from pydantic import BaseModel

from evaluator.publication.checks.prose.cited import is_citation, without_addresses, without_head
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.sentences import Sentence, sentences
from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria, PricePolicy, Question, Theme
from evaluator.records.programme.texts import Text, texts_of

LONGEST = 160  # characters of a sentence that a finding quotes
# Names of things, replies of forms, and what says only where something was decided, carry no rule.
PASSED_OVER = frozenset(
    {"Characteristic", "Ladder", "EqualityPlan", "Verification", "Procurement", "ContractManagement", "Tier", "Section"}
)
KEYS_PASSED_OVER = frozenset(
    {"authority", "reference", "outcomes", "approaches", "label", "purpose", "unit", "version"}
)
ASKED = frozenset({"Question", "Gate"})


PART = (
    r"(?:section|paragraph|para|part|page|p|item|minute|clause|annex|appendix|schedule|line|chapter|rule|"
    r"note|table|volume|sheet)"
)
NUMBER = r"[A-Z]?[0-9]{1,3}(?:\.[0-9]{1,3})*"
HEAD = re.compile(  # where a rule was decided, before what was decided there; but not "Minimum score 60:"
    r"^(?!(?:\w+ ){0,2}(?i:score|mark|points?|weight|price|quality|minimum|limit|budget|lot|theme|question|tie|least|"
    rf"most|year|tier|stage)s?,? [0-9])[A-Z][\w'’]+(?: [\w'’]+){{0,4}}(?:,? {PART}\.? (?:{NUMBER}|[A-Z])|,? {NUMBER}|"
    rf",(?: of)? [0-9]{{1,2}} [A-Z][a-z]{{2,8}} [0-9]{{4}})(?:,? {PART} (?:{NUMBER}|[A-Z]))?: (?=\S)"
)
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """The criteria that sentences are read in, and what is worked out of them once."""

    criteria: Criteria

    @cached_property
    def values(self) -> frozenset[Fraction]:
        """Every number that the criteria publish, and small counts that need none."""
        counts = (0, 1, 100, len(self.criteria.scale.mark), len(self.criteria.years), len(self.criteria.themes))
        return frozenset({*numbers(self.criteria), *map(Fraction, counts), *self.criteria.wholes})

    @cached_property
    def values_and_rests(self) -> frozenset[Fraction]:
        """Every number that is published, and what is left of each from a hundred."""
        return self.values.union(100 - one for one in self.values)

    @cached_property
    def shares(self) -> frozenset[Fraction]:
        """What each weight is of its theme's whole, in percent, and what is left; of nought nothing is a part."""
        weights = [(theme.id, Fraction(weight)) for theme in self.criteria.themes for weight in theme.weights.values()]
        wholes = [(Fraction(self.criteria.whole_of(theme)), weight) for theme, weight in weights]
        quality = [(100 * weight / whole, 100 - 100 * weight / whole) for whole, weight in wholes if whole]
        runs = {share for theme in self.criteria.themes for share in self._runs(theme)}
        return frozenset(share for both in quality for share in both) | runs

    def _runs(self, theme: Theme) -> Iterator[Fraction]:
        """Give what the first questions of a theme weigh together, two of them and more, in percent of its whole."""
        carried = (Fraction(theme.weights.get(one.id, 0)) for one in self.questions[theme.id])
        whole = Fraction(self.criteria.whole_of(theme.id))
        return (100 * sum_ / whole for sum_ in accumulate(carried) if whole)

    @cached_property
    def marks(self) -> frozenset[Fraction]:
        """The marks of the scale."""
        return frozenset(map(Fraction, self.criteria.scale.marks))

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """The names of the marks in quotation marks."""
        names = "|".join(re.escape(one.label) for one in self.criteria.scale.mark if one.label) or "(?!)"
        return re.compile(rf"[\"“‘']({names})[\"”’']")

    @cached_property
    def of_prices(self) -> frozenset[Fraction]:
        """Every number that is published of prices: of their policies, weights and budgets, and of the years."""
        criteria = self.criteria
        policies = [one for theme in criteria.themes if (one := criteria.price_policy(theme.id)) is not None]
        weights = [Fraction(theme.price_weight) for theme in criteria.themes]
        shares = [theme.minimum_quality for theme in criteria.themes if theme.minimum_quality is not None]
        money = [rule.ceiling for rule in criteria.rules if rule.traits.counts == "money" and rule.ceiling is not None]
        counts = [Fraction(0), Fraction(1), Fraction(100), Fraction(len(criteria.years)), Fraction(1, 2)]
        told = [*numbers(tuple(policies)), *numbers(tuple(money)), *numbers(tuple(shares)), *_written(policies)]
        qualities = [criteria.whole_of(theme.id) - theme.price_weight for theme in criteria.themes]
        told.append(Fraction(criteria.rounding.places))
        return frozenset({*told, *weights, *qualities, *counts, *criteria.wholes})

    @cached_property
    def questions(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of each theme."""
        return {theme.id: self.criteria.questions(theme.id) for theme in self.criteria.themes}

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, tuple[Phrase, ...]]]:
        """How each theme's questions are named: by their ids and their titles, in words."""
        return {
            theme: {one.id: ((one.id.lower(),), tuple(one.title.lower().split())) for one in questions}
            for theme, questions in self.questions.items()
        }

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Every word of the questions' titles."""
        return frozenset(word for each in self.names.values() for _, title in each.values() for word in title)


def _written(policies: Sequence[PricePolicy]) -> Iterator[Fraction]:
    """Give the parameters of price methods, which are kept as they were written."""
    for policy in policies:
        for value in policy.parameters.values():
            for found in re.findall(r"[0-9]+(?:\.[0-9]+)?", str(value)):
                yield from (Fraction(found), 100 * Fraction(found) - 100)


def numbers(value: object) -> Iterator[Fraction]:
    """Give every number within a record."""
    match value:
        case int() | Decimal():
            yield Fraction(value)
        case BaseModel():
            for key in type(value).model_fields:
                yield from numbers(getattr(value, key))
        case tuple() | dict():
            for one in value.values() if isinstance(value, dict) else value:
                yield from numbers(one)


@dataclass(frozen=True)
class Told:
    """A sentence of a text; ``declared``: as it stands with what its author declared to be a fact and no rule."""

    setting: Setting
    text: Text
    sentence: Sentence
    declared: bool = False

    @property
    def criteria(self) -> Criteria:
        """The criteria that it belongs to."""
        return self.setting.criteria

    @property
    def place(self) -> Source:
        """The file and key of the text."""
        return self.text.place

    @cached_property
    def room(self) -> str:
        """The kind of record that the text belongs to, such as ``Question``."""
        return type(self.text.record).__name__

    @property
    def asks(self) -> bool:
        """Whether it stands where a bidder is asked for something, so that most figures are what is asked."""
        return self.room in ASKED and self.text.key != "source"

    @property
    def quoted(self) -> str:
        """The sentence as a finding quotes it."""
        text = self.sentence.text
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"

    @property
    def question(self) -> Question | None:
        """The question that it belongs to."""
        return self.text.record if isinstance(self.text.record, Question) else None

    @cached_property
    def names(self) -> Mapping[str, tuple[Phrase, ...]]:
        """How the questions of the themes that it speaks of are named."""
        return {name: said for theme in self.themes for name, said in self.setting.names[theme.id].items()}

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes that it speaks of."""
        own = tuple(one for one in self.criteria.themes if one.id == self.text.theme)
        if own:
            return own
        asked = tuple(one for one in self.criteria.themes if self.question and self.question.id in one.weights)
        return asked or self.criteria.themes

    @property
    def what(self) -> str:
        """What the text is, in words that begin a sentence."""
        record = self.text.record
        name = getattr(record, "id", "")
        kind = {"Theme": "theme", "Question": "question", "Gate": "gate", "Term": "term"}.get(self.room, "")
        if kind and name:
            return f"The {kind} {name}"
        return (
            f"The rule {name}"
            if name
            else {"Criteria": "The programme", "ScaleMark": "A mark of the scale"}.get(
                self.room, f"What is said of {SAID.get(self.room, 'it')}"
            )
        )


LISTED = re.compile(r"\(1\).*\(2\)|;.*;|: [^;]+;")


def lists_contents(told: Told) -> bool:
    """Whether a good answer's parts are listed, and nobody but the bidder is spoken of."""
    sentence = told.sentence
    listed = told.text.key == "good_answer" and bool(LISTED.search(sentence.text))
    first = sentence.words.index(":") if listed and ":" in sentence.words else 0  # behind what all of them are called
    contest = ("panel", "us", "mark", "bid", "local", "newness", "price")
    return listed and not sentence.within(first, len(sentence.words)).any(*contest)


SAID = {
    "Scale": "the scale",
    "PricePolicy": "the price",
    "Rounding": "rounding",
    "Moderation": "moderation",
    "TieBreak": "the tie-break",
    "AllocationPolicy": "the allocation",
    "FinalChoice": "the final choice",
    "Amounts": "the sums of awards",
}


def _headless(text: str) -> str:
    """Take off where something was decided, before what was decided there."""
    return without_head(HEAD.sub("", text))


CHAPTER = re.compile(r"^[A-Z][^:;.]{0,40}? ([0-9]{1,2}\.)[0-9]{1,2}\b")


def _read(text: str, chapter: str) -> Iterator[Sentence]:
    """Read a text; a number of the chapter that it cites, "4.9" in what begins with "ITT 4.8:", is no amount."""
    for one in sentences(text):
        own = tuple(each for each in one.figures if not _cites(one, each, chapter))
        yield one if own == one.figures else replace(one, figures=own)


def _cites(sentence: Sentence, figure: Figure, chapter: str) -> bool:
    plain = figure.kind == "number" and not figure.of_unit("point", "mark", "place", "time")
    return bool(chapter) and plain and sentence.words[figure.first].startswith(chapter)


def _unquoted(text: str, labels: re.Pattern[str]) -> str:
    """Take the names of marks out of their quotation marks: they are said, and not cited."""
    return labels.sub(r"\1", text)


def everything_told(criteria: Criteria) -> Iterator[Told]:
    """Give every sentence of every text that could state a rule, without what its author declared to be a fact.

    Sentences with a declared fact follow as they stand, as ``declared``: a fact can gainsay a published value too.
    """
    setting = Setting(criteria)
    for text in texts_of(criteria):
        kind = type(text.record).__name__
        if kind in PASSED_OVER or text.key in KEYS_PASSED_OVER:
            continue
        source = text.key == "source"
        written = left = " ".join((without_addresses(text.written) if source else text.written).split())
        written = left = _unquoted(_headless(written) if source else written, setting.labels)
        cited = CHAPTER.match(" ".join(text.written.split())) if source else None
        chapter = cited.group(1) if cited else ""
        for fact in text.facts:
            left = left.replace(" ".join(fact.text.split()) or "\n", " … ")
        read = [one for one in _read(left, chapter) if not (source and is_citation(one))]
        yield from (Told(setting, text, sentence) for sentence in read)
        if left != written:
            whole = [one for one in _read(written, chapter) if not (source and is_citation(one))]
            yield from (Told(setting, text, one, declared=True) for one in whole if one not in read)
