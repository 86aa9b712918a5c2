"""Pages: templates become one HTML file each, with the style inside it and no request to anywhere."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.texts import visible

REGIMES = {
    "pa2023": "the Procurement Act 2023",
    "pcr2015": "the Public Contracts Regulations 2015",
    "grant": "a grant programme",
    "below_threshold": "a procurement below the threshold",
}


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
        "decimal": decimal_text,
        "counted": count_of,
        "place": place,
        "date": spoken_date,
    }
    made.filters["prefixed"] = lambda text, prefix: f"{prefix}{text}"
    return made


def _seen(value: Any) -> Any:
    """Name the characters that no eye can see in whatever a page is given; markup of our own stays markup."""
    if isinstance(value, Markup):
        return Markup(visible(str(value)))
    return visible(value) if isinstance(value, str) else value


def render(template: str, outcome: Outcome, **facts: Any) -> str:
    """Write a page from its template, which extends ``base.html``.

    Parameters
    ----------
    template : file name in ``reporting/templates``.
    outcome : what the page is about; its programme, seal, engine and run stand at the head and foot of every page.
    facts : whatever else the template names.

    Returns
    -------
    A whole HTML document.
    """
    return environment().get_template(template).render(about=about(outcome), outcome=outcome, **facts)


def render_beside(template: str, criteria: Criteria, **facts: Any) -> str:
    """Write a page that tells of no run: it has the same head, and its template fills the block ``facts`` itself."""
    return environment().get_template(template).render(about=_programme(criteria), **facts)


def _programme(criteria: Criteria) -> dict[str, str]:
    return {
        "title": criteria.title,
        "reference": criteria.reference,
        "authority": criteria.authority,
        "regime": REGIMES[criteria.regime],
        "version": criteria.version,
        "date": "",
    }


def about(outcome: Outcome) -> dict[str, str]:
    """Give what every page says of itself: whose programme, which criteria, which seal, which run of which engine."""
    run = outcome.run
    return _programme(outcome.criteria) | {
        "seal": outcome.seal.sha256 if outcome.seal else "",
        "sealed": spoken_date(outcome.seal.date) if outcome.seal else "",
        "fingerprint": outcome.fingerprint,
        "engine": run.engine,
        "run": run.name,
        "date": spoken_date(run.date),
    }


def about_criteria(criteria: Criteria, fingerprint: str, run: Run) -> dict[str, str]:
    """Give what a page about criteria says of itself before anything was received."""
    return about(Outcome(run, criteria, fingerprint, None, ()))


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
