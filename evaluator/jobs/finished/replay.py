"""Replay: everything in a bundle worked out again, and compared with what stands in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Literal

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.audit.equality_archive import Apart
from evaluator.files.audit.finished_run import inputs_of_bundle
from evaluator.files.audit.verifier.verify_shown import checks
from evaluator.files.read.bids.folder import bid_files
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.parallel import shared, usual_processes
from evaluator.files.read.second_reader import marks_otherwise, seen_otherwise
from evaluator.jobs.evaluate import (
    BUNDLE,
    FEW_BOOKS,
    STAGE,
    Files,
    Finished,
    evaluate,
    made_alike,
    made_of_the_same,
)
from evaluator.jobs.ledger_events import NAME, consideration_otherwise
from evaluator.jobs.ledger_events import otherwise as ledger_otherwise
from evaluator.pipeline import UNTOLD, Told
from evaluator.records.findings.finding import Severity
from evaluator.records.work import ReportProgress
from evaluator.reporting.studies.counterfactuals import amounts_told
from evaluator.reporting.studies.run_comparison import FinishedRun, figures_otherwise

Equality = Literal["recomputed", "not_recomputed", "none"]
Explanations = Literal["checked", "searched", "none"]
Documents = Literal["identical", "other_version", "differ"]
OUTCOME, RESULTS = f"{bundles.OUTPUTS}outcome.json", f"{bundles.OUTPUTS}results.xlsx"
BIDS, CRITERIA = f"{bundles.DATA}bids.json", f"{bundles.DATA}criteria.json"
FORMS = (".xlsx", ".docx", ".pdf")  # whose bytes rest on the packages that made them
SHOWN = 8


@dataclass(frozen=True)
class Replayed:
    """What a replay found: nothing where the bundle holds, else each difference in words.

    ``documents`` says how far documents were compared: to the last byte with those made now, where both are made with
    the same engine, packages and Python; of another version they are held against the bundle's own sums, and inputs,
    scores, ranks and awards are compared figure by figure. ``equality`` says whether the equality documents were
    recomputed too: they are not where the archive with the monitoring is not at hand; ``none`` is of a bundle from
    which nothing was kept apart. ``bound`` is whether the bundle's commitment showed that the archive is the one that
    it was closed with. ``made_by`` is the version of the evaluator that made the bundle. ``explanations`` says how far
    what would have changed each decision was worked out: searched for again, or ``checked``: with each amount that the
    bundle says the decision turns, with one unit less it does not, and only what does not hold is searched for.
    """

    run: str
    files: int
    differences: tuple[str, ...]
    documents: Documents = "identical"
    equality: Equality = "none"
    bound: bool = False
    made_by: str = ""
    explanations: Explanations = "none"
    otherwise: tuple[str, ...] = ()
    ledger: bool = True

    @property
    def holds(self) -> bool:
        """Whether what the bundle says is what its inputs give."""
        return not self.differences

    def told(self, given_as: str) -> Iterator[str]:
        """Say what a replay came to, and what of it was not recomputed.

        Parameters
        ----------
        given_as : how whoever is entitled to the monitoring gives it, in words.
        """
        apart = self.equality == "not_recomputed"
        all_of_it, but_equality = ("the", ", but for those of equality") if apart else ("all", "")
        if self.differences:
            yield f"{'Not identical' if self.documents == 'differ' else 'Does not hold'}: {self.run} differs."
            yield from (f"  {line}" for line in self.differences)
        elif self.documents == "other_version":
            yield (
                f"Holds: the inputs, scores, ranks and awards of {self.run} are the same when worked out again by this"
                f" version. Its manifest says that version {self.made_by} made its documents, with other packages or"
                " another Python, so they were not made again to the byte. They are what the bundle's own sums say;"
                " whoever changes a page can write its sum anew."
            )
            yield self._made_otherwise()
        else:
            files = f"{all_of_it} {self.files} files of {self.run}"
            yield f"Identical: {files} are what their inputs give, to the last byte{but_equality}."
        if not self.ledger:
            yield "Not checked: when things came in, were marked and were decided; there is no ledger in the bundle."
        if self.explanations == "checked":
            yield (
                "Scores, awards, ties and documents were worked out again. Of what would have changed each decision,"
                " the amounts were checked on both sides (the amount turns the decision, one unit less does not) and"
                " searched for only where that is not enough; --full searches for all of them again."
            )
        if apart:
            yield (
                "Not recomputed: the equality impact documents, the equality part of outcome.json and the notes on the"
                " monitoring. They are what the manifest lists; what they say was not checked, because the monitoring"
                f" is not here. Whoever is entitled to it gives it with {given_as}."
            )
        if self.equality == "recomputed" and not self.bound:
            yield (
                "The equality documents are what the archive gives. The bundle has no commitment to it, because there"
                " was no salt: another monitoring that gives the same documents would not be noticed from the bundle"
                " alone."
            )

    def _made_otherwise(self) -> str:
        if not self.otherwise:
            return "All the same its pages, its data and its verify.py come out the same here, to the byte."
        names = ", ".join(self.otherwise[:SHOWN]) + (" and others" if len(self.otherwise) > SHOWN else "")
        return (
            f"Of its pages, its data and its verifier, {names} come out otherwise here. Another version may have worded"
            f" them so; a sentence that somebody changed looks the same. Replay the bundle with version {self.made_by}"
            " to know which, before you rely on them, and run a verify.py from elsewhere than this bundle."
        )


def replay(
    content: bytes, report_progress: ReportProgress, archive: bytes | None = None, *, full: bool = False
) -> Replayed:
    """Recompute everything from a bundle's inputs and compare it with the bundle's outputs.

    Another reader, openpyxl, must see the numbers and texts in the workbooks that our own saw. Without ``archive``,
    the bytes of ``equality.zip``, what rests on the monitoring is only held against the manifest. With ``full`` what
    would have changed each decision is searched for again, and not only checked.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle or an archive, or so damaged that nothing can be compared.
    """
    report_progress("Checking the bundle's own sums")
    opened = bundles.unpack(content)
    facts, apart = opened.manifest, keeping.apart_of(opened.members, opened.manifest)
    differences = list(opened.problems)
    if apart.names and archive is not None:
        apart, strange = keeping.opened(archive, apart, opened.members[bundles.MANIFEST])
        differences += strange
    missing = bool(apart.names) and apart.files is None
    told = UNTOLD if full else _told(opened)
    again, found = _recomputed(opened, apart, told, report_progress, missing=missing)
    differences += found
    same_version = made_alike(facts.get("made_with"))
    held, now = _held(opened, again, missing=missing)
    otherwise = [] if same_version else bundles.otherwise(held, now)
    differences += _compared(opened, again, held, now) if same_version else _figures(opened, again)
    differences += otherwise if made_of_the_same(facts.get("made_with")) else []
    documents: Documents = "other_version" if not same_version else "differ" if differences else "identical"
    compared: Equality = "not_recomputed" if missing or not same_version else "recomputed"
    return Replayed(
        str(facts.get("run")),
        len(opened.members),
        tuple(differences),
        documents,
        compared if apart.names else "none",
        bound=bool(apart.commitment) and not missing,
        made_by=str(facts.get("made_with", {}).get("bid-evaluator", "")),
        explanations=_how_explained(again, told),
        otherwise=tuple(line.partition(" comes out ")[0] for line in otherwise),
        ledger=f"{bundles.LEDGER}{NAME}" in opened.members,
    )


def _told(opened: bundles.Bundle) -> Told:
    """Give the amounts that a bundle says would have changed decisions; nothing where it is not written as we do."""
    try:
        return amounts_told(json.loads(opened.members[OUTCOME]).get("cases", ()))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return UNTOLD


def _how_explained(again: Finished, told: Told) -> Explanations:
    allocation = again.outcome.allocation if again.outcome else None
    if allocation is None or not allocation.cases:
        return "none"
    return "checked" if any(told.values()) else "searched"


def _recomputed(
    opened: bundles.Bundle, apart: Apart, told: Told, report_progress: ReportProgress, *, missing: bool
) -> tuple[Finished, list[str]]:
    """Evaluate a bundle's inputs again, and say where its ledger or another reader sees them otherwise."""
    criteria, bids = inputs_of_bundle(opened, apart)
    files = bids.contents()
    books = [(name, files[name]) for name in bid_files(files) if name.endswith(".xlsx")]
    books += [(name, content) for name, content in criteria.contents().items() if name.lower().endswith(".xlsx")]
    ledger = bundles.under(bundles.LEDGER, opened)
    with shared(usual_processes() if len(books) > FEW_BOOKS else 1) as share:
        seen = share(seen_otherwise, books)  # another process begins at once
        again = _again((criteria, bids), opened.manifest, apart if missing else None, ledger, told, report_progress)
        found = list(ledger_otherwise(ledger, criteria, bids))
        found += consideration_otherwise(ledger, opened.manifest.get(keeping.CONSIDERED) or {})
        report_progress("Reading every workbook with another reader")
        found += chain.from_iterable(seen)
    return again, found


