"""Values by name: what authors' own prose takes from the criteria, so that it cannot say another value.

``{weight:Q1}`` in a text is the weight of Q1, ``{tie_break}`` the published tie-break; a brace itself is written twice.
A name is a key of the criteria; of an entry, such as a rule or a tier, it is followed by a colon and the entry's id.
Beside its own record a key needs no id; in a theme's file the theme's own values are meant.
"""

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal, get_args, get_origin, get_type_hints

from evaluator.records.dates import ISO_DATE, spoken_moment
from evaluator.records.english import listing
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.criteria import (
    PRICE,
    Criteria,
    PricePolicy,
    Question,
    Theme,
    TieBreakKind,
    Tier,
    tie_break_of,
)
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.published import PROSE, Published, is_money, is_percent
from evaluator.records.programme.rules import EVERY_THEME, RuleBase, ThemeBudget
from evaluator.records.programme.written.words import words_of

IN_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
TIE_BREAKS: Mapping[TieBreakKind, str] = {
    "quality": "the higher quality score, before rounding",
    "lower_price": "the lower scored price",
    "received": "the earlier time at which the bid was received",
    "draw": "the published draw",
    "question": "the higher mark for {}",
    "measured": "the better figure for {}",
}
# Records of which there is one, and what those of their keys are called that others have as well.
SINGLE: Mapping[str, Mapping[str, str]] = {
    "procurement": {},
    "rounding": {},
    "moderation": {"method": "moderation_method", "places": "mark_places", "mode": "mark_mode"},
    "price": {"method": "price_method"},
    "allocation": {"method": "award_method", "tie_break": "award_tie_break"},
    "contract_management": {"places": "hours_places"},
    "amounts": {},
    "final_choice": {},
    "equality": {},
}
NO_FIGURES = frozenset(
    (
        *("id", "kind", "schema_", "reference", "version", "draw_seed", "scope", "theme", "themes", "time_limit"),
        *("tier", "outcomes", "approaches", "values", "primary", "questions"),
    )
)
Value = Decimal | int | str


@dataclass(frozen=True, slots=True)
class Named:
    """A value of the criteria under its name: what it is, the value, and how a text says it."""

    name: str
    what: str
    value: Value
    words: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that a text took by its name: from where to where it stands in the text as it is shown."""

    start: int
    end: int
    named: Named


@dataclass(frozen=True, slots=True)
class Filled:
    """A text as it is shown: the values taken, each with its place, and what stands in braces and is no name."""

    words: str
    taken: tuple[Taken, ...] = ()
    unknown: tuple[str, ...] = ()


Table = Mapping[str, Named]


def filled(text: str, names: Table) -> Filled:
    """Put values in the places of their names; what is no name stays as it was written.

    >>> ten = Named("weight:Q1", "Weight", 10, "10")
    >>> filled("Q1 carries {weight:Q1} points {{not price}}.", {"weight:Q1": ten}).words
    'Q1 carries 10 points {not price}.'
    >>> filled("{weight:Q9} points", {}).unknown
    ('weight:Q9',)
    """
    if "{" not in text and "}" not in text:
        return Filled(text)
    words, at = "", 0
    taken: list[Taken] = []
    unknown: list[str] = []
    for found in IN_BRACES.finditer(text):
        words, at = words + text[at : found.start()], found.end()
        named = names.get((found[1] or "").strip())
        if found[1] is None:
            words += found[0][0]
        elif named is None:
            unknown.append(found[1])
            words += found[0]
        else:
            taken.append(Taken(len(words), len(words) + len(named.words), named))
            words += named.words
    return Filled(words + text[at:], tuple(taken), tuple(unknown))


class Names:
    """Every name that texts of these criteria can take, by where the text stands."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria

    def at(self, theme: str = "", record: Published | None = None) -> Table:
        """Give the names for a text of a record that stands in a theme's file, or (empty) in the programme's."""
        own = self.own(theme, record) if record is not None else {}
        of_theme = self._themes.get(theme, {})
        return ChainMap(dict(own), of_theme, self.programme)

    def own(self, theme: str, record: Published) -> Table:
        """Give the names that need no id beside their own record."""
        return _own(self.criteria, theme, record)

    @cached_property
    def programme(self) -> dict[str, Named]:
        """The names that every text can take."""
        found = {one.name: one for one in _of_programme(self.criteria)}
        return _of_all_themes(self.criteria, self._themes) | found

    @cached_property
    def _themes(self) -> dict[str, dict[str, Named]]:
        return {theme.id: {one.name: one for one in _of_theme(self.criteria, theme)} for theme in self.criteria.themes}


