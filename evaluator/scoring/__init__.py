"""Points, totals and ranks: from checked marks and prices to exact scores, and the steps behind each."""

from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.scoring.effective_weights import effective_weights
from evaluator.scoring.greatest_totals import greatest_totals
from evaluator.scoring.price.trial import parameter_problems, try_method
from evaluator.scoring.stages import stage_result
from evaluator.scoring.steps import steps
from evaluator.scoring.totals import score_theme


def score(criteria: Criteria, evaluation: Evaluation) -> ScoreTable:
    """Score and rank every theme's bids by the published criteria, exactly.

    Quality is the sum of weight × mark ÷ highest mark. Price is scored among ranked bids only, so that a bid that was
    disregarded or is below a minimum sets no lowest price and moves no mean. Rounding, totals and tie-breaks are as
    published; what they leave equal is a tie.

    Raises
    ------
    ValueError
        For what validation does not let through: an admitted bid without a mark, or without a price above 0.
    """
    return ScoreTable(
        themes=tuple(score_theme(criteria, bids) for bids in evaluation.themes),
        weights=tuple(weight for bids in evaluation.themes for weight in effective_weights(criteria, bids)),
    )


__all__ = ["greatest_totals", "parameter_problems", "score", "stage_result", "steps", "try_method"]
