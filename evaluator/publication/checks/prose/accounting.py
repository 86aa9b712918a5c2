"""The account of every figure and order in prose: equal to what is published, or a finding that gives both readings."""

from collections.abc import Callable, Iterator, Sequence

from evaluator.publication.checks.prose.afterwards import unscored_that_count
from evaluator.publication.checks.prose.bands import scales_in_words
from evaluator.publication.checks.prose.claims import Claim, of_itself
from evaluator.publication.checks.prose.contest import contested
from evaluator.publication.checks.prose.explained import beyond
from evaluator.publication.checks.prose.phrases import Vocabulary
from evaluator.publication.checks.prose.published import SUBJECTS, Values, applied, published_words, tie_breaks
from evaluator.publication.checks.prose.readers import (
    conditions,
    curves,
    lengths,
    marks,
    minimums,
    money,
    panel,
    prices,
    proportions,
    rounding,
    shares,
    things,
    ties,
    times,
    weights,
)
from evaluator.publication.checks.prose.said_again import gainsaid, says_again
from evaluator.publication.checks.prose.statements import consequences, stated, unexplained
from evaluator.publication.checks.prose.told import Told, everything_told
from evaluator.publication.checks.prose.twice import Clashes, several
from evaluator.publication.restated import Restated, restated
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria

READERS: Sequence[Callable[[Told], Iterator[Claim]]] = (
    shares.shares_within,
    weights.weights,
    proportions.proportions,
    minimums.minimums,
    marks.marks_of_the_scale,
    prices.prices,
    prices.taxes,
    curves.points_at,
    rounding.roundings,
    panel.panels,
    panel.apart,
    lengths.lengths,
    lengths.pages,
    lengths.characters,
    money.budgets,
    times.terms,
    times.days,
    prices.low_prices,
    money.award_methods,
    money.limits_on_awards,
    money.money_of_one,
    ties.ties,
    things.things,
    conditions.conditions,
)


# What a sentence of a question or gate without any figure must speak of to say something of the evaluation.
SPEAKS = (
    "panel",
    "power",
    "mark",
    "weight",
    "interview",
    "variant",
    "part_bid",
    "hidden_doc",
    "model",
    "unscored",
    "tie",
    "opinion",
    "soft",
    "may",
    "share_word",
    "other_info",
    "threshold",
    "deduct",
    "taken_off",
    "no_mark",
    "preferred",
    "would_rather",
    "taken_in",
    "given_later",
    "held_against",
    "give_way",
    "other_bid",
    "aftermath",
    "ended",
)


