"""Letters at the end of a stage: each bidder in it is told whether its bid goes on, with points and reasons."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evaluator.records.dates import spoken_date
from evaluator.records.documents import Document, Json
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import near_text
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.received import Table
from evaluator.reporting.appendix.stage_words import stage_statements
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.letters.bidders import Register
from evaluator.reporting.letters.contents import Letter, Part, lines_of
from evaluator.reporting.letters.forms import FORMS, Form
from evaluator.reporting.letters.prices import PriceTold
from evaluator.reporting.letters.scales import Scales, scales_of
from evaluator.reporting.letters.sending import LettersIndex, Sending, family, lacking
from evaluator.reporting.shared.bid_rows import stage_row
from evaluator.reporting.shared.findings_json import findings_document
from evaluator.reporting.shared.pages import HeadedPage, about, provenance, render
from evaluator.reporting.shared.provenance import Traces

SCHEMA = "stage-letters/1"
INDEX = "index.html"
FORMS_OF_A_LETTER: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf")

# What the law has to do with a decision within a procedure, by the family of the regime.
LAW = {
    "pa2023": "This is a decision within the procedure and no award: no standstill begins with it. Assessment "
    "summaries go to every bidder whose tender is assessed for the award, before the contract award notice goes out "
    "(Procurement Act 2023 section 50); if yours goes no further, its points and reasons are those below.",
    "pcr2015": "This is a decision within the procedure, and no award: no standstill begins with it. On request you "
    "are told within 15 days why a tender or request was not taken further (Public Contracts Regulations 2015 "
    "regulation 55).",
    "psr2023": "This is a decision within the procedure, and no award: the notice of intention to award, and the "
    "standstill after it, come at its end.",
}


@dataclass(frozen=True)
class StageLetter(Letter):
    """One bid in a stage as its bidder is told of it; ``goes_on`` and ``why`` are what the stage came to."""

    goes_on: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class StageLetterPage(HeadedPage):
    """The letter to one bidder at the end of a stage."""

    template = "letters/stage.html"
    letter: StageLetter
    stage: str
    next_stage: str
    rules: Sequence[str]
    law: str
    form: Form
    sending: Sending
    sent: str
    scales: Scales


@dataclass(frozen=True, kw_only=True)
class StageIndexPage(LettersIndex):
    """What the council looks at before the letters of a stage go out."""

    template = "letters/stage_index.html"
    stage: str
    letters: Sequence[StageLetter]


def stage_letters(outcome: Outcome, people: Sequence[str], register: Table | None) -> tuple[StageLetter, ...]:
    """Put together the letters of every bid that was in the stage that a run was for, themes and bids by id."""
    return tuple(_letters(outcome, Names(people), Register(register)))


def _letters(outcome: Outcome, staff: Names, register: Register) -> Iterator[StageLetter]:
    bids = {bid.id: bid for bid in (outcome.evaluation.bids if outcome.evaluation else ())}
    stage = next(one for one in outcome.criteria.stage if one.id == outcome.stage)
    narrowed = outcome.criteria.of_stage(stage)
    traces = Traces(replace(outcome, criteria=narrowed))
    result = next(one for one in outcome.stages if one.stage == outcome.stage)
    for line in result.lines:
        bid, points = bids[line.bid], dict(line.answers)
        answers = [one for one in traces.of(bid) if one.question.id in points]
        yield StageLetter(
            row=stage_row(bid, line),
            theme=outcome.criteria.theme(line.theme),
            bidder=register.bidder(bid.id),
            gates=(),
            lines=tuple(lines_of(narrowed, outcome.criteria.theme(line.theme), answers, points, staff)),
            parts=(Part("Points of this stage", near_text(line.points), near_text(line.available)),),
            price=PriceTold(),
            formula="",
            reasons=None,
            decisions=(),
            corrections=(),
            winners=(),
            goes_on=line.passed,
            why=line.reason,
        )


def stage_documents(
    outcome: Outcome,
    made: Sequence[StageLetter],
    findings: Sequence[Finding],
    sending: Sending,
    names: Mapping[str, str],
    mark: str,
) -> Iterator[Document]:
    """Write the letters, their index, and a list of them for machines in a file called ``mark``."""
    stage = next(one for one in outcome.criteria.stage if one.id == outcome.stage)
    after = outcome.criteria.stage[outcome.criteria.stage.index(stage) + 1 :]
    for one in made:
        page = StageLetterPage(
            about=about(outcome),
            letter=one,
            stage=stage.name,
            next_stage=after[0].name if after else "",
            rules=[words for _, words in stage_statements(outcome.criteria, stage)],
            law=LAW.get(family(outcome.criteria.regime), ""),
            form=FORMS[outcome.criteria.regime],
            sending=sending,
            sent=spoken_date(sending.sent),
            scales=scales_of(outcome.criteria, (line.answer.question for line in one.lines)),
        )
        yield Document(names[one.row.bid.id], render(page), FORMS_OF_A_LETTER)
    index = StageIndexPage(
        about=about(outcome),
        stage=stage.name,
        letters=made,
        names=names,
        findings=findings,
        lacks=lacking(outcome, sending),
        sending=sending,
    )
    yield Document(INDEX, render(index), FORMS_OF_A_LETTER)
    yield Document(mark, _listed(outcome, made, findings, sending, names))


def _listed(
    outcome: Outcome,
    made: Sequence[StageLetter],
    findings: Sequence[Finding],
    sending: Sending,
    names: Mapping[str, str],
) -> str:
    """List the letters for machines: what became of each bid, and whether they are drafts."""
    decided = sending.decided
    contents: Json = {
        "schema": SCHEMA,
        **provenance(outcome),
        "stage": outcome.stage,
        "draft": bool(sending.drafts_because),
        "draft_because": list(sending.drafts_because),
        "decision": {"person": decided.person, "role": decided.role, "date": decided.date} if decided else None,
        "sent": sending.sent or None,
        "letters": dict(names),
        "outcomes": {one.row.bid.id: "goes on" if one.goes_on else "does not go on" for one in made},
        "findings": findings_document(tuple(findings)),
    }
    return json.dumps(contents, ensure_ascii=False, indent=2) + "\n"
