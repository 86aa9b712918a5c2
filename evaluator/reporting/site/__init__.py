"""A public site of the awards: pages for a council's web server, with what anyone can check by themselves.

It is written from a run that holds the funded bids alone, so that nothing of the others, of those who marked or of the
monitoring can slip through. Every page works without a script and from a folder; one script adds search and filters.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files as package_files

from evaluator.records.documents import Document
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.disclosure import redacted
from evaluator.reporting.notice import told_of
from evaluator.reporting.open_data import outcome_ocds
from evaluator.reporting.shared.pages import render, style
from evaluator.reporting.site.awards import award_entries, awards_csv, awards_document, awards_workbook
from evaluator.reporting.site.pages import (
    BUNDLE_VERIFIERS,
    Checked,
    Contact,
    ask_page,
    award_page,
    check_page,
    further_downloads,
    home_page,
    money_page,
    notice_page,
    rules_page,
)

MANIFEST = "site.json"
ASSETS = ("assets/filter.js", "assets/check.js", "assets/worker.js")
VERIFIERS = (*BUNDLE_VERIFIERS, "check_site.py")
TOP_PAGES = ("index.html", "money.html", "rules.html", "check.html", "ask.html")
NOTICE = "notice.html"  # where the law asks for a notice of the awards
CRITERIA, AWARDS, SEAL = "data/criteria.json", "data/awards.json", "data/seal.json"


@dataclass(frozen=True)
class SiteFacts:
    """What a site says that no run knows.

    Parameters
    ----------
    date : the day that it says it is of.
    contact : whom to ask, in the council's own words.
    decided : by whom and when it was decided, in words that name an office and nobody; empty for recommendations.
    address : where the site will be on the web, for search engines; empty where that is not known.
    in_browser : whether a Python for browsers stands beside it.
    documents : names of further files among the downloads, which may go to anyone.
    """

    date: str
    ocid: str = ""
    contact: str = ""
    decided: str = ""
    address: str = ""
    in_browser: bool = False
    documents: tuple[str, ...] = ()


def site(
    outcome: Outcome, appendix: Document, sealed: bytes, verifiers: Mapping[str, bytes], facts: SiteFacts
) -> tuple[Document, ...]:
    """Write the whole site but for the Python that runs in browsers; its manifest names every file with its SHA-256.

    Parameters
    ----------
    outcome : a run with awards.
    appendix : the published rules, as they were written for bidders.
    sealed : the criteria in the one form that is sealed.
    verifiers : the files that verify a bundle, by name; the check page runs them in the reader's browser.
    """
    documents = [*_documents(held_back(outcome), appendix, sealed, facts)]
    return tuple(documents) + tuple(
        Document(f"check/{name}", text.decode()) for name, text in sorted(verifiers.items())
    )


def manifest(files: Mapping[str, bytes]) -> bytes:
    """List every file of a site with its SHA-256, as the check page compares them."""
    sums = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps({"schema": "site/1", "files": sums}, ensure_ascii=False, indent=1) + "\n").encode()


def _documents(outcome: Outcome, appendix: Document, sealed: bytes, facts: SiteFacts) -> Iterator[Document]:
    shown = redacted(outcome)
    contact = Contact(facts.date, facts.contact, facts.decided)
    sized = any(bid.small for bid in outcome.evaluation.bids) if outcome.evaluation else False
    entries = award_entries(shown, sized=sized)
    noticed = told_of(outcome.criteria)
    further = further_downloads(facts.documents)
    yield Document("index.html", render(home_page(shown, entries, contact, further, noticed=noticed)))
    for entry in entries:
        yield Document(entry.page, render(award_page(shown, entry, contact)))
    yield Document("money.html", render(money_page(shown, contact)))
    yield Document("rules.html", render(rules_page(shown, contact)))
    yield Document("ask.html", render(ask_page(shown, contact, noticed=noticed)))
    if noticed:
        yield Document(NOTICE, render(notice_page(outcome, contact)))
    yield Document("check.html", render(check_page(shown, contact, Checked(facts.in_browser))))
    yield Document("site.css", style("site/site.css"))
    for path in ASSETS:
        name = path.rpartition("/")[2]
        yield Document(name if name == "filter.js" else f"check/{name}", _asset(path))
    yield Document("downloads/rules.html", str(appendix.content), ("pdf",))
    yield Document("downloads/awards.csv", awards_csv(entries))
    yield Document("downloads/awards.xlsx", awards_workbook(shown, entries))
    yield Document("downloads/ocds.json", outcome_ocds(outcome, facts.date, facts.ocid))
    yield Document(AWARDS, awards_document(shown, entries))
    yield Document(CRITERIA, sealed.decode())
    yield from _for_search_engines(facts.address, [*TOP_PAGES, *[NOTICE] * noticed, *(entry.page for entry in entries)])
    if outcome.seal:
        yield Document(SEAL, json.dumps({"date": outcome.seal.date, "sha256": outcome.seal.sha256}, indent=1) + "\n")


def _for_search_engines(address: str, pages: Sequence[str]) -> Iterator[Document]:
    """List every page, by its address where that is known, and let search engines read all of them."""
    base = f"{address.rstrip('/')}/" if address else ""
    yield Document("sitemap.txt", "".join(f"{base}{page}\n" for page in pages))
    map_line = f"Sitemap: {base}sitemap.txt\n" if base else ""
    yield Document("robots.txt", f"User-agent: *\nAllow: /\n{map_line}")


def _asset(name: str) -> str:
    return package_files("evaluator.reporting.site").joinpath(name).read_text("utf-8")
