"""Jobs that begin with a finished run's bundle: it is worked out again as far as the awards, explained, and told of."""

import json
from dataclasses import dataclass, replace

from evaluator import __version__
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.evaluate import inputs_of_bundle
from evaluator.pipeline import Published, decide, with_case
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.scores import Step
from evaluator.records.submissions.received import Received
from evaluator.records.work import ReportProgress
from evaluator.reporting import outcome_json
from evaluator.reporting.letters import NOT_SAID, Letters, Sending
from evaluator.reporting.letters import letters as write_letters
from evaluator.reporting.studies.explain import Explanation, explanation
from evaluator.scoring import steps


@dataclass(frozen=True)
class Reopened:
    """A bundle worked out again as far as the awards: its outcome, what came in, and what is wrong with the bundle."""

    outcome: Outcome
    received: Received
    problems: tuple[str, ...]


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
    outcome = decide(Published(published.criteria, published.seal), received, run, "equality", report_progress)
    return Reopened(outcome, received, opened.problems or _otherwise(opened, outcome))


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
    return explanation(again.outcome, again.received.register, _steps(again.outcome, bid), bid, question)


def _steps(outcome: Outcome, bid: str) -> tuple[Step, ...]:
    evaluation, scores = outcome.evaluation, outcome.scores
    theme = next((one.theme for one in (evaluation.bids if evaluation else ()) if one.id == bid), "")
    if evaluation is None or scores is None or not theme:
        return ()
    return steps(outcome.criteria, evaluation, scores, theme, bid)


def letters(again: Reopened, sending: Sending = NOT_SAID) -> Letters:
    """Write the letters to all assessed bidders of a run that has awards."""
    outcome, panel = again.outcome, again.received.panel
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    people = [text for key in ("evaluator", "name") for text in (panel.columns.get(key, ()) if panel else ())]
    steps_of = {bid.id: _steps(outcome, bid.id) for bid in bids}
    return write_letters(outcome, steps_of, people, again.received.register, sending)
