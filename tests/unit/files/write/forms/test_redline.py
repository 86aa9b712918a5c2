"""A redline: all of its changes accepted give the new page, all of them rejected the old one."""

import copy
import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from evaluator.files.write.forms import docx_bytes, read_page
from evaluator.files.write.forms.redline import redline

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLD = [
    "<h2>1 The programme</h2>",
    "<p>1.1 Bids are read by <strong>two</strong> evaluators. Each writes a reason.</p>",
    "<p>1.2 A budget of £2,600,000 holds.</p>",
    "<p>1.3 It goes.</p>",
    "<table><caption>Weights</caption><thead><tr><th>Question</th><th>Weight</th></tr></thead><tbody>"
    "<tr><td>Need</td><td>60</td></tr><tr><td>Reach</td><td>40</td></tr></tbody></table>",
]
NEW = [
    "<h2>1 The programme</h2>",
    "<p>1.1 Bids are read by <strong>three</strong> evaluators. Each writes a reason.</p>",
    "<p>1.2 A budget of £2,700,000 holds.</p>",
    "<p>2.1 It comes, and says something else.</p>",
    "<table><caption>Weights</caption><thead><tr><th>Question</th><th>Weight</th></tr></thead><tbody>"
    "<tr><td>Need</td><td>50</td></tr><tr><td>Places</td><td>10</td></tr><tr><td>Reach</td><td>40</td></tr></tbody>"
    "</table>",
]


def page(parts):
    return f"<html><head><title>Appendix</title></head><body><main>{''.join(parts)}</main></body></html>"


def body(content):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))[0]


def settled(root, drop):
    """Give a body as Word leaves it once every change is accepted (``del`` is dropped) or rejected (``ins`` is)."""
    root = copy.deepcopy(root)
    rows = [one for one in root.iter(f"{W}tr") if one.find(f"{W}trPr/{W}{drop}") is not None]
    runs = [one for one in root.iter(f"{W}{drop}") if one.getparent().tag == f"{W}p"]
    gone = [one for one in root.iter(f"{W}p") if one.find(f"{W}pPr/{W}rPr/{W}{drop}") is not None]
    for one in (*rows, *runs):
        one.getparent().remove(one)
    assert not any(map(text, gone))
    for one in (*gone, *(one for one in root.iter(f"{W}tbl") if one.find(f"{W}tr") is None)):
        one.getparent().remove(one)
    return root


def text(part):
    return "".join("\n" if one.tag == f"{W}br" else one.text for one in part.iter(f"{W}t", f"{W}delText", f"{W}br"))


def lines(root):
    return [said for one in root.iter(f"{W}p") if (said := text(one))]


def plain(parts):
    return lines(body(docx_bytes(read_page(page(parts)))))


def both(old, new):
    made = body(redline(page(old), page(new), "A. Officer", "2026-12-01"))
    return lines(settled(made, "ins")), lines(settled(made, "del"))


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), (OLD, OLD), (OLD, NEW[:1]), (NEW[4:], OLD)])
def test_rejected_it_is_the_old_page_and_accepted_the_new(old, new):
    assert both(old, new) == (plain(old), plain(new))


words = st.lists(st.sampled_from(["bids", "may", "be", "read", "60", "£1,200.50", "twice", "– and"]), max_size=6)
paragraphs = words.map(lambda said: f"<p>{' '.join(said)}</p>")
tables = st.lists(st.tuples(words, words), min_size=1, max_size=4).map(
    lambda rows: (
        "<table><caption>Marks</caption><thead><tr><th>Mark</th><th>When</th></tr></thead><tbody>"
        + "".join(f"<tr><td>{' '.join(a)}</td><td>{' '.join(b)}</td></tr>" for a, b in rows)
        + "</tbody></table>"
    )
)
pages = st.lists(paragraphs | tables, max_size=6)


@settings(max_examples=60, deadline=None)
@given(pages, pages)
def test_so_it_is_of_any_two_pages(old, new):
    assert both(old, new) == (plain(old), plain(new))


def changes(content):
    return [*body(content).iter(f"{W}ins", f"{W}del")]


def test_only_the_words_that_changed_are_marked():
    made = changes(redline(page(OLD[:3]), page(NEW[:3]), "A. Officer"))
    assert [(one.tag.removeprefix(W), text(one)) for one in made] == [
        ("del", "two"),
        ("ins", "three"),
        ("del", "£2,600,000"),
        ("ins", "£2,700,000"),
    ]


def test_every_change_names_who_made_it_and_the_day_and_has_its_own_number():
    made = changes(redline(page(OLD), page(NEW), "A. Officer", "2026-12-01"))
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in made} == {("A. Officer", "2026-12-01T00:00:00Z")}
    assert len({one.get(f"{W}id") for one in made}) == len(made) > 8
    assert all(one.get(f"{W}date") is None for one in changes(redline(page(OLD), page(NEW), "A. Officer")))


def test_it_is_a_word_file_with_the_same_bytes_each_time():
    made = redline(page(OLD), page(NEW), "A <b> & co", "2026-12-01")
    assert made == redline(page(OLD), page(NEW), "A <b> & co", "2026-12-01")
    assert Document(io.BytesIO(made)).tables
