"""The award report: what is recommended, by which published rule, and what is left for people to decide."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from evaluator.records.findings.finding import Severity, in_order
from evaluator.records.numbers import ratio_decimal
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome, status
from evaluator.reporting.award.conduct import conduct
from evaluator.reporting.award.firmness import closest, coverage_chart, edges, firmness, not_reached
from evaluator.reporting.award.first_page import figures, matters, sentences
from evaluator.reporting.award.method import order_words, price_words, rounding_words, rule_words, weight_table
from evaluator.reporting.award.money import money_by_theme, money_chart, rule_summaries
from evaluator.reporting.award.proof import own_of_each, stage_amount
from evaluator.reporting.award.ranking import rankings
from evaluator.reporting.award.robustness import firmness_facts
from evaluator.reporting.award.summary import result_sentence
from evaluator.reporting.shared.bid_rows import bid_names, theme_rows
from evaluator.reporting.shared.limits import applies_to
from evaluator.reporting.shared.pages import render_untyped, theme_titles
from evaluator.reporting.studies.counterfactuals import margin_chart


def report_html(outcome: Outcome, told: Mapping[str, Any] | None = None) -> str:
    """Write the award report of a run that has scores, as one HTML file that asks nothing of the network.

    ``told`` are its ``facts`` where they were gathered already.
    """
    outcome = held_back(outcome)
    return render_untyped("report.html", outcome, **(told or facts(outcome)))


def facts(outcome: Outcome) -> Mapping[str, Any]:
    """Gather what the templates of the report and of the record show."""
    criteria, allocation, views = outcome.criteria, outcome.allocation, theme_rows(outcome)
    return {
        "criteria": criteria,
        "allocation": allocation,
        "titles": theme_titles(criteria),
        "names": bid_names(outcome),
        "reached": status(outcome),
        "result": result_sentence(outcome),
        "sentences": sentences(outcome, views),
        "figures": figures(outcome),
        "firmness": firmness(outcome, views),
        "closest": closest(outcome),
        "margin_chart": margin_chart(closest(outcome)),
        "edges": edges(outcome, views) if allocation and allocation.status == "proven" else (),
        "reached_words": not_reached(outcome),
        "coverage_chart": coverage_chart(outcome),
        "matters": matters(outcome, views),
        "money": money_by_theme(outcome) if allocation else None,
        "money_chart": money_chart(outcome) if allocation else None,
        "rules": rule_summaries(outcome) if allocation else (),
        "rankings": [rankings(outcome, view) for view in views],
        "conduct": conduct(outcome),
        "gates": {gate.id: gate.title for gate in criteria.gate},
        "weights": weight_table(outcome),
        "price_words": {theme.id: price_words(criteria, theme) for theme in criteria.themes},
        "rounding_words": rounding_words(criteria.rounding),
        "order_words": [order_words(criteria, level) for level in criteria.tie_break.order],
        "rule_words": rule_words,
        "applies_to": applies_to,
        "notes": [found for found in in_order(outcome.findings) if found.severity is Severity.NOTE],
        "open_findings": [found for found in in_order(outcome.findings) if found.severity is not Severity.NOTE],
        "certain": _certain(allocation) if allocation else (),
        "rule_titles": {rule.id: rule.title for rule in criteria.rules},
        "stages": _stages(allocation) if allocation else (),
        "tied_sets": own_of_each(allocation) if allocation else (),
        "score_text": partial(_score, allocation),
        **firmness_facts(outcome.firmness),
        "year_heads": [f"#{year}" for year in allocation.years] if allocation else [],
    }


def _score(allocation: Allocation | None, score: int) -> str:
    return ratio_decimal(score, allocation.score_unit) if allocation else ""


def _certain(allocation: Allocation) -> list[tuple[str, str, str]]:
    """Give each bid whose fate is certain although nothing is proven, with its theme and what is certain of it."""
    themes = allocation.themes
    known = dict.fromkeys(allocation.certain_in, "funded") | dict.fromkeys(allocation.certain_out, "not funded")
    return [(bid, themes.get(bid, ""), known[bid]) for bid in sorted(known, key=lambda bid: (known[bid], bid))]


def _stages(allocation: Allocation) -> list[tuple[str, str, str, bool]]:
    """Give each stage's objective, what it reached, its bound and whether that is proven."""
    return [
        (
            stage.objective.replace("_", " "),
            stage_amount(allocation, stage, stage.value),
            "–" if stage.bound is None else stage_amount(allocation, stage, stage.bound),
            stage.proven,
        )
        for stage in allocation.proof.stages
    ]
