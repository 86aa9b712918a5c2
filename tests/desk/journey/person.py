"""Somebody at the desk's pages, with a mouse or by keyboard alone, with script or without, who looks at each page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tests.desk.served import patience

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST_STEPS = 1_500  # presses of the key that goes on to the next thing
SHAPE = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(one => Number(one.tagName[1]));
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
  return {
    title: document.title, language: document.documentElement.lang,
    h1: document.querySelectorAll("h1").length,
    jumps: levels.filter((level, at) => at && level > levels[at - 1] + 1).length,
    twice: ids.filter((one, at) => ids.indexOf(one) !== at),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    dead: [...document.querySelectorAll(".govuk-error-summary a")]
      .filter(one => !document.getElementById(one.hash.slice(1))?.matches("input, select, textarea"))
      .map(one => one.hash),
    focus: document.activeElement?.className ?? "",
    problems: document.querySelectorAll(".govuk-error-summary").length,
    done: document.querySelectorAll(".govuk-notification-banner--success").length,
  };
}"""


@dataclass
class Person:
    """Goes from page to page by the words that stand there; ``looks`` is asked about every page."""

    page: "Page"
    keys: bool = False
    script: bool = True
    looks: Callable[["Page"], list[str]] | None = None
    seen: set[str] = field(default_factory=set)

    def looked(self) -> None:
        """Look at the page as it is: its title, headings, ids, focus, width; and by axe, once for each kind of page."""
        shape = self.page.evaluate(SHAPE) if self.script else self._shape_without_script()
        where = self.page.url
        assert shape["h1"] == 1, where
        assert shape["language"] == "en-GB", where
        assert shape["title"].endswith("Bid evaluator"), where
        assert shape["jumps"] == 0, where
        assert shape["twice"] == [], where
        assert shape["dead"] == [], where
        assert shape["wide"] <= 0, f"{where} is {shape['wide']} pixels wider than the screen"
        assert shape["title"].startswith("Error: ") == bool(shape["problems"]), where
        if self.script and shape["problems"]:
            assert "govuk-error-summary" in shape["focus"], where
        if self.script and shape["done"] and not shape["problems"]:
            assert "govuk-notification-banner" in shape["focus"], where
        kind = f"{re.sub('[0-9]+', '0', where.partition('?')[0])} {shape['problems']} {shape['done']}"
        if self.looks is not None and kind not in self.seen:
            self.seen.add(kind)
            assert self.looks(self.page) == [], where

    def _shape_without_script(self) -> dict[str, object]:
        """Look by what the page says of itself: a page without script answers no question."""
        count = self.page.locator
        return (
            {
                "title": self.page.title(),
                "language": count("html").get_attribute("lang"),
                "h1": count("h1").count(),
                "problems": count(".govuk-error-summary").count(),
                "done": count(".govuk-notification-banner--success").count(),
            }
            | dict.fromkeys(("jumps", "wide"), 0)
            | {"twice": [], "dead": [], "focus": ""}
        )

    def goes(self, words: str, *, exact: bool = True) -> None:
        """Follow a link."""
        self._acts(self.page.get_by_role("link", name=words, exact=exact).first)

    def goes_to_first(self, table: str) -> str:
        """Follow the first link of a table, and give its words."""
        link = self.page.get_by_role("region", name=table).get_by_role("link").first
        words = link.inner_text()
        self._acts(link)
        return words

    def goes_to(self, place: str) -> None:
        """Follow a link of the navigation."""
        way = self.page.get_by_role("navigation", name="The job, in order")
        self._acts(way.get_by_role("link", name=place, exact=True))

    def presses(self, words: str, *, exact: bool = True) -> None:
        """Press a button, which sends its form."""
        self._acts(self.page.get_by_role("button", name=words, exact=exact).first)

    def opens(self, words: str) -> None:
        """Open what is folded away."""
        self._does(self.page.locator("summary", has_text=words).first)

    def ticks(self, words: str, *, exact: bool = True, off: bool = False) -> None:
        """Tick a box, or choose one of a few."""
        box = self.page.get_by_label(words, exact=exact).first
        if box.is_checked() is not off:
            return
        if self.keys:
            self._to(box)
            self.page.keyboard.press("Space")
        else:
            box.set_checked(not off)
        assert box.is_checked() is not off, words

    def chooses(self, legend: str, words: str) -> None:
        """Choose one of those that a question offers."""
        box = self.page.get_by_role("group", name=legend).get_by_role("radio", name=words).first
        if not self.keys:
            box.check()
            return
        group = self.page.get_by_role("group", name=legend).get_by_role("radio")
        first = group.locator(":scope:checked").first if group.locator(":scope:checked").count() else group.first
        self._to(first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if box.is_checked():
                break
            self.page.keyboard.press("ArrowDown")
        assert box.is_checked(), words

    def fills(self, label: str, text: str) -> None:
        """Write into a field."""
        place = self.page.get_by_label(label, exact=True).first
        if self.keys:
            self._to(place)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(text)
        else:
            place.fill(text)
        assert place.input_value() == text

    def brings(self, label: str, files: list[Path]) -> None:
        """Choose files."""
        place = self.page.get_by_label(label, exact=True).first
        if not self.keys:
            place.set_input_files(files)
            return
        until = monotonic() + patience()
        while not self._opens_files(place, files):
            assert monotonic() < until, f"no key opens {label}"

    def _opens_files(self, place: "Locator", files: list[Path]) -> bool:
        """Press the key that opens the choice of files; Chromium without a screen drops some presses."""
        from playwright.sync_api import TimeoutError as NothingOpened

        self._to(place)
        try:
            with self.page.expect_file_chooser(timeout=1_000 * patience(3)) as chooser:
                self.page.keyboard.press("Enter")
        except NothingOpened:
            return False
        chooser.value.set_files(files)
        return True

    def waits(self) -> None:
        """Wait for work to end: script shows it by itself; without it the page is asked for again."""
        stop, until = self.page.get_by_role("button", name="Stop it"), monotonic() + patience(240)
        while stop.count():
            assert monotonic() < until, "the work did not end"
            if self.script:
                stop.wait_for(state="detached")
                self.page.wait_for_load_state()
            else:
                self.page.wait_for_timeout(1_000)
                self._acts(self.page.get_by_role("link", name="Check again", exact=True))
        self.looked()

    @property
    def words(self) -> str:
        """Everything that stands in the page's main part."""
        return self.page.locator("main").inner_text()

    def _acts(self, target: "Locator") -> None:
        """Do what leads to another page, and look at that."""
        before = self.page.evaluate("performance.timeOrigin") if self.script else None
        self._does(target)
        if before is not None:
            self.page.wait_for_function("before => performance.timeOrigin !== before", arg=before)
        self.page.wait_for_load_state()
        self.looked()

    def _does(self, target: "Locator") -> None:
        if self.keys:
            self._to(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def _to(self, target: "Locator") -> None:
        """Go on from thing to thing with the key, until the one that is meant has the focus, and can be seen to."""
        target.wait_for(state="visible")
        here = target.element_handle()
        for _ in range(MOST_STEPS):
            if here.evaluate("one => one === document.activeElement"):
                ring = here.evaluate("one => { const s = getComputedStyle(one); return s.outlineStyle + s.boxShadow; }")
                assert ring != "nonenone", f"nothing shows that {target} has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by keyboard")
