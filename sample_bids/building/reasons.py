"""Reasons for marks: what an evaluator wrote, and what the panel wrote when it agreed."""

from collections.abc import Mapping
from random import Random

from sample_bids.building.facts import Facts, facts
from sample_bids.building.marks import Answered
from sample_bids.building.organisations import SEED
from sample_bids.building.panel import STYLE

# How each evaluator writes, by mark. {a} to {d} are parts that are made, best first; {g} to {i} are parts that are
# missing; capitals open a sentence. {who} is "bid" or "organisation".
STYLES: tuple[dict[int, str], ...] = (
    {
        5: "The {who} {a}. It {b}, and it {c}. It also {d}.",
        4: "The {who} {a}. It {b}. One thing is left open: it {g}.",
        3: "The {who} {a}, and it {b}. But it {g}, and it {h}.",
        2: "The {who} {a}. That is one part of four: it {g}, and it {h}.",
        1: "The {who} {g}. It {h}. It also {i}.",
    },
    {
        5: "{A}. {B}. {C}. {D}.",
        4: "{A}. {B}. {C}. Not made: {g}.",
        3: "{A}. {B}. Not made: {g}; {h}.",
        2: "{A}. Little else: {g}; {h}; {i}.",
        1: "Nothing definite. {G}; {h}; {i}.",
    },
    {
        5: "I found each part in the text: the {who} {c}; {a}; {d}; {b}.",
        4: "Three parts are well made: the {who} {b}; {a}; {c}. The other is not: it {g}.",
        3: "What is there is good: the {who} {b} and {a}. What is not: it {h}; it {g}.",
        2: "I could mark one part only. The {who} {a}. For the rest it {h}; it {g}.",
        1: "I looked for detail and did not find it: the {who} {h}; {g}; {i}.",
    },
    {
        5: "Strong from start to end. The {who} {b}. It {a}; {d}; {c}.",
        4: "The {who} {b} and {a}. What keeps it from full marks: it {g}.",
        3: "Half of it convinces: the {who} {a}; {b}. Then it {g}, and it {h}.",
        2: "The {who} {a}, and stops there: it {i}, it {g}.",
        1: "Too general to mark higher. The {who} {i} and {g}.",
    },
    {
        5: "Plus: {a}; {b}; {c}; {d}. Minus: nothing that the question asks for.",
        4: "Plus: {a}; {c}; {b}. Minus: {g}.",
        3: "Plus: {b}; {a}. Minus: {h}; {g}.",
        2: "Plus: {a}. Minus: {g}; {i}; {h}.",
        1: "Minus: {g}; {i}; {h}. Plus: the subject is the right one.",
    },
    {
        5: "Read twice. The {who} {d}; it {a}; it {b}; and it {c}.",
        4: "The {who} {c}. It {a}. I missed one thing in it: the {who} {g}.",
        3: "The {who} {a}. It {b}. I would have needed more, because it {g} and {h}.",
        2: "There is a start, in that the {who} {a}. I would have needed far more: it {g}; it {h}.",
        1: "The {who} {g}, {h} and {i}. I could not tell what would be done.",
    },
)
BLANK = "The answer box is empty but for the project's title, {title}; there is nothing that could be marked."
PAGES = ("Page 2.", "See paragraph 3.", "Paragraphs 2 and 4.", "From the second page on.", "Last paragraph.")


def evaluator_reason(answer: Answered, evaluator: str, mark: int) -> str:
    """Write one evaluator's reason for a mark."""
    if mark == 0:
        return BLANK.format(title=answer.offer.title) + f" Checked by {evaluator} in the portal too."
    rng = Random(f"{SEED}: reason {answer.subject} {answer.question.id} {evaluator}")
    text = _written(STYLES[STYLE[evaluator]][mark], facts(answer), mark)
    return f"{text} {rng.choice(PAGES)}" if rng.random() < 0.2 else text


