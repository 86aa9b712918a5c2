"""Jobs that begin with a finished run's bundle: it is worked out again as far as the awards, explained, and told of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evaluator import __version__
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.audit.finished_run import inputs_of_bundle
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import CriteriaRead, read_criteria
from evaluator.files.read.parallel import shared, usual_processes
from evaluator.jobs.evaluate import FEW_BIDS, STAGE, published_of
from evaluator.pipeline import decide, explained, with_case
from evaluator.records.documents import Document
from evaluator.records.results.notice_facts import NoticeFacts
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.scores import Step
from evaluator.records.submissions.received import Received
from evaluator.records.work import ReportProgress
from evaluator.reporting import outcome_json
from evaluator.reporting.award.stages import stage_steps
from evaluator.reporting.letters import NOT_SAID, Letters, Sending
from evaluator.reporting.letters import letters as write_letters
from evaluator.reporting.notice import notice as write_notice
from evaluator.reporting.run.who_may_have import NO_FILES, RunFiles
from evaluator.reporting.studies.explain import Explanation, explanation
from evaluator.scoring import steps

NOTHING, NOT_READ = bundles.Bundle({}, {}, ()), CriteriaRead(None, None, ())
PUBLIC_EDITION = ("equality_impact.html", "equality_impact.pdf")


@dataclass(frozen=True)
class Reopened:
    """A bundle worked out again as far as the awards: its outcome, what came in, and what is wrong with the bundle."""

    outcome: Outcome
    received: Received
    problems: tuple[str, ...]
    considered: Mapping[str, Any] | None = None  # what the manifest says of the equality figures' consideration
    held: RunFiles = NO_FILES  # what the run left behind, by its manifest
    equality: Mapping[str, bytes] = field(default_factory=dict)  # the public edition, as the run wrote it
    opened: bundles.Bundle = NOTHING
    published: CriteriaRead = NOT_READ


def reopen(content: bytes, report_progress: ReportProgress) -> Reopened:
    """Work a bundle out again from its inputs, up to the awards, and compare scores and awards with what it says.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle, or its criteria cannot be read.
    """
    report_progress("Checking the bundle's own sums")
    opened = bundles.unpack(content)
    criteria, bids = inputs_of_bundle(opened, keeping.apart_of(opened.members, opened.manifest))
    published = read_criteria(criteria)
    if published.criteria is None:
        raise bundles.UnreadableBundleError("its criteria cannot be read")
    received = read_bids(bids, published.criteria)
    run = Run(str(opened.manifest.get("run")), __version__, str(opened.manifest.get("date") or ""))
    stage = str(opened.manifest.get(STAGE, ""))
    outcome = decide(published_of(published), received, run, "equality", report_progress, stage)
    apart = keeping.apart_of(opened.members, opened.manifest)
    problems = opened.problems or _otherwise(opened, outcome)
    places = ((name, f"{bundles.OUTPUTS}{name}") for name in PUBLIC_EDITION)
    equality = {name: opened.members[place] for name, place in places if place in opened.members}
    held = _held(opened, apart)
    return Reopened(outcome, received, problems, apart.considered, held, equality, opened, published)


def _held(opened: bundles.Bundle, apart: keeping.Apart) -> RunFiles:
    """List what a run left behind, by the manifest of its bundle."""
    names = sorted(opened.members)
    came = [name for name in names if name.startswith(bundles.INPUTS)]
    replies = [name for name in came if keeping.is_apart(name.removeprefix(bundles.BIDS))]
    documents = [name.removeprefix(bundles.OUTPUTS) for name in names if name.startswith(bundles.OUTPUTS)]
    documents += [name for name in names if name == bundles.MANIFEST]
    return RunFiles(tuple(documents), tuple(came), apart.names, tuple(replies))


def _otherwise(opened: bundles.Bundle, outcome: Outcome) -> tuple[str, ...]:
    """Say where a bundle's own outcome is not what its inputs give: nobody should explain numbers that do not hold."""
    try:
        said = json.loads(opened.members[f"{bundles.OUTPUTS}outcome.json"])
        here = json.loads(outcome_json(outcome))
        parts = [part for part in ("criteria", "themes", "allocation") if said[part] != here[part]]
    except (KeyError, TypeError, ValueError, RecursionError):
        parts = ["outcome.json as a whole"]
    return tuple(f"{part} in its outcome.json is not what its inputs give; run replay" for part in parts)


def explain(again: Reopened, bid: str, question: str = "") -> Explanation:
    """Explain a bid, or one question of it; KeyError when there is none of that id."""
    again = replace(again, outcome=with_case(again.outcome, bid))
    return explanation(again.outcome, again.received.register, steps_of(again.outcome, bid), bid, question)


def steps_of(outcome: Outcome, bid: str) -> tuple[Step, ...]:
    """Give the steps to what became of a bid: those of stages, then those of its score."""
    evaluation, scores = outcome.evaluation, outcome.scores
    theme = next((one.theme for one in (evaluation.bids if evaluation else ()) if one.id == bid), "")
    if evaluation is None or scores is None or not theme:
        return stage_steps(outcome, bid)
    return (*stage_steps(outcome, bid), *steps(outcome.criteria, evaluation, scores, theme, bid))


def with_cases(again: Reopened, report_progress: ReportProgress) -> Reopened:
    """Add what would have changed each decision, worked out again, and shared among the machine's processors."""
    bids = len(again.outcome.evaluation.bids) if again.outcome.evaluation else 0
    with shared(usual_processes() if bids > FEW_BIDS else 1) as share:
        return replace(again, outcome=explained(again.outcome, share, report_progress))


def held_back(again: Reopened, decided: str = "") -> tuple[str, ...]:
    """Say what keeps letters and notice drafts: no consideration of the equality figures before the decision.

    Parameters
    ----------
    decided : the day of the decision, ``YYYY-MM-DD``; empty where nobody has decided.
    """
    plan, told = again.outcome.criteria.equality, again.considered or {}
    if not plan or not plan.characteristic:
        return ()
    if not told.get("stands"):
        return ("No consideration of the equality figures stands in this run (equality/consideration.toml)",)
    late = decided and str(told["date"]) > decided
    return ("The equality figures were considered only after the decision",) if late else ()


def letters(again: Reopened, sending: Sending = NOT_SAID) -> Letters:
    """Write the letters to all bidders of a run that has awards; what holds them back stands on each of them."""
    sending = replace(sending, held=held_back(again, sending.decided.date if sending.decided else ""))
    outcome, panel = again.outcome, again.received.panel
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    people = [text for key in ("evaluator", "name") for text in (panel.columns.get(key, ()) if panel else ())]
    by_bid = {bid.id: steps_of(outcome, bid.id) for bid in bids}
    return write_letters(outcome, by_bid, people, again.received.register, sending)


def notice(again: Reopened, facts: NoticeFacts, sending: Sending = NOT_SAID) -> tuple[Document, ...]:
    """Write the contract award notice of a run that has awards, with the details of the contracts that are made."""
    sending = replace(sending, held=held_back(again, sending.decided.date if sending.decided else ""))
    return write_notice(again.outcome, again.received.register, facts, sending)
