"""Every chart of every page, laid out by a real browser and read as it is printed: words, ink, findings."""

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from evaluator.files.write.forms.blocks import Picture, every
from evaluator.files.write.forms.column_widths import PORTRAIT
from evaluator.files.write.forms.page_reader import read_page
from evaluator.files.write.forms.typst_source import TALLEST
from evaluator.records.results.counterfactuals import BidCase, Need
from evaluator.records.results.coverage import Coverage
from evaluator.reporting.equality import equality_html
from evaluator.reporting.studies.counterfactuals import cases_html
from evaluator.reporting.studies.robustness import BidLine, borderline_chart
from tests.test_accessible_pages import PAGES, SAMPLE, TEMPLATES, Write, run
from tests.unit.reporting import small_outcome
from tests.unit.reporting.equality.test_document import impact
from tests.unit.reporting.shared.test_share_pictures import MARKS, PAPER, contrast
from tests.unit.reporting.shared.test_ward_map import real

WIDTHS = (1280, 390, 320)
ON_SCREEN, IN_PRINT = 12, 7  # pixels, points
FINDING = (
    r"\d|\b(every|most|no|nobody)\b|\b(Every|Most|No)\b"  # what a title says that only names what is drawn does not
)
GRID = "#c3ccd6"  # lines of a scale, whose words stand beside them
SIZES = """() => [...document.querySelectorAll('svg text')].map(one =>
    [parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a, one.textContent])"""


def margins(_: Path) -> str:
    made = small_outcome.outcome()
    need = Need(change="score", verdict="found", amount=50)
    first = BidCase("A01", made.criteria.themes[0].id, 7000, 100, (), True, True, "", needs=(need,))
    more = [
        replace(first, bid=f"A{at:02}", funded=False, needs=(replace(need, amount=90 * at),)) for at in range(2, 12)
    ]
    return cases_html([first, *more], made)


def equality(_: Path) -> str:
    """Write the public edition with many wards and groups of long names, and residents."""
    wards = tuple(place(f"Saint Bartholomew & Upper {at} Whitechapel", at) for at in range(90))
    groups = tuple(place(f"people who left school before they were {at}", at) for at in range(60))
    return equality_html(small_outcome.outcome(equality=replace(impact(), wards=wards, groups=groups)))


def with_a_map(_: Path) -> str:
    """Write the report with a map of wards as a council exports them."""
    wards = tuple(place(ward.name, at) for at, ward in enumerate(real().wards))
    return small_outcome.report_html(
        small_outcome.outcome(equality=replace(impact(), wards=wards), boundaries=replace(real(), source="A survey"))
    )


def place(name: str, at: int) -> Coverage:
    return Coverage(name, 5, 1, 3, 1, 100 * at, divided=Fraction(100 * at), population=Fraction(at + 1, 5000))


def mapped(folder: Path) -> str:
    run("criteria", "map", SAMPLE[0], "--out", folder / "map.html")
    return (folder / "map.html").read_text("utf-8")


QUICK: dict[str, Write] = {
    "report": PAGES["report.html"],
    "margins": margins,
    "rules": PAGES["study_rules.html"],
    "equality": equality,
    "map": mapped,
    "wards": with_a_map,
}
SLOW: dict[str, Write] = {
    "restricted": PAGES["equality_restricted.html"],
    "simulation": PAGES["simulation.html"],
    "mitigation": PAGES["study_mitigation.html"],
    "diagnostics": PAGES["diagnostics.html"],
}
EVERY = [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]


@cache
def page(name: str) -> str:
    with TemporaryDirectory() as folder:
        return (QUICK | SLOW)[name](Path(folder))


def sizes(chromium: Browser, html: str, width: int) -> list[tuple[float, str]]:
    """Give how high each word of a drawing stands on a screen, in pixels, with whatever is folded opened."""
    made = chromium.new_page(viewport={"width": width, "height": 900})
    made.set_content(html.replace("<details", "<details open"))
    found: list[tuple[float, str]] = made.evaluate(SIZES)
    made.close()
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EVERY)
def test_words_of_charts_are_12_pixels_high_on_every_screen(chromium: Browser, name: str, width: int) -> None:
    found = sizes(chromium, page(name), width)
    assert found
    assert [one for one in found if one[0] < ON_SCREEN] == []


def test_a_drawing_that_is_made_smaller_on_a_telephone_is_found_out(chromium: Browser) -> None:
    wide = page("margins").replace('viewBox="0 0 340 ', 'viewBox="0 0 680 ')
    assert min(sizes(chromium, wide, 390))[0] < ON_SCREEN


@pytest.mark.parametrize("name", EVERY)
def test_words_of_charts_are_7_points_high_in_print(name: str) -> None:
    pictures = [one for one in every(read_page(page(name)).blocks) if isinstance(one, Picture)]
    assert pictures
    for one in pictures:
        box = re.search(r'viewBox="0 0 (\d+)', one.svg)
        assert box
        scale = one.width / int(box[1]) * min(PORTRAIT / one.width, TALLEST / one.height, 1.0)
        assert min(map(int, re.findall(r'font-size="(\d+)"', one.svg))) * scale >= IN_PRINT, one.words


@pytest.mark.parametrize("name", EVERY)
def test_each_chart_has_its_finding_as_title_and_text_alternative(name: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page(name), re.DOTALL)
    assert len(figures) == len(re.findall(r"<svg[^>]*aria-labelledby", page(name)))
    for one in figures:
        caption, title, words = (
            re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", one, re.DOTALL) for tag in ("figcaption", "title", "desc")
        )
        assert caption
        assert title
        assert words
        assert title[1].startswith(caption[1])
        assert re.search(FINDING, caption[1]), f"no finding: {caption[1]}"
        assert words[1].strip()


@pytest.mark.parametrize("name", EVERY)
def test_every_ink_of_a_chart_can_be_told_from_the_paper(name: str) -> None:
    """A mark is told by its edge where it is not by its fill; words have the contrast of text."""
    for svg in re.findall(r"<svg[^>]*aria-labelledby.*?</svg>", page(name), re.DOTALL):
        for tag, attributes in re.findall(r"<(text|rect|circle|path|polyline)\b([^>]*)>", svg):
            inks = [full(one) for one in re.findall(r'\b(?:fill|stroke)="(#\w+)"', attributes)]
            if tag == "text" or GRID in inks or inks == [PAPER]:
                continue
            assert max(contrast(one, PAPER) for one in inks) >= MARKS, (tag, attributes)


def full(ink: str) -> str:
    return ink if len(ink) == 7 else "#" + "".join(2 * letter for letter in ink[1:])


def test_of_many_borderline_bids_the_least_firm_are_drawn() -> None:
    """Of bids funded in 1 to 80 of 100 draws, every second recommended: 24 with 2 to 48, and not 15 with 51 to 79."""
    lines = [
        BidLine(f"B{at}", "T", at % 2 == 0, "borderline", "", (), Fraction(at, 100), f"{at} of 100", "")
        for at in range(1, 81)
    ]
    picture = borderline_chart(lines)
    assert len(picture.rows) == 20
    assert picture.rows[0].label == "B50 (T)"
    assert picture.title.startswith("39 borderline bids are decided against")


def test_drawings_are_made_in_one_template() -> None:
    drawing = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if "<svg" in path.read_text("utf-8")
    }
    assert drawing == {"charts.html"}
