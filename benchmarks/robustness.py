"""Draws of the sample's 130 bids: ranked, against a bare matrix product; allocated again, against one allocation.

Run by hand: ``python -m benchmarks.robustness [DRAWS TO ALLOCATE]``. Both sides of a ratio run in one process, and the
processor's time counts, of several runs the median. The ratio for a pool of processes is of the time that passed, and
wants an idle machine. Two products are of that size: one for each theme's own
bids and weights, as in the ranking itself, and one of all weights by all bids.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.clocks import middle, timed
from evaluator.allocation import allocate, allocation_problem
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.evaluate import shared
from evaluator.records.programme.criteria import Theme
from evaluator.records.results.studies.robustness import Draws
from evaluator.scoring import score
from evaluator.studies.robustness.draws import Ground
from evaluator.studies.robustness.robustness import draw_range
from evaluator.studies.robustness.vectorised import Changed, Vectorised
from evaluator.validation import answers, validate

SAMPLE = "community_commissioning"
DRAWS, REPEATS, PART = 10_000, 15, 10


def ground() -> Ground:
    criteria = read_criteria(Path("criteria") / SAMPLE).criteria
    assert criteria is not None
    evaluation, _ = validate(criteria, read_bids(Path("sample_bids") / SAMPLE, criteria))
    assert evaluation is not None
    return Ground(criteria, evaluation, answers(criteria, evaluation))


def moved(theme: Theme, dice: np.random.Generator) -> Changed:
    """Move weight between pairs of leaves by up to two points, in tenths."""
    leaves = tuple(sorted(theme.weights))
    weights = np.repeat([[int(theme.weights[leaf] * 100) for leaf in leaves]], DRAWS, axis=0)
    for at in range(0, len(leaves) - 1, 2):
        step = dice.integers(-20, 21, DRAWS) * 10
        step = np.clip(step, -weights[:, at], weights[:, at + 1])
        weights[:, at] += step
        weights[:, at + 1] -= step
    return Changed(leaves, 100, weights)


def usual(work: Callable[[], object]) -> float:
    """Give the median processor time of several runs."""
    return middle([timed(work) for _ in range(REPEATS)]).worked


def ranking(base: Ground) -> None:
    dice = np.random.default_rng(1)
    themes = [Vectorised(base.criteria, bids) for bids in base.evaluation.themes]
    draws = [moved(one.theme, dice) for one in themes]
    pairs = [
        (dice.random((DRAWS, len(draw.leaves))), dice.random((len(draw.leaves), len(one.names))))
        for one, draw in zip(themes, draws, strict=True)
    ]
    whole = np.hstack([one for one, _ in pairs]), dice.random((sum(len(one) for _, one in pairs), 130))
    apart = usual(lambda: [one @ other for one, other in pairs])
    together = usual(lambda: whole[0] @ whole[1])
    ours = usual(lambda: [one.outcomes(draw) for one, draw in zip(themes, draws, strict=True)])
    odd = sum(int(one.outcomes(draw).odd.sum()) for one, draw in zip(themes, draws, strict=True))
    print(f"{DRAWS} draws of {sum(len(one.names) for one in themes)} bids scored, rounded and ranked: {ours:.4f} s")
    print(f"  of {len(themes) * DRAWS} drawn themes, {odd} have other bids above a minimum and go to the engine")
    print(f"ranked draws / five bare products, theme by theme ({apart:.4f} s): {ours / apart:.1f}")
    print(f"ranked draws / one bare product of all weights by all bids ({together:.4f} s): {ours / together:.1f}")


def allocating(base: Ground, count: int) -> None:
    problem = allocation_problem(base.criteria, base.evaluation, score(base.criteria, base.evaluation))
    one = timed(lambda: allocate(problem))
    print(f"one allocation {one.passed:.2f} s, {one.worked:.2f} s of the processor")
    parts = [(at, min(at + PART, count)) for at in range(0, count, PART)]
    drawing = timed(lambda: [a_part(base, part) for part in parts]).worked
    print(f"a draw scored, ranked and allocated again {drawing / count:.3f} s of the processor (mean of {count})")
    print(f"1,000 draws allocated again / one allocation, in one process: {1000 * drawing / count / one.worked:.0f}")
    processes = os.cpu_count() or 1
    with shared(processes) as share:
        pooled = timed(lambda: list(share(partial(a_part, base), parts))).passed
    print(
        f"1,000 draws allocated again / one allocation, {processes} processes: {1000 * pooled / count / one.passed:.0f}"
    )


def a_part(base: Ground, part: tuple[int, int]) -> Draws:
    return draw_range(base, "weights", 20, 1, *part)


def main() -> None:
    base = ground()
    ranking(base)
    allocating(base, int(sys.argv[1]) if len(sys.argv) > 1 else 100)


if __name__ == "__main__":
    main()
