"""The people served, by what the bids themselves say: wards and groups, and those left with nothing."""

from collections.abc import Callable, Iterable, Mapping

from evaluator.records.equality import Coverage
from evaluator.records.evaluation import Bid


def coverage(
    bids: Iterable[Bid], awarded: Mapping[str, int], served: Callable[[Bid], tuple[str, ...]]
) -> tuple[Coverage, ...]:
    """Count the bids and awards for each ward or group that any bid names, by name.

    Parameters
    ----------
    bids : all bids received.
    awarded : pence of each funded bid by its id.
    served : gives the names that a bid serves.

    Returns
    -------
    one record for each name. A bid for several is counted in each, and its whole award with it.
    """
    by_name: dict[str, list[tuple[Bid, bool]]] = {}
    for bid in bids:
        names = sorted(set(served(bid)))
        for name in names:
            by_name.setdefault(name, []).append((bid, len(names) == 1))
    return tuple(_count(name, by_name[name], awarded) for name in sorted(by_name))


def _count(name: str, bids: list[tuple[Bid, bool]], awarded: Mapping[str, int]) -> Coverage:
    funded = [(bid, only) for bid, only in bids if bid.id in awarded]
    return Coverage(
        name=name,
        bids=len(bids),
        bids_only=sum(only for _, only in bids),
        awards=len(funded),
        awards_only=sum(only for _, only in funded),
        money=sum(awarded[bid.id] for bid, _ in funded),
    )
