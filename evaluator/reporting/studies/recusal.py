"""What a late recusal can change, as text and for machines."""

from collections.abc import Iterator

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text, exact_text, to_places
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.studies.recusal import Came, LateRecusal, Moved, Resting
from evaluator.records.submissions.several_marks import mark_text
from evaluator.records.texts import visible

NOTHING = "No mark rests on it: nothing changes."
WHAT_IT_IS = (
    "Nobody can say what the panel would have agreed. These are the two ends if it agrees again within the others' "
    "marks. The panel now decides on each answer listed, with its reason; until then the recusal is not carried out."
)

STAGES_STAND = (
    "Who went on from each stage is taken as it stands: nobody can say how bids that fell would be marked later."
)


def recusal_text(criteria: Criteria, found: LateRecusal) -> str:
    """Write what rests on the marks, and what can move, as lines for a terminal."""
    return visible("\n".join(_lines(criteria, found)))


def _lines(criteria: Criteria, found: LateRecusal) -> Iterator[str]:
    yield f"{found.evaluator} left out of everything that {found.organisation} offers: {len(found.answers):,} answers."
    if not found.answers:
        yield NOTHING
        return
    for one in found.answers:
        yield f"  {_resting(one)}"
    yield ""
    yield WHAT_IT_IS
    yield from [STAGES_STAND] if criteria.deciding_stages else []
    yield ""
    if not found.moved:
        yield "At both ends every total, rank and award stays as it is."
    for bid in found.moved:
        yield f"  {bid.bid} ({bid.theme}): {_moved(criteria, bid, funding=found.funding)}"
    if found.moved and found.funding:
        turned = [
            one.bid for one in found.moved if len({one.as_agreed.funded, one.lowest.funded, one.highest.funded}) > 1
        ]
        yield ""
        yield f"Awards that can change: {', '.join(turned) or 'none'}."


def _resting(one: Resting) -> str:
    others = ", ".join(f"{who} {decimal_text(mark)}" for who, mark in one.others) or "nobody else"
    outside = "" if not one.outside else "; the mark that counts lies outside the others'"
    enough = "" if one.enough else "; too few others marked it"
    return (
        f"{one.subject} {one.question}: {mark_text(one.counts)} counts; withdrawn {decimal_text(one.withdrawn)}, "
        f"left {others}{outside}{enough}"
    )


def _moved(criteria: Criteria, bid: Moved, *, funding: bool) -> str:
    ends = (("as agreed", bid.as_agreed), ("lowest", bid.lowest), ("highest", bid.highest))
    return "; ".join(f"{name} {_came(criteria, came, funding=funding)}" for name, came in ends)


def _came(criteria: Criteria, came: Came, *, funding: bool) -> str:
    places = criteria.rounding.places
    words = f"{to_places(came.total, places)} points, {f'rank {came.rank}' if came.rank else 'no rank'}"
    return f"{words}, {'funded' if came.funded else 'not funded'}" if funding else words


def recusal_document(criteria: Criteria, found: LateRecusal) -> Json:
    """Give the same for machines; totals are exact."""
    return {
        "schema": "recusal/1",
        **({"stages": STAGES_STAND} if criteria.deciding_stages else {}),
        "evaluator": found.evaluator,
        "organisation": found.organisation,
        "answers": [
            {
                "bid": one.subject,
                "question": one.question,
                "counts": exact_text(one.counts),
                "withdrawn": decimal_text(one.withdrawn),
                "others": {who: decimal_text(mark) for who, mark in one.others},
                "outside": one.outside,
                "enough": one.enough,
            }
            for one in found.answers
        ],
        "moved": [
            {
                "bid": one.bid,
                "theme": one.theme,
                "as_agreed": _document(one.as_agreed, funding=found.funding),
                "lowest": _document(one.lowest, funding=found.funding),
                "highest": _document(one.highest, funding=found.funding),
            }
            for one in found.moved
        ],
    }


def _document(came: Came, *, funding: bool) -> Json:
    result: Json = {"exact_total": str(came.total), "rank": came.rank or None}
    return result | ({"funded": came.funded} if funding else {})
