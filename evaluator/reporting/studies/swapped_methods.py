"""Price methods swapped, for the robustness study: what each other method would have come to, in lines and tables."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from evaluator.records.english import count_of
from evaluator.records.results.studies.robustness import Robustness, Swap

SWAPPED = "Price method swapped, all parameters as published or by default; only the published method counts"


@dataclass(frozen=True)
class MethodLine:
    """One method beside the published one: which awards come and go, in words."""

    method: str
    awards: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class SwapLine:
    """One bid under every method, the published one first: rank and whether it is funded, and under how many it is."""

    bid: str
    theme: str
    cells: tuple[str, ...]
    funded: str


def named(swap: Swap) -> str:
    """Give a method's name as people write it."""
    return swap.method.replace("_", " ")


def method_lines(study: Robustness) -> list[MethodLine]:
    """List each other method with the awards that it would add and take away."""
    return [_method(study, swap) for swap in study.swaps[1:]]


def _method(study: Robustness, swap: Swap) -> MethodLine:
    gained = tuple(bid for bid in swap.funded if bid not in study.awarded)
    lost = tuple(bid for bid in sorted(study.awarded) if bid not in swap.funded)
    if not swap.decided:
        return MethodLine(named(swap), "–", (), (), swap.note)
    return MethodLine(named(swap), f"{len(swap.funded):,}", gained, lost, "" if gained or lost else "the same awards")


def swap_lines(study: Robustness) -> list[SwapLine]:
    """Give each bid's rank and fate under every method, by theme and bid."""
    decided = [swap for swap in study.swaps if swap.decided]
    ranks = [{bid: rank for _, bid, rank in swap.ranks} for swap in study.swaps]
    bids = sorted({(theme, bid) for swap in study.swaps for theme, bid, _ in swap.ranks})
    return [
        SwapLine(
            bid,
            theme,
            tuple(_cell(swap, its.get(bid, 0), bid) for swap, its in zip(study.swaps, ranks, strict=True)),
            f"{sum(bid in swap.funded for swap in decided)} of {len(decided)}",
        )
        for theme, bid in bids
    ]


def _cell(swap: Swap, rank: int, bid: str) -> str:
    place = str(rank) if rank else "not ranked"
    return f"{place}, funded" if bid in swap.funded else place


def swap_texts(study: Robustness) -> Iterator[str]:
    """Say in a line for each other method what it would change."""
    if len(study.swaps) > 1:
        yield f"{SWAPPED}:"
    for line in method_lines(study):
        if line.note:
            yield f"  {line.method}: {line.note}"
            continue
        came, went = count_of(len(line.gained), "other bid"), count_of(len(line.lost), "award")
        named_in = f"{came} funded ({', '.join(line.gained) or 'none'})"
        yield f"  {line.method}: {named_in}, {went} lost ({', '.join(line.lost) or 'none'})"


def swaps_document(study: Robustness) -> list[dict[str, object]]:
    """Give every method as JSON values, the published one first."""
    return [
        {
            **asdict(swap),
            "ranks": [{"theme": theme, "bid": bid, "rank": rank or None} for theme, bid, rank in swap.ranks],
            "funded": list(swap.funded),
        }
        for swap in study.swaps
    ]
