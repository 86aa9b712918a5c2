"""Every pattern that meets what stands in a workbook takes time that grows with its length, and not with its square.

Twice the text may take about twice the time: the least of several runs each, of which the ratio is held, never seconds.
A pattern that goes back over its text takes four times as long, and more.
"""

import time
from collections.abc import Callable
from decimal import Decimal

import pytest

from evaluator.files.read.xlsx import formats, measures, scan, shapes, sheet_view, strings

SIZE = 60_000
CASES: tuple[tuple[str, Callable[[str], object], str], ...] = (
    ("digits that end in a letter", measures.NUMBER.fullmatch, "1"),
    ("digits after a point", lambda text: measures.NUMBER.fullmatch(f".{text}x"), "1"),
    ("escapes that are none", strings.unescaped, "_x00"),
    ("open brackets of a format", formats.TOKEN.findall, "["),
    ("open quotes of a format", formats.TOKEN.findall, '"'),
    ("backslashes of a format", formats.TOKEN.findall, "\\"),
    ("places of a format", formats.CORE.fullmatch, "#"),
    ("commas of a format", formats.CORE.fullmatch, "#,###"),
    ("conditions of a format", lambda text: formats.CONDITION.fullmatch(f"[>{text}"), "1"),
    ("elapsed hours", lambda text: formats.ELAPSED.fullmatch(f"[{text}"), "h"),
    ("letters of a place", scan.REFERENCE.fullmatch, "A"),
    ("letters of a range", sheet_view.RANGE.fullmatch, "A"),
    ("beginnings of shapes", lambda text: list(shapes.SHAPE.finditer(text)), "<v"),
    ("long names of shapes", lambda text: shapes.SHAPE.search(f"<{text}"), "v"),
    ("anchors that nothing ends", shapes.ANCHOR.search, "<x:Anchor>1,"),
    ("room before a colon", shapes.HIDDEN.search, "visibility  "),
    ("kinds of objects", shapes.NOTE.search, 'ObjectType="'),
    ("styles without a width", shapes.SIZED.search, 'style="a'),
    ("signs that are seen", shapes.VISIBLE.search, "<x:Visibl"),
)


def least(work: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(5):
        start = time.process_time_ns()
        work(text)
        times.append(time.process_time_ns() - start)
    return max(min(times), 1)


@pytest.mark.parametrize(("work", "piece"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_twice_the_text_takes_about_twice_the_time(work: Callable[[str], object], piece: str) -> None:
    short = (piece * SIZE)[:SIZE] + "\n"
    long = (piece * 2 * SIZE)[: 2 * SIZE] + "\n"
    few, more = least(work, short), least(work, long)
    assert more < 3 * few + 2_000_000, (few, more)  # two milliseconds for what a clock cannot tell apart


def test_a_format_code_is_read_no_further_than_a_spreadsheet_program_writes_it() -> None:
    assert not formats.shows_number("0" * 100_000, Decimal(3))
    assert sum(len(one.tokens) for one in formats.sections("[Red]" * 100_000)) < formats.MOST_CODE
