"""What may go out to everyone: what report and record tell of a run from which all but its funded bids were taken.

The page is written from an outcome that does not hold the others any more, so that none of them can slip through.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from evaluator.records.documents import Document
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Allocation, ChoiceMade
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Numbers, ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.reporting.award import AwardPage, report_page
from evaluator.reporting.award.conduct import Conduct, conduct
from evaluator.reporting.award.money import Money, RuleSummary
from evaluator.reporting.award.proof import StageLine, stage_lines
from evaluator.reporting.record import rows_of, standing, stood_aside
from evaluator.reporting.run.who_may_have import NO_FILES, Listed, RunFiles, schedule
from evaluator.reporting.shared.bid_rows import theme_rows
from evaluator.reporting.shared.pages import HeadedPage, about, provenance, render

SCHEMA = "disclosure/1"
MARK = "disclosure.json"  # every folder of a disclosure pack has one
PUBLIC = "public.html"
FORMS: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf")
NOTHING = Table({}, ())


@dataclass(frozen=True)
class Counts:
    """What may be said of all bids and people together: numbers and nothing else."""

    bids: int
    bidders: int
    standings: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]  # theme: what became of its bids, how many
    decisions: tuple[tuple[str, str, int], ...]  # matter, decision, how many
    panel: int
    declarations: int
    recusals: int
    conduct: Conduct


@dataclass(frozen=True, kw_only=True)
class PublicPage(AwardPage):
    """The public edition of report and record, from a run of its funded bids alone; counts tell of all."""

    template = "disclosure/public.html"
    criteria: Criteria
    stages: Sequence[StageLine]
    money: Money | None
    rules: Sequence[RuleSummary]
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class SchedulePage(HeadedPage):
    """What may go to whom: documents of the run, of this pack, and what commands make from the run."""

    template = "disclosure/schedule.html"
    run: Sequence[Listed]
    pack: Sequence[Listed]
    made: Sequence[Listed]


def disclosure(outcome: Outcome, held: RunFiles = NO_FILES) -> tuple[Document, ...]:
    """Write the pack: a page of what report and record may tell anyone, and a schedule of what may go to whom.

    Parameters
    ----------
    outcome : a run with awards.
    held : what the run left behind, by its manifest.
    """
    return tuple(_documents(outcome, held))


def _documents(outcome: Outcome, held: RunFiles) -> Iterator[Document]:
    outcome = held_back(outcome)
    yield Document(PUBLIC, render(_public(outcome)), FORMS)
    listed = schedule(held, [f"{stem}.{form}" for stem in ("public", "index") for form in ("html", *FORMS)] + [MARK])
    yield Document("index.html", render(SchedulePage(about=about(outcome), **listed)), FORMS)
    who = {part: [asdict(one) for one in rows] for part, rows in listed.items()}
    pack = {"schema": SCHEMA, **provenance(outcome), "documents": [PUBLIC], "who_may_have": who}
    yield Document(MARK, json.dumps(pack, ensure_ascii=False, indent=2) + "\n")


def _public(outcome: Outcome) -> PublicPage:
    """Make the page from the report of a run that does not hold what must not go out any more."""
    cut = redacted(outcome)
    report = report_page(cut)
    return PublicPage(
        about=report.about,
        criteria=outcome.criteria,
        allocation=report.allocation,
        titles=report.titles,
        names=report.names,
        first_page=report.first_page,
        rankings=report.rankings,
        money=report.money,
        method=report.method,
        choice=report.choice,
        rules=report.rules,
        stages=stage_lines(cut.allocation) if cut.allocation else (),
        counts=_counts(outcome),
    )


def redacted(outcome: Outcome) -> Outcome:
    """Give a run with its funded bids alone, and nobody of the panel; what is exact of those stays exact."""
    allocation = outcome.allocation
    if allocation is None or outcome.evaluation is None or outcome.scores is None:
        raise ValueError("there is no allocation")
    funded = frozenset(award.bid for award in allocation.awards)
    return replace(
        outcome,
        findings=(),
        evaluation=_evaluation(outcome.evaluation, funded),
        answers=(),
        scores=ScoreTable(tuple(_scores(one, funded) for one in outcome.scores.themes), outcome.scores.weights),
        allocation=_allocation(allocation, outcome.evaluation, funded),
        equality=None,
        panel=None,
        interests=None,
        firmness=None,
    )


def _evaluation(evaluation: Evaluation, funded: frozenset[str]) -> Evaluation:
    themes = tuple(_theme(theme, funded) for theme in evaluation.themes)
    return Evaluation(themes, decisions=(), recused=(), marks=NOTHING, consensus=None)


def _theme(theme: ThemeBids, funded: frozenset[str]) -> ThemeBids:
    kept = [at for at, bid in enumerate(theme.bids) if bid.id in funded]
    marks = b"".join(theme.row(at).tobytes() for at in kept)
    return replace(theme, bids=tuple(theme.bids[at] for at in kept), marks=marks, disregarded={})


def _scores(scores: ThemeScores, funded: frozenset[str]) -> ThemeScores:
    kept = [at for at, bid in enumerate(scores.bids) if bid in funded]

    def numbers(all_of: Numbers) -> Numbers:
        return Numbers([all_of.numerators[at] for at in kept], [all_of.denominators[at] for at in kept])

    ties = (tuple(bid for bid in group if bid in funded) for group in scores.ties)
    return ThemeScores(
        scores.theme,
        tuple(scores.bids[at] for at in kept),
        tuple(scores.status[at] for at in kept),
        tuple(scores.reasons[at] for at in kept),
        numbers(scores.quality),
        numbers(scores.price_points) if scores.price_points else None,
        numbers(scores.index) if scores.index else None,
        numbers(scores.totals),
        tuple(scores.ranks[at] for at in kept),
        tuple(group for group in ties if len(group) > 1),
        {name: numbers(points) for name, points in scores.measured.items()},
    )


def _allocation(allocation: Allocation, evaluation: Evaluation, funded: frozenset[str]) -> Allocation:
    """Leave out refusals, other sets, other methods' bids, and rules checked on bidders who get nothing."""
    known = {one for bid in evaluation.bids for one in (bid.id, bid.organisation, *bid.members)}
    paid = {one for bid in evaluation.bids if bid.id in funded for one in (bid.id, bid.organisation, *bid.members)}
    unpaid = known - paid
    return replace(
        allocation,
        not_awarded=(),
        tied=allocation.tied[:1],
        tied_complete=True,
        passed_over=(),
        methods=(),
        reserve=(),
        draw=None,
        certain_in=(),
        certain_out=(),
        cases=(),
        choice=_choice(allocation.choice),
        checks=tuple(one for one in allocation.checks if not unpaid & set(one.subject.split(", "))),
    )


