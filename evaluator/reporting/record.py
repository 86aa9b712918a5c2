"""The evaluation record: what the law of a regime wants kept on file about how an award came about, and where it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.law import Regime, regime
from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of
from evaluator.records.numbers import exact_text, pounds
from evaluator.records.programme.conditions.gates import DISREGARD, EXCLUDED, NOT_MET
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.received import Table
from evaluator.reporting.award import AwardPage, Notes, ReportPage, notes, report_page
from evaluator.reporting.award.annex import Annex
from evaluator.reporting.award.conduct import People
from evaluator.reporting.award.money import Money
from evaluator.reporting.award.proof import Certain, StageLine, stage_lines
from evaluator.reporting.award.reach import Reach
from evaluator.reporting.award.robustness import short_study
from evaluator.reporting.award.stages import StageTold
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, counted_part, score_text, theme_rows
from evaluator.reporting.shared.pages import render
from evaluator.reporting.studies.robustness import RobustnessSection

PEOPLE_WRITE = ("procedure", "subcontracted", "not_electronic", "communications")  # of what a law wants recorded
MOST_ROWS = (8, 15, 8)  # of decisions, declarations and notes that stand among what is read from the first page on
FUNDED, WORDS = (
    "recommended",
    {
        "ranked": "not recommended",
        "below_minimum": "below a published minimum",
        "lot_abandoned": "lot abandoned",
        "not_shortlisted": "not shortlisted",
    },
)


@dataclass(frozen=True)
class Item:
    """One thing that a record must tell: what, what this record says of it, and the place; people write the rest."""

    what: str
    words: str
    place: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Line:
    """One bid of a theme with its marks in the order of the questions, and what its score is made of, as texts."""

    row: Row
    marks: tuple[str, ...]
    quality: str
    price: str
    price_points: str
    total: str
    standing: str


@dataclass(frozen=True)
class LongLists:
    """Which lists are so long that they stand in the annex, which alone grows with a programme."""

    decisions: bool
    interests: bool
    notes: bool

    @property
    def any(self) -> bool:
        """Whether one of them is."""
        return self.decisions or self.interests or self.notes


@dataclass(frozen=True, kw_only=True)
class RecordPage(AwardPage):
    """The record: sections of the report, the law that asks for it, what it asks for, who took part, and every bid."""

    template = "record.html"
    criteria: Criteria
    seal: Seal | None
    people: People
    certain: Sequence[Certain]
    stages: Sequence[StageLine]
    money: Money | None
    reach: Reach
    robustness: RobustnessSection | None
    notes: Notes
    law: str
    items: Sequence[Item]
    for_people: Sequence[str]
    panel: Sequence[tuple[str, str, str]]
    interests: Sequence[Mapping[str, str]]
    tables: Sequence[tuple[ThemeRows, Sequence[Line]]]
    in_stages: Sequence[StageTold]
    annex: Annex
    long: LongLists


def record_html(outcome: Outcome, report: ReportPage | None = None) -> str:
    """Write the full evaluation record of a scored run, for the file.

    ``report`` is the run's ``report_page`` where it was gathered already.
    """
    outcome = held_back(outcome)
    report = report or report_page(outcome)
    law, told, interests = regime(outcome.criteria.regime), notes(outcome), rows_of(outcome.interests)
    lists = (report.people.decisions, interests, told.worth_knowing)
    page = RecordPage(
        about=report.about,
        criteria=outcome.criteria,
        allocation=report.allocation,
        titles=report.titles,
        names=report.names,
        first_page=report.first_page,
        rankings=report.rankings,
        seal=outcome.seal,
        people=report.people,
        method=report.method,
        choice=report.choice,
        certain=report.certain,
        stages=stage_lines(outcome.allocation) if outcome.allocation else (),
        money=report.money,
        reach=report.reach,
        robustness=short_study(outcome.firmness),
        notes=told,
        law=_law(law),
        items=tuple(_items(outcome, law)),
        for_people=tuple(_for_people(law)),
        panel=panel(outcome.panel),
        interests=interests,
        tables=[(view, tuple(_lines(outcome, view))) for view in theme_rows(outcome) if report.annex.on_page],
        in_stages=report.in_stages,
        annex=report.annex,
        long=LongLists(*(len(one) > most for one, most in zip(lists, MOST_ROWS, strict=True))),
    )
    return render(page)


def rows_of(table: Table | None) -> list[Mapping[str, str]]:
    """Give a table's rows as texts by key."""
    return [table.row(at) for at in range(len(table))] if table else []


def panel(table: Table | None) -> list[tuple[str, str, str]]:
    """Give each evaluator's id and name with the themes that they were on the panel of, by id."""
    people: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(table):
        people.setdefault((row.get("evaluator", "").strip(), row.get("name", "").strip()), []).append(
            row.get("theme", "").strip()
        )
    return [(id, name, ", ".join(sorted(set(themes)))) for (id, name), themes in sorted(people.items())]


def _lines(outcome: Outcome, view: ThemeRows) -> Iterator[Line]:
    rounding = outcome.criteria.rounding
    for row in view.rows:
        given = row.index if view.indexed else row.price_points
        yield Line(
            row,
            tuple("–" if mark is None else exact_text(mark) for mark in row.marks),
            score_text(counted_part(row.quality, rounding), rounding),
            pounds(row.bid.price) if row.bid.price is not None else "–",
            score_text(counted_part(given, rounding), rounding),
            score_text(row.total, rounding),
            standing(row, outcome),
        )


