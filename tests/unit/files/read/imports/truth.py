"""A small programme whose marks and prices are known, for files of every layout to be made from."""

from pathlib import Path
from typing import Any

from evaluator.files.read.imports.known import known_of
from evaluator.files.read.imports.reading import Known
from evaluator.files.write.criteria_toml import toml_files
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Block, Table

LABELS = ("Unacceptable", "Poor", "Fair", "Satisfactory", "Good", "Excellent")
TITLES = {
    "Q1": "Understanding of local need",
    "Q2": "Delivery plan and staffing",
    "Q3": "Safeguarding of service users",
    "A1": "Advice that is accredited",
    "D1": "Devices and connections at home",
}


def _question(key: str) -> dict[str, Any]:
    return {
        "id": key,
        "title": TITLES[key],
        "text": f"Describe {TITLES[key].lower()}.",
        "good_answer": "…",
        "source": "1",
    }


def _theme(key: str, title: str, own: str) -> dict[str, Any]:
    weights = {"Q1": "20", "Q2": "20", "Q3": "10", own: "10", "price": "40"}
    return {"id": key, "title": title, "source": "1", "weights": weights, "question": [_question(own)]}


CRITERIA = Criteria.model_validate(
    {
        "schema": 1,
        "reference": "IMPORT",
        "title": "Small grants",
        "authority": "Small council",
        "regime": "pa2023",
        "version": "1",
        "years": ["2027", "2028"],
        "source": "1",
        "scale": {
            "source": "1",
            "mark": [{"mark": str(at), "label": label, "descriptor": "…"} for at, label in enumerate(LABELS)],
        },
        "gate": [
            {
                "id": "insurance",
                "title": "Insurance",
                "question": "Is it insured?",
                "predicate": "…",
                "on_failure": "…",
                "source": "1",
            },
            {
                "id": "exclusion",
                "title": "Grounds for exclusion",
                "question": "Does any apply?",
                "predicate": "…",
                "on_failure": "…",
                "source": "1",
            },
        ],
        "price": {"method": "lowest_price_ratio", "source": "1"},
        "rounding": {"places": 2, "mode": "half_up", "point": "parts", "source": "1"},
        "moderation": {"method": "consensus", "least_evaluators": 2, "source": "1"},
        "tie_break": {"order": ["quality"], "source": "1"},
        "common": [_question("Q1"), _question("Q2"), _question("Q3")],
        "themes": [_theme("advice", "Advice", "A1"), _theme("digital", "Digital inclusion", "D1")],
    }
)
BIDS = {
    "B1": ("advice", "Bow Advice Ltd"),
    "B2": ("advice", "Mile End Community Centre"),
    "B3": ("advice", "Poplar Law Project CIO"),
    "B4": ("digital", "Bow Advice Ltd"),
    "B5": ("digital", "Wapping Digital CIC"),
}
PEOPLE = {"E1": "Anna Khan", "E2": "Ben Okafor"}
ASKED = {"advice": ("Q1", "Q2", "Q3", "A1"), "digital": ("Q1", "Q2", "Q3", "D1")}
MARKS = {
    (bid, question, who): str((7 * at + 3 * place + 5 * number) % 6)
    for at, (bid, (theme, _)) in enumerate(BIDS.items())
    for place, question in enumerate(ASKED[theme])
    for number, who in enumerate(PEOPLE)
}
REASONS = {key: f"{key[2]} found this of {key[0]} on {key[1]}, with an example." for key in MARKS}
PRICES = {bid: (10_000 + 1_234 * at, 11_000 + 1_111 * at) for at, bid in enumerate(BIDS, 1)}


def _table(name: str, rows: list[dict[str, str]]) -> Table:
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    return Table(columns, (Block(f"{name}.xlsx", "", list(range(2, len(rows) + 2)), {}),))


def known(*, register: bool = True, panel: bool = True, criteria: Criteria = CRITERIA) -> Known:
    """What the programme tells before a file comes."""
    bids = [{"bid": bid, "theme": theme, "organisation": name, "name": name} for bid, (theme, name) in BIDS.items()]
    people = [{"evaluator": key, "theme": "*", "name": name} for key, name in PEOPLE.items()]
    return known_of(
        criteria, _table("register", bids) if register else None, _table("panel", people) if panel else None
    )


def programme_in(root: Path) -> Path:
    """Write a programme's folder with these criteria and the panel."""
    for name, content in toml_files(CRITERIA).items():
        path = root / "criteria" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (root / "bids").mkdir()
    rows = (f"{who},{theme},{name}\n" for who, name in PEOPLE.items() for theme in ASKED)
    (root / "bids" / "panel.csv").write_text("evaluator,theme,name\n" + "".join(rows), "utf-8")
    return root
