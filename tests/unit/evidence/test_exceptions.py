"""The tests of exceptions on small tables: each finds what is planted, in numbers worked by hand, and nothing else."""

from fractions import Fraction
from typing import Any

import pytest

from evaluator.evidence.exceptions.catalogue import TESTS, exceptions_of
from evaluator.evidence.exceptions.look import Look, Seen, Thresholds
from evaluator.evidence.schema import TABLES
from evaluator.files.read.engine_data import read_false_alarms
from evaluator.records.dates import day_number

Row = dict[str, Any]
RUN = "2027-03-31"
LONG = "We will ring every family in the first week of the term and ask what has changed for them"


class Small:
    """One theme of four bids and two questions of 40 points each, three evaluators, two awards; nothing stands out.

    Marks are out of 5, so that a mark is 8 points. B1 and B2 are funded, with totals of 80 and 70; B3 has 60, B4 50.
    """

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.tables["run"] = [{"what": "date", "value": RUN}]
        for question in ("Q1", "Q2"):
            self.tables["questions"].append(
                {"theme": "advice", "question": question, "answered_by": "bid", "weight": "40"}
            )
            for mark in range(6):
                self.tables["scales"].append(
                    {
                        "theme": "advice",
                        "question": question,
                        "mark": str(mark),
                        "descriptor": f"{mark} of the parts are there with detail that could be checked by anyone",
                        "exact_points": f"{8 * mark}/1",
                    }
                )
        for rank, (bid, total) in enumerate((("B1", 80), ("B2", 70), ("B3", 60), ("B4", 50)), 1):
            self.bid(bid, rank, total)
            for question in ("Q1", "Q2"):
                self.mark(bid, question, 5 - rank, E1=5 - rank, E2=5 - rank, E3=5 - rank)
        for bid in ("B1", "B2"):
            self.tables["awards"].append({"bid": bid, "theme": "advice", "amount": "1"})

    def bid(self, bid: str, rank: int, total: int, theme: str = "advice") -> None:
        self.tables["scores"].append(
            {
                "theme": theme,
                "bid": bid,
                "organisation": f"ORG-{bid}",
                "name": f"Group {bid}",
                "price": f"{10_000 + 37 * rank}.00",
                "price_index": None,
                "exact_total": f"{total}/1",
                "rank": rank,
            }
        )
        cells = {
            "organisation": f"ORG-{bid}",
            "name": f"Group {bid}",
            "price": str(10_000 + 37 * rank),
            "email": f"{bid}@x.example",
        }
        for column, (key, text) in zip("ABCD", cells.items(), strict=True):
            self.register(bid, key, text, f"{column}{rank + 1}")

    def register(self, bid: str, key: str, text: str, cell: str = "D2") -> None:
        rows = self.tables["register"]
        rows[:] = [row for row in rows if (row["bid"], row["column_name"]) != (bid, key)]
        rows.append({"bid": bid, "column_name": key, "received": text, "used": text, **place("register.csv", cell)})

    def mark(self, bid: str, question: str, agreed: int, **given: int) -> None:
        of_others = [
            row for row in self.tables["marks"] if (row["bid_or_organisation"], row["question"]) != (bid, question)
        ]
        self.tables["marks"] = of_others + [
            {
                "evaluator": who,
                "bid_or_organisation": bid,
                "question": question,
                "used": str(mark),
                "reason": f"{who} on {bid} {question}",
                **place(f"{who}.xlsx", f"D{bid}{question}"),
            }
            for who, mark in given.items()
        ]
        kept = [
            row
            for row in self.tables["agreed_marks"]
            if (row["bid_or_organisation"], row["question"]) != (bid, question)
        ]
        one = {"bid_or_organisation": bid, "question": question, "used": str(agreed)}
        self.tables["agreed_marks"] = [*kept, {**one, **place("consensus.csv", f"C{bid}{question}")}]

    def score(self, bid: str, **figures: object) -> None:
        next(row for row in self.tables["scores"] if row["bid"] == bid).update(figures)

    def decide(self, bid: str, person: str, date: str) -> None:
        told = {"bid": bid, "matter": "failed_gate", "subject": "ready", "decision": "admit", "person": person}
        self.tables["decisions"].append({**told, "date": date, **place("decisions.csv", str(len(bid)))})

    def entry(self, number: int, day: str, kind: str, before: str, after: str) -> None:
        told = {"number": number, "recorded_on": day, "recorded_by": "R. Osei", "kind": kind, "subject": "B1 Q1"}
        self.tables["ledger"].append({**told, "before": before, "after": after})

    def seen(self, test: str, thresholds: Thresholds = Thresholds()) -> tuple[Seen, ...]:  # noqa: B008 - frozen
        return next(one.seen for one in exceptions_of(Look(self.tables, thresholds)) if one.test.id == test)

    def missing(self, test: str) -> str:
        return next(one.missing for one in exceptions_of(Look(self.tables)) if one.test.id == test)


