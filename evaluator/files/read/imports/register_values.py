"""The values of a register as people write them, read where they are certain; all others are refused at their cells."""

import re
from dataclasses import dataclass

from evaluator.files.read.imports.reading import Reading, Taker
from evaluator.files.read.imports.register_words import FAIL, NEGATIVE, NO, PASS, YES, plain_word
from evaluator.files.read.tables.guard import quoted
from evaluator.files.read.tables.layouts import Column
from evaluator.files.read.xlsx.cell import Held
from evaluator.records.dates import read_day, read_moment
from evaluator.records.numbers import pence, plain_decimal
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.validation.as_meant import plain_money

LISTED = re.compile(r"\s*(?:\n|\||;)\s*")
WANTED = {
    "money": "pounds, such as £12,000.50",
    "pass_fail": "pass or fail",
    "yes_no": "yes or no",
    "date": "a day, such as 2026-12-01 or 01/12/2026 with the day first",
    "moment": "a day and time, such as 2026-12-01 11:58 or 01/12/2026 11:58 with the day first",
    "whole": "a whole number",
    "decimal": "a number",
}


@dataclass
class Values:
    """Takes the values of one table of bids."""

    reading: Reading
    taker: Taker

    def take(self, row: int, at: int, column: Column, heading: str) -> str:
        """Take one value as our register holds it; empty where it is blank or refused."""
        held = self.taker.grid.held(row, at)
        instead = None
        if (
            held is not None
            and held.kind == "yes_no"
            and held.formula is None
            and column.kind in ("yes_no", "pass_fail")
        ):
            instead = Held("text", "no" if held.text in ("0", "false") else "yes", held.look, None)
        if self._merged_value(row, at, column):
            return ""
        text = self.taker.value(row, at, column, instead)
        if text is None or not text.strip():
            return ""
        if column.kind in WANTED and says_nothing(text) and plain_word(text) not in NO | YES | FAIL:
            self.reading.note("E-IMPORT-013", self.taker.grid.place(row, at), shown=quoted([text]), read="nothing")
            return ""
        read = self._read(text, column, heading, row, at)
        if read is None:
            self.taker.refuse("E-IMPORT-012", row, at, shown=quoted([text]), wanted=WANTED[column.kind])
        return read or ""

    def _merged_value(self, row: int, at: int, column: Column) -> bool:
        """Refuse a price or the like in a merged cell that lies over several rows."""
        grid = self.taker.grid
        area = grid.merged.get(grid.real(row, at))
        if area is None or column.kind not in WANTED:
            return False
        over = area.first_row != area.last_row if not grid.turned else area.first_column != area.last_column
        if over:
            self.taker.refuse("E-IMPORT-014", row, at, cells=f"{grid.place(row, at).cell} and others")
        return over

    def _read(self, text: str, column: Column, heading: str, row: int, at: int) -> str | None:
        match column.kind:
            case "money":
                return read_money(text)
            case "whole" | "decimal":
                bare = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text.strip())
                return bare if plain_decimal(bare) is not None else None
            case "date":
                return read_day(text)
            case "moment":
                return read_moment(text)
            case "yes_no":
                word = plain_word(text)
                return "yes" if word in YES else "no" if word in NO else None
            case "pass_fail":
                return self._gate(plain_word(text), column, heading, row, at)
            case "list":
                return "; ".join(part for part in LISTED.split(text.strip()) if part)
            case _:
                return text.strip() if column.kind in ("long_text", "text") else " ".join(text.split())

    def _gate(self, word: str, column: Column, heading: str, row: int, at: int) -> str | None:
        """Read pass and fail, and yes and no where it is known which of the two is a pass."""
        if word in PASS:
            return "pass"
        if word in FAIL:
            return "fail"
        if word not in YES | NO:
            return None
        gate = next(one for one in self.reading.known.criteria.gate if f"gate:{one.id}" == column.key)
        unsure = bool(NEGATIVE.search(f"{heading} {gate.title} {gate.question}"))
        text, place = f"yes under {heading}", self.taker.grid.place(row, at)
        why = "its heading may ask for what is wrong" if unsure else "its heading asks for what is right"
        proposed = "fail" if unsure else "pass"
        yes = self.reading.decide("setting", text, proposed, place, why, sure=not unsure, choices=("pass", "fail"))
        if not yes:
            self.taker.marks[self.taker.grid.anchor(row, at)] = "asked"
            return ""
        if not unsure and not any(
            one.code == "E-IMPORT-013" and heading in one.message for one in self.reading.findings
        ):
            self.reading.note("E-IMPORT-013", place, shown=f"“yes” under “{heading}”", read="pass")
        return yes if word in YES else {"pass": "fail", "fail": "pass"}[yes]


def read_money(text: str) -> str | None:
    """Read pounds as people write them; None for anything else.

    >>> read_money(" £ 12,000.50 "), read_money("GBP 12000"), read_money("12k"), read_money("£1,2000")
    ('12000.50', '12000', None, None)
    """
    bare = text.strip()
    bare = plain_money(re.sub(r"^GBP\s*|\s*GBP$", "", bare))
    return bare.lstrip("£").replace(",", "") if pence(bare) is not None else None
