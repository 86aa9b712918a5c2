"""Letters to bidders: what each is told of its own bid, in the form that the regime of the criteria has."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluator.records.dates import spoken_date
from evaluator.records.documents import Document, Json
from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Theme
from evaluator.records.programme.scales import Values
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.received import Table
from evaluator.reporting.letters.contents import Letter, letters_of
from evaluator.reporting.letters.forms import FORMS, Form
from evaluator.reporting.letters.left import FILES, OUTCOMES, Left, left_of
from evaluator.reporting.letters.lint import lint
from evaluator.reporting.letters.refused import Refused, refused_of
from evaluator.reporting.letters.scales import Scales, scales_of
from evaluator.reporting.letters.sending import (
    NOT_SAID,
    Decided,
    LettersIndex,
    Sending,
    asked_words,
    days_left_out,
    lacking,
    standstill_words,
)
from evaluator.reporting.letters.stages import stage_documents, stage_letters
from evaluator.reporting.shared.findings_json import findings_document
from evaluator.reporting.shared.pages import HeadedPage, about, provenance, render

SCHEMA = "letters/1"
MARK = "letters.json"  # every folder of letters has one
FORMS_OF_A_LETTER: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf")
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


@dataclass(frozen=True)
class Letters:
    """What was made: the letters with their index, and what was found in their words. No document where that blocks."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def letters(
    outcome: Outcome,
    steps: Mapping[str, Sequence[Step]],
    people: Sequence[str] = (),
    register: Table | None = None,
    sending: Sending = NOT_SAID,
) -> Letters:
    """Write all letters of a run at once: to each bidder, with an index, and what the winners' bids scored.

    Parameters
    ----------
    outcome : a run with awards, or for a stage that is decided.
    steps : of each assessed bid, by its id, as scoring gives them.
    people : evaluators' ids and names, which no letter may show.
    register : as received, for the bidders' addresses and identifiers and for the gates.
    sending : what only those who send the letters know: the decision, days, and where to read and write.

    Returns
    -------
    Nothing but findings where a reason is missing: then no letter can be released. Nothing at all where no set of
    awards is proven: then there is no outcome to tell.
    """
    if outcome.stage and outcome.stages:
        return _of_stage(outcome, people, register, sending)
    if outcome.allocation is None or outcome.allocation.status != "proven":
        return Letters((), ())
    made = letters_of(outcome, steps, people, register)
    findings = in_order(lint(outcome, made, people), outcome.criteria.regime)
    if block_award(findings):
        return Letters((), findings)
    refused, left = refused_of(outcome, people, register), left_of(outcome, people, register)
    post = _Post(outcome, made, refused, left, findings, sending)
    return Letters(tuple(post.documents()), findings)


def _of_stage(outcome: Outcome, people: Sequence[str], register: Table | None, sending: Sending) -> Letters:
    """Write the letters at the end of the stage that a run was for."""
    made = stage_letters(outcome, people, register)
    findings = in_order(lint(outcome, made, people), outcome.criteria.regime)
    if block_award(findings):
        return Letters((), findings)
    names = file_names(f"stage-{outcome.stage}", [one.row.bid.id for one in made])
    return Letters(tuple(stage_documents(outcome, made, findings, sending, names, MARK)), findings)


@dataclass(frozen=True, kw_only=True)
class LetterPage(HeadedPage):
    """One letter: a page with the outcome, why, how far and what next; then an annex with every score and reason.

    ``annex`` is the file of its theme's winners, where there is one; ``asked`` says when written reasons were asked.
    """

    template = "letters/letter.html"
    letter: Letter
    form: Form
    annex: str
    sending: Sending
    sent: str
    standstill: str
    asked: str
    scales: Scales
    share: str


@dataclass(frozen=True, kw_only=True)
class RefusedPage(HeadedPage):
    """The letter to a bidder whose bid was not assessed: the decision, its ground, and what it can do."""

    template = "letters/refused.html"
    letter: Refused
    form: Form
    sending: Sending
    sent: str
    asked: str


