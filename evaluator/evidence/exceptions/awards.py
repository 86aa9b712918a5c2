"""Awards to look at: agreed above the evaluators' own marks, decided by little, or near to a recusal."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evaluator.evidence.exceptions.look import RECUSED, Answer, Look, Seen, mark, number, place_of
from evaluator.evidence.tables import Row
from evaluator.records.english import listing, short_listing
from evaluator.records.numbers import near_text, to_places

# Of what the questions carry, between the agreed marks and the mean of the marks given: by itself, and where another
# bid would stand before by those means. Agreed marks are whole, so that half of all bids are raised by a little.
RAISED, RAISED_PAST = Fraction(1, 10), Fraction(1, 20)
SHOWN = 8  # cells of one item


def raised_and_won(look: Look) -> Iterator[Seen]:
    """Find awards whose agreed marks lie above what the evaluators gave.

    An award is told of where an agreed mark is above every mark that was given; where the agreed marks give a tenth of
    the questions' weight more than the mean of the marks given does; or a twentieth, and a bid of its theme without an
    award would stand before it by those means.
    """
    every = {bid: dict(_raises(look, bid)) for bids in look.themes.values() for bid in bids}
    sums = {bid: sum(raises.values(), Fraction(0)) for bid, raises in every.items()}
    for bids in look.themes.values():
        for bid in bids:
            raises = every[bid]
            if bid in look.awarded and sums[bid] > 0 and (words := _why(look, bid, raises, sums)):
                by_most = sorted(raises, key=lambda answer: (-raises[answer], answer))
                rows = [look.agreed[answer] for answer in by_most if raises[answer] > 0]
                yield Seen(look.name(bid), words, tuple(map(place_of, rows[:SHOWN])))


def _raises(look: Look, bid: str) -> Iterator[tuple[Answer, Fraction]]:
    """Give by how many points each agreed mark of a bid is above the mean of what the marks given would give."""
    theme = look.scores[bid]["theme"]
    for question, answer in look.answers_of(bid):
        if answer in look.agreed and answer in look.given:
            marks = [look.agreed[answer], *look.given[answer]]
            found = [look.points.get((theme, question["question"], mark(row))) for row in marks]
            points = [one for one in found if one is not None]
            if len(points) == len(marks):
                yield answer, points[0] - sum(points[1:], Fraction(0)) / (len(points) - 1)


def _why(look: Look, bid: str, raises: Mapping[Answer, Fraction], sums: Mapping[str, Fraction]) -> str:
    """Say what is above what; empty where it is nothing to tell."""
    own = sums[bid]
    above = [answer[1] for answer in raises if mark(look.agreed[answer]) > max(map(mark, look.given[answer]))]
    carried = sum(number(question["weight"]) for question, answer in look.answers_of(bid) if answer in raises)
    before = _before_by_means(look, bid, sums) if own >= RAISED_PAST * carried else ""
    if not above and not before and own < RAISED * carried:
        return ""
    told = [f"The agreed marks give {to_places(own, 2)} points more than the mean of the marks given"]
    told += [f"they are above every mark given on {short_listing(above)}"] if above else []
    told += [f"by those means {look.name(before)}, which has no award, would stand before it"] if before else []
    return f"{'; '.join(told)}."


def _before_by_means(look: Look, bid: str, sums: Mapping[str, Fraction]) -> str:
    """Name the bid without an award that would stand before this one by the means and does not now; empty if none."""
    if bid not in look.totals:
        return ""
    others = [one for one in look.themes[look.scores[bid]["theme"]] if one not in look.awarded]
    means = {one: look.totals[one] - sums[one] for one in (bid, *others)}
    turned = [one for one in others if means[one] > means[bid] and look.totals[one] <= look.totals[bid]]
    return max(turned, key=lambda one: (means[one], one), default="")


def won_by_little(look: Look) -> Iterator[Seen]:
    """Find awards whose total is less than the threshold above that of a bid of the theme without an award."""
    for bids in look.themes.values():
        for bid in bids:
            nearest = _nearest(look, bid) if bid in look.awarded else ""
            if nearest and (lead := look.totals[bid] - look.totals[nearest]) < look.thresholds.points:
                words = f"It has {_by(lead)} {look.name(nearest)}, which has no award."
                yield Seen(look.name(bid), words, look.in_register(bid) + look.in_register(nearest))


def _nearest(look: Look, bid: str) -> str:
    """Give the best bid on the other side of the awards that is not better: for an award one without, and back."""
    if bid not in look.totals:
        return ""
    won = bid in look.awarded
    others = [one for one in look.themes[look.scores[bid]["theme"]] if (one in look.awarded) is not won]
    own = look.totals[bid]
    facing = [one for one in others if (look.totals[one] <= own if won else look.totals[one] >= own)]
    return min(facing, key=lambda one: (abs(look.totals[one] - own), one), default="")


def _by(lead: Fraction) -> str:
    return f"{near_text(lead)} points more than" if lead else "the same total as"


def recused_and_close(look: Look) -> Iterator[Seen]:
    """Find bids of organisations from which somebody is recused that are close to the line, on either side of it."""
    for organisation, rows in _recusals(look).items():
        for bid in sorted(bid for bid in look.totals if look.scores[bid]["organisation"] == organisation):
            nearest = _nearest(look, bid)
            gap = abs(look.totals[bid] - look.totals[nearest]) if nearest else look.thresholds.points
            if gap < look.thresholds.points:
                side = "has an award" if bid in look.awarded else "has no award"
                people = listing(sorted({row["evaluator"] for row in rows}))
                words = f"{people} is recused; the bid {side}, {near_text(gap)} points from {look.name(nearest)}."
                yield Seen(look.name(bid), words, tuple(map(place_of, rows)) + look.in_register(bid))


def _recusals(look: Look) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in look.tables["declarations"]:
        if row["action"].casefold() == RECUSED and row["organisation"] != "*":
            found.setdefault(row["organisation"], []).append(row)
    return dict(sorted(found.items()))
