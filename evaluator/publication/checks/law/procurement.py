"""Checks of what criteria say of their procurement: its regime, value, first act, procedure and standstill agree."""

import re
from collections.abc import Iterator

from evaluator.law import Regime, regime
from evaluator.publication.checks.law.gate_kinds import some_kind_is_left_out
from evaluator.publication.checks.law.verification import people_are_not_verified
from evaluator.publication.checks.price.policy import no_low_price_is_looked_at
from evaluator.publication.checks.procedure import no_equality_is_planned
from evaluator.publication.locations import programme
from evaluator.records.dates import spoken_date
from evaluator.records.english import listing, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.keys import UNSAID

WANTED = (
    ("procedure", "the procedure"),
    ("estimated_value", "the estimated value with VAT"),
    ("first_act", "the first act"),
    ("first_act_date", "its day"),
    ("tenders_close", "the closing time"),
)
ALSO = (  # each with the check that finds it by itself, where the procurement is said
    ("of what kind each gate is", some_kind_is_left_out),
    ("how the number of people is verified", people_are_not_verified),
    ("which price is abnormally low", no_low_price_is_looked_at),
    ("what the equality summary will show", no_equality_is_planned),
)
EXCLUSIONS = re.compile(r"(?i)\bexclusions?\b|\bexclud(?:ed|able)\b|\bdebar|\bschedules? [67]\b")
OR = " or "
USUAL_KIND = {"pa2023": "services", "pa2023_light_touch": "light_touch"}


def procurements_are_said(criteria: Criteria) -> Iterator[Finding]:
    """Find, in one note, what is not said of procedure, value, first act and closing time.

    Where nothing at all is said of the procurement, the note tells of all else that the law asks about, and stands for
    the notes on each; where exclusions are not asked about either, that note tells of it. Where the law leaves
    procedure and periods to the council, nothing waits for what is not said.
    """
    missing = _missing(criteria)
    nothing = criteria.procurement == UNSAID
    if missing and not (
        nothing and (_asks_of_exclusions(criteria) is False or not regime(criteria.regime).sets_procedures)
    ):
        yield finding("E-LAW-001", programme("procurement"), missing=listing(missing))


def exclusions_are_asked_about(criteria: Criteria) -> Iterator[Finding]:
    """Find criteria under the Act in which nothing speaks of exclusions."""
    if _asks_of_exclusions(criteria) is False:
        also = f"; nor do the criteria say {listing(_missing(criteria), OR)}" if criteria.procurement == UNSAID else ""
        yield finding("E-CRIT-316", programme("gate"), also=also)


def _asks_of_exclusions(criteria: Criteria) -> bool | None:
    """Whether a gate or term speaks of exclusions; None where the law does not ask for that."""
    if not regime(criteria.regime).is_the_act:
        return None
    words = (f"{gate.title} {gate.question} {gate.predicate}" for gate in criteria.gate)
    terms = (f"{term.title} {term.text}" for term in criteria.term)
    return any(gate.kind == "exclusion" for gate in criteria.gate) or any(map(EXCLUSIONS.search, (*words, *terms)))


def _missing(criteria: Criteria) -> list[str]:
    missing = [words for key, words in WANTED if not getattr(criteria.procurement, key)]
    if criteria.procurement == UNSAID:
        missing += (words for words, left_out in ALSO if left_out(criteria))
    return missing


def regimes_fit_their_day(criteria: Criteria) -> Iterator[Finding]:
    """Find a regime that did not yet apply, or no longer, on the day of the first act."""
    law, day = regime(criteria.regime), criteria.procurement.first_act_date
    if _begun_under_another(law, day):
        facts = {"regime": criteria.regime, "applies": law.applies.says, "date": spoken_date(day)}
        yield finding("E-LAW-002", programme("procurement.first_act_date"), **facts)


def _begun_under_another(law: Regime, day: str) -> bool:
    late = bool(law.applies.first_act_before) and day >= law.applies.first_act_before
    return bool(day) and (late or day < law.applies.first_act_from)


def values_fit_their_regime(criteria: Criteria) -> Iterator[Finding]:
    """Find an estimated value on the other side of the threshold of its regime."""
    said, law = criteria.procurement, regime(criteria.regime)
    value, kind = said.estimated_value, said.category or USUAL_KIND.get(law.id, "")
    if value is None:
        return
    place = programme("procurement.estimated_value")
    figures = law.thresholds_on(said.first_act_date)
    wrong = [one for one in figures if (value >= one.amount) == (one.side == "below")]
    if not kind and wrong and len(wrong) < len(figures):
        kinds = [one.kind for one in figures if one not in wrong]
        words = {"kinds": listing((one.replace("_", " ") for one in kinds), OR), "words": listing(kinds, OR)}
        yield finding("E-LAW-009", place, value=f"{value:,}", **words)
        return
    for one in (one for one in wrong if one.kind == kind or (not kind and one == wrong[-1])):
        not_so = "below" if one.side == "at_least" else "not below"
        facts = {"value": f"{value:,}", "amount": f"{one.amount:,}", "kind": one.kind.replace("_", " ")}
        yield finding("E-LAW-003", place, **facts, not_so=not_so, regime=criteria.regime)


def words_belong_to_their_regime(criteria: Criteria) -> Iterator[Finding]:
    """Find a procedure, a first act or a category that a regime does not have which its day does not rule out."""
    said, law = criteria.procurement, regime(criteria.regime)
    if _begun_under_another(law, said.first_act_date):
        return
    for key, what, known in (
        ("procedure", "procedure", [one.id for one in law.procedure]),
        ("first_act", "first act", [one.id for one in law.first_act]),
        ("category", "category", list(dict.fromkeys(one.kind for one in law.threshold))),
    ):
        word = getattr(said, key)
        if word and known and word not in known:
            words = f"{'are' if len(known) > 1 else 'is'} {short_listing(known)}"
            facts = {"what": what, "word": word, "regime": criteria.regime, "known": words}
            yield finding("E-LAW-004", programme(f"procurement.{key}"), **facts)


def standstills_are_long_enough(criteria: Criteria) -> Iterator[Finding]:
    """Find a promised standstill that is too short, and none where one is advised."""
    least, said = _least(regime(criteria.regime)), criteria.procurement
    place = programme("procurement.standstill")
    if said.standstill and least and said.standstill < least:
        yield finding("E-LAW-005", place, days=said.standstill, least=least)
    if not said.standstill and least and said != UNSAID and not regime(criteria.regime).standstill.mandatory:
        yield finding("E-LAW-006", place, least=least)


def _least(law: Regime) -> int:
    return law.standstill.least_voluntary
