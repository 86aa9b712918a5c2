"""What sentences say of how long an answer may be."""

from collections.abc import Iterator

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.told import Told


def lengths(told: Told) -> Iterator[Claim]:
    """Read how many words an answer may have."""
    sentence = told.sentence
    if told.question is None and not (
        told.room in ("Theme", "Criteria", "Term") and sentence.says("answer | answers | question | questions")
    ):
        return
    for figure in sentence.figures:
        limit = (
            figure.side != "exactly"
            or told.text.key in ("text", "source")
            or sentence.says(
                "limit | maximum | you have | you have got | you get | word limit | word count | no longer"
            )
            or sentence.words[figure.last + 1 : figure.last + 3] == ("word", "limit")
        )
        named = bool(
            {"word", "words"} & set(sentence.words[max(0, figure.first - 4) : figure.first])
        ) and sentence.says("word limit | words | number of words | word count | limit")
        if figure.kind == "number" and (figure.of_unit("word") or named) and limit and figure.side not in ("least",):
            yield Claim(
                told, "word_limit", figure.value, exact(figure.value), told.question.id if told.question else ""
            )


def characters(told: Told) -> Iterator[Claim]:
    """Read how many characters an answer may have, where words are counted."""
    for figure in told.sentence.figures if told.question is not None and told.text.key == "text" else ():
        if figure.of_unit("character") and figure.side != "least":
            yield Claim(told, "word_limit", f"{exact(figure.value)} characters", f"{exact(figure.value)} characters")


def pages(told: Told) -> Iterator[Claim]:
    """Read how many pages an answer may have, where words are counted."""
    sentence = told.sentence
    limited = told.question is not None and any(told.criteria.word_limit(told.question, one.id) for one in told.themes)
    if told.question is None or not (
        sentence.says("answer | answers | response | responses | write | reply | replies")
        or len(sentence.words) < 7
        or (limited and sentence.says("keep it | keep to | use | have a page"))
    ):
        return
    if limited and told.text.key == "text" and sentence.says("have a page | a page is | a side is"):
        yield Claim(told, "word_limit", "1 pages", "a page")
    for figure in sentence.figures:
        brief = told.text.key == "text" and len(sentence.words) < 7 and figure.side == "exactly"
        if figure.of_unit("side", "page", "a4") and (
            brief
            or figure.side in ("most", "under", "over")
            or (limited and figure.side != "least" and told.text.key == "text")
        ):
            yield Claim(told, "word_limit", f"{exact(figure.value)} pages", f"{exact(figure.value)} pages")
