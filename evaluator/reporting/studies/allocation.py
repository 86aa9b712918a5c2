"""An allocation as a document for machines and as a short summary for the terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.records.numbers import fixed, pounds, ratio_decimal
from evaluator.records.programme.allocation_policy import OBJECTIVES
from evaluator.records.results.allocation import (
    Allocation,
    Award,
    ChoiceMade,
    MethodResult,
    PassedOver,
    Refusal,
    Reserve,
    Stage,
)
from evaluator.reporting.studies.equal_shares import equal_shares_document, equal_shares_lines

SCHEMA = "allocation/1"
SHOWN_TIES, SHOWN_BIDS = 5, 20
Titles = Mapping[str, str]  # of themes, by their ids
NO_TITLES: Titles = MappingProxyType({})


def allocation_document(allocation: Allocation) -> dict[str, object]:
    """Give the allocation as JSON values: numbers of points and pounds are exact decimal texts.

    ``tied`` lists every set of awards that the published objectives and tie-breaks leave equal, the recommended one
    first; ``tied_complete`` is false when there may be more. ``rules`` are the checks made without a solver.
    """
    return {
        "schema": SCHEMA,
        "status": allocation.status,
        "total_score": ratio_decimal(allocation.total_score, allocation.score_unit),
        "upper_bound": ratio_decimal(allocation.upper_bound, allocation.score_unit),
        "cost": fixed(allocation.cost, 2),
        "awards": _awards(allocation),
        "not_awarded": [_refusal(refusal) for refusal in allocation.not_awarded],
        "tied_allocations": len(allocation.tied),
        "tied_complete": allocation.tied_complete,
        "tied": [list(bids) for bids in allocation.tied],
        "conflict": list(allocation.conflict),
        "repairs": [asdict(repair) for repair in allocation.repairs],
        "least_cost": None if allocation.least_cost is None else asdict(allocation.least_cost),
        "reserve": [_reserve(allocation, one) for one in allocation.reserve],
        "draw": None if allocation.draw is None else asdict(allocation.draw),
        "certain_in": list(allocation.certain_in),
        "certain_out": list(allocation.certain_out),
        **({} if allocation.shares is None else {"equal_shares": equal_shares_document(allocation.shares)}),
        "rules": [asdict(check) for check in allocation.checks],
        "proof": proof_document(allocation),
        "methods": [_method(allocation, one) for one in allocation.methods],
        "passed_over": [_passed_over(allocation, one) for one in allocation.passed_over],
        **({} if allocation.choice is None else {"choice": _choice(allocation.choice)}),
    }


def _refusal(refusal: Refusal) -> Json:
    """Give a refusal with its sentence; the limits that only its letter lists follow from the awards."""
    return {"bid": refusal.bid, "theme": refusal.theme, "reason": refusal.reason, "explanation": refusal.explanation}


def _method(allocation: Allocation, one: MethodResult) -> dict[str, object]:
    """Give a method beside the published one; without a set there are no figures, only the note that says why."""
    figures = {
        "total_score": ratio_decimal(one.score, allocation.score_unit),
        "cost": fixed(one.cost, 2),
        "awards": one.awards,
        "wards_covered": one.wards,
        "gained": list(one.gained),
        "lost": list(one.lost),
    }
    known = figures if one.decided else dict.fromkeys(figures)
    return {"method": one.method, "published": one.published, **known, "note": one.note}


def _choice(choice: ChoiceMade) -> dict[str, object]:
    """Give what people chose, what it changed, and the whole of what the method alone came to."""
    return {
        "chosen": [asdict(one) for one in choice.chosen],
        "gained": list(choice.gained),
        "lost": list(choice.lost),
        "over_first": [
            {"theme": one.theme, "first": list(one.first), "instead": list(one.instead)} for one in choice.over_first
        ],
        "by_rank": allocation_document(choice.by_rank),
    }


def _reserve(allocation: Allocation, one: Reserve) -> dict[str, object]:
    return asdict(one) | {"score": ratio_decimal(one.score, allocation.score_unit)}


def _passed_over(allocation: Allocation, one: PassedOver) -> dict[str, object]:
    return {
        "bid": one.bid,
        "theme": one.theme,
        "score": ratio_decimal(one.score, allocation.score_unit),
        "cost": fixed(one.cost, 2),
        "outscored": list(one.outscored),
        "why": one.why,
    }


def _awards(allocation: Allocation) -> list[dict[str, object]]:
    return [
        {
            "bid": award.bid,
            "theme": award.theme,
            "level": award.level,
            "amount": fixed(award.amount, 2),
            "by_year": {year: fixed(amount, 2) for year, amount in zip(allocation.years, award.by_year, strict=False)},
            **({"leftovers": True} if award.leftovers else {}),
            **({"payments": _payments(award)} if award.payments else {}),
        }
        for award in allocation.awards
    ]


def _payments(award: Award) -> list[dict[str, str]]:
    return [{"when": when, "amount": fixed(pence, 2)} for when, pence in award.payments]


def proof_document(allocation: Allocation) -> dict[str, object]:
    """Give what the claim rests on, without the model's text and the single solves."""
    proof = allocation.proof
    return {
        "method": proof.method,
        "solver": proof.solver,
        "settings": proof.settings,
        "stages": [
            {
                "objective": stage.objective,
                "value": _amount(allocation, stage, stage.value),
                "bound": None if stage.bound is None else _amount(allocation, stage, stage.bound),
                "proven": stage.proven,
            }
            for stage in proof.stages
        ],
        "second_opinion": proof.second_opinion,
        "enumeration": proof.enumeration,
        "limits": None if proof.limits is None else asdict(proof.limits),
        "known_faults": {"looked_for": list(proof.looked_for), "found": list(proof.faults)},
    }


