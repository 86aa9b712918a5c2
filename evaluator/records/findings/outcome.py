"""Findings about what a run came to, in words."""

from evaluator.records.findings.entry import BLOCKS, DECIDE, Entry

ENTRIES = (
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
