"""Texts that look alike and are not the same: letters of other alphabets, full-width letters, marks that nobody sees.

The pairs are those of confusables.txt of Unicode Technical Standard 39 (as confusable_homoglyphs 3.3.1 holds them) from
a Greek, Cyrillic or further Latin letter, or a sign, to one of ASCII; dashes and quotation marks too. What NFKC makes
equal, such as full-width letters and spaces that do not break, needs no pair.
"""

import unicodedata

PAIRS = (
    "ıiƄbƍgƖlƦRƧ2Ʒ3Ƽ5ƽsǀlȜ3Ȣ8ȣ8ͺiͿJΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXαaγyιiκkνvοoρpσoτtυuχxϒYϜFϨ2ϱpϲcϳjϹCϺM"
    "ЅSІIЈJАAВBЕEЗ3КKМMНHОOРPСCТTУYХXЬbаaб6гrеeкkоoрpсcтtуyхxѕsіiјjѡwѴVѵvҮYүyһhҽeӀIӏlӠ3ԁdԌGԛqԜWԝw"
    "‐-‑-‒-–-—-−-⁃-‘'’'‛'′'‵'‚,⁄/“\"”\""
)
LOOKS_LIKE = dict(zip(map(ord, PAIRS[::2]), PAIRS[1::2], strict=True))
ONE_STROKE = {ord("1"): "l", ord("i"): "l", ord("|"): "l", ord("0"): "o"}  # of small letters: a capital I is an l


def skeleton(text: str) -> str:
    r"""Give what an eye sees of a text, without capitals and with single spaces: alike texts have the same skeleton.

    >>> skeleton("Price\u200b") == skeleton("  pr\u0456ce") == skeleton("Ｐrice") == skeleton("PRICE")
    True
    >>> skeleton("Mark") == skeleton("Marks")
    False
    """
    if text.isascii():
        return " ".join(text.lower().translate(ONE_STROKE).split())
    seen = unicodedata.normalize("NFKC", text).translate(LOOKS_LIKE).casefold().translate(ONE_STROKE)
    if not seen.isascii():
        seen = "".join(one for one in seen if unicodedata.category(one) != "Cf" and not "\ufe00" <= one <= "\ufe0f")
    return " ".join(seen.split())


def odd_letters(text: str) -> str:
    r"""Name the characters of a text that can be taken for others or are not seen at all.

    >>> odd_letters("M\u0430rk\u200b")
    'CYRILLIC SMALL LETTER A, ZERO WIDTH SPACE'
    >>> odd_letters("Pr1ce")
    '1 for an l or an i, or 0 for an o'
    """
    odd = (one for one in dict.fromkeys(text) if not one.isascii() and skeleton(one) != one.casefold())
    named = ", ".join(unicodedata.name(one, f"U+{ord(one):04X}") for one in odd)
    return named or "1 for an l or an i, or 0 for an o"
