"""The moderation workbook: everyone's marks and reasons side by side, and the agreed mark left for the panel to write.

Nothing is pre-filled but what the panel had agreed itself: no average, no most frequent mark, not even a mark that all
evaluators gave.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from evaluator.records.documents import Cell, Choice, Highlight, Length, Sheet, Style, Workbook
from evaluator.records.english import count_of
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.answers import Answers
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.moderation import (
    GAVE,
    NOWHERE,
    SAYS,
    Agreed,
    Agreement,
    Carried,
    Discussed,
    Given,
    Habits,
    Left,
    Renewal,
)
from evaluator.records.submissions.several_marks import made_words, said_of
from evaluator.records.submissions.table_layouts import (
    AGAIN,
    ATTENDEES,
    CARRIED,
    CHANGED_SINCE,
    CONSENSUS,
    FOR_BIDDER,
    LEAST_REASON,
    MARK,
    MET_ON,
    MODERATION,
    MOST_REASON,
    REASON,
    ROW,
    SHOWN_AGAIN,
    SINCE,
)
from evaluator.reporting.papers.agreement import agreement_sheet
from evaluator.reporting.papers.columns import answer_cells, answer_columns, letter
from evaluator.reporting.papers.evaluator_workbook import (
    DONE,
    LONG,
    NO_MARK,
    NO_REASON,
    TO_DO,
    label_formula,
    mark_choices,
    meta_sheet,
    scale_sheet,
    scale_sheets,
)
from evaluator.reporting.papers.habits import habits_sheet
from evaluator.reporting.results.worked_out import made_formula
from evaluator.reporting.shared.figures import as_decimal

HEADING_ROW = 9
FIRST = HEADING_ROW + 1
OUTSIDE = "say why it is outside the marks"
WIDE = "discuss first"
LOOK_AT = "Where something changed, look at the answer again, and say yes in its row; or enter another mark or reason."
NOT_TOLD = "write what the bidder is told"
LOOK_AGAIN, NO_LONGER = "look again", "no longer agreed"
LONGEST_SHEET = 31  # characters of a sheet's name
BEFORE = (("Bid or organisation", 12), ("Organisation's name", 24), ("Question", 10), ("Question's title", 20))
SAYS_HOW = (
    "The panel agrees one mark on the scale for each answer, and writes why in words that point to the answer. Nothing "
    "is averaged, and no mark is filled in beforehand. A mark above or below all marks says so: “Above all marks "
    "because …”. “Reason” is for the file. “Reason for the bidder” goes into its letter: what in its own answer earned "
    "the mark and what a higher one needed, without other bidders, evaluators or what was said at the meeting."
)


MADE, HOW = "Mark that counts", "How it is made"
SAYS_DIFFER = "write why they differ"
WORKED_OUT = (
    "The mark that counts is the {} of the evaluators’ marks, as was published: nobody agrees or enters it. Whoever "
    "would mark otherwise after the discussion changes their own return. “Reason” is for the file: where marks lie far "
    "apart, how they came to differ. “Reason for the bidder” goes into its letter: what in its own answer earned the "
    "mark and what a higher one needed, without other bidders, evaluators or what was said at the meeting."
)


@dataclass(frozen=True)
class Moderation:
    """What a moderation workbook is made of.

    ``answers`` are in order, those of one panel together; ``seal`` is the fingerprint of the criteria; ``measured`` and
    ``habits`` say how far each panel agrees, and how each evaluator used the scale; ``written`` are the bidders' own
    words, where they are held; ``renewal`` is what an earlier workbook had, where there is one.
    """

    criteria: Criteria
    answers: tuple[Discussed, ...]
    seal: str
    measured: tuple[Agreement, ...]
    habits: tuple[Habits, ...]
    written: Answers = field(default_factory=dict)
    renewal: Renewal | None = None


def moderation_workbook(made: Moderation) -> Workbook:
    """Make the workbook of a programme: one sheet for each theme, and one for the organisations' own answers.

    Returns
    -------
    A workbook that is read back as ``moderation.xlsx``.
    """
    criteria, answers = made.criteria, made.answers
    panels = tuple(dict.fromkeys(one.panel for one in answers))
    titles = {theme.id: theme.title for theme in criteria.themes}
    titles[ORGANISATION_PANEL] = "What organisations answer once"
    names = sheet_names(panels)
    sheets = tuple(
        _Sheet(names[panel], titles[panel], made, tuple(one for one in answers if one.panel == panel)).sheet()
        for panel in panels
    )
    return Workbook(
        f"Moderation: {criteria.title}",
        (
            *sheets,
            *((_changed_since(made.renewal),) if made.renewal else ()),
            agreement_sheet(made.measured, titles),
            *((habits_sheet(made.habits, criteria, titles),) if made.habits else ()),
            *(scale_sheet(scale, name) for scale, name in _scales(made).items()),
            meta_sheet(tuple(_identity(made))),
        ),
    )


def _identity(made: Moderation) -> Iterator[tuple[str, str]]:
    """Say what the workbook is, and the SHA-256 of what the panel saw of each answer, when it agreed and now."""
    yield "template", MODERATION
    yield "programme", made.criteria.reference
    yield "version", made.criteria.version
    yield "seal", made.seal
    for one in made.answers:
        name = f"{one.subject} {one.question.id}"
        carried = made.renewal.carried.get((one.subject, one.question.id)) if made.renewal else None
        yield f"{ROW}{name}", carried.seen if carried else one.seen
        if carried and carried.since:
            yield f"{SHOWN_AGAIN}{name}", one.seen
            yield f"{CARRIED}{name}", carried.agreed.fingerprint


def carried_words(renewal: Renewal) -> str:
    """Say what a workbook that is made again carries over, and what waits for the panel."""
    agreed = count_of(len(renewal.carried), "agreed mark")
    parts = [
        count_of(len(renewal.to_look_at), "to look at again", "to look at again"),
        count_of(len(renewal.new), "still to be agreed", "still to be agreed"),
        count_of(len(renewal.left), "no longer agreed", "no longer agreed"),
    ]
    return f"{agreed} carried over; {', '.join(parts)}"


def _changed_since(renewal: Renewal) -> Sheet:
    """List what the panel looks at again, what is new, and what is no longer to be agreed, with all that was typed."""
    carried = renewal.carried
    rows = (
        *((*about, "\n".join(carried[about].since), LOOK_AGAIN, carried[about].agreed) for about in renewal.to_look_at),
        *((*about, "", "new: to be agreed", None) for about in renewal.new),
        *((one.subject, one.question, one.why, NO_LONGER, one.agreed) for one in renewal.left),
    )
    headings = (
        *((BEFORE[0][0], 12), (BEFORE[2][0], 10), ("What changed", 60), ("What to do", 20)),
        *(("Agreed before", 10), ("With the reason", 60), ("And for the bidder", 60), ("It stood in", 34)),
    )
    body = (
        (*texts, *((one.mark, one.reason, one.for_bidder, str(one.source)) if one else ("",) * 4))
        for *texts, one in rows
    )
    return Sheet(
        name=CHANGED_SINCE,
        rows=(
            (Cell("What changed since the panel agreed", style="title"),),
            (Cell(f"{len(carried):,} agreed marks were carried over. {LOOK_AT}", style="note_line"),),
            tuple(Cell(heading, style="heading") for heading, _ in headings),
            *(tuple(Cell(text or None, style="text") for text in texts) for texts in body),
        ),
        widths=tuple(width for _, width in headings),
        freeze=(3, 2),
        table=(3, 3 + len(rows)),
        protected=True,
    )


def sheet_names(panels: tuple[str, ...]) -> dict[str, str]:
    """Name the sheets so that the reader of agreed marks finds them, in at most 31 characters, each name once.

    >>> sheet_names(("advice", "a/very-long-theme-that-goes-on", "a/very-long-theme-that-goes-by"))["advice"]
    'Consensus advice'
    """
    names: dict[str, str] = {}
    for place, panel in enumerate(panels, 1):
        allowed = "".join("-" if letter in "[]:*?/\\'" else letter for letter in panel)
        name = f"{CONSENSUS.sheet} {allowed}"
        taken = {other.casefold() for other in names.values()}
        if len(name) > LONGEST_SHEET or name.casefold() in taken:
            end = f" {place}"
            name = name[: LONGEST_SHEET - len(end)] + end
        names[panel] = name
    return names


class _Sheet:
    """The sheet of one panel."""

    def __init__(self, name: str, title: str, made: Moderation, answers: tuple[Discussed, ...]) -> None:
        self.name, self.title, self.made, self.answers = name, title, made, answers
        self.scales = _scales(made)
        self.people = tuple(sorted({one.evaluator for answer in answers for one in answer.given}))
        self.texts = {(one.subject, one.question.id): _written(made, one) for one in answers}
        self.answers_in = answer_columns(self.texts.values() if made.written else ())
        self.combines = made.criteria.moderation.combines
        self.columns = _columns(self.people, self.answers_in, renewed=made.renewal is not None, combines=self.combines)
        self.at = {key: letter(place) for place, (key, _) in enumerate(self.columns, 1)}
        self.left = self._left()

    def _left(self) -> tuple[Left, ...]:
        """Give what keeps its place in this sheet although nothing is to be agreed of it now."""
        left = self.made.renewal.left if self.made.renewal else ()
        return tuple(one for one in left if one.stays and one.agreed.source.sheet == self.name)

    def sheet(self) -> Sheet:
        """Make the sheet."""
        rows = tuple(self._rows())
        at, last = self.at, HEADING_ROW + len(rows)
        states = f"{at['State']}{FIRST}:{at['State']}{last}"
        met = self.made.renewal.meetings.get(self.name, ("", "")) if self.made.renewal else ("", "")
        return Sheet(
            name=self.name,
            rows=(
                (Cell(f"Moderation: {self.title}", style="title"),),
                (Cell(self._says_how(), style="note_line"),),
                (Cell("Agreed"), self._progress(states)),
                (Cell("So far"), Cell(self._so_far(), style="note_line")),
                (),
                (Cell(ATTENDEES), Cell(met[0] or None, style="input")),
                (Cell(MET_ON), Cell(met[1] or None, style="input")),
                (),
                tuple(Cell(key, style="heading") for key, _ in self.columns),
                *rows,
            ),
            widths=tuple(width for _, width in self.columns),
            freeze=(HEADING_ROW, 4),
            table=(HEADING_ROW, last),
            choices=tuple(self._choices(last)),
            lengths=tuple(
                _length(f"{at[column.heading]}{FIRST}:{at[column.heading]}{last}", prompt)
                for column, prompt in PROMPTS.items()
            ),
            highlights=(
                Highlight(states, DONE, "good"),
                Highlight(states, LOOK_AGAIN, "care"),
                *(Highlight(states, text, "bad") for text in (NO_MARK, NO_REASON, LONG, OUTSIDE, SAYS_DIFFER)),
            ),
            protected=True,
        )

    def _choices(self, last: int) -> Iterator[Choice]:
        def cells(heading: str) -> str:
            return f"{self.at[heading]}{FIRST}:{self.at[heading]}{last}"

        if not self.combines:
            yield from mark_choices(self.at[MARK.heading], FIRST, self._scales_by_row())
        if AGAIN.heading in self.at:
            yield Choice(cells(AGAIN.heading), ("yes",), LOOK_AT)

    def _says_how(self) -> str:
        return WORKED_OUT.format(said_of(self.made.criteria.moderation)) if self.combines else SAYS_HOW

    def _scale(self, question: str) -> Scale:
        return self.made.criteria.scale_for(question)

    def _scales_by_row(self) -> list[Scale]:
        """Give the scale of each row, in order."""
        asked = [one.question.id if isinstance(one, Discussed) else one.question for one in self._in_order()]
        return [self._scale(question) for question in asked]

    def _so_far(self) -> str:
        waiting = sum(bool(one and one.since) for one in map(self._carried, self.answers))
        again = f" Look again at the {waiting:,} whose marks changed: {SINCE.heading} says how." if waiting else ""
        return _agreement(self.made.criteria, self.answers) + again

    def _carried(self, answer: Discussed) -> Carried | None:
        renewal = self.made.renewal
        return renewal.carried.get((answer.subject, answer.question.id)) if renewal else None

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for row, one in enumerate(self._in_order(), FIRST):
            yield self._row(one, row) if isinstance(one, Discussed) else self._row_left(one)

    def _in_order(self) -> Iterator[Discussed | Left]:
        """Give what has a row, bid by bid; what is no longer agreed stands after the answers of its bid."""
        subjects = sorted({*(one.subject for one in self.answers), *(one.subject for one in self.left)})
        by_subject = {name: tuple(own) for name, own in groupby(self.answers, key=lambda one: one.subject)}
        for subject in subjects:
            yield from by_subject.get(subject, ())
            yield from (one for one in self.left if one.subject == subject)

    def _row(self, answer: Discussed, row: int) -> tuple[Cell, ...]:
        given = {one.evaluator: one for one in answer.given}
        carried = self._carried(answer)
        flag: Style = "care" if answer.wide else ""
        locked = (answer.subject, answer.name, answer.question.id, answer.question.title)
        return (
            *(Cell(text, style="text") for text in locked),
            *(cell for one in self.people for cell in _given(given, one)),
            Cell(answer.lowest),
            Cell(answer.highest),
            Cell(answer.spread, style=flag),
            Cell(WIDE if answer.wide else None, style=flag),
            Cell("\n".join(note.message for note in answer.notes) or None, style="text"),
            *self._since(carried),
            *answer_cells(self.texts[answer.subject, answer.question.id], len(self.answers_in)),
            *self._agreed(answer, carried, row),
        )

    def _since(self, carried: Carried | None) -> tuple[Cell, ...]:
        if self.made.renewal is None:
            return ()
        return (Cell("\n".join(carried.since), style="care_text") if carried and carried.since else Cell(style="text"),)

    def _agreed(self, answer: Discussed, carried: Carried | None, row: int) -> Iterator[Cell]:
        """Give the cells of the panel: empty, or as it filled them in."""
        agreed = carried.agreed if carried else Agreed("", "", "", NOWHERE)
        if self.combines:
            yield from self._worked_out(answer, agreed, carried, row)
            return
        mark = plain_decimal(agreed.mark)
        scale = self._scale(answer.question.id)
        label = next((point.label for point in scale.mark if point.mark == mark), "")
        yield Cell(agreed.mark if mark is None and agreed.mark else mark, style="input")
        at = f"{self.at[MARK.heading]}{row}"
        yield Cell(label, formula=label_formula(at, self.scales[scale], scale), style="note")
        yield Cell(agreed.reason or None, style="input")
        yield Cell(agreed.for_bidder or None, style="input")
        if self.made.renewal is not None:
            yield Cell(style="input" if carried and carried.since else "text")
        yield Cell(_stands(answer, carried), formula=_state(row, self.at), style="helper")
        yield Cell(DONE if agreed.for_bidder else NOT_TOLD, formula=_letter(row, self.at), style="helper")

    def _worked_out(self, answer: Discussed, agreed: Agreed, carried: Carried | None, row: int) -> Iterator[Cell]:
        """Give the mark as a formula of the evaluators' marks, how it is made, and the cells for reasons."""
        moderation, made = self.made.criteria.moderation, answer.made
        own = ",".join(f"{self.at[f'{one.evaluator}{GAVE}']}{row}" for one in answer.given)
        points = self._scale(
            answer.question.id
        ).has_points  # it is points that are worked out, and marks that stand here
        formula = "" if points or made is None else f"={made_formula(moderation, made, f'({own})')}"
        yield Cell(as_decimal(made.value) if made else None, formula=formula, style="points")
        yield Cell(made_words(moderation, made) if made else None, style="text")
        yield Cell(agreed.reason or None, style="input")
        yield Cell(agreed.for_bidder or None, style="input")
        if self.made.renewal is not None:
            yield Cell(style="input" if carried and carried.since else "text")
        needed = answer.wide and moderation.on_spread == "discussed"
        short = needed and not any(map(str.isalpha, agreed.reason))
        state = f'=IF(LEN(TRIM({self.at[REASON.heading]}{row}))=0,"{SAYS_DIFFER}","{DONE}")' if needed else ""
        yield Cell(SAYS_DIFFER if short else DONE, formula=state, style="helper")
        yield Cell(DONE if agreed.for_bidder else NOT_TOLD, formula=_letter(row, self.at), style="helper")

    def _row_left(self, left: Left) -> tuple[Cell, ...]:
        """Give the row of what is no longer to be agreed, with what was agreed, locked."""
        agreed = left.agreed
        told = {
            BEFORE[0][0]: left.subject,
            BEFORE[2][0]: left.question,
            SINCE.heading: left.why,
            MADE if self.combines else MARK.heading: plain_decimal(agreed.mark) or agreed.mark,
            REASON.heading: agreed.reason,
            FOR_BIDDER.heading: agreed.for_bidder,
            "State": NO_LONGER,
        }
        return tuple(Cell(told.get(heading) or None, style="text") for heading, _ in self.columns)

    def _progress(self, states: str) -> Cell:
        number = len(self.answers)
        done = sum(self._done(one) for one in self.answers)
        return Cell(f"{done} of {number}", formula=f'=COUNTIF({states},"{DONE}")&" of {number}"', style="helper")

    def _done(self, answer: Discussed) -> bool:
        """Whether a row lacks nothing; where marks are worked out, nothing but why they lie apart."""
        carried = self._carried(answer)
        if not self.combines:
            return _stands(answer, carried) == DONE
        needed = answer.wide and self.made.criteria.moderation.on_spread == "discussed"
        return not needed or bool(carried and any(map(str.isalpha, carried.agreed.reason)))


