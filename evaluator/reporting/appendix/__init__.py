"""The evaluation appendix of the tender documents: each rule that the engine applies, once, and an example."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel

from evaluator.records.documents import Document
from evaluator.records.english import agreeing, listing
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import decimal_text, exact_text, pounds, up_to_places
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.criteria import PRICE, Criteria, Question, Seal, Theme
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.scales import Scale, ScaleOf
from evaluator.records.programme.texts import without
from evaluator.records.results.effective_weight import EffectiveWeight
from evaluator.records.results.outcome import Run
from evaluator.records.results.studies.worked_examples import Example
from evaluator.reporting.appendix.choice_words import choice_statements, sum_statements
from evaluator.reporting.appendix.clauses import PARTS, Clause, clauses, number
from evaluator.reporting.appendix.course import course_statements, procurement_facts
from evaluator.reporting.appendix.entries import (
    Entry,
    Pairs,
    entry,
    gate_entry,
    measured_entry,
    monitored_entry,
    price_entry,
    question_entry,
    rule_entry,
    section_entry,
    stage_entry,
    term_entry,
    verification_entry,
)
from evaluator.reporting.appendix.equality_words import plan_words
from evaluator.reporting.appendix.examples import WorkedExample, worked
from evaluator.reporting.appendix.rule_words import award_words, inversion_words
from evaluator.reporting.appendix.statements import (
    Said,
    further,
    hours_statements,
    minimum_statements,
    moderation_statements,
    rounding_statements,
    tie_statements,
)
from evaluator.reporting.appendix.tier_words import tier_rows
from evaluator.reporting.shared.pages import HeadedPage, about_criteria, render, theme_titles

NAME = "evaluation-appendix.html"
# The keys that the page tells of in its own words; whatever else is published is listed beside them.
KEYS = {
    name: frozenset(keys.split())
    for name, keys in {
        "theme": "id title summary tier contract_value outcomes source weights minimum_marks minimum_quality price "
        "minimum_quality_points more_than question section rule total",
        "programme": "schema reference title authority regime version years source procurement scale gate price "
        "rounding moderation tie_break allocation amounts final_choice contract_management equality outcomes "
        "approaches common themes tier verification term total scale_of not_applicable measured price_line stage",
        "scale": "source mark",
        "scale_of": "id source mark questions sections",
        "mark": "mark label descriptor points",
        "rounding": "places mode point source",
        "moderation": "method least_evaluators spread_trigger declarations_required source trim on_spread third_counts "
        "missing_marks places mode",
        "tie_break": "order source draw_seed draw_source",
        "equality": "threshold panel_threshold few bands margin outside_tells primary alpha words source "
        "characteristic",
        "allocation": "method on_unaffordable leftovers minimum_score minimum_scores objective theme_weights tie_break "
        "draw_seed tied_cap time_limit source level rule",
    }.items()
}
ONE_PRICE = "one price for all years"
POINTS = "A mark counts what the table gives beside it, and not its own number."
ONLY = "Only these marks can be given; there is nothing between them."


@dataclass(frozen=True)
class Issued:
    """What the appendix is of: the criteria, their seal, weights, examples, accepted findings and versions.

    ``restated`` are sentences of sources that say again what the clauses say from the values: they are left out.
    """

    criteria: Criteria
    fingerprint: str
    seal: Seal | None
    weights: Sequence[EffectiveWeight] = ()
    examples: Sequence[Example] = ()
    accepted: Sequence[Accepted] = ()
    versions: Sequence[Version] = ()
    restated: Mapping[Source, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class MarkRow:
    """A mark of the scale with its clause's number, and what else was published of it."""

    number: str
    mark: Decimal
    label: str
    descriptor: str
    also: Pairs
    points: str


@dataclass(frozen=True)
class ScaleEntry:
    """A scale of some questions alone, with its marks."""

    entry: Entry
    marks: Sequence[MarkRow]
    has_points: bool


@dataclass(frozen=True)
class ThemeEntry:
    """A theme; each weight stands with its question, its title, and the share of the greatest total in percent."""

    number: str
    id: str
    title: str
    about: tuple[Clause, ...]
    source: str
    weights_at: str
    weights: tuple[tuple[str, str, Decimal, str], ...]
    sections: tuple[Entry, ...]
    minimums: Entry
    price: Entry | None
    price_elsewhere: Clause | None
    rules: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    also: Pairs


