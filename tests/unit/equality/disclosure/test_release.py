"""The rule as a whole against all replies that there are: nobody's reply is told, even to one who runs this program."""

from dataclasses import replace

import pytest

from evaluator.equality.disclosure.release import Bidders, Question, printed
from evaluator.records.programme.criteria import Characteristic, EqualityPlan
from evaluator.records.results.equality import Band, CharacteristicImpact, EarlierEdition
from tests.unit.equality.disclosure.universes import LADDER, Universe


@pytest.mark.parametrize(
    "universe",
    [
        Universe({"W": 5, "L": 5}),
        Universe({"W": 3, "L": 5}, ("a", "b", "c"), ladder=tuple(LADDER)),
        Universe({"W": 5, "L": 7}, few=3, bands=(1, 4)),
        Universe({"WW": 3, "WL": 1, "LW": 1, "LL": 4}),
        Universe({"WW": 2, "WL": 1, "LW": 1, "L-": 2, "-L": 2, "-W": 1}, same_round=False),
    ],
    ids=["two groups", "a ladder", "other bands", "one changed mark", "another round"],
)
def test_over_all_replies_that_print_the_same_every_reply_stays_open(universe: Universe) -> None:
    assert universe.betrayed() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "universe",
    [
        Universe({"WW": 2, "WL": 2, "LW": 2, "LL": 4}),
        Universe({"WW": 2, "WL": 3, "LW": 3, "LL": 3}),
        Universe({"WWW": 2, "WLW": 1, "LWW": 1, "LLL": 4, "LLW": 1}),
        Universe({"W": 7, "L": 8}, ("a", "b", "c"), ladder=tuple(LADDER)),
        Universe({"W": 10, "L": 10}, few=3, bands=(1, 5)),
    ],
)
def test_larger_universes_stay_open_too(universe: Universe) -> None:
    assert universe.betrayed() == []


def question(replies: dict[str, str], values: tuple[str, ...] = ("Yes", "No")) -> Question:
    axis = Characteristic(id="q", title="Q", about="led_by", values=values, source="Appendix")
    return Question(axis, values, replies)


PLAN = EqualityPlan(source="Appendix", few=3, bands=(1, 5, 10))


def people(yes: tuple[int, int], no: tuple[int, int]) -> tuple[dict[str, str], dict[str, bool]]:
    """Make organisations: of each reply so many without, and so many with an award."""
    rows = [("Yes", False)] * yes[0] + [("Yes", True)] * yes[1] + [("No", False)] * no[0] + [("No", True)] * no[1]
    names = [f"ORG-{at:02d}" for at in range(len(rows))]
    return {n: r for n, (r, _) in zip(names, rows, strict=True)}, {n: w for n, (_, w) in zip(names, rows, strict=True)}


def edition(funded: dict[str, bool], one: CharacteristicImpact) -> EarlierEdition:
    return EarlierEdition("t", "r", "1", "2026-11-20", frozenset(n for n, w in funded.items() if w), funded, (one,))


def bidders(funded: dict[str, bool]) -> Bidders:
    return Bidders(funded, frozenset(name for name, won in funded.items() if won))


def test_one_changed_award_leaves_the_table_as_first_published() -> None:
    replies, funded = people((15, 10), (20, 15))
    first = printed(PLAN, question(replies), bidders(funded), ())
    assert [(g.organisations, g.funded) for g in first.groups] == [
        (Band(25, 25), Band(10, 10)),
        (Band(35, 35), Band(15, 15)),
    ]
    swapped = funded | {"ORG-00": True, "ORG-59": False}
    second = printed(PLAN, question(replies), bidders(swapped), (edition(funded, first),))
    assert second.groups == first.groups
    assert (second.first_published, second.changed) == ("2026-11-20", 2)


def test_enough_changes_of_both_kinds_are_printed_anew() -> None:
    replies, funded = people((15, 10), (20, 15))
    first = printed(PLAN, question(replies), bidders(funded), ())
    came = [f"ORG-{at:02d}" for at in (0, 1, 2, 3, 25, 26, 27, 28)]
    went = [f"ORG-{at:02d}" for at in (15, 16, 17, 18, 45, 46, 47)]
    changed = funded | dict.fromkeys(came, True) | dict.fromkeys(went, False)
    second = printed(PLAN, question(replies), bidders(changed), (edition(funded, first),))
    assert second.first_published == ""
    assert [group.funded for group in second.groups] == [Band(10, 10), Band(16, 16)]


def test_changes_that_would_tell_who_came_in_are_not_printed_anew() -> None:
    """Three came in, all of them of one group, and three of the other went: the difference would prove all six."""
    replies, funded = people((15, 10), (20, 15))
    first = printed(PLAN, question(replies), bidders(funded), ())
    changed = funded | dict.fromkeys(["ORG-00", "ORG-01", "ORG-02"], True)
    changed |= dict.fromkeys(["ORG-45", "ORG-46", "ORG-47"], False)
    second = printed(PLAN, question(replies), bidders(changed), (edition(funded, first),))
    assert second.groups == first.groups
    assert second.changed == 6


