"""Agreed marks as they are entered one at a time: in which order answers are discussed, and what an entry lacks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from evaluator.records.english import listing
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.moderation import Discussed
from evaluator.records.submissions.table_layouts import LEAST_REASON, MOST_REASON
from evaluator.records.texts import never_a_formula
from evaluator.validation.checks.consensus import says_why

FAR = Decimal(10**9)  # from any minimum mark, where none is published


def in_order_of_discussion(criteria: Criteria, answers: Sequence[Discussed]) -> tuple[Discussed, ...]:
    """Put answers in the order of a meeting: largest spread first, then nearest a minimum mark, then as published."""
    minimums = {theme.id: theme.minimum_marks for theme in criteria.themes}
    lowest: dict[str, Decimal] = {}
    for held in minimums.values():
        for question, least in held.items():
            lowest[question] = min(least, lowest.get(question, least))

    def distance(one: Discussed) -> Decimal:
        least = minimums.get(one.panel, lowest).get(one.question.id)
        return FAR if least is None else min(abs(given.mark - least) for given in one.given)

    return tuple(sorted(answers, key=lambda one: (-one.spread, distance(one))))


def faults_of(
    criteria: Criteria, answer: Discussed, mark: str, reason: str, for_bidder: str
) -> Iterator[tuple[str, str]]:
    """Give what an entry of an agreed mark lacks: the key of its field, and what to do in a sentence.

    The reason for the bidder may wait until its letter is made.
    """
    if answer.made is not None:
        yield from _reasons_alone(criteria, answer, reason, for_bidder)
        return
    marks = criteria.scale_for(answer.question.id).marks
    agreed = plain_decimal(mark.strip())
    if agreed not in marks:
        said = listing([decimal_text(one) for one in marks], " or ")
        yield "mark", f"Choose the mark that the panel agreed: {said}"
    yield from _reason_faults("reason", "reason for the file", reason)
    if for_bidder:
        yield from _reason_faults("for_bidder", "reason for the bidder", for_bidder)
    if agreed in marks and agreed is not None and not answer.lowest <= agreed <= answer.highest:
        above = agreed > answer.highest
        if not says_why(reason, above=above):
            side = "above" if above else "below"
            yield "reason", f"Say why the mark is {side} all marks, such as “{side.capitalize()} all marks because …”"


def _reasons_alone(criteria: Criteria, answer: Discussed, reason: str, for_bidder: str) -> Iterator[tuple[str, str]]:
    """Give what the reasons lack for a mark that is worked out: why marks differ, where that is asked for."""
    if reason or (answer.wide and criteria.moderation.on_spread == "discussed"):
        yield from _reason_faults("reason", "reason for the file", reason)
    if for_bidder or not reason:
        yield from _reason_faults("for_bidder", "reason for the bidder", for_bidder)


def _reason_faults(field: str, called: str, text: str) -> Iterator[tuple[str, str]]:
    if len(text) < LEAST_REASON:
        yield field, f"Write the {called} in {LEAST_REASON} characters or more; it has {len(text):,}"
    elif len(text) > MOST_REASON:
        yield field, f"Shorten the {called} to {MOST_REASON:,} characters; it has {len(text):,}"
    elif never_a_formula(text) != text:
        yield field, f"Begin the {called} with a word: a spreadsheet would take “{text[0]}” for the start of a formula"
