"""The equality stage as a whole: what the allocation would mean for each group, as far as everyone may read it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal

from evaluator.equality.context.coverage import concentration, coverage, overlaps
from evaluator.equality.context.gaps import gaps
from evaluator.equality.context.overview import Known, characteristics_overview
from evaluator.equality.data.replies import NOT_ASKED, answers, plain, reply, rows_of
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached, stages_reached
from evaluator.equality.disclosure.candidates import NO_ANSWER
from evaluator.equality.disclosure.chance_bounds import Stratum
from evaluator.equality.disclosure.release import Bidders, Question, few_of, printed
from evaluator.equality.disclosure.statement import level_of, with_statement
from evaluator.records.programme.criteria import Characteristic, Criteria, EqualityPlan
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.coverage import Candidate, Coverage, Grant
from evaluator.records.results.equality import (
    STAGES,
    CharacteristicImpact,
    EarlierEdition,
    EqualityImpact,
    ExternalData,
    StageFigures,
)
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Bid, Evaluation
from evaluator.records.submissions.received import Table

NO_PLAN = EqualityPlan(source="")
SERVED = {"ward": attrgetter("wards"), "group": attrgetter("groups")}  # whom a bid or a grant names


def assess(
    criteria: Criteria,
    evaluation: Evaluation,
    scores: ScoreTable,
    allocation: Allocation,
    monitoring: Table | None,
    external: ExternalData | None = None,
) -> EqualityImpact:
    """Count organisations by group in the published bands, say what these tell of chance, and what is not known.

    Parameters
    ----------
    criteria : with the equality plan: what is asked, groupings, bands, margin and level.
    evaluation : all bids, admitted or disregarded.
    scores : which bids are above every minimum.
    allocation : the awards.
    monitoring : column ``organisation`` and one for each characteristic id; None where there is no such data.
    external : benchmarks, another programme's awards, the last round and earlier editions, where there are any.

    Returns
    -------
    The summary, which tells no reply of a named organisation, together with all earlier editions. It concludes nothing.
    """
    plan, external = criteria.equality or NO_PLAN, external or ExternalData()
    reached = stages_reached(evaluation, scores, allocation)
    asked = _asked(criteria, plan, reached, monitoring, external.earlier)
    impact = EqualityImpact(
        few=few_of(plan),
        stages=STAGES,
        characteristics=asked,
        gaps=gaps(criteria, reached, asked, external, monitored=monitoring is not None),
        totals=tuple(map(StageFigures, STAGES, reached.counts, reached.sums)),
        organisations=len(reached.organisations),
        funded=len(_funded(reached)),
        no_row=_without_a_row(reached, monitoring),
        level=level_of(plan),
        last_round=external.last_round,
        earlier=external.earlier,
    )
    impact = _with_awards(impact, reached, allocation, plan.words)
    return _with_people_served(impact, criteria, reached, external, monitored=monitoring is not None)


def _funded(reached: StagesReached) -> frozenset[str]:
    return frozenset(bid.organisation for bid in reached.reaching(RECOMMENDED, reached.bids))


def _without_a_row(reached: StagesReached, monitoring: Table | None) -> tuple[str, ...]:
    """Name the organisations of which there is no row; a note names them too, so everyone knows that."""
    rows = rows_of(monitoring) if monitoring else {}
    return tuple(name for name in reached.organisations if name not in rows)


def _asked(
    criteria: Criteria,
    plan: EqualityPlan,
    reached: StagesReached,
    monitoring: Table | None,
    earlier: tuple[EarlierEdition, ...],
) -> tuple[CharacteristicImpact, ...]:
    """Give each question as it is printed, with its statement."""
    if monitoring is None:
        return tuple(CharacteristicImpact(one.id, one.title, one.about, "not_asked") for one in plan.characteristic)
    silent, funded = _without_a_row(reached, monitoring), _funded(reached)
    known = {name: name in funded for name in reached.organisations if name not in silent}
    bidders = Bidders(known, frozenset(reached.awarded))
    round_of = [(one.reference, one.version) == (criteria.reference, criteria.version) for one in earlier]
    same = tuple(one for one, here in zip(earlier, round_of, strict=True) if here)
    others = tuple(one for one, here in zip(earlier, round_of, strict=True) if not here)
    strata = _strata(reached, known)

    def one_of(axis: Characteristic) -> CharacteristicImpact:
        question = _question(axis, monitoring, known, others)
        if question is None:
            return CharacteristicImpact(axis.id, axis.title, axis.about, "not_asked")
        return with_statement(printed(plan, question, bidders, same), plan, bidders.public(plan), strata)

    return tuple(map(one_of, plan.characteristic))


def _question(
    axis: Characteristic, monitoring: Table, known: Mapping[str, bool], others: tuple[EarlierEdition, ...]
) -> Question | None:
    """Take the replies to a question; None where nobody was asked."""
    offered, rows = answers(axis), rows_of(monitoring)
    said = {name: reply(axis.id, offered, monitoring, rows[name]) for name in known}
    if all(text == NOT_ASKED for text in said.values()):
        return None
    replies = {name: text if text in offered.groups else NO_ANSWER for name, text in said.items()}
    return Question(axis, offered.groups, replies, others)


def _strata(reached: StagesReached, known: Mapping[str, bool]) -> tuple[Stratum, ...]:
    """Count the organisations alike in their themes and the number of their bids, and those with an award."""
    bids: dict[str, list[str]] = {name: [] for name in known}
    for bid in reached.bids:
        if bid.organisation in known:
            bids[bid.organisation].append(bid.theme)
    found: dict[tuple[tuple[str, ...], int], list[bool]] = {}
    for name, themes in bids.items():
        found.setdefault((tuple(sorted(set(themes))), len(themes)), []).append(known[name])
    return tuple((len(won), sum(won)) for _, won in sorted(found.items()))


def _with_awards(
    impact: EqualityImpact, reached: StagesReached, allocation: Allocation, words: Mapping[str, str]
) -> EqualityImpact:
    """Add what the awards are, and what other methods would award."""
    return replace(
        impact,
        version=version_of(allocation),
        candidates=_candidates(reached, allocation, words),
        in_full=reached.in_full and bool(reached.awarded),
    )


def _with_people_served(
    impact: EqualityImpact, criteria: Criteria, reached: StagesReached, external: ExternalData, *, monitored: bool
) -> EqualityImpact:
    """Add whom the bids would serve, what comes from outside, and each characteristic from every side."""
    words = criteria.equality.words if criteria.equality else {}
    wards, groups = (_served(reached, external, of, words) for of in ("ward", "group"))
    known = Known(impact.characteristics, groups, wards, external.baselines, monitored=monitored)
    return replace(
        impact,
        wards=wards,
        groups=groups,
        outcomes=coverage(reached.bids, reached.awarded, _outcomes(criteria)),
        concentration=(*concentration("wards", wards), *concentration("groups", groups)),
        baselines=external.baselines,
        grants=external.grants,
        overlaps=overlaps(reached.reaching(RECOMMENDED, reached.bids), reached.awarded, external.grants),
        axes=characteristics_overview(known),
    )


def _by_published_words(words: Mapping[str, str]) -> Callable[[Bid | Grant], tuple[str, ...]]:
    """Give a function that names the groups of a bid or grant, free words by the published one that they stand for."""
    by_word = {plain(word): published for word, published in words.items()}
    return lambda one: tuple(sorted({by_word.get(plain(name), name) for name in one.groups}))


def _served(
    reached: StagesReached, external: ExternalData, of: Literal["ward", "group"], words: Mapping[str, str]
) -> tuple[Coverage, ...]:
    """Count what is recommended for each ward or group, beside the other programme's awards and the benchmarks."""
    served = SERVED[of] if of == "ward" else _by_published_words(words)
    grants = [(grant.amount, served(grant)) for grant in external.grants]
    baselines = [one for one in external.baselines if one.of == of]
    return coverage(reached.bids, reached.awarded, served, grants, baselines)


