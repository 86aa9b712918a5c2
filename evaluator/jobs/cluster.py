"""Work for a Dask cluster, near or far: in the order of the parts, or as each is done, whichever worker is lost.

Workers need this evaluator installed. A part whose worker is lost is done again by another; one at which worker after
worker is lost is told of, and stops nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from logging import CRITICAL
from typing import Any

from evaluator.records.work import Share

PATIENCE = 5  # seconds after which one looks whether any worker is left
PATIENT = 12  # such looks in a row without a worker: one that was lost may be on its way back
AHEAD = 3  # parts for each thread that are handed out before their turn: none waits, and few are held anywhere
EXTRA = "needs the extra: pip install bid-evaluator[cluster]."


class NoClusterError(Exception):
    """There is no cluster to share the work with, or what talks to one is not installed."""


class LostClusterError(Exception):
    """The scheduler of a cluster or its workers were lost while the work went on."""


@contextmanager
def clustered(address: str) -> Iterator[Share]:
    """Give a ``map`` over the workers of a Dask cluster.

    Raises
    ------
    NoClusterError
        When no scheduler answers at the address, or ``distributed`` is not installed.
    LostClusterError
        When the scheduler, or every worker, is lost before all is done.
    """
    with _client(address) as client:

        def mapped(work: Callable[[Any], Any], parts: Any) -> Iterator[Any]:
            with _naming_what_is_lost(address):
                every = list(parts)
                held = client.scatter(work, broadcast=True)  # what all parts need goes to each worker once
                futures = client.map(_done, [held] * len(every), every, pure=False)
                for future in futures:
                    yield _waited_for(future, client)

        yield mapped


@contextmanager
def as_done(address: str, workers: int) -> Iterator[Callable[..., Iterator[tuple[Any, Any]]]]:
    """Give a ``map`` that tells of each part as soon as it is done: the part, and what it came to.

    What it came to is an exception where worker after worker was lost at it. No more parts are handed out than the
    workers have at hand, however many there are.

    Parameters
    ----------
    address : of a scheduler; empty: processes of this machine, ``workers`` of them.

    Raises
    ------
    NoClusterError, LostClusterError
        As ``clustered``.
    """
    with _local(workers) if not address else _client(address) as client:

        def told(work: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
            with _naming_what_is_lost(address or "this machine"):
                yield from _as_they_come(client, work, iter(parts))

        yield told


def _done(work: Callable[[Any], Any], part: Any) -> Any:
    """Do work for a part, where both have come to a worker."""
    return work(part)


def _as_they_come(client: Any, work: Callable[[Any], Any], parts: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    from distributed import CancelledError, KilledWorker, wait

    handed: dict[Any, Any] = {}
    empty = 0
    while True:
        room = AHEAD * max(1, sum(client.nthreads().values())) - len(handed)
        handed |= {client.submit(work, part, pure=False): part for part in islice(parts, max(0, room))}
        if not handed:
            return
        with suppress(TimeoutError), client.as_current():
            wait(list(handed), timeout=PATIENCE, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
        for future in [one for one in handed if one.done()]:
            part = handed.pop(future)
            try:
                yield part, future.result()
            except (KilledWorker, MemoryError) as lost:
                yield part, lost
            except CancelledError:
                raise LostClusterError("its scheduler was lost") from None
        empty = 0 if client.nthreads() else empty + 1
        if empty > PATIENT:
            raise LostClusterError("its last worker was lost")


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        raise NoClusterError(f"--cluster {EXTRA}") from None
    try:
        client: Any = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise NoClusterError(f"There is no Dask scheduler at {address} ({error}).") from None
    try:
        yield client
    finally:
        with suppress(LostClusterError), _naming_what_is_lost(address):
            client.close()


@contextmanager
def _local(workers: int) -> Iterator[Any]:
    """Open a cluster of this machine's own processes, which ends with the work."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise NoClusterError(f"This {EXTRA}") from None
    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
            silence_logs=CRITICAL,  # what matters is told by us
        ) as cluster,
        Client(cluster, set_as_default=False) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


def _waited_for(future: Any, client: Any) -> Any:
    """Wait for what a worker gives back; a scheduler without workers would let us wait for ever."""
    from distributed import CancelledError

    while True:
        try:
            return future.result(timeout=PATIENCE)
        except (TimeoutError, CancelledError) as cause:  # what all parts need is cancelled with the last that held it
            if not client.nthreads():
                raise LostClusterError("its last worker was lost") from None
            if isinstance(cause, CancelledError):
                raise


@contextmanager
def _naming_what_is_lost(address: str) -> Iterator[None]:
    """Say which scheduler or worker was lost, instead of what it was that noticed it."""
    try:
        from distributed import CancelledError, KilledWorker
    except ImportError:
        raise NoClusterError(f"--cluster {EXTRA}") from None
    try:
        yield
    except LostClusterError as lost:
        raise LostClusterError(f"The Dask scheduler at {address} goes on, but {lost}") from None
    except KilledWorker as killed:
        worker = getattr(killed.last_worker, "address", killed.last_worker)
        raise LostClusterError(
            f"The Dask worker at {worker} was lost, and others before it, at the same work"
        ) from None
    except (CancelledError, OSError):
        raise LostClusterError(f"The Dask scheduler at {address} was lost") from None
