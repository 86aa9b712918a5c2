"""The tests of exceptions in their order: what each looks for, what can innocently explain it, what to look at next.

A red flag is named only where the Open Contracting Partnership's list has the same one: "Red flags in public
procurement" (2024), with codes and titles as in its library Cardinal and in its notebooks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evaluator.evidence.exceptions.awards import raised_and_won, recused_and_close, won_by_little
from evaluator.evidence.exceptions.look import Look, Seen
from evaluator.evidence.exceptions.people import changed_late, decided_near_the_run, marks_follow_a_bidder, one_person
from evaluator.evidence.exceptions.texts import (
    equal_contacts,
    equal_reasons,
    equal_texts,
    identical_prices,
    round_prices,
)


def _nothing(_: Look) -> str:
    return ""


def _without_awards(look: Look) -> str:
    return "" if look.awarded else "nothing is awarded in this run"


def _without_agreed(look: Look) -> str:
    return _without_awards(look) or ("" if look.agreed else "no marks were agreed in this run")


def _without_points(look: Look) -> str:
    return _without_awards(look) or ("" if look.totals else "totals are prices or indexes here, not points")


def _without_decisions(look: Look) -> str:
    return "" if look.tables["decisions"] else "nobody had anything to decide in this run"


def _without_prices(look: Look) -> str:
    return "" if any(row["price"] for row in look.tables["scores"]) else "no price was scored in this run"


def _without_a_day(look: Look) -> str:
    return _without_decisions(look) or ("" if look.run_day else "the run has no date, and there is no ledger")


def _without_a_ledger(look: Look) -> str:
    known = look.tables["ledger"] or look.tables["events"]
    return "" if known else "there is no ledger in this bundle, and no event was recorded"


@dataclass(frozen=True)
class Test:
    """A test: its name, its words, and the function that finds what there is.

    Parameters
    ----------
    looks_for : the test in a sentence, in which ``{points}`` and ``{days}`` stand for the thresholds.
    innocent, after : what can innocently explain an item, and what to look at next.
    flag, flag_title : the Open Contracting red flag that it is, where it is one.
    missing : why nothing can be looked at in a run; empty where it can.
    """

    id: str
    title: str
    looks_for: str
    innocent: str
    after: str
    find: Callable[[Look], Iterator[Seen]]
    missing: Callable[[Look], str] = _nothing
    flag: str = ""
    flag_title: str = ""


TESTS: tuple[Test, ...] = (
    Test(
        "raised_and_won",
        "Moderated upwards and won",
        "Awards whose agreed marks are above every mark that the evaluators gave on some answer; or give a tenth of "
        "what the questions carry more than the mean of the marks given; or a twentieth, where by those means a bid "
        "of the theme without an award would stand before them.",
        "Moderation is there to find what single readers missed, and agreed marks are whole numbers where a mean is "
        "not.",
        "The reasons of these agreed marks, and the minutes of the meeting: do they say what was read otherwise?",
        raised_and_won,
        _without_agreed,
    ),
    Test(
        "won_by_little",
        "Won by less than a point",
        "Awards whose total is less than {points} above that of a bid of the same theme that has no award.",
        "Where many good bids meet one budget, some are close to the line whatever anybody does.",
        "What would have changed it, which the command explain says of the bid, and the single marks it rests on.",
        won_by_little,
        _without_points,
    ),
    Test(
        "recused_and_close",
        "Recused, and close to the line",
        "Bids of an organisation from which an evaluator is recused whose total is less than {points} from that of a "
        "bid on the other side of the line of awards.",
        "A declared interest was handled as it should be, and small panels know many local organisations.",
        "When it was declared, who marked in their place, and whether they took part in moderation; study recusal.",
        recused_and_close,
        _without_points,
    ),
    Test(
        "one_person",
        "Decided by one person throughout",
        "Every decision of the run made by the same person (two at least), or a theme or bid whose every mark is one "
        "evaluator's.",
        "The scheme of delegation may name one person, and criteria may publish one evaluator for each answer.",
        "The scheme of delegation, and what the criteria publish of moderation.",
        one_person,
    ),
    Test(
        "changed_late",
        "Changed late",
        "Marks, agreed marks and decisions that the ledger recorded otherwise within {days} before the run, or after "
        "an earlier run; and corrections to bids within {days} before it.",
        "Mistakes are found when figures are put together, and mending them is what the time before a run is for.",
        "The reason in the ledger, and what the run before would have awarded, which the command compare shows.",
        changed_late,
        _without_a_ledger,
    ),
    Test(
        "equal_contacts",
        "Equal identifiers, addresses or e-mails",
        "An identifier, a postal address or an e-mail address that bids of several organisations share, where none of "
        "them is in the other's consortium.",
        "Community buildings house many organisations, and a bid writer or an umbrella body can give its own address.",
        "The public register of each: trustees and people with control; what the bids say of working together.",
        equal_contacts,
        flag="R044",
        flag_title="Business similarities between bidders",
    ),
    Test(
        "equal_texts",
        "Equal texts in bids",
        "Titles of at least six words, and sentences of at least twelve in bid forms, that are word for word the same "
        "in bids of several organisations, where none is in the other's consortium.",
        "Many projects are called alike; bidders quote the question and the same guidance, share a policy's model "
        "text, or had the same help.",
        "The two answers side by side: does more than the passage agree?",
        equal_texts,
    ),
    Test(
        "equal_reasons",
        "Equal reasons of several evaluators",
        "Reasons of at least eight words that two evaluators or more gave word for word, but for the scale's words.",
        "Both may quote the bid, or use a phrase that the panel agreed on beforehand.",
        "Whether the returns came in one after the other, and whether the marks that go with the reasons agree too.",
        equal_reasons,
    ),
    Test(
        "identical_prices",
        "Identical prices",
        "Bids of several organisations in one theme that ask for the same money, but where all of a theme do.",
        "Bidders may ask for all that a published limit allows, or for a sum that the guidance suggests.",
        "The breakdown of each price, and any limit that was published.",
        identical_prices,
        _without_prices,
        flag="R028",
        flag_title="Identical bid prices",
    ),
    Test(
        "round_prices",
        "Round prices",
        "Bids whose price is in whole thousands of pounds, in every year where prices are by year.",
        "Voluntary organisations often ask for a round sum.",
        "Whether the bid breaks its price down, and whether the parts add up.",
        round_prices,
        _without_prices,
    ),
    Test(
        "marks_follow_a_bidder",
        "Marks that follow one bidder",
        "Evaluators whose marks for one bidder lie at least 15% of the scale further from the other evaluators' than "
        "their marks for all others do, by four standard errors or more; of each bidder only those whose marks stand "
        "furthest apart.",
        "An evaluator who knows a field sees in its bids what others do not.",
        "Their reasons for this bidder and for two others, and their declaration of interests.",
        marks_follow_a_bidder,
    ),
    Test(
        "decided_near_the_run",
        "Decisions near the run",
        "Decisions that are dated within {days} before the run, or on its day.",
        "A matter is often decided at the last meeting before the run.",
        "What was known of scores when it was decided: the ledger's entries before it.",
        decided_near_the_run,
        _without_a_day,
    ),
)


@dataclass(frozen=True)
class Found:
    """What a test found in a run; ``missing`` says why nothing could be looked at."""

    test: Test
    seen: tuple[Seen, ...]
    missing: str = ""


def exceptions_of(look: Look) -> tuple[Found, ...]:
    """Look for everything that the tests look for, in their order."""
    missing = {test.id: test.missing(look) for test in TESTS}
    return tuple(Found(test, () if missing[test.id] else tuple(test.find(look)), missing[test.id]) for test in TESTS)