def _outcomes(criteria: Criteria) -> Callable[[Bid], tuple[str, ...]]:
    """Give a function that names the outcomes at which the questions of a bid's own theme are aimed."""
    by_theme = {
        theme.id: tuple(criteria.outcomes.get(key, key) for q in theme.question for key in q.outcomes)
        for theme in criteria.themes
    }
    return lambda bid: by_theme.get(bid.theme, ())


@dataclass(frozen=True)
class Counted:
    """The bids behind public counts, by id: at each stage, and for each ``ward``, ``group`` and ``outcome`` served."""

    stages: Mapping[str, tuple[str, ...]]
    served: Mapping[str, Mapping[str, tuple[str, ...]]]


def counted(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, allocation: Allocation) -> Counted:
    """Name the bids that the summary counts where it counts bids: none of this needs a reply to the monitoring."""
    reached = stages_reached(evaluation, scores, allocation)
    words = criteria.equality.words if criteria.equality else {}
    ways: dict[str, Callable[[Bid], tuple[str, ...]]] = {
        "ward": SERVED["ward"],
        "group": _by_published_words(words),
        "outcome": _outcomes(criteria),
    }
    return Counted(
        {name: tuple(bid.id for bid in reached.reaching(at, reached.bids)) for at, name in enumerate(STAGES)},
        {of: _bids_by_name(reached.bids, names) for of, names in ways.items()},
    )


def _bids_by_name(bids: Sequence[Bid], served: Callable[[Bid], tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for bid in bids:
        for name in sorted(set(served(bid))):
            found[name] = (*found.get(name, ()), bid.id)
    return found


def version_of(allocation: Allocation) -> str:
    """Give the SHA-256 of the exact awards: bids, levels and pence. Another set of awards is another version."""
    told = "\n".join(f"{one.bid} {one.level} {one.amount}" for one in sorted(allocation.awards, key=attrgetter("bid")))
    return hashlib.sha256(told.encode()).hexdigest()


def _candidates(reached: StagesReached, allocation: Allocation, words: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Set the awards beside those that the other methods would give, by what is public: wards, groups, money, bids."""
    ways = (SERVED["ward"], _by_published_words(words))
    by_id: Mapping[str, Bid] = {bid.id: bid for bid in reached.bids}
    recommended = {award.bid for award in allocation.awards}
    found = []
    for method in allocation.methods:
        if not method.decided:
            continue
        bids = [by_id[name] for name in sorted((recommended | set(method.gained)) - set(method.lost))]
        title = f"{method.method}{' (published, recommended)' if method.published else ''}"
        wards, groups = (Counter(name for bid in bids for name in set(served(bid))) for served in ways)
        covered = (len(bids), method.cost, len(wards), len(groups))
        small, listed = sum(bid.small for bid in bids), (tuple(sorted(one.items())) for one in (groups, wards))
        found.append(Candidate(title, *covered, method.gained, method.lost, method.note, small, *listed))
    return tuple(found)
