"""Marks from a sheet of any layout: each value has a bid, a question and an evaluator from what stands around it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluator.files.read.imports.blocks import DIMENSIONS, Block, Head, Tags, blocks_of, outline
from evaluator.files.read.imports.grid import Grid
from evaluator.files.read.imports.mark_words import says_no_mark
from evaluator.files.read.imports.names import BEGINS, PARTS, Dimension, folded
from evaluator.files.read.imports.reading import LONGEST_LABEL, Reading, Taker
from evaluator.files.read.imports.vocabulary import NUMBERS_ROWS, cells_under, role_of, says_total, total_of
from evaluator.files.read.tables.guard import places, quoted
from evaluator.files.read.xlsx.cell import Held, Look
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import plain_decimal
from evaluator.records.submissions.imports import LEFT_OUT
from evaluator.records.submissions.table_layouts import MARK, REASON

NEEDED: tuple[Dimension, ...] = ("question", "bid", "evaluator")
MOST_BESIDE = 2  # cells of a row that says what the rows under it are about
MOSTLY = 0.6  # share of a column's cells that must be names, or marks, for the column to be taken so without a heading
LONGEST_NAME = 60  # characters of the names in a column, on average
NO_MARKS = re.compile(
    r"summary|totals?|overall|moderat|consensus|results?|ranking|averages?|agreed|pric|cost|instruction|guidance|scale|"
    r"scoring|cover|read ?me|contents|lookup|validation|lists?|notes|award|weight",
    re.I,
)
OF_HIGHEST = "percentages of the highest mark"
KINDS = ("bid", "question", "evaluator", "theme", "mark", "reason", LEFT_OUT)
Ids = tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """What one label says: the ids that it may mean, its text and place."""

    ids: Ids
    text: str
    place: Source


@dataclass(frozen=True)
class Value:
    """A mark or a reason as it was taken: for whom, and its cell."""

    subject: str
    question: str
    evaluator: str
    kind: str
    text: str
    place: Source
    row: int
    column: int
    heading: str


Labels = dict[Dimension, list[Label]]


@dataclass
class SheetMarks:
    """One reading of one sheet for marks."""

    grid: Grid
    reading: Reading
    tags: Tags
    taker: Taker
    context: dict[Dimension, Label] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)  # what columns became, for the page
    used: set[int] = field(default_factory=set)  # rows
    left_rows: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    first: int = 0
    key_columns: dict[Dimension, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the tables, and what the sheet is about."""
        self.before, self.blocks = blocks_of(self.grid, self.tags)
        self._take_context(self.grid.sheet.title, self.grid.place(0))
        for row in self.before:
            self._context_row(row)

    @property
    def says_whose(self) -> bool:
        """Whether anything on the sheet says whose marks it holds."""
        heads = (head for block in self.blocks for head in block.heads.values())
        return "evaluator" in self.context or any("evaluator" in (head.role, *head.named) for head in heads)

    def read(self, others: Sequence["SheetMarks"]) -> list[Value]:
        """Read the sheet, which is one of several unless there are no others."""
        whose = any(other.says_whose for other in others)
        if whose and not self.says_whose and NO_MARKS.search(self.grid.sheet.title):
            return self._unread("its name says that it is no evaluator’s")
        if others and self.blocks and all(self._is_computed(block) for block in self.blocks):
            return self._unread("all its marks are formulas")
        for block in self.blocks:
            self._block(block)
        if not self.values and others and not self.used:
            return self._unread("no marks were found in it")
        self._tell()
        return self.values

    def _unread(self, why: str) -> list[Value]:
        self.reading.note("E-IMPORT-006", self.grid.place(0), why=why)
        return []

    def _is_computed(self, block: Block) -> bool:
        held = [
            self.grid.held(row, column) for row in block.rows for column in block.heads if block.heads[column].named
        ]
        numbers = [one for one in held if one and (one.formula is not None or one.kind == "number")]
        return bool(numbers) and all(one.formula is not None for one in numbers)

    def _block(self, block: Block) -> None:
        labels = {row: self._says_total(self.grid.text(row, self.grid.lines[row][0])) for row in block.rows}
        over = outline(self.grid, self.tags, [row for row in block.rows if not labels[row]])
        rows = [row for row in block.rows if not labels[row] and row not in over]
        columns = Columns(self, block, rows).kinds()
        value_columns = [at for at, kind in columns.items() if kind in ("mark", "reason")]
        keys = {one: [at for at, kind in columns.items() if kind == one] for one in DIMENSIONS}
        if not value_columns:
            for row in block.rows:
                self._context_row(row, after=True)
            return
        self._take_headings(block, columns)
        above: dict[int, str] = {}
        for row in block.rows:
            filled = [at for at in value_columns if self.grid.text(row, at)]
            if labels[row] or row in over:
                self._take_over(row, filled, names=row in over)
            elif filled and not self._is_aside(row, filled, keys):
                self._row(block, row, filled, columns, keys, above)
            elif not filled and self._is_beside(row, keys):
                self._context_row(row, after=True)
                above.clear()

    def _take_over(self, row: int, filled: Sequence[int], *, names: bool) -> None:
        """Leave a row of totals out; in a pivot table it may name what the rows under it are of."""
        at = self.grid.lines[row][0]
        if names:
            self.taker.label(row, at)
            self._take_context(self.grid.text(row, at), self.grid.place(row, at))
        if filled or not names:
            self.totals.append(row)

    def _says_total(self, text: str) -> bool:
        """Whether a label says that its row adds others up, or adds up what is known, such as ``B1 total``."""
        if says_total(text):
            return True
        of = total_of(text)
        return (
            bool(of)
            and not any(self.reading.known.names[one].exactly(text) for one in DIMENSIONS)
            and any(self.tags.named(one, of) for one in DIMENSIONS)
        )

    def _is_aside(self, row: int, filled: Sequence[int], keys: Mapping[Dimension, Sequence[int]]) -> bool:
        """Whether a row adds up what it names, or is a note: it names nothing known, and holds no number nor a mark."""
        said = [(one, text) for one in NEEDED for at in keys[one] if (text := self.grid.text(row, at))]
        if any(self._says_total(text) for _, text in said):
            self.totals.append(row)
            return True
        if not said or any(self.tags.named(*one) for one in said):
            return False
        texts = [self.grid.text(row, at) for at in filled]
        if any(self.tags.marks.read(text) or says_no_mark(text) or plain_decimal(text) is not None for text in texts):
            return False
        self.left_rows.append(row)
        return True

    def _take_headings(self, block: Block, columns: Mapping[int, str]) -> None:
        self.first = self.first or block.headings[0]
        for at, kind in columns.items():
            if kind != LEFT_OUT and self.grid.text(block.headings[-1], at):
                self.taker.label(block.headings[-1], at)

    def _is_beside(self, row: int, keys: Mapping[Dimension, Sequence[int]]) -> bool:
        """Whether a row without values is about the rows under it or a note, and no answer that nobody marked."""
        return len(self.grid.lines[row]) <= MOST_BESIDE or not any(
            self.grid.text(row, at) for one in NEEDED for at in keys[one]
        )

    def _row(
        self,
        block: Block,
        row: int,
        filled: Sequence[int],
        columns: Mapping[int, str],
        keys: Mapping[Dimension, Sequence[int]],
        above: dict[int, str],
    ) -> None:
        """Take the values of one row."""
        beside: Labels = {}
        for one in DIMENSIONS:
            said = [at for at in keys[one] if self.grid.text(row, at)]
            for at in said or (keys[one][:1] if one in NEEDED else []):
                beside.setdefault(one, []).extend(self._key(one, row, at, above))
        asked = any(keys[one] and not any(label.ids for label in beside.get(one, ())) for one in NEEDED)
        self.used.add(row)
        for at in filled:
            labels = {one: list(found) for one, found in beside.items()}
            missing = self._heading_labels(block, block.heads[at], labels)
            if asked or missing:
                self.taker.marks.setdefault(self.grid.anchor(row, at), "asked")
                continue
            self._value(row, at, columns[at], labels, block.heads[at].path)

    def _key(self, one: Dimension, row: int, at: int, above: dict[int, str]) -> list[Label]:
        """Read the label of a row; a blank one may mean what stands above it, which a person says."""
        text = self.grid.text(row, at)
        if not text:
            fill = above.get(at, "")
            why = "cells under a name are blank, and stand beside marks"
            if not fill or self._decide_fill(one, row, at, why) != "yes":
                return []
            text = fill
        else:
            self.taker.label(row, at)
            if self.taker.is_refused(row, at):
                return [Label((), text, self.grid.place(row, at))]
        above[at] = text
        if one in NEEDED and len(text) > LONGEST_LABEL and not self.reading.known.names[one].find(text):
            return []
        ids = self.reading.name(
            one, text, self.grid.place(row, at), asked=one in NEEDED and self._is_first(one, row, at)
        )
        return [] if ids is None else [Label(ids, text, self.grid.place(row, at))]

    def _decide_fill(self, one: Dimension, row: int, at: int, why: str) -> str:
        text, place = f"blank cells for the {one}", self.grid.place(row, at)
        choices = ("yes", "no")
        return self.reading.decide("setting", text, "yes", place, why, sure=False, choices=choices)

    def _is_first(self, one: Dimension, row: int, at: int) -> bool:
        """Whether a person is asked about this label: not where another column names the same thing surely."""
        names = self.reading.known.names[one]
        others = (self.grid.text(row, column) for column in self.key_columns[one] if column != at)
        found = [names.find(text) for text in others if text]
        return at == self.key_columns[one][0] and not any(match and match.sure for match in found)

    def _heading_labels(self, block: Block, head: Head, labels: Labels) -> bool:
        """Add what headings and the sheet say to the labels of a row; whether something is still unknown."""
        for one, (row, text) in head.named.items():
            self.taker.label(row, head.column)
            place = self.grid.place(row, head.column)
            ids = () if self.taker.is_refused(row, head.column) else self.reading.name(one, text, place)
            labels.setdefault(one, []).append(Label(ids or (), text, place))
        for one, label in self.context.items():
            if one not in labels or one in ("theme",):
                labels.setdefault(one, []).append(label)
        unknown = list(head.unknown)
        for one in NEEDED:
            if one not in labels:
                found = self._elsewhere(one, block, head, unknown)
                if found is not None:
                    labels[one] = [found]
        return any(one not in labels or not any(label.ids for label in labels[one]) for one in NEEDED)

    def _elsewhere(self, one: Dimension, block: Block, head: Head, unknown: list[tuple[int, str]]) -> Label | None:
        """Find what names a value where nothing known does: a heading that nobody knows, the sheet, or a person."""
        if unknown:
            row, text = unknown.pop()
            place = self.grid.place(row, head.column)
            ids = self.reading.name(one, text, place)
            self.taker.marks[self.grid.anchor(row, head.column)] = "label" if ids else "asked"
            return Label(ids or (), text, place)
        title, place = self.grid.sheet.title, self.grid.place(0)
        names = self.reading.known.names[one]
        if len(names.entries) == 1 and not names.opened:
            return Label(tuple(names.entries), "", place)
        if one == "evaluator":
            return self._whose(title, place)
        if title and not re.fullmatch(
            r"(?:sheet|table|marks?|scores?|scoring|evaluation|export|data|report) ?[0-9]*", title, re.I
        ):
            return Label(self.reading.name(one, title, place) or (), title, place)
        if not any(code.code == "E-IMPORT-011" and code.source == place for code in self.reading.findings):
            self.reading.note("E-IMPORT-011", self.grid.place(block.headings[0]), what=one)
        return None

    def _whose(self, title: str, place: Source) -> Label:
        """Ask whose marks a sheet holds; its name or the file's may propose it."""
        names = self.reading.known.names["evaluator"]
        told = [
            part
            for text in (title, re.sub(r"\.[a-z]+$", "", self.grid.file))
            for part in [text, *re.split(r"[\W_]+", text)]
        ]
        found = {ids for ids in (names.find(part).ids for part in told if part) if len(ids) == 1}
        proposed = next(iter(found))[0] if len(found) == 1 else ""
        about = any(label.place.sheet == title and not label.place.row for label in self.context.values())
        plain = not title or about or re.fullmatch(r"(?:sheet|table|marks?|scores?) ?[0-9]*", title, re.I)
        proposed = proposed or ("" if plain or not names.opened else title)
        text = "whose marks these are" if plain else f"whose marks are on the sheet {title}"
        choices = (*names.entries, LEFT_OUT)
        why = "no cell of the table names an evaluator"
        said = self.reading.decide("setting", text, proposed, place, why, sure=False, choices=choices)
        return Label((said,) if said and said != LEFT_OUT else (), text, place)

    def _value(self, row: int, at: int, kind: str, labels: Labels, heading: str) -> None:
        """Take one value, once all its labels say one thing."""
        met: dict[Dimension, Ids] = {}
        for one, found in labels.items():
            told = [label for label in found if label.ids]
            common = set(told[0].ids).intersection(*(label.ids for label in told[1:])) if told else set()
            if told and not common:
                first, *_, last = told
                facts = {"first": _said(first), "second": _said(last)}
                return self.taker.refuse("E-IMPORT-010", row, at, **facts)
            met[one] = tuple(sorted(common))
        if self._lies_over_several(row, at):
            return None
        settled = self._settled(met, labels)
        if settled is None:
            if not says_no_mark(self.grid.text(row, at)):
                facts = {"shown": quoted([self.grid.text(row, at)]), "bid": " or ".join(met["bid"])}
                self.taker.refuse("E-IMPORT-009", row, at, question=" or ".join(met["question"]), **facts)
            return None
        if settled == ("", ""):
            self.taker.marks[self.grid.anchor(row, at)] = "asked"
            return None
        return self._take(row, at, kind, settled, met["evaluator"], labels, heading)

    def _lies_over_several(self, row: int, at: int) -> bool:
        """Refuse a merged value that lies over other values."""
        area = self.grid.merged.get(self.grid.real(row, at))
        if area is None or (
            area.first_row == area.last_row and (area.last_column == area.first_column or self._alone(area))
        ):
            return False
        if area.first_row == area.last_row or self.grid.anchor(row, at) == self.grid.real(row, at):
            cells = f"{places([area[:2]])}:{places([area[2:]])}"
            self.taker.refuse("E-IMPORT-014", row, at, cells=cells)
        return True

    def _alone(self, area: tuple[int, int, int, int]) -> bool:
        """Whether a range that runs over columns covers only one that counts."""
        return sum(self.kinds.get(at, "") in KINDS[:-1] for at in range(area[1], area[3] + 1)) <= 1

    def _settled(self, met: Mapping[Dimension, Ids], labels: Labels) -> tuple[str, str] | None:
        """Settle which bid and which question: None where no theme asks it, empty where a person must say."""
        known = self.reading.known
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for bid in met["bid"]:
            for theme in known.themes_of(bid):
                if "theme" in met and met["theme"] and theme not in met["theme"]:
                    continue
                for question in known.criteria.questions(theme):
                    if question.id in met["question"]:
                        row = known.bids.get(bid, {})
                        subject = row.get("organisation") or bid if question.scope == "organisation" else bid
                        found[subject, question.id] = (subject, question.id)
        if len(found) > 1:
            one: Dimension = "question" if len({subject for subject, _ in found}) == 1 else "bid"
            ids = sorted({pair[one == "question"] for pair in found})
            label = labels[one][0]
            self._ask_which(one, label, ids)
            return "", ""
        return next(iter(found), None)

    def _ask_which(self, one: Dimension, label: Label, ids: Sequence[str]) -> None:
        self.reading.ask_anew(one, label.text, label.place, f"it may be {' or '.join(ids)}", (*ids, LEFT_OUT))

    def _take(
        self, row: int, at: int, kind: str, settled: tuple[str, str], who: Ids, labels: Labels, heading: str
    ) -> None:
        if len(who) > 1:
            self._ask_which("evaluator", labels["evaluator"][0], who)
            self.taker.marks[self.grid.anchor(row, at)] = "asked"
            return
        share = self._of_the_highest(row, at, settled[1]) if kind == "mark" else None
        if share == "":
            self.taker.marks[self.grid.anchor(row, at)] = "asked"
            return
        instead = Held("text", share, Look(), None) if share else None
        text = self.taker.value(row, at, MARK if kind == "mark" else REASON, instead)
        place = self.grid.place(row, at)
        if text is None:
            self.values.append(Value(*settled, who[0], "none", "", place, row, at, heading))
            return
        if kind == "mark":
            if says_no_mark(text):
                self.reading.note("E-IMPORT-013", place, shown=quoted([text]), read="no mark")
                self.values.append(Value(*settled, who[0], "none", text, place, row, at, heading))
                return
            mark = self.tags.marks.read(text, settled[1])
            if not mark:
                scale = ", ".join(format(one.normalize(), "f") for one in self.tags.marks.on(settled[1]).scale.marks)
                facts = {"shown": quoted([text]), "subject": settled[0], "question": settled[1], "scale": scale}
                self.taker.refuse("E-IMPORT-007", row, at, **facts)
                self.values.append(Value(*settled, who[0], "none", text, place, row, at, heading))
                return
            text = mark
        self.values.append(Value(*settled, who[0], kind, text, place, row, at, heading))

    def _of_the_highest(self, row: int, at: int, question: str) -> str | None:
        """Give a mark that is written as a percentage, once a person said what of; empty while it is asked."""
        held = self.grid.held(row, at)
        if held is None or held.formula is not None:
            return None
        shown = self.grid.text(row, at)
        written = "%" in shown or "%" in held.look.number_format
        number = plain_decimal(shown.rstrip("% ")) if written else None
        if number is None:
            return None
        text, why = "marks written as percentages", "a mark of the scale is wanted"
        choices = (OF_HIGHEST, LEFT_OUT)
        place = self.grid.place(row, at)
        said = self.reading.decide("setting", text, OF_HIGHEST, place, why, sure=False, choices=choices)
        mark = number * self.tags.marks.on(question).scale.highest / (100 if "%" in shown else 1)
        return None if said == LEFT_OUT else format(mark.normalize(), "f") if said else ""

    # What stands around the tables.

    def _take_context(self, text: str, place: Source) -> None:
        """Keep what a text by itself is about, for the values under it."""
        for one in DIMENSIONS:
            said = next((part for part in (text, *PARTS.split(text)) if part and self.says(one, part)), "")
            ids = self.reading.name(one, said, place, asked=False) if said else ()
            if ids:
                self._keep(one, Label(ids, said, place))

    def says(self, one: Dimension, part: str) -> bool:
        """Whether a text by itself surely names something, and nothing else stands behind it."""
        match = self.reading.known.names[one].find(part)
        return bool(match) and match.sure and match.why != BEGINS

    def _keep(self, one: Dimension, label: Label) -> None:
        self.context[one] = label
        for other in {"theme": ("bid", "question"), "bid": ("question",)}.get(one, ()):
            self.context.pop(other, None)  # type: ignore[call-overload]

    def _context_row(self, row: int, *, after: bool = False) -> None:
        """Read a row that holds no values: what the rows under it are about, or a note that is left out."""
        texts = [(column, self.grid.text(row, column)) for column in self.grid.lines[row]]
        before = dict(self.context)
        for place, (column, text) in enumerate(texts):
            role = role_of(text)
            beside = texts[place + 1][1] if place + 1 < len(texts) else ""
            if role in DIMENSIONS and beside:
                ids = self.reading.name(role, beside, self.grid.place(row, texts[place + 1][0]), asked=role != "theme")
                if ids:
                    self._keep(role, Label(ids, beside, self.grid.place(row, texts[place + 1][0])))
                continue
            self._take_context(text, self.grid.place(row, column))
            self._take_opened(text, self.grid.place(row, column))
        if before != self.context:
            self.used.add(row)
            for column, _ in texts:
                self.taker.label(row, column)
        elif after:
            self.left_rows.append(row)

    def _take_opened(self, text: str, place: Source) -> None:
        """Read ``Evaluator: Anna`` where nothing tells who the evaluators are."""
        for one in ("evaluator", "bid"):
            names = self.reading.known.names[one]
            found = names.prefix.match(text)
            if found and found[0].rstrip().endswith(":") and not self.says(one, text):
                ids = self.reading.name(one, text[found.end() :], place)
                if ids is not None:
                    self._keep(one, Label(ids, text[found.end() :], place))

    def _tell(self) -> None:
        """Check what can be seen of the sheet, and tell what was left out of it."""
        headings = {
            at: self.grid.text(self.first, at) or f"column {at}"
            for at, kind in self.kinds.items()
            if kind in KINDS[:-1]
        }
        self.taker.guard.check(headings, self.first or 1, sorted(self.used))
        for rows, why in (
            (self.totals, "they add up or say something of the columns"),
            (self.left_rows, "they name nothing that is marked"),
        ):
            if rows:
                texts = (self.grid.text(row, column) for row in rows for column in self.grid.lines[row])
                shown = ", ".join(map(str, rows[:5])) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
                self.reading.note("E-IMPORT-005", self.grid.place(rows[0]), why=why, rows=shown, what=quoted(texts))


