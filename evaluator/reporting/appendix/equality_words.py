"""The equality plan in words: what organisations are asked, how it is shown to everyone, and what is tested."""

from collections.abc import Iterator

from evaluator.records.english import listing
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import ALPHA, BANDS, MARGIN, Characteristic, EqualityPlan

ABOUT = {
    "led_by": "who leads the organisation",
    "exists_for": "whom the organisation exists for",
    "serves": "whom the organisation serves",
    "organisation": "the organisation",
}


def plan_words(plan: EqualityPlan) -> Iterator[tuple[str, str]]:
    """Say what the equality plan fixes before bids open, each rule under its subject."""
    yield (
        "asked",
        "Organisations are asked the following apart from their bids, but for what a note here says is left out. "
        "Replies are voluntary, evaluators never see them, and nothing asked here enters a score or an award.",
    )
    few = plan.few if plan.few is not None else plan.threshold
    panel = f" For the panel it is {plan.panel_threshold}." if plan.panel_threshold is not None else ""
    under = f" Where it is not said otherwise, the number is {plan.threshold}." if plan.few is not None else ""
    yield "threshold", f"Numbers under {few}, and as many short of the whole, are shown as one band.{under}{panel}"
    bands = listing(map(str, plan.bands or BANDS), ", then ")
    yield "bands", f"Other numbers are shown in bands as wide as is needed: of {bands}, where 1 is the exact figure."
    margin = plan.margin if plan.margin is not None else MARGIN
    yield (
        "margin",
        f"Among organisations alike in public, {margin} more than one could always be in a group, or out of it.",
    )
    tells = "counts" if plan.outside_tells else "does not count"
    yield "outside", f"That an organisation is in no group {tells} as a reply that is betrayed."
    alpha = decimal_text(plan.alpha if plan.alpha is not None else ALPHA)
    family = listing(plan.primary) or "all about protected characteristics"
    yield "family", f"Awards are tested first for the questions: {family}; together at the level {alpha}."
    if plan.words:
        yield "words", f"Groups that bids name in words of their own are counted so: {_as(plan.words)}."


def monitored_words(one: Characteristic) -> Iterator[str]:
    """Say what organisations are asked of one thing, the answers offered, and how they are put together."""
    yield f"{one.title}. About {ABOUT[one.about]}. Answers: {'; '.join(one.values)}."
    if one.on_register:
        yield "A public register says it of each organisation, so it is shown as it is."
    if one.words:
        yield f"Other words count so: {_as(one.words)}."
    for ladder in one.ladder:
        groups = "; ".join(f"{name}: {', '.join(values)}" for name, values in ladder.groups.items())
        yield f"Where these cannot be shown, they are put together as “{ladder.name}” ({groups})."


def _as(words: dict[str, str]) -> str:
    return "; ".join(f"{own} as {published}" for own, published in words.items())
