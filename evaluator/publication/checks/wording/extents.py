"""Checks of descriptors that say in words how far something goes: "in part or in full" fits two marks."""

import re
from collections.abc import Iterator
from itertools import pairwise

from evaluator.publication.checks.prose.phrases import stems
from evaluator.publication.locations import PROGRAMME, numbered
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria

EXTENTS = (  # from the least to the most; words of one line mean the same
    "none|nothing|no",
    "little|few|hardly any|a bit",
    "some|part|partly|partially|several",
    "half",
    "most|mostly|largely|nearly all|much|many",
    "all|every|everything|full|fully|in full|wholly|whole|entirely|completely|complete|each",
)
ONE = "|".join(f"(?P<e{at}>{words})" for at, words in enumerate(EXTENTS))
WITHIN = re.compile(rf"(?i)\b(?:in |to )?(?:{ONE})\b")
SHARED = 2  # of three words that both descriptors have beside


def marks_say_how_far_once(criteria: Criteria) -> Iterator[Finding]:
    """Find a mark whose descriptor offers two extents of which a neighbouring mark has one, and differs in no more."""
    read = [
        (place, point, _extents(point.descriptor))
        for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark)
    ]
    for (first, below, lower), (second, above, higher) in pairwise(read):
        torn = (len(lower) > 1 and higher & lower) or (len(higher) > 1 and higher & lower)
        if torn and _alike(below.descriptor, above.descriptor):
            place = first if len(lower) > 1 else second
            facts = {"mark": decimal_text(above.mark), "other": decimal_text(below.mark)}
            yield finding("E-CRIT-958", place.key("descriptor"), here=above.descriptor, there=below.descriptor, **facts)


def _extents(descriptor: str) -> frozenset[int]:
    """Give the extents that a descriptor says are enough: two where it says "in part or in full".

    >>> sorted(_extents("Answers it in part or in full.")), sorted(_extents("Some parts are there and most are clear."))
    ([2, 5], [])
    """
    found = list(WITHIN.finditer(descriptor))
    for one, two in pairwise(found):
        if re.fullmatch(r" (?:or|to)(?: even)? ", descriptor[one.end() : two.start()]):
            return frozenset(map(_place, (one, two)))
    return frozenset([_place(found[0])]) if len(found) == 1 else frozenset()


def _place(found: re.Match[str]) -> int:
    return next(at for at in range(len(EXTENTS)) if found[f"e{at}"])


def _alike(first: str, second: str) -> bool:
    """Whether two descriptors say the same but for how far it goes."""
    one, two = (stems(WITHIN.sub(" ", text)) for text in (first, second))
    return 3 * len(one & two) >= SHARED * max(len(one), len(two))