def _said(label: Label) -> str:
    return f"{' or '.join(label.ids)} ({label.place.cell or label.place.sheet or 'the file'})"


@dataclass
class Columns:
    """What each column of one table becomes."""

    sheet: SheetMarks
    block: Block
    rows: list[int]

    def kinds(self) -> dict[int, str]:
        """Say for every column what it becomes; what is left out is told."""
        made: dict[int, str] = {}
        self.sheet.reading.headings |= {head.path for head in self.block.heads.values() if head.path}
        for at, head in self.block.heads.items():
            made[at] = self._kind(at, head, made)
        self._without_second_marks(made)
        self._reasons_beside(made)
        for at, kind in made.items():
            self.sheet.kinds[at] = kind
            if kind == LEFT_OUT:
                self._tell(at)
        self.sheet.key_columns = {one: [at for at, kind in made.items() if kind == one] for one in DIMENSIONS}
        return made

    def _texts(self, at: int) -> list[str]:
        grid = self.sheet.grid
        return [text for row in self.rows if (text := grid.text(row, at))]

    def _kind(self, at: int, head: Head, made: Mapping[int, str]) -> str:
        reading, texts = self.sheet.reading, self._texts(at)
        text = head.path or f"the column right of {self._left(at)}"
        said = reading.answers.answers.get(("column", folded(text)), "")
        place = self.sheet.grid.place(head.labels[-1][0] if head.labels else self.block.headings[-1], at)
        if said:
            return reading.decide("column", text, said, place, "", choices=KINDS)
        if not texts:
            return LEFT_OUT
        kind, sure, why = self._guess(at, head, texts, made)
        if kind == LEFT_OUT and not head.path:
            return LEFT_OUT
        if not head.path and kind == "reason":
            return self._beside_marks(place, why)
        return reading.decide("column", text, kind, place, why, sure=sure, choices=KINDS)

    def _beside_marks(self, place: Source, why: str) -> str:
        """Ask once whether texts without a heading are the reasons for the marks left of them."""
        text, choices = "columns without a heading, right of marks", ("reason", LEFT_OUT)
        return self.sheet.reading.decide("setting", text, "reason", place, why, sure=False, choices=choices)

    def _guess(self, at: int, head: Head, texts: list[str], made: Mapping[int, str]) -> tuple[str, bool, str]:
        if head.role == "aside":
            return LEFT_OUT, True, "it is worked out from others"
        if head.role is not None:
            return head.role, True, "its heading says so"
        marks = sum(bool(self.sheet.tags.marks.read(text)) for text in texts)
        numeric = sum(text.replace(".", "", 1).isdigit() for text in texts)
        if head.named:
            return self._of_named(at, head, texts, marks + numeric)
        return self._of_unknown(at, head, texts, marks, made)

    def _of_named(self, at: int, head: Head, texts: list[str], numbers: int) -> tuple[str, bool, str]:
        """Say what stands under names without a word for it: marks, or what is written beside them."""
        same = [one for other, one in self.block.heads.items() if other != at and one.named == head.named]
        if numbers >= len(texts) / 2 or not same:
            return "mark", True, "its heading names what is marked"
        if any(one.role == "reason" for one in same):
            return LEFT_OUT, True, "reasons stand in another column"
        merged = any(one.labels == head.labels for one in same)
        return "reason", merged, "texts stand beside the marks under the same heading"

    def _of_unknown(
        self, at: int, head: Head, texts: list[str], marks: int, made: Mapping[int, str]
    ) -> tuple[str, bool, str]:
        short = sum(map(len, texts)) <= LONGEST_NAME * len(texts)
        shares = Counter({one: sum(short and self.sheet.says(one, text) for text in texts) for one in DIMENSIONS})
        kind, count = shares.most_common(1)[0]
        if count >= MOSTLY * len(texts) and count > marks:
            there = kind in made.values()
            return kind, not (there and kind in NEEDED and not self._agree(kind, at, made)), "its cells are names"
        if NUMBERS_ROWS.fullmatch(head.path):
            return LEFT_OUT, True, "it numbers the rows"
        if marks >= MOSTLY * len(texts) and (head.labels or marks >= 2):
            needs = self._lacks(head, made)
            return "mark", bool(needs and head.labels), "its cells are marks of the scale"
        left = self.block.heads.get(at - 1)
        if not head.labels and left and made.get(at - 1) == "mark" and sum(map(len, texts)) > 8 * len(texts):
            self.block.heads[at].named = dict(left.named)
            return "reason", False, f"texts without a heading stand right of {self._left(at)}"
        return LEFT_OUT, True, "its heading says nothing that is known"

    def _agree(self, kind: str, at: int, made: Mapping[int, str]) -> bool:
        grid, names = self.sheet.grid, self.sheet.reading.known.names
        other = next(column for column, one in made.items() if one == kind)
        for row in self.rows:
            first, second = (names[kind].find(grid.text(row, column)).ids for column in (other, at))  # type: ignore[index]
            if first and second and not set(first) & set(second):
                return False
        return True

    def _lacks(self, head: Head, made: Mapping[int, str]) -> list[Dimension]:
        """Name what values of a column still need: what no column and no other heading gives."""
        del head
        return [one for one in NEEDED if one not in made.values() and one not in self.sheet.context]

    def _without_second_marks(self, made: dict[int, str]) -> None:
        """Where some marks stand under a word for them, a column of texts under the same names is what was answered."""
        spoken = [at for at, kind in made.items() if kind == "mark" and self.block.heads[at].role == "mark"]
        for at, kind in made.items():
            head = self.block.heads[at]
            same = [one for one in spoken if one != at and self.block.heads[one].named == head.named]
            if kind in ("mark", "reason") and head.role is None and same and head.named:
                made[at] = LEFT_OUT

    def _reasons_beside(self, made: dict[int, str]) -> None:
        """Read columns of reasons that name nothing as those of the marks left of them, where each mark has one."""
        named = [at for at, kind in made.items() if kind == "mark" and self.block.heads[at].named]
        bare = [at for at, kind in made.items() if kind == "reason" and not self.block.heads[at].named]
        if not named or not bare:
            return
        beside = {at: max((mark for mark in named if mark < at), default=0) for at in bare}
        if sorted(beside.values()) == sorted(named):
            for at, mark in beside.items():
                self.block.heads[at].named = dict(self.block.heads[mark].named)
        elif len(named) > 1 and not self._unnamed_marks(made):
            for at in bare:
                made[at] = LEFT_OUT

    def _unnamed_marks(self, made: Mapping[int, str]) -> bool:
        return any(kind == "mark" and not self.block.heads[at].named for at, kind in made.items())

    def _left(self, at: int) -> str:
        left = self.block.heads.get(at - 1)
        return f"“{left.path}”" if left and left.path else f"column {at - 1}"

    def _tell(self, at: int) -> None:
        grid, head = self.sheet.grid, self.block.heads[at]
        cells = [(row, at) for row in self.rows if grid.text(row, at)]
        if not cells:
            return
        why = (
            "it is worked out from others, or agreed"
            if head.role == "aside"
            else "nothing known is said by its heading"
        )
        heading = head.path or "no heading"
        facts = {"count": f"{len(cells):,}", "what": cells_under(heading, (grid.text(*cell) for cell in cells))}
        self.sheet.reading.note("E-IMPORT-004", grid.place(*cells[0]), heading=heading, why=why, **facts)


