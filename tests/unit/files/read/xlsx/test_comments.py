"""Comments come with their cells: old ones, and threads with everything that was said in them."""

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from evaluator.files.read.xlsx import open_workbook
from tests.unit.files.read.xlsx.spoilt_workbooks import with_member, with_replaced

KIND = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
THREAD = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="B2" dT="2026-10-01T10:00:00.00" personId="{1}" id="{2}"><text>should be 5</text></threadedComment>
<threadedComment ref="B2" dT="2026-10-01T11:00:00.00" personId="{1}" id="{3}" parentId="{2}"><text>agreed</text>
</threadedComment></ThreadedComments>"""


def commented(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active["B2"], book.active["C7"] = 3, 4
    book.active["B2"].comment = Comment("[Threaded comment] Your version of Excel shows it otherwise", "x")
    book.active["C7"].comment = Comment("late,\nsee e-mail", "x")
    book.save(path)
    return path


def comments(path: Path) -> dict[tuple[int, int], str]:
    book, found = open_workbook(path.read_bytes(), path.name)
    assert book is not None, found
    return book.sheets[0].comments


def test_old_comments_are_read_with_their_cells(tmp_path: Path) -> None:
    found = comments(commented(tmp_path / "a.xlsx"))
    assert found == {
        (2, 2): "[Threaded comment] Your version of Excel shows it otherwise",
        (7, 3): "late, see e-mail",
    }


def test_of_a_thread_everything_is_read_that_was_said_and_not_the_old_comment_that_points_at_it(tmp_path: Path) -> None:
    path = commented(tmp_path / "a.xlsx")
    link = (
        f'<Relationship Id="thread" Type="{KIND}" Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>'
    )
    with_replaced(path, "xl/worksheets/_rels/sheet1.xml.rels", b"</Relationships>", link.encode())
    with_member(path, "xl/threadedComments/threadedComment1.xml", THREAD.encode())
    assert comments(path) == {(2, 2): "should be 5 / agreed", (7, 3): "late, see e-mail"}


def test_a_workbook_without_comments_has_none(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert comments(tmp_path / "a.xlsx") == {}