@dataclass(frozen=True, kw_only=True)
class LeftPage(HeadedPage):
    """The letter to a bidder whose bid was withdrawn, or is in a lot that was abandoned."""

    template = "letters/left.html"
    letter: Left
    form: Form
    sending: Sending
    sent: str


@dataclass(frozen=True, kw_only=True)
class WinnersPage(HeadedPage):
    """The winning bids of a theme with their scores, as a part of the letters of those who did not win."""

    template = "letters/winners.html"
    theme: Theme
    winners: Sequence[Letter]
    form: Form
    sending: Sending
    scales: Scales


@dataclass(frozen=True, kw_only=True)
class IndexPage(LettersIndex):
    """What the council looks at before the letters of an award go out.

    ``annexes`` gives the file of each theme's winners by the theme's id, ``reasons`` that of each statement of reasons
    that was asked for.
    """

    template = "letters/index.html"
    letters: Sequence[Letter]
    refused: Sequence[Refused]
    left: Sequence[Left]
    annexes: Mapping[str, str]
    reasons: Mapping[str, str]
    form: Form
    standstill: str
    left_out: Sequence[str]


@dataclass(frozen=True)
class _Post:
    """The letters of one run, on their way to becoming documents."""

    outcome: Outcome
    made: Sequence[Letter]
    refused: Sequence[Refused]
    left: Sequence[Left]
    findings: Sequence[Finding]
    sending: Sending

    @property
    def form(self) -> Form:
        return FORMS[self.outcome.criteria.regime]

    @property
    def everyone(self) -> tuple[Letter | Refused | Left, ...]:
        return (*self.made, *self.refused, *self.left)

    def scales(self, theme: Theme) -> Scales:
        """Give the scales of a theme's questions."""
        return scales_of(self.outcome.criteria, self.outcome.criteria.questions(theme.id))

    def share(self, theme: Theme) -> str:
        """Say what share of a weight a mark earns."""
        criteria = self.outcome.criteria
        asked = (one.id for one in criteria.questions(theme.id) if one.answered == "marked")
        values = {Values.of(criteria.scale_for(question)) for question in asked}
        of_a_sum = criteria.moderation.method == "sum"
        if values == {Values.of(criteria.scale)} and not criteria.scale.has_points:
            highest = decimal_text(criteria.scale.highest)
            return f"mark ÷ {f'({highest} × number of marks)' if of_a_sum else highest} × weight"
        times = ", times the number of marks," if of_a_sum else ""
        return f"what it counts on its question’s scale ÷ the most that a mark counts there{times} × weight"

    def documents(self) -> Iterator[Document]:
        names = file_names("letter", [one.row.bid.id for one in self.made])
        names |= file_names("not-assessed", [one.row.bid.id for one in self.refused])
        for status, kind in FILES.items():
            names |= file_names(kind, [one.row.bid.id for one in self.left if one.row.status == status])
        reasons = file_names("reasons", [id for id in names if id in self.sending.asked])
        won = [letter for letter in self.made if letter.row.award]
        annexes = file_names("winners", list(dict.fromkeys(letter.theme.id for letter in won)))
        annexes = annexes if self.form.winners_in_full else {}
        for one in self.everyone:
            yield self._document(names[one.row.bid.id], self._page(one, annexes))
        for id, name in reasons.items():
            one = next(one for one in self.everyone if one.row.bid.id == id)
            yield self._document(name, self._page(one, annexes, asked_words(self.sending.asked[id])))
        for theme, name in annexes.items():
            yield self._document(name, self._winners([letter for letter in won if letter.theme.id == theme]))
        yield self._document("index.html", self._index(names, annexes, reasons))
        yield Document(MARK, self._listed(names, annexes, reasons))

    def _document(self, name: str, page: HeadedPage) -> Document:
        return Document(name, render(page), FORMS_OF_A_LETTER)

    def _page(self, one: Letter | Refused | Left, annexes: Mapping[str, str], asked: str = "") -> HeadedPage:
        told, sent = about(self.outcome), spoken_date(self.sending.sent)
        if isinstance(one, Refused):
            return RefusedPage(about=told, letter=one, form=self.form, sending=self.sending, sent=sent, asked=asked)
        if isinstance(one, Left):
            return LeftPage(about=told, letter=one, form=self.form, sending=self.sending, sent=sent)
        return LetterPage(
            about=told,
            letter=one,
            form=self.form,
            annex="" if one.row.award or not one.winners else annexes.get(one.theme.id, ""),
            sending=self.sending,
            sent=sent,
            standstill=standstill_words(self.sending),
            asked=asked,
            scales=self.scales(one.theme),
            share=self.share(one.theme),
        )

    def _winners(self, winners: Sequence[Letter]) -> WinnersPage:
        theme, told = winners[0].theme, about(self.outcome)
        return WinnersPage(
            about=told, theme=theme, winners=winners, form=self.form, sending=self.sending, scales=self.scales(theme)
        )

    def _index(self, names: Mapping[str, str], annexes: Mapping[str, str], reasons: Mapping[str, str]) -> IndexPage:
        return IndexPage(
            about=about(self.outcome),
            letters=self.made,
            refused=self.refused,
            left=self.left,
            names=names,
            annexes=annexes,
            reasons=reasons,
            findings=self.findings,
            lacks=[*self._unreachable(), *lacking(self.outcome, self.sending)],
            form=self.form,
            sending=self.sending,
            standstill=standstill_words(self.sending),
            left_out=days_left_out(self.sending),
        )

    def _unreachable(self) -> Iterator[str]:
        """Say in words what the register does not hold of those who are written to."""
        for name in ("postal address", "e-mail address", "unique identifier"):
            without = [one.row.bid.id for one in self.everyone if name in one.bidder.lacks]
            if without:
                yield f"The {name} of {', '.join(without)}: add it to the register and evaluate again."

    def _listed(self, names: Mapping[str, str], annexes: Mapping[str, str], reasons: Mapping[str, str]) -> str:
        """List the letters for machines: what became of each bid, whether they are drafts, and the standstill."""
        decided = self.sending.decided
        contents: Json = {
            "schema": SCHEMA,
            **provenance(self.outcome),
            "form": self.form.title,
            "draft": bool(self.sending.drafts_because),
            "draft_because": list(self.sending.drafts_because),
            "decision": {"person": decided.person, "role": decided.role, "date": decided.date} if decided else None,
            "sent": self.sending.sent or None,
            "standstill": self.sending.standstill.document() if self.sending.standstill else None,
            "letters": {one.row.bid.id: names[one.row.bid.id] for one in self.made},
            "not_assessed": {one.row.bid.id: names[one.row.bid.id] for one in self.refused},
            **({"left": {one.row.bid.id: names[one.row.bid.id] for one in self.left}} if self.left else {}),
            "outcomes": {
                **{one.row.bid.id: "awarded" if one.row.award else "not awarded" for one in self.made},
                **{one.row.bid.id: "not assessed" for one in self.refused},
                **{one.row.bid.id: OUTCOMES[one.row.status] for one in self.left},
            },
            "annexes": dict(annexes),
            "reasons": dict(reasons),
            "findings": findings_document(self.findings),
        }
        return json.dumps(contents, ensure_ascii=False, indent=2) + "\n"


def file_names(kind: str, ids: Sequence[str]) -> dict[str, str]:
    """Name a file for each id, after the id where that can stand in a file's name on every system.

    >>> file_names("letter", ["B1", "b1", "A/2"])
    {'B1': 'letter-B1.html', 'b1': 'letter-number-2.html', 'A/2': 'letter-number-3.html'}
    """
    names, taken = {}, set()
    for number, id in enumerate(ids, 1):
        safe = SAFE_NAME.fullmatch(id) and id.casefold() not in taken
        names[id] = f"{kind}-{id}.html" if safe else f"{kind}-number-{number}.html"
        taken.add(id.casefold())
    return names


__all__ = ["MARK", "NOT_SAID", "Decided", "Letters", "Sending", "file_names", "letters"]
