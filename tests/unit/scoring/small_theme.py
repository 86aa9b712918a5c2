"""Small criteria and bids for tests of scoring: one theme named T, marks and prices as the test gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.scores import ThemeScores
from evaluator.records.submissions.evaluation import NO_MARK, Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.scoring import score

PLACE = Source("made up")


def programme(
    weights: Mapping[str, str],
    marks: Sequence[str] = ("0", "1", "2", "3", "4", "5"),
    method: str = "",
    rounding: tuple[str, int, str] = ("parts", 2, "half_up"),
    tie_break: Sequence[str] = (),
    theme: Mapping[str, Any] | None = None,
    **price: Any,
) -> Criteria:
    """Criteria with one theme; ``rounding`` is point, places and mode; ``price`` adds to the price policy."""
    questions = [question for question in weights if question != "price"]
    return Criteria.model_validate(
        {
            "schema": 1,
            "reference": "TEST",
            "title": "Test",
            "authority": "Test council",
            "regime": "grant",
            "version": "1",
            "source": "test",
            "scale": {"source": "test", "mark": [{"mark": m, "label": m, "descriptor": m} for m in marks]},
            "price": {"method": method, "source": "test", **price} if method else None,
            "rounding": {"point": rounding[0], "places": rounding[1], "mode": rounding[2], "source": "test"},
            "moderation": {"method": "consensus", "source": "test"},
            "tie_break": {"order": list(tie_break), "source": "test"},
            "themes": [
                {
                    "id": "T",
                    "title": "Theme",
                    "source": "test",
                    "weights": dict(weights),
                    "question": [
                        {"id": q, "title": q, "text": q, "good_answer": q, "source": "test"} for q in questions
                    ],
                    **(theme or {}),
                }
            ],
        }
    )


def checked(
    criteria: Criteria,
    bids: Mapping[str, tuple[Sequence[str | None], int | None]],
    disregarded: Sequence[str] = (),
    people: Mapping[str, int] | None = None,
) -> Evaluation:
    """An evaluation from bid → (marks question by question as published, price in pence), sorted by bid."""
    texts = [str(mark) for mark in criteria.scale.marks]
    offers = tuple(
        Bid(bid, "T", f"O-{bid}", PLACE, price=bids[bid][1], people=(people or {}).get(bid)) for bid in sorted(bids)
    )
    indexes = [NO_MARK if mark is None else texts.index(mark) for bid in sorted(bids) for mark in bids[bid][0]]
    questions = tuple(question.id for question in criteria.questions("T"))
    grid = bytes(index % 256 for index in indexes)
    decisions = {
        bid: Decision(bid, "late", "", "disregard", "It came two days late.", "Criteria 4.1", "J. Doe", "", "", PLACE)
        for bid in disregarded
    }
    return Evaluation((ThemeBids("T", offers, questions, grid, decisions),), (), (), Table({}, ()), None)


def scored(criteria: Criteria, *args: Any, **kwargs: Any) -> ThemeScores:
    """Score bids given as to ``checked``, and give the one theme's scores."""
    return score(criteria, checked(criteria, *args, **kwargs)).themes[0]


def by_bid(table: ThemeScores, numbers: Any) -> dict[str, Any]:
    """Give a column of a theme's scores by bid."""
    return {bid: numbers[row] for row, bid in enumerate(table.bids)}
