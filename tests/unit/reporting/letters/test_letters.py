"""Letters to bidders: what stands in them, what never does, and what is noticed before they go out."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from evaluator.records.findings.finding import block_award
from evaluator.records.programme.gates import Standing
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.received import Block, Table
from evaluator.reporting.letters import Letters, letters
from tests.unit.reporting.small_outcome import ADVICE, ALLOCATION, SCORES, YOUTH, criteria, evaluation, outcome

GOOD = "Names the streets and counts the people; gives no dates"
ASKED = [
    (bid.id, question, "012345"[mark], f"{GOOD} ({bid.id})")
    for theme in (ADVICE, YOUTH)
    for at, bid in enumerate(theme.bids)
    for place, question in enumerate(theme.questions)
    if (mark := theme.mark(at, place)) >= 0
]
STEPS = {
    bid.id: [Step(f"weights: {question}", "", Fraction(6)) for question in theme.questions]
    for theme in (ADVICE, YOUTH)
    for bid in theme.bids
}


def made(reasons: dict[tuple[str, str], str] | None = None, people: tuple[str, ...] = (), **changes: Any) -> Letters:
    """Letters of the made-up outcome, with these reasons for single answers."""
    rows = [
        (bid, question, mark, (reasons or {}).get((bid, question), reason)) for bid, question, mark, reason in ASKED
    ]
    keys = ("bid", "question", "mark", "reason")
    columns = {key: [row[at] for row in rows] for at, key in enumerate(keys)}
    places = Block("moderation.xlsx", "Consensus", range(5, 5 + len(rows)), dict(zip(keys, "ABCD", strict=True)))
    told: Outcome = outcome(evaluation=replace(evaluation(), consensus=Table(columns, (places,))), **changes)
    return letters(told, STEPS, people)


def pages(made: Letters) -> dict[str, str]:
    return {document.name: str(document.content) for document in made.documents}


def body(page: str) -> str:
    """The words of a page, without its tags and its style."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("</style>")[2]))


@pytest.mark.parametrize(("standing", "assessed"), [("disqualified", True), ("excluded", False)])
def test_who_is_disqualified_was_assessed_and_gets_a_letter_and_who_is_excluded_does_not(
    standing: Standing, *, assessed: bool
) -> None:
    scored = SCORES.themes[0]
    status = tuple(
        standing if bid == "A05" and standing else was for bid, was in zip(scored.bids, scored.status, strict=True)
    )
    found = pages(made(scores=replace(SCORES, themes=(replace(scored, status=status), *SCORES.themes[1:]))))
    assert ("letter-A05.html" in found) is assessed


def test_every_assessed_bid_gets_a_letter_and_a_disregarded_one_is_named_in_the_index() -> None:
    found = pages(made())
    assert {name for name in found if name.startswith("letter-")} == {
        f"letter-{bid}.html" for bid in ("A01", "A02", "A03", "A04", "A06", "Y01", "Y02")
    }
    assert "A05" in body(found["index.html"]).partition("Bids without a letter")[2]


def test_a_letter_holds_what_regulation_31_asks_of_the_bid_itself() -> None:
    words = body(pages(made())["letter-A03.html"])
    assert words.count(f"{GOOD} (A03)") == 3  # an explanation for each question
    assert "C1 Local need 30 3" in words  # the weight and the mark
    assert "Quality 46.00 70" in words
    assert "Price 30.00 30" in words
    assert "Total 76.00 100" in words
    assert "R3 leaves nothing for it" in words
    assert "every other price has the share that the lowest price is of it" in words
    assert "version 1.0" in words
    assert "Mark 4, Very good" in words  # what a higher mark would have been


def test_a_letter_below_a_minimum_says_so_and_shows_no_price_points() -> None:
    words = body(pages(made())["letter-A04.html"])
    assert "below the published minimum of 2" in words
    assert "its price was not scored" in words
    assert "Total" not in words.partition("Sub-totals and total of A04")[2].partition("Winning bids")[0]


