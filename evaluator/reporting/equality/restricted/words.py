"""The words for groups, stages, sizes and certainty in the restricted edition: one way to say each."""

from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import to_places
from evaluator.records.results.equality_evidence import Certainty, Gap, GapStage, Interval

YES, NO = "yes", "no"  # replies that say nothing without their question
STAGES: dict[GapStage, str] = {
    "bid": "who bid at all",
    "gate": "gates",
    "minimum": "minimums",
    "price": "price",
    "allocation": "dividing the money",
}
CERTAINTY: dict[Certainty, str] = {
    "unlikely_chance": "unlikely to be chance",
    "possible_chance": "could be chance",
    "too_little": "too few to tell",
}


def name_of(title: str, group: str) -> str:
    """Name a group so that it is understood by itself.

    >>> name_of("Led by disabled people", "Yes"), name_of("Led by disabled people", "No")
    ('Led by disabled people', 'Led by disabled people: no')
    >>> name_of("Sex of most of the governing body", "Mostly women")
    'Mostly women (sex of most of the governing body)'
    """
    if group.casefold() == YES:
        return title
    return f"{title}: {NO}" if group.casefold() == NO else f"{group} ({title[:1].lower()}{title[1:]})"


def short_name(gap: Gap) -> str:
    """Name the group of a gap where its question stands near."""
    return gap_name(gap) if gap.group.casefold() in (YES, NO) else gap.group


def gap_name(gap: Gap) -> str:
    """Name the group of a gap."""
    return name_of(gap.title, gap.group)


def counts(gap: Gap) -> str:
    """Say how many bids have an award, and how many organisations; for who bid at all, how many did."""
    if gap.stage == "bid":
        return f"{count_of(gap.organisations, 'organisation')} bid"
    return f"{gap.awards} of {count_of(gap.bids, 'bid')}, {gap.funded} of {count_of(gap.organisations, 'organisation')}"


def size(gap: Gap) -> str:
    """Say a gap's size in awards beside what chance gives; for who bid at all, in awards that more bids would bring."""
    return fewer(gap) if gap.stage == "bid" else f"{fewer(gap)} ({tenth(gap.expected)} expected)"


def fewer(gap: Gap) -> str:
    """Say how many awards fewer, or more, than expected."""
    return f"{tenth(abs(gap.shortfall))} {'fewer' if gap.shortfall > 0 else 'more'}"


def ratio_words(ratio: Fraction | None, interval: Interval) -> str:
    """Say a ratio to its share with its interval, as times its share."""
    low, high = (to_places(end, 2) for end in interval)
    return f"{low} to {high}" if ratio is None else f"{to_places(ratio, 2)} ({low} to {high})"


def where(gap: Gap) -> str:
    """Say where most of a gap arises; a gate is named."""
    if gap.stage == "gate":
        named = next((part.gate_title or part.gate for part in gap.parts if part.stage == "gate"), "")
        return f"gate: {named}" if named else STAGES["gate"]
    return STAGES[gap.stage]


def certainty(gap: Gap) -> str:
    """Say how sure a gap is, and whether it was to be tested or was only looked at."""
    return f"{CERTAINTY[gap.certainty]} ({'primary' if gap.primary else 'exploratory'})"


def tenth(value: Fraction) -> str:
    """Write a number of awards: whole where it is whole, else to a tenth.

    >>> tenth(Fraction(3)), tenth(Fraction(45, 4))
    ('3', '11.3')
    """
    return str(value.numerator) if value.denominator == 1 else to_places(value, 1)


def p_words(p: Fraction) -> str:
    """Write a chance to three places.

    >>> p_words(Fraction(1, 5000)), p_words(Fraction(1, 8))
    ('under 0.001', '0.125')
    """
    return "under 0.001" if p < Fraction(1, 1000) else to_places(p, 3)