@dataclass(frozen=True, kw_only=True)
class AppendixPage(HeadedPage):
    """Everything that is published, each rule once and under its own number."""

    template = "appendix.html"
    criteria: Criteria
    parts: Mapping[str, str]
    procurement: Pairs
    years: str
    seal: Seal | None
    programme: Entry
    steps: Sequence[Clause]
    gates: Sequence[Entry]
    verified: Sequence[Entry]
    terms: Sequence[Entry]
    stages: Sequence[Entry]
    scale: Entry
    marks: Sequence[MarkRow]
    has_points: bool
    scales_of: Sequence[ScaleEntry]
    moderation: Entry
    common: Sequence[Entry]
    outcomes: Sequence[Clause]
    approaches: Sequence[Clause]
    tier_rows: Sequence[tuple[str, list[str]]]
    measured: Sequence[Entry]
    price: Entry | None
    priced_so: Sequence[str]
    themes: Sequence[ThemeEntry]
    rounding: Entry
    ties: Entry
    award: Entry | None
    rules_of_all: Sequence[Entry]
    equality: Entry | None
    monitored: Sequence[Entry]
    examples: Sequence[WorkedExample]
    accepted: Sequence[Accepted]
    versions: Sequence[Version]


def appendix(issued: Issued, engine: str) -> Document:
    """Write the appendix as a page, and as Word and PDF beside it."""
    return Document(NAME, appendix_html(issued, engine), also=("docx", "pdf"))


def appendix_html(issued: Issued, engine: str) -> str:
    """Write the evaluation appendix: complete, in plain English, and with nothing that was not published."""
    criteria = without(issued.criteria, issued.restated)
    titles = theme_titles(criteria)
    run = Run(f"version {criteria.version} as published", engine)
    policy, plan = criteria.allocation, criteria.equality
    page = AppendixPage(
        about=about_criteria(criteria, issued.fingerprint, run, issued.seal),
        criteria=criteria,
        parts={part: number(part) for part in PARTS},
        procurement=procurement_facts(criteria),
        years=", ".join(criteria.years) or ONE_PRICE,
        seal=issued.seal,
        programme=_single("programme", course_statements(criteria), criteria),
        steps=clauses("steps", _steps(criteria)),
        gates=[gate_entry(one, criteria.regime) for one in criteria.gate],
        verified=[verification_entry(one) for one in criteria.verification],
        terms=[term_entry(one) for one in criteria.term],
        stages=[stage_entry(criteria, one) for one in criteria.stage],
        scale=_single("scale", _scale_said(criteria), criteria.scale),
        marks=_marks(criteria.scale),
        has_points=criteria.scale.has_points,
        scales_of=[_scale_of(criteria, one) for one in criteria.scale_of],
        moderation=_single("moderation", moderation_statements(criteria.moderation), criteria.moderation),
        common=[question_entry(criteria, question) for question in criteria.common],
        outcomes=clauses("outcome", _named(criteria.outcomes)),
        approaches=clauses("outcome", _named(criteria.approaches)),
        tier_rows=tier_rows(criteria.tier),
        measured=[measured_entry(one) for one in criteria.measured],
        price=price_entry(criteria, criteria.price, "") if criteria.price else None,
        priced_so=[theme.title for theme in criteria.themes if theme.price is None],
        themes=[_theme(issued, criteria, theme) for theme in criteria.themes],
        rounding=_single("rounding", _rounding(criteria), criteria.rounding),
        ties=_single("tie_break", tie_statements(criteria), criteria.tie_break),
        award=_single("award", _award(criteria, titles), policy, "allocation") if policy else None,
        rules_of_all=[rule_entry(rule, titles) for rule in policy.rule] if policy else [],
        equality=_single("equality", plan_words(plan), plan) if plan else None,
        monitored=[monitored_entry(one) for one in plan.characteristic] if plan else [],
        examples=[worked(criteria, one, titles) for one in issued.examples],
        accepted=issued.accepted,
        versions=issued.versions,
    )
    return render(page)


def _rounding(criteria: Criteria) -> Iterable[Said]:
    return rounding_statements(criteria.rounding, indexed=_indexed(criteria))


def _indexed(criteria: Criteria) -> bool:
    """Whether price gives an index or an adjusted price in any theme."""
    policies = (criteria.price_policy(theme.id) for theme in criteria.themes)
    return any(policy is not None and METHODS[policy.method].gives != "points" for policy in policies)


def _single(part: str, said: Iterable[Said], record: BaseModel, keys: str = "") -> Entry:
    """Make the entry of what there is once, such as moderation or the tie-break."""
    return entry(number(part), "", clauses(part, said), record, KEYS[keys or part])


def _named(words: Mapping[str, str]) -> Iterator[Said]:
    return ((one, f"{one}: {said}") for one, said in words.items())


def _marks(scale: Scale, name: str = "") -> list[MarkRow]:
    return [
        MarkRow(
            number("scale", *filter(None, [name]), f"mark {decimal_text(one.mark)}"),
            one.mark,
            one.label,
            one.descriptor,
            further(one, KEYS["mark"]),
            "" if one.points is None else decimal_text(one.points),
        )
        for one in scale.mark
    ]


