"""Rules of award in words: what each kind is for, and the sentence that bidders will read."""

import re
from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from evaluator.desk.pages.criteria.fields import taken
from evaluator.records.programme.rules import RULE_KINDS, Rule
from evaluator.records.programme.written.entries import Spot
from evaluator.records.programme.written.files import THEMES, Plain
from evaluator.records.programme.written.layout import rule_items
from evaluator.reporting.appendix.rule_words import rule_sentence

MARKS = re.compile(r"``([^`]+)``")
QUOTE = '"'


def kind_words(kind: str) -> tuple[str, str]:
    """Give what a kind of rule is called, and what it demands, in a sentence."""
    record = RULE_KINDS.get(kind)
    first = (record.__doc__ or "").strip().partition("\n\n")[0] if record else ""
    labels = {item.key: item.label for item in rule_items(kind)} if record else {}
    words = MARKS.sub(lambda found: f"“{labels.get(found[1], found[1]).strip(QUOTE)}”", first)
    name = kind.replace("_", " ")
    return f"{name[:1].upper()}{name[1:]}", " ".join(words.split())


def sentence_of(kind: str, typed: Mapping[str, str], spot: Spot, files: Mapping[str, Plain]) -> str:
    """Give the sentence that bidders will read of a rule; empty while something that it needs is missing."""
    values = {item.key: taken(item, typed.get(item.key, "")) for item in rule_items(kind)}
    plain = {key: value for key, value in values.items() if value is not None} | {"kind": kind}
    if "theme" in RULE_KINDS[kind].model_fields and spot.file.startswith(THEMES):
        plain.setdefault("theme", str(files.get(spot.file, {}).get("id", "")))
    titles = {
        str(one.get("id", "")): str(one.get("title") or one.get("id", ""))
        for name, one in files.items()
        if name.startswith(THEMES)
    }
    try:
        return rule_sentence(TypeAdapter(Rule).validate_python({"id": "R"} | plain), titles)
    except (ValidationError, KeyError):
        return ""
