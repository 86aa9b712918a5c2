"""Exceptions as one JSON document, as lines for the screen, and as a working paper with a workbook to fill in."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any, Protocol

from evaluator.records.dates import spoken_date
from evaluator.records.documents import Document, Json
from evaluator.records.english import count_of
from evaluator.records.numbers import exact_text, percent, to_places
from evaluator.reporting.audit.working_paper import WORKBOOK, Items, Paper, items_workbook, paper_page

SCHEMA = "audit-exceptions/1"
MOST_SHOWN, MOST_SAID = 60, 10  # items of one test on the page, and on the screen
LIST = "Open Contracting Partnership, Red flags in public procurement (2024)"
COLUMNS = ("No.", "About", "What was seen", "Cells")
TO_FILL = ("Looked at", "Explained", "Note")
HEADINGS = (
    ("Here", "items in this run"),
    ("Expected", "items in honest programmes, in as many bids as here"),
    ("Any", "share of honest programmes with at least one item"),
    ("Shown", "of programmes in which one thing was planted, those in which the test shows it"),
)
WIDTHS = (6, 28, 30, 60, 46, 12, 12, 40)


class FoundByTest(Protocol):
    """What a test found, as ``evidence.exceptions`` tells it."""

    @property
    def test(self) -> Any: ...  # noqa: D102 - named in evidence.exceptions.catalogue
    @property
    def seen(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def missing(self) -> str: ...  # noqa: D102


def exceptions_document(
    facts: Mapping[str, str],
    found: Sequence[FoundByTest],
    limits: tuple[Fraction, int],
    rates: Mapping[str, Any],
    bids: int,
    *,
    usual: bool,
) -> Json:
    """Give every test with its words, its rate of false alarms, and its items.

    Parameters
    ----------
    limits : the thresholds: points between totals, and days before the run.
    rates : what was measured on honest programmes: ``evidence/data/false_alarms.toml``.
    usual : whether the thresholds are those that this was measured with.
    """
    points, days = limits
    said = {
        "points": "a point" if points == 1 else f"{exact_text(points)} points",
        "days": count_of(days, "day"),
    }
    measured = {key: rates[key] for key in ("measured", "programmes", "bids", "seed", "model")}
    return {
        "schema": SCHEMA,
        "facts": dict(facts),
        "thresholds": {"points": exact_text(points), "days": days},
        "bids": bids,
        "honest_programmes": measured,
        "tests": [_test(one, said, rates, bids, usual=usual) for one in found],
    }


def _test(one: FoundByTest, said: Mapping[str, str], rates: Mapping[str, Any], bids: int, *, usual: bool) -> Json:
    test = one.test
    asks = any(f"{{{name}}}" in test.looks_for for name in said)
    known = usual or not asks
    flag = {"code": test.flag, "title": test.flag_title, "list": LIST} if test.flag else None
    return {
        "id": test.id,
        "title": test.title,
        "looks_for": test.looks_for.format(**said),
        "red_flag": flag,
        "false_alarms": _rate(rates, rates["tests"][test.id], bids) if known else None,
        "not_looked_at": one.missing,
        "innocent": test.innocent,
        "next": test.after,
        "items": [
            {
                "about": item.about,
                "seen": item.words,
                "cells": [{"file": one.file, "sheet": one.sheet, "cell": one.cell} for one in item.places],
            }
            for item in one.seen
        ],
    }


def _rate(rates: Mapping[str, Any], its: Mapping[str, int], bids: int) -> Json:
    every = Fraction(its["items"], rates["bids"])
    planted = {key: its[key] for key in ("planted", "found") if key in its}
    return {
        "programmes_with_any": its["programmes"],
        "of_programmes": rates["programmes"],
        "bids_in_each": to_places(Fraction(rates["bids"], rates["programmes"]), 0),
        "share": percent(Fraction(its["programmes"], rates["programmes"]), 1),
        "items_per_100_bids": to_places(100 * every, 2),
        "expected_in_this_many_bids": to_places(every * bids, 2),
        **planted,
    }


def exceptions_text(document: Json) -> str:
    """Say it for the screen: each test with its rate, then what it found, with cells."""
    lines = list[str]()
    for test in document["tests"]:
        lines += [f"{test['title']}: {_count(test)}. {_rate_words(test)}".rstrip()]
        for item in test["items"][:MOST_SAID]:
            lines.append(f"  {item['about']}: {item['seen']} [{_cells(item, 3)}]")
        more = len(test["items"]) - MOST_SAID
        lines += [f"  and {more:,} more; --json and --out tell of all"] if more > 0 else []
    return "\n".join([*lines, "", "Each is a place to look, and says nothing of anybody."])


def _count(test: Json) -> str:
    if test["not_looked_at"]:
        return f"not looked at: {test['not_looked_at']}"
    return count_of(len(test["items"]), "item") if test["items"] else "nothing"


def _rate_words(test: Json) -> str:
    rate = test["false_alarms"]
    if rate is None:
        return "The rate of false alarms was measured with other thresholds."
    return (
        f"Honest programmes of about {rate['bids_in_each']} bids: {rate['share']} show at least one, and "
        f"{rate['items_per_100_bids']} for every 100 bids; {rate['expected_in_this_many_bids']} are expected in as "
        "many bids as here."
    )


def _cells(item: Json, most: int = 12) -> str:
    """Name cells, those of one sheet after its name."""
    told = []
    for (file, sheet), its in groupby(item["cells"][:most], key=lambda one: (one["file"], one["sheet"])):
        named = [f"row {one['cell']}" if one["cell"].isdecimal() else one["cell"] for one in its]
        joint = "!" if sheet and named[0] and not named[0].startswith("row ") else " "
        told.append(f"{file} {sheet}{joint if sheet else ''}{', '.join(filter(None, named))}".rstrip())
    more = len(item["cells"]) - most
    return "; ".join([*told, *([f"{more} more"] if more > 0 else [])])


def exceptions_parts(document: Json, most: int) -> tuple[Items, ...]:
    """Give what is told of all tests together, of each of them, and of how the rates were measured.

    Parameters
    ----------
    most : items of one test that are told; of more it is said where they stand.
    """
    return (_summary(document), *(_items(test, most) for test in document["tests"]), _model(document))


def exceptions_paper(document: Json, by: str, on: str) -> Iterator[Document]:
    """Write the working paper, and a workbook with a line for each item."""
    paper = Paper(
        title=f"Exceptions in {document['facts']['Run']}",
        objective=(
            "To find what deserves a look first in this run: what often has an innocent explanation, and sometimes has "
            "none."
        ),
        facts=(*document["facts"].items(), ("Bids", f"{document['bids']:,}")),
        test=tuple(_how(document)),
        results=exceptions_results(document),
        by=by,
        on=on,
    )
    yield paper_page(paper, exceptions_parts(document, MOST_SHOWN))
    yield Document(WORKBOOK, items_workbook(paper, _every_item(document), "Exceptions", WIDTHS))


def _how(document: Json) -> Iterator[str]:
    yield (
        f"{count_of(len(document['tests']), 'test')} over every mark, price, reason, decision, declaration, award and "
        "entry of the ledger in the bundle, which was worked out again first. Each test below says what it looks for "
        "and names the cells. A test names a red flag of the Open Contracting Partnership where that is the same test."
    )
    yield (
        "Each test has a rate of false alarms: how often it finds something in honest programmes. The last section "
        "says how that was measured."
    )


def _model(document: Json) -> Items:
    honest = document["honest_programmes"]
    measured = (
        f"On {honest['programmes']:,} honest programmes with {honest['bids']:,} bids, drawn with the seed "
        f"{honest['seed']}, on {spoken_date(honest['measured'])}; and how often a test shows what was planted in some "
        "of them. They are a model, not a sample of real programmes."
    )
    known = (("Measured", measured), ("The model", honest["model"]))
    return Items("How the rates of false alarms were measured", "", (), (), known=known)


def exceptions_results(document: Json) -> tuple[str, ...]:
    """Say how much was found, and what was not looked at."""
    return tuple(_results(document))


def _results(document: Json) -> Iterator[str]:
    tests = document["tests"]
    some = sum(bool(test["items"]) for test in tests)
    left = [test["title"] for test in tests if test["not_looked_at"]]
    whole = sum(len(test["items"]) for test in tests)
    yield (
        f"{count_of(whole, 'item')} by {some} of {len(tests)} tests. None of them says that anything is wrong: each is "
        "to be looked at, explained or followed up below, by people."
    )
    if left:
        yield f"Not looked at, for the reason given with each: {'; '.join(left)}."


def _summary(document: Json) -> Items:
    lines = []
    for at, test in enumerate(document["tests"], 1):
        rate = test["false_alarms"] or {}
        told = (rate.get("expected_in_this_many_bids", "–"), rate.get("share", "–"))
        planted = f"{rate['found']} of {rate['planted']}" if "planted" in rate else "–"
        here = "–" if test["not_looked_at"] else f"{len(test['items']):,}"
        lines.append((str(at), test["title"], here, *told, planted))
    columns = ("No.", "Test", "#Here", "#Expected", "#Any", "#Shown")
    caption = "What each test found, and its rate of false alarms"
    return Items("All tests", caption, columns, tuple(lines), known=HEADINGS)


def _items(test: Json, most: int) -> Items:
    flag = test["red_flag"]
    known = [("Looks for", test["looks_for"])]
    known += [("Red flag", f"{flag['code']}, {flag['title']}. {flag['list']}")] if flag else []
    known += [
        ("False alarms", _rate_words(test)),
        ("May be innocent", test["innocent"]),
        ("Look at next", test["next"]),
    ]
    known += [("Here", _count(test).capitalize() + ".")]
    lines = tuple(
        (str(at), item["about"], item["seen"], _cells(item)) for at, item in enumerate(test["items"][:most], 1)
    )
    more = len(test["items"]) - most
    return Items(
        test["title"],
        f"{test['title']}: what was seen",
        COLUMNS,
        lines,
        TO_FILL[-1:],
        tuple(known),
        f"{more:,} more are in {WORKBOOK} and exceptions.json." if more > 0 else "",
    )


def _every_item(document: Json) -> Items:
    every = [(test["title"], item) for test in document["tests"] for item in test["items"]]
    lines = tuple(
        (str(at), item["about"], title, item["seen"], _cells(item)) for at, (title, item) in enumerate(every, 1)
    )
    return Items("Items", "", ("No.", "About", "Test", "What was seen", "Cells"), lines, TO_FILL)
