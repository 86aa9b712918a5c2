"""A small valid set of criteria as plain values, to be broken in one place at a time."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from evaluator.records.programme.criteria import Criteria

Plain = dict[str, Any]
Change = Callable[[Plain], object]


def _question(name: str, text: str, outcome: str, **more: object) -> Plain:
    answer = f"The answer names who does what, and by when, for {name}."
    return {
        "id": name,
        "title": name,
        "text": text,
        "good_answer": answer,
        "outcomes": [outcome],
        **more,
        "source": "4",
    }


def _theme(name: str, own: str, text: str) -> Plain:
    return {
        "id": name,
        "title": name.title(),
        "source": "2",
        "weights": {"C1": "20", "C2": "10", own: "30", "price": "40"},
        "minimum_marks": {own: "2"},
        "minimum_quality": "50%",
        "question": [_question(own, text, "skills")],
        "rule": [{"id": f"{name}-awards", "kind": "theme_awards", "theme": name, "least": 1, "most": 4, "source": "7"}],
    }


SMALL: Plain = {
    "schema": 1,
    "reference": "SMALL-1",
    "title": "A small programme",
    "authority": "A council",
    "regime": "pa2023",
    "version": "1.0",
    "years": ["2027-28", "2028-29"],
    "source": "1",
    "procurement": {
        "procedure": "open",
        "estimated_value": "300000",
        "first_act": "tender_notice",
        "first_act_date": "2027-01-11",
        "tenders_close": "2027-02-26T12:00",
    },
    "outcomes": {"need": "Need is met", "skills": "People learn"},
    "approaches": {"prevention": "Early help"},
    "scale": {
        "source": "3",
        "mark": [
            {"mark": "0", "label": "None", "descriptor": "Nothing bears on the question."},
            {"mark": "1", "label": "Part", "descriptor": "A main part is missing."},
            {"mark": "2", "label": "Most", "descriptor": "Every main part is there; evidence is thin."},
            {"mark": "3", "label": "Full", "descriptor": "Every part is there, with evidence for each."},
        ],
    },
    "gate": [
        {
            "id": "insurance",
            "title": "Insurance",
            "question": "Are you insured?",
            "kind": "procedural",
            "predicate": "Pass: public liability cover of at least £2,000,000 is in force on 1 April 2027.",
            "on_failure": "The head of service decides, after hearing the bidder.",
            "source": "5",
        },
        {
            "id": "debarment",
            "title": "Debarment list",
            "question": "Do you stand on the debarment list?",
            "kind": "exclusion",
            "ground": "debarment",
            "predicate": "Pass: no entry of the list names the supplier on the closing date.",
            "on_failure": "The head of service decides.",
            "source": "5",
        },
    ],
    "price": {
        "method": "fixed_limits",
        "parameters": {"lowest": "10000", "highest": "90000"},
        "below_mean": "40%",
        "source": "6",
    },
    "rounding": {"places": 2, "mode": "half_up", "point": "parts", "source": "6"},
    "moderation": {"method": "consensus", "least_evaluators": 2, "spread_trigger": "2", "source": "3"},
    "tie_break": {"order": ["quality", "question:C1", "lower_price"], "source": "6"},
    "allocation": {
        "method": "optimise",
        "tie_break": ["lower_cost"],
        "source": "7",
        "rule": [
            {"id": "R1", "kind": "budget", "limit": "300000", "source": "7"},
            {"id": "R2", "kind": "year_budget", "year": "2027-28", "limit": "150000", "source": "7"},
            {"id": "R3", "kind": "theme_budget", "theme": "*", "least": "20000", "limit": "200000", "source": "7"},
            {"id": "M1", "kind": "merit_order", "theme": "*", "source": "7"},
        ],
    },
    "equality": {
        "threshold": 10,
        "source": "8",
        "characteristic": [
            {"id": "sex", "title": "Led by", "about": "led_by", "values": ["Women", "Men"], "source": "8"},
        ],
    },
    "common": [
        _question("C1", "What need do you meet?", "need", relative_weight="2"),
        _question("C2", "How will you prevent it?", "need", relative_weight="1", approaches=["prevention"]),
    ],
    "themes": [
        _theme("north", "N1", "What will people learn in the north?"),
        _theme("south", "S1", "What will people learn in the south?"),
    ],
}


def small(*changes: Change) -> Criteria:
    """Give the small criteria after these changes to their plain values."""
    plain = deepcopy(SMALL)
    for change in changes:
        change(plain)
    return Criteria.model_validate(plain)


def put(path: str, value: object) -> Change:
    """Give the change that puts a value at a dotted path, array entries counted from 0; None removes it."""

    def change(plain: Plain) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        held: Any = plain
        for part in way:
            held = held[part]
        if value is None:
            held.pop(last, None) if isinstance(held, dict) else held.pop(last)
        else:
            held[last] = deepcopy(value)

    return change


def add(path: str, value: object) -> Change:
    """Give the change that adds an entry to the array at a dotted path."""

    def change(plain: Plain) -> None:
        held: Any = plain
        for part in path.split("."):
            held = held[int(part) if part.isdigit() else part]
        held.append(deepcopy(value))

    return change


def both(*changes: Change) -> Change:
    """Give one change of several."""

    def change(plain: Plain) -> None:
        for one in changes:
            one(plain)

    return change
