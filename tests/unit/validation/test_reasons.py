"""Notes about reasons: each kind speaks where it should, and seldom where it should not."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from evaluator.files.read.engine_data import read_reason_rules
from evaluator.jobs.papers import moderate
from evaluator.records.findings.finding import Severity
from evaluator.records.programme.criteria import Question
from evaluator.records.programme.scales import Scale, ScaleMark
from evaluator.records.submissions.moderation import Discussed, Given
from evaluator.validation import with_notes
from tests.unit.publication.small_criteria import small

ROOT = Path(__file__).resolve().parents[3]
RULES = read_reason_rules()
SCALE = Scale(
    source="1",
    mark=tuple(
        ScaleMark(mark=str(mark), label=label, descriptor=words)
        for mark, label, words in (
            (0, "Nothing", "There is no answer."),
            (3, "Sound", "Most parts of a good answer are there with specific and relevant detail."),
            (5, "Full", "All parts of a good answer are there with specific and relevant detail."),
        )
    ),
)
CRITERIA = small().model_copy(update={"scale": SCALE})
QUESTION = Question(
    id="C1",
    title="Evidence of need",
    text="What need will you meet, and how do you know?",
    good_answer="The answer (1) names the people in need; (2) gives figures.",
    source="1",
)
COST = QUESTION.model_copy(update={"id": "C9", "text": "How do you keep the unit cost and the price low?"})
SOUND = "Names families in two wards as the people in need, with 74 enquiries from its log; no public figures."


def notes(*reasons: str, mark: int = 3, question: Question = QUESTION) -> list[str]:
    """Give the codes for reasons about the bids B1, B2 and so on, of Bow Women's Trust and others."""
    names = ("Bow Women's Trust", "Poplar Arts Forum", "Stepney Law Centre")
    answers = tuple(
        Discussed(
            subject=f"B{place + 1}",
            name=names[place % 3],
            question=question,
            panel="north",
            given=(Given("E1", Decimal(mark), reason),),
            spread=Decimal(0),
            wide=False,
        )
        for place, reason in enumerate((*reasons, SOUND.replace("two", "five"), SOUND.replace("two", "four")))
    )
    found = with_notes(RULES, CRITERIA, answers)
    assert all(note.severity is Severity.NOTE for answer in found for note in answer.notes)
    return [note.code for answer in found[: len(reasons)] for note in answer.notes]


def test_a_sound_reason_has_no_note() -> None:
    assert notes(SOUND) == []


@pytest.mark.parametrize(
    ("code", "mark", "reason"),
    [
        ("E-REASON-001", 3, "Most parts of a good answer are there with specific and relevant detail on need."),
        ("E-REASON-003", 3, "The need is shown with figures, and much better than in the other bids."),
        ("E-REASON-003", 3, "Names people in need; stronger than B2 on figures."),
        ("E-REASON-003", 3, "Names people in need, as Poplar Arts Forum does."),
        ("E-REASON-003", 3, "Of the need shown this is the strongest of the bids."),
        ("E-REASON-004", 3, "Shows the need with figures but is expensive."),
        ("E-REASON-004", 3, "Shows the need, and is good value at £40 a head."),
        ("E-REASON-005", 3, "We know them: they understand the need here."),
        ("E-REASON-005", 3, "The need was met as last year under their current contract."),
        ("E-REASON-006", 5, "There is no evidence of need at all."),
        ("E-REASON-006", 0, "Excellent account of the need, with figures."),
        ("E-REASON-006", 3, "Names people in need with figures: a mark of 5."),
        ("E-REASON-007", 3, "A tidy logo and pleasant layout throughout."),
    ],
)
def test_each_kind_of_weak_reason_is_noted(code: str, mark: int, reason: str) -> None:
    assert notes(reason, mark=mark) == [code]


def test_a_reason_copied_between_bids_is_noted_at_both() -> None:
    assert notes(SOUND, SOUND.upper(), SOUND.replace("74", "80")) == ["E-REASON-002", "E-REASON-002"]


def test_a_short_turn_of_phrase_is_not_copying() -> None:
    assert notes("No need is shown.", "No need is shown.", SOUND) == []


@pytest.mark.parametrize(
    "reason",
    [
        "Says how people in need are helped with the cost of living and with food prices.",
        "Bow Women's Trust names the people in need and gives figures for B1.",
        "More than half of the people in need are named, with figures for less than a year.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(reason: str) -> None:
    assert notes(reason) == []


def test_a_question_that_asks_about_price_may_be_answered_in_its_words() -> None:
    assert notes("Gives the unit cost and the price of each place, with figures.", question=COST) == []
    assert notes("Gives the unit cost, but is expensive.", question=COST) == ["E-REASON-004"]


# Of 4,454 sound reasons, how many may be noted by mistake at most: one kind's rate, as its share of all reasons.
BOUNDS = {
    "E-REASON-001": 0.001,
    "E-REASON-002": 0.001,
    "E-REASON-003": 0.001,
    "E-REASON-004": 0.001,
    "E-REASON-005": 0.001,
    "E-REASON-006": 0.002,
    "E-REASON-007": 0.005,
}


def test_false_alarms_on_the_sound_reasons_of_the_sample_stay_under_their_bounds() -> None:
    name = "community_commissioning"
    made = moderate(ROOT / "criteria" / name, ROOT / "sample_bids" / name)
    reasons = sum(len(answer.given) for answer in made.answers)
    counted = Counter(note.code for answer in made.answers for note in answer.notes)
    rates = {code: counted[code] / reasons for code in BOUNDS}
    print({code: f"{rate:.2%}" for code, rate in rates.items()})
    assert reasons == 4403
    assert {code: rate for code, rate in rates.items() if rate > BOUNDS[code]} == {}
