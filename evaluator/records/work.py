"""What a long job is given: a way to report its progress, and a way to share parts out among processes."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")

ReportProgress = Callable[[str], None]  # given one sentence each time the work has come further


class Share(Protocol):
    """What applies a function to every one of some parts, in their order: ``map``, or that of a pool of processes."""

    def __call__(self, work: Callable[[P], R], parts: Iterable[P], /) -> Iterable[R]:
        """Apply the work to the parts."""
