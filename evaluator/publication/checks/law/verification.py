"""Checks of what decides beside marks: that it is verified in a published way, and that nothing is kept for anybody."""

from collections.abc import Iterator

from evaluator.law import regime
from evaluator.publication.locations import PROGRAMME, all_rules, numbered, programme
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.conditions.verification import VERIFIED
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.keys import UNSAID
from evaluator.records.programme.rules import GroupFloor, Rule, SmallShare

BY_PRICE = ("the price for each person",)  # of which the note on what is not said tells, where nothing else is said
SAID = ("counts", "evidence", "checked_by")


def deciding_columns_are_verified(criteria: Criteria) -> Iterator[Finding]:
    """Find columns by which contracts are awarded, on nothing but what bids say of themselves."""
    verified = {one.column for one in criteria.verification}
    for column in VERIFIED if regime(criteria.regime).procurement else ():
        by = criteria.decided_by(column)
        if by and column not in verified and (by != BY_PRICE or criteria.procurement != UNSAID):
            yield finding("E-CRIT-331", programme("verification"), column=column, by=listing(by))


def people_are_not_verified(criteria: Criteria) -> bool:
    """Whether the price for each person is scored, and nothing says how their number is verified."""
    said = any(one.column == "people" for one in criteria.verification)
    return criteria.decided_by("people") == BY_PRICE and not said


def verifications_are_complete(criteria: Criteria) -> Iterator[Finding]:
    """Find verifications that leave something open, that stand twice, and those of what decides nothing."""
    seen: set[str] = set()
    for place, one in numbered(PROGRAMME, "verification", criteria.verification):
        blank = [key for key in SAID if not getattr(one, key).strip()]
        if blank:
            yield finding("E-CRIT-332", place.key(blank[0]), column=one.column, keys=listing(blank))
        if one.column in seen:
            yield finding("E-CRIT-333", place.key("column"), column=one.column)
        elif not criteria.decided_by(one.column):
            yield finding("E-CRIT-334", place.key("column"), column=one.column)
        seen.add(one.column)


def nothing_is_reserved_without_a_footing(criteria: Criteria) -> Iterator[Finding]:
    """Find rules that keep money or awards for a kind of organisation, or for those who serve a group."""
    law = regime(criteria.regime)
    for place, rule in all_rules(criteria):
        kept = _kept(rule)
        if kept and (law.is_the_act or law.id == "pcr2015"):
            yield finding("E-CRIT-335", place.key("kind"), rule=rule.id, kept=kept)
        elif kept and law.id == "pa2023_below_threshold":
            yield finding("E-CRIT-336", place.key("kind"), rule=rule.id, kept=kept)


def _kept(rule: Rule) -> str:
    """Say what a rule keeps for whom; nothing where it keeps nothing."""
    if isinstance(rule, SmallShare):
        return f"part of the {rule.of} for small organisations"
    return f"awards for those who serve the group {rule.group}" if isinstance(rule, GroupFloor) else ""
