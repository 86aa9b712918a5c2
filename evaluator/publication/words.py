"""The words that checks look for. They are data: add to them as councils and courts teach us."""

import re
from collections.abc import Iterable


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


VAGUE = _any_of(
    (
        "acceptable",
        "adequate(?:ly)?",
        "appropriate(?:ly)?",
        "effective(?:ly)?",
        "excellent",
        "good",
        "high[- ]quality",
        "innovative",
        "proper(?:ly)?",
        "reasonabl[ey]",
        "robust(?:ly)?",
        "satisfactory",
        "satisfactorily",
        "sound",
        "strong(?:ly)?",
        "sufficient(?:ly)?",
        "suitabl[ey]",
        "well",
    )
)
MEASURED = _any_of(
    (
        r"[0-9]\w*",
        "(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)",
        "(?:at least|at most|more than|less than|fewer than|no more than|not more than|above|below|within)",
        "(?:dated|signed|registered|in force|in writing|named|nominated)",
        "(?:on or before|on or after|no later than)",
    )
)
SHOWN = _any_of(
    (
        "evidence[sd]?",
        "figures?",
        "numbers?",
        "data",
        "names?",
        "states?",
        "shows?",
        "examples?",
        "explains?",
        "describes?",
        "sets? out",
        "says?",
        "gives?",
        "lists?",
        "links?",
        "identif(?:y|ies)",
    )
)
EXCEEDING = _any_of(("exceed(?:s|ed|ing)?", "beyond", "over and above", "surpass(?:es|ed|ing)?", "outperforms?"))
SELECTION = _any_of(
    (
        "years? of (?:audited |published |annual )?accounts",
        "(?:audited|annual) accounts",
        "turnover",
        "(?<!national )insurance",
        "(?:client|customer|professional|written|two|three) references?",
        "references? from",
        "financial standing",
        "credit (?:score|rating|check)s?",
    )
)
AREA = "(?:in|within) the (?:borough|area|district|county|city)"
BIDDERS = "(?:organisation|charitie|provider|bidder|supplier)s?"
LOCAL_ONLY = _any_of(
    (
        rf"(?:registered )?(?:office|address|premises|base)s? (?:must be |is |are )?{AREA}",
        rf"(?:must be |be |is |are )?based {AREA}",
        rf"local {BIDDERS} only",
        rf"only (?:local|borough-based) {BIDDERS}",
        "(?:current|incumbent|existing) (?:provider|supplier|contractor|grantee)s? only",
    )
)
NUMBER = "(?:[0-9]+|two|three|four|five|six|seven|ten)"
SHUTS_OUT = _any_of(
    (
        rf"{NUMBER} years['’]? (?:of )?(?:audited |published |annual |filed )*(?:accounts|trading)",
        rf"(?:trading|established|registered|in existence) for (?:at least |more than )?{NUMBER} years",
        "turnover (?:of )?(?:at least|above|over|more than|not less than|twice|two times|double|three times)",
        "(?:minimum|least) (?:annual |yearly )*turnover",
    )
)
EARLY_COVER = _any_of(
    (
        "(?:insurance|cover|indemnity)[^.;]{0,80}(?:in (?:force|place)|held) (?:on|at|by|before) "
        "the (?:closing date|deadline|time of bidding|date of (?:the )?(?:bid|tender))",
    )
)
LATER_COVER = _any_of(("commit(?:s|ment)?", "undertak(?:e|es|ing)", "promises?", "contract (?:starts|begins)"))
ONE_GROUP = _any_of(
    (
        "chairman",
        "manpower",
        "housewi(?:fe|ves)",
        "his or her (?:husband|wife)",
        "mothers? only",
        "(?:christian|church) values",
        "native (?:english )?speakers?",
        "able[- ]bodied",
        "the elderly",
        "the disabled",
    )
)
FIGURE = r"\s*(£?[0-9][0-9,.]*%?)"
AT_BOUNDARY = (  # words, whether more or less is wanted, whether the figure itself is enough
    (r"(?:at least|not? less than|minimum of|≥|>=)", "more", True),
    (r"(?<!no )(?<!not )(?:more than|above|over|exceeding|>(?!=))", "more", False),
    (r"(?:at most|not? more than|up to|maximum of|≤|<=)", "less", True),
    (r"(?<!no )(?<!not )(?:less than|fewer than|below|under|<(?!=))", "less", False),
)


def plain(text: str) -> str:
    """Reduce a text to its words, for comparison.

    >>> plain("  Meets the need, fully. ") == plain("meets the need - fully")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


def vague_word(text: str) -> str:
    """Give the first vague word of a text that has no figure and no exact condition; else an empty text.

    >>> vague_word("Adequate insurance"), vague_word("Adequate insurance, of at least £5,000,000")
    ('Adequate', '')
    """
    found = VAGUE.search(text)
    return found.group() if found and not MEASURED.search(text) else ""


def first(words: re.Pattern[str], text: str) -> str:
    """Give the first of these words in a text, or an empty text."""
    found = words.search(text)
    return found.group() if found else ""


def torn_boundary(text: str) -> str:
    """Give a figure that one part of the text lets pass and another does not, or an empty text.

    >>> torn_boundary("Scores at least 50%. Bids must score more than 50% to pass."), torn_boundary("At least 50%")
    ('50%', '')
    """
    uses = [
        (figure.rstrip(".,"), side, enough)
        for words, side, enough in AT_BOUNDARY
        for figure in re.findall(words + FIGURE, text, re.IGNORECASE)
    ]
    torn = [figure for figure, side, enough in uses if (figure, side, not enough) in uses]
    return min(torn, default="")
