"""What sentences say that quality, price or a question weighs, with a figure."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.readers.scored import (
    EXAMPLE,
    NO_WEIGHTS,
    POINTS,
    PRICE_LEAF,
    QUALITY,
    what_is_weighed,
)
from evaluator.publication.checks.prose.sentences import Sentence
from evaluator.publication.checks.prose.told import Told


def weights(told: Told) -> Iterator[Claim]:
    """Read what a sentence says that quality, price or a question weighs."""
    if told.sentence.says(EXAMPLE):
        return
    figures = [one for one in told.sentence.figures if _may_weigh(told, one)]
    names = what_is_weighed(told)
    if not figures or not _weighs(told, figures, names):
        return
    whole = figures[0].value in told.criteria.wholes and len(figures) == 1
    if told.sentence.says(EVERY_QUESTION) and (whole or told.sentence.says(IN_ALL)):
        names = [(0, QUALITY)]
    elif told.sentence.says(EVERY_QUESTION) and len(figures) == 1 and told.question is None:
        asked = {one.id for theme in told.themes for one in told.criteria.questions(theme.id)}
        names = [(0, name) for name in sorted(asked)]
        yield from (Claim(told, "weight", figures[0].percent, exact(figures[0].percent), name) for _, name in names)
        return
    for figure, name in _paired(figures, names, told):
        yield Claim(told, "weight", figure.percent, exact(figure.percent), name)


IN_ALL = "together | between them | in all | in total | altogether"
EVERY_QUESTION = "both questions | each question | every question | all questions | all the questions"


WEIGHTED = "weight | weighting | weighted | of the total | overall | of the evaluation | available | in all"


def _may_weigh(told: Told, figure: Figure) -> bool:
    words = told.sentence.words
    around = words[max(0, figure.first - 6) : figure.last + 5]
    plain = (
        figure.kind in ("percent", "part")
        or words[max(0, figure.first - 2) : figure.first] in (("weighted", "at"), ("weight", "of"), ("weighting", "of"))
        or figure.of_unit(*POINTS)
        or figure.unit[:1]
        in (
            (":",),
            ("/",),
            ("for",),
            (")",),
            (".",),
            (",",),
            (),
            ("and",),
            ("each",),
            ("hang",),
            ("go",),
            ("on",),
            ("-",),
        )
    )
    if words[figure.first : figure.last + 1] == ("one",) and not figure.of_unit(*POINTS):
        return False
    if figure.kind == "part" and figure.unit[:1] == ("as",):
        return False  # of what another carries: ``proportions`` reads it
    if told.room == "PricePolicy" and figure.kind != "number" and not told.sentence.says(WEIGHTED):
        return False  # how points fall with the price
    low = {"mean", "average", "discount", "below", "above", "lowest", "vat", "residents"} & set(around)
    return plain and figure.kind != "money" and figure.side in ("exactly", "most") and figure.percent <= 100 and not low


def _weighs(told: Told, figures: list[Figure], names: list[tuple[int, str]]) -> bool:
    sentence = told.sentence
    if (
        (told.room in NO_WEIGHTS and not (told.room == "TieBreak" and _of_the_whole(told)))
        or (sentence.any("threshold", "tie") and not (told.room == "TieBreak" and _of_the_whole(told)))
        or (told.room == "Stage" and sentence.any("onward", "out"))  # how much lets a bid go on
        or (sentence.has("onward") and sentence.says("you need | bids need | must | needs to | need to"))
        or (told.asks and not sentence.any("mark", "weight") and not _in_brackets(told))
    ):
        return False
    both = {QUALITY, PRICE_LEAF} <= {name for _, name in names}
    shares = any(one.kind != "number" or one.of_unit(*POINTS) for one in figures) or sentence.says(
        "split | mix | ratio | balance | judged | scored | award | best mix"
    )
    label = bool(names) and ":" in sentence.words and len(sentence.words) < 8
    label = label and (not told.asks or sentence.has("mark"))
    label = label or (not told.asks and any(_is_share_of(sentence, one) for one in figures))
    named = {name for _, name in names} - {QUALITY, PRICE_LEAF}
    label = label or (len(named) > 1 and len(figures) > 1 and not told.asks and bool(HAS.search(sentence.spoken)))
    short = told.question is not None and len(sentence.words) < 5 and any(one.of_unit(*POINTS) for one in figures)
    return (
        sentence.has("weight")
        or label
        or short
        or (both and (shares or ":" in sentence.words))
        or bool(_in_brackets(told))
    )


HAS = re.compile(r" (?:has|have|carries|carry|gets|get|takes|take) (?:[0-9]+|\w+) (?:points?|marks?)?")


def _of_the_whole(told: Told) -> bool:
    """Whether a share is said to be one of the whole, which no order between equals is."""
    return any(
        one.kind == "percent" or one.of == 100 or (one.value > 1 and one.of_unit(*POINTS))
        for one in told.sentence.figures
    ) and told.sentence.any("price", "quality")


def _is_share_of(sentence: Sentence, figure: Figure) -> bool:
    """Whether a percentage stands right before what it is the share of: "70% quality"."""
    beside = {*sentence.meanings.get("quality", ()), *sentence.meanings.get("price", ())}
    return figure.kind == "percent" and figure.last + 1 in beside


def _in_brackets(told: Told) -> bool:
    """Whether a question has a share in brackets after its words: "(25%)", "[20 marks]"."""
    words = told.sentence.words
    return told.question is not None and any(
        (one.kind in ("percent", "part") or one.of_unit(*POINTS))
        and words[max(0, one.first - 1) : one.first] in (("(",), ("[",))
        for one in told.sentence.figures
    )


def _paired(figures: list[Figure], names: list[tuple[int, str]], told: Told) -> Iterator[tuple[Figure, str]]:
    """Give each name its figure: in order where there are as many, one for all, or the nearest."""
    if not names:
        return
    if len(figures) == len(names):
        yield from zip(figures, (name for _, name in sorted(names)), strict=True)
    elif len(figures) == 1 and told.sentence.says("each | both"):
        yield from ((figures[0], name) for _, name in names)
    else:
        spare = len(figures) > len(names) and len(names) == 1  # the others are of what no name is known for
        for figure in figures if not spare else (min(figures, key=lambda one: abs(names[0][0] - one.first)),):
            _, name = min(names, key=lambda one: abs(one[0] - figure.first))
            yield figure, name
