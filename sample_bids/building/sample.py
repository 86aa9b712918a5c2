"""The whole sample as records: offers, answers, marks with reasons, and what people decided."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from evaluator.records.programme.criteria import Criteria
from sample_bids.building import planted
from sample_bids.building.marks import Answered, Key, agreed_marks, answered, individual_marks
from sample_bids.building.offers import Offer, offers
from sample_bids.building.organisations import organisations
from sample_bids.building.panel import Interest, interests
from sample_bids.building.reasons import agreed_reason, evaluator_reason, told


@dataclass(frozen=True)
class Marked:
    """One mark with its reason: an evaluator's, or the agreed one, whose ``evaluator`` is empty."""

    answer: Answered
    evaluator: str
    mark: int
    reason: str
    told: str = ""  # the panel's reason as the bidder reads it


@dataclass(frozen=True)
class Sample:
    """Everything that came in."""

    criteria: Criteria
    offers: tuple[Offer, ...]
    marks: tuple[Marked, ...]
    agreed: tuple[Marked, ...]
    interests: tuple[Interest, ...]
    decisions: tuple[dict[str, str], ...]

    def marks_of(self, evaluator: str) -> tuple[Marked, ...]:
        """Give an evaluator's marks, by bid, then by question as published."""
        return tuple(marked for marked in self.marks if marked.evaluator == evaluator)


def make_sample(criteria: Criteria) -> Sample:
    """Make the sample of the community commissioning programme; the same every time."""
    made = tuple(_with_plants(offer) for offer in offers(organisations()))
    answers = answered(criteria, (offer for offer in made if offer.bid not in planted.UNMARKED))
    agreed = agreed_marks(answers, planted.AGREED)
    recused = frozenset((i.evaluator, i.organisation) for i in planted.INTERESTS if i.action == "recused")
    fixed = {key: marks for key, (marks, _) in planted.OUTSIDE.items()}
    marks = {answer.key: individual_marks(answer, agreed[answer.key], recused, fixed) for answer in answers}
    single = [
        Marked(answer, evaluator, mark, evaluator_reason(answer, evaluator, mark))
        for answer in answers
        for evaluator, mark in sorted(marks[answer.key].items())
    ]
    together = [
        Marked(answer, "", mark, agreed_reason(answer, mark, marks[key], _outside(key)), told(answer, mark))
        for answer in answers
        for key, mark in ((answer.key, agreed[answer.key]),)
    ]
    return Sample(
        criteria=criteria,
        offers=made,
        marks=_each_once(single),
        agreed=_each_once(together),
        interests=interests(planted.INTERESTS),
        decisions=planted.DECISIONS,
    )


def _outside(key: Key) -> str:
    return planted.OUTSIDE[key][1] if key in planted.OUTSIDE else ""


def _with_plants(offer: Offer) -> Offer:
    return replace(
        offer,
        by_year=planted.PRICES.get(offer.bid, offer.by_year),
        people=planted.PEOPLE.get(offer.bid, offer.people),
        members=planted.MEMBERS.get(offer.bid, ()),
        failed=planted.FAILED_GATES.get(offer.bid, ()),
    )


def _each_once(marked: Iterable[Marked]) -> tuple[Marked, ...]:
    """Make every reason the only one of its words for its question, by naming the project where two would be alike."""
    seen: set[tuple[str, str]] = set()
    made: list[Marked] = []
    for one in marked:
        words = one.reason
        if (one.answer.question.id, words) in seen:
            words += f" This is about {one.answer.offer.title}."
        seen.add((one.answer.question.id, words))
        made.append(replace(one, reason=words))
    return tuple(made)
