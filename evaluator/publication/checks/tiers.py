"""Checks of the tiers: they are in order, every theme has the one of its size, and asks the common questions of it."""

from collections.abc import Iterator
from itertools import pairwise

from evaluator.publication.locations import common_questions, in_theme, numbered, own_questions, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria, Theme, Tier

ASKED = ("word_limit", "total_words", "monitoring", "turnover", "accounts_years")


def themes_name_a_tier(criteria: Criteria) -> Iterator[Finding]:
    """Find themes that name none of the published tiers."""
    tiers = ", ".join(tier.id for tier in criteria.tier)
    for theme in criteria.themes if criteria.tier else ():
        if criteria.tier_of(theme.id) is None:
            named = f"names the tier {theme.tier}, which is not published" if theme.tier else "names no tier"
            yield finding("E-TIER-001", in_theme(theme, "tier"), theme=theme.id, named=named, tiers=tiers)


def tiers_rise(criteria: Criteria) -> Iterator[Finding]:
    """Find tiers that are not listed from the smallest to the largest, or two of one size."""
    for number, (smaller, larger) in enumerate(pairwise(criteria.tier), start=2):
        if smaller.up_to is None or (larger.up_to is not None and larger.up_to <= smaller.up_to):
            place = programme(f"tier[{number}].up_to")
            yield finding("E-TIER-002", place, tier=larger.id, other=smaller.id)


def themes_have_the_tier_of_their_size(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose contracts are larger than their tier, or fit a smaller one; or whose size nobody states."""
    for theme in criteria.themes:
        tier = criteria.tier_of(theme.id)
        if tier is None:
            continue
        place = in_theme(theme, "contract_value")
        fits = _fitting(criteria, theme)
        if theme.contract_value is None:
            yield finding("E-TIER-008", place, theme=theme.id, tier=tier.id)
        elif fits is not tier:
            better = f"it is of the tier {fits.id}" if fits else "no tier is as large as that"
            value = f"{theme.contract_value:,}"
            yield finding("E-TIER-003", place, theme=theme.id, tier=tier.id, value=value, better=better)


def _fitting(criteria: Criteria, theme: Theme) -> Tier | None:
    """Give the first tier that a theme's yearly contract value does not exceed."""
    value = theme.contract_value
    fits = (tier for tier in criteria.tier if value is not None and (tier.up_to is None or value <= tier.up_to))
    return next(fits, None)


def tiers_name_optional_questions(criteria: Criteria) -> Iterator[Finding]:
    """Find tiers that choose among common questions that are not there, or are asked in any case."""
    optional = {question.id for question in criteria.common if question.optional}
    for place, tier in numbered("programme.toml", "tier", criteria.tier):
        for name in tier.optional:
            if name not in optional:
                yield finding("E-TIER-004", place.key("optional"), tier=tier.id, question=name)


def optional_questions_count_where_they_are_asked(criteria: Criteria) -> Iterator[Finding]:
    """Find weights of an optional question in themes whose tier does not ask it."""
    for question in criteria.common:
        for theme in criteria.themes:
            if question.id in theme.weights and not criteria.applies(question, theme.id):
                place = in_theme(theme, f"weights.{question.id}")
                tier = theme.tier or "none"
                yield finding("E-TIER-005", place, theme=theme.id, question=question.id, tier=tier)


def optional_questions_are_asked_somewhere(criteria: Criteria) -> Iterator[Finding]:
    """Find optional questions that no theme's tier asks, and a theme's own that call themselves optional."""
    for place, question in common_questions(criteria):
        if not any(criteria.applies(question, theme.id) for theme in criteria.themes):
            yield finding("E-TIER-006", place.key("optional"), question=question.id)
    for theme in criteria.themes:
        for place, question in own_questions(theme):
            if question.optional:
                yield finding("E-TIER-007", place.key("optional"), question=question.id, theme=theme.id)


def smaller_tiers_ask_for_less(criteria: Criteria) -> Iterator[Finding]:
    """Find anything that a smaller tier asks more of than a larger one."""
    for number, (smaller, larger) in enumerate(pairwise(criteria.tier), start=1):
        for key in ASKED:
            less, more = getattr(smaller, key), getattr(larger, key)
            if less is not None and more is not None and less > more:
                facts = {"tier": smaller.id, "other": larger.id, "key": key, "asked": f"{less:,}", "more": f"{more:,}"}
                yield finding("E-TIER-009", programme(f"tier[{number}].{key}"), **facts)