Key = tuple[str, str, str]  # bid or organisation, question, evaluator


@dataclass
class Gathered:
    """The marks and reasons of a file by what they are of; two of one are refused at the second."""

    reading: Reading
    marks: dict[Key, Value] = field(default_factory=dict)
    reasons: dict[Key, list[Value]] = field(default_factory=dict)
    told: set[Key] = field(default_factory=set)  # of which a finding says why there is no mark
    twice: set[tuple[str, int]] = field(default_factory=set)  # rows, by sheet

    def add(self, value: Value) -> None:
        """Take one value."""
        key = (value.subject, value.question, value.evaluator)
        if value.kind == "mark":
            before = self.marks.setdefault(key, value)
            if before is not value and not self._is_repeated(before, value):
                self.twice.add((value.place.sheet, value.row))
                self._note("The mark", value, before)
        elif value.kind == "none":
            self.told.add(key)
        else:
            self._add_reason(key, value)

    def _add_reason(self, key: Key, value: Value) -> None:
        said, row = self.reasons.setdefault(key, []), (value.place.sheet, value.row)
        if all((one.place.sheet, one.row) == row for one in said):
            said.append(value)
        elif row not in self.twice and not any(self._is_repeated(one, value) for one in said):
            self._note("The reason", value, said[0])

    def _note(self, what: str, value: Value, before: Value) -> None:
        facts = {"subject": value.subject, "question": value.question, "evaluator": value.evaluator}
        self.reading.note("E-IMPORT-008", value.place, what=what, other=str(before.place), **facts)

    def _is_repeated(self, first: Value, second: Value) -> bool:
        """Whether a value only says again, at another bid of the organisation, what the organisation answers once."""
        criteria = self.reading.known.criteria
        scopes = {one.id: one.scope for theme in criteria.themes for one in criteria.questions(theme.id)}
        return scopes.get(first.question) == "organisation" and first.text == second.text

    def rows(self) -> tuple[list[dict[str, str]], list[dict[str, Source]]]:
        """Put marks and reasons together, a row for each mark."""
        for key in sorted(self.reasons.keys() - self.marks.keys() - self.told):
            first = self.reasons[key][0]
            self.reading.note("E-IMPORT-023", first.place, shown=quoted([first.text]))
        rows, origins = [], []
        for key in sorted(self.marks):
            said, mark = self.reasons.get(key, []), self.marks[key]
            names = dict(zip(("bid", "question", "evaluator"), key, strict=True))
            rows.append(names | {"mark": mark.text, "reason": _joined(said)})
            origins.append({"mark": mark.place} | ({"reason": said[0].place} if said else {}))
        return rows, origins


def _joined(said: Sequence[Value]) -> str:
    """Put the parts of a reason together, each under its heading where there are several."""
    if len(said) <= 1:
        return said[0].text if said else ""
    return "\n".join(f"{one.heading.rpartition(' / ')[2]}: {one.text}" for one in said)
