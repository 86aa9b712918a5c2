"""Agreed marks carried over into a new moderation workbook, by bid and question, and what changed since."""

from collections.abc import Iterator, Mapping, Sequence

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.moderation import (
    GAVE,
    SAYS,
    Agreed,
    Carried,
    Discussed,
    LastModeration,
    Left,
    Renewal,
)
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.table_layouts import AGAIN, CARRIED, ROW, SEEN, SHOWN_AGAIN, SINCE
from evaluator.records.texts import fingerprint_of
from evaluator.validation.coded_columns import present, words

OTHERWISE = "The marks or reasons are not those that the panel saw."
TWICE = "A second row for the same answer; the first was carried over."
OUT = "The bid is no longer in the ranking: nothing is to be agreed of it. What was agreed stays on record."
UNKNOWN = "No answer of this bid to this question is to be agreed."
About = tuple[str, str]  # bid or organisation, and question


def seen_when_agreed(identity: Mapping[str, str], about: About, agreed: Agreed, again: str) -> str:
    """Give the SHA-256 of the marks that an agreement rests on; empty where the workbook does not say.

    A workbook that was made again shows an answer anew whose marks had changed. The agreement rests on what it shows
    once the panel says that it looked again, or enters another mark or reason.
    """
    name = " ".join(about)
    shown = identity.get(f"{SHOWN_AGAIN}{name}", "")
    looked = shown and (says_yes(again) or agreed.fingerprint != identity.get(f"{CARRIED}{name}", ""))
    return shown if looked else identity.get(f"{ROW}{name}", "")


def says_yes(text: str) -> bool:
    """Whether somebody said yes.

    >>> [says_yes(text) for text in ("yes", " Yes.", "y", "no", "")]
    [True, True, True, False, False]
    """
    return text.strip(" .!").casefold() in ("yes", "y")


def agreed_in(table: Table) -> Iterator[tuple[About, Agreed, str]]:
    """Give each row of agreed marks: what it is about, what was agreed, and whether the panel looked again."""
    keys = ("bid", "question", "mark", "reason", "for_bidder", AGAIN.key)
    for row, (bid, question, mark, reason, told, again) in enumerate(
        zip(*(words(table, key) for key in keys), strict=True)
    ):
        yield (bid, question), Agreed(mark, reason, told, table.source(row)), again


def seen_in(table: Table) -> dict[str, str]:
    """Give what a table of agreed marks says of the marks that each rests on, as a workbook says it of itself."""
    rows = zip(*(words(table, key) for key in ("bid", "question", SEEN.key)), strict=True)
    return {f"{ROW}{bid} {question}": seen for bid, question, seen in rows if seen}


def renewed(
    criteria: Criteria, received: Received, answers: Sequence[Discussed], last: LastModeration
) -> Renewal | None:
    """Carry what was agreed over to the answers that are to be agreed now; None where nothing was filled in yet.

    Parameters
    ----------
    received : says which bids are known; the agreed marks in it are not looked at.
    answers : with the marks of now.
    last : what was agreed before, and on what.
    """
    now = {(one.subject, one.question.id): one for one in answers}
    known = _known(criteria, received)
    carried: dict[About, Carried] = {}
    left: list[Left] = []
    for about, agreed, again in agreed_in(last.table):
        if not any((agreed.mark, agreed.reason, agreed.for_bidder)):
            continue
        if about in now and about not in carried:
            carried[about] = _carried(now[about], agreed, again, last)
        else:
            stays = about not in now and about[0] in known[0] and about[1] in known[1]
            why = TWICE if about in now else OUT if stays else UNKNOWN
            left.append(Left(*about, agreed, why, stays))
    if not (carried or left or any(map(any, last.meetings.values()))):
        return None
    return Renewal(carried, tuple(left), tuple(one for one in now if one not in carried), last.meetings)


def _known(criteria: Criteria, received: Received) -> tuple[frozenset[str], frozenset[str]]:
    """Give what may be marked, bids and organisations that lead one, and the ids of the questions."""
    register = present(received.register)
    subjects = [one for key in ("bid", "organisation") for one in (words(register, key) if register else ())]
    asked = (one.id for theme in criteria.themes for one in criteria.questions(theme.id))
    return frozenset(subjects), frozenset(asked)


def _carried(answer: Discussed, agreed: Agreed, again: str, last: LastModeration) -> Carried:
    about = answer.subject, answer.question.id
    seen = seen_when_agreed(last.identity, about, agreed, again) or answer.seen
    if seen == answer.seen:
        return Carried(agreed, seen)
    shown = last.shown().get(about, {})
    # What was told of before and was not looked at is told again.
    waiting = (
        [] if seen == last.identity.get(f"{SHOWN_AGAIN}{' '.join(about)}") else shown.get(SINCE.key, "").split("\n")
    )
    told = dict.fromkeys(filter(None, (*waiting, *_changes(shown, answer))))
    return Carried(agreed, seen, tuple(told) or (OTHERWISE,))


def _changes(shown: Mapping[str, str], answer: Discussed) -> Iterator[str]:
    """Tell what differs between the marks and reasons that were shown and those of now."""
    before = {
        key.removesuffix(GAVE): mark for key, mark in shown.items() if key.endswith(GAVE) and mark not in ("", "–")
    }
    for one in answer.given:
        was, mark = before.pop(one.evaluator, None), decimal_text(one.mark)
        if was is None:
            yield f"{one.evaluator} gave {mark}, which is new."
        elif was != mark:
            yield f"{one.evaluator} gave {was} and now gives {mark}."
        elif fingerprint_of([shown.get(f"{one.evaluator}{SAYS}", "")]) != fingerprint_of([one.reason]):
            yield f"{one.evaluator} gives another reason for {mark}."
    for evaluator, was in sorted(before.items()):
        yield f"{evaluator} gave {was}, which no longer counts."
