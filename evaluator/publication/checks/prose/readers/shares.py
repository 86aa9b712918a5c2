"""What sentences say of the shares that parts of an answer have of its mark."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.readers.scored import POINTS
from evaluator.publication.checks.prose.told import Told

LEVEL = ("exactly", "most")


def shares_within(told: Told) -> Iterator[Claim]:
    """Read the shares that a question's words give to parts of its answer."""
    sentence, question = told.sentence, told.question
    if question is None or sentence.denied or told.text.key not in ("text", "good_answer"):
        return
    top = Fraction(told.criteria.scale.highest)
    shares = [
        one for one in sentence.figures if _is_share(told, one) and not (one.kind == "number" and one.value == top)
    ]
    own = {Fraction(theme.weights[question.id]) for theme in told.themes if question.id in theme.weights}
    whole = [one for one in shares if one.percent in own and len(shares) == 1]
    partly = sentence.says("of your score | of the mark | of the marks | of your mark | of the points")
    if shares and not whole and (len(shares) > 1 or told.text.key == "good_answer" or partly):
        yield Claim(
            told,
            "shares",
            sum((one.percent for one in shares), Fraction(0)),
            " + ".join(exact(one.percent) for one in shares),
            question.id,
        )
    elif (
        not shares
        and sentence.has("share_word")
        and sentence.says(
            "twice as | double | most of the | more than the | the most | twice the | half as | outweigh | "
            "outweighs | heaviest | above all"
        )
    ):
        yield Claim(told, "shares", "", "", question.id)


def _is_share(told: Told, figure: Figure) -> bool:
    sentence = told.sentence
    over = (
        figure.side in ("over", "least") and figure.kind in ("part", "percent") and sentence.says("marks for | points")
    )
    if not (figure.side in LEVEL or over) or figure.kind == "money" or sentence.has("threshold") or sentence.has("out"):
        return False
    if sentence.has("weight") or (
        sentence.has("mark")
        and sentence.says(
            (
                "of the marks | of the mark | marks for | marks are for | points for | points are for | mark for this "
                "question"
            ),
        )
    ):
        return figure.kind in ("percent", "part") or figure.of_unit(*POINTS)
    if sum(one.of_unit(*POINTS) for one in sentence.figures) > 1 and figure.of_unit(*POINTS):
        return True
    before = sentence.words[max(0, figure.first - 1) : figure.first]
    bare = [one.value for one in sentence.figures if one.unit[:1] == (")",) and one.kind == "number"]
    listed = [one for one in sentence.figures if one.kind in ("percent", "part") and one.side == "exactly"]
    counted = len(sentence.figures) > 2 and sentence.says("count | counts | are worth | carry | weighted")
    if counted and listed and figure.kind in ("percent", "number") and figure.unit[:1] != ("parts",):
        return figure in listed or figure.unit[:1] in ((",",), ("and",))
    if figure in listed and len(listed) > 1 and sentence.has("mark"):
        return True
    if figure.value in bare and len(bare) > 1 and sum(bare) in (*told.criteria.wholes, told.criteria.scale.highest):
        return True
    out_of = figure.of is not None and figure.unit[:1] in ((")",), ("]",))
    return before in (("(",), ("[",), (":",)) and (figure.kind == "percent" or figure.of_unit(*POINTS) or out_of)
