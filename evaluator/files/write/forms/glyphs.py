"""Which characters the fonts of a PDF have, and what stands in place of the others: text is described, never dropped.

The ranges were found by setting each character alone with the fonts that come with typst, under PDF/UA-1 and PDF/A-2a,
which refuse a page with a character that has no shape. Scripts that are written from right to left, or whose letters
join, are left out.
"""

import re
import unicodedata

from evaluator.records.english import count_of

SHOWN = (
    *((0x20, 0x7E), (0xA0, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x4FF)),
    *((0x1E00, 0x1EFF), (0x2000, 0x200D), (0x2010, 0x2027), (0x2030, 0x2040), (0x2044, 0x2052), (0x2070, 0x2071)),
    *((0x2074, 0x208E), (0x20A0, 0x20C0), (0x2100, 0x211E), (0x2120, 0x2120), (0x2122, 0x2122), (0x2126, 0x2151)),
    *((0x2153, 0x2184), (0x2190, 0x23FF), (0x2460, 0x262F), (0x2701, 0x2704), (0x2706, 0x2709), (0x270C, 0x2727)),
    *((0x2729, 0x274B), (0x2761, 0x277F), (0x2798, 0x27AF), (0x27B1, 0x2B73), (0xFB00, 0xFB06)),
)
WITHOUT = re.compile("[^\n" + "".join(f"{chr(low)}-{chr(high)}".replace("]", r"\]") for low, high in SHOWN) + "]+")
PLAIN = str.maketrans({"\t": " ", "\u2028": " ", "\u2029": " ", "\ufe0e": "", "\ufe0f": ""})  # and a sign's own style


def shown(text: str) -> str:
    """Give a text as a PDF can show it; a run of other characters becomes words in square brackets.

    >>> shown("Somali £5 – ½"), shown("well done \U0001f600"), shown("বাংলা group")
    ('Somali £5 – ½', 'well done [grinning face]', '[Bengali text, 5 characters: see the web page] group')
    """
    if text.isascii() and text.isprintable():
        return text
    return WITHOUT.sub(_described, text.translate(PLAIN))


def _described(found: re.Match[str]) -> str:
    kept = [one for one in found[0] if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn")]
    if not kept:
        return "" if all(unicodedata.category(one) in ("Cc", "Cf") for one in found[0]) else "[?]"
    if all(unicodedata.category(one).startswith("S") for one in kept):
        return "".join(f"[{unicodedata.name(one, 'a sign').lower()}]" for one in kept)
    script = unicodedata.name(kept[0], "other").split()[0].capitalize()
    return f"[{script} text, {count_of(len(kept), 'character', separator='')}: see the web page]"
