"""What the decision makers' evidence cannot tell, in sentences for them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.evidence.organisations import Group, was_asked
from evaluator.records.english import count_of, listing
from evaluator.records.programme.axes import ASKED_ABOUT, PROTECTED
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality import ExternalData
from evaluator.records.results.equality_evidence import Gap


def not_known(
    criteria: Criteria,
    reached: StagesReached,
    groups: Mapping[str, Sequence[Group]],
    external: ExternalData,
    gaps: Sequence[Gap],
) -> tuple[str, ...]:
    """Say what is not known, what was not asked or answered first.

    Parameters
    ----------
    groups : of each question, with the kinds of unknown reply.
    gaps : all that were found.
    """
    return (*_replies(criteria, groups), *_about_bids(reached), *_about_benchmarks(external), *_about_marks(gaps))


def _replies(criteria: Criteria, groups: Mapping[str, Sequence[Group]]) -> Iterator[str]:
    asked = criteria.equality.characteristic if criteria.equality else ()
    if not asked:
        yield "The published criteria ask no monitoring questions, so nothing is known about who the bidders are."
        return
    if not groups:
        yield "There is no equality monitoring data, so nothing is known of any group."
        return
    titles = [one.title.casefold() for one in asked if one.about != "organisation"]
    missing = [name for name in PROTECTED if not any(re.search(ASKED_ABOUT[name], title) for title in titles)]
    if missing:
        yield f"No question asks about {listing(missing)}."
    silent = [one.title for one in asked if not was_asked(tuple(groups[one.id]))]
    if silent:
        yield f"Published, but not asked in this round: {listing(silent)}."
    for one in asked:
        unknown = {bid.organisation for group in groups[one.id] if not group.known for bid in group.bids}
        if unknown and one.title not in silent:
            yield f"{one.title}: no usable reply from {count_of(len(unknown), 'organisation')}."


def _about_bids(reached: StagesReached) -> Iterator[str]:
    if not reached.counts[RECOMMENDED]:
        yield "No award is recommended, so nothing can be said about who would be funded."
    led = sum(bool(bid.members) for bid in reached.bids)
    if led:
        yield f"{count_of(led, 'bid')} by a consortium: counted under the reply of the lead alone."
    yield "Whether the themes' shares of the money favour a group is not looked at: every comparison is within themes."


def _about_benchmarks(external: ExternalData) -> Iterator[str]:
    if not any(one.kind == "providers" for one in external.baselines):
        yield "Who could have bid and did not is not known: there is no count of local providers by group."


def _about_marks(gaps: Sequence[Gap]) -> Iterator[str]:
    yield (
        "If all evaluators marked a group lower alike, nothing here could show it: that is the same data as weaker"
        " bids. Questions and evaluators are set beside the middle one, taken as fair, which is assumed, not shown."
    )
    panels = [one for gap in gaps for one in gap.evaluators]
    if any(not one.says_which for one in panels):
        yield "Where only two evaluators marked the same answers they differ, and nothing here says which of them."
    if any(not one.connected for one in panels):
        yield "Some evaluators marked no answer of a group together, so they cannot be set beside each other there."