def place(file: str, cell: str) -> Row:
    return {"file": file, "sheet": "", "cell": cell, "sha256": ""}


@pytest.fixture
def small() -> Small:
    return Small()


def about(found: tuple[Seen, ...]) -> list[str]:
    return [one.about for one in found]


@pytest.mark.parametrize("test", [test.id for test in TESTS])
def test_nothing_stands_out_where_all_is_ordinary(small: Small, test: str) -> None:
    assert small.seen(test) == ()


def test_an_award_agreed_above_every_mark_is_told_with_its_cell(small: Small) -> None:
    small.mark("B1", "Q2", 5, E1=4, E2=4, E3=4)
    (one,) = small.seen("raised_and_won")
    assert one.about == "Group B1 (B1)"
    assert one.words == (
        "The agreed marks give 8.00 points more than the mean of the marks given; they are above every mark given on"
        " Q2."
    )
    assert [cell.cell for cell in one.places] == ["CB1Q2"]


def test_an_award_raised_by_a_tenth_of_the_weight_is_told_and_by_less_is_not(small: Small) -> None:
    small.mark("B1", "Q1", 4, E1=4, E2=3, E3=4)  # 8 × 1/3 of 80 points: a thirtieth
    assert small.seen("raised_and_won") == ()
    small.mark("B1", "Q1", 4, E1=4, E2=2, E3=3)  # a mark, 8 points, is a tenth of the 80
    assert about(small.seen("raised_and_won")) == ["Group B1 (B1)"]


def test_an_award_that_the_means_would_not_have_given_names_the_bid_that_would_stand_before_it(small: Small) -> None:
    small.score("B3", exact_total="66/1")
    small.mark("B2", "Q1", 3, E1=3, E2=2, E3=2)  # 16/3 points, which is more than a twentieth of 80 and the lead of 4
    (one,) = small.seen("raised_and_won")
    assert "5.33 points" in one.words
    assert "by those means Group B3 (B3), which has no award, would stand before it" in one.words
    small.score("B3", exact_total="64/1")  # the lead is 6
    assert small.seen("raised_and_won") == ()


def test_a_bid_that_was_raised_and_lost_is_not_told(small: Small) -> None:
    small.mark("B3", "Q1", 5, E1=2, E2=2, E3=2)
    assert small.seen("raised_and_won") == ()


def test_a_lead_of_less_than_a_point_is_told_and_one_of_a_point_is_not(small: Small) -> None:
    small.score("B3", exact_total="277/4")
    (one,) = small.seen("won_by_little")
    assert (one.about, one.words) == (
        "Group B2 (B2)",
        "It has 0.75 points more than Group B3 (B3), which has no award.",
    )
    assert [cell.cell for cell in one.places] == ["C3", "C4"]  # the prices of both
    small.score("B3", exact_total="69/1")
    assert small.seen("won_by_little") == ()
    assert about(small.seen("won_by_little", Thresholds(Fraction(2)))) == ["Group B2 (B2)"]


def test_totals_that_are_prices_are_not_looked_at_as_points(small: Small) -> None:
    small.score("B1", price_index="1.5")
    assert small.missing("won_by_little") == "totals are prices or indexes here, not points"


def test_a_recusal_counts_on_both_sides_of_the_line_and_only_where_it_is_close(small: Small) -> None:
    small.tables["declarations"].append(
        {"evaluator": "E1", "organisation": "ORG-B3", "action": "recused", **place("declarations.csv", "A2")}
    )
    assert small.seen("recused_and_close") == ()
    small.score("B3", exact_total="139/2")
    (one,) = small.seen("recused_and_close")
    assert one.words == "E1 is recused; the bid has no award, 0.5 points from Group B2 (B2)."
    assert [cell.cell for cell in one.places] == ["A2", "C4"]


