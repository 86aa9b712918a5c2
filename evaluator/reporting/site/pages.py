"""The pages of a site, each with just what it prints."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from evaluator.law import regime
from evaluator.records.numbers import exact_text
from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.programme.scales import ScaleMark
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import NOT_ASSESSED
from evaluator.reporting.award.chosen import final_choice
from evaluator.reporting.award.method import named_scales
from evaluator.reporting.award.money import MoneyByTheme, RuleSummary, money_by_theme, rule_summaries
from evaluator.reporting.award.rule_families import Families, by_family
from evaluator.reporting.shared.bid_rows import ThemeRows, theme_rows
from evaluator.reporting.shared.pages import HeadedPage, about
from evaluator.reporting.shared.places import Places, money_by_ward, places
from evaluator.reporting.site.awards import AwardEntry

DOCUMENTS = {  # what may go to anyone, by the names of its files
    "public": "How the awards were made: scores of the funded, money, rules and method",
    "equality_impact": "Who is reached, and who is not: the equality document",
}


PARTS = ("method", "quality", "marks", "figures", "stages", "choice", "evidence", "inputs", "shown", "paper")
BUNDLE_VERIFIERS = ("verify.py", *(f"verify_{part}.py" for part in PARTS))


@dataclass(frozen=True)
class Contact:
    """The day that a site says it is of, whom to ask, and by which office it was decided; empty while nobody has."""

    date: str
    whom: str = ""
    decided: str = ""


@dataclass(frozen=True)
class Checked:
    """Whether a Python for browsers stands beside the check page."""

    in_browser: bool


@dataclass(frozen=True, kw_only=True)
class SitePage(HeadedPage):
    """What every page of a site needs: ``up`` leads from it to the site's own folder."""

    contact: Contact
    up: str = ""
    here: str = ""


@dataclass(frozen=True)
class ThemeAwards:
    """The awards of one theme, and their pence together."""

    title: str
    total: int
    entries: Sequence[AwardEntry]


@dataclass(frozen=True)
class Download:
    """A document to download: what it is, and its files, the page first."""

    title: str
    files: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class HomePage(SitePage):
    """All awards by theme, with the choices that a reader can filter by."""

    template = "site/home.html"
    themes: Sequence[ThemeAwards]
    count: int
    total: int
    wards: Sequence[str]
    groups: Sequence[str]
    sized: bool
    further: Sequence[Download]
    noticed: bool


@dataclass(frozen=True, kw_only=True)
class OneAwardPage(SitePage):
    """One award with its purpose."""

    template = "site/award.html"
    entry: AwardEntry
    purpose: str


@dataclass(frozen=True, kw_only=True)
class MoneyPage(SitePage):
    """How the money divides, and what each rule allows and comes to."""

    template = "site/money.html"
    money: MoneyByTheme
    rules: Sequence[RuleSummary]
    places: Places | None
    by_ward: Sequence[tuple[str, int, int]]  # the awards that name each, and its equal part of their money, in pence


@dataclass(frozen=True)
class Lot:
    """What a notice tells of one lot in numbers: tenders, those assessed, awards, and the pence of these."""

    title: str
    submitted: int
    assessed: int
    awards: int
    value: int


@dataclass(frozen=True, kw_only=True)
class NoticeSummaryPage(SitePage):
    """The contract award notice in short, in numbers alone but for what the site says anyway."""

    template = "site/notice.html"
    law: str
    procedure: str
    lots: Sequence[Lot]


@dataclass(frozen=True)
class ThemeRules:
    """What counts in one theme: its questions with their weights, and the weight of price, as they were published."""

    title: str
    summary: str
    questions: Sequence[tuple[str, str]]
    whole: str


@dataclass(frozen=True, kw_only=True)
class RulesPage(SitePage):
    """The rules in short; the whole of them is a download."""

    template = "site/rules.html"
    themes: Sequence[ThemeRules]
    scales: Sequence[tuple[str, Sequence[ScaleMark]]]
    gates: Sequence[tuple[str, str]]
    choice: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class AskPage(SitePage):
    """How to ask for more, and how to challenge."""

    template = "site/ask.html"
    noticed: bool


@dataclass(frozen=True, kw_only=True)
class CheckPage(SitePage):
    """The page that checks the site's own data, and a bundle that the reader has."""

    template = "site/check.html"
    checked: Checked
    verifiers: Sequence[str]  # files that check a bundle together