def _of_programme(criteria: Criteria) -> Iterator[Named]:
    yield from _head(criteria)
    yield from _years(criteria.years)
    yield _named("number_of_themes", "Number of themes", len(criteria.themes))
    yield from _scale(criteria)
    for part, renamed in SINGLE.items():
        record = getattr(criteria, part)
        yield from figures(record, renamed=renamed) if record else ()
    yield _named("tie_break", "What decides between equal totals", tie_break_words(criteria))
    yield from _price(criteria.price)
    if criteria.allocation:
        for theme, least in criteria.allocation.minimum_scores.items():
            yield _named(f"minimum_score:{theme}", f"Lowest total of {theme}", least)
        for theme, weight in criteria.allocation.theme_weights.items():
            yield _named(f"theme_weight:{theme}", f"Weight of the theme {theme}", weight)
    for rule in criteria.rules:
        yield from _rule(rule)
    for stage in criteria.stage:
        yield from figures(stage, stage.id, stage.name)
    yield from _tiers(criteria.tier)


def _tiers(tiers: Iterable[Tier]) -> Iterator[Named]:
    for tier in tiers:
        yield from figures(tier, tier.id, tier.title)
        yield _named(f"title:{tier.id}", f"Title of the tier {tier.id}", tier.title)


def _head(criteria: Criteria) -> Iterator[Named]:
    for key in ("reference", "title", "authority", "version", "total"):
        if (value := getattr(criteria, key)) is not None:
            yield _named(key, words_of("Criteria", key)[0], value)


def _years(years: tuple[str, ...]) -> Iterator[Named]:
    if years:
        yield _named("years", "Years", listing(years))
        yield _named("first_year", "First year", years[0])
        yield _named("last_year", "Last year", years[-1])
        yield _named("number_of_years", "Number of years", len(years))


def _scale(criteria: Criteria) -> Iterator[Named]:
    marks = criteria.scale.marks
    yield _named("top_mark", "Highest mark of the scale", max(marks))
    yield _named("lowest_mark", "Lowest mark of the scale", min(marks))
    yield _named("number_of_marks", "Number of marks of the scale", len(marks))
    yield _named("marks", "Marks of the scale", listing(map(decimal_text, marks)))
    for point in criteria.scale.mark:
        yield _named(f"mark:{point.label}", f"The mark called {point.label}", point.mark)
    for scale in criteria.scale_of:
        for point in scale.mark:
            yield _named(f"mark:{scale.id}/{point.label}", f"The mark called {point.label} of {scale.id}", point.mark)
        yield _named(f"top_mark:{scale.id}", f"Highest mark of the scale {scale.id}", scale.highest)


def _price(policy: PricePolicy | None) -> Iterator[Named]:
    """Give the parameters of a price method; those in pounds as money."""
    if policy is None:
        return
    if policy.unit:
        yield _named("unit", words_of("PricePolicy", "unit")[0], policy.unit)
    terms = METHODS[policy.method].parameters if policy.method in METHODS else {}
    for key, value in policy.parameters.items():
        money = key in terms and terms[key].pounds
        yield _named(f"parameter:{key}", f"Parameter {key} of the price method", value, _money(value) if money else "")


def _rule(rule: RuleBase) -> Iterator[Named]:
    what = rule.title or f"rule {rule.id}"
    yield from figures(rule, rule.id, what)
    if rule.traits.is_budget and rule.ceiling is not None:
        name = {"budget": "budget", "year_budget": f"budget:{getattr(rule, 'year', '')}"}.get(getattr(rule, "kind", ""))
        for one in (name, f"budget:{rule.id}"):
            if one:
                yield _named(one, what, rule.ceiling, _money(Decimal(rule.ceiling)))