def test_decisions_of_one_person_are_told_once_there_are_two_and_not_once_somebody_else_decides(small: Small) -> None:
    small.decide("B3", "R. Osei", "2027-03-01")
    assert small.seen("one_person") == ()
    small.decide("B4", "R.  Osei", "2027-03-02")
    assert [one.words for one in small.seen("one_person")] == ["All 2 decisions were made by one person."]
    small.decide("B1", "M. Quaye", "2027-03-02")
    assert small.seen("one_person") == ()


def test_a_bid_that_one_evaluator_marked_alone_is_told_and_a_whole_theme_in_one_line(small: Small) -> None:
    for question in ("Q1", "Q2"):
        small.mark("B2", question, 3, E3=3)
    assert [(one.about, one.words) for one in small.seen("one_person")] == [
        ("Group B2 (B2)", "Every mark of this bid is E3’s alone.")
    ]
    for bid in ("B1", "B3", "B4"):
        for question in ("Q1", "Q2"):
            small.mark(bid, question, 3, E3=3)
    assert [one.words for one in small.seen("one_person")] == ["Every mark of all 4 bids is E3’s alone."]


def test_a_change_near_the_run_is_told_and_a_first_entry_or_an_early_change_is_not(small: Small) -> None:
    small.entry(1, "2027-03-30", "consensus", "", "3")
    small.entry(2, "2027-03-20", "correction", "3", "4")
    assert small.seen("changed_late") == ()
    small.entry(3, "2027-03-29", "correction", "3", "4")
    (one,) = small.seen("changed_late")
    assert one.words == (
        "R. Osei recorded on 29 March 2027: agreed mark B1 Q1, 3 became 4; the run is of 31 March 2027."
    )
    assert [(cell.file, cell.cell) for cell in one.places] == [("ledger.jsonl", "entry 3")]


def test_a_change_after_an_earlier_run_is_told_however_early(small: Small) -> None:
    small.entry(1, "2027-01-01", "run", "", "award_recommended")
    small.entry(2, "2027-01-02", "mark", "3", "4")
    (one,) = small.seen("changed_late")
    assert "on 2 January 2027, after an earlier run: mark B1 Q1, 3 became 4" in one.words


def test_a_correction_to_a_bid_is_told_by_its_own_date(small: Small) -> None:
    told = {"kind": "corrections", "about": "B3", "what": "price", "before": "1", "after": "2", "date": "2027-03-30"}
    small.tables["events"].append({**told, **place("corrections.csv", "A2")})
    assert about(small.seen("changed_late")) == ["Group B3 (B3)"]


def test_decisions_are_near_the_run_by_days_and_never_after_it(small: Small) -> None:
    for day in ("2027-03-28", "2027-03-29", "31/03/2027", "2027-04-01"):
        small.decide("B3", "R. Osei", day)
    assert len(small.seen("decided_near_the_run")) == 2
    assert len(small.seen("decided_near_the_run", Thresholds(days=3))) == 3


def test_a_run_without_a_day_is_not_looked_at_unless_its_ledger_has_one(small: Small) -> None:
    small.tables["run"] = []
    small.decide("B3", "R. Osei", "2027-03-30")
    assert small.missing("decided_near_the_run") == "the run has no date, and there is no ledger"
    small.entry(1, "2027-03-31T09:30", "mark", "", "4")
    assert about(small.seen("decided_near_the_run")) == ["Group B3 (B3)"]


def test_an_address_that_strangers_share_is_told_however_it_is_written_and_partners_are_no_strangers(
    small: Small,
) -> None:
    small.register("B1", "email", "hello@hub.example")
    small.register("B4", "email", "HELLO@hub.example ")
    (one,) = small.seen("equal_contacts")
    assert one.about == "Group B1 (B1) and Group B4 (B4)"
    small.register("B4", "members", "ORG-B9; org-b1", "E5")
    assert small.seen("equal_contacts") == ()


def test_a_sentence_that_strangers_share_is_told_once_for_all_that_they_share(small: Small) -> None:
    for bid, cell in (("B1", "C5"), ("B3", "C6")):
        words = f"This is {bid}’s own. {LONG}. {LONG.replace('term', 'year')}! And more of {bid}."
        small.tables["answers"].append({"bid": bid, "question": "Q1", "words": words, **place(f"{bid}.xlsx", cell)})
    (one,) = small.seen("equal_texts")
    assert one.words.startswith("2 passages are the same word for word")
    assert [cell.file for cell in one.places] == ["B1.xlsx", "B3.xlsx"]


