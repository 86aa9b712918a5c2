"""How far awards rest on single marks and weights, as text and as a document for machines."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from evaluator.records.numbers import fixed, rounded
from evaluator.records.robustness import Draws, Place, Robustness, Standing, Tally

Stand = Callable[[Draws, Tally], Standing]
Where = Callable[[Robustness, str], Place]
WORDS = {
    "weights": "Weights moved by up to {points} points",
    "one_mark": "One answer of each bid a mark higher or lower",
    "evaluators": "Marks drawn among those that the evaluators gave",
}


def robustness_document(study: Robustness, stand: Stand, where: Where) -> dict[str, object]:
    """Give the study as JSON values; ``stand`` and ``where`` say how a bid stands in one kind of draw and over all."""
    return {
        "schema": "robustness/1",
        "points": fixed(study.tenths, 1),
        "not_asked": list(study.left_out),
        "draws": [_document(draws, stand) for draws in study.draws],
        "bids": {bid: where(study, bid) for bid in _bids(study)},
    }


def _document(draws: Draws, stand: Stand) -> dict[str, object]:
    return {
        "kind": draws.kind,
        "seed": draws.seed,
        "start": draws.start,
        "stop": draws.stop,
        "decided": draws.decided,
        "bids": [
            {
                "bid": one.bid,
                "theme": one.theme,
                "best_rank": one.best,
                "worst_rank": one.worst,
                "ranked": one.ranked,
                "funded": one.funded,
                "standing": stand(draws, one),
            }
            for one in draws.tallies
        ],
    }


def robustness_text(study: Robustness, stand: Stand, where: Where) -> str:
    """Say which awards rest on what; secure and hopeless bids in one line each, the marginal ones a line a bid."""
    return "\n".join(_lines(study, stand, where))


def _lines(study: Robustness, stand: Stand, where: Where) -> Iterator[str]:
    for draws in study.draws:
        words = WORDS[draws.kind].format(points=fixed(study.tenths, 1))
        yield f"{words}: {draws.stop - draws.start} draws, seed {draws.seed}, {draws.decided} of them decided."
        for name in ("secure", "out"):
            bids = [one.bid for one in draws.tallies if stand(draws, one) == name]
            yield f"  {name} ({len(bids)}): {', '.join(sorted(bids)) or 'none'}"
        marginal = [one for one in draws.tallies if stand(draws, one) == "marginal"]
        for one in sorted(marginal, key=lambda one: (-one.funded, one.bid)):
            yield f"  marginal: {one.bid} ({one.theme}), funded in {_share(one, draws)}, rank {one.best} to {one.worst}"
    for name in ("core", "borderline", "exterior"):
        bids = [bid for bid in _bids(study) if where(study, bid) == name]
        yield f"Over all draws, {name} ({len(bids)}): {', '.join(bids) or 'none'}"
    yield from study.left_out


def _share(one: Tally, draws: Draws) -> str:
    if not draws.decided:
        return "none, for no draw was decided,"
    return f"{fixed(rounded(Fraction(100 * one.funded, draws.decided), 0), 0)} % of the draws"


def _bids(study: Robustness) -> list[str]:
    return sorted({one.bid for draws in study.draws for one in draws.tallies})
