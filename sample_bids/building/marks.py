"""The marks: first the mark that the panel will agree for each answer, then the marks that lead up to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from evaluator.records.programme.criteria import Criteria, Question
from sample_bids.building.offers import Offer
from sample_bids.building.organisations import SEED
from sample_bids.building.panel import PANELS, SEVERITY

Key = tuple[str, str]  # bid or organisation, question
LOWEST, HIGHEST = 0, 5
# What small organisations tend to know better, and large ones to write better.
LEANING = {"C6": {"micro": 0.4, "small": 0.3, "large": -0.2}, "C9": {"micro": -0.5, "small": -0.2, "large": 0.2}}


@dataclass(frozen=True)
class Answered:
    """An answer: whose it is, to which question, the panel that marks it, and an offer to which it belongs."""

    subject: str
    question: Question
    panel: str
    offer: Offer

    @property
    def key(self) -> Key:
        """What the mark is filed under."""
        return self.subject, self.question.id


def answered(criteria: Criteria, offers: Iterable[Offer]) -> tuple[Answered, ...]:
    """List every answer that was given: of each bid, then once of each organisation."""
    offers = tuple(offers)
    of_bids = [
        Answered(offer.bid, question, offer.theme, offer)
        for offer in offers
        for question in criteria.questions(offer.theme)
        if question.scope == "bid"
    ]
    first = {offer.organisation.id: offer for offer in reversed(offers)}
    of_organisations = [
        Answered(organisation, question, "organisation", first[organisation])
        for organisation in sorted(first)
        for question in criteria.common
        if question.scope == "organisation"
    ]
    return (*of_bids, *of_organisations)


def agreed_marks(answers: Iterable[Answered], planted: Mapping[Key, int]) -> dict[Key, int]:
    """Draw the mark that the panel will agree for each answer; planted marks stand as they are."""
    return {answer.key: planted.get(answer.key, _agreed(answer)) for answer in answers}


def _agreed(answer: Answered) -> int:
    organisation = answer.offer.organisation
    of_the_bid = Random(f"{SEED}: quality {answer.subject}").gauss(0, 0.3)
    of_the_answer = Random(f"{SEED}: agreed {answer.subject} {answer.question.id}").gauss(0, 0.75)
    leaning = LEANING.get(answer.question.id, {}).get(organisation.size, 0.0)
    drawn = round(organisation.quality + of_the_bid + of_the_answer + leaning)
    least = 2 if answer.question.id in ("C7", "AD1", "SA3") else 1  # bids under a minimum mark are planted, not drawn
    return min(max(drawn, least), HIGHEST)


def individual_marks(
    answer: Answered, agreed: int, recused: frozenset[tuple[str, str]], planted: Mapping[Key, tuple[int, ...]]
) -> dict[str, int]:
    """Draw the marks of the panel's members who may mark an answer, around the mark that they will agree."""
    members = [member for member in PANELS[answer.panel] if (member, answer.offer.organisation.id) not in recused]
    if answer.key in planted:
        return dict(zip(members, planted[answer.key], strict=True))
    rng = Random(f"{SEED}: marks {answer.subject} {answer.question.id}")
    marks = {member: _mark(rng, agreed + SEVERITY[member]) for member in members}
    if not min(marks.values()) <= agreed <= max(marks.values()):
        marks[rng.choice(members)] = agreed
    return marks


def _mark(rng: Random, around: float) -> int:
    return min(max(round(around + rng.gauss(0, 0.48)), LOWEST), HIGHEST)
