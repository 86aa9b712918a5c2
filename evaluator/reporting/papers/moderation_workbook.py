"""The moderation workbook: everyone's marks and reasons side by side, and the agreed mark left for the panel to write.

Nothing is pre-filled: no average, no most frequent mark, not even a mark that all evaluators gave.
"""

from collections.abc import Iterator

from evaluator.records.documents import Cell, Choice, Highlight, Length, Sheet, Style, Workbook
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Scale
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.moderation import Agreement, Discussed, Given, Habits
from evaluator.records.submissions.table_layouts import (
    ATTENDEES,
    CONSENSUS,
    FOR_BIDDER,
    LEAST_REASON,
    MARK,
    MET_ON,
    MODERATION,
    MOST_REASON,
    REASON,
    ROW,
    SCALE,
)
from evaluator.reporting.papers.agreement import agreement_sheet
from evaluator.reporting.papers.evaluator_workbook import (
    DONE,
    LONG,
    NO_MARK,
    NO_REASON,
    TO_DO,
    meta_sheet,
    scale_prompt,
    scale_sheet,
)
from evaluator.reporting.papers.habits import habits_sheet

HEADING_ROW = 9
FIRST = HEADING_ROW + 1
OUTSIDE = "say why it is outside the marks"
WIDE = "discuss first"
NOT_TOLD = "write what the bidder is told"
LONGEST_SHEET = 31  # characters of a sheet's name
BEFORE = (("Bid or organisation", 12), ("Organisation's name", 24), ("Question", 10), ("Question's title", 20))
SAYS = (
    "The panel agrees one mark on the scale for each answer, and writes why in words that point to the answer. Nothing "
    "is averaged, and no mark is filled in beforehand. A mark above or below all marks says so: “Above all marks "
    "because …”. “Reason” is for the file. “Reason for the bidder” goes into its letter: what in its own answer earned "
    "the mark and what a higher one needed, without other bidders, evaluators or what was said at the meeting."
)


def moderation_workbook(
    criteria: Criteria,
    answers: tuple[Discussed, ...],
    seal: str,
    measured: tuple[Agreement, ...],
    habits: tuple[Habits, ...],
) -> Workbook:
    """Make the workbook of a programme: one sheet for each theme, and one for the organisations' own answers.

    Parameters
    ----------
    answers : in order; those of one panel stand together.
    seal : the fingerprint of the criteria.
    measured, habits : how far each panel agrees, and how each evaluator used the scale.

    Returns
    -------
    A workbook that is read back as ``moderation.xlsx``.
    """
    panels = tuple(dict.fromkeys(one.panel for one in answers))
    titles = {theme.id: theme.title for theme in criteria.themes}
    titles[ORGANISATION_PANEL] = "What organisations answer once"
    names = sheet_names(panels)
    sheets = tuple(
        _sheet(names[panel], titles[panel], criteria, tuple(one for one in answers if one.panel == panel))
        for panel in panels
    )
    return Workbook(
        f"Moderation: {criteria.title}",
        (
            *sheets,
            agreement_sheet(measured, titles),
            *((habits_sheet(habits, criteria.scale, titles),) if habits else ()),
            scale_sheet(criteria.scale),
            meta_sheet(tuple(_identity(criteria, seal, answers))),
        ),
    )


def _identity(criteria: Criteria, seal: str, answers: tuple[Discussed, ...]) -> Iterator[tuple[str, str]]:
    """Say what the workbook is, and the SHA-256 of what the panel saw of each answer."""
    yield "template", MODERATION
    yield "programme", criteria.reference
    yield "version", criteria.version
    yield "seal", seal
    yield from ((f"{ROW}{one.subject} {one.question.id}", one.seen) for one in answers)


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