def _amount(allocation: Allocation, stage: Stage, value: int) -> str:
    """Write a stage's value in the unit that people use for it: points, pounds or a count."""
    counts = OBJECTIVES[stage.objective].counts
    if counts == "score":
        return ratio_decimal(value, allocation.score_unit)
    return fixed(value, 2) if counts == "money" else str(value)


def allocation_text(allocation: Allocation, titles: Titles = NO_TITLES) -> str:
    """Say in a few lines what was decided, how far it is proven, and what people still have to choose.

    Themes go by their ``titles``; by their ids where there are none, as in a file of candidates.
    """
    return "\n".join(_lines(allocation, titles))


def _lines(allocation: Allocation, titles: Titles) -> Iterator[str]:
    if allocation.status == "infeasible":
        yield f"No award is recommended. {_conflict(allocation)}"
        yield from _repairs(allocation)
        yield from _least_cost(allocation)
        yield "Change one of them and run again; the choice is for people to make."
    elif allocation.status == "not_proven":
        yield from _open(allocation)
    else:
        yield _decided(allocation)
        yield _standing(allocation)
        yield from _by_theme(allocation, titles)
        yield from () if allocation.shares is None else equal_shares_lines(allocation.shares)
        yield from _ties(allocation)
        yield from _waiting(allocation, titles)
    proof = allocation.proof
    yield from filter(None, (proof.second_opinion, proof.enumeration, proof.known_faults if proof.faults else ""))
    if allocation.status != "not_proven":
        yield from _methods(allocation)


def _repairs(allocation: Allocation) -> Iterator[str]:
    """Say what of one rule alone would be enough."""
    if allocation.repairs:
        yield "Any one of these would let all the other rules hold, and with any less of it they could not:"
    elif not allocation.by_list:
        yield "No change of one rule alone was found that would let all the others hold."
    for one in allocation.repairs:
        change = f"{one.key} {one.repaired} instead of {one.published}" if one.key else one.repaired
        yield f"  {one.rule}: {change}"


def _least_cost(allocation: Allocation) -> Iterator[str]:
    """Say what would be cheapest by the published costs, or else which rules are the fewest to leave out."""
    found = allocation.least_cost
    if found is None or not found.changes:
        return
    changes = [f"{one.rule} {f'{one.key} {one.repaired}' if one.key else one.repaired}" for one in found.changes]
    if found.published:
        yield f"At the least published cost, {found.cost}, together: {', '.join(changes)}."
    else:
        yield f"What gives way is not published. The fewest rules to leave out, together: {', '.join(changes)}."


def _methods(allocation: Allocation) -> Iterator[str]:
    """Say what each other method would have come to, a line each."""
    for one in allocation.methods:
        if one.published:
            continue
        if not one.decided:
            yield f"By {one.method.replace('_', ' ')}: {one.note}"
            continue
        score = ratio_decimal(one.score, allocation.score_unit)
        gained, lost = count_of(len(one.gained), "other"), f"{len(one.lost)} of these not"
        differs = f"{gained}, {lost}" if one.gained or one.lost else "the same"
        awards = f"{count_of(one.awards, 'award')} of {pounds(one.cost)} with a total score of {score}"
        words = f"By {one.method.replace('_', ' ')}: {awards} ({differs})."
        yield f"{words} {one.note}".rstrip()


