"""Every bid under every price method can be explained, whether ranked, below a minimum or disregarded."""

from fractions import Fraction

import pytest

from evaluator.reporting.studies.explain import explanation, explanation_html, explanation_text
from evaluator.scoring import steps
from tests.worked_examples.programmes import METHODS, MORE_METHODS, programme, scored


@pytest.mark.parametrize("title", [*METHODS, *MORE_METHODS])
def test_every_bid_is_explained_up_to_its_total_and_rank(title: str) -> None:
    methods = {title: (METHODS | MORE_METHODS)[title]}
    outcome = scored(programme("parts", "half_up", ("quality", "lower_price"), methods=methods), seed=7, count=12)
    assert outcome.evaluation is not None
    assert outcome.scores is not None
    (theme,), (result,) = outcome.evaluation.themes, outcome.scores.themes
    for at, bid in enumerate(theme.bids):
        its = steps(outcome.criteria, outcome.evaluation, outcome.scores, theme.theme, bid.id)
        told = explanation(outcome, None, its, bid.id, "")
        text, page = explanation_text(told), explanation_html(told)
        assert bid.id in text
        assert page.startswith("<!doctype html>")
        totals = [step.result for step in its if step.rule == "total"]
        if result.status[at] == "ranked" and totals:
            assert Fraction(totals[0]) == result.totals[at]
            assert f"rank: of {sum(state == 'ranked' for state in result.status)} ranked" in text
        if result.status[at] != "ranked":
            assert result.reasons[at] in text