def _again(
    inputs: tuple[Inputs, Inputs],
    facts: Mapping[str, Any],
    apart: Apart | None,
    ledger: Files,
    told: Told,
    report_progress: ReportProgress,
) -> Finished:
    """Evaluate a bundle's inputs, as its manifest says that they were."""
    try:
        until, date = facts["until"], facts["date"]
    except KeyError as missing:
        raise bundles.UnreadableBundleError(f"the manifest says nothing of {missing}") from None
    margins = bool(facts.get("margins"))
    stage = str(facts.get(STAGE, ""))
    work = partial(evaluate, *inputs, until, date, report_progress, margins=margins, stage=stage)
    return work(apart=apart, ledger=ledger, told=told)


def _held(opened: bundles.Bundle, again: Finished, *, missing: bool) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """Give what a bundle holds and what comes out now; without what rests on the monitoring where that is missing."""
    packed = again.files.get(BUNDLE)
    then, now = opened.members, bundles.unpack(packed).members if packed else _outputs(again)
    if missing:
        then, now = keeping.without_equality(then), keeping.without_equality(now)
    if made_alike(opened.manifest.get("made_with")):
        return then, now
    pages = [{name: each for name, each in side.items() if not name.endswith(FORMS)} for side in (then, now)]
    return pages[0], pages[1]


