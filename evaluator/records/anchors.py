"""Fingerprints that were noted outside, and what a bundle or a ledger is held to by them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """The fingerprints of a bundle or a ledger: SHA-256 in hexadecimal.

    Parameters
    ----------
    seals : of criteria; the last one holds.
    heads : the SHA-256 of each entry of the ledger by its number.
    manifests : of bundles: the bundle's own, or of each run that the ledger recorded.
    files : the name under which each file came in, by its SHA-256.
    """

    seals: tuple[str, ...] = ()
    heads: Mapping[int, str] = field(default_factory=dict)
    manifests: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stamped:
    """A time-stamp that was read: what it is over, when it says that this was, and how far that was checked.

    ``problem`` says in words why it is not to be relied on; empty where it holds. ``authority`` names who stamped;
    ``checked`` is whether its signature was held against roots that were given.
    """

    file: str
    imprint: str
    when: str
    authority: str
    checked: bool
    problem: str = ""


@dataclass(frozen=True)
class Noted:
    """What somebody noted outside; empty where they did not."""

    seal: str = ""
    head: tuple[int, str] | None = None
    manifest: str = ""
    stamps: Sequence[Stamped] = ()
    fingerprints: Sequence[str] = ()  # of files that people returned and kept


@dataclass(frozen=True)
class HeldTo:
    """What something was held to, in sentences, and where it is otherwise."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]


def held_to(known: Known, noted: Noted) -> HeldTo:
    """Hold fingerprints to those that were noted outside."""
    found = tuple(_compared(known, noted))
    lines, problems = (tuple(line for holds, line in found if holds is wanted) for wanted in (True, False))
    return HeldTo(lines, problems)


def _compared(known: Known, noted: Noted) -> Iterator[tuple[bool, str]]:
    if noted.seal:
        if noted.seal in known.seals[-1:]:
            yield True, f"The seal is the one that was noted: {noted.seal}."
        elif noted.seal in known.seals:
            yield True, f"The seal that was noted is that of an earlier version, which was sealed here: {noted.seal}."
        else:
            here = f"{known.seals[-1]}" if known.seals else "none"
            yield False, f"the seal that was noted is {noted.seal}; here it is {here}"
    if noted.head:
        yield _head(known, *noted.head)
    if noted.manifest:
        same = noted.manifest in known.manifests
        here = ", ".join(known.manifests) or "none"
        words = f"The manifest is the one that was noted: {noted.manifest}."
        yield same, words if same else f"the manifest that was noted is {noted.manifest}; here it is {here}"
    for stamp in noted.stamps:
        yield _stamp(known, stamp)
    for one in noted.fingerprints:
        name = known.files.get(one, "")
        came, none = (
            f"The file with the fingerprint {one} came in as {name}.",
            f"no file came in with the fingerprint {one}",
        )
        yield bool(name), came if name else none


def _head(known: Known, count: int, digest: str) -> tuple[bool, str]:
    if known.heads.get(count) == digest:
        since = len(known.heads) - count
        more = f"; {since} came since" if since else ""
        return True, f"The ledger has the head that was noted, {count}:{digest}{more}."
    if count not in known.heads:
        return False, f"the head that was noted has {count} entries; the ledger here has {len(known.heads)}"
    return False, f"the head that was noted is {count}:{digest}; entry {count} here is {known.heads[count]}"


def _stamp(known: Known, stamp: Stamped) -> tuple[bool, str]:
    if stamp.problem:
        return False, f"the time-stamp {stamp.file} does not hold: {stamp.problem}"
    what = next(iter(_over(known, stamp.imprint)), "")
    if not what:
        return False, f"the time-stamp {stamp.file} is over something else: {stamp.imprint}"
    trusted = "its signature holds by the roots that were given" if stamp.checked else "its signature was not checked"
    return True, f"The time-stamp {stamp.file} says that {what} existed on {stamp.when} ({stamp.authority}); {trusted}."


def _over(known: Known, imprint: str) -> Iterator[str]:
    """Say what a SHA-256 is here."""
    if imprint in known.manifests:
        yield "the manifest"
    if imprint in known.seals:
        yield "the seal"
    yield from (f"the ledger up to entry {count}" for count, digest in known.heads.items() if digest == imprint)
