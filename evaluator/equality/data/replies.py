"""What each organisation replied to the monitoring, as one of the lines that are counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.records.programme.criteria import Characteristic
from evaluator.records.results.equality import NOT_KNOWN, REPLIES
from evaluator.records.submissions.received import Table

ORGANISATION = "organisation"
NO_REPLY, NOT_ASKED = REPLIES[1], REPLIES[2]


def plain(text: str) -> str:
    """Give a cell's text without spaces around it and without regard to capitals, to compare it.

    >>> plain(" Women-led ") == plain("women-led")
    True
    """
    return text.strip().casefold()


@dataclass(frozen=True)
class Answers:
    """The replies that a characteristic offers: its groups, in the order published, and the words for no answer."""

    groups: tuple[str, ...]
    by_text: Mapping[str, str]

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The kinds of unknown."""
        return (*REPLIES, NOT_KNOWN)


def answers(characteristic: Characteristic) -> Answers:
    """Give the replies that count for a characteristic. A blank cell is no reply.

    Values that the criteria list but that are words for no answer are not groups. Free words count as the reply for
    which the criteria publish them.
    """
    words = {plain(word): word for word in (*REPLIES, NOT_KNOWN)}
    groups = tuple(value for value in characteristic.values if plain(value) not in words)
    offered = {plain(value): value for value in groups} | {plain(reply): reply for reply in REPLIES}
    free = {plain(word): value for word, value in characteristic.words.items() if value in groups}
    return Answers(tuple(dict.fromkeys(offered[plain(group)] for group in groups)), {**free, **offered, "": NO_REPLY})


def rows_of(monitoring: Table) -> Mapping[str, tuple[int, ...]]:
    """Give each organisation's rows in the monitoring, by its id."""
    found: dict[str, list[int]] = {}
    for row, organisation in enumerate(monitoring.columns.get(ORGANISATION, ())):
        found.setdefault(organisation.strip(), []).append(row)
    return {organisation: tuple(rows) for organisation, rows in found.items()}


def reply(characteristic: str, offered: Answers, monitoring: Table, rows: tuple[int, ...]) -> str:
    """Give the line in which an organisation with these rows is counted, for the characteristic of that id.

    Without a row, with rows that contradict each other, or with a reply that was not offered it is not known. Without
    a column for the characteristic nobody was asked.
    """
    column = monitoring.columns.get(characteristic)
    if column is None:
        return NOT_ASKED
    said = {
        NOT_KNOWN if (row, characteristic) in monitoring.faults else offered.by_text.get(plain(column[row]), NOT_KNOWN)
        for row in rows
    }
    return said.pop() if len(said) == 1 else NOT_KNOWN