def _choice(choice: ChoiceMade | None) -> ChoiceMade | None:
    """Leave of a choice that it was made, how many awards it changed and where, and nobody who has no award."""
    if choice is None:
        return None
    kept = tuple(replace(one, person="", date="", reason="") for one in choice.chosen if one.funded)
    over = tuple(replace(one, first=()) for one in choice.over_first)
    lost = tuple("" for _ in choice.lost)
    alone = replace(
        choice.by_rank, awards=(), not_awarded=(), tied=(), passed_over=(), methods=(), reserve=(), cases=()
    )
    return replace(choice, by_rank=alone, chosen=kept, lost=lost, over_first=over)


def _counts(outcome: Outcome) -> Counts:
    evaluation, declared = outcome.evaluation, rows_of(outcome.interests)
    bids = evaluation.bids if evaluation else ()
    decided = Counter((one.matter, one.decision) for one in (evaluation.decisions if evaluation else ()))
    by_theme = (
        (view.theme.title, Counter(standing(row, outcome) for row in view.rows)) for view in theme_rows(outcome)
    )
    return Counts(
        bids=len(bids),
        bidders=len({bid.organisation for bid in bids}),
        standings=tuple((title, tuple(sorted(number.items()))) for title, number in by_theme),
        decisions=tuple((*pair, count) for pair, count in sorted(decided.items())),
        panel=len({row.get("evaluator", "") for row in rows_of(outcome.panel)}),
        declarations=sum(row.get("organisation", "").strip() != "*" for row in declared),
        recusals=stood_aside(outcome),
        conduct=conduct(outcome),
    )
