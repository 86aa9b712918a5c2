"""Regulation 31 of the Procurement Regulations 2024, item by item, for every assessed bid of the sample."""

import re
from functools import cache
from html import unescape
from typing import Any

import pytest

from evaluator.reporting.disclosure import disclosure
from tests.test_documents_agree import again, bids, letters, told

TAG = re.compile(r"<[^>]+>")


def text(page: str) -> str:
    """Give a page's words with single spaces."""
    return " ".join(unescape(TAG.sub(" ", page.partition("</style>")[2])).split())


@cache
def register() -> dict[str, dict[str, str]]:
    table = again().received.register
    assert table is not None
    return {table.columns["bid"][row]: table.row(row) for row in range(len(table))}


def assessed() -> list[str]:
    return [bid for bid, said in bids().items() if said["status"] != "disregarded"]


def page_of(name: str) -> str:
    return text(str(letters()[name].content))


def supplier(bid: str) -> tuple[str, ...]:
    row = register()[bid]
    return tuple(row[key] for key in ("name", "address", "email", "identifier"))


def addresses_in(page: str, bid: str) -> list[str]:
    """List what a page says of how a bidder is reached, which belongs in no letter but its own."""
    return [text for text in supplier(bid)[1:] if re.search(rf"(?<!\w){re.escape(text)}", page)]


def funded() -> set[str]:
    return {one["bid"] for one in told()["allocation"]["awards"]}


def assessment(bid: str, said: dict[str, Any]) -> list[str]:
    """List what paragraph (2)(d) and (e) asks of an assessed bid: criteria, scores available, scores, explanations."""
    criteria = again().outcome.criteria
    theme = criteria.theme(said["theme"])
    consensus = again().outcome.evaluation.consensus if again().outcome.evaluation else None
    assert consensus is not None
    rows = [consensus.row(at) for at in range(len(consensus))]
    reasons = {(row["bid"], row["question"]): row["for_bidder"] for row in rows}
    wanted = []
    for question in criteria.questions(theme.id):
        subject = register()[bid]["organisation"] if question.scope == "organisation" else bid
        # The first clause names nobody of the panel; names are put in other words in a letter.
        clause = re.split(r"\bE[0-9]{2}\b", " ".join(reasons[subject, question.id].split()))[0].strip()
        wanted += [f"{question.id} {question.title} {theme.weights[question.id].normalize():f}", clause[:60]]
    quality = sum(theme.weights[question.id] for question in criteria.questions(theme.id))
    wanted.append(f"Quality {said['quality']} {quality.normalize():f}")
    if said["price_points"] is not None:
        wanted.append(f"Price {said['price_points']} {theme.weights['price'].normalize():f}")
    return wanted + ([f"Total {said['total']} 100"] if said["total"] is not None else [])


WHY = {  # what a letter says first where no limit of the bid's own stood in its way
    "not_its_turn": [
        "In your theme awards are made in the order of rank (rule M1 “Each lot goes down its ranking”)",
        "The awards end there: the next would break rule",
    ],
    "below_minimum": ["the published minimum is", "would have met the minimum."],
}


@pytest.mark.parametrize("theme", ["advice", "digital", "employment", "inclusion", "safety"])
def test_every_assessed_bid_has_all_that_regulation_31_lists(theme: str) -> None:
    winners = [bid for bid in assessed() if bid in funded() and bids()[bid]["theme"] == theme]
    annex = page_of(f"winners-{theme}.html")
    allocation = again().outcome.allocation
    assert allocation is not None
    refused = {one.bid: one for one in allocation.not_awarded}
    for bid in (bid for bid in assessed() if bids()[bid]["theme"] == theme):
        page = page_of(f"letter-{bid}.html")
        wanted = [*supplier(bid), *assessment(bid, bids()[bid])]  # (3)(a) and (b)
        wanted += [f"{criteria.title}" for criteria in again().outcome.criteria.gate]
        wanted += ["https://example.org/criteria", "version 1.0"]  # (2)(d): where the full version can be read
        if bid not in funded():
            barriers = refused[bid].barriers  # (3)(c): every limit that stood in the way, by its rule
            wanted += [id for one in barriers for id in one.rules] or WHY[refused[bid].reason]
            wanted += ["Not awarded", f"winners-{theme}.html"]
            for winner in winners:  # (3)(d): the information about the winning tenders
                wanted += [supplier(winner)[0], bids()[winner]["total"]]
                assert set(addresses_in(page, winner)) <= set(supplier(bid)), bid
        assert [one for one in wanted if one not in page] == [], bid
    for winner in winners:  # their scores for each criterion, with explanations, and totals
        assert [one for one in [supplier(winner)[0], *assessment(winner, bids()[winner])] if one not in annex] == []
        assert addresses_in(annex, winner) == []


