"""Which tables of the equality impact hold anything, so that none stands there with nothing but "withheld"."""

from collections import Counter

from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, GroupLine
from evaluator.reporting.equality import wording as words
from evaluator.reporting.equality.wording import compared


def stepped(impact: CharacteristicImpact) -> tuple[GroupLine, ...]:
    """Give the groups whose steps say more than their success rate: several stages are shown, or parts of the ask."""
    return tuple(
        line
        for line in compared(impact)
        if line.rate is not None
        and (len(line.steps) > 1 or (line.share_of_ask and line.share_of_ask.ratio not in (None, 1)))
    )


def benchmarked(impact: CharacteristicImpact) -> tuple[GroupLine, ...]:
    """Give the groups that are held against more than the bids received, which another table has."""
    return tuple(line for line in compared(impact) if len(line.against) > 1)


def said_of_several(impact: EqualityImpact) -> tuple[str, ...]:
    """Give what is withheld from several characteristics in the same words, to be said once."""
    times = Counter(sentence for one in impact.characteristics for sentence in one.withheld)
    return tuple(sentence for sentence, number in times.items() if number > 1)


def reply_rows(impact: EqualityImpact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the rows of unknown replies in which some number other than nought may be shown."""
    told = {
        one.title
        for one in impact.characteristics
        if any(line.kind == "unknown" and line.figures[0].bids for line in one.lines)
    }
    return tuple(row for row in words.reply_rows(impact) if row[0] in told)


def title_of(impact: EqualityImpact, of: str) -> str:
    """Give the title of the question that a benchmark is of; anything else that it is of, such as ward, as it is."""
    return next((one.title for one in impact.characteristics if one.id == of), of)