def _scale_said(criteria: Criteria) -> Iterator[Said]:
    yield "only", ONLY
    if criteria.scale.has_points:
        yield "points", POINTS
    passes = [one.id for one in _asked(criteria) if one.answered == "pass_fail"]
    if passes:
        verb = agreeing(len(passes), "is", "are")
        yield "passes", f"{listing(passes)} {verb} not on a scale of marks: the evaluators find a pass or a fail."


def _scale_of(criteria: Criteria, scale: ScaleOf) -> ScaleEntry:
    """Give a scale of some questions alone, and which they are."""
    own = [one.id for one in _asked(criteria) if one.id in criteria.marked_on(scale)]
    at = number("scale", scale.id)
    verb = agreeing(len(own), "is", "are")
    said = f"{listing(own) or 'No question'} {verb} marked on this scale. {ONLY}"
    said += f" {POINTS}" if scale.has_points else ""
    best = "The mark with the most points" if scale.has_points else "The highest mark"
    said += f" {best} is {decimal_text(scale.highest)}."
    told = entry(at, scale.id, (Clause(f"{at}.1", said),), scale, KEYS["scale_of"])
    return ScaleEntry(told, _marks(scale, scale.id), scale.has_points)


def _asked(criteria: Criteria) -> Sequence[Question]:
    """Give every question once, in the order published."""
    return tuple({one.id: one for theme in criteria.themes for one in criteria.asked(theme.id)}.values())


def _steps(criteria: Criteria) -> Iterator[Said]:
    """Say how a bid is evaluated, step by step, with the part that has the rules of each."""
    kinds = any(gate.kind for gate in criteria.gate)
    yield (
        "gates",
        f"Pass or fail conditions are looked at ({number('gate')}). Failing one opens a matter that a person settles, "
        f"with reasons{'; what then becomes of the bid depends on its kind, and stands with it' if kinds else ''}.",
    )
    becomes = f"its marks become one ({number('moderation')})"
    yield "marks", f"Each answer is marked on the scale ({number('scale')}); {becomes}."
    if criteria.deciding_stages:
        yield (
            "stages",
            f"This is done stage by stage ({number('stage')}): only bids that go on from a stage are asked, marked and "
            "ranked further.",
        )
    yield from _points(criteria)
    decided = "disregarded, excluded or disqualified" if kinds else "disregarded"
    yield (
        "minimums",
        f"A bid with less than a published minimum ({number('theme')}), or that a person has {decided}, is not ranked "
        "and is awarded nothing.",
    )
    if criteria.measured:
        yield (
            "figures",
            f"Figures that ranked bids offer earn points by the published methods ({number('measured')}), which are "
            "added to the quality score; those of other bids play no part in it.",
        )
    if any(criteria.price_policy(theme.id) for theme in criteria.themes):
        yield (
            "price",
            f"The prices of ranked bids are scored ({number('price')}); those of other bids play no part in it.",
        )
    yield "total", f"Points are added up and rounded ({number('rounding')}), and never rounded before."
    apart = f"equal totals are told apart ({number('tie_break')})"
    yield "ranks", f"Bids are ranked by their totals, the best first; {apart}."
    if criteria.allocation:
        yield "awards", f"Awards are made by the published method and rules ({number('award')})."


def _points(criteria: Criteria) -> Iterator[Said]:
    yield "points", f"{_points_words(criteria)} The quality score is the sum of the points of all answers."
    if criteria.total is not None or any(theme.total is not None for theme in criteria.themes):
        yield "whole", _whole_words(criteria)
    yield from _apart(criteria)


def _whole_words(criteria: Criteria) -> str:
    totals = [exact_text(whole) for whole in criteria.wholes]
    whose = "each theme come to " + totals[0]
    if len(totals) > 1:
        whose = "the themes come to " + listing(
            f"{exact_text(criteria.whole_of(theme.id))} ({theme.title})" for theme in criteria.themes
        )
    return (
        f"The weights of {whose} points in all. They are counted as they are, out of "
        f"{totals[0] if len(totals) == 1 else 'these figures'}; nothing is turned into parts of 100. What share of the "
        "whole each carries stands beside its weight."
    )


