"""The seal held against what people and the ledger say of it: whether it is one that publishing would have written."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluator.publication.acceptance import Placed, as_placed, weigh
from evaluator.publication.checks import check
from evaluator.publication.ledger_order import check_entries
from evaluator.publication.seal import SEAL_FILE
from evaluator.records.dates import read_day
from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.criteria import prose, words
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.ledger import Entry
from evaluator.records.programme.accepted import Accepted, Earlier
from evaluator.records.programme.criteria import Criteria, Seal

IN_WORDS = {one.code for one in (*words.ENTRIES, *prose.ENTRIES)}  # may rest on words of the authority's own
NOT_THERE = "is not found there by the checks that the criteria were sealed with"


def check_as_published(
    criteria: Criteria, published: Seal | None, engine: str, placed: Placed = as_placed
) -> tuple[Finding, ...]:
    """Find a seal that publishing would not have written: other facts than the criteria's, or a forged acceptance.

    Parameters
    ----------
    engine : the version of this evaluator; a seal by another is not held to findings that may have changed since.
    """
    if published is None:
        return ()
    found = [finding("E-SEAL-010", Source(SEAL_FILE, key=key), problem=one) for key, one in _facts(criteria, published)]
    forged = tuple(_forged(published))
    found += (finding("E-SEAL-011", _place(number), **facts) for number, facts in forged)
    known = published.engine == engine
    for number, one in _not_found(criteria, published, placed) if published.accepted and not forged else ():
        code = "E-SEAL-011" if known and one.code not in IN_WORDS else "E-SEAL-013"
        facts = {"found": one.code, "accepted": one.place}
        found.append(finding(code, _place(number), **facts, **({"problem": NOT_THERE} if code == "E-SEAL-011" else {})))
    return tuple(found)


def _not_found(criteria: Criteria, published: Seal, placed: Placed) -> Iterator[tuple[int, Accepted]]:
    """Find acceptances of what the checks do not find; that which nobody can accept is found by itself."""
    wrong = {one.source.key for one in weigh(criteria, check(criteria), published.accepted, placed).problems}
    for number, one in enumerate(published.accepted, 1):
        if f"accepted[{number}]" in wrong:
            yield number, one


def _place(number: int) -> Source:
    return Source(SEAL_FILE, key=f"accepted[{number}]")


def _facts(criteria: Criteria, published: Seal) -> Iterator[tuple[str, str]]:
    if published.version != criteria.version or published.reference != criteria.reference:
        there, here = (f"{one.reference} version {one.version}" for one in (published, criteria))
        yield "version", f"it is of {there}, and the criteria are {here}"
    close = criteria.procurement.tenders_close
    if published.tenders_close and published.tenders_close != close:
        yield "tenders_close", f"it says that tenders close at {published.tenders_close}, and the criteria say {close}"
    versions: list[Earlier | Seal] = [*published.earlier, published]
    for before, after in pairwise(versions):
        if after.date < before.date:
            yield "earlier", f"version {after.version} is dated {after.date}, before version {before.version}"
    names = [one.version for one in versions]
    yield from (("earlier", f"version {one} is sealed twice") for one in sorted(set(names)) if names.count(one) > 1)


def _forged(published: Seal) -> Iterator[tuple[int, dict[str, str]]]:
    """Find acceptances without a person, a reason or a day, or of a finding that there is not."""
    for number, one in enumerate(published.accepted, 1):
        if problem := _problem(one):
            yield number, {"found": one.code, "accepted": one.place, "problem": problem}


def _problem(one: Accepted) -> str:
    if one.code not in CATALOGUE:
        return "is no finding that there is"
    empty = [key for key in ("person", "reason") if not getattr(one, key).strip()]
    if empty or read_day(one.date) != one.date:
        return f"has no {(empty or ['date'])[0]}"
    return ""


def check_recorded(
    published: Seal | None, digest: str, file: str, entries: Sequence[Entry], run: str = ""
) -> tuple[Finding, ...]:
    """Find where a ledger and the seal beside the criteria disagree, and entries that cannot stand as they do.

    Parameters
    ----------
    digest : SHA-256 of the seal's file as it was written; ledgers of earlier versions recorded the criteria's alone.
    file : the name that findings give the ledger.
    run : the day of the run that rests on the ledger, as ``YYYY-MM-DD``; empty where it is not dated.
    """
    seal = (*_the_seal(published, digest, file, entries), *_dated_back(published, file, entries))
    return (*seal, *check_entries(file, entries, run))


def _the_seal(published: Seal | None, digest: str, file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    last = next((one for one in reversed(entries) if one.event.kind == "seal"), None)
    if published is None or last is None or last.event.after != published.sha256:
        return  # other criteria are found by their fingerprint
    if last.event.file not in (last.event.after, digest):
        place = Source(file, row=last.number)
        yield finding("E-LEDGER-010", place, recorded=last.event.file[:12], found=digest[:12], when=last.when)


def _dated_back(published: Seal | None, file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find a seal that is dated before a day on which the ledger recorded another as the one that held."""
    before: Entry | None = None
    for one in (one for one in entries if one.event.kind == "seal"):
        if published is None or one.event.after == published.sha256:
            break
        before = one
    if published and before and published.date < before.when[:10]:
        facts = {"date": published.date, "when": before.when, "version": before.event.subject}
        yield finding("E-SEAL-015", Source(file, row=before.number), **facts)