def test_a_letter_says_nothing_of_other_losers_or_of_anyone_elses_price() -> None:
    found = pages(made())
    losers = {"A03": "gamma", "A04": "delta", "Y02": "eta"}
    for bid, own in losers.items():
        words = body(found[f"letter-{bid}.html"])
        for other, name in {**losers, "A05": "=SUM(1,2)"}.items():
            if other != bid:
                assert not re.search(rf"\b{other}\b|\b{re.escape(name)} Ltd", words), (bid, other)
        assert own in words
        assert re.findall(r"£[0-9,]+", words.partition("Price")[2]) != []
        assert "£120,000" not in words.replace("£220,000", "")


def test_losers_learn_the_winners_scores_and_a_winner_learns_only_its_own() -> None:
    found = pages(made())
    assert (
        "alpha Ltd (alpha) A01 address not in the register e-mail address not in the register not in the register 84.00"
        in body(found["letter-A03.html"])
    )
    assert "winners-advice.html" in found["letter-A03.html"]
    annex = body(found["winners-advice.html"])
    assert annex.count(f"{GOOD} (A01)") == 3
    assert "A03" not in annex
    assert "A02" not in body(found["letter-A01.html"])
    assert "An award of £100,000." in body(found["letter-A01.html"])


@pytest.mark.parametrize(
    ("regime", "title", "totals"),
    [("pcr2015", "Outcome of your bid", True), ("grant", "Outcome of your application", False)],
)
def test_the_form_follows_the_regime(regime: str, title: str, totals: bool) -> None:
    found = pages(made(criteria=criteria(regime=regime)))
    assert f"{title}: A03" in body(found["letter-A03.html"])
    assert ("84.00" in body(found["letter-A03.html"])) is totals
    assert not any(name.startswith("winners-") for name in found)


@pytest.mark.parametrize("reason", ["", " ", "-", "…", "4", "3.5 / 5"])
def test_a_missing_reason_blocks_every_letter(reason: str) -> None:
    found = made({("A02", "C2"): reason})
    assert found.documents == ()
    blocking = [(one.code, str(one.source)) for one in found.findings if block_award([one])]
    assert blocking == [("E-LETTER-001", "moderation.xlsx Consensus!C9")]


def test_a_bid_that_nobody_says_anything_of_blocks_every_letter() -> None:
    fewer = replace(ALLOCATION, not_awarded=ALLOCATION.not_awarded[1:])
    found = made(allocation=fewer)
    assert found.documents == ()
    assert {one.code for one in found.findings} >= {"E-LETTER-002"}


LEAKS = (
    ("N-LETTER-001", ""),
    ("N-LETTER-002", "Less convincing than beta Ltd."),
    ("N-LETTER-002", "Less convincing than BETA  LTD, as is plain from the streets."),
    ("N-LETTER-003", "Its price of £42,000 is high, and this is said."),
    ("N-LETTER-003", "Others ask 42k pounds for the same streets."),
    ("N-LETTER-003", "One asks for 120,000 and counts more people."),  # another bid's price, called nothing
    ("N-LETTER-003", "One asks for 120000 and counts more people."),
    ("N-LETTER-004", "Ring Asha on 020 7946 0018 about the streets it names."),
    ("N-LETTER-004", "Write to asha@example.org about the streets it names."),
    ("N-LETTER-004", "The manager lives at 4 Road, SW1A 1AA, near the streets."),
    ("N-LETTER-004", "The manager, born on 4 May 1971, names the streets."),
    ("N-LETTER-001", "ANOTHER"),  # the words of another mark of the scale
    ("N-LETTER-002", "The streets and the people are as in a02, with no dates."),
    ("N-LETTER-002", "The streets and the people are as in bid A-2, with no dates."),
    ("N-LETTER-002", "Unlike be\u00adta Ltd it names the streets and counts the people."),
    ("N-LETTER-002", "Names fewer streets than another bidder, and gives no dates."),
    ("N-LETTER-002", "Names fewer streets than the winning bid, and gives no dates."),
    ("N-LETTER-002", "Names fewer streets and people than most others, with no dates."),
    ("N-LETTER-003", "The streets would cost forty-two thousand pounds elsewhere."),
    ("N-LETTER-003", "One asks for a hundred and twenty thousand and names streets."),
    ("N-LETTER-003", "One asks for 120 000 and counts more people in the streets."),
    ("N-LETTER-003", "The streets could be served for 42k by somebody else."),
    ("N-LETTER-004", "Write to asha (at) example dot org about the streets it names."),
    ("N-LETTER-004", "Asha is on 07700.900123 about the streets that it names."),
    ("N-LETTER-004", "The manager lives near sw1a1aa, beside the streets it names."),
    ("N-LETTER-004", "Ring +44 (0)20 7946 0018 about the streets that it names."),
    ("N-LETTER-004", "JO saw more streets; the people are counted without dates."),
    ("N-LETTER-004", "Okafor saw more streets; the people are counted, no dates."),
    ("N-LETTER-002", "The leading bidder names more streets, and gives dates."),
    ("N-LETTER-002", "Names streets, and yet 2 marks below the top bid for people."),
    ("N-LETTER-002", "Second-best of all who named the streets and the people."),
    ("N-LETTER-002", "The streets are thin beside those of its rivals in this."),
    ("N-LETTER-002", "It ranks third in its theme for streets and for people."),
    ("N-LETTER-004", "Pay sort code 20-00-00 for the streets that it names."),
    ("N-LETTER-006", "The streets and people are worth 76.00 points to a panel."),
)


