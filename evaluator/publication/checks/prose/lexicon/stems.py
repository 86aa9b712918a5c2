"""What the forms of a word have in common."""

from collections.abc import Mapping
from functools import cache

IRREGULAR: Mapping[str, str] = {
    "made": "make",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "went": "go",
    "gone": "go",
    "goes": "go",
    "chose": "choose",
    "chosen": "choose",
    "held": "hold",
    "kept": "keep",
    "met": "meet",
    "won": "win",
    "paid": "pay",
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "sent": "send",
    "ran": "run",
    "stood": "stand",
    "came": "come",
    "got": "get",
    "drawn": "draw",
    "drew": "draw",
    "thrown": "throw",
    "lost": "lose",
    "begun": "begin",
    "fewer": "fewer",
    "cheaper": "cheap",
    "cheapest": "cheap",
    "dearer": "dear",
    "dearest": "dear",
    "lies": "lie",
    "ties": "tie",
    "tied": "tie",
    "judgment": "judgement",
    "used": "use",
    "notes": "note",
    "noted": "note",
    "uses": "use",
    "using": "use",
    "criteria": "criterion",
    "spent": "spend",
    "lent": "lend",
    "left": "leave",
}
KEPT = frozenset(
    [
        "none",
        "note",
        "is",
        "was",
        "has",
        "its",
        "this",
        "less",
        "as",
        "us",
        "yes",
        "plus",
        "series",
        "means",
        "has",
        "does",
        "always",
        "perhaps",
        "unless",
        "across",
    ]
)


@cache
def stem(word: str) -> str:
    """Give what the forms of a word have in common.

    >>> [stem(word) for word in ("scores", "scored", "varies", "bidding", "amended", "passes", "price", "given")]
    ['scor', 'scor', 'vary', 'bid', 'amend', 'pass', 'pric', 'giv']
    """
    word = IRREGULAR.get(word, word.removesuffix("'s").removesuffix("s'"))
    if word in KEPT:
        return word
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("ying", "y"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            root = word[: len(word) - len(ending)] + instead
            doubled = ending in ("ing", "ed") and root[-1] == root[-2] and root[-1] not in "slzf"
            return stem(root) if ending == "s" and root.endswith("ing") else root[:-1] if doubled else root
    return word