def _scales(made: Moderation) -> dict[Scale, str]:
    """Name the sheet of each scale that answers are marked on."""
    asked = (made.criteria.questions(theme.id) for theme in made.criteria.themes)
    return scale_sheets(made.criteria, [question for questions in asked for question in questions])


def _written(made: Moderation, answer: Discussed) -> str:
    return made.written.get((answer.subject, answer.question.id), "")


def _columns(
    people: tuple[str, ...], answers: tuple[tuple[str, int], ...], *, renewed: bool, combines: bool
) -> tuple[tuple[str, int], ...]:
    """Give the headings and widths: what was marked, what changed, and the answer beside what is to be agreed."""
    each = tuple(column for one in people for column in ((f"{one}{GAVE}", 7), (f"{one}{SAYS}", 44)))
    return (
        *BEFORE,
        *each,
        ("Lowest", 8),
        ("Highest", 8),
        ("Spread", 8),
        ("Trigger", 14),
        ("Notes for the moderator", 44),
        *(((SINCE.heading, SINCE.width),) if renewed else ()),
        *answers,
        *(((MADE, 12), (HOW, 32)) if combines else ((MARK.heading, 8), ("The mark in words", 32))),
        (REASON.heading, 60),
        (FOR_BIDDER.heading, FOR_BIDDER.width),
        *(((AGAIN.heading, AGAIN.width),) if renewed else ()),
        ("State", 18),
        ("Letter", 22),
    )