def test_no_letter_says_anything_of_another_bid_that_did_not_win_or_of_an_evaluator() -> None:
    for bid in assessed():
        page = page_of(f"letter-{bid}.html")
        others = [other for other in bids() if other not in (bid, *funded()) and re.search(rf"\b{other}\b", page)]
        assert others == [], bid
        assert not re.search(r"\bE[01][0-9]\b(?! [0-9][A-Z]{2})", page), bid
        prices = {said["price"].split(".")[0] for other, said in bids().items() if other != bid}
        shown = {
            figure.replace(",", "") for figure in re.findall(r"£([0-9][0-9,]{4,})", page.partition("How the bid")[2])
        }
        assert not shown & (prices - {bids()[bid]["price"].split(".")[0]}), bid


def test_the_standstill_is_eight_working_days_from_the_day_of_the_notice() -> None:
    # 15, 16, 17, 18, 21, 22, 23 and 24 December 2026 are working days.
    assert "ends at the end of 24 December 2026" in page_of("letter-B001.html")


def test_the_first_page_of_every_letter_has_at_most_350_words() -> None:
    first_pages = {bid: page_of(f"letter-{bid}.html").partition(f"Annex to {bid}") for bid in assessed()}
    assert [bid for bid, (_, annex, _) in first_pages.items() if not annex] == []
    skip_link = 5
    assert {bid for bid, (page, _, _) in first_pages.items() if len(page.split()) - skip_link > 350} == set()


def test_the_first_page_of_every_letter_calls_rules_and_questions_by_name_and_says_what_next_and_whom_to_ask() -> None:
    criteria = again().outcome.criteria
    assert criteria.allocation is not None
    rules = [*criteria.allocation.rule, *(rule for theme in criteria.themes for rule in theme.rule)]
    ids = [rule.id for rule in rules] + [one.id for theme in criteria.themes for one in criteria.questions(theme.id)]
    alone = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(set(ids))))})\b(?! “| [A-Z])")
    for bid in assessed():
        page = page_of(f"letter-{bid}.html").partition("Annex to")[0]
        assert alone.findall(page) == [], bid
        assert "Write to bids@example.org." in page
        assert ("written reasons" in page) is (bid not in funded()), bid
    for bid in ("B101", "B080", "B032"):  # they wait behind others: no sum of the bid that was next is told
        page = page_of(f"letter-{bid}.html").partition("Annex to")[0]
        assert "The awards end there: the next would break rule" in page
        assert "£" not in page


def test_a_bidder_whose_own_limit_is_in_the_way_is_told_of_its_awards_by_name() -> None:
    page = page_of("letter-B062.html").partition("Annex to")[0]
    mine = [bid for bid in sorted(funded()) if register()[bid]["organisation"] == register()["B062"]["organisation"]]
    assert len(mine) == 3
    assert "You already have 3 awards, the published maximum: " in page
    assert all(f"{bid} ({register()[bid]['title']})" in page for bid in mine)


def test_what_goes_out_to_anyone_names_no_other_bid_and_nobody() -> None:
    outcome, received = again().outcome, again().received
    assert received.panel is not None
    assert outcome.evaluation is not None
    pages = {one.name: text(str(one.content)) for one in disclosure(outcome) if "public" in one.name}
    assert list(pages) == ["public.html"]
    won = {register()[bid]["organisation"] for bid in funded()}
    lost = [row for bid, row in register().items() if bid not in funded()]
    losers = {row["bid"] for row in lost}
    losers |= {row[key] for row in lost if row["organisation"] not in won for key in ("organisation", "name")}
    people = {*received.panel.columns["evaluator"], *received.panel.columns["name"]}
    people |= {one.person for one in outcome.evaluation.decisions}
    contacts = {row[key] for row in register().values() for key in ("address", "email", "identifier")}
    for name, page in pages.items():
        found = [one for one in losers | people | contacts if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", page)]
        assert found == [], name
        for bid in funded():
            assert bid in page
