"""What the appendix says of sums, the final choice, draws and arrivals: each published value changes its sentence."""

import re
from typing import Any

import pytest

from evaluator.publication import fingerprint
from evaluator.reporting.appendix import Issued, appendix_html
from evaluator.studies.worked_examples import worked_examples
from tests.unit.publication.small_criteria import Change, both, put, small

GRANT = both(put("regime", "grant"), put("years", []), put("allocation.method", "priority"), put("allocation.rule", []))
AMOUNTS: dict[str, Any] = {"source": "8"}
CHOICE: dict[str, Any] = {
    "who": "The panel.",
    "when": "In May.",
    "ground": [{"id": "need", "text": "N."}],
    "source": "8",
}


def page(*changes: Change) -> str:
    criteria = small(GRANT, *changes)
    issued = Issued(criteria, fingerprint(criteria), None, examples=worked_examples(criteria))
    return " ".join(re.sub(r"<[^>]+>", " ", appendix_html(issued, "0")).split())


def sums(**keys: Any) -> Change:
    return put("amounts", AMOUNTS | keys)


def choice(**keys: Any) -> Change:
    return put("final_choice", CHOICE | keys)


def ties(*order: str, **keys: str) -> Change:
    return put("tie_break", {"order": list(order), "source": "6", **keys})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (sums(), "Each bid is offered what it asks."),
        (sums(by_rank=["100%", "82.5%"]), "rank 1: 100%; rank 2: 82.5%, and so every rank after it"),
        (sums(step="7%"), "each rank after it 7% less."),
        (sums(step="7%", least_share="44%"), "7% less, but never less than 44%"),
        (
            sums(by_score=[{"at_least": "61", "share": "73%"}]),
            "from 61 points on 73%. Below that it is offered nothing.",
        ),
        (sums(round_to="25"), "rounded down to a multiple of £25."),
        (sums(), "rounded down to a multiple of £0.01."),
        (sums(least_useful="410"), "No sum below £410 is awarded to a bid that asks more."),
        (sums(panel=True), "A panel may set another sum"),
        (sums(panel=False), "Nobody sets another sum."),
        (sums(pro_rata=True), "multiplied by the budget and divided by what they come to together"),
        (sums(rest="offered"), "it is offered what is left as a part award"),
        (sums(rest="kept"), "is not offered to it in part"),
        (
            sums(tranche=[{"when": "in June", "share": "40%"}, {"when": "in July", "share": "60%"}]),
            "40% in June and 60% in",
        ),
        (choice(), "people choose: The panel. When: In May. Scores and ranks stay as they are."),
        (choice(), "Any bid that could be funded may be chosen"),
        (choice(ranks=2), "at most 2 ranks behind"),
        (choice(points="3.5"), "at most 3.5 points behind"),
        (choice(ranks=1, points="3.5"), "at most 1 rank and 3.5 points behind"),
        (choice(adds=True), "may also be chosen where none is left out for it"),
        (choice(), "chosen only in exchange"),
        (choice(), "need: N. Source: 8"),
        (ties("received"), "the earlier time at which the bid was received"),
        (ties("draw", draw_seed="4711"), "The seed is “4711”."),
        (
            ties("draw", draw_source="Lotto of 3 March."),
            "The seed is what this comes to, and is recorded: Lotto of 3 March.",
        ),
    ],
)
def test_each_value_has_its_sentence(change: Change, said: str) -> None:
    assert said in page(change)
    assert said not in page()


def test_without_these_keys_nothing_is_said_of_them() -> None:
    told = page()
    for word in ("part award", "tranche", "people choose", "In the draw", "order of their ranks"):
        assert word not in told
    assert "time of arrival, ever decides" in told