def test_a_short_sentence_that_strangers_share_is_not_told(small: Small) -> None:
    for bid in ("B1", "B3"):
        row = {"bid": bid, "question": "Q1", "words": "We will ring every family each week.", **place("f.xlsx", "C5")}
        small.tables["answers"].append(row)
    assert small.seen("equal_texts") == ()


def test_a_reason_of_two_evaluators_is_told_but_for_the_scales_own_words(small: Small) -> None:
    rows = small.tables["marks"]
    for row in rows[:2]:
        row["reason"] = small.tables["scales"][4]["descriptor"]
    assert small.seen("equal_reasons") == ()
    rows[0]["reason"] = f"{LONG}."
    rows[4]["reason"] = LONG.upper()
    (one,) = small.seen("equal_reasons")
    assert one.about == "E1 and E2"
    assert len(one.places) == 2


def test_identical_prices_are_told_but_not_where_all_of_a_theme_are(small: Small) -> None:
    small.score("B4", price="10037.00")  # what B1 asks
    (one,) = small.seen("identical_prices")
    assert (one.about, one.words) == ("Group B1 (B1) and Group B4 (B4)", "Each asks for £10,037 in advice.")
    for bid in ("B2", "B3"):
        small.score(bid, price="10037.00")
    assert small.seen("identical_prices") == ()


def test_round_prices_are_whole_thousands_in_every_year(small: Small) -> None:
    small.score("B4", price="12000.00")
    for year, text in (("2027-28", "7500"), ("2028-29", "4500")):
        small.register("B4", f"price:{year}", text)
    small.tables["register"] = [row for row in small.tables["register"] if row["column_name"] != "price"]
    assert small.seen("round_prices") == ()
    for year, text in (("2027-28", "7000"), ("2028-29", "5000")):
        small.register("B4", f"price:{year}", text)
    assert about(small.seen("round_prices")) == ["Group B4 (B4)"]


def test_marks_that_follow_one_bidder_are_told_by_how_far_they_stand_apart(small: Small) -> None:
    """E1 gives B9 two marks more than the others on three answers, and elsewhere as much as they do."""
    for at in range(10, 20):
        small.bid(f"B{at}", at, 10)
        small.mark(f"B{at}", "Q1", 3, E1=3, E2=3 + at % 2, E3=3)
    small.bid("B9", 30, 5)
    small.tables["questions"].append({"theme": "advice", "question": "Q3", "answered_by": "bid", "weight": "0"})
    small.tables["scales"] += [{**row, "question": "Q3"} for row in small.tables["scales"] if row["question"] == "Q1"]
    for question in ("Q1", "Q2", "Q3"):
        small.mark("B9", question, 4, E1=5, E2=3, E3=3)
    (one,) = small.seen("marks_follow_a_bidder")
    assert one.about == "E1 on Group B9 (ORG-B9)"
    # Two marks are 40% of the scale. Of E1's 18 other marks, 5 lie half a mark, 10% of it, below: 2.8% in the mean.
    assert "E1’s 3 marks for Group B9 (ORG-B9) lie 43% of the scale further above" in one.words
    assert "than E1’s 18 marks for all other bidders do" in one.words
    assert {cell.file for cell in one.places} == {"E1.xlsx"}


def test_every_test_has_a_rate_that_was_measured_on_honest_programmes() -> None:
    rates = read_false_alarms()
    assert list(rates["tests"]) == [test.id for test in TESTS]
    assert rates["programmes"] >= 1000
    for its in rates["tests"].values():
        assert its["programmes"] <= its["items"]
        assert its["programmes"] <= rates["programmes"]
        if "planted" in its:
            assert its["found"] >= 0.8 * its["planted"] > 0


@pytest.mark.parametrize("word", ["fraud", "corrupt", "suspicio", "guilt", "wrongdoing", "collu", "abuse"])
def test_no_word_of_a_test_accuses(word: str) -> None:
    for test in TESTS:
        assert word not in " ".join((test.title, test.looks_for, test.innocent, test.after)).casefold()


def test_a_red_flag_is_named_by_code_and_title_or_not_at_all() -> None:
    assert {test.id: (test.flag, test.flag_title) for test in TESTS if test.flag or test.flag_title} == {
        "equal_contacts": ("R044", "Business similarities between bidders"),
        "identical_prices": ("R028", "Identical bid prices"),
    }


def test_days_are_numbered_as_the_calendar_has_them() -> None:
    from datetime import date

    for day in ("2027-01-01", "2028-02-29", "2100-03-01", "2027-12-31"):
        assert day_number(day) == date.fromisoformat(day).toordinal()