def _of_theme(criteria: Criteria, theme: Theme) -> Iterator[Named]:
    titles = {one.id: one.title for one in criteria.questions(theme.id)} | {PRICE: "price"}
    yield _named("theme", "Title of the theme", theme.title)
    yield from _weights(criteria, theme, titles)
    for question in criteria.questions(theme.id):
        yield from _question(criteria, theme.id, question, question.id)
    tier = criteria.tier_of(theme.id)
    if tier:
        yield from figures(tier, of=tier.title)
        yield _named("tier", "Tier", tier.title)
    limits = {criteria.word_limit(question, theme.id) for question in criteria.questions(theme.id)}
    if len(limits) == 1 and (limit := limits.pop()) is not None:
        yield _named("word_limit", "Word limit of every question", limit)
    yield from figures(theme, of=theme.title)
    if theme.price:
        yield from figures(theme.price, of=theme.title, renamed=SINGLE["price"])
        yield from _price(theme.price)
    for rule in criteria.rules:
        if isinstance(rule, ThemeBudget) and rule.theme in (theme.id, EVERY_THEME) and rule.limit is not None:
            name = f"theme_budget:{rule.year}" if rule.year else "theme_budget"
            yield _named(name, rule.title or name, rule.limit, _money(rule.limit))


def _weights(criteria: Criteria, theme: Theme, titles: Mapping[str, str]) -> Iterator[Named]:
    """Give the weights of a theme, of its questions and sections, and its minimum marks."""
    for leaf, weight in theme.weights.items():
        yield _named(f"weight:{leaf}", f"Weight of {titles.get(leaf, leaf)}", weight)
    for leaf, mark in theme.minimum_marks.items():
        yield _named(f"minimum_mark:{leaf}", f"Minimum mark for {titles.get(leaf, leaf)}", mark)
    yield _named("price_weight", "Weight of price", theme.weights.get(PRICE, Decimal(0)))
    counted = criteria.counted(theme.id).weights.items()
    quality = sum((weight for leaf, weight in counted if leaf != PRICE), Decimal(0))
    yield _named("quality_weight", "Weight of all questions together", quality)
    for section in theme.section:
        yield from figures(section, section.id, section.title)
        for leaf, share in section.shares.items():
            yield _named(f"share:{leaf}", f"Share of {titles.get(leaf, leaf)} in {section.title}", share)


def _question(criteria: Criteria, theme: str, question: Question, entry: str) -> Iterator[Named]:
    yield _named(_key("title", entry), f"Title of {question.id}", question.title)
    yield from figures(question, entry, question.title)
    limit = criteria.word_limit(question, theme) if theme else question.word_limit
    if limit is not None:
        yield _named(_key("word_limit", entry), f"Word limit: {question.title}", limit)


def _of_all_themes(criteria: Criteria, themes: Mapping[str, Mapping[str, Named]]) -> dict[str, Named]:
    """Give what themes have as names for every text: by the theme's id, and alone, with each theme's where they differ.

    ``weight:C1`` is the weight of C1, ``weight:advice/C1`` that of the theme advice.
    """
    found = {f"title:{theme.id}": _named(f"title:{theme.id}", "Title", theme.title) for theme in criteria.themes}
    for name in dict.fromkeys(name for names in themes.values() for name in names):
        having = {theme: names[name] for theme, names in themes.items() if name in names}
        first = next(iter(having.values()))
        alike = len({one.words for one in having.values()}) == 1
        head, colon, rest = name.partition(":")
        own = head == "theme"  # a title says by itself which theme it is of
        each = listing(one.words if own else f"{one.words} in {criteria.theme(at).title}" for at, one in having.items())
        called = {one.what.partition(":")[0] for one in having.values()}
        what = called.pop() if len(called) == 1 else head.replace("_", " ").capitalize()
        found[name] = first if alike else replace(first, what=what, value=each, words=each)
        for theme, one in having.items():
            whole = f"{head}:{theme}/{rest}" if colon else f"{head}:{theme}"
            found[whole] = replace(one, name=whole, what=f"{one.what}, {criteria.theme(theme).title}")
    return found


def _own(criteria: Criteria, theme: str, record: Published) -> dict[str, Named]:
    """Give the names that need no id beside their own record."""
    if isinstance(record, Criteria | Theme):
        return {}
    if isinstance(record, Question):
        found = list(_question(criteria, theme, record, ""))
        held = criteria.theme(theme) if theme else None
        for key, table in (("weight", held.weights), ("minimum_mark", held.minimum_marks)) if held else ():
            if record.id in table:
                found.append(_named(key, words_of("Question", key)[0], table[record.id]))
    elif isinstance(record, RuleBase):
        found = list(figures(record))
    elif isinstance(record, PricePolicy):
        found = [*figures(record, renamed=SINGLE["price"]), *_price(record)]
    else:
        found = list(figures(record))
    return {one.name: one for one in found}


