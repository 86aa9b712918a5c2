"""Findings about what a run came to, in words."""

from evaluator.records.findings.authorities import PUBLISHED
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

AWARDS = (
    Entry(
        "E-AWARD-001",
        BLOCKS,
        "It was not proven within {limits} that no set of awards is better; one with {gain} points more may be.",
        "Do not recommend these awards. Another machine gives the same; evaluator allocate --solver cbc asks the other "
        "solver. Where that proves nothing either, people must decide, lawfully and with reasons, what to do.",
        example={"limits": "100,000 nodes and 1,000,000 iterations", "gain": "1.04"},
    ),
    Entry(
        "E-AWARD-002",
        BLOCKS,
        "No set of awards keeps all the published rules: {rules} cannot hold together.",
        "People must decide, lawfully and with reasons, which of these rules to change, and tell the bidders.",
        example={"rules": "R2 and R7"},
    ),
    Entry(
        "E-AWARD-003",
        DECIDE,
        "{count} sets of awards are equal under every published objective and tie-break.",
        "People must choose among them by what was published, or draw lots openly; the report lists all the sets.",
        example={"count": 2},
    ),
)
CHOICE = (  # a final choice of people, held against the ranks and the rules
    Entry(
        "E-ALLOC-040",
        BLOCKS,
        "The awards as chosen break the published rule {rule}.",
        "Whoever chooses decides again within every rule: leave out another bid, or take this choice back.",
        PUBLISHED,
        {"rule": "Y1"},
    ),
    Entry(
        "E-ALLOC-041",
        BLOCKS,
        "{bid} is chosen {far} behind {other}, which has no award; at most {most} are published.",
        "Choose within the published reach, or take this choice back.",
        PUBLISHED,
        {"bid": "B012", "far": "3 ranks", "other": "B004", "most": "2 ranks"},
    ),
    Entry(
        "E-ALLOC-042",
        BLOCKS,
        "The choice is about {bid}, which cannot be funded: not ranked, below a minimum, or offered no sum.",
        "Take the row out: a choice is made among the bids that could be funded.",
        PUBLISHED,
        {"bid": "B012"},
    ),
    Entry(
        "E-ALLOC-043",
        NOTE,
        "In {theme} the choice passes over what is ranked first, {first}; awarded though ranked lower: {instead}.",
        "Be sure that the reasons carry this: report, record, letters and notice tell it as what it is.",
        PUBLISHED,
        {"theme": "advice", "first": "B004", "instead": "B012"},
    ),
    Entry(
        "E-ALLOC-044",
        NOTE,
        "The choice about {bid} changes nothing: the published method alone {what} as well.",
        "Nothing need be done.",
        example={"bid": "B012", "what": "funds it"},
    ),
    Entry(
        "E-ALLOC-045",
        BLOCKS,
        "{bid} is chosen although the choice leaves out no bid of its theme; only an exchange is published.",
        "Take this choice back, or decide which bid it takes the place of.",
        PUBLISHED,
        {"bid": "B012"},
    ),
    Entry(
        "E-ALLOC-046",
        BLOCKS,
        "People chose, and the published method alone has come to no one set of awards that they could choose from.",
        "Settle first what the other findings say: rules that clash, or sets that are equal.",
        PUBLISHED,
    ),
)
ENTRIES = AWARDS + CHOICE
