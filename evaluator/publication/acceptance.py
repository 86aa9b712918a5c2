"""Before a seal is made: which findings people accepted, and what a new version has to say of itself."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluator.law import regime
from evaluator.publication.checks import ARITHMETIC, check
from evaluator.publication.seal import SEAL_FILE, fingerprint
from evaluator.records.dates import read_day, spoken_date, spoken_moment
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.programme.procurement.keys import UNSAID
from evaluator.records.programme.written.files import ACCEPTED_FILE, VERSIONS_FILE

Placed = Callable[[Iterable[Finding]], tuple[Finding, ...]]
SECTION = re.compile(r"(?i)\b(?:sections?|ss?\.?)\s*(31|24)\b")
NONE = re.compile(r"(?i)(none|no(body| one)?|n/?a|nil|not (told|yet|known)|tb[acd]|unknown|to be (told|decided))\W*")
SAID = ("date", "what", "why", "legal_footing", "told")


@dataclass(frozen=True)
class Weighed:
    """The findings after people's acceptances: what is left, what was accepted, and what is wrong with acceptances."""

    left: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    problems: tuple[Finding, ...]


def as_placed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave findings where they are."""
    return tuple(findings)


def weigh(
    criteria: Criteria, findings: Sequence[Finding], accepted: Sequence[Accepted], placed: Placed = as_placed
) -> Weighed:
    """Set people's acceptances against the findings.

    A finding is accepted by its code and place. What the arithmetic cannot do without can be accepted by nobody, and a
    finding that is only a note needs nobody. ``placed`` gives findings the places by which people know them.
    """
    arithmetic = check(criteria, ARITHMETIC) if accepted else ()
    needed = {(one.code, str(one.source)) for one in placed(arithmetic)}
    findings = placed(findings)
    open_to = {(one.code, str(one.source)): one for one in findings if one.severity is not Severity.NOTE}
    taken: list[Accepted] = []
    problems: list[Finding] = []
    for number, one in enumerate(accepted, start=1):
        wrong = tuple(_wrong(one, number, open_to.keys(), needed))
        problems += wrong
        if not wrong:
            there = (found.message for found in findings if (found.code, str(found.source)) == (one.code, one.place))
            message = " ".join(dict.fromkeys(there))
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
    """Find a new version of sealed criteria that does not say what changed, why, by what right, and who was told.

    Whatever it says, and whether anything was sealed before, nothing is sealed after the closing time: the one that was
    sealed last, where there is one, since a new version cannot move it once it is past.
    """
    if before is not None and before.sha256 == fingerprint(criteria):
        return ()
    closed = (before.tenders_close if before else "") or criteria.procurement.tenders_close
    facts = {"closed": spoken_moment(closed), "date": spoken_date(date)}
    late = (finding("E-PUBLISH-008", Source(SEAL_FILE, key="date"), **facts),) if closed and date > closed[:10] else ()
    return late if before is None else late + _of_a_new_version(criteria, before, versions, date)


def _of_a_new_version(criteria: Criteria, before: Seal, versions: Sequence[Version], date: str) -> tuple[Finding, ...]:
    place = Source(VERSIONS_FILE)
    found = record_of(criteria, versions)
    problems: list[Finding] = []
    if found is None:
        facts = {"sealed": before.version, "date": before.date, "version": criteria.version}
        problems.append(finding("E-PUBLISH-005", place, **facts))
    else:
        gaps = (*_gaps(found, before), *_footing_gaps(criteria, found, date))
        problems += (finding("E-PUBLISH-006", place, version=found.version, problem=one) for one in gaps)
        problems += _asked(criteria, found)
    if date < before.date:
        facts = {"date": date, "sealed": before.version, "earlier": before.date}
        problems.append(finding("E-PUBLISH-007", place, **facts))
    return tuple(problems)


def _gaps(version: Version, before: Seal) -> Iterator[str]:
    yield from (f"{key} is empty" for key in SAID if not re.search(r"\w", getattr(version, key)))
    yield from (f"{key} says that there is none" for key in ("legal_footing", "told") if _none(getattr(version, key)))
    if version.replaces != before.version:
        yield f"it replaces {version.replaces}, and the version that was sealed last is {before.version}"


def _none(text: str) -> bool:
    return bool(NONE.fullmatch(text.strip()))


def _footing_gaps(criteria: Criteria, version: Version, date: str) -> Iterator[str]:
    """Find a footing that the law does not give: none of its sections, or one that only refines where it cannot."""
    law, said = regime(criteria.regime), criteria.procurement
    named = set(SECTION.findall(version.legal_footing))
    if not law.changes_need_footing or said == UNSAID:
        return
    known = [one.section for one in law.footing]
    if not named & set(known):
        yield f"legal_footing names neither section {' nor section '.join(known)}, and no other lets it be changed"
    elif named & set(known) == {one.section for one in law.footing if one.only_refines}:
        procedure = law.procedure_called(said.procedure)
        if procedure and not procedure.refines:
            yield f"section 24 refines criteria in a competitive flexible procedure alone; this is an {procedure.title}"
        elif said.invited and date >= said.invited:
            yield f"section 24 ended when tenders were invited, on {spoken_date(said.invited)}"


def _asked(criteria: Criteria, version: Version) -> Iterator[Finding]:
    """Say what each section asks on which a new version rests."""
    law = regime(criteria.regime)
    procedure = law.procedure_called(criteria.procurement.procedure)
    until = f", until {procedure.changes_until}" if procedure and procedure.changes_until else ""
    for one in law.footing:
        if one.section in SECTION.findall(version.legal_footing):
            facts = {"version": version.version, "section": one.section, "says": one.says, "until": until}
            yield finding("E-PUBLISH-009", Source(VERSIONS_FILE), **facts)


def record_of(criteria: Criteria, versions: Sequence[Version]) -> Version | None:
    """Give what is said of these criteria's own version."""
    return next((one for one in versions if one.version == criteria.version), None)
