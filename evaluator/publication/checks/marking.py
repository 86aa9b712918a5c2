"""Checks of the scale and the gates: what earns a mark, and what fails."""

from collections.abc import Iterator
from itertools import pairwise

from evaluator.publication.checks.prose.phrases import words_only
from evaluator.publication.locations import PROGRAMME, numbered, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria

MOST_MARKS = 127


def marks_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find marks that stand on the scale twice."""
    marks = criteria.scale.marks
    for number, (place, point) in enumerate(numbered(PROGRAMME, "scale.mark", criteria.scale.mark)):
        if point.mark in marks[:number]:
            yield finding("E-CRIT-201", place.key("mark"), mark=decimal_text(point.mark))


def marks_have_descriptors(criteria: Criteria) -> Iterator[Finding]:
    """Find marks of which nobody can know what earns them."""
    for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark):
        if not point.descriptor.strip():
            yield finding("E-CRIT-202", place.key("descriptor"), mark=decimal_text(point.mark))


def descriptors_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find two marks that the same words earn."""
    seen: dict[str, str] = {}
    for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark):
        words, mark = words_only(point.descriptor), decimal_text(point.mark)
        if words and words in seen:
            yield finding("E-CRIT-203", place.key("descriptor"), mark=mark, other=seen[words])
        seen.setdefault(words, mark)


def scale_starts_at_nought(criteria: Criteria) -> Iterator[Finding]:
    """Find scales on which even the worst answer earns points."""
    lowest = min(criteria.scale.marks)
    if lowest > 0:
        share = 100 * lowest / criteria.scale.highest
        yield finding("E-CRIT-204", programme("scale.mark"), mark=decimal_text(lowest), share=f"{share:.0f}")


def marks_rise(criteria: Criteria) -> Iterator[Finding]:
    """Find scales whose marks are not listed from the lowest to the highest."""
    if any(later < earlier for earlier, later in pairwise(criteria.scale.marks)):
        listed = ", ".join(map(decimal_text, criteria.scale.marks))
        yield finding("E-CRIT-205", programme("scale.mark"), marks=listed)


def marks_are_not_negative(criteria: Criteria) -> Iterator[Finding]:
    """Find marks below nought."""
    for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark):
        if point.mark < 0:
            yield finding("E-CRIT-206", place.key("mark"), mark=decimal_text(point.mark))


def scale_can_be_kept(criteria: Criteria) -> Iterator[Finding]:
    """Find scales with more marks than a mark's place on the scale, a signed byte, can tell apart."""
    count = len(criteria.scale.mark)
    if count > MOST_MARKS:
        yield finding("E-CRIT-208", programme("scale.mark"), count=count, most=MOST_MARKS)


def gates_have_a_predicate(criteria: Criteria) -> Iterator[Finding]:
    """Find gates that do not say what passes, or what follows from failing."""
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        if not gate.predicate.strip():
            yield finding("E-CRIT-301", place.key("predicate"), gate=gate.id)
        if not gate.on_failure.strip():
            yield finding("E-CRIT-304", place.key("on_failure"), gate=gate.id)


def gates_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find two gates that ask the same."""
    seen: dict[str, str] = {}
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        words = words_only(gate.predicate)
        if words and words in seen:
            yield finding("E-CRIT-303", place.key("predicate"), gate=gate.id, other=seen[words])
        seen.setdefault(words, gate.id)
