"""What stands in two places about one thing, held against each other where no published value decides between them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from evaluator.publication.checks.prose.claims import Claim, Value
from evaluator.publication.checks.prose.published import SUBJECTS, YEARLY
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding

Group = tuple[str, str]
# Of these a text may say several that hold beside each other, or they are held against each other elsewhere.
MANY = frozenset({"shares", "tie_break", "theme_awards", "price_method", "award_method", "basis"})
EXTENDED = "extend | extended | extension | extensions | renew | renewed | option | options | further | initial"
SUMS = frozenset({"budget"})
YEAR = re.compile(r"(?:19|20)[0-9]{2}|2100")
OPEN = "open"  # either will do: a finding of its own
ANYWHERE = frozenset({"vat"})  # one for the whole programme, whatever theme a text is about
OWN_ROOM = {"Term": 3, "PricePolicy": 2, "AllocationPolicy": 2, "Gate": 2, "Budget": 2}


class Clashes:
    """Claims that another claim about the same thing gainsays, each with that other."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        groups: dict[Group, list[Claim]] = {}
        for claim in claims:
            if claim.subject not in MANY and claim.value != OPEN and not _decided(claim):
                groups.setdefault((claim.subject, _aspect(claim)), []).append(claim)
        self._found: Mapping[int, tuple[Claim, Claim]] = {
            id(claim): (claim, other) for group in groups.values() for claim, other in _gainsaid(group)
        }

    def __contains__(self, claim: Claim) -> bool:
        """Whether a finding about two places tells of this claim already."""
        return any(claim is one for pair in self._found.values() for one in pair)

    def findings(self) -> Iterator[Finding]:
        """Give one finding for each claim that another gainsays, at the place that says it."""
        for claim, other in self._found.values():
            facts = {"what": claim.told.what, "sentence": claim.told.quoted, "said": claim.words}
            there = {"where": other.told.what, "place": other.told.place, "quoted": other.told.quoted}
            if claim.subject == "vat":
                yield finding("E-CRIT-915", claim.told.place, **facts, key=other.told.place, published=other.words)
            elif claim.subject in SUBJECTS:
                subject = SUBJECTS[claim.subject]
                facts |= {"subject": subject.words, "key": subject.key}
                yield finding("E-CRIT-973", claim.told.place, **facts, **there, other=other.words)
            else:
                yield finding(
                    "E-CRIT-974", claim.told.place, **facts, **there, other=other.words, subject=claim.subject
                )


def _decided(claim: Claim) -> bool:
    """Whether a published value decides, so that the claim is held against that."""
    return claim.subject in SUBJECTS and bool(SUBJECTS[claim.subject].values(claim))


def _aspect(claim: Claim) -> str:
    """Say which of several values of one subject a claim is about: of a question, a year, an extension."""
    sentence = claim.told.sentence
    if claim.subject == "years" and sentence.says(EXTENDED):
        return "extended"
    if claim.subject in SUMS:
        years = sorted(set(filter(YEAR.fullmatch, sentence.words)))
        return " ".join(["yearly" if sentence.says(YEARLY) else "whole", *years])
    return claim.of


def _gainsaid(group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Give each claim that one with more behind it gainsays: more places, a rule's own text, or the first."""
    support = Counter(claim.value for claim in group)
    strength = {id(claim): (support[claim.value], _weight(claim), -at) for at, claim in enumerate(group)}
    told: set[tuple[str, Value]] = set()
    for claim in group:
        others = [one for one in group if _clash(claim, one) and strength[id(one)] > strength[id(claim)]]
        if others and (str(claim.told.place), claim.value) not in told:
            told.add((str(claim.told.place), claim.value))
            yield claim, max(others, key=lambda one: strength[id(one)])


def _weight(claim: Claim) -> int:
    return OWN_ROOM.get(claim.told.room, 1)


def _clash(one: Claim, other: Claim) -> bool:
    if one.value == other.value or one.told is other.told:
        return False
    if one.subject in ANYWHERE:
        return True
    mine, its = ({theme.id for theme in claim.told.themes} for claim in (one, other))
    return mine == its if one.subject in SUMS else bool(mine & its)


def several(claims: Sequence[Claim]) -> frozenset[int]:
    """Give the claims of one sentence that say two values of one thing, such as a range: neither is the one."""
    pairs = combinations(claims, 2)
    return frozenset(
        id(claim)
        for one, two in pairs
        if (one.subject, one.of) == (two.subject, two.of) and one.value != two.value
        for claim in (one, two)
    )