def _compared(
    opened: bundles.Bundle, again: Finished, then: Mapping[str, bytes], now: Mapping[str, bytes]
) -> Iterator[str]:
    """Name what comes out differently to the byte: documents, normalised data, and the file that verifies them."""
    yield from bundles.otherwise(then, now)
    yield from bundles.other_facts(opened.manifest, again.files.get(bundles.MANIFEST, b"{}"))


def _outputs(finished: Finished) -> dict[str, bytes]:
    return {f"{bundles.OUTPUTS}{name}": each for name, each in finished.files.items() if name != bundles.MANIFEST}


def _figures(opened: bundles.Bundle, again: Finished) -> Iterator[str]:
    """Name what comes out differently of a bundle that another version made: inputs, marks, scores, ranks, awards."""
    packed = again.files.get(BUNDLE)
    now = bundles.unpack(packed).members if packed else _outputs(again)
    here = again.files.get(bundles.MANIFEST, b"{}")
    yield from bundles.other_facts(opened.manifest, here, but=frozenset({"run", "schema", keeping.CONSIDERED}))
    try:
        then = json.loads(opened.members[OUTCOME])
        yield from figures_otherwise(
            FinishedRun(dict(opened.manifest), then, json.loads(opened.members.get(BIDS, b"{}"))),
            FinishedRun(json.loads(here), json.loads(now[OUTCOME]), json.loads(now.get(BIDS, b"{}"))),
        )
        before = {(one["code"], one["file"], one["sheet"], one["cell"]) for one in then["findings"]}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        yield "its outcome.json or bids.json says less than any version has written"
        return
    yield from _contradicted(opened, then)
    stops = [one for one in again.findings if one.severity is Severity.BLOCKS_AWARD]
    places = {one: (one.code, one.source.file, one.source.sheet, one.source.cell) for one in stops}
    yield from (str(one) for one in stops if places[one] not in before)
    yield from marks_otherwise(opened.members.get(RESULTS, b""), now.get(RESULTS, b""))


def _contradicted(opened: bundles.Bundle, said: Mapping[str, Any]) -> Iterator[str]:
    """Name where what another version made contradicts itself: in the version that it names, or in what it shows."""
    made_by, told = opened.manifest.get("made_with", {}).get("bid-evaluator"), said.get("run", {}).get("engine")
    if told != made_by:
        yield f"the manifest says that version {made_by} made it, and outcome.json that version {told} did"
    try:
        for _, found in checks(dict(opened.members), json.loads(opened.members[CRITERIA]), said):
            yield from found
    except Exception as error:  # whatever a damaged page or workbook makes fail
        yield f"its report.html or results.xlsx cannot be read: {type(error).__name__}"
