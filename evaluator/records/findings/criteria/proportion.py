"""Findings about tiers, proportion, and the outcomes that questions test, in words."""

from evaluator.records.findings.authorities import CLEAR, IMPORTANCE, MEMORY, PROPORTIONATE
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

CONDITIONS = f"Procurement Act 2023 s.22: conditions of participation must be proportionate {MEMORY}"
TURNOVER = f"{CONDITIONS}; Public Contracts Regulations 2015 reg. 58(9): at most twice the contract value {MEMORY}"
INSURANCE = f"Procurement Act 2023 s.22(3): no insurance in place before the award {MEMORY}"
ACCOUNTS = f"Procurement Act 2023 s.22(3): no audited accounts from those who need not have them {MEMORY}"
YARDSTICK = f"{PROPORTIONATE}; the yardstick is our own"

TIERS = (
    Entry(
        "E-TIER-001",
        BLOCKS,
        "The theme {theme} {named}.",
        "Give it the tier of its yearly contract value, one of: {tiers}.",
        PROPORTIONATE,
        example={"theme": "advice", "named": "names no tier", "tiers": "small, large"},
    ),
    Entry(
        "E-TIER-002",
        BLOCKS,
        "The tier {tier} is listed after {other} and is not for larger contracts.",
        "List tiers from the smallest to the largest, each with its own up_to; only the last may have none.",
        CLEAR,
        example={"tier": "large", "other": "small"},
    ),
    Entry(
        "E-TIER-003",
        DECIDE,
        "The contracts of {theme} are worth up to £{value} a year, so its tier is not {tier}: {better}.",
        "Correct the theme's tier or its contract_value; or publish a tier for that size.",
        PROPORTIONATE,
        example={"theme": "advice", "value": "110,000", "tier": "small", "better": "it is of the tier medium"},
    ),
    Entry(
        "E-TIER-004",
        BLOCKS,
        "The tier {tier} asks {question} as an optional common question, and there is none of that id.",
        "Correct the id, or mark that question as optional = true in template.toml.",
        CLEAR,
        example={"tier": "small", "question": "C8"},
    ),
    Entry(
        "E-TIER-005",
        BLOCKS,
        "The theme {theme} gives a weight to the optional question {question}, which its tier ({tier}) does not ask.",
        "Remove the weight and share it out among the others, or name the question under optional of the tier.",
        IMPORTANCE,
        example={"theme": "advice", "question": "C8", "tier": "small"},
    ),
    Entry(
        "E-TIER-006",
        NOTE,
        "The optional question {question} is asked in no theme.",
        "Name it under optional of a tier that a theme has, or remove it.",
        CLEAR,
        example={"question": "C8"},
    ),
    Entry(
        "E-TIER-007",
        BLOCKS,
        "The question {question} is {theme}'s own and calls itself optional, which only common questions can be.",
        "Remove optional; a theme's own question is asked wherever the theme is.",
        CLEAR,
        example={"question": "AD1", "theme": "advice"},
    ),
    Entry(
        "E-TIER-008",
        NOTE,
        "The theme {theme} has the tier {tier} and does not say what its contracts are worth, so nobody can check it.",
        "Publish contract_value: the yearly value in pounds of the theme's dearest contract.",
        PROPORTIONATE,
        example={"theme": "advice", "tier": "small"},
    ),
    Entry(
        "E-TIER-009",
        DECIDE,
        "The tier {tier} asks for more than {other}, which is for larger contracts: {key} is {asked}, against {more}.",
        "Ask for no more of small contracts than of large ones.",
        PROPORTIONATE,
        example={"tier": "small", "other": "large", "key": "word_limit", "asked": "600", "more": "400"},
    ),
)
PROPORTION = (
    Entry(
        "E-TIER-011",
        DECIDE,
        "In {what} a turnover of {asked} is asked for, above twice the yearly contract value.",
        "Ask for at most twice that value, or for what the contract needs, such as a cash-flow forecast.",
        TURNOVER,
        example={"what": "the gate finance", "asked": "three times"},
    ),
    Entry(
        "E-TIER-012",
        DECIDE,
        "The tier {tier} asks for years of accounts ({years}), which a new organisation has not, and nothing instead.",
        "Say in instead_of_accounts what a new organisation may show, such as a bank statement and a budget.",
        ACCOUNTS,
        example={"tier": "small", "years": 2},
    ),
    Entry(
        "E-TIER-013",
        DECIDE,
        "The tier {tier} wants insurance in force before the award.",
        'Write insurance = "by_start": a bidder may promise to have it in force when the contract starts.',
        INSURANCE,
        example={"tier": "small"},
    ),
    Entry(
        "E-TIER-014",
        DECIDE,
        "The question {question} asks for {asked} words, and the theme's tier {tier} allows {most} for an answer.",
        "Lower its word_limit; until then the tier's limit is the one that counts.",
        PROPORTIONATE,
        example={"question": "AD1", "tier": "small", "asked": 400, "most": 300},
    ),
    Entry(
        "E-TIER-015",
        DECIDE,
        "The answers of {theme} may have {asked} words together, and its tier {tier} allows {most}.",
        "Ask fewer questions, or shorten the answers.",
        PROPORTIONATE,
        example={"theme": "advice", "tier": "small", "asked": "4,100", "most": "3,000"},
    ),
    Entry(
        "E-TIER-016",
        NOTE,
        "{theme} asks for {asked} for contracts of £{value} a year; in proportion would be at most {yardstick}.",
        "Ask for less, or be ready to say why so much is needed.",
        YARDSTICK,
        example={
            "theme": "advice",
            "asked": "12 reports a year",
            "value": "20,000",
            "yardstick": "one for every £5,000",
        },
    ),
)
AIMS = (
    Entry(
        "E-AIMS-001",
        NOTE,
        "The approach {name} is published, and no question tests it.",
        "Name it among the approaches of a question, or say that it is not scored.",
        CLEAR,
        example={"name": "co_production"},
    ),
    Entry(
        "E-AIMS-002",
        BLOCKS,
        "The theme {theme} names {name} as an outcome of its own, and the programme does not publish it.",
        "Correct the name, or publish it under [outcomes] of programme.toml.",
        CLEAR,
        example={"theme": "advice", "name": "rights"},
    ),
    Entry(
        "E-AIMS-003",
        DECIDE,
        "The theme {theme} is for {name}, and none of the questions that it scores tests that.",
        "Let one of its questions test it, or take it off the outcomes of the theme.",
        CLEAR,
        example={"theme": "advice", "name": "accessibility"},
    ),
    Entry(
        "E-AIMS-004",
        NOTE,
        "The question {question} tests how the work is done, and no outcome that it is done for.",
        "Name the outcomes that the approach serves: an approach is a process, not an outcome.",
        CLEAR,
        example={"question": "C5"},
    ),
    Entry(
        "E-AIMS-005",
        NOTE,
        "The programme publishes no outcomes, so nobody can see what its questions are for.",
        "Publish the outcomes under [outcomes], and let every question name those that it tests.",
        CLEAR,
    ),
)
ENTRIES = TIERS + PROPORTION + AIMS