def standing(row: Row, outcome: Outcome) -> str:
    """Say in a few words what became of a bid."""
    if row.award:
        return FUNDED
    return WORDS.get(row.status, row.status) if outcome.allocation else row.status.replace("_", " ")


def _items(outcome: Outcome, law: Regime) -> Iterator[Item]:
    """List what the law has kept on file: what this record says of each, or that people write it."""
    criteria, allocation = outcome.criteria, outcome.allocation
    proven = allocation if allocation and allocation.status == "proven" else None
    value = f"{pounds(proven.cost)} recommended in all" if proven else "no award is recommended in this run"
    said = {
        "subject": (f"{criteria.authority}: {criteria.title}; {value}.", "Decision", "short"),
        "criteria": (f"Version {criteria.version}.", "The published method", "method"),
        "results": (_counts(outcome), "Every bid", "every-bid"),
        "rejected": ("Each bid with its reason.", "Bids that are not recommended", "refused"),
        "low_prices": (_rejected(outcome, "low_price"), "Decisions", "people"),
        "conditions": (_rejected(outcome, "failed_gate"), "Decisions", "people"),
        "awards": ("Each award with its amount.", "Recommended awards", "awards"),
        "conflicts": (_conflicts(outcome), "Declarations", "interests"),
        "conduct": ("Who marked, and moderation.", "Conduct", "conduct"),
        "proof": ("Each rule, checked again.", "Proof", "proof"),
    }
    asked = outcome.evaluation.events.clarifications if outcome.evaluation else ()
    if asked:
        told = f"{count_of(len(asked), 'clarification')}, each with its answer; people add what else was written."
        said["communications"] = (told, "What happened after bids came in", "events")
    for kept in law.record:
        yield Item(kept.what, *said.get(kept.id, ("For people to write.", "For people to write", "write")))
        if kept.id == "conditions":
            yield from _gates(outcome)
            yield from _verified(outcome)


def _law(law: Regime) -> str:
    return f"{law.records.provision}: {law.records.says}" if law.retention else law.records.says


def _for_people(law: Regime) -> Iterator[str]:
    """List what people write into the record: what the engine cannot know, and how long it is kept."""
    yield "What was read before the decision: award report, equality summary, other evidence"
    yield "The decision, with reasons, and where it differs from what is recommended"
    yield "Who decided, in what role, and on what date"
    yield from (kept.what for kept in law.record if kept.id in PEOPLE_WRITE)
    if law.standstill.days or law.standstill.least_voluntary:
        yield "Standstill: when letters and notice went out, what was asked, what was answered"
    kept = law.retention
    yield f"How long this record is kept{f' ({kept.provision}: {kept.says})' if kept else ''}"


def _counts(outcome: Outcome) -> str:
    standings = Counter(standing(row, outcome) for view in theme_rows(outcome) for row in view.rows)
    return "; ".join(f"{count:,} {words}" for words, count in sorted(standings.items())) + "."


def _rejected(outcome: Outcome, matter: str) -> str:
    decisions = [one for one in (outcome.evaluation.decisions if outcome.evaluation else ()) if one.matter == matter]
    gone = sum(one.decision in (DISREGARD, NOT_MET, EXCLUDED) for one in decisions)
    return f"{count_of(len(decisions), 'decision')}, {gone:,} of them against the bid."


def _gates(outcome: Outcome) -> Iterator[Item]:
    """Tell kind by kind what was decided on gates; nothing where none has a kind."""
    kinds: dict[str, Counter[str]] = {}
    for gate in outcome.criteria.gate:
        if gate.kind:
            kinds.setdefault(gate.kind_name, Counter()).update(_said(outcome, gate.id))
    for name, said in sorted(kinds.items()):
        words = "; ".join(f"{count:,} {word}" for word, count in sorted(said.items())) or "nothing was to be decided"
        yield Item(f"Failed conditions: {name}", f"{words}.", "Decisions", "people")


def _verified(outcome: Outcome) -> Iterator[Item]:
    """Tell of each figure of the register that decides how it is verified, and where that stands bid by bid."""
    for one in outcome.criteria.verification:
        said = f"Before the {one.before}, by: {one.checked_by}. The register says of each bid whether it was."
        yield Item(f"Verification of what bids say of themselves: {one.column}", said, "The published method", "method")


def _said(outcome: Outcome, gate: str) -> list[str]:
    decisions = outcome.evaluation.decisions if outcome.evaluation else ()
    return [one.said for one in decisions if one.matter == "failed_gate" and one.subject == gate]


def stood_aside(outcome: Outcome) -> int:
    """Count from how many organisations evaluators stand aside; their bids, and their own answers, are one."""
    evaluation = outcome.evaluation
    if evaluation is None:
        return 0
    of = {bid.id: bid.organisation for bid in evaluation.bids}
    return len({(evaluator, of.get(subject, subject)) for evaluator, subject in evaluation.recused})


def _conflicts(outcome: Outcome) -> str:
    declared: Sequence[Mapping[str, str]] = rows_of(outcome.interests)
    real = [row for row in declared if row.get("organisation", "").strip() != "*"]
    aside = stood_aside(outcome)
    told = f"{count_of(len(real), 'declaration')} about named organisations; {count_of(aside, 'recusal')}."
    assessed = outcome.criteria.procurement.conflicts_assessed
    return f"Assessed on {spoken_date(assessed)}. {told}" if assessed else told
