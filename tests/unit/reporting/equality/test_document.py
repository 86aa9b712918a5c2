"""The equality summary on paper: what it says, what it must never say, and that anyone can read it."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from evaluator.equality import assess
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import Band, CharacteristicImpact, EqualityImpact, PublicGroup
from evaluator.records.submissions.received import Table
from evaluator.reporting.equality import equality_document, equality_html, in_short
from tests.unit.equality.small_programmes import Programme, bid
from tests.unit.reporting.small_outcome import outcome

TABLE = {"Yes": (0, 0, 30, 10), "No": (0, 0, 30, 30), "Mixed": (0, 0, 3, 1), "<b>Other</b>": (0, 0, 10, 2)}


def impact(table: dict[str, tuple[int, ...]] | None = None, threshold: int = 10) -> EqualityImpact:
    p = Programme(table or TABLE, threshold=threshold)
    first = p.bids[0]
    p.bids[0] = bid(first.id, first.organisation, wards=("Bow & Mile End",), groups=("young people",))
    return assess(p.criteria, p.evaluation, p.scores, p.allocation, p.monitoring)


@pytest.fixture(scope="module")
def page() -> str:
    return equality_html(outcome(equality=impact()))


class Structure(HTMLParser):
    """What a screen reader meets: elements with their attributes, and the open elements at each."""

    VOID = frozenset({"meta", "br", "rect", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.met: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.met if name == tag]


def test_the_page_is_well_formed_and_has_landmarks_and_language(page: str) -> None:
    read = Structure(page)
    assert read.open == []
    assert read.all("html")[0]["lang"] == "en-GB"
    assert {"header", "main", "nav", "footer", "h1"} <= {name for name, _ in read.met}


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page: str) -> None:
    read = Structure(page)
    assert len(read.all("table")) == len(read.all("caption")) > 3
    assert all(attrs.get("scope") in ("row", "col", "rowgroup") for attrs in read.all("th"))


def test_every_chart_has_a_role_a_title_and_a_description(page: str) -> None:
    read = Structure(page)
    charts = read.all("svg")
    assert charts
    ids = {attrs.get("id") for _, attrs in read.met}
    for chart in charts:
        assert chart["role"] == "img"
        assert set((chart["aria-labelledby"] or "").split()) <= ids


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(page: str) -> None:
    read = Structure(page)
    ids = [attrs["id"] for _, attrs in read.met if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {(attrs["href"] or "")[1:] for attrs in read.all("a")} <= set(ids)


def test_the_page_says_that_it_concludes_nothing_and_why_it_is_read_first(page: str) -> None:
    assert "does not say that any legal duty is met" in page
    assert "Equality Act 2010, section 149" in page
    assert "before and when they decide" in page


@pytest.mark.parametrize(
    "never",
    ["no evidence", r"\bp ?[=<≤]", "p-value", "significan", "complian", "comply", r"duty.{0,40} (met|fulfilled)"],
)
def test_the_page_never_says(page: str, never: str) -> None:
    words = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    for denial in ("does not say that any legal duty is met", "Nothing here says that a legal duty is met"):
        words = words.replace(denial, "")
    assert not re.search(never, words.casefold())


def test_the_page_names_seal_run_and_engine(page: str) -> None:
    about = outcome()
    assert about.seal is not None
    for words in (about.seal.sha256, about.fingerprint, about.run.name, about.run.engine):
        assert words in page


def test_the_first_section_has_five_sentences() -> None:
    for one in (impact(), impact(threshold=2)):
        assert len(in_short(one)) == 5
        assert all(sentence.endswith(".") and ". " not in sentence for sentence in in_short(one))


def test_what_people_write_is_left_blank(page: str) -> None:
    assert page.count('<td style="height:1.6rem"></td>') == 9
    assert "Name, role, signature and date" in page


def test_markup_in_what_came_in_is_only_text(page: str) -> None:
    assert "<b>Other</b>" not in page
    assert "&lt;b&gt;Other&lt;/b&gt;" in page
    assert "Bow &amp; Mile End" in page


def test_the_four_fifths_screen_is_labelled(page: str) -> None:
    assert "A screen that has no status in English law" in page


def test_wards_with_nothing_are_named(page: str) -> None:
    assert "Named here, and in no recommended bid: Bow &amp; Mile End." in page


def test_the_document_gives_bands_and_no_number_beside_them() -> None:
    """3 of 30 with an award share a band with none: neither JSON nor page says which of the four it is."""
    made = impact({"Yes": (0, 0, 30, 2), "No": (0, 0, 30, 30)})
    document = equality_document(made)
    text = json.dumps(document)
    assert json.loads(text, parse_float=lambda number: pytest.fail(number)) == document
    (one,) = document["characteristics"]
    yes = one["groups"][0]
    assert (yes["organisations"], yes["funded"]) == ({"least": 32, "most": 32}, {"least": 0, "most": 9})
    assert set(one) == {
        *("id", "title", "about", "public_statement", "grouping", "own_groups", "band_width", "groups", "no_answer"),
        *("differing", "why", "first_published", "awards_changed_since"),
    }
    page = equality_html(outcome(equality=made))
    yes = r'<th scope="row">Yes\s*<span class="soft ref">reply-1-1</span></th>'
    assert re.search(rf'{yes}<td class="n">32</td><td class="n">9 or fewer</td>', page)


def test_the_screen_says_how_many_groups_were_not_screened(page: str) -> None:
    assert re.search(r"\d+ groups? could be screened; \d+ groups? or questions? could not", page)


def test_a_benchmark_of_a_characteristic_is_not_taken_for_a_question_of_the_same_id() -> None:
    asked = CharacteristicImpact("age", "How long it has existed", "organisation", "too_little_to_tell")
    residents = Baseline("population", "age", "Residents", "Census", "2021-03-21", (("Under 30", Fraction(1, 2)),))
    assert not asked.is_asked_by(residents)
    shown = replace(asked, groups=(PublicGroup("New", ("New",), Band(3, 3), None),))
    assert shown.is_asked_by(replace(residents, shares=(("New", Fraction(1)),)))
    assert not shown.is_asked_by(residents)


def test_without_monitoring_the_page_says_what_is_not_known() -> None:
    p = Programme({"Yes": (0, 0, 3, 1)})
    bare = assess(p.criteria, p.evaluation, p.scores, p.allocation, None)
    page = equality_html(outcome(equality=bare))
    assert "There is no equality monitoring data" in page
    assert "There is nothing to count by group." in page
    assert "No bid names a ward or a group." in page


@pytest.mark.parametrize(
    "table", [{"Yes": (0, 0, 0, 0)}, {"Yes": (3, 0, 0, 0)}, {"Yes": (0, 0, 40, 0), "No": (0, 0, 40, 0)}]
)
def test_a_page_can_be_written_of_next_to_nothing(table: dict[str, tuple[int, ...]]) -> None:
    p = Programme(table)
    for monitoring in (p.monitoring, Table({"organisation": [], "women_led": []}, ())):
        made = assess(p.criteria, p.evaluation, p.scores, p.allocation, monitoring)
        assert Structure(equality_html(outcome(equality=made))).open == []


def test_a_run_that_stopped_early_says_so() -> None:
    assert "there is no equality summary" in equality_html(outcome(equality=None))


def test_the_page_asks_nothing_of_the_network(page: str) -> None:
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
