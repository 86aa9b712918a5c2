"""Who may have each document: of a run, kept apart from it, or made from it; listed from what there is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import groupby

from evaluator.records.english import count_of, listing

NOBODY_SAID = "Nobody said who may have it. Ask whoever answers for the run before it goes to anyone."
MANY = 4  # files of a folder, from which on their number is said
EVERYONE, FILE = "anyone", "those who decide, auditors, the file"
STUDY, DISCLOSE = "study", "disclose"
NOTHING = "nothing beyond a person’s look at it"
EXEMPT = "sections 40 (personal data), 41 (given in confidence) and 43 (commercial interests)"
NEVER = "never for publication"


@dataclass(frozen=True)
class RunFiles:
    """What a run left behind, by its manifest: its documents, what came in, and what was kept apart.

    Parameters
    ----------
    documents : names of its documents, as they stand in its folder.
    inputs : names of what came in and lies in the bundle.
    apart : names of what came in and lies in the archive beside the bundle.
    monitoring : names of replies to the monitoring that lie in the bundle all the same, as in bundles of old.
    """

    documents: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    monitoring: tuple[str, ...] = ()


NO_FILES = RunFiles()


@dataclass(frozen=True)
class Access:
    """Who may have documents of one kind, what they hold, and what is to be considered before they go further.

    Parameters
    ----------
    names : patterns of their files' names.
    made_by : the command that makes them beside the run; empty for a run's own documents.
    """

    names: tuple[str, ...]
    who: str
    holds: str
    consider: str = NOTHING
    made_by: str = ""

    def covers(self, name: str) -> bool:
        """Whether a file is of this kind."""
        return any(fnmatchcase(name, pattern) for pattern in self.names)


@dataclass(frozen=True)
class Listed:
    """A row of the schedule: documents, and what is to be known of them."""

    what: str
    who: str
    holds: str
    consider: str


OF_A_RUN = (
    Access(
        ("equality_impact.*",),
        "anyone, with the decision",
        "the public edition: counts in bands or withheld where they could tell of an organisation’s reply",
        "keep it: what was printed once is counted with in every later edition",
    ),
    Access(("stage.*",), FILE, "every bidder of a stage, its points, and who goes on", EXEMPT),
    Access(("report.*", "annex.*"), FILE, "every bidder, prices, what stood in each bid’s way", EXEMPT),
    Access(("bids/*",), FILE, "a page for each bid: its marks, reasons, price and case", EXEMPT),
    Access(("record.*",), FILE, "every bidder, evaluators, decisions with names", EXEMPT),
    Access(
        ("results.xlsx", "outcome.json", "findings.*"),
        "auditors, the file",
        "every mark and reason of each evaluator, every price",
        EXEMPT,
    ),
    Access(
        ("manifest.json", "manifest.sha256"),
        "auditors, the file",
        "the name and SHA-256 of every file of the bundle, and who considered the equality figures",
        "section 40: names of files can name people",
    ),
)
FROM_A_RUN = (
    Access(
        ("public.*",),
        EVERYONE,
        "funded bids, money, rules, method; numbers only of all else",
        made_by=DISCLOSE,
    ),
    Access(
        ("index.*", "disclosure.json"),
        "those who answer requests",
        "this list: no bid, and nobody’s name but in the names of files",
        "that it is a guide and decides nothing",
        DISCLOSE,
    ),
    Access(
        ("letter-*", "reasons-*"),
        "the bidder that it is about, all at the same time",
        "its own marks, reasons, points and outcome; the winners as the regime allows; no other bidder, nobody of the "
        "panel",
        "the notes in the index of the letters",
        "letters",
    ),
    Access(
        ("not-assessed-*", "withdrawn-*", "lot-abandoned-*"),
        "the bidder that it is about",
        "what was decided or happened, and why",
        "the notes in the index of the letters",
        "letters",
    ),
    Access(
        ("winners-*",),
        "bidders of the theme that were assessed, with their letter",
        "scores and reasons of the winning bids",
        "confidential parts of the winners’ bids that a reason repeats",
        "letters",
    ),
    Access(
        ("letters.json", "index.*"),
        "those who send the letters, the file",
        "every bidder, what became of each bid, and notes on the letters’ words",
        EXEMPT,
        "letters",
    ),
    Access(
        ("notice.*",),
        "anyone, once it is published on the central digital platform",
        "the awards lot by lot, as the notice tells them",
        "what it lacks: its page says that first",
        "notice",
    ),
    Access(
        ("ocds.json", "360giving.json"),
        EVERYONE,
        "the awards and who is to get them, and nobody else",
        "that it was not made with --full, which names every bid with its scores",
        "open-data",
    ),
    Access(
        ("*",),
        EVERYONE,
        "the awards, the rules, how the money divides, and what checks them; no other bid, and nobody of the panel",
        made_by="release --site",
    ),
    Access(
        ("*",),
        FILE,
        "what would have changed decisions, what rules cost, how firm the awards are: it names bids that lost",
        EXEMPT,
        STUDY,
    ),
    Access(
        ("equality_restricted.*",),
        "those named on it, and nobody else",
        "what the replies to the monitoring say, in numbers too small for anyone else",
        f"{NEVER}; who had it stands in the ledger",
        "equality restricted",
    ),
)


def access(name: str, command: str = "") -> Access | None:
    """Say who may have a document of a run's folder, or one that a command made from a run; None where nobody said.

    >>> access("bids/bid-B1.html").who, access("unheard-of.html")
    ('those who decide, auditors, the file', None)
    """
    kinds = [one for one in FROM_A_RUN if one.made_by == command] if command else OF_A_RUN
    return next((one for one in kinds if one.covers(name)), None)


def schedule(held: RunFiles, pack: Sequence[str]) -> dict[str, tuple[Listed, ...]]:
    """List every document with who may have it: of the run and its archives, of the pack, and what commands make.

    Parameters
    ----------
    pack : names of the documents of the pack for anyone.
    """
    return {
        "run": (*_listed(held.documents), *_archives(held)),
        "pack": tuple(_listed(pack, DISCLOSE)),
        "made": tuple(
            Listed(f"evaluator {one.made_by}{_shown(one)}", one.who, one.holds, one.consider)
            for one in FROM_A_RUN
            if one.made_by != DISCLOSE
        ),
    }


def _listed(names: Iterable[str], command: str = "") -> Iterator[Listed]:
    by_kind: dict[Access | None, list[str]] = {}
    for name in sorted(names):
        by_kind.setdefault(access(name, command), []).append(name)
    order = [*OF_A_RUN, *FROM_A_RUN, None]
    for kind in sorted(by_kind, key=order.index):
        what = "; ".join(_together(by_kind[kind]))
        yield Listed(what, kind.who, kind.holds, kind.consider) if kind else Listed(what, NOBODY_SAID, "", "")


def _archives(held: RunFiles) -> Iterator[Listed]:
    if held.inputs:
        yield Listed("bundle.zip", "auditors", _in_the_bundle(held), NEVER)
    if held.apart:
        yield Listed(
            "equality.zip",
            "whoever keeps the monitoring, and an auditor who is given it by name",
            f"what was kept apart from the bundle, with every reply to the monitoring: {listing(held.apart)}",
            f"{NEVER}; a plain SHA-256 of it, or a signature, tells as much as it does",
        )


def _shown(kind: Access) -> str:
    """Name what a command makes, with dots for what differs; nothing where it is told what to call it."""
    names = [name.removesuffix(".*").replace("*", "…") for name in kind.names]
    return "" if names == ["…"] else f": {listing(names)}"


def _together(names: Sequence[str]) -> Iterator[str]:
    """Name files by their stem with all its endings; of a folder with many files its number."""
    for folder, its in groupby(names, lambda name: name.rpartition("/")[0]):
        inside = [*its]
        if folder and len(inside) >= MANY:
            yield f"{folder}/ ({count_of(len(inside), 'file')})"
            continue
        for stem, forms in groupby(inside, lambda name: name.rpartition(".")[0]):
            first, *others = (name.rpartition(".")[2] for name in forms)
            yield f"{stem}.{first}{''.join(f', .{other}' for other in others)}"


def _in_the_bundle(held: RunFiles) -> str:
    """Say what a bundle holds, by its manifest."""
    came = f"{count_of(len(held.inputs), 'file')} as received, every document of this run, and the data to check it"
    if held.monitoring:
        return f"{came}; replies to the monitoring too: {listing(held.monitoring)}"
    return f"{came}; no reply to the monitoring{', which is in equality.zip' if held.apart else ''}"
