"""How far awards rest on single marks and weights, as text and as a document for machines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import isqrt

from evaluator.records.english import count_of
from evaluator.records.numbers import fixed, ratio_text, up_to_places
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.robustness import Crossing, Draws, Place, Robustness, Standing, Tally
from evaluator.reporting.shared.pages import HeadedPage, about, render
from evaluator.reporting.shared.share_pictures import ShareRow, ShareRows, share_rows
from evaluator.reporting.studies.evaluators_left_out import (
    NORMALISED,
    NORMALISED_STANDS,
    WithoutLine,
    about_averages,
    averages_document,
    averages_texts,
    normalised_document,
    normalised_lines,
    turned,
    without_lines,
)
from evaluator.reporting.studies.swapped_methods import (
    SWAPPED,
    MethodLine,
    SwapLine,
    method_lines,
    named,
    swap_lines,
    swap_texts,
    swaps_document,
)

Stand = Callable[[Draws, Tally], Standing]
Where = Callable[[Robustness, str], Place]
PLACES: tuple[Place, ...] = ("core", "borderline", "exterior")
DRAWN = 20  # bids of the picture; the table has all
SHOWN_CROSSINGS = 20
LIMITS = (
    "A share is a share of made-up small changes, not a chance that a decision is right.",
    "Nothing here changes a mark, a score or an award.",
)
FLIPS = {
    "weights": "the weights",
    "one_mark": "single marks",
    "evaluators": "which evaluator's mark counts",
    "resampled": "how far its evaluators lie from the marks that count",
}
WORDS = {
    "weights": "Weights moved by up to {points} points",
    "one_mark": "One answer of each bid a mark higher or lower",
    "evaluators": "Marks drawn among those that the evaluators gave",
    "resampled": "Marks resampled within evaluators, by how far each differs from the marks that count",
}


def robustness_document(study: Robustness, stand: Stand, where: Where) -> dict[str, object]:
    """Give the study as JSON values; ``stand`` and ``where`` say how a bid stands in one kind of draw and over all."""
    return {
        "schema": "robustness/1",
        "points": fixed(study.tenths, 1),
        "not_asked": list(study.left_out),
        "price_methods": swaps_document(study),
        "averages": averages_document(study),
        **({"normalised": normalised_document(study)} if study.normalised else {}),
        "stay": None if (stay := staying(study)) is None else asdict(stay),
        "draws": [_document(draws, stand) for draws in study.draws],
        "bids": {bid: where(study, bid) for bid in _bids(study)},
        "crossings": [
            {**asdict(one), "published": ratio_text(one.published), "weight": ratio_text(one.weight)}
            for one in study.crossings
        ],
    }


@dataclass(frozen=True)
class Staying:
    """How many of the awarded bids stay in a draw on average, to the nearest bid, and from where to where that may lie.

    The range is that of the average, at two standard errors of the draws that were made; it narrows as there are more.
    """

    draws: int
    average: int
    least: int
    most: int


def staying(study: Robustness) -> Staying | None:
    """Work out how many awarded bids stay when marks or weights are a little different; None where no draw says so.

    The average of a draw moves little with the seed, where the number of bids that stay every time falls with each
    further draw.
    """
    kept = [number for draws in study.draws for number in draws.kept]
    if not kept:
        return None
    count, total = len(kept), sum(kept)
    spread = sum((count * one - total) ** 2 for one in kept)  # the sum of squares around the average, times count²
    squared = Fraction(4 * spread, count**3 * max(1, count - 1))  # two standard errors, squared
    average = Fraction(total, count)
    error = Fraction(isqrt(int(squared * 10**6)) + 1, 1000) if spread else Fraction(0)
    least, most = max(Fraction(0), average - error), min(Fraction(len(study.awarded)), average + error)
    return Staying(count, (2 * total + count) // (2 * count), int(least), -int(-most // 1))


def stay_words(study: Robustness) -> str:
    """Say how many awarded bids stay, as far as the draws tell."""
    stay = staying(study)
    if stay is None:
        return "No draw was decided, so nothing is said of how many awards would stay."
    ranged = (
        f" ({stay.least} to {stay.most}, as far as {stay.draws:,} draws can tell)" if stay.least < stay.most else ""
    )
    return (
        f"With weights or marks a little different, {stay.average} of {len(study.awarded):,} awards stay on average"
        f"{ranged}."
    )


def _document(draws: Draws, stand: Stand) -> dict[str, object]:
    return {
        "kind": draws.kind,
        "seed": draws.seed,
        "start": draws.start,
        "stop": draws.stop,
        "decided": draws.decided,
        "kept": list(draws.kept),
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
    yield stay_words(study)
    for draws in study.draws:
        words = WORDS[draws.kind].format(points=fixed(study.tenths, 1))
        yield f"{words}: {draws.stop - draws.start} draws, seed {draws.seed}, {draws.decided} of them decided."
        for name in ("secure", "out"):
            bids = [one.bid for one in draws.tallies if stand(draws, one) == name]
            yield f"  {name} ({len(bids)}): {', '.join(sorted(bids)) or 'none'}"
        marginal = [one for one in draws.tallies if stand(draws, one) == "marginal"]
        for one in sorted(marginal, key=lambda one: (-one.funded, one.bid)):
            yield f"  marginal: {one.bid} ({one.theme}), funded in {_share(one, draws)}, rank {one.best} to {one.worst}"
    for name in PLACES:
        bids = [bid for bid in _bids(study) if where(study, bid) == name]
        yield f"Over all draws, {name} ({len(bids)}): {', '.join(bids) or 'none'}"
    if study.crossings:
        yield "Weights at which a bid that is not funded draws level with one that is, or a funded one falls level:"
    for crossing in nearest(study)[:SHOWN_CROSSINGS]:
        yield f"  {crossing_words(crossing)}"
    if len(study.crossings) > SHOWN_CROSSINGS:
        yield f"  ... and {len(study.crossings) - SHOWN_CROSSINGS} more; --json and the page give all."
    yield from swap_texts(study)
    yield from averages_texts(study)
    yield from study.left_out


def nearest(study: Robustness) -> list[Crossing]:
    """Put the crossings that lie nearest to the published weights first."""
    return sorted(
        study.crossings, key=lambda one: (abs(one.weight - one.published), one.theme, one.leaf, one.ahead, one.behind)
    )


def crossing_words(one: Crossing) -> str:
    """Say at which weight two bids are level, rounded for the eye; the JSON document has it exactly."""
    weight, published = (up_to_places(value, 3) for value in (one.weight, one.published))
    level = f"{one.behind} draws level with {one.ahead}"
    return f"{one.theme}: {level} where {one.leaf} weighs {weight} (published: {published})"


@dataclass(frozen=True)
class BidLine:
    """One bid over all draws, in the words of a table."""

    bid: str
    theme: str
    awarded: bool
    place: Place
    ranks: str
    shares: tuple[str, ...]
    funded: Fraction  # share of all decided draws
    times: str
    flips: str


def bid_lines(study: Robustness, stand: Stand, where: Where) -> list[BidLine]:
    """Give a line for every bid: those that are funded in some draws first, then by share."""
    lines = [_bid_line(study, stand, where, bid) for bid in _bids(study)]
    order = {"borderline": 0, "core": 1, "exterior": 2}
    return sorted(lines, key=lambda one: (order[one.place], -one.funded, one.bid))


def _bid_line(study: Robustness, stand: Stand, where: Where, bid: str) -> BidLine:
    own = [(draws, one) for draws in study.draws for one in draws.tallies if one.bid == bid]
    best = [one.best for _, one in own if one.best is not None]
    worst = [one.worst for _, one in own if one.worst is not None]
    decided = sum(draws.decided for draws, _ in own)
    flips = [FLIPS[draws.kind] for draws, one in own if stand(draws, one) == "marginal"]
    return BidLine(
        bid,
        own[0][1].theme,
        bid in study.awarded,
        where(study, bid),
        f"{min(best)} to {max(worst)}" if best and worst else "not ranked",
        tuple(_times(one, draws) for draws, one in own),
        Fraction(sum(one.funded for _, one in own), decided) if decided else Fraction(0),
        f"{sum(one.funded for _, one in own):,} of {decided:,}",
        ", ".join(flips) or "nothing that was tried",
    )


def _times(one: Tally, draws: Draws) -> str:
    return f"{one.funded:,} of {draws.decided:,}" if draws.decided else "–"


@dataclass(frozen=True, kw_only=True)
class RobustnessSection:
    """What ``robustness.html`` of the templates shows, on a page of its own or within the award report.

    ``chart`` is for borderline bids, ``lines`` for all that ``caption`` names; ``kinds`` names the columns of shares
    and ``asked`` says how often each was drawn; ``limits`` are the sentences that must stand beside them.
    """

    stay: str
    chart: ShareRows
    caption: str
    lines: Sequence[BidLine]
    kinds: Sequence[str]
    asked: Sequence[str]
    counts: Mapping[Place, int]
    crossings: Sequence[str]
    points: str
    swapped: str
    methods: Sequence[str]
    method_lines: Sequence[MethodLine]
    swap_lines: Sequence[SwapLine]
    averages: str
    stands: str
    without: Sequence[WithoutLine]
    normalised: str
    normalised_stands: str
    normalised_lines: Sequence[WithoutLine]
    turned: Sequence[tuple[str, tuple[str, ...]]]
    limits: Sequence[str]


def robustness_section(study: Robustness, stand: Stand, where: Where) -> RobustnessSection:
    """Give what a page shows of the study; every bid has its line."""
    lines = bid_lines(study, stand, where)
    points = fixed(study.tenths, 1)
    return RobustnessSection(
        stay=stay_words(study),
        chart=borderline_chart([one for one in lines if one.place == "borderline"]),
        caption="Every bid over all draws",
        lines=lines,
        kinds=[WORDS[draws.kind].format(points=points) for draws in study.draws],
        asked=[
            f"{draws.stop - draws.start} draws, seed {draws.seed}, {draws.decided} decided" for draws in study.draws
        ],
        counts={place: sum(one.place == place for one in lines) for place in PLACES},
        crossings=[crossing_words(one) for one in nearest(study)],
        points=points,
        swapped=SWAPPED,
        methods=[named(swap) for swap in study.swaps],
        method_lines=method_lines(study),
        swap_lines=swap_lines(study),
        averages=about_averages(study)[0],
        stands=about_averages(study)[1],
        without=without_lines(study),
        normalised=NORMALISED,
        normalised_stands=NORMALISED_STANDS.format(study.made_by),
        normalised_lines=normalised_lines(study),
        turned=turned(study),
        limits=(*LIMITS, *study.left_out),
    )


def borderline_chart(borderline: Sequence[BidLine]) -> ShareRows:
    """Draw how often the bids whose decision is least firm are funded, the least firm first."""
    rows = [
        ShareRow(f"{one.bid} ({one.theme})", f"{'' if one.awarded else 'not '}recommended, {one.times}", now=one.funded)
        for one in sorted(borderline, key=lambda one: abs(one.funded - Fraction(1, 2)))[:DRAWN]
    ]
    against = sum(one.awarded is (one.funded < Fraction(1, 2)) for one in borderline)
    bids = count_of(against, "borderline bid is", "borderline bids are")
    title = f"{bids} decided against what most draws give" if against else "Most draws give what is recommended"
    return share_rows("robustness", title, rows)


@dataclass(frozen=True, kw_only=True)
class RobustnessPage(HeadedPage):
    """The study on a page of its own."""

    template = "study_robustness.html"
    robustness: RobustnessSection


def robustness_html(study: Robustness, stand: Stand, where: Where, outcome: Outcome) -> str:
    """Write the study as a page of its own."""
    return render(RobustnessPage(about=about(outcome), robustness=robustness_section(study, stand, where)))


def _share(one: Tally, draws: Draws) -> str:
    if not draws.decided:
        return "none, for no draw was decided,"
    return f"{one.funded:,} of {draws.decided:,}"


def _bids(study: Robustness) -> list[str]:
    return sorted({one.bid for draws in study.draws for one in draws.tallies})
