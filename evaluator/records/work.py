"""What a long job is given: a way to report its progress, and a way to share parts out among processes."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")
Made = TypeVar("Made")

ReportProgress = Callable[[str], None]  # given one sentence each time the work has come further


class Share(Protocol):
    """What applies a function to every one of some parts, in their order: ``map``, or that of a pool of processes."""

    def __call__(self, work: Callable[[P], R], parts: Iterable[P], /) -> Iterable[R]:
        """Apply the work to the parts."""


class Once(Protocol):
    """What gives a result that came of the same before, or lets it be made: an empty memory lets everything be made."""

    def __call__(self, what: str, of: object, kind: type[Made], make: Callable[[], Made]) -> Made:
        """Give the result of ``what``, a record of a kind, which follows from the records ``of`` and nothing else."""


def made_now(what: str, of: object, kind: type[Made], make: Callable[[], Made]) -> Made:  # noqa: ARG001
    """Make it: nothing is remembered."""
    return make()


@contextmanager
def without_searches() -> Iterator[None]:
    """Let Python not search for circles of records again and again while many are made: there are hardly any."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
