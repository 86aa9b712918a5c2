"""What sentences say of the marks that can be given."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact, of_itself
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.readers.scored import FULL, POINTS
from evaluator.publication.checks.prose.told import Told
from evaluator.records.english import VALUES


def marks_of_the_scale(told: Told) -> Iterator[Claim]:
    """Read what a sentence says of the marks that can be given."""
    sentence = told.sentence
    if not (
        sentence.has("mark")
        or of_itself(told)
        or told.room in ("Scale", "Moderation")
        or sentence.says("point scale | answers are")
        or FULL.search(sentence.spoken)
    ):
        return
    if (
        sentence.any("threshold", "out", "tie")
        or (sentence.any("weight") and told.room != "Scale")
        or told.room
        in (
            "ScaleMark",
            "Rounding",
            "Gate",
            "PricePolicy",
            "TieBreak",
            "Term",
        )
    ):
        return
    yield from _top(told)
    yield from _of_a_full_answer(told)
    yield from _steps(told)
    yield from _given(told)
    if sentence.has("half_marks") and not any(clause.denied for clause in sentence.clauses) and _halves(told):
        yield Claim(told, "half_marks", "allowed", "half marks")


STEPS = re.compile(r" (?:in (?:steps|increments|intervals) of|in) (\S+) ")


def _steps(told: Told) -> Iterator[Claim]:
    """Read marks in other steps, "in tens", and a mark between those of the scale, "give it 2.5"."""
    marks = [Fraction(one) for one in told.criteria.scale.marks]
    low, high = min(marks), max(marks)
    said = STEPS.search(told.sentence.spoken)
    step = VALUES.get(said.group(1)) or VALUES.get(said.group(1).removesuffix("s")) if said else None
    step = step or (int(said.group(1)) if said and "of" in said.group() and said.group(1).isdigit() else None)
    if step and told.room in ("Scale", "Moderation") and (high - low) % step == 0:
        yield Claim(told, "number_of_marks", (high - low) / step + 1, f"in steps of {step}")
    whole = all(mark.denominator == 1 for mark in marks)
    for figure in told.sentence.figures if whole and told.sentence.says("give | gives | given | award | mark") else ():
        if told.sentence.denies(figure.first):
            continue
        between = figure.kind == "number" and figure.value.denominator > 1 and low < figure.value < high
        if between and told.room in ("Scale", "Moderation") and figure.unit[:1] in ((), (".",), (";",)):
            yield Claim(told, "half_marks", "allowed", exact(figure.value))


def _halves(told: Told) -> bool:
    """Whether a sentence lets marks stand between those of the scale."""
    sentence = told.sentence
    marked = sentence.says(
        (
            "half mark | half marks | half points | half a mark | a half | in between | decimals | quarter marks | "
            "marks between | intermediate marks | between two marks | fractions of a mark | intermediate scores | "
            "between two descriptors"
        ),
    )
    return (
        marked
        and (
            (sentence.any("may", "modal") and not sentence.says("nothing between | none between | no half | no mark"))
            or sentence.says("are used | is used | are given | are possible | are allowed | permitted")
        )
    ) and not told.asks


def _top(told: Told) -> Iterator[Claim]:
    sentence, words = told.sentence, told.sentence.words
    for figure in sentence.figures:
        before = words[max(0, figure.first - 3) : figure.first]
        after = words[figure.last + 1 : figure.last + 3]
        whole = figure.value in told.criteria.wholes and figure.value > told.criteria.scale.highest
        if figure.kind != "number" or figure.side in ("least", "under", "over") or figure.of is not None or whole:
            continue
        out_of = before[-2:] == ("out", "of") and sentence.any("mark", "bid")
        scale = after[:2] == ("point", "scale") or after[:2] == ("mark", "scale")
        full = before[-1:] in (("full",), ("maximum",), ("all",)) and figure.of_unit(*POINTS) and told.asks
        ranged = before[-1:] in (("to",), ("-",), ("and",)) and _from_mark(told, figure)
        most = figure.side == "most" and sentence.says("score of | mark of | scored | marked") and not told.asks
        most = most or (told.room == "Scale" and bool(HIGHEST.search(" ".join(words[: figure.first]))))
        most = most or (told.room == "Scale" and bool(TOPMOST.match(" ".join(words[figure.last + 1 :]))))
        counted = (
            figure.unit[:1] in (("marks",), ("steps",), ("grades",))
            and figure.unit[1:2] not in RATES
            and (figure.first == 0 or sentence.says("there are | only the | marks shown"))
        )
        if (
            scale
            or (told.room == "Scale" and counted)
            or (
                told.room == "Scale"
                and after[:2] in (("possible", "marks"), ("marks", "in"), ("marks", "are"), ("different", "marks"))
            )
        ):
            yield Claim(told, "number_of_marks", figure.value, exact(figure.value))
        elif told.room == "Scale" and LOWEST.search(" ".join(words[: figure.first])):
            yield Claim(told, "lowest_mark", figure.value, exact(figure.value))
        elif out_of or full or ranged or most:
            yield Claim(told, "top_mark", figure.value, exact(figure.value))
            if ranged:
                low = next(one for one in sentence.figures if one.last == figure.first - 2)
                yield Claim(told, "lowest_mark", low.value, exact(low.value))


RATES = (("a",), ("for",), ("each",), ("per",), ("apart",))  # "2 marks for each point"


def _of_a_full_answer(told: Told) -> Iterator[Claim]:
    """Read the mark that an answer with everything in it earns."""
    question = told.question
    said = FULL.search(told.sentence.spoken)
    if question is None or not said:
        return
    at = len(told.sentence.spoken[: said.end()].split())
    for figure in told.sentence.figures:
        plain = figure.kind == "number" and figure.side == "exactly" and figure.of is None
        near = at <= figure.first <= at + 2 and figure.value <= 2 * told.criteria.scale_for(question.id).highest
        if plain and near and (figure.of_unit(*POINTS) or figure.unit[:1] in ((), (".",), (",",))):
            yield Claim(told, "top_mark", figure.value, exact(figure.value))


LOWEST = re.compile(r"(?:lowest|bottom|least|minimum) mark(?: is| of|,| :)?$")
HIGHEST = re.compile(r"(?:goe?s? up to|(?:top|highest|maximum|best) mark(?: is| of|,| :)?)$")


GIVEN = (
    "score of | scores of | mark of | marks of | mark such | marks such | give | gives | given | the marks are"
    " | marks are"
)


TOPMOST = re.compile(r"^(?:is|are) (?:the|our|always the) (?:top|highest|best|maximum|full)")


NOT_USED = re.compile(
    r" (?:marks?|scores?) (?:(?:of|such as|like) )?[^;:]{0,40}?(?:cannot|(?:is|are|will|can|may) (?:never|not)) "
)


def _given(told: Told) -> Iterator[Claim]:
    """Read a mark that the scale does not have: "a mark of 5 is for exceptional answers"."""
    sentence = told.sentence
    if told.room != "Scale" or not sentence.says(GIVEN):
        return
    for figure in sentence.figures:
        if figure.value not in told.setting.marks and (
            sentence.denies(figure.first) or NOT_USED.search(sentence.spoken)
        ):
            continue  # "no 2", "2.5 is not used": which marks there are not
        before = sentence.words[max(0, figure.first - 1) : figure.first]
        plain = figure.kind == "number" and figure.of is None and figure.side in ("exactly", "most")
        unit = figure.unit[:1] in ((), (".",), (",",), (";",), ("and",), ("or",), ("can",), ("is",), ("may",), ("are",))
        if plain and unit and before in (("of",), ("as",), (",",), ("and",), ("or",), ("give",), ("a",), ("are",)):
            yield Claim(told, "a_mark", figure.value, f"a mark of {exact(figure.value)}")


def _from_mark(told: Told, figure: Figure) -> bool:
    """Whether a figure ends a range that begins with another: "from 0 to 5", "between one and four"."""
    sentence = told.sentence
    first = [
        one for one in sentence.figures if one.last == figure.first - 2 and one.kind == "number" and one.value in (0, 1)
    ]
    return bool(first) and (
        told.room in ("Scale", "Moderation")
        or sentence.has("mark")
        or sentence.says("given between | scale of | scale from")
    )
