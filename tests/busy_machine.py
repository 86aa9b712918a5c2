"""A machine that is busy, and searches that may take little work: for tests of what must not depend on time."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from evaluator.records.programme import allocation_policy
from evaluator.records.programme.allocation_policy import SearchLimits

LOOPS = 6


def limit_work(monkeypatch: pytest.MonkeyPatch, nodes: int, iterations: int = 10**9, second: int = 100) -> None:
    """Let every search take so much work and no more."""
    monkeypatch.setattr(allocation_policy, "SEARCH_LIMITS", (SearchLimits(None, nodes, iterations, second),))


@contextmanager
def busy_machine() -> Iterator[None]:
    """Keep six loops running beside what is done."""
    loops = [multiprocessing.get_context("spawn").Process(target=_turn, daemon=True) for _ in range(LOOPS)]
    for loop in loops:
        loop.start()
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.join()


def _turn() -> None:
    while True:
        pass