def prose_is_accounted_for(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find figures, orders and statements in prose that are another than what is published, or that nothing holds.

    Of one sentence the first thing that is wrong is told, and of one kind: shares within a question before weights.
    """
    everything = tuple(everything_told(criteria))
    again = restated(criteria)
    read = [(told, [claim for reader in READERS for claim in reader(told)]) for told in everything if _speaks(told)]
    twice = Clashes([one for told, said in read if not told.declared for one in said if id(one) not in several(said)])
    scales = tuple(scales_in_words(everything))
    of_scales = {one.source for one in scales}
    noted: set[tuple[str, Source]] = set()
    for told, said in read:
        found = list(dict.fromkeys(one for claim in said if claim not in twice for one in _account(claim)))
        if told.place in of_scales:  # what is wrong with its bands is told already
            found = [one for one in found if one.code != "E-CRIT-904"]
        found = [one for one in found if one.code == found[0].code]
        beside = sum(1 for _ in beyond(told, told.sentence)) > 1  # what a sentence says of VAT accounts for no more
        agreed = [claim for claim in said if claim in twice or _agrees(claim)]
        accounted = any(one.subject != "vat" or not beside for one in agreed) or _is_restated(told, again)
        accounted = accounted or (says_again(told) and len(list(beyond(told, told.sentence))) < 3)
        if not found:
            found = list(_gainsaid(told))
        if not found:
            found = list(stated(told, words)) or ([] if accounted else list(contested(told)))
        known = told.declared or told.place in of_scales
        other = told.room != "Measured"  # whose figures may be days, and are its own
        known = known or (other and any(claim.subject not in SUBJECTS or claim in twice for claim in said))
        known = known or any(claim.subject == "points_at" for claim in said)  # its figures are worked out
        found = found or list(() if known else unexplained(told, accounted=accounted))
        yield from (one for one in found if (one.code, one.source) not in noted)
        noted |= {(one.code, one.source) for one in found if one.code == "E-CRIT-936"}  # of one text once
    yield from twice.findings()
    yield from scales
    yield from unscored_that_count(everything)
    yield from consequences(everything, words)


def _speaks(told: Told) -> bool:
    """Whether a sentence can say anything of the evaluation."""
    return not told.asks or bool(told.sentence.figures) or told.sentence.any(*SPEAKS) or of_itself(told)


def _account(claim: Claim) -> Iterator[Finding]:
    if claim.subject == "tie_break":
        yield from _order(claim)
        return
    if claim.subject == "vat" and claim.value == "open" and not claim.told.declared:
        yield _finding("E-CRIT-906", claim, "VAT", "", "")
    if claim.subject not in SUBJECTS:  # what criteria have no key for is held against other places alone
        return
    subject = SUBJECTS[claim.subject]
    values = subject.values(claim)
    if claim.value in values:
        return
    if claim.subject in COUNTED and _is_covered(claim, values):
        return
    code = subject.contradicts if values else "" if claim.told.declared else subject.unsaid
    if code:
        yield _finding(code, claim, subject.words, subject.key, published_words(values))


# What is counted in small numbers, so that a sentence can have several: lots, awards, people and marks apart.
COUNTED = frozenset({"organisation_awards", "theme_awards", "spread_trigger"})


def _is_covered(claim: Claim, values: Values) -> bool:
    """Whether a sentence says the published number too, and every other figure of it is published of something else.

    A figure is then most likely that of the other thing; what stands right beside its own unit is no guess.
    """
    figures = claim.told.sentence.figures
    direct = claim.subject == "spread_trigger" and any(
        one.value == claim.value and one.of_unit("apart") for one in figures
    )
    said = {one.value for one in figures}
    return not direct and not said.isdisjoint(values) and said <= claim.told.setting.values


def _gainsaid(told: Told) -> Iterator[Finding]:
    """Find words in a rule's source that mean another value than the one that is applied."""
    said = gainsaid(told)
    if said:
        yield finding("E-CRIT-982", told.place, what=told.what, sentence=told.quoted, said=said, applied=applied(told))


def _is_restated(told: Told, again: Restated) -> bool:
    """Whether every word and figure of a sentence says again only what the values say."""
    return any(one.rstrip(".") in told.sentence.text for one in again.get(told.place, ()))


def _agrees(claim: Claim) -> bool:
    """Whether a claim says the published value, or one that nothing is held against here."""
    if claim.subject == "vat":
        return claim.value != "open"
    return claim.subject in SUBJECTS and claim.value in SUBJECTS[claim.subject].values(claim)


def _finding(code: str, claim: Claim, subject: str, key: str, published: str) -> Finding:
    told = claim.told
    facts = {
        "what": told.what,
        "sentence": told.quoted,
        "subject": subject,
        "said": claim.words or "a share",
        "key": key,
    }
    return finding(code, told.place, published=published, **facts)


def _order(claim: Claim) -> Iterator[Finding]:
    """Hold an order of tie-breaks against the published ones: steps that nothing knows, and another order."""
    said = claim.value if isinstance(claim.value, tuple) else ()
    orders = list(tie_breaks(claim))
    known = {step for order in orders for step in order}
    words = " or ".join(", then ".join(order).replace("_", " ") for order in orders[:1]) or "nothing"
    strange = [step for step in said if step not in known]
    if strange and not claim.told.declared:
        yield _finding("E-CRIT-909", claim, "what decides between equals", "tie_break.order", words)
    elif not any(_keeps(said, order, claim.told) for order in orders):
        yield _finding("E-CRIT-908", claim, "what decides between equals", "tie_break.order", words)


LATER = (  # something has been compared before
    "then | after | still | remaining | also | again | failing that | failing which | next | otherwise | tie on | "
    "tied on | level on | equal on | if that is | if this is | if those are | if these are | should that be"
)


def _keeps(said: tuple[str, ...], order: tuple[str, ...], told: Told) -> bool:
    """Whether steps are said in the published order, and from the first on where a sentence tells of more than one."""
    places = [order.index(step) for step in said if step in order]
    in_order = len(places) == len(said) and places == sorted(places)
    later = told.sentence.says(LATER) and len(said) == 1
    from_first = said == order[: len(said)]
    return in_order and (from_first or later or told.room == "AllocationPolicy")
