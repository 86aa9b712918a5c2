"""A few plain lines for the terminal: what a run came to, and what stands in the way."""

from collections.abc import Iterator

from evaluator.records.english import count_of
from evaluator.records.findings.finding import Severity
from evaluator.records.results.outcome import Outcome, Status, status
from evaluator.records.results.scores import ThemeScores
from evaluator.reporting.award.robustness import robust_sentences
from evaluator.reporting.shared.findings_list import counts
from evaluator.reporting.shared.pages import theme_titles
from evaluator.reporting.studies.allocation import allocation_text

MOST_THEMES = 12
NOT_RANKED = {
    "below_minimum": "below a minimum",
    "disqualified": "disqualified",
    "disregarded": "disregarded",
    "excluded": "excluded",
    "withdrawn": "withdrawn",
    "lot_abandoned": "in an abandoned lot",
    "not_shortlisted": "not shortlisted",
}
RESULTS: dict[Status, str] = {
    "award_recommended": "An award can be recommended. People decide.",
    "validated": "The bids and marks were checked. Nothing was scored.",
    "scored": "The bids are scored and ranked. No money was divided.",
    "stage_decided": "It is worked out who goes on from the stage. People decide, and tell the bidders.",
    "blocked": "No award can be recommended yet.",
    "not_proven": "No award is recommended: it is not proven that no better set of awards exists.",
    "infeasible": "No set of awards keeps all the published rules.",
}


def result_sentence(outcome: Outcome) -> str:
    """Say in one sentence what a run came to."""
    reached = status(outcome)
    if reached == "award_recommended" and outcome.allocation and not outcome.allocation.awards:
        return "No bid can be funded under the published rules."
    return RESULTS[reached]


def summary_text(outcome: Outcome) -> str:
    """Say what a run came to, in under 25 plain lines."""
    return "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    yield result_sentence(outcome)
    yield from _findings(outcome)
    if outcome.seal is None:
        yield "These criteria are not sealed, so nothing proves that they are the published ones."
    yield from _themes(outcome)
    if outcome.allocation:
        yield from allocation_text(outcome.allocation, theme_titles(outcome.criteria)).splitlines()[:MOST_THEMES]
        yield from robust_sentences(outcome)


def _findings(outcome: Outcome) -> Iterator[str]:
    for severity, number, meaning in counts(outcome.findings):
        if number:
            noun = count_of(number, "note") if severity is Severity.NOTE else count_of(number, "finding")
            yield f"{noun}: {meaning}."


def _themes(outcome: Outcome) -> Iterator[str]:
    if outcome.scores is None:
        return
    titles = theme_titles(outcome.criteria)
    for scored in outcome.scores.themes[:MOST_THEMES]:
        yield f"  {titles[scored.theme]}: {_ranked(scored)}"
    if len(outcome.scores.themes) > MOST_THEMES:
        yield f"  and {count_of(len(outcome.scores.themes) - MOST_THEMES, 'more theme')}"


def _ranked(scored: ThemeScores) -> str:
    parts = [count_of(len(scored.bids), "bid"), f"{scored.status.count('ranked'):,} ranked"]
    for word, words in NOT_RANKED.items():
        number = sum(state == word for state in scored.status)
        parts += [f"{number:,} {words}"] if number else []
    parts += [count_of(len(scored.ties), "tie")] if scored.ties else []
    return ", ".join(parts)