def figures(
    record: Published, entry: str = "", of: str = "", renamed: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Named]:
    """Give every figure, date and choice of a record under its key and, of an entry, its id.

    Parameters
    ----------
    of : what the record is called, for the words that say what a value is.
    renamed : keys that have another name here.
    """
    kind = type(record)
    for key, say in _keys(kind):
        value = getattr(record, key)
        if value is not None and value not in ("", ()):
            label = words_of(kind.__name__, key)[0]
            shown = listing(map(_plain, value)) if isinstance(value, tuple) else say(value)
            held = shown if isinstance(value, tuple) else value
            yield Named(_key(renamed.get(key, key), entry), f"{label}: {of}" if of else label, held, shown)


def _key(key: str, entry: str) -> str:
    return f"{key}:{entry}" if entry else key


@cache
def _keys(record: type[Published]) -> tuple[tuple[str, Callable[[object], str]], ...]:
    """Give the keys of a record that hold figures, dates and choices, each with how it is said."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        (key, say) for key in record.model_fields if key not in NO_FIGURES and (say := _say(hints[key])) is not None
    )


def _say(hint: object) -> Callable[[object], str] | None:
    """Find how the values of a type are said; None for texts, switches, records and tables."""
    parts = [hint, *get_args(hint)] if get_origin(hint) is not Literal else [hint]
    marks = [mark for part in parts for mark in getattr(part, "__metadata__", ())]
    bare = [getattr(part, "__origin__", part) for part in parts]
    if PROSE in marks or bool in bare or dict in bare or _holds_records(hint):
        return None
    if any(map(is_money, marks)):
        return lambda value: _money(Decimal(str(value)))
    if any(map(is_percent, marks)):
        return lambda value: f"{_plain(value)}%"
    return _plain


def _holds_records(hint: object) -> bool:
    inner = getattr(hint, "__origin__", hint)
    records = isinstance(inner, type) and issubclass(inner, Published)
    return records or (get_origin(hint) is not Literal and any(map(_holds_records, get_args(hint))))


def _plain(value: object) -> str:
    """Say a number, a date or a word for a choice.

    >>> _plain(Decimal("12.50")), _plain("2026-10-02T12:00"), _plain("half_up"), _plain(1200)
    ('12.5', '12:00 on 2 October 2026', 'half up', '1,200')
    """
    match value:
        case Decimal():
            return decimal_text(value)
        case int():
            return f"{value:,}"
        case _ if ISO_DATE.match(str(value)):
            return spoken_moment(str(value))
        case _:
            return str(value).replace("_", " ")


def _money(value: Decimal) -> str:
    return pounds(int(value * 100)) if value == round(value, 2) else f"£{decimal_text(value)}"


def _named(name: str, what: str, value: Value, words: str = "") -> Named:
    return Named(name, what, value, words or (value if isinstance(value, str) else _plain(value)))


def tie_break_words(criteria: Criteria) -> str:
    """Say in one phrase what decides between equal totals, in order.

    Of nothing that is published it says so.
    """
    said = [TIE_BREAKS[kind].format(name) for kind, name in map(tie_break_of, criteria.tie_break.order)]
    return "; then ".join(said) or "no tie-break"


def names_alike(name: str, names: Iterable[str]) -> list[str]:
    """Give the names that somebody could have meant: of the same key, or spelt much alike, or else every key once.

    >>> names_alike("wordlimit:C1", ["word_limit:C1", "word_limit:C2", "tie_break"])
    ['word_limit:C1', 'word_limit:C2']
    >>> names_alike("gold", ["word_limit:C1", "tie_break"])
    ['tie_break', 'word_limit']
    """
    keys: dict[str, list[str]] = {}
    for one in sorted(names):
        keys.setdefault(one.partition(":")[0], []).append(one)
    head = name.partition(":")[0].strip().casefold()
    meant = [head] if head in keys else get_close_matches(head, keys, n=2)
    return [one for key in meant for one in keys[key]] or list(keys)
