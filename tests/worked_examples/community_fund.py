"""A made-up community fund of the kind that councils publish: 200 points, scales of questions' own, and minimums.

Its shapes are those of published grant methods (tests/reference/scales.md): a section on the organisation with passes
and fails and a minimum that must be exceeded, a section on the project with a table of points, a scale from 0 to 8,
a question for information, and questions that may not apply.
"""

from pathlib import Path

PROGRAMME = """
schema = 1
reference = "FUND-1"
title = "Community fund"
authority = "An example council"
regime = "grant"
version = "1.0"
source = "Grants panel, 3 March 2026."
total = "200"

[procurement]
procedure = "grant_call"
first_act = "call"
first_act_date = "2026-09-01"
tenders_close = "2026-10-30T12:00"
source = "Grants panel, 3 March 2026."

[scale]
source = "Guidance, page 3."
mark = [
    { mark = "0", label = "None", descriptor = "Nothing bears on the question." },
    { mark = "1", label = "Part", descriptor = "A main part is missing." },
    { mark = "2", label = "Most", descriptor = "Every main part is there; evidence is thin." },
    { mark = "3", label = "Full", descriptor = "Every part is there, with evidence for each." },
]

[[scale_of]]
id = "levels"
source = "Guidance, page 4: a table of points."
questions = ["P1"]
mark = [
    { mark = "1", label = "Level 1", descriptor = "Four of the five aims are met.", points = "40" },
    { mark = "2", label = "Level 2", descriptor = "Three of the five aims are met.", points = "36" },
    { mark = "3", label = "Level 3", descriptor = "Two of the five aims are met.", points = "28" },
    { mark = "4", label = "Level 4", descriptor = "No aim is met.", points = "0" },
]

[[scale_of]]
id = "eight"
source = "Guidance, page 5."
sections = ["reach"]
mark = [
    { mark = "0", label = "Nothing", descriptor = "No group is named." },
    { mark = "4", label = "Some", descriptor = "A group is named; how it is reached is missing." },
    { mark = "6", label = "More", descriptor = "Groups are named, with how each is reached." },
    { mark = "8", label = "All", descriptor = "Groups are named, with how each is reached and how many come." },
]

[not_applicable]
decided_by = "the grants manager"
weight = "section"
questions = ["O3"]
source = "Guidance, page 6: O3 does not apply to organisations without premises."

[rounding]
places = 2
mode = "half_up"
point = "total"
source = "Guidance, page 7."

[moderation]
method = "consensus"
least_evaluators = 2
declarations_required = false
source = "Guidance, page 7."

[tie_break]
order = ["question:P1", "quality"]
source = "Guidance, page 7."

[allocation]
method = "priority"
source = "Guidance, page 8."

[[allocation.rule]]
id = "R1"
kind = "budget"
limit = "50000"
source = "Guidance, page 8."
"""

THEME = """
id = "fund"
title = "The fund"
source = "Guidance, page 2."
more_than = ["organisation"]
minimum_quality_points = "90"

[weights]
O2 = "30"
O3 = "20"
O4 = "30"
P1 = "40"
P2 = "50"
R1 = "30"

[minimum_marks]
P2 = "1"

[[section]]
id = "organisation"
title = "The organisation"
weight = "80"
questions = ["O1", "O2", "O3", "O4", "O5"]
minimum_points = "40"
source = "Guidance, page 2: more than 40 of 80."

[[section]]
id = "project"
title = "The project"
weight = "90"
questions = ["P1", "P2"]
source = "Guidance, page 2."

[[section]]
id = "reach"
title = "Reach"
weight = "30"
questions = ["R1"]
minimum_percent = "50%"
source = "Guidance, page 2."
"""

QUESTIONS = (
    ("O1", "Governance", "Is a constitution adopted?", 'answered = "pass_fail"'),
    ("O2", "Finance", "How do you keep within your budget?", ""),
    ("O3", "Premises", "How do you keep your premises safe?", ""),
    ("O4", "People", "Who leads the work, and what have they done before?", ""),
    ("O5", "Quality mark", "Do you hold a quality mark?", 'answered = "pass_fail"\nessential = false'),
    ("P1", "Aims", "Which of the five aims does the project meet?", ""),
    ("P2", "Plan", "What will happen, when, and who does it?", 'descriptors = { "3" = "Every step has a date." }'),
    ("R1", "Reach", "Whom do you reach, and how?", ""),
    ("I1", "Press", "Where may we write about your work?", 'answered = "information"'),
)
# B1 all of it; B2 has no premises; B3 fails O1; B4 has exactly 40 for the organisation; B5 is short of reach.
MARKS = {
    "B1": {"O1": "Pass", "O2": "3", "O3": "3", "O4": "3", "O5": "Pass", "P1": "1", "P2": "3", "R1": "8"},
    "B2": {"O1": "1", "O2": "2", "O4": "3", "O5": "Fail", "P1": "Level 2", "P2": "2", "R1": "6"},
    "B3": {"O1": "Fail", "O2": "3", "O3": "3", "O4": "3", "O5": "0", "P1": "1", "P2": "3", "R1": "8"},
    "B4": {"O1": "Pass", "O2": "1", "O3": "3", "O4": "1", "O5": "Pass", "P1": "2", "P2": "3", "R1": "8"},
    "B5": {"O1": "Pass", "O2": "3", "O3": "3", "O4": "3", "O5": "Pass", "P1": "1", "P2": "3", "R1": "Nothing"},
}
ASKS = {"B1": 20_000, "B2": 25_000, "B3": 10_000, "B4": 10_000, "B5": 10_000}


def write(folder: Path) -> tuple[Path, Path]:
    """Write criteria and bids into a folder, and give both."""
    criteria, bids = folder / "criteria", folder / "bids"
    (criteria / "themes").mkdir(parents=True)
    bids.mkdir()
    asked = "".join(
        f'[[question]]\nid = "{name}"\ntitle = "{title}"\ntext = "{text}"\nsource = "Guidance, page 2."\n{more}\n'
        f'good_answer = "Each part of {title} is named, with evidence for it."\n\n'
        for name, title, text, more in QUESTIONS
    )
    (criteria / "programme.toml").write_text(PROGRAMME, "utf-8")
    (criteria / "themes" / "fund.toml").write_text(f"{THEME}\n{asked}", "utf-8")
    register = [f"{bid},fund,O{bid},{price}" for bid, price in ASKS.items()]
    (bids / "register.csv").write_text("\n".join(["bid,theme,organisation,price", *register, ""]), "utf-8")
    rows = [(bid, question, mark) for bid, given in MARKS.items() for question, mark in given.items()]
    reason = "Names what was asked for with its evidence as page two of the bid shows it."
    own = [f"{bid},{question},{who},{mark},{reason}" for bid, question, mark in rows for who in ("E1", "E2")]
    (bids / "marks.csv").write_text("\n".join(["bid,question,evaluator,mark,reason", *own, ""]), "utf-8")
    agreed = [f"{bid},{question},{mark},{reason},{reason}" for bid, question, mark in rows]
    (bids / "consensus.csv").write_text("\n".join(["bid,question,mark,reason,for_bidder", *agreed, ""]), "utf-8")
    decided = "B2,question,O3,does_not_apply,It has no premises.,,A. Manager,2026-11-10,,,,,"
    heads = "bid,matter,subject,decision,reason,ground,person,date,heard,evidence,associate,recurs,notified"
    (bids / "decisions.csv").write_text(f"{heads}\n{decided}\n", "utf-8")
    return criteria, bids