def _conflict(allocation: Allocation) -> str:
    rules = " and ".join(allocation.conflict)
    if allocation.by_list:
        return f"The published order does not meet {rules}."
    return f"These rules cannot hold together: {rules}." if len(allocation.conflict) > 1 else f"{rules} cannot be met."


def _decided(allocation: Allocation) -> str:
    score = ratio_decimal(allocation.total_score, allocation.score_unit)
    awards = count_of(len(allocation.awards), "award", separator="")
    return f"{awards} of {pounds(allocation.cost)} in all, with a total score of {score}."


def _gain(allocation: Allocation) -> str:
    """Say how much better another set could be."""
    most, found = (ratio_decimal(n, allocation.score_unit) for n in (allocation.upper_bound, allocation.total_score))
    if not allocation.tied:
        return f"No set of awards that keeps every rule was found in the time; none has a total score above {most}."
    known = f"The best set of awards found has a total score of {found}"
    gain = ratio_decimal(allocation.upper_bound - allocation.total_score, allocation.score_unit)
    if allocation.upper_bound == allocation.total_score:
        return f"{known}; none as good by the objectives before scores more, and which is best by those after is open."
    return f"{known}; another could score up to {gain} more."


def _open(allocation: Allocation) -> Iterator[str]:
    """Say what is known where nothing is proven; the set that was found is for the JSON document alone."""
    yield "Not proven within the work that is allowed, so no award is recommended."
    yield _gain(allocation)
    for bids, words in ((allocation.certain_in, "are funded"), (allocation.certain_out, "are not funded")):
        more = f" and {len(bids) - SHOWN_BIDS:,} more (--json lists them)" if len(bids) > SHOWN_BIDS else ""
        named = ", ".join(bids[:SHOWN_BIDS]) or "none is certain"
        yield f"These {words} in any set that is at least as good: {named}{more}."


def _standing(allocation: Allocation) -> str:
    if allocation.shares is not None:
        return "Bought with equal shares of the budget, to the end; the budget was checked again."
    if allocation.choice is not None:
        return "People chose after the ranks, as the report tells, and every rule was checked again on these awards."
    if allocation.by_list:
        return "The published order of priority was followed to its end, and every rule was checked again."
    return "Proven: no other set of awards is better by the published objectives, and every rule was checked again."


def _by_theme(allocation: Allocation, titles: Titles) -> Iterator[str]:
    for theme in sorted({award.theme for award in allocation.awards}):
        awards = [award for award in allocation.awards if award.theme == theme]
        names = ", ".join(f"{award.bid}{'' if award.level == '100%' else f' at {award.level}'}" for award in awards)
        yield f"  {titles.get(theme, theme)}: {pounds(sum(award.amount for award in awards))} to {names}"


def _ties(allocation: Allocation) -> Iterator[str]:
    count = len(allocation.tied)
    if count < 2:
        return
    more = "" if allocation.tied_complete else " or more"
    if allocation.draw is not None:
        seed = allocation.draw.seed
        yield f'Drawn from {count} equal sets with the published seed "{seed}" (--json has every ticket).'
        return
    yield f"The awards above are one of {count}{more} equal sets: nothing published decides, so people choose."
    shared = set.intersection(*(set(bids) for bids in allocation.tied))
    for number, bids in enumerate(allocation.tied[:SHOWN_TIES], 1):
        own = [bid for bid in bids if bid not in shared]
        yield f"  set {number}: {', '.join(own) or 'nothing more'}, beside what all have"
    if count > SHOWN_TIES:
        yield f"  and {count - SHOWN_TIES}{more} further sets (--json lists them)"


def _waiting(allocation: Allocation, titles: Titles) -> Iterator[str]:
    """List who waits, theme by theme, and for what."""
    if allocation.reserve:
        yield "Reserve list:"
    for one in allocation.reserve:
        score = ratio_decimal(one.score, allocation.score_unit)
        yield f"  {titles.get(one.theme, one.theme)} {one.place}: {one.bid}, which scored {score}. {one.needs}"
