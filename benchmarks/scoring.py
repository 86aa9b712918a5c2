"""Scoring and ranking of 100,000 bids × 20 questions against a bare int64 product and a stable sort.

Run by hand: ``python -m benchmarks.scoring [bids] [rounding point]``. Both sides run in turn in one process; medians of
their processor time count. The ratio is printed last.
"""

import random
import sys
from functools import partial

import numpy as np

from benchmarks.clocks import Turns, in_turn, say, timed
from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Bid, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.scoring import score

QUESTIONS = 20
RUNS = 15
SEED = 2026


def criteria(point: str) -> Criteria:
    """Twenty questions of 3 points each and 40 for price, marks 0 to 5, every tie-break there is."""
    questions = [f"Q{number:02}" for number in range(1, QUESTIONS + 1)]
    asked = [{"id": q, "title": q, "text": q, "good_answer": q, "source": "invented"} for q in questions]
    marks = [{"mark": str(mark), "label": str(mark), "descriptor": str(mark)} for mark in range(6)]
    theme = {
        "id": "T",
        "title": "T",
        "source": "invented",
        "weights": {**dict.fromkeys(questions, "3"), "price": "40"},
        "question": asked,
    }
    return Criteria.model_validate(
        {
            "schema": 1,
            "reference": "BENCHMARK",
            "title": "Benchmark",
            "authority": "None",
            "regime": "grant",
            "version": "1",
            "source": "invented",
            "scale": {"source": "invented", "mark": marks},
            "price": {"method": "lowest_price_ratio", "source": "invented"},
            "rounding": {"places": 2, "mode": "half_up", "point": point, "source": "invented"},
            "moderation": {"method": "consensus", "source": "invented"},
            "tie_break": {"order": ["quality", "lower_price", "question:Q01"], "source": "invented"},
            "themes": [theme],
        }
    )


def evaluation(count: int) -> Evaluation:
    """Bids with random marks and prices, the same ones every time."""
    dice = random.Random(SEED)
    source = Source("made up")
    bids = tuple(
        Bid(f"B{number:06}", "T", f"O{number:06}", source, price=dice.randint(10_000_00, 500_000_00))
        for number in range(count)
    )
    marks = bytes(dice.choices(range(6), k=count * QUESTIONS))
    questions = tuple(f"Q{number:02}" for number in range(1, QUESTIONS + 1))
    theme = ThemeBids("T", bids, questions, marks, {})
    return Evaluation((theme,), (), (), Table({}, ()), None)


def compared(count: int, point: str) -> tuple[Turns, Turns]:
    """Give the times of ``score()`` and of the bare product and sort."""
    published, checked = criteria(point), evaluation(count)
    marks = np.frombuffer(checked.themes[0].marks, dtype=np.int8).reshape(count, QUESTIONS).astype(np.int64)
    weights = np.full(QUESTIONS, 3, dtype=np.int64)
    ours, bare = in_turn(
        partial(timed, partial(score, published, checked)),
        partial(timed, lambda: np.argsort(-(marks @ weights), kind="stable")),
        runs=RUNS,
    )
    return ours, bare


def main(count: int, point: str) -> None:
    """Print both times and their ratio."""
    print(f"{count:,} bids × {QUESTIONS} questions, rounding point {point!r}")
    ours, bare = compared(count, point)
    say("score(), with price points, totals, ranks, ties and records", ours, "int64 product and stable argsort", bare)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2] if len(sys.argv) > 2 else "parts")
