"""The words of the equality impact document, and how its numbers are written for the eye. It concludes nothing."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import percent, pounds, rounded, to_places
from evaluator.records.programme.axes import AxisImpact
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.coverage import Concentration, Coverage
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, PublicGroup

STAGE_TITLES = {
    "received": "Bids received",
    "passed_gates": "Passed the gates",
    "above_minimum": "Above the minimum marks",
    "fundable": "Ranked and fundable",
    "recommended": "Recommended",
}
SHORTLISTED = "Above the minimum marks, and on from every stage"


def stage_titles(criteria: Criteria) -> Mapping[str, str]:
    """Give what each stage that bids reach is called; a bid that did not go on from a published stage is not above."""
    return STAGE_TITLES | ({"above_minimum": SHORTLISTED} if criteria.deciding_stages else {})


def decimal_of(value: Fraction, places: int = 2) -> str:
    """Write an exact fraction rounded for the eye.

    >>> decimal_of(Fraction(2, 3))
    '0.67'
    """
    return to_places(value, places)


def not_known(axis: AxisImpact) -> str:
    """Say what nobody asked, named or counted of a characteristic, or give an empty text."""
    missing = {
        "not asked of anybody": axis.groups or axis.asked,
        "no bid names the people whom it concerns": axis.served,
        "no figure of residents was given": axis.residents,
    }
    sentence = "; ".join(what for what, known in missing.items() if not known).capitalize()
    return f"{sentence}." if sentence else ""


def nothing_in(covered: Iterable[Coverage]) -> str:
    """Name the wards or groups that some bid names and no award serves, or give an empty text."""
    return ", ".join(one.name for one in covered if not one.awards)


def share_of_money(one: Coverage, covered: Iterable[Coverage]) -> Fraction | None:
    """Give a ward's or group's part of the money, each award counted once; None where there is none."""
    whole = sum((each.divided for each in covered), Fraction(0))
    return one.divided / whole if whole else None


def share_of_places(one: Coverage, covered: Iterable[Coverage]) -> Fraction | None:
    """Give its part of the people whom the funded bids would serve, divided likewise; None where no bid says."""
    whole = sum((each.places for each in covered), Fraction(0))
    return one.places / whole if whole else None


def made_up(impact: EqualityImpact, of: str, kind: str) -> str:
    """Say so where a benchmark was made up to show the document."""
    return " (synthetic)" if any(b.synthetic and (b.of, b.kind) == (of, kind) for b in impact.baselines) else ""


def concentration_words(one: Concentration, impact: EqualityImpact) -> str:
    """Explain in words how unevenly money falls."""
    what = {"population": "as the residents live", "need": "as the need lies", "equal parts": "in equal parts"}
    to = f"{what[one.benchmark]}{made_up(impact, one.of.removesuffix('s'), one.benchmark)}"
    more = f"; of the two programmes together, {percent(one.with_grants)}" if one.with_grants is not None else ""
    theil = f" Theil’s index is {decimal_of(one.entropy)}: 0 is even." if one.entropy is not None else ""
    return f"To spread the money among {one.of} {to}, {percent(one.programme)} of it would have to move{more}.{theil}"


def people(number: Fraction) -> str:
    """Write a number of people, divided among several wards or groups, as a whole number.

    >>> people(Fraction(2501, 2))
    '1,251'
    """
    return f"{int(rounded(number, 0)):,}"


def whole_pounds(pence: Fraction) -> str:
    """Write pence as whole pounds, for the eye.

    >>> whole_pounds(Fraction(1234567, 7))
    '£1,764'
    """
    return pounds(100 * rounded(pence / 100, 0))


STATEMENTS = {
    "unlikely_chance": "Unlikely to be chance",
    "no_sign": "No sign of a difference",
    "too_little_to_tell": "Too little to tell",
    "not_asked": "Not asked",
}
FOUR_FIFTHS = Fraction(4, 5)


def in_short(impact: EqualityImpact, *, staged: bool = False) -> tuple[str, ...]:
    """Give the summary in five sentences; ``staged`` is whether some bids did not go on from a published stage."""
    bids = {figures.stage: figures.bids for figures in impact.totals}
    on = " and went on from every stage" if staged else ""
    return (
        f"{count_of(bids.get('received', 0), 'bid')} came from {count_of(impact.organisations, 'organisation')};"
        f" {bids.get('passed_gates', 0):,} passed the gates, {bids.get('above_minimum', 0):,} came above the minimum"
        f" marks{on}, and {bids.get('recommended', 0):,} are recommended for an award, of"
        f" {count_of(impact.funded, 'organisation')}.",
        _statements_in_short(impact),
        _bands_in_short(impact),
        f"What is not known matters as much: there is a list of {count_of(len(impact.gaps), 'gap')} below.",
        "This summary does not say that any legal duty is met; that needs the people who decide to consider it, and to"
        " write down what they made of it, before they decide.",
    )


def _statements_in_short(impact: EqualityImpact) -> str:
    asked = [one for one in impact.characteristics if one.public_statement != "not_asked"]
    if not asked:
        return "Nothing is known about which groups bid or would be funded: there is no monitoring data to count."
    counts = {key: sum(one.public_statement == key for one in asked) for key in STATEMENTS}
    return (
        f"Of {count_of(len(asked), 'question')} that were asked, {counts['unlikely_chance']}"
        f" {agreeing(counts['unlikely_chance'], 'has', 'have')} a difference that is unlikely to be chance,"
        f" {counts['no_sign']} {agreeing(counts['no_sign'], 'shows', 'show')} no sign of one, and for"
        f" {counts['too_little_to_tell']} what can be published is too little to tell."
    )


def _bands_in_short(impact: EqualityImpact) -> str:
    groups = [group for one in impact.characteristics if one.own_rung for group in one.groups]
    return (
        f"Organisations are counted, in groups and bands that were fixed before the bids opened: counts under"
        f" {impact.few} share one band, so that nobody can work out what a named organisation replied;"
        f" {count_of(len(groups), 'group')} {agreeing(len(groups), 'is', 'are')} shown just as the question offers"
        f" {agreeing(len(groups), 'it', 'them')}."
    )


def statement(one: CharacteristicImpact) -> str:
    """Say of a question what its printed figures say of chance, and of which groups."""
    words = STATEMENTS[one.public_statement]
    told = [f"{each.way} awards went to {each.group}" for each in one.differing]
    return f"{words}: {listing(told)}" if told else words


def grouping_words(one: CharacteristicImpact) -> str:
    """Say in which groups and how finely a question is shown."""
    if not one.groups:
        return "Nothing is shown"
    groups = "Its own replies" if one.own_rung else f"{one.rung} ({count_of(len(one.groups), 'group')})"
    finely = "figures" if one.width == 1 else f"bands of {one.width}"
    return f"{groups}, in {finely}{'' if any(group.funded for group in one.groups) else '; bids alone'}"


def edition_words(one: CharacteristicImpact) -> str:
    """Say when a table was first printed and what has changed since; empty where it is printed now."""
    if not one.first_published:
        return ""
    number = one.changed or 0
    changed = f"{count_of(number, 'award')} {agreeing(number, 'has', 'have')} changed since"
    return f"As first published on {one.first_published}; {changed}."


def screened(impact: EqualityImpact) -> tuple[tuple[str, ...], int, int]:
    """Give the groups that are under four fifths whatever the figures in the bands are, and how many were screened.

    Returns
    -------
    the groups under four fifths; how many groups could be screened; how many could not.
    """
    every = [(one, group) for one in impact.characteristics for group in one.groups]
    sides = [(one, group, None if one.changed else _under(group, impact)) for one, group in every]
    under = tuple(f"{one.title}: {group.group}" for one, group, side in sides if side)
    known = sum(side is not None for _, _, side in sides)
    shown = {one.id for one, _ in every}
    return under, known, len(every) - known + sum(one.id not in shown for one in impact.characteristics)


def _under(group: PublicGroup, impact: EqualityImpact) -> bool | None:
    """Whether a group's success is under four fifths of all organisations'; None where its bands do not tell."""
    if group.funded is None or not group.organisations.least or not impact.funded:
        return None
    usual = FOUR_FIFTHS * Fraction(impact.funded, impact.organisations)
    if Fraction(group.funded.most, group.organisations.least) < usual:
        return True
    return False if Fraction(group.funded.least, group.organisations.most) >= usual else None
