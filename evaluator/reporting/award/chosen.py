"""The final choice as the report, the record and the public edition tell it: by rank beside as chosen, and who lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import pounds
from evaluator.records.results.allocation import Allocation, Award, ChoiceMade, Chosen
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.bid_rows import bid_names
from evaluator.reporting.shared.pages import theme_titles

NOTHING = "–"


@dataclass(frozen=True)
class Beside:
    """One bid whose award differs: what the ranks alone would have given it, and what it was given."""

    bid: str
    theme: str
    rank: int
    by_rank: str
    as_chosen: str


@dataclass(frozen=True)
class FinalChoice:
    """What people chose after the ranks, in sentences, choice by choice, and award beside award."""

    sentences: Sequence[str]
    chosen: Sequence[Chosen]
    beside: Sequence[Beside]


def final_choice(outcome: Outcome) -> FinalChoice | None:
    """Tell the final choice of a run; None where nobody chose."""
    allocation = outcome.allocation
    if allocation is None or allocation.choice is None:
        return None
    choice = allocation.choice
    named = [one for one in choice.chosen if one.reason]
    return FinalChoice(tuple(_sentences(outcome, allocation, choice)), named, tuple(_beside(allocation, choice)))


def over_first_sentences(outcome: Outcome) -> Iterator[str]:
    """Say in which themes the awards pass over what is ranked first: told as what it is."""
    choice = outcome.allocation.choice if outcome.allocation else None
    titles, names = theme_titles(outcome.criteria), bid_names(outcome)
    for one in choice.over_first if choice else ():
        first = f", {listing(_named(bid, names) for bid in one.first)}," if one.first else ""
        instead = listing(_named(bid, names) for bid in one.instead)
        yield (
            f"In {titles.get(one.theme, one.theme)} the award passes over the bid that is ranked first{first} and goes "
            f"to {instead}: that was chosen by people, not by score."
        )


def _named(bid: str, names: dict[str, str]) -> str:
    return f"{bid} ({names[bid]})" if names.get(bid) else bid


def _sentences(outcome: Outcome, allocation: Allocation, choice: ChoiceMade) -> Iterator[str]:
    changed = len(choice.gained) + len(choice.lost)
    gained = count_of(len(choice.gained), "bid")
    lost = count_of(len(choice.lost), "bid")
    who = listing(dict.fromkeys(one.person for one in choice.chosen if one.person))
    yield (
        f"After the ranks were known people chose{f': {who}' if who else ''}. "
        + (
            f"By the choice {gained} {agreeing(len(choice.gained), 'has', 'have')} an award that the ranks alone would "
            f"not have given, and {lost} {agreeing(len(choice.lost), 'has', 'have')} none that they would have given."
            if changed
            else "The awards are those that the ranks alone would have given."
        )
    )
    if choice.by_rank.awards:
        alone, cost = count_of(len(choice.by_rank.awards), "award"), pounds(choice.by_rank.cost)
        here = count_of(len(allocation.awards), "award")
        yield f"By the ranks alone: {alone} of {cost}. As chosen: {here} of {pounds(allocation.cost)}."
    yield from over_first_sentences(outcome)
    yield "The choice changed no score and no rank. Every rule was checked again on the awards as chosen."
    yield "What would have changed each decision is not worked out, since nobody can work out what people would choose."


def _beside(allocation: Allocation, choice: ChoiceMade) -> Iterator[Beside]:
    before = {award.bid: award for award in choice.by_rank.awards}
    after = {award.bid: award for award in allocation.awards}
    for one in choice.chosen:
        if before.get(one.bid) != after.get(one.bid):
            yield Beside(one.bid, one.theme, one.rank, _sum(before.get(one.bid)), _sum(after.get(one.bid)))


def _sum(award: Award | None) -> str:
    return pounds(award.amount) if award else NOTHING