@pytest.mark.parametrize(("code", "leak"), LEAKS)
def test_a_planted_leak_is_noted_with_its_cell_and_letters_are_made(code: str, leak: str) -> None:
    descriptor = criteria().scale.mark[4]
    another = criteria().scale.mark[2].descriptor.replace(".", " –")
    reason = {"": f"{descriptor.label}: {descriptor.descriptor}", "ANOTHER": another}.get(leak, leak)
    found = made({("A01", "C1"): reason}, ("E02", "Jo Okafor"))
    notes = [one for one in found.findings if str(one.source) == "moderation.xlsx Consensus!C5"]
    assert [one.code for one in notes] == [code]
    assert found.documents
    assert code in pages(found)["index.html"]


@pytest.mark.parametrize("leak", ["A02 is better.", "Not as good as zeta.", "See gamma Ltd for more."])
def test_other_bids_are_noted_by_id_organisation_and_name(leak: str) -> None:
    assert "N-LETTER-002" in {one.code for one in made({("A01", "C1"): f"{GOOD}. {leak}"}).findings}


def test_a_bidders_own_name_is_no_leak() -> None:
    found = made({("A01", "C1"): f"{GOOD}: alpha Ltd says in A01 who alpha is."})
    assert [one for one in found.findings if str(one.source).endswith("C5")] == []


def test_an_explanation_that_names_another_bid_is_noted() -> None:
    named = [one.message for one in made().findings if one.code == "N-LETTER-002"]
    assert any("A06 (why it is not funded)" in words and "A02" in words for words in named)


def test_evaluators_that_are_named_are_noted_once_and_no_letter_names_them() -> None:
    reasons = {("A01", "C1"): f"{GOOD}; E02 saw more.", ("A02", "C2"): f"{GOOD}. J. Okafor agrees, in E02 0AA."}
    found = made(reasons, ("E02", "J. Okafor"))
    said = [one.message for one in found.findings if one.code == "N-LETTER-005"]
    assert said == [
        "The reasons and decisions on 2 of the bids name evaluators: E02, J. Okafor. The letters say “an evaluator”."
    ]
    told = pages(found)
    assert "an evaluator saw more" in body(told["letter-A01.html"])
    assert "An evaluator agrees, in E02 0AA" in body(told["letter-A02.html"])  # a postcode is nobody
    assert not any("Okafor" in page for name, page in told.items() if name != "index.html" and name.endswith("html"))


def test_what_people_wrote_is_escaped_and_the_list_is_for_machines() -> None:
    found = pages(made({("A01", "C1"): f"{GOOD} <script>alert(1)</script>"}))
    assert "<script" not in found["letter-A01.html"]
    listed = json.loads(found["letters.json"])
    assert listed["schema"] == "letters/1"
    assert listed["letters"]["A01"] == "letter-A01.html"