def letter(column: int) -> str:
    """Name a column by its place from 1.

    >>> letter(1), letter(26), letter(27)
    ('A', 'Z', 'AA')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _sheet(name: str, title: str, criteria: Criteria, answers: tuple[Discussed, ...]) -> Sheet:
    people = tuple(sorted({one.evaluator for answer in answers for one in answer.given}))
    columns = _columns(people)
    at = {key: letter(place) for place, (key, _) in enumerate(columns, 1)}
    last = HEADING_ROW + len(answers)
    states = f"{at['State']}{FIRST}:{at['State']}{last}"
    marks = tuple(decimal_text(point.mark) for point in criteria.scale.mark)
    return Sheet(
        name=name,
        rows=(
            (Cell(f"Moderation: {title}", style="title"),),
            (Cell(SAYS, style="note_line"),),
            (Cell("Agreed"), _progress(len(answers), states)),
            (Cell("So far"), Cell(_agreement(criteria, answers), style="note_line")),
            (),
            (Cell(ATTENDEES), Cell(style="input")),
            (Cell(MET_ON), Cell(style="input")),
            (),
            tuple(Cell(key, style="heading") for key, _ in columns),
            *(_row(answer, people, FIRST + place, at, criteria.scale) for place, answer in enumerate(answers)),
        ),
        widths=tuple(width for _, width in columns),
        freeze=(HEADING_ROW, 4),
        table=(HEADING_ROW, last),
        choices=(Choice(f"{at[MARK.heading]}{FIRST}:{at[MARK.heading]}{last}", marks, scale_prompt(criteria.scale)),),
        lengths=tuple(
            _length(f"{at[column.heading]}{FIRST}:{at[column.heading]}{last}", prompt)
            for column, prompt in PROMPTS.items()
        ),
        highlights=(
            Highlight(states, DONE, "good"),
            *(Highlight(states, text, "bad") for text in (NO_MARK, NO_REASON, LONG, OUTSIDE)),
        ),
        protected=True,
    )


def _columns(people: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    each = tuple(column for one in people for column in ((f"{one} gave", 7), (f"{one} says", 44)))
    return (
        *BEFORE,
        *each,
        ("Lowest", 8),
        ("Highest", 8),
        ("Spread", 8),
        ("Trigger", 14),
        ("Notes for the moderator", 44),
        (MARK.heading, 8),
        ("The mark in words", 32),
        (REASON.heading, 60),
        (FOR_BIDDER.heading, FOR_BIDDER.width),
        ("State", 18),
        ("Letter", 22),
    )


PROMPTS = {
    REASON: "For the file. What in the answer earns the mark, and how differences were settled",
    FOR_BIDDER: "For the letter. What in the bidder's own answer earns the mark, and what a higher one needed",
}


def _length(cells: str, prompt: str) -> Length:
    return Length(cells, LEAST_REASON, MOST_REASON, f"{prompt}: {LEAST_REASON} to {MOST_REASON:,}.")


def _progress(number: int, states: str) -> Cell:
    return Cell(f"0 of {number}", formula=f'=COUNTIF({states},"{DONE}")&" of {number}"', style="helper")


def _agreement(criteria: Criteria, answers: tuple[Discussed, ...]) -> str:
    """Say how far the individual marks agree, before anything is agreed."""
    alike = sum(not one.spread for one in answers)
    text = f"All evaluators gave the same mark to {alike:,} of {len(answers):,} answers."
    trigger = criteria.moderation.spread_trigger
    if trigger is None:
        return f"{text} No spread was published that has to be discussed first."
    wide = sum(one.wide for one in answers)
    return f"{text} Discuss first the {wide:,} where marks are {decimal_text(trigger)} or more apart, as was published."


def _row(answer: Discussed, people: tuple[str, ...], row: int, at: dict[str, str], scale: Scale) -> tuple[Cell, ...]:
    given = {one.evaluator: one for one in answer.given}
    each = tuple(cell for one in people for cell in _given(given, one))
    flag: Style = "care" if answer.wide else ""
    locked = (answer.subject, answer.name, answer.question.id, answer.question.title)
    return (
        *(Cell(text, style="text") for text in locked),
        *each,
        Cell(answer.lowest),
        Cell(answer.highest),
        Cell(answer.spread, style=flag),
        Cell(WIDE if answer.wide else None, style=flag),
        Cell("\n".join(note.message for note in answer.notes) or None, style="text"),
        Cell(style="input"),
        Cell("", formula=_label(f"{at[MARK.heading]}{row}", len(scale.mark)), style="note"),
        Cell(style="input"),
        Cell(style="input"),
        Cell(TO_DO, formula=_state(row, at), style="helper"),
        Cell(NOT_TOLD, formula=_letter(row, at), style="helper"),
    )


def _given(given: dict[str, Given], person: str) -> tuple[Cell, Cell]:
    one = given.get(person)
    if one is None:
        return Cell("–"), Cell("not given this answer", style="note")
    return Cell(one.mark), Cell(one.reason, style="text")


def _label(mark: str, points: int) -> str:
    found = f"INDEX({SCALE.sheet}!$C$4:$C${3 + points},MATCH({mark},{SCALE.sheet}!$A$4:$A${3 + points},0))"
    return f'=IF({mark}="","",IFERROR({found},"not on the scale"))'


def _state(row: int, at: dict[str, str]) -> str:
    """Give the formula that says what a row still lacks."""
    mark, reason = f"{at[MARK.heading]}{row}", f"{at[REASON.heading]}{row}"
    low, high, length = f"{at['Lowest']}{row}", f"{at['Highest']}{row}", f"LEN(TRIM({reason}))"
    says = (
        f'IF({mark}>{high},ISERROR(SEARCH("above",{reason}))*ISERROR(SEARCH("higher",{reason})),'
        f'ISERROR(SEARCH("below",{reason}))*ISERROR(SEARCH("lower",{reason})))*ISERROR(SEARCH("outside",{reason}))'
    )
    return (
        f'=IF(AND({mark}="",{length}=0),"{TO_DO}",IF({mark}="","{NO_MARK}",IF({length}<{LEAST_REASON},"{NO_REASON}",'
        f'IF({length}>{MOST_REASON},"{LONG}",IF(OR({mark}>{high},{mark}<{low}),IF({says},"{OUTSIDE}","{DONE}"),"{DONE}")))))'
    )


def _letter(row: int, at: dict[str, str]) -> str:
    """Give the formula that says whether the bidder can be told: letters wait for every one of these reasons."""
    length = f"LEN(TRIM({at[FOR_BIDDER.heading]}{row}))"
    return f'=IF({length}<{LEAST_REASON},"{NOT_TOLD}",IF({length}>{MOST_REASON},"{LONG}","{DONE}"))'
