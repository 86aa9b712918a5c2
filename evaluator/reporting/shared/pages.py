"""Pages: templates become one HTML file each, with the style inside it and no request to anywhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from string import ascii_letters, digits
from typing import Any, ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from evaluator.law import regime as law_of
from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.submissions.several_marks import mark_text
from evaluator.records.texts import visible

CELL = re.compile(r"<t([rhd])\b(?:[^>]*?\bcolspan=\"(\d+)\")?[^>]*>")
PLAIN = frozenset(ascii_letters + digits + " ,.:")  # that a string of CSS takes as they are


@cache
def environment() -> Environment:
    """Give the templates' environment: all is escaped, and a name that a template is not given is our mistake."""
    made = Environment(
        loader=PackageLoader("evaluator.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # it would take longer to work constants out than it saves on pages that are written once
        finalize=_seen,
    )
    made.filters |= {
        "pounds": pounds,
        "decimal": mark_text,
        "counted": count_of,
        "place": place,
        "date": spoken_date,
        "css_text": css_text,
        "labelled": labelled,
    }
    made.filters["ratio"] = ratio_decimal
    made.filters["prefixed"] = lambda text, prefix: f"{prefix}{text}"
    return made


def css_text(text: str) -> str:
    r"""Write a text inside a string of CSS: whatever could end it, or mean anything there, by its number and a space.

    >>> print(css_text('For "A" & B'))
    For \000022 A\000022  \000026  B
    """
    return "".join(one if one in PLAIN else f"\\{ord(one):06x} " for one in visible(text))


def labelled(rows: Markup, columns: Sequence[str]) -> Markup:
    """Write into each cell of a table's rows the heading of its column, which stands before it where rows read down.

    >>> print(labelled(Markup('<tr><th scope="row">A</th><td class="n">1</td></tr>'), ["Bid", "#Total"]))
    <tr><th scope="row">A</th><td data-label="Total" class="n">1</td></tr>
    """
    at = 0

    def marked(found: re.Match[str]) -> str:
        nonlocal at
        if found[1] == "r":
            at = 0
            return found[0]
        heading, at = (columns[at] if at < len(columns) else ""), at + int(found[2] or 1)
        if found[1] == "h" or "data-label" in found[0] or not heading:
            return found[0]
        return f'<td data-label="{escape(heading.removeprefix("#"))}"{found[0].removeprefix("<td")}'

    return Markup(CELL.sub(marked, str(rows)))


def _seen(value: Any) -> Any:
    """Name the characters that no eye can see in whatever a page is given; markup of our own stays markup."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return Markup(visible(str(value))) if isinstance(value, Markup) else visible(value)


@dataclass(frozen=True, kw_only=True)
class AboutRun:
    """What a page says of the run that it tells of: its name, its engine, its criteria as used, and their seal.

    ``seal`` and ``sealed``, the day of sealing, are empty where the criteria are not sealed.
    """

    name: str
    engine: str
    fingerprint: str
    seal: str
    sealed: str


@dataclass(frozen=True)
class About:
    """What a page says of the programme that it belongs to, and of the run that it tells of, if it tells of one."""

    title: str
    reference: str
    authority: str
    regime: str
    version: str
    date: str = ""
    run: AboutRun | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that one template is given: its fields are the template's variables, under the same names.

    A page is a frozen dataclass below this one that names its ``template``, a file in ``reporting/templates``, so that
    mypy follows each value from where it was worked out to where it is printed.
    """

    template: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class HeadedPage(Page):
    """A page whose template extends ``base.html``, which needs to know what the page is about."""

    about: About


def render(page: Page) -> str:
    """Write a page from its template, as a whole HTML document."""
    variables = {field.name: getattr(page, field.name) for field in fields(page)}
    return environment().get_template(page.template).render(variables)


def style(name: str = "style.css") -> str:
    """Give the style of all pages, or one that builds on it, for pages that share one file of it."""
    return environment().get_template(name).render()


def about_programme(criteria: Criteria) -> About:
    """Give what a page says of its programme where it tells of no run."""
    title = law_of(criteria.regime).title
    return About(criteria.title, criteria.reference, criteria.authority, title, criteria.version)


def about(outcome: Outcome) -> About:
    """Give what a page about a run says of itself: whose programme, which criteria, which seal, which engine."""
    return about_criteria(outcome.criteria, outcome.fingerprint, outcome.run, outcome.seal)


def about_criteria(criteria: Criteria, fingerprint: str, run: Run, seal: Seal | None = None) -> About:
    """Give what a page about criteria says of itself; before anything was received, the run is a name and an engine."""
    about_run = AboutRun(
        name=run.name,
        engine=run.engine,
        fingerprint=fingerprint,
        seal=seal.sha256 if seal else "",
        sealed=spoken_date(seal.date) if seal else "",
    )
    return replace(about_programme(criteria), date=spoken_date(run.date), run=about_run)


def provenance(outcome: Outcome) -> dict[str, str]:
    """Name what a document rests on: the published criteria with their seal, the run, and the evaluator's version."""
    seal, criteria = outcome.seal, outcome.criteria
    return {
        "criteria": f"{criteria.reference}, version {criteria.version}",
        "seal": seal.sha256 if seal else "not sealed",
        "run": outcome.run.name,
        "evaluator": outcome.run.engine,
    }


def place(source: Source) -> Markup:
    """Write where a value stands, the file on one line and the sheet, cell or key on the next.

    >>> place(Source("returns/E03.xlsx", "Marks", 14, "D"))
    Markup('returns/E03.xlsx<br>Marks!D14')
    """
    within = str(source).removeprefix(source.file).strip()
    return Markup("<br>").join(part for part in (source.file, within) if part)


def theme_titles(criteria: Criteria) -> dict[str, str]:
    """Give each theme's title by its id."""
    return {theme.id: theme.title for theme in criteria.themes}
