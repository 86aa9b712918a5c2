"""Before a seal is made: which findings people accepted, and what a new version has to say of itself."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from evaluator.publication.checks import ARITHMETIC, check
from evaluator.publication.seal import fingerprint
from evaluator.records.dates import read_day
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.criteria import Criteria, Seal

ACCEPTED_FILE, VERSIONS_FILE = "accepted.toml", "versions.toml"
SAID = ("date", "what", "why", "legal_footing", "told")


@dataclass(frozen=True)
class Weighed:
    """The findings after people's acceptances: what is left, what was accepted, and what is wrong with acceptances."""

    left: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    problems: tuple[Finding, ...]


def weigh(criteria: Criteria, findings: Sequence[Finding], accepted: Sequence[Accepted]) -> Weighed:
    """Set people's acceptances against the findings.

    A finding is accepted by its code and place. What the arithmetic cannot do without can be accepted by nobody, and a
    finding that is only a note needs nobody.
    """
    needed = {(one.code, str(one.source)) for one in check(criteria, ARITHMETIC)}
    open_to = {(one.code, str(one.source)): one for one in findings if one.severity is not Severity.NOTE}
    taken: list[Accepted] = []
    problems: list[Finding] = []
    for number, one in enumerate(accepted, start=1):
        wrong = tuple(_wrong(one, number, open_to.keys(), needed))
        problems += wrong
        if not wrong:
            message = open_to[one.code, one.place].message
            taken.append(one.model_copy(update={"message": message}))
    names = {(one.code, one.place) for one in taken}
    left = tuple(one for one in findings if (one.code, str(one.source)) not in names)
    return Weighed(left, tuple(sorted(taken, key=lambda one: (one.place, one.code))), tuple(problems))


def _wrong(
    one: Accepted, number: int, found: Container[tuple[str, str]], needed: Container[tuple[str, str]]
) -> Iterator[Finding]:
    place = Source(ACCEPTED_FILE, key=f"accepted[{number}]")
    facts = {"found": one.code, "accepted": one.place}
    for key in ("person", "reason"):
        if not getattr(one, key).strip():
            yield finding("E-PUBLISH-002", place, key=key, **facts)
    if read_day(one.date) != one.date:
        yield finding("E-PUBLISH-002", place, key="date", **facts)
    if (one.code, one.place) in needed:
        yield finding("E-PUBLISH-003", place, **facts)
    elif (one.code, one.place) not in found:
        yield finding("E-PUBLISH-004", place, **facts)


def check_version(
    criteria: Criteria, before: Seal | None, versions: Sequence[Version], date: str
) -> tuple[Finding, ...]:
    """Find a new version of sealed criteria that does not say what changed, why, by what right, and who was told."""
    if before is None or before.sha256 == fingerprint(criteria):
        return ()
    place = Source(VERSIONS_FILE)
    found = record_of(criteria, versions)
    problems: list[Finding] = []
    if found is None:
        facts = {"sealed": before.version, "date": before.date, "version": criteria.version}
        problems.append(finding("E-PUBLISH-005", place, **facts))
    else:
        problems += (
            finding("E-PUBLISH-006", place, version=found.version, problem=one) for one in _gaps(found, before)
        )
    if date < before.date:
        facts = {"date": date, "sealed": before.version, "earlier": before.date}
        problems.append(finding("E-PUBLISH-007", place, **facts))
    return tuple(problems)


def _gaps(version: Version, before: Seal) -> Iterator[str]:
    yield from (f"{key} is empty" for key in SAID if not re.search(r"\w", getattr(version, key)))
    if version.replaces != before.version:
        yield f"it replaces {version.replaces}, and the version that was sealed last is {before.version}"


def record_of(criteria: Criteria, versions: Sequence[Version]) -> Version | None:
    """Give what is said of these criteria's own version."""
    return next((one for one in versions if one.version == criteria.version), None)
