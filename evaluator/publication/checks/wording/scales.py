"""Checks that each mark has words of its own: not those of another mark, and not a figure or a dash in their place."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.phrases import words_only
from evaluator.publication.locations import PROGRAMME, numbered
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria

FIGURE = r"(?:[0-9]{1,3}(?:\.[0-9]+)?|nought|one|two|three|four|five|six|seven|eight|nine|ten)"
TO_IT = r"(?:an?|the|what (?:earns|is needed for)(?: an?| the)?|for(?: an?)?)"
THE_MARK = rf"{TO_IT}?\s*(?:marks?|scores?|levels?)?\s*(?:of )?{FIGURE}"
NOTHING = re.compile(
    rf"(?i)\W*(?:{FIGURE}\W*(?:points?|marks?|out of {FIGURE}|of {FIGURE}|/\s?{FIGURE}|%|per ?cent)?|n\W?a|none|"
    rf"ditto|tbc|(?:see|as|as for|as at|same as|like)\s+(?:{THE_MARK}|above|below|before)|above|below|"
    rf"between {THE_MARK} and {FIGURE}|intermediate(?: mark| score| level)?|in between|"
    rf"mid-?way(?: between {FIGURE} and {FIGURE})?)?\W*"
)
MORE_THAN = (
    r"(?:better|worse|stronger|weaker|more|less|higher|lower|greater|fuller|above|below|beyond|between|short|"
    r"not as good|not quite|improves?|improvement|exceeds?|surpass(?:es)?|falls? short|less well|as good)"
)
SMALL = (
    r"(?:than|of|as|to|on|by|in|upon|the|an?|that|what|earns?|needed|is|for|with|standard|level|and|quality|at|"
    r"answers?)"
)
LINKS = rf"(?:\s+\w+){{0,2}}?(?:\s+{SMALL}){{1,6}}"
OTHER = r"(?:mark|score|level|grade|band|standard|descriptor|category|one)"
ENDS = r"(?=\s*(?:[.,;:)]|$|\b(?:in|with|but|and|or|because|through|by)\b))"
BY_FIGURE = rf"(?:{OTHER}\s+(?:of\s+)?{FIGURE}|(?:an?|the)\s+(?!one\b){FIGURE}|[0-9]{{1,3}}){ENDS}"
BY_PLACE = (
    rf"(?:the\s+)?(?:previous|next|last|preceding|following|lower|higher)\s+{OTHER}|"
    rf"{OTHER}\s+(?:below|above|before|beneath)"
)


def marks_have_words_of_their_own(criteria: Criteria) -> Iterator[Finding]:
    """Find descriptors that hold a figure or a reference where words should stand, and those told by another mark."""
    labels = [point.label for point in criteria.scale.mark if words_only(point.label)]
    for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark):
        where, mark = place.key("descriptor"), decimal_text(point.mark)
        if not point.descriptor.strip():
            continue  # found by itself
        if NOTHING.fullmatch(point.descriptor):
            yield finding("E-CRIT-202", where, mark=mark)
            continue
        found = _relative(labels).search(point.descriptor)
        if found:
            yield finding("E-CRIT-977", where, mark=mark, word=" ".join(found.group().split()))


def _relative(labels: list[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(label) for label in labels if label[:1].isupper())
    by_label = rf"|(?-i:(?:an?\s+|the\s+)?[“\"'‘]?(?:{names})[”\"'’]?)\b" if names else ""
    return re.compile(rf"(?i)\b{MORE_THAN}(?:{LINKS})?\s+(?:{BY_FIGURE}|{BY_PLACE}{by_label})")