def _points_words(criteria: Criteria) -> str:
    """Say what the points of an answer are, by the scale or the table of points that its question has."""
    scales = {criteria.scale_for(one.id) for one in _asked(criteria) if one.answered == "marked"}
    counts = {(one.highest, one.has_points) for one in scales}
    of_a_sum = " times the number of marks" if criteria.moderation.method == "sum" else ""
    if counts <= {(criteria.scale.highest, False)}:
        highest = f"{decimal_text(criteria.scale.highest)}, the highest mark{of_a_sum}"
        return f"The points of an answer are its weight × its mark ÷ {highest}."
    by_marks = f"its weight × its mark ÷ the highest mark of its scale{of_a_sum}"
    by_points = f"its weight × the points of its mark ÷ the highest points of its table{of_a_sum}"
    found = [words for words, table in ((by_marks, False), (by_points, True)) if table in {has for _, has in counts}]
    where = " on a scale without a table of points" if len(found) > 1 else ""
    other = f"; on one with a table, {found[1]}" if len(found) > 1 else ""
    return f"The points of an answer{where} are {found[0]}{other}."


def _apart(criteria: Criteria) -> Iterator[Said]:
    """Say who may find that a question does not apply to a bid, and where its weight goes."""
    rule = criteria.not_applicable
    if rule:
        which = listing(rule.questions, " or ") or "A question that is marked for each bid"
        yield (
            "apart",
            f"{which} may be found not to apply to a bid: {rule.decided_by.removesuffix('.')} decides it, for each bid "
            f"by itself, in writing and with a reason. {GOES[rule.weight]} Source: {rule.source}",
        )


GOES = {
    "section": "Its weight then goes to the other questions of its section, in proportion to their weights; where none "
    "of those apply, to all other questions of the theme.",
    "all": "Its weight then goes to all other questions of the theme, in proportion to their weights.",
    "full_marks": "The bid then has its points in full.",
}


def _award(criteria: Criteria, titles: Mapping[str, str]) -> Iterator[Said]:
    """Say how awards are made, where the criteria publish it, and whether a better bid can lose to a worse one."""
    policy = criteria.allocation
    if policy is None:
        return
    yield from award_words(policy)
    worked_out = inversion_words(policy, criteria.rules, titles)
    if worked_out:
        yield "inversions", " ".join(worked_out)
    yield from sum_statements(criteria)
    yield from choice_statements(criteria.final_choice)
    yield from hours_statements(criteria)


def _theme(issued: Issued, criteria: Criteria, theme: Theme) -> ThemeEntry:
    titles = {question.id: question.title for question in criteria.asked(theme.id)} | {PRICE: "Price"}
    titles |= {one.id: one.title for one in criteria.measured}
    carried = {one.question: one.effective for one in issued.weights if one.theme == theme.id}
    names = theme_titles(criteria)
    minimums = clauses("theme", minimum_statements(criteria, theme, titles), theme.id, "minimums")
    return ThemeEntry(
        number=number("theme", theme.id),
        id=theme.id,
        title=theme.title,
        about=_about(criteria, theme),
        source=theme.source,
        weights_at=number("theme", theme.id, "weights"),
        weights=tuple(
            (leaf, titles.get(leaf, leaf), weight, _share(carried.get(leaf))) for leaf, weight in theme.weights.items()
        ),
        sections=tuple(section_entry(criteria, theme, section) for section in theme.section),
        minimums=Entry(number("theme", theme.id, "minimums"), "", minimums),
        price=price_entry(criteria, theme.price, f"Price: {theme.title}", theme.id) if theme.price else None,
        price_elsewhere=None if theme.price else _priced(criteria, theme),
        rules=tuple(rule_entry(rule, names, theme.id) for rule in theme.rule),
        questions=tuple(question_entry(criteria, question, theme.id) for question in theme.question),
        also=further(theme, KEYS["theme"]),
    )


def _about(criteria: Criteria, theme: Theme) -> tuple[Clause, ...]:
    """Say what a theme is about: its summary, tier, largest contract, and the outcomes of its own."""
    tier, named = criteria.tier_of(theme.id), criteria.outcomes
    own = "; ".join(f"{one} ({named[one]})" if named.get(one) else one for one in theme.outcomes)
    said = [
        theme.summary,
        f"Tier: {f'{tier.title} ({theme.tier})' if tier else theme.tier}." if theme.tier else "",
        f"Its dearest contract is worth {pounds(int(theme.contract_value * 100))} a year."
        if theme.contract_value is not None
        else "",
        f"Outcomes of its own: {own}." if own else "",
    ]
    return tuple(Clause(number("theme", theme.id, "about"), words) for words in [" ".join(filter(None, said))] if words)


def _priced(criteria: Criteria, theme: Theme) -> Clause:
    """Say by which policy a theme without one of its own is priced."""
    return Clause(
        number("theme", theme.id, "price"),
        f"Price is scored as part {number('price')} says." if criteria.price else "Price is not scored.",
    )


def _share(share: Fraction | None) -> str:
    return "–" if share is None else up_to_places(share, 2)
