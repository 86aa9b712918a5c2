"""A bundle's seals: what it is, whether its sums hold, whose criteria were sealed, which ledger, and who signed it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.desk.processes import Say
from evaluator.desk.work import Ended
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import signatures as signing
from evaluator.files.audit.equality_archive import ARCHIVE, apart_of
from evaluator.files.audit.ledger_file import ledger_of
from evaluator.files.read.criteria.folder import criteria_of, read_criteria
from evaluator.jobs.ledger_events import NAME
from evaluator.publication import fingerprint
from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of
from evaluator.reporting.award.summary import RESULTS

GOOD, BAD, NOTED = "good", "bad", ""


@dataclass(frozen=True)
class Seal:
    """One thing that was checked, what was found in words, and whether that is good, bad or only to be known."""

    what: str
    says: str
    state: str


@dataclass(frozen=True)
class Signer:
    """A signature: by whom, as what, when, with which key, and what is wrong with it; empty where it holds."""

    role: str
    name: str
    date: str
    key: str
    problem: str


@dataclass(frozen=True)
class Sealed:
    """A bundle as far as it can be told without working it out again; ``why`` says why it cannot be opened."""

    facts: tuple[tuple[str, str], ...] = ()
    seals: tuple[Seal, ...] = ()
    signers: tuple[Signer, ...] = ()
    problems: tuple[str, ...] = ()
    why: str = ""


def sealed(place: Path) -> Sealed:
    """Open a bundle, and check what it says of itself."""
    try:
        content = bundles.bundle_bytes(place)
        held = bundles.unpack(content)
    except (OSError, bundles.UnreadableBundleError) as error:
        return Sealed(why=f"It cannot be read as an audit bundle: {error}.")
    signers, seal = _signers(place, content)
    seals = (*_seals(held), *seal)
    return Sealed(tuple(_facts(held, content)), seals, signers, held.problems)


def _facts(held: bundles.Bundle, content: bytes) -> Iterator[tuple[str, str]]:
    said = held.manifest
    criteria, made = _table(said.get("criteria")), _table(said.get("made_with"))
    yield "Run", str(said.get("run", ""))
    yield "It came to", RESULTS.get(str(said.get("status")), str(said.get("status", "")))  # type: ignore[call-overload]
    if said.get("date"):
        yield "Dated", spoken_date(str(said["date"]))
    yield "Criteria", f"{criteria.get('reference', '')}, version {criteria.get('version', '')}"
    yield "Made with", f"bid evaluator {made.get('bid-evaluator', '')}, Python {made.get('python', '')}"
    yield "SHA-256 of this file", hashlib.sha256(content).hexdigest()


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _seals(held: bundles.Bundle) -> Iterator[Seal]:
    if held.problems:
        yield Seal("Its own sums", f"Not as it was closed: {'; '.join(held.problems[:10])}.", BAD)
    else:
        yield Seal(
            "Its own sums", f"All {count_of(len(held.members), 'file')} are as they were when it was closed.", GOOD
        )
    yield _criteria_seal(held)
    ledger = held.members.get(f"{bundles.LEDGER}{NAME}")
    if ledger is None:
        yield Seal("Ledger inside", "It holds none: the run was not recorded in one.", NOTED)
    else:
        read = ledger_of(NAME, ledger, held.members.get(f"{bundles.LEDGER}{NAME}.head"))
        says = f"Whole, with {count_of(len(read.entries), 'entry', 'entries')} from before the run."
        yield Seal(
            "Ledger inside", "It is not what was written." if read.findings else says, BAD if read.findings else GOOD
        )
    own = bundles.verifiers()
    same = all(held.members.get(name) == content for name, content in own.items())
    says = "The same as this evaluator's own." if same else "Of another version, or changed; here our own is run."
    yield Seal("verify.py inside", says, GOOD if same else NOTED)
    apart = apart_of(held.members, held.manifest)
    if apart.names:
        yield Seal(
            "Kept apart", f"{count_of(len(apart.names), 'file')} of the equality monitoring, in {ARCHIVE}.", NOTED
        )


def _criteria_seal(held: bundles.Bundle) -> Seal:
    """Hold the criteria of a bundle against their seal."""
    what = "Seal of the criteria"
    read = read_criteria(criteria_of(bundles.under(bundles.CRITERIA, held)))
    if read.criteria is None:
        return Seal(what, "The criteria in it cannot be read.", BAD)
    if read.seal is None:
        return Seal(what, "They are not sealed, so nothing proves that they are the published ones.", BAD)
    if read.seal.sha256 != fingerprint(read.criteria):
        return Seal(what, "They are not the ones that were sealed.", BAD)
    return Seal(
        what, f"Sealed on {spoken_date(read.seal.date)}, and used as they were sealed: {read.seal.sha256}", GOOD
    )


def _signers(place: Path, content: bytes) -> tuple[tuple[Signer, ...], tuple[Seal, ...]]:
    """Give who signed a bundle, each checked; and a seal that says so where the file of signatures is damaged."""
    beside = signing.beside(place)
    if not beside.is_file():
        return (), (Seal("Signatures", "Nobody has signed it.", NOTED),)
    try:
        found = signing.check(content, signing.read(bundles.bundle_bytes(beside)))
    except (OSError, signing.SigningError) as error:
        return (), (Seal("Signatures", f"{str(error).capitalize()}.", BAD),)
    signers = tuple(
        Signer(one.signature.role, one.signature.name, one.signature.date, one.signature.public_key, one.problem)
        for one in found
    )
    broken = [one for one in signers if one.problem]
    says = (
        f"{len(broken)} of {len(signers)} do not hold." if broken else f"{count_of(len(signers), 'signature')} holds."
    )
    says = says.replace("signatures holds", "signatures hold")
    return signers, (Seal("Signatures", says, BAD if broken else GOOD),)


def replay(report: Say, bundle: Path, back: str) -> Ended:
    """Recompute everything from a bundle and compare it, as the command does, with the archive beside it."""
    from evaluator.jobs.finished.replay import replay as again

    beside = bundle.with_name(ARCHIVE)
    try:
        archive = bundles.bundle_bytes(beside) if beside.is_file() else None
        found = again(bundles.bundle_bytes(bundle), report, archive)
    except OSError as error:
        return Ended((f"It cannot be read: {error.strerror}.",), good=False)
    except bundles.UnreadableBundleError as error:
        return Ended((f"It cannot be read as an audit bundle: {error}.",), good=False)
    told = tuple(found.told(f"{ARCHIVE} beside the bundle"))
    return Ended(told, (("Back to the bundle", back),), good=found.holds, facts=told)


def verify(report: Say, bundle: Path, back: str) -> Ended:
    """Check a bundle with our own copy of the file that everybody can check it with: nothing of the bundle is run."""
    from evaluator.files.audit.verifier import verify as apart

    told, differ, ending = list[str](), 0, list[str]()
    try:
        files = apart.read(bundle)
        told += apart.EVIDENCE["heading"](files)
        for what, found in apart.differences(files):
            report(what)
            differ += len(found)
            told += [f"{'Differs' if found else 'Agrees'}: {what}", *found[: apart.SHOWN]]
        ending = apart.ended(files, differ, {})
    except Exception as error:  # whatever a damaged file makes fail, it ends in a sentence, as it does at a terminal
        told.append(f"This cannot be checked as a whole bundle: {type(error).__name__}: {error}")
        ending = ["Something differs: do not rely on this bundle."]
        differ += 1
    told += ending
    return Ended(tuple(told), (("Back to the bundle", back),), good=not differ, facts=tuple(told))


def trusted(signers: Sequence[Signer], keys: str) -> tuple[tuple[Signer, bool], ...]:
    """Say of each signature whether its key is among those that somebody trusts, one in a line."""
    known = {key.strip().lower() for key in keys.split()}
    return tuple((one, one.key in known) for one in signers)
