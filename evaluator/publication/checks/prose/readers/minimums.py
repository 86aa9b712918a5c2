"""What sentences say of the least that a mark, quality or the total has to be."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact, of_itself, questions_named
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.readers.scored import EVERY, EXAMPLE, FULL, POINTS
from evaluator.publication.checks.prose.told import Told

MARKS = ("point", "mark", "score", "per", "cent")


NO_MINIMUMS = frozenset(
    {
        "Rounding",
        "ScaleMark",
        "Gate",
        "Budget",
        "YearBudget",
        "ThemeBudget",
        "ThemeAwards",
        "Stage",
        "FinalChoice",
        "Amounts",
        "Measured",
    }
)


OTHER_UNITS = frozenset(
    [
        "people",
        "member",
        "members",
        "year",
        "years",
        "month",
        "months",
        "day",
        "days",
        "contract",
        "contracts",
        "lot",
        "lots",
        "award",
        "awards",
        "evaluators",
        "assessors",
        "word",
        "words",
        "decimal",
        "place",
        "places",
        "bids",
        "bidders",
        "week",
        "weeks",
        "hour",
        "hours",
        "session",
        "sessions",
        "markers",
        "examples",
        "times",
        "visits",
        "minutes",
        "callers",
        "residents",
    ]
)


def minimums(told: Told) -> Iterator[Claim]:
    """Read the least that a sentence asks of a mark, of quality, or of the total."""
    sentence = told.sentence
    if (
        told.room in NO_MINIMUMS
        or sentence.any("tie")
        or FULL.search(sentence.spoken)
        or (told.room == "Scale" and _lists_marks(told))
        or (told.room == "Moderation" and not (sentence.any("threshold") or _keeps_out(told)))
        or sentence.says("no minimum | no threshold | no pass mark | mean | average | apart | font", EXAMPLE)
    ):
        return
    figures = [one for one in sentence.figures if _speaks_of_scores(told, one)]
    carried = {name for _, name in questions_named(told)} if figures else set()
    weights = {Fraction(theme.weights[name]) for theme in told.themes for name in carried if name in theme.weights}
    figures = [one for one in figures if one.value not in weights]
    low = [
        one
        for one in figures
        if one.side == "exactly" and _keeps_out(told) and _is_mark(told, one) and not sentence.any("threshold")
    ]
    least = [one for one in figures if one not in low and _is_least(told, one)]
    low = low if not told.asks or _of_marks(told) else []
    if low and not least:
        yield from _least(told, max(low, key=lambda one: one.value), above=True)
    for figure in least:
        yield from _least(told, figure, above=figure.side in ("most", "over"))
    if not figures and _keeps_out(told):
        yield from _by_label(told)
        yield from _of_nothing(told)


def _lists_marks(told: Told) -> bool:
    """Whether a sentence lists the marks of the scale, or says from which to which they run."""
    said = {one.value for one in told.sentence.figures} & told.setting.marks
    return len(said) > 2 or {min(told.setting.marks), max(told.setting.marks)} <= said


def _of_marks(told: Told) -> bool:
    """Whether a sentence of a question speaks of its marks or of bids, and not of the people who are served."""
    return told.sentence.any("mark", "threshold", "bid") or of_itself(told) or told.sentence.says("get | gets | got")


def _keeps_out(told: Told) -> bool:
    """Whether a sentence says that a bid does not go on."""
    sentence = told.sentence
    return (
        sentence.any("out")
        or sentence.has("not", "onward")
        or sentence.says("ends the | end of the | goes no further | no contract | no award | no grant | no money")
        or bool(PARTED.search(sentence.spoken))
    )


PARTED = re.compile(
    r" (?:ends?|finishes) (?:\w+ )?(?:bidder|bid|applicant|provider)(?:'s)? (?:interest|chances|hopes|part) |"
    r" stays? (?:shut|closed|unread|unopened) |"
    r" (?:rule|rules|put|puts|take|takes|leave|leaves|throw|throws|turn|turns) (?:\w+ ){1,3}(?:out|aside|away) "
)


def _is_mark(told: Told, figure: Figure) -> bool:
    marks = told.criteria.scale.marks
    return _target(told, figure)[0] == "minimum_mark" and figure.value in {Fraction(mark) for mark in marks}


def _speaks_of_scores(told: Told, figure: Figure) -> bool:
    """Whether a figure is one of scores: by its unit, by the words around it, or because it is about a question."""
    words, sentence = told.sentence.words, told.sentence
    if told.room == "Moderation" and words[max(0, figure.first - 2) : figure.first] in OF_PEOPLE:
        return False
    if figure.kind == "money" or OTHER_UNITS & (set(figure.unit) | {words[figure.last]}):
        return False
    if (
        words[figure.first : figure.last + 1] == ("one",)
        and not figure.of_unit(*POINTS)
        and "or" not in (*words[figure.first - 1 : figure.first], *figure.unit[:1])
    ) or (told.room == "Moderation" and figure.unit[:1] in (("agreed",), ("mark",), ("common",))):
        return False
    near = any(
        abs(at - figure.first) <= 6
        for name in ("mark", "quality", "total", "threshold")
        for at in sentence.meanings.get(name, ())
    )
    itself = of_itself(told) or (figure.kind == "number" and bool(list(questions_named(told))))
    itself = itself or _ends_with_share(told, figure) or _of_awards(told, figure)
    itself = itself or (told.question is not None and sentence.says(GET) and figure.unit[:1] in ((".",), ()))
    return (figure.of_unit(*MARKS, "quality") and near) or near or itself


OF_PEOPLE = (("panel", "of"), ("team", "of"), ("group", "of"))


def _of_awards(told: Told, figure: Figure) -> bool:
    """Whether a plain number is one that bids come up to: "no bid below 60", "you need 65 or better"."""
    plain = figure.kind == "number" and figure.side in ("least", "under", "over") and figure.value > 10
    rooms = ("Theme", "Criteria", "AllocationPolicy")
    needs = told.room in rooms and told.sentence.says("you need | you will need | bids need | needs | need")
    alone = figure.unit[:1] in ((), (".",), (",",), ("or",), ("to",))
    if needs and alone and figure.kind == "number" and figure.value > 10 and figure.side == "exactly":
        return told.room == "AllocationPolicy"
    return plain and ((told.room == "AllocationPolicy" and told.sentence.has("bid")) or (needs and alone))


GET = "must get | need to get | needs to get | have to get | must score | need to score | must earn | get less than"


def _ends_with_share(told: Told, figure: Figure) -> bool:
    """Whether a sentence on which bids go on ends with a share and nothing that it would be a share of."""
    last = {*told.sentence.words[figure.last + 1 :]} - {"or", "and", "above", "more", "over", "better", "higher", "."}
    return figure.kind == "percent" and figure.side == "least" and told.sentence.has("bid", "onward") and not last


def _is_least(told: Told, figure: Figure) -> bool:
    """Whether a sentence makes a figure the least that is enough."""
    sentence = told.sentence
    if told.asks and not (sentence.any("mark", "threshold") or of_itself(told) or sentence.says(GET)):
        return False
    if any(abs(at - figure.first) <= 7 for at in sentence.meanings.get("threshold", ())):
        return True
    if (
        any(0 < figure.first - at <= 6 for at in sentence.meanings.get("need", ()))
        and _keeping(told)
        and figure.side == "exactly"
    ):
        return told.room != "PricePolicy" or sentence.any("out", "onward", "quality")
    return (
        figure.side in ("least", "under", "over", "most")
        and (_keeping(told) or _keeps_out(told))
        and not (
            sentence.has("share_word") and (figure.side != "least" or not sentence.says("must | need to | needs to"))
        )
    )


def _keeping(told: Told) -> bool:
    sentence = told.sentence
    return (
        sentence.any("need", "onward")
        or (sentence.has("outcome") and sentence.says("only | unless | until"))
        or told.room == "AllocationPolicy"
    )


def _target(told: Told, figure: Figure) -> tuple[str, str]:
    """Say of what a figure is the least, and of which question."""
    sentence = told.sentence
    top = told.criteria.scale.highest
    small = figure.kind == "number" and figure.value <= top
    near = sentence.words[max(0, figure.first - 5) : figure.last + 6]
    named = [name for _, name in questions_named(told)]
    if small and named:
        return "minimum_mark", named[0]
    every = sentence.says(
        "any question | each question | every question | all questions | any of the questions | any one "
        "question | both questions | either question"
    )
    if small and told.question is not None and not every:
        return "minimum_mark", told.question.id
    if small and (
        every or sentence.says("any answer | either answer | an answer | every answer | each answer | all answers")
    ):
        return "minimum_mark", EVERY
    quality = [at for at in sentence.meanings.get("quality", ()) if abs(at - figure.first) <= 8]
    total = "total" in near or "overall" in near or "altogether" in near
    if quality and not total:
        return "minimum_quality", ""
    if small and told.room in ("Scale", "Moderation", "ScaleMark"):
        return "minimum_mark", EVERY
    return (
        ("minimum_quality", "") if quality and "total" not in near and "overall" not in near else ("minimum_score", "")
    )


def _least(told: Told, figure: Figure, *, above: bool) -> Iterator[Claim]:
    subject, of = _target(told, figure)
    value = figure.percent
    if subject == "minimum_mark":
        marks = sorted(Fraction(mark) for mark in told.criteria.scale_for(of).marks)
        value = next((mark for mark in marks if mark > value), value) if above else value
    elif figure.of in told.criteria.wholes and subject == "minimum_score":
        value = figure.value
    elif figure.of is not None:
        value = 100 * figure.value / figure.of
    elif subject == "minimum_quality" and figure.kind == "number" and figure.of_unit(*POINTS, "quality"):
        available = {told.criteria.whole_of(theme.id) - theme.price_weight for theme in told.themes}
        value = 100 * figure.value / max(available)
    yield Claim(told, subject, value, exact(value), of)


def _of_nothing(told: Told) -> Iterator[Claim]:
    """Read that an answer without any mark keeps a bid out: the next mark is the least that is enough."""
    if told.question is not None and told.asks and NO_MARK.search(told.sentence.spoken):
        marks = sorted(Fraction(mark) for mark in told.criteria.scale_for(told.question.id).marks)
        if marks[0] == 0:
            yield Claim(told, "minimum_mark", marks[1], exact(marks[1]), told.question.id)


NO_MARK = re.compile(r" (?:with|gets?|earns?|scores?) (?:no marks?|nought|zero|nothing)(?: at all)? ")


def _by_label(told: Told) -> Iterator[Claim]:
    """Read a minimum by the name of a mark: "an answer marked as Weak or worse"."""
    words, marks = told.sentence.words, sorted(told.criteria.scale.mark, key=lambda one: one.mark)
    for at, point in enumerate(marks[:-1]):
        label = tuple(point.label.lower().split())
        here = [n for n in range(len(words)) if words[n : n + len(label)] == label]
        after = words[here[0] + len(label) : here[0] + len(label) + 2] if here else ()
        if after in (("or", "worse"), ("or", "below"), ("or", "lower")) or (here and _is_marked(told, point.label)):
            value = Fraction(marks[at + 1].mark)
            yield Claim(told, "minimum_mark", value, exact(value), told.question.id if told.question else EVERY)


def _is_marked(told: Told, label: str) -> bool:
    """Whether the name of a mark stands as one: with its capital, within a sentence of a question or of a theme."""
    return f" {label}" in told.sentence.text and told.room in ("Question", "Theme", "Criteria")
