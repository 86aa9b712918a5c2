"""Working papers of what was run: exceptions of a bundle, a replay, and the verifier that comes with every bundle."""

import hashlib
import io
import json
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from evaluator import __version__
from evaluator.evidence.exceptions.catalogue import exceptions_of
from evaluator.evidence.exceptions.look import Look, Thresholds
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.run_folder import rendered
from evaluator.files.audit.verifier import verify
from evaluator.files.read.engine_data import read_false_alarms
from evaluator.jobs.evaluate import made_with
from evaluator.jobs.finished.anchoring import known_of_bundle
from evaluator.jobs.finished.auditing import Evidence
from evaluator.jobs.finished.replay import Replayed
from evaluator.records.anchors import HeldTo
from evaluator.records.documents import Json
from evaluator.reporting.audit.exceptions import exceptions_document, exceptions_paper
from evaluator.reporting.audit.working_paper import Paper, paper_page

EXCEPTIONS, OUTPUT = "exceptions.json", "verify.txt"
MOST_LINES = 200
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Signed:
    """By whom a paper is made and on which day; empty: to be filled in."""

    by: str = ""
    on: str = ""


def exceptions_found(evidence: Evidence, points: Fraction, days: int) -> Json:
    """Look for exceptions in the evidence of a bundle, and tell of each test with its rate of false alarms."""
    thresholds = Thresholds(points, days)
    found = exceptions_of(Look(evidence.tables, thresholds))
    return exceptions_document(
        dict(evidence.facts),
        found,
        (points, days),
        read_false_alarms(),
        len({row["bid"] for name in ("scores", "register") for row in evidence.tables[name]}),
        usual=thresholds == Thresholds(),
    )


def exceptions_files(document: Json, signed: Signed) -> dict[str, bytes]:
    """Write the working paper of exceptions: page, Word, PDF, a workbook to fill in, and all of it as JSON."""
    made = rendered(exceptions_paper(document, signed.by, signed.on))
    return {**made, EXCEPTIONS: (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()}


def replay_paper(
    found: Replayed, content: bytes, archive: bytes | None, held: HeldTo, signed: Signed
) -> dict[str, bytes]:
    """Write the working paper of a replay: what was recomputed and held to what, with what result."""
    apart = [("Equality archive (SHA-256)", hashlib.sha256(archive).hexdigest())] if archive is not None else []
    engine = made_with()
    made = [
        ("Made by version", found.made_by or "not said"),
        ("Worked out again by", f"evaluator {__version__}, Python {engine['python']}"),
        *((name, digest) for name, digest in engine.items() if name.startswith(bundles.LOCK)),
    ]
    paper = Paper(
        title=f"Replay of {found.run}",
        objective="To see whether what the bundle says is what its inputs give by the published rules.",
        facts=(*_facts(content), *apart, *made),
        test=(
            "The command replay: the sums of every file in the bundle were checked against its manifest. Everything "
            "was worked out again from the inputs as they were received: validation, scores, ranks, awards and their "
            "proof, documents and data. A second reader (openpyxl) read every workbook of the inputs. The result was "
            "compared with what stands in the bundle: byte for byte where the same version made it, else figure by "
            "figure.",
        ),
        results=_shortened([*found.told("--equality equality.zip"), *_held(held)]),
        by=signed.by,
        on=signed.on,
    )
    return rendered([paper_page(paper)])


@dataclass(frozen=True)
class Verified:
    """What the verifier printed of a bundle, and how it ended: 0 where all that it checked agrees."""

    told: str
    code: int


def verified(path: Path, words: Sequence[str]) -> Verified:
    """Run this evaluator's own ``verify.py`` over a bundle, never the one in the bundle.

    Parameters
    ----------
    words : its options, such as ``--seal`` with what was noted.
    """
    said = io.StringIO()
    with redirect_stdout(said):
        code = verify.main([str(path), *words])
    return Verified(said.getvalue(), code)


def verifier_paper(found: Verified, content: bytes, signed: Signed) -> dict[str, bytes]:
    """Write the working paper of the verifier, with all that it printed beside it."""
    ours, theirs = bundles.verifiers(), bundles.unpack(content).members
    same = all(theirs.get(name) == each for name, each in ours.items())
    digest = hashlib.sha256(ours[bundles.VERIFIERS[0]]).hexdigest()
    copy = "the same files lie in the bundle" if same else "other files lie in the bundle; those were not run"
    paper = Paper(
        title="Verification of a bundle by verify.py",
        objective="To check the bundle's figures by a program that shares no code with the one that made them.",
        facts=(
            *_facts(content),
            ("verify.py (SHA-256)", f"{digest}, which holds the sums of {len(ours) - 1} files beside it; {copy}"),
            ("Run by", f"evaluator {__version__}"),
        ),
        test=(
            "verify.py, which needs Python's standard library alone, read the bundle: it checked every sum, worked out "
            "points, totals and ranks from the marks and prices in the data, held the awards to every published rule, "
            "and compared seal, ledger, dates, proof record and shown figures with each other. What it did not check "
            "it names at the end of the result.",
        ),
        results=_shortened(_said(found.told)),
        by=signed.by,
        on=signed.on,
    )
    return {**rendered([paper_page(paper)]), OUTPUT: found.told.encode()}


def _said(told: str) -> list[str]:
    """Give what the verifier printed as sentences, its conclusion first; what it says of the bundle stands above."""
    head, _, rest = told.partition("\n\n")
    lines = [line.strip() for line in (rest or head).splitlines() if line.strip()]
    whole = [line for line in lines if line.startswith(("All that", "What was", "Something"))]
    others = [line for line in lines if line not in whole]
    return [*whole, *(line.replace("agrees   ", "Agrees: ", 1) for line in others)]


def _facts(content: bytes) -> Facts:
    """Give what a paper says of the bundle that it rests on; it need not hold."""
    told = bundles.unpack(content).manifest
    criteria = told.get("criteria") or {}
    known = known_of_bundle(content)
    count = max(known.heads, default=0)
    return (
        ("Programme", f"{criteria.get('reference', 'not said')} version {criteria.get('version', 'not said')}"),
        ("Run", str(told.get("run"))),
        ("Dated", str(told.get("date") or "not dated")),
        ("Seal", (known.seals or ("none",))[-1]),
        ("Ledger’s head", f"{count}:{known.heads[count]}" if count else "no ledger in this bundle"),
        ("Manifest (SHA-256)", known.manifests[0]),
        ("Bundle (SHA-256)", hashlib.sha256(content).hexdigest()),
    )


def _held(held: HeldTo) -> list[str]:
    return [*(f"Otherwise than noted: {line}." for line in held.problems), *held.lines]


def _shortened(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], *([f"and {more:,} lines more"] if more > 0 else []))
