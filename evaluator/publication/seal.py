"""The seal: what was published, in one canonical form, and its fingerprint."""

import hashlib
import json
from collections.abc import Iterable

from evaluator.records.dates import ISO_DATE
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.accepted import Accepted, Earlier, Version
from evaluator.records.programme.criteria import Criteria, Seal

SEAL_FILE = "seal.json"


def canonical(criteria: Criteria) -> bytes:
    """Write criteria in the one form that is sealed: JSON in UTF-8, keys sorted, all as it was written."""
    plain = criteria.as_written.model_dump(mode="json", by_alias=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(criteria: Criteria) -> str:
    """Give the SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(criteria)).hexdigest()


def seal(
    criteria: Criteria,
    date: str,
    before: Seal | None = None,
    accepted: tuple[Accepted, ...] = (),
    changed: Version | None = None,
    engine: str = "",
) -> Seal:
    """Seal criteria as published on a date, given as ``YYYY-MM-DD``.

    ``before`` is the seal of the version that this one replaces; ``accepted`` and ``changed`` what people decided;
    ``engine`` the version of the evaluator that seals.
    """
    earlier = (*before.earlier, Earlier(**before.model_dump(include={"version", "date", "sha256"}))) if before else ()
    return Seal(
        schema=1,
        reference=criteria.reference,
        version=criteria.version,
        date=date,
        sha256=fingerprint(criteria),
        accepted=accepted,
        changed=changed,
        earlier=earlier,
        tenders_close=criteria.procurement.tenders_close,
        engine=engine,
    )


def check_seal(criteria: Criteria, published: Seal | None) -> tuple[Finding, ...]:
    """Find criteria that were never sealed, or that are no longer what was sealed."""
    place = Source(SEAL_FILE)
    if published is None:
        return (finding("E-SEAL-001", place, reference=criteria.reference),)
    found = fingerprint(criteria)
    if found == published.sha256:
        return ()
    return (finding("E-SEAL-002", place, sealed=published.sha256[:12], date=published.date, found=found[:12]),)


def check_seal_date(published: Seal | None, later: Iterable[tuple[str, str]]) -> tuple[Finding, ...]:
    """Find a seal that is dated after something that must come after publication.

    Parameters
    ----------
    later : what it is, in words, and its date; what is not a day as ``YYYY-MM-DD`` is for other checks.
    """
    if published is None:
        return ()
    early = sorted((date, what) for what, date in later if ISO_DATE.fullmatch(date) and date < published.date)
    return tuple(
        finding("E-SEAL-004", Source(SEAL_FILE, key="date"), sealed=published.date, what=what, date=date)
        for date, what in early[:1]
    )
