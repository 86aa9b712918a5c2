"""Findings about equality, in words. All are notes: equality data never changes or blocks a score or an award."""

from evaluator.records.findings.entry import NOTE, Entry

DUTY = "Equality Act 2010 s.149"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "E-EQUALITY-001",
        NOTE,
        "The organisation of this row has not bid, so the row is not counted.",
        "If it has bid, write its id as the register does; if not, delete the row.",
        DUTY,
    ),
    Entry(
        "E-EQUALITY-002",
        NOTE,
        "This organisation already has a row, at {first}. Where the two replies differ, it counts as not known.",
        "Keep the row that is right and delete the other.",
        DUTY,
        {"first": "A8"},
    ),
    Entry(
        "E-EQUALITY-003",
        NOTE,
        "The reply in this cell is not one that “{title}” offers, so it counts as not known.",
        "Choose one of the published replies, or “Prefer not to say”, “No reply” or “Not asked”.",
        DUTY,
        {"title": "Led by women"},
    ),
    Entry(
        "E-EQUALITY-004",
        NOTE,
        "There is no row in the equality monitoring for {number} of the organisations that bid: {organisations}.",
        "Add a row for each, with “No reply” or “Not asked” where that is so. Until then they count as not known.",
        DUTY,
        {"number": 2, "organisations": "ORG-03, ORG-11"},
    ),
    Entry(
        "E-EQUALITY-005",
        NOTE,
        "The equality monitoring has no column for “{title}”, so every organisation counts as not asked.",
        "If it was asked, add a column headed “{title}” or “{key}”.",
        DUTY,
        {"title": "Led by women", "key": "led_by_women"},
    ),
    Entry(
        "E-EQUALITY-006",
        NOTE,
        "The benchmarks of the equality analysis cannot be used: {problem}.",
        "Write each as docs/equality.md shows: kind, of, title, source, date, and numbers with a total or percents.",
        DUTY,
        {"problem": "baseline.0.source: Field required"},
    ),
    Entry(
        "E-EQUALITY-007",
        NOTE,
        "“{amount}” is not an amount in pounds, so this award of the other programme is not counted.",
        "Write a plain amount such as 12000 or £12,000.50.",
        DUTY,
        {"amount": "12k"},
    ),
    Entry(
        "E-EQUALITY-008",
        NOTE,
        "The organisation of this row is in the record of deletions and has a reply again; it is not counted.",
        "Delete the reply again, or take the line out of the record if the organisation has agreed anew.",
        "UK GDPR article 17; Data Protection Act 2018 schedule 1 paragraph 8(5)",
    ),
    Entry(
        "E-EQUALITY-009",
        NOTE,
        "A benchmark is of “{of}”, which is no question of the equality monitoring, nor ward, nor group.",
        "Write the id of a question, or ward or group.",
        DUTY,
        {"of": "led_by_woman"},
    ),
    Entry(
        "E-EQUALITY-010",
        NOTE,
        "The last round’s figures cannot be used: {problem}.",
        "Copy the earlier run’s outcome.json to equality/last_round.json, or write equality/last_round.toml as"
        " docs/equality.md shows.",
        DUTY,
        {"problem": "group.0.awards: Field required"},
    ),
    Entry(
        "E-EQUALITY-011",
        NOTE,
        "The last round’s figures have “{group}” of “{question}”, which this round’s monitoring does not ask for, so it"
        " is not set beside anything.",
        "Write the id of this round’s question and its reply if they mean the same; if they do not, leave it out.",
        DUTY,
        {"group": "Women", "question": "led_by_sex"},
    ),
    Entry(
        "E-EQUALITY-012",
        NOTE,
        "The last round’s figures of “{group}” of “{question}” have a number under {threshold}, so none of them is"
        " shown.",
        "Take the group out of the file, which goes into the bundle: only numbers that the last round published, and"
        " that this round’s threshold allows, belong there.",
        "UK GDPR articles 5(1)(c) and 9",
        {"group": "Mostly women", "question": "led_by_sex", "threshold": 10},
    ),
)
