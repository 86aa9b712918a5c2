"""Each published rule of award: where it is published, what the awards come to, and which awards make that up."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby

from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.rules import EVERY_THEME, Rule
from evaluator.records.results.allocation import Award, RuleCheck
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.audit.traces.figure import Cell, Figure, Part
from evaluator.reporting.audit.traces.traced import Traced
from evaluator.reporting.award.rule_families import Families
from evaluator.reporting.shared.limits import in_words
from evaluator.reporting.shared.pages import theme_titles

Concerns = Callable[[Bid, Rule, RuleCheck], bool]


def _every(_: Bid, __: Rule, ___: RuleCheck) -> bool:
    return True


def _of_theme(bid: Bid, _: Rule, check: RuleCheck) -> bool:
    return bid.theme == check.subject.partition(", ")[0]


def _of_organisation(bid: Bid, _: Rule, check: RuleCheck) -> bool:
    return check.subject in (bid.organisation, *bid.members)


def _named(bid: Bid, rule: Rule, _: RuleCheck) -> bool:
    return bid.id in (*getattr(rule, "bids", ()), getattr(rule, "bid", ""))


def _of_variant(bid: Bid, _: Rule, check: RuleCheck) -> bool:
    return bool(bid.variant) and check.subject == f"{bid.organisation}, {bid.variant}"


def _of_service(bid: Bid, rule: Rule, _: RuleCheck) -> bool:
    themes = getattr(rule, "themes", ())
    return not themes or bid.theme in themes


def _serves(column: str) -> Concerns:
    """Give what tells whether a bid serves what a check is of; a check of nothing is of every one."""
    return lambda bid, _, check: not check.subject or check.subject in getattr(bid, column)


CONCERNS: dict[str, Concerns] = {  # by the scope of a rule; those that are not here concern every award
    "theme": _of_theme,
    "organisation": _of_organisation,
    "bids": _named,
    "variants": _of_variant,
    "service": _of_service,
    "ward": _serves("wards"),
    "group": _serves("groups"),
    "outcome": _serves("outcomes"),
    "small": lambda bid, _, __: bid.small,
}
COLUMNS = {"organisation": ("organisation", "members"), "ward": ("wards",), "group": ("groups",)}
COLUMNS |= {"outcome": ("outcomes",), "small": ("small",), "service": ("hours",), "variants": ("variant",)}


def figures_of_rules(run: Traced) -> Iterator[Figure]:
    """Give a figure for each published rule, with all that it was applied to."""
    allocation, criteria = run.outcome.allocation, run.outcome.criteria
    rules = {rule.id: rule for rule in criteria.rules}
    families, titles = Families(criteria), theme_titles(criteria)
    for id, group in groupby(allocation.checks if allocation else (), key=lambda check: check.rule):
        if id not in rules:
            continue
        checks, family = list(group), families.by_rule[id]
        texts = dict.fromkeys(filter(None, chain.from_iterable((one.least, one.most, one.used) for one in checks)))
        told = "; ".join(_said(one, titles) for one in checks)
        at = run.published_at("rule", id)
        yield Figure(
            id,
            f"{rules[id].title or id} ({rules[id].kind.replace('_', ' ')})",
            tuple(texts),
            f"Published in {at}. {told}. It was counted again from the awards alone, without the solver.",
            partial(_parts, run, rules[id], checks),
            partial(_published, run, rules[id]),
            also=tuple(dict.fromkeys((rules[id].title, family.title, family.ids))),
        )


def _said(one: RuleCheck, titles: dict[str, str]) -> str:
    subject = in_words(one.subject, titles)
    limits = (f"at least {one.least}" if one.least else "", f"at most {one.most}" if one.most else "")
    allowed = " and ".join(filter(None, limits))
    kept = "kept" if one.holds else "broken"
    return f"{subject or 'All awards'}: {allowed or 'no limit'}; the awards come to {one.used}: {kept}"


def concerned(run: Traced, rule: Rule, check: RuleCheck) -> tuple[Award, ...]:
    """Give the awards that a rule counts in one case."""
    concerns = CONCERNS.get(rule.traits.scope, _every)
    return tuple(award for id, award in run.awards.items() if concerns(run.bids[id], rule, check))


def _parts(run: Traced, rule: Rule, checks: Sequence[RuleCheck]) -> tuple[Part, ...]:
    several, titles = len(checks) > 1, theme_titles(run.outcome.criteria)
    found = []
    for check in checks:
        for award in concerned(run, rule, check):
            name = run.name(award.bid)
            name = f"{in_words(check.subject, titles)}: {name}" if several and check.subject else name
            found.append(Part(award.bid, name, counted(run, rule, award), _cells(run, rule, award.bid)))
    return (*found, *_passed_over(run, rule))


def _passed_over(run: Traced, rule: Rule) -> tuple[Part, ...]:
    """Give the bids that an order of merit lets be passed over, each with its ground."""
    allocation = run.outcome.allocation
    over = allocation.passed_over if allocation and rule.kind == "merit_order" else ()
    theme = getattr(rule, "theme", EVERY_THEME)
    return tuple(
        Part(one.bid, f"passed over: {run.name(one.bid)}", one.why, run.score(one.bid))
        for one in over
        if theme in (EVERY_THEME, one.theme)
    )


def counted(run: Traced, rule: Rule, award: Award) -> str:
    """Write what an award counts for under a rule: its money, in its year where the rule has one, its hours, or one."""
    bid, counts, year = run.bids[award.bid], rule.traits.counts, getattr(rule, "year", None)
    if counts == "hours":
        return f"{decimal_text(bid.hours)} hours"
    if counts == "wards":
        return ", ".join(bid.wards)
    if counts == "awards":
        return "1 award"
    years = run.outcome.criteria.years
    return pounds(award.by_year[years.index(year)] if year in years else award.amount)


def _cells(run: Traced, rule: Rule, bid: str) -> tuple[Cell, ...]:
    """Give the cells by which an award counts under a rule, and those of its price or, of an order, of its score."""
    columns = run.column(bid, *COLUMNS.get(rule.traits.scope, ()))
    if rule.traits.side == "neither" or rule.kind == "fund_first":
        return (*columns, *run.score(bid))
    year = getattr(rule, "year", None) or ""
    money = run.prices(bid, year) if rule.traits.counts in ("money", "share") else ()
    return (*columns, *money) or run.score(bid)


def _published(run: Traced, rule: Rule) -> tuple[Cell, ...]:
    source = run.published_at("rule", rule.id)
    keys = [key for key in ("least", rule.ceiling_key) if key and getattr(rule, key, None) is not None]
    cells = [Cell(f"{key} of {rule.id}", str(getattr(rule, key)), source) for key in keys]
    return tuple(cells) or (Cell(f"rule {rule.id}", rule.title, source),)