PROMPTS = {
    REASON: "For the file. What in the answer earns the mark, and how differences were settled",
    FOR_BIDDER: "For the letter. What in the bidder's own answer earns the mark, and what a higher one needed",
}


def _length(cells: str, prompt: str) -> Length:
    return Length(cells, LEAST_REASON, MOST_REASON, f"{prompt}: {LEAST_REASON} to {MOST_REASON:,}.")


def _agreement(criteria: Criteria, answers: tuple[Discussed, ...]) -> str:
    """Say how far the individual marks agree, before anything is agreed."""
    alike = sum(not one.spread for one in answers)
    text = f"All evaluators gave the same mark to {alike:,} of {len(answers):,} answers."
    trigger = criteria.moderation.spread_trigger
    if trigger is None:
        return f"{text} No spread was published that has to be discussed first."
    wide = sum(one.wide for one in answers)
    return f"{text} Discuss first the {wide:,} where marks are {decimal_text(trigger)} or more apart, as was published."


def _given(given: dict[str, Given], person: str) -> tuple[Cell, Cell]:
    one = given.get(person)
    if one is None:
        return Cell("–"), Cell("not given this answer", style="note")
    return Cell(one.mark), Cell(one.reason, style="text")


def _state(row: int, at: dict[str, str]) -> str:
    """Give the formula that says what a row still lacks."""
    mark, reason = f"{at[MARK.heading]}{row}", f"{at[REASON.heading]}{row}"
    low, high, length = f"{at['Lowest']}{row}", f"{at['Highest']}{row}", f"LEN(TRIM({reason}))"
    says = (
        f'IF({mark}>{high},ISERROR(SEARCH("above",{reason}))*ISERROR(SEARCH("higher",{reason})),'
        f'ISERROR(SEARCH("below",{reason}))*ISERROR(SEARCH("lower",{reason})))*ISERROR(SEARCH("outside",{reason}))'
    )
    again = f'{at[SINCE.heading]}{row}<>"",LOWER(TRIM({at[AGAIN.heading]}{row}))<>"yes"' if AGAIN.heading in at else ""
    done = f'IF(AND({again}),"{LOOK_AGAIN}","{DONE}")' if again else f'"{DONE}"'
    return (
        f'=IF(AND({mark}="",{length}=0),"{TO_DO}",IF({mark}="","{NO_MARK}",IF({length}<{LEAST_REASON},"{NO_REASON}",'
        f'IF({length}>{MOST_REASON},"{LONG}",IF(OR({mark}>{high},{mark}<{low}),IF({says},"{OUTSIDE}",{done}),{done})))))'
    )


def _stands(answer: Discussed, carried: Carried | None) -> str:
    """Say what a row lacks before anybody fills anything in, as its formula does."""
    if carried is None:
        return TO_DO
    agreed = carried.agreed
    mark, size = plain_decimal(agreed.mark), len(agreed.reason)
    if not agreed.mark:
        return NO_MARK if size else TO_DO
    if not LEAST_REASON <= size <= MOST_REASON:
        return NO_REASON if size < LEAST_REASON else LONG
    if mark is not None and not answer.lowest <= mark <= answer.highest:
        sides = ("above", "higher") if mark > answer.highest else ("below", "lower")
        if not any(word in agreed.reason.casefold() for word in (*sides, "outside")):
            return OUTSIDE
    return LOOK_AGAIN if carried.since else DONE


def _letter(row: int, at: dict[str, str]) -> str:
    """Give the formula that says whether the bidder can be told: letters wait for every one of these reasons."""
    length = f"LEN(TRIM({at[FOR_BIDDER.heading]}{row}))"
    return f'=IF({length}<{LEAST_REASON},"{NOT_TOLD}",IF({length}>{MOST_REASON},"{LONG}","{DONE}"))'