def further_downloads(names: Sequence[str]) -> list[Download]:
    """Put further files of the downloads together by document, in the order in which they are known."""
    stems = {
        name.rpartition(".")[0]: [one for one in names if one.rpartition(".")[0] == name.rpartition(".")[0]]
        for name in names
    }
    known = sorted(stems, key=lambda stem: ([*DOCUMENTS].index(stem) if stem in DOCUMENTS else len(DOCUMENTS), stem))
    return [Download(DOCUMENTS.get(stem, stem), sorted(stems[stem])) for stem in known]


def home_page(
    shown: Outcome, entries: Sequence[AwardEntry], contact: Contact, further: Sequence[Download], *, noticed: bool
) -> HomePage:
    """Gather the first page: every award, theme by theme."""
    parts = ((title, [*its]) for title, its in groupby(entries, key=lambda entry: entry.theme_title))
    return HomePage(
        about=about(shown),
        contact=contact,
        here="index.html",
        themes=[ThemeAwards(title, sum(entry.amount for entry in its), its) for title, its in parts],
        count=len(entries),
        total=sum(entry.amount for entry in entries),
        wards=sorted({ward for entry in entries for ward in entry.wards}),
        groups=sorted({group for entry in entries for group in entry.groups}),
        sized=any(entry.size for entry in entries),
        further=further,
        noticed=noticed,
    )


def award_page(shown: Outcome, entry: AwardEntry, contact: Contact) -> OneAwardPage:
    """Gather the page of one award: for what, how much, where and for whom."""
    purpose = shown.criteria.theme(entry.theme).summary
    return OneAwardPage(about=about(shown), contact=contact, up="../", here=entry.page, entry=entry, purpose=purpose)


def money_page(shown: Outcome, contact: Contact) -> MoneyPage:
    """Gather how the money divides, among themes and years and among the wards that the awards serve."""
    bids = shown.evaluation.bids if shown.evaluation else ()
    awarded = {award.bid: award.amount for award in (shown.allocation.awards if shown.allocation else ())}
    wards = money_by_ward(bids, awarded)
    times = Counter(ward for bid in bids for ward in set(bid.wards))
    return MoneyPage(
        about=about(shown),
        contact=contact,
        here="money.html",
        money=money_by_theme(shown),
        rules=by_family(Families(shown.criteria), rule_summaries(shown)),
        places=places("places", wards, shown.boundaries),
        by_ward=[(one.name, times[one.name], 100 * round(one.money / 100)) for one in wards],
    )


def notice_page(outcome: Outcome, contact: Contact) -> NoticeSummaryPage:
    """Gather the award notice in short; of bids that are not funded nothing but how many there were."""
    criteria = outcome.criteria
    return NoticeSummaryPage(
        about=about(outcome),
        contact=contact,
        here="notice.html",
        law=regime(criteria.regime).short,
        procedure=criteria.procurement.procedure,
        lots=[_lot(view) for view in theme_rows(outcome)],
    )


def _lot(view: ThemeRows) -> Lot:
    awards = [row.award.amount for row in view.rows if row.award]
    assessed = sum(row.status not in NOT_ASSESSED for row in view.rows)
    return Lot(view.theme.title, len(view.rows), assessed, len(awards), sum(awards))


def rules_page(shown: Outcome, contact: Contact) -> RulesPage:
    """Gather the rules in short."""
    criteria = shown.criteria
    return RulesPage(
        about=about(shown),
        contact=contact,
        here="rules.html",
        themes=[
            ThemeRules(one.title, one.summary, _weights(criteria, one.id), exact_text(criteria.whole_of(one.id)))
            for one in criteria.themes
        ],
        scales=[(name, scale.mark) for name, scale in named_scales(criteria)],
        gates=[(gate.title, gate.predicate) for gate in criteria.gate],
        choice=chosen.sentences if (chosen := final_choice(shown)) else (),
    )


def _weights(criteria: Criteria, theme: str) -> list[tuple[str, str]]:
    weights = criteria.counted(theme).weights
    asked = [(question.title, format(weights[question.id], "f")) for question in criteria.questions(theme)]
    return [*asked, *([("Price", format(weights[PRICE], "f"))] if PRICE in weights else [])]


def ask_page(shown: Outcome, contact: Contact, *, noticed: bool) -> AskPage:
    """Gather how to ask, and how to challenge; ``noticed`` where the law asks for a notice of the awards."""
    return AskPage(about=about(shown), contact=contact, here="ask.html", noticed=noticed)


def check_page(shown: Outcome, contact: Contact, checked: Checked) -> CheckPage:
    """Gather the page on which anyone checks the awards."""
    return CheckPage(
        about=about(shown), contact=contact, here="check.html", checked=checked, verifiers=BUNDLE_VERIFIERS
    )
