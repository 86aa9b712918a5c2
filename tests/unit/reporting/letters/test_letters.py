"""Letters to bidders: what stands in them, what never does, and what is noticed before they go out."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from evaluator.law import standstill
from evaluator.records.findings.finding import block_award
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.results.allocation import Barrier, Refusal, Reserve
from evaluator.records.results.counterfactuals import BidCase, Need
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.received import Block, Table
from evaluator.reporting.letters import NOT_SAID, Decided, Letters, Sending, letters
from evaluator.reporting.letters.forms import FORMS
from evaluator.reporting.letters.rule_names import RuleNames
from tests.unit.reporting.small_outcome import (
    ADVICE,
    ALLOCATION,
    DECISION,
    SCORES,
    YOUTH,
    criteria,
    evaluation,
    outcome,
)

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


def made(
    reasons: dict[tuple[str, str], str] | None = None,
    people: tuple[str, ...] = (),
    told: dict[tuple[str, str], str] | None = None,
    **changes: Any,
) -> Letters:
    """Letters of the made-up outcome, with these reasons for single answers; ``told`` are words for the bidders."""
    sending, steps = changes.pop("sending", NOT_SAID), changes.pop("steps", STEPS)
    run: Outcome = outcome(evaluation=replace(evaluation(), consensus=consensus(reasons, told)), **changes)
    return letters(run, steps, people, sending=sending)


def consensus(
    reasons: dict[tuple[str, str], str] | None = None, told: dict[tuple[str, str], str] | None = None
) -> Table:
    """The agreed marks with their reasons, as they came in."""
    rows = [
        (bid, question, mark, (reasons or {}).get((bid, question), reason), (told or {}).get((bid, question), reason))
        for bid, question, mark, reason in ASKED
    ]
    keys = ("bid", "question", "mark", "reason", "for_bidder")[: 4 if told is None else 5]
    columns = {key: [row[at] for row in rows] for at, key in enumerate(keys)}
    places = Block("moderation.xlsx", "Consensus", range(5, 5 + len(rows)), dict(zip(keys, "ABCDE", strict=False)))
    return Table(columns, (places,))


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
    if assessed:  # regulation 31(3)(c): the reasons for disqualification, and nobody's name
        page = body(found["letter-A05.html"]).partition("Annex to")[0]
        assert "No cover after two requests. A bid that does not meet a published minimum is not ranked" in page
        assert "Okafor" not in page


def test_every_assessed_bid_gets_a_letter_and_a_disregarded_one_gets_another() -> None:
    found = pages(made())
    assert {name for name in found if name.startswith("letter-")} == {
        f"letter-{bid}.html" for bid in ("A01", "A02", "A03", "A04", "A06", "Y01", "Y02")
    }
    assert "not-assessed-A05.html" in body(found["index.html"]).partition("were not assessed")[2]
    other = body(found["not-assessed-A05.html"])
    assert "Your bid was not assessed: A05" in other
    assert "Condition not passed: Public liability insurance. No cover after two requests." in other
    assert "section 19(3)(a)" in other
    assert "Letter of 25 February" in other
    assert "Points" not in other


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
    assert "Your mark for C1 Local need is 1; the published minimum is 2." in words
    assert f"Of your answer to C1 Local need the panel said: {GOOD} (A04)" in words
    assert "A mark of 2 for C1 Local need would have met the minimum." in words
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
        assert re.findall(r"£[0-9,]+", words.partition("How your price points came about")[2]) != []
        assert "£120,000" not in words.replace("£220,000", "")


def test_losers_learn_the_winners_scores_and_a_winner_learns_only_its_own() -> None:
    found = pages(made())
    assert "alpha Ltd (alpha) A01 84.00" in body(found["letter-A03.html"])
    assert "winners-advice.html" in found["letter-A03.html"]
    annex = body(found["winners-advice.html"])
    assert annex.count(f"{GOOD} (A01)") == 3
    assert "A03" not in annex
    assert "A02" not in body(found["letter-A01.html"])
    assert "Recommended for an award: £100,000" in body(found["letter-A01.html"])  # nobody has decided yet


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


TALK = "E02 wanted 2 until the chair pointed to the rival bid, then gave way"


def test_what_the_panel_wrote_for_the_file_goes_to_nobody_once_it_also_wrote_for_the_bidder() -> None:
    found = made(
        {("A03", "C1"): TALK}, ("E02",), {("A03", "C1"): "Names three streets; a higher mark needed dates too."}
    )
    letter = body(pages(found)["letter-A03.html"])
    assert "Names three streets; a higher mark needed dates too." in letter
    assert "gave way" not in " ".join(map(body, pages(found).values()))
    assert [one.code for one in found.findings if "C1" in one.message] == []  # what is not sent needs no note


def test_an_empty_field_for_the_bidder_is_not_filled_with_what_was_for_the_file() -> None:
    found = made(told={("A02", "C2"): " "})
    blocking = [(one.code, str(one.source)) for one in found.findings if block_award([one])]
    assert (found.documents, blocking) == ((), [("E-LETTER-001", "moderation.xlsx Consensus!E9")])


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


MERIT = {"id": "M1", "kind": "merit_order", "title": "Down the ranking", "theme": "*", "passes_over": ["O1"]}
LIMIT = {"id": "O1", "kind": "organisation_awards", "title": "Most for one", "limit": 1}
DOWN = {"method": "optimise", "source": "8", "rule": [MERIT, LIMIT, *criteria().model_dump()["allocation"]["rule"]]}


def refused(*refusals: Refusal, **changes: Any) -> str:
    """The first page of the last of these bids, where awards of its theme go down its ranking."""
    others = tuple(one for one in ALLOCATION.not_awarded if one.bid not in {refusal.bid for refusal in refusals})
    told = replace(ALLOCATION, not_awarded=(*others, *refusals), **changes)
    found = made(allocation=told, criteria=criteria(allocation=DOWN))
    return first_page(found, refusals[-1].bid)


def test_a_bid_that_waits_is_told_where_the_awards_ended_and_no_sum_of_the_bid_that_was_next() -> None:
    over = Barrier(("R3",), "theme", "advice", "take theme advice £77,777 over its limit", "money", 22_000_000)
    own = Barrier(("O1",), "organisation", "zeta", "give organisation zeta 2 awards", "awards", 1)
    words = "It is the next in its theme. Funding it as well would take theme advice £77,777 over its limit."
    waits = "1 better-ranked bid of its theme is not funded, and rule M1 lets it be funded only after it; it scored 76."
    page = refused(
        Refusal("A06", "advice", "does_not_fit", words, (own, over)), Refusal("A03", "advice", "not_its_turn", waits)
    )
    assert (
        "In your theme awards are made in the order of rank (rule M1 “Down the ranking”). The last award went to the "
        "bid that ranks 2 with 82.00 points; yours ranks 4. The awards end there: the next would break rule R3 “Theme "
        "budgets”."
    ) in page
    assert not re.search("77,777|zeta|A06|O1", page)


def test_a_bid_that_is_passed_over_for_its_bidders_own_limit_is_told_which_awards_fill_it_and_what_chose_them() -> None:
    over = Barrier(
        ("O1",), "organisation", "alpha", "give organisation alpha 2 awards, where at most 1 may be made", "awards", 1
    )
    needs = (Need("score", "found", 100),)
    case = BidCase("Y01", "youth", 8720, 100, (), funded=False, eligible=True, why="", needs=needs)
    changes = {"cases": (case,), "awards": ALLOCATION.awards[:2]}
    page = refused(Refusal("Y01", "youth", "passed_over", "Rule M1 passes over it: funding it …", (over,)), **changes)
    assert "a bid is passed over where a limit that this rule names stands against it. That is so here" in page
    assert "Nobody chose which of your bids are awarded: the published aim, the greatest sum of total scores" in page
    assert "An award to your bid beside those of the other themes would give your organisation 2 awards" in page
    assert "You already have 1 award, the published maximum: A01 (Advice on the doorstep)." in page
    assert "would have been awarded, in the place of the award that you have, with 1 point more" in page


def test_a_bid_that_ranks_above_an_award_is_told_that_awards_are_not_made_by_rank_alone() -> None:
    over = Barrier(("R1",), "all", "", "take all awards together £5 over the limit of £310,000", "money", 31_000_000)
    refusal = Refusal("A01", "advice", "does_not_fit", "Funding it as well would take …; it scored 84.", (over,))
    told = replace(ALLOCATION, awards=ALLOCATION.awards[1:], not_awarded=(*ALLOCATION.not_awarded, refusal))
    page = first_page(made(allocation=told), "A01")
    assert "Of all sets of awards within the published limits the one with the greatest sum of total scores" in page


@pytest.mark.parametrize(("more", "said"), [(599, True), (600, False)])
def test_points_that_would_have_been_enough_below_the_lowest_award_are_explained(more: int, *, said: bool) -> None:
    # A03 has 76.00, and the lowest award of its theme, A02, 82.00.
    needs = (Need("score", "found", more),)
    case = BidCase("A03", "advice", 7600, 100, (), funded=False, eligible=True, why="", needs=needs)
    page = first_page(made(allocation=replace(ALLOCATION, cases=(case,))), "A03")
    assert ("That is less than the lowest award of your theme has: with it another set of awards" in page) is said


def test_a_lower_price_is_never_said_to_be_of_no_use_where_price_earns_points() -> None:
    needs = (Need("score", "found", 100), Need("cost", "impossible", why="better-ranked bids come before it"))
    needed = ("Even at no cost it would not have been funded: better-ranked bids come before it.",)
    case = BidCase("A03", "advice", 7600, 100, (), funded=False, eligible=True, why="", needs=needs, needed=needed)
    letter = body(pages(made(allocation=replace(ALLOCATION, cases=(case,))))["letter-A03.html"])
    assert "with 1 point more, from marks or from price." in letter
    assert not re.search("No lower price|Even at no cost", letter)


def test_a_bid_on_a_reserve_list_is_told_its_place_and_what_it_waits_for() -> None:
    waits = Reserve("A03", "advice", "R3", 1, 7600, "It is funded when £1,200 more becomes free (rule R1).")
    page = first_page(made(allocation=replace(ALLOCATION, reserve=(waits,))), "A03")
    assert "Your bid has place 1 on the reserve list of its theme (rule R3 “Theme budgets”). It is funded when" in page
    assert "£1,200 more becomes free (rule R1 “Programme budget”); people decide whether it is taken from" in page


def test_bids_that_are_level_are_told_so() -> None:
    assert "yours ranks 2, level with 1 other." in first_page(made(), "A06")


def test_a_winner_is_told_that_nothing_is_agreed_yet_and_not_how_to_ask_for_reasons() -> None:
    page = first_page(made(), "A01")
    assert "Nothing is agreed by this letter alone: the contract follows in writing." in page
    assert "written reasons" not in page
    assert "written reasons within 15 days (Local Government Act 1988, section 20)" in first_page(made(), "A03")


def test_whom_to_write_to_is_never_left_out_unseen() -> None:
    assert "whom to write to was not said: to be added before this is sent" in first_page(made(), "A03")
    told = made(sending=Sending(decided=DECIDED, contact="bids@example.org"))
    assert "Write to bids@example.org." in first_page(told, "A03")


def test_a_condition_that_was_met_on_clarification_is_not_called_failed() -> None:
    gate = criteria().gate[0].model_copy(update={"kind": "participation"})
    met = replace(DECISION, bid="A03", decision="met", reason="The certificate came in time.")
    run = outcome(
        criteria=criteria(gate=[gate.model_dump(exclude_none=True)]),
        evaluation=replace(evaluation(), decisions=(met,), consensus=consensus()),
    )
    letter = body({one.name: str(one.content) for one in letters(run, STEPS).documents}["letter-A03.html"])
    assert "Public liability insurance (condition of participation): met, on clarification. The certificate" in letter
    assert "not passed" not in letter.lower()


DECIDED = Decided("Ruth Example", "Director of Communities", "2026-03-20")


def first_page(found: Letters, bid: str) -> str:
    return body(pages(found)[f"letter-{bid}.html"]).partition("Annex to")[0]


def test_a_letter_is_a_draft_until_a_person_has_decided_and_then_says_awarded_or_not() -> None:
    draft, decided = made(), made(sending=Sending(sent="2026-03-23", decided=DECIDED))
    assert "Draft: Assessment summary: A03" in first_page(draft, "A03")
    assert "Draft, not to be sent. No decision is recorded" in first_page(draft, "A03")
    assert "Not recommended for an award" in first_page(draft, "A03")
    assert "Draft" not in first_page(decided, "A03")
    assert "Not awarded Decided by Ruth Example, Director of Communities, on 20 March 2026." in first_page(
        decided, "A03"
    )
    assert "Awarded: £100,000" in first_page(decided, "A01")
    listed = json.loads(pages(decided)["letters.json"])
    assert (listed["draft"], listed["decision"]["role"]) == (False, "Director of Communities")
    assert (listed["outcomes"]["A01"], listed["outcomes"]["A03"], listed["outcomes"]["A05"]) == (
        "awarded",
        "not awarded",
        "not assessed",
    )
    assert json.loads(pages(draft)["letters.json"])["draft"] is True


def test_what_else_holds_letters_back_keeps_them_drafts_although_somebody_decided() -> None:
    held = made(sending=Sending(decided=DECIDED, held=("No consideration of the equality figures stands",)))
    assert "Draft, not to be sent. No consideration of the equality figures stands." in first_page(held, "A01")


@pytest.mark.parametrize(
    ("regime", "notice", "words", "ends"),
    [
        ("pa2023", "2026-03-02", "begins on 2 March 2026 and ends at the end of 11 March 2026", "2026-03-11"),
        ("pa2023", "", "which is not known yet, so no last day can be given", None),
        ("pa2023_light_touch", "2026-03-02", "", None),  # the law asks for none, and these criteria promise none
        ("grant", "2026-03-02", "", None),
    ],
)
def test_a_standstill_counts_from_the_notice_and_has_no_end_without_one(
    regime: str, notice: str, words: str, ends: str | None
) -> None:
    sending = Sending(notice=notice, standstill=standstill(regime, notice), decided=DECIDED)
    found = made(criteria=criteria(regime=regime), sending=sending)
    page = first_page(found, "A03")
    assert words in page
    assert ("standstill" in page) is bool(words)
    assert json.loads(pages(found)["letters.json"])["standstill"]["ends"] == ends


def test_a_promised_standstill_is_called_voluntary() -> None:
    kept = Sending(notice="2026-03-02", standstill=standstill("pa2023_light_touch", "2026-03-02", 8), decided=DECIDED)
    page = first_page(made(criteria=criteria(regime="pa2023_light_touch"), sending=kept), "A03")
    assert "A voluntary standstill of 8 working days" in page
    assert "ends at the end of 11 March 2026" in page


OWN = Barrier(
    ("R3",), "organisation", "alpha", "give organisation alpha 2 awards, where at most 1 may be made", "awards", 1
)
THEME = Barrier(("R1", "R2"), "theme", "youth", "take theme youth £9,000 over its limit of £91,000", "money", 9_100_000)
REFUSED = replace(
    ALLOCATION,
    awards=ALLOCATION.awards[:2],
    not_awarded=(*ALLOCATION.not_awarded, Refusal("Y01", "youth", "does_not_fit", "It does not fit.", (OWN, THEME))),
)


def test_every_limit_is_named_and_the_bidders_own_with_the_awards_that_fill_it() -> None:
    page = first_page(made(allocation=REFUSED), "Y01")
    assert "An award to your bid as well would: give your organisation 2 awards, where at most 1 may be made" in page
    assert "(rule R3 “Theme budgets”). You already have 1 award, the published maximum: A01 (Advice on the" in page
    assert "take the theme Young people £9,000 over its limit of £91,000 (rules R1 “Programme budget” and R2" in page


def test_the_awards_of_the_bidder_itself_are_no_words_about_others() -> None:
    found = made(allocation=REFUSED).findings
    assert [one.message for one in found if one.code == "N-LETTER-002" and "Y01 (why" in one.message] == []


def test_what_an_explanation_says_before_its_limits_comes_first() -> None:
    words = "It is the next in its theme. Funding it as well would give organisation alpha 2 awards; it scored 87.2."
    refusal = Refusal("Y01", "youth", "does_not_fit", words, (OWN,))
    page = first_page(made(allocation=replace(REFUSED, not_awarded=(*ALLOCATION.not_awarded, refusal))), "Y01")
    assert "Yours was the next bid in its theme, where awards are made in the order of rank. An award to your" in page
    assert "You already have 1 award" in page


def test_a_rule_that_is_called_like_a_bid_is_named_by_its_title() -> None:
    limits = [{"id": "A02", "kind": "theme_budget", "title": "Theme budgets", "theme": "advice", "limit": 220000}]
    policy = {"method": "optimise", "source": "8", "rule": limits}
    refusal = Refusal("Y01", "youth", "does_not_fit", "It does not fit.", (replace(THEME, rules=("A02",)),))
    refused = replace(REFUSED, not_awarded=(*ALLOCATION.not_awarded, refusal))
    needed = ("No larger budget alone would have funded it: others come before it (rules A02 and R7).",)
    case = BidCase("Y01", "youth", 1, 1, (), funded=False, eligible=True, why="", needed=needed)
    refused = replace(refused, cases=(case,))
    letter = body(pages(made(allocation=refused, criteria=criteria(allocation=policy)))["letter-Y01.html"])
    assert "over its limit of £91,000 (rule “Theme budgets”)." in letter
    assert "others come before it (rules “Theme budgets” and R7)." in letter
    assert "A02" not in letter


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        (
            (Need("score", "found", 600), Need("cost", "found", 8230)),
            "your bid would have been awarded with 6 points more, from marks or from price, or with no more points "
            "at a price £8,230 lower in each year. For comparison: a mark of 4 instead of 3 for C1 Local need is "
            "worth 6 points.",  # 1 of 5 marks × 30
        ),
        (
            (Need("score", "found", 4467, beyond=True),),
            "No score could have won: it would have needed 44.67 points more, and no bid of its theme can get",
        ),
        (
            (Need("score", "impossible", rules=("R3",), why="its theme has all that it may have"),),
            "No score alone would have been enough: its theme has all that it may have (rule R3",
        ),
        (
            (Need("cost", "not_established"),),
            "Which lower price would have been enough was not established.",
        ),
    ],
)
def test_a_letter_says_what_would_have_turned_it_and_where_no_score_could(needs: tuple[Need, ...], words: str) -> None:
    case = BidCase("A03", "advice", 7600, 100, ("2026-27", "2027-28"), funded=False, eligible=True, why="", needs=needs)
    assert words in first_page(made(allocation=replace(ALLOCATION, cases=(case,))), "A03")


PRICED = (
    Step("price basis: whole_life", "£60,000 + £60,000", Fraction(120_000)),
    Step("price statistic: lowest", "of the scored prices of 4 ranked bids", Fraction(80_000)),
    Step("price method: lowest_price_ratio", "30 × £80,000 ÷ £120,000", Fraction(20)),
)


def test_anothers_price_that_decides_the_points_is_withheld_and_section_94_is_cited() -> None:
    # A03 asks the lowest price, £80,000, and does not win: A02's letter must not tell it.
    page = body(pages(made(steps={**STEPS, "A02": [*STEPS["A02"], *PRICED]}))["letter-A02.html"])
    assert "The price that was scored: £60,000 + £60,000 = £120,000." in page
    assert "By the published formula that gives 20 points." in page
    assert "withheld under section 94(1)(b)" in page
    assert "80,000" not in page


@pytest.mark.parametrize(
    ("lowest", "words"), [(100_000, "of A01 (alpha Ltd), which is awarded"), (120_000, "your own")]
)
def test_a_winners_price_or_ones_own_is_shown_with_whose_it_is(lowest: int, words: str) -> None:
    priced = [PRICED[0], replace(PRICED[1], result=Fraction(lowest)), PRICED[2]]
    page = body(pages(made(steps={**STEPS, "A06": [*STEPS["A06"], *priced]}))["letter-A06.html"])
    assert words in page
    assert "Points: 30 × £80,000 ÷ £120,000 = 20." in page
    assert "withheld" not in page


def test_the_regulations_of_2015_ask_for_the_relative_advantages_of_each_winner() -> None:
    page = body(pages(made(criteria=criteria(regime="pcr2015")))["letter-A03.html"])
    assert "Where A01 of alpha Ltd was better" in page
    assert f"C1 Local need: mark 4 to your 3. {GOOD} (A01)" in page
    assert "To be written" not in page


def test_written_reasons_that_were_asked_for_are_due_in_15_days() -> None:
    found = pages(made(sending=Sending(decided=DECIDED, asked={"A03": "2026-03-25", "A05": "2026-03-26"})))
    assert "They are due by 9 April 2026" in body(found["reasons-A03.html"])
    assert "They are due by 10 April 2026" in body(found["reasons-A05.html"])
    assert "due by" not in body(found["letter-A03.html"])


def test_several_evaluators_are_not_told_of_one_by_one() -> None:
    found = made({("A01", "C1"): f"{GOOD}; E02 and E03, then E01, saw more."}, ("E01", "E02", "E03"))
    assert "evaluators, then an evaluator, saw more" in body(pages(found)["letter-A01.html"])


def words_of(page: str) -> int:
    return len(page.partition("Skip to the content")[2].split())


def test_many_limits_and_the_worth_of_a_mark_leave_the_first_page_for_the_annex_and_are_said_once() -> None:
    long = (
        "over its limit, which was published in a great many words that say nothing else at all of what it is for " * 2
    )
    limits = tuple(
        Barrier((f"R{at}",), "theme", "youth", f"take theme youth £{at},000 {long.strip()}", "money", at)
        for at in range(1, 7)
    )
    refusal = Refusal("Y01", "youth", "does_not_fit", "It does not fit.", limits)
    case = BidCase(
        "Y01", "youth", 1, 100, (), funded=False, eligible=True, why="", needs=(Need("score", "found", 600),)
    )
    told = replace(REFUSED, not_awarded=(*ALLOCATION.not_awarded, refusal), cases=(case,))
    first, _, annex = body(pages(made(allocation=told))["letter-Y01.html"]).partition("Annex to")
    assert words_of(first) <= 350
    said = [(first.count(f"£{at},000"), annex.count(f"£{at},000")) for at in range(1, 7)]
    assert (said[0], said[-1]) == ((1, 0), (0, 1))
    assert all(sum(one) == 1 for one in said)
    assert "more limits: see the annex." in first
    assert (first.count("For comparison"), annex.count("For comparison")) == (0, 1)


def test_a_long_reason_of_a_person_stands_in_the_annex_and_the_first_page_says_so() -> None:
    scored = SCORES.themes[0]
    status = tuple("disqualified" if bid == "A05" else was for bid, was in zip(scored.bids, scored.status, strict=True))
    scores = replace(SCORES, themes=(replace(scored, status=status), *SCORES.themes[1:]))
    long = replace(DECISION, reason="No cover after two requests. " + "The reply said nothing of it. " * 60)
    told = replace(ADVICE, disregarded={"A05": long})
    asked = replace(evaluation(), consensus=consensus(), decisions=(long,), themes=(told, YOUTH))
    found = letters(outcome(evaluation=asked, scores=scores), STEPS).documents
    first, _, annex = body({one.name: str(one.content) for one in found}["letter-A05.html"]).partition("Annex to")
    assert words_of(first) <= 350
    assert "The reason stands in the annex." in first
    assert annex.count("No cover after two requests.") == 1


@pytest.mark.parametrize("regime", FORMS)
@pytest.mark.parametrize("standing", ["disqualified", "disregarded", "excluded", "withdrawn", "lot_abandoned"])
def test_no_kind_of_letter_has_more_on_its_first_page_than_a_page_holds(regime: str, standing: Standing) -> None:
    """People wrote 300 words of each thing that a letter tells of; each stands once, in the annex, nothing is cut."""
    talk = {what: f"{what}: " + "much more was said of it " * 60 for what in ("reason", "ground", "heard")}
    long = replace(DECISION, **talk)
    gates = [gate.model_copy(update={"predicate": "cover: " + "of such and such " * 80}) for gate in criteria().gate]
    scored = SCORES.themes[0]
    status = tuple(standing if bid == "A05" else was for bid, was in zip(scored.bids, scored.status, strict=True))
    told = replace(ADVICE, disregarded={"A05": long})
    asked = replace(evaluation(), consensus=consensus(), decisions=(long,), themes=(told, YOUTH))
    scores = replace(SCORES, themes=(replace(scored, status=status), *SCORES.themes[1:]))
    given = criteria(regime=regime).model_copy(update={"gate": tuple(gates)})
    found = pages(letters(outcome(criteria=given, evaluation=asked, scores=scores), STEPS))
    for name, page in found.items():
        if not name.startswith(("winners-", "index.", "letters.")):
            assert words_of(body(page).partition("Annex to")[0]) <= 350, name
    (page,) = [page for name, page in found.items() if name.endswith("-A05.html")]
    first, _, annex = body(page).partition("Annex to")
    for what in ("reason", *(["ground", "heard"] if standing in ("disregarded", "excluded") else [])):
        assert annex.count(f"{what}: much more") == (0 if standing == "withdrawn" else 1), what
        assert f"{what}: much more" not in first


def test_a_short_reason_stands_on_the_first_page_and_there_is_no_annex() -> None:
    page = body(pages(made())["not-assessed-A05.html"])
    assert "No cover after two requests." in page
    assert "Annex" not in page


def test_rules_that_differ_by_their_year_alone_are_one_rule() -> None:
    for_year = [
        {
            "id": f"Y{at}",
            "kind": "year_budget",
            "title": f"Budget of the programme {year}",
            "year": year,
            "limit": 150000,
        }
        for at, year in enumerate(("2026-27", "2027-28"), 1)
    ]
    rules = [*for_year, {"id": "B", "kind": "budget", "title": "All years", "limit": 310000}]
    policy = {"method": "optimise", "source": "8", "rule": rules}
    names = RuleNames(outcome(criteria=criteria(allocation=policy)))
    assert [name for name, _ in names.demands(["Y2", "B", "Y1", "Y2"])] == [
        "Y1 and Y2 “Budget of the programme”, year by year",
        "B “All years”",
    ]
    assert [name for name, _ in names.demands(["Y2"])] == ["Y2 “Budget of the programme 2027-28”"]
