"""Events after bids came in: their consequences, drawn once in the tables that every command reads.

A correction changes the register; a bid withdrawn or in an abandoned lot asks for nothing any more; what an evaluator
who left had not marked passes to a successor. An event that was undone has none.
"""

from collections.abc import Iterator
from dataclasses import replace

from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Received
from evaluator.validation.events.corrections import with_corrections
from evaluator.validation.events.departures import with_successors
from evaluator.validation.events.rows import events_that_hold
from evaluator.validation.events.subjects import departures_are_sound, subjects_are_known

__all__ = ["events_that_hold", "with_events"]


def with_events(criteria: Criteria, received: Received) -> Received:
    """Draw the consequences of the events that came in, with what is wrong in their rows among the findings.

    Parameters
    ----------
    received : every table as it was meant, and nothing of the events drawn yet.
    """
    if not received.events:
        return received
    happened, found = events_that_hold(received.events)
    corrected, problems = with_corrections(criteria, replace(received, happened=happened))
    found += (*problems, *_wrong(criteria, corrected))
    return with_successors(criteria, replace(corrected, findings=(*received.findings, *found)))


def _wrong(criteria: Criteria, received: Received) -> Iterator[Finding]:
    yield from subjects_are_known(criteria, received)
    yield from departures_are_sound(received)
