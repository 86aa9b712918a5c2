"""Long work on a run, each in a process of its own: every number of a bid traced, and what-ifs."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluator.desk.processes import Say
from evaluator.desk.work import Ended
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.equality_archive import apart_of

if TYPE_CHECKING:
    from evaluator.jobs.finished.from_bundle import Reopened

MOST_ITEMS = 500  # of one test of exceptions
MOST = 40  # figures and places that a page shows of a number that stands everywhere
NOT_WHOLE = "This bundle is not as it was closed, so nothing is said from it:"


def _reopened(report: Say, bundle: Path) -> "Reopened | Ended":
    """Work a run out again from its bundle, or say why nothing is said from it."""
    from evaluator.jobs.finished.from_bundle import reopen

    try:
        again = reopen(bundles.bundle_bytes(bundle), report)
    except (OSError, bundles.UnreadableBundleError) as error:
        return Ended((f"The bundle cannot be read: {error}.",), good=False)
    return Ended((NOT_WHOLE, *again.problems), good=False) if again.problems else again


def trace(report: Say, bundle: Path, bid: str, back: str) -> Ended:
    """Work a run out again, and trace every number of a bid to its cell."""
    from evaluator.jobs.finished.from_bundle import explain
    from evaluator.reporting.studies.explain import explanation_document

    again = _reopened(report, bundle)
    if isinstance(again, Ended):
        return again
    report(f"Following the numbers of {bid} to their cells")
    try:
        found: Any = explanation_document(explain(again, bid))
    except KeyError:
        return Ended((f"This run has no bid {bid}.",), good=False)
    return Ended(("Every number is traced to its cell.",), ((f"See the numbers of {bid}", back),), facts=found)


def figure(report: Say, bundle: Path, asked: str, back: str) -> Ended:
    """Work a run out again, and trace a figure, or every one that is printed as a number, to its cells."""
    from evaluator.jobs.finished.explaining import catalogue_of, stands_of
    from evaluator.reporting.audit.traces.pages import in_words

    again = _reopened(report, bundle)
    if isinstance(again, Ended):
        return again
    report(f"Following {asked} to its cells")
    catalogue, _ = catalogue_of(again, report)
    found = catalogue.asked(asked)
    if found.bid or found.which:
        ways = ", ".join(found.which) or f"the page of the bid {found.bid}"
        return Ended((f"{asked} stands for a bid, or for several things. Ask for one: {ways}.",), good=False)
    figures, stands = found.figures or catalogue.with_number(asked), stands_of(again)
    if not figures:
        return Ended((f"Nothing in this run is called {asked}, and no figure is printed so.",), good=False)
    places = stands.references(one.ref for one in figures) if found.figures else stands.number(asked)
    told = {"figures": [in_words(one) for one in figures[:MOST]], "places": [one.place for one in places[:MOST]]}
    more = (f"The first {MOST} of {len(figures):,} figures are shown.",) if len(figures) > MOST else ()
    return Ended(("Traced to its cells.", *more), ((f"See where {asked} comes from", back),), facts=told)


def exceptions(report: Say, bundle: Path, points: Fraction, days: int, back: str) -> Ended:
    """Look in a run for what deserves a look first, as the command ``audit exceptions`` does."""
    from evaluator.jobs.finished.auditing import NotAsClosedError, evidence_of
    from evaluator.jobs.finished.working_papers import exceptions_found
    from evaluator.reporting.audit.exceptions import exceptions_parts, exceptions_results

    try:
        evidence = evidence_of(bundles.bundle_bytes(bundle), report)
    except (OSError, bundles.UnreadableBundleError) as error:
        return Ended((f"The bundle cannot be read: {error}.",), good=False)
    except NotAsClosedError as error:
        return Ended((NOT_WHOLE, str(error)), good=False)
    report("Looking at what stands out")
    found = exceptions_found(evidence, points, days)
    told = {"results": exceptions_results(found), "parts": exceptions_parts(found, MOST_ITEMS)}
    return Ended(("Every test was made.",), (("See what stands out", back),), facts=told)


def study_bid(report: Say, bundle: Path, bid: str, back: str) -> Ended:
    """Say what would have changed the decision on a bid, worked out from what the bundle holds."""
    from evaluator.jobs.studies import case_of, known_bids
    from evaluator.reporting.studies.counterfactuals import one_case_document

    found, why = _studied(report, bundle)
    if found is None:
        return Ended((why,), good=False)
    outcome, problem, allocation = found
    if bid not in known_bids(problem):
        return Ended((f"No decision was taken on a bid {bid} in this run.",), good=False)
    report(f"Solving what would change the case of {bid}")
    case: Any = one_case_document(case_of(outcome.criteria, problem, allocation, bid))
    return Ended(("It is worked out.",), ((f"See what would have changed {bid}", back),), facts=case)


def study_rules(report: Say, bundle: Path, back: str) -> Ended:
    """Say what each published rule costs, worked out from what the bundle holds."""
    from evaluator.reporting.studies.rule_costs import CHANGES, TITLES, lines_of, rules_document
    from evaluator.studies.rule_costs import rule_study

    found, why = _studied(report, bundle)
    if found is None:
        return Ended((why,), good=False)
    _, problem, allocation = found
    study = rule_study(problem, allocation, report)
    told: Any = {
        "total": rules_document(study)["total_score"],
        "sections": [
            (TITLES[change], [(one.rules, one.words, one.score, one.gain) for one in lines_of(study, change)])
            for change in CHANGES
        ],
    }
    return Ended(("It is worked out.",), (("See what the rules cost", back),), facts=told)


def _studied(report: Say, bundle: Path) -> tuple[Any, str]:
    """Evaluate what a bundle holds as far as the awards; or say why there is nothing to study."""
    from evaluator.files.audit.finished_run import inputs_of_bundle
    from evaluator.jobs.studies import studied

    try:
        held = bundles.unpack(bundles.bundle_bytes(bundle))
    except (OSError, bundles.UnreadableBundleError) as error:
        return None, f"The bundle cannot be read: {error}."
    if held.problems:
        return None, " ".join((NOT_WHOLE, *held.problems))
    found = studied(*inputs_of_bundle(held, apart_of(held.members, held.manifest)), report)
    if found.outcome is None or found.problem is None or found.allocation is None:
        return None, found.why
    return (replace(found.outcome, findings=()), found.problem, found.allocation), ""