def _written(template: str, known: Facts, mark: int) -> str:
    made, missing = known.made[: mark - 1], known.missing[mark - 1 :]
    parts = dict(zip("abcd", made, strict=False)) | dict(zip("ghi", missing, strict=False))
    capitals = {letter.upper(): text[0].upper() + text[1:] for letter, text in parts.items()}
    return template.format(who=known.subject, **parts, **capitals)


OPENINGS_EQUAL = (
    "All gave {agreed}, on the same grounds.",
    "No difference to settle: {agreed} from each.",
    "The marks were the same, {agreed}.",
)
OPENINGS_SPREAD = (
    "Marks from {low} to {high}, so the answer was read again aloud.",
    "The panel went through the answer line by line, as the marks ran from {low} to {high}.",
)
OPENINGS_NEAR = ("Agreed at {agreed}.", "After discussion: {agreed}.", "{agreed} agreed.")
LOWER = (
    "{who} had marked lower and was shown the passage in which the {subject} {made}.",
    "The lower mark, from {who}, had passed over the place where the {subject} {made}.",
)
HIGHER = (
    "{who} had marked higher and had taken a part as made; read again, the {subject} {missing}.",
    "{who}, marking higher, had given credit where the {subject} {missing}.",
)
CORES = {
    5: ("The {who} {a}, and it {b}.", "All four parts can be pointed to; above all, the {who} {a}."),
    4: ("The {who} {a}; it {b}; but it {g}.", "What is made is well made: the {who} {a}. What is open: it {g}."),
    3: ("The {who} {a} and {b}. Against that, it {g}, and it {h}.", "It {a}; it {b}. It {g}; it {h}."),
    2: ("The {who} {a}. It {g}, and it {h}.", "Beyond the point that the {who} {a}, there is little: it {h}; it {i}."),
    1: ("The {who} {g}; it {h}; it {i}.", "Nothing definite could be found: the {who} {h}, and it {g}."),
}


def agreed_reason(answer: Answered, agreed: int, marks: Mapping[str, int], outside: str = "") -> str:
    """Write the panel's reason for the mark that it agreed; ``outside`` says why it leaves the range of the marks."""
    if agreed == 0:
        return "Agreed at 0: " + BLANK.format(title=answer.offer.title)
    rng = _dice(answer)
    core = _core(rng, answer, agreed)
    if outside:
        given = ", ".join(f"{evaluator} {mark}" for evaluator, mark in marks.items())
        return f"Outside the range of the individual marks ({given}): {outside} {core}"
    return " ".join([_opening(rng, agreed, marks), core, *_changes(rng, answer, agreed, marks)])


def told(answer: Answered, agreed: int) -> str:
    """Write the same reason for the bidder: what the answer holds and lacks, and nothing of what the panel said."""
    if agreed == 0:
        return BLANK.format(title=answer.offer.title)
    return _core(_dice(answer), answer, agreed)


def _dice(answer: Answered) -> Random:
    return Random(f"{SEED}: agreed reason {answer.subject} {answer.question.id}")


def _core(rng: Random, answer: Answered, agreed: int) -> str:
    return _written(rng.choice(CORES[agreed]), facts(answer), agreed)


def _opening(rng: Random, agreed: int, marks: Mapping[str, int]) -> str:
    low, high = min(marks.values()), max(marks.values())
    choices = OPENINGS_EQUAL if low == high else OPENINGS_SPREAD if high - low > 1 else OPENINGS_NEAR
    return rng.choice(choices).format(agreed=agreed, low=low, high=high)


def _changes(rng: Random, answer: Answered, agreed: int, marks: Mapping[str, int]) -> list[str]:
    """Say of those who had another mark what moved them: a part that they missed, or one that is not there."""
    known, moved = facts(answer), []
    lower = [evaluator for evaluator, mark in marks.items() if mark < agreed]
    higher = [evaluator for evaluator, mark in marks.items() if mark > agreed]
    if lower:
        made = known.made[agreed - 2]
        moved.append(rng.choice(LOWER).format(who=" and ".join(lower), subject=known.subject, made=made))
    if higher:
        missing = known.missing[agreed - 1]
        moved.append(rng.choice(HIGHER).format(who=" and ".join(higher), subject=known.subject, missing=missing))
    return moved
