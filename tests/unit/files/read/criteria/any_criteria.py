"""Criteria of every shape that the records allow, for round trips: every key, every kind of rule, awkward texts."""

from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import Day, Moment, Published, is_money
from evaluator.records.programme.rules import Rule, RuleBase
from evaluator.records.programme.written.files import percents

AWKWARD = [
    *("", " ", " ends in space ", "=1+1", "+44", "-5", "@cell", "'quoted", '"quoted"', '""', '"""', "\\", "a\\nb"),
    *("two\nlines", "\nstarts with a line", "tab\there", "a;b", "a; b", "none", "json:", 'json:"x"', "Key", "key"),
    *("The theme", "Weights and minimum marks", "Outcomes", "_x0041_", "x005F_", "\r", "\x07", "\u202e", "\u2028"),
    *("1", "01", "1.50", "1e5", "20%", "TRUE", "2027-01-01", "#N/A", "£5", "a: b", ":", "é", "\U0001f600", "\u00a0"),
    *("# no comment", "[table]", "x" * 300, "word " * 60 + "end", 'she said """so"""', "ends with \\", "a  b", "price"),
]
TEXTS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=30),
    st.text("ab \\\"'\n#;:", max_size=160),
)
NUMBERS = st.one_of(
    st.sampled_from(["0", "1", "12.50", "0.1", "33.333333333333333333", "007", "1000000000000000000", "0.00"]),
    st.decimals(0, 10**6, places=2, allow_nan=False).map(lambda number: format(number, "f")),
)
DAYS = ["2024-02-29", "2027-01-11", "2027-12-31"]


def any_criteria() -> st.SearchStrategy[Criteria]:
    """Give any criteria; their themes have different ids."""
    return _record(Criteria).map(_with_theme_ids).map(Criteria.model_validate)


def _with_theme_ids(plain: dict[str, Any]) -> dict[str, Any]:
    for number, theme in enumerate(plain["themes"]):
        theme["id"] = f"{number}{theme['id']}"
    return plain


def _record(record: type[Published]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(record, include_extras=True)
    keys = {}
    for name, field in record.model_fields.items():
        made = _value(hints[name], name in percents(record), 2 if name == "mark" else int(name in AT_LEAST_ONE))
        made = SPECIAL.get((record.__name__, name), made)
        if name == "id" and issubclass(record, RuleBase):
            made = TEXTS.filter(str.strip)
        keys[field.alias or name] = made if field.is_required() else st.one_of(st.just(MISSING), made)
    return st.fixed_dictionaries(keys).map(lambda held: {k: v for k, v in held.items() if v is not MISSING})


MISSING = object()
PARTS = st.sampled_from(["0.5%", "12.50%", "100%"])  # of all of something
SPECIAL = {  # what the records hold to a narrower range
    ("Moderation", "trim"): st.sampled_from(["1", "2", "10%", "12.50%"]),
    ("ScoreBand", "share"): PARTS,
    ("Stage", "id"): st.sampled_from(["first", "S-2", "x_1", "9"]),
    ("Tranche", "share"): PARTS,
    ("Amounts", "step"): PARTS,
    ("Amounts", "least_share"): PARTS,
    ("Amounts", "by_rank"): st.lists(PARTS, max_size=3),
    ("EqualityPlan", "few"): st.integers(2, 6),
    ("Criteria", "area"): st.none(),  # the file that it names would have to be there: test_boundaries.py
    ("AllocationPolicy", "tied_cap"): st.integers(2, 99),
    ("AllocationPolicy", "level"): st.lists(
        st.fixed_dictionaries(
            {"share": st.sampled_from(["12.50%", "50%", "100%"]), "score": NUMBERS.map("{}%".format)}
        ),
        max_size=3,
        unique_by=lambda level: level["share"],
    ),
}
AT_LEAST_ONE = ("themes", "objective", "questions")


def _value(hint: Any, percent: bool, least: int) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        return _value(inner, percent, least)
    if get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) is tuple:
        return _value(get_args(hint)[0], percent, least)
    if hint == Rule:
        return st.one_of(*(_record(kind) for kind in get_args(get_args(Rule)[0])))
    if get_origin(hint) is tuple:
        return st.lists(_value(get_args(hint)[0], percent, 0), min_size=least, max_size=max(3, least))
    if get_origin(hint) is dict:
        return st.dictionaries(TEXTS, _value(get_args(hint)[1], percent, 0), max_size=3)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    return _plain(hint, percent)


def _plain(hint: Any, percent: bool) -> st.SearchStrategy[Any]:
    if hint in (Day, Moment):
        return st.sampled_from(DAYS if hint == Day else [f"{day}T09:30" for day in DAYS])
    if percent:
        return NUMBERS.map(lambda text: f"{text}%")
    if any(map(is_money, getattr(hint, "__metadata__", ()))):
        return NUMBERS.filter(lambda text: Decimal(text) == round(Decimal(text), 2))
    if get_origin(kind := getattr(hint, "__origin__", hint)) is Literal:
        return st.sampled_from(get_args(kind))
    plain = {bool: st.booleans(), int: st.integers(1, 6), Decimal: NUMBERS, str: TEXTS}
    return plain[kind] if kind in plain else _record(kind)