def test_no_award_at_all_to_a_group_is_a_band_and_a_true_sentence() -> None:
    replies, funded = people((25, 0), (0, 10))
    shown = printed(PLAN, question(replies), bidders(funded), ())
    assert (shown.groups[0].organisations, shown.groups[0].funded) == (Band(25, 25), Band(0, 2))


def test_a_question_of_a_public_register_is_printed_as_it_is() -> None:
    axis = Characteristic(id="q", title="Q", about="organisation", values=("S", "L"), source="x", on_register=True)
    asked = Question(axis, ("S", "L"), {"A": "S", "B": "L", "C": "L"})
    shown = printed(PLAN, asked, bidders({"A": True, "B": False, "C": False}), ())
    assert [(g.organisations, g.funded) for g in shown.groups] == [
        (Band(1, 1), Band(1, 1)),
        (Band(2, 2), Band(0, 0)),
    ]


def test_reasons_name_public_facts_alone() -> None:
    replies, funded = people((3, 1), (3, 1))
    assert printed(PLAN, question(replies), bidders(funded), ()).why == (
        "Only 8 organisations could reply: too few to show any group."
    )
    replies, funded = people((20, 1), (20, 1))
    assert printed(PLAN, question(replies), bidders(funded), ()).why == (
        "2 organisations have an award: too few to show awards by group."
    )


def test_what_a_table_said_of_chance_is_said_no_more_once_awards_or_bidders_have_changed() -> None:
    replies, funded = people((15, 10), (20, 15))
    first = replace(printed(PLAN, question(replies), bidders(funded), ()), public_statement="unlikely_chance")
    before = (edition(funded, first),)
    same = printed(PLAN, question(replies), bidders(funded), before)
    assert (same.public_statement, same.changed) == ("unlikely_chance", 0)
    swapped = funded | {"ORG-00": True, "ORG-59": False}
    withdrawn = {name: won for name, won in funded.items() if name != "ORG-00"}
    for now in (swapped, withdrawn):
        later = printed(PLAN, question(replies), bidders(now), before)
        assert (later.public_statement, later.groups) == ("too_little_to_tell", first.groups)


def test_no_sign_is_not_said_again_since_replies_may_have_been_put_right() -> None:
    replies, funded = people((15, 10), (20, 15))
    first = replace(printed(PLAN, question(replies), bidders(funded), ()), public_statement="no_sign")
    same = printed(PLAN, question(replies), bidders(funded), (edition(funded, first),))
    assert (same.public_statement, same.changed) == ("too_little_to_tell", 0)


def test_a_table_is_refused_only_where_the_refusal_tells_nothing() -> None:
    """Two of 25 have an award. Had three more of them come in, a new table would tell it, and so would its refusal."""
    replies, funded = people((23, 2), (7, 28))
    first = printed(PLAN, question(replies), bidders(funded), ())
    assert first.groups[0].funded == Band(0, 2)
    came, went = ["ORG-00", "ORG-01", "ORG-02"], ["ORG-32", "ORG-33", "ORG-34"]
    told = []
    for ours in (came, ["ORG-25", "ORG-26", "ORG-27"]):  # of the few, or of the others: neither is printed anew
        changed = funded | dict.fromkeys(ours, True) | dict.fromkeys(went, False)
        told.append(printed(PLAN, question(replies), bidders(changed), (edition(funded, first),)))
    assert [(one.first_published, one.changed) for one in told] == [("2026-11-20", 6)] * 2


def test_after_a_refusal_a_table_stands_whatever_changes() -> None:
    replies, funded = people((15, 10), (20, 15))
    first = printed(PLAN, question(replies), bidders(funded), ())
    refused = funded | dict.fromkeys(["ORG-00", "ORG-01", "ORG-02"], True)
    refused |= dict.fromkeys(["ORG-45", "ORG-46", "ORG-47"], False)
    second = printed(PLAN, question(replies), bidders(refused), (edition(funded, first),))
    assert second.first_published
    came = [f"ORG-{at:02d}" for at in (0, 1, 2, 3, 25, 26, 27, 28)]
    went = [f"ORG-{at:02d}" for at in (15, 16, 17, 18, 45, 46, 47)]
    changed = funded | dict.fromkeys(came, True) | dict.fromkeys(went, False)
    alone = printed(PLAN, question(replies), bidders(changed), (edition(funded, first),))
    assert not alone.first_published
    third = printed(PLAN, question(replies), bidders(changed), (edition(funded, first), edition(refused, second)))
    assert (third.first_published, third.groups) == ("2026-11-20", first.groups)


def test_a_table_of_another_round_whose_first_edition_is_missing_holds_up_the_next_ones() -> None:
    replies, funded = people((15, 10), (20, 15))
    axis = question(replies)
    first = printed(PLAN, axis, bidders(funded), ())
    again = replace(first, first_published="2025-01-01", changed=2)
    last = replace(edition(funded, again), title="Grants 2025, version 1")
    shown = printed(PLAN, replace(axis, earlier=(last,)), bidders(funded), ())
    assert (shown.groups, shown.why.startswith("Grants 2025, version 1 printed this")) == ((), True)
    known = replace(last, characteristics=(first,))
    assert printed(PLAN, replace(axis, earlier=(known, last)), bidders(funded), ()).groups == first.groups
