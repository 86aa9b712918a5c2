"""Findings about equality, in words. Equality data never changes or blocks a score or an award; criteria can block."""

from evaluator.records.findings.authorities import DUE_REGARD, ERASURE, MINIMISATION
from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "E-EQUALITY-001",
        NOTE,
        "The organisation of this row has not bid, so the row is not counted.",
        "If it has bid, write its id as the register does; if not, delete the row.",
        DUE_REGARD,
    ),
    Entry(
        "E-EQUALITY-002",
        NOTE,
        "This organisation already has a row, at {first}. Where the two replies differ, it counts as not known.",
        "Keep the row that is right and delete the other.",
        DUE_REGARD,
        {"first": "A8"},
    ),
    Entry(
        "E-EQUALITY-003",
        NOTE,
        "The reply in this cell is not one that “{title}” offers, so it counts as not known.",
        "Choose one of the published replies, or “Prefer not to say”, “No reply” or “Not asked”.",
        DUE_REGARD,
        {"title": "Led by women"},
    ),
    Entry(
        "E-EQUALITY-004",
        NOTE,
        "There is no row in the equality monitoring for {number} of the organisations that bid: {organisations}.",
        "Add a row for each, with “No reply” or “Not asked” where that is so. Until then they count as not known.",
        DUE_REGARD,
        {"number": 2, "organisations": "ORG-03, ORG-11"},
    ),
    Entry(
        "E-EQUALITY-005",
        NOTE,
        "The equality monitoring has no column for “{title}”, so every organisation counts as not asked.",
        "If it was asked, add a column headed “{title}” or “{key}”.",
        DUE_REGARD,
        {"title": "Led by women", "key": "led_by_women"},
    ),
    Entry(
        "E-EQUALITY-006",
        NOTE,
        "The benchmarks of the equality analysis cannot be used: {problem}.",
        "Write each as docs/equality.md shows: kind, of, title, source, date, and numbers with a total or percents.",
        DUE_REGARD,
        {"problem": "baseline.0.source: Field required"},
    ),
    Entry(
        "E-EQUALITY-007",
        NOTE,
        "“{amount}” is not an amount in pounds, so this award of the other programme is not counted.",
        "Write a plain amount such as 12000 or £12,000.50.",
        DUE_REGARD,
        {"amount": "12k"},
    ),
    Entry(
        "E-EQUALITY-008",
        NOTE,
        "The organisation of this row is in the record of deletions and has a reply again; it is not counted.",
        "Delete the reply again, or take the line out of the record if the organisation has agreed anew.",
        ERASURE,
    ),
    Entry(
        "E-EQUALITY-009",
        NOTE,
        "A benchmark is of “{of}”, which is no question of the equality monitoring, nor ward, nor group.",
        "Write the id of a question, or ward or group.",
        DUE_REGARD,
        {"of": "led_by_woman"},
    ),
    Entry(
        "E-EQUALITY-010",
        NOTE,
        "The last round’s figures cannot be used: {problem}.",
        "Copy the earlier run’s outcome.json to equality/last_round.json, or write equality/last_round.toml as"
        " docs/equality.md shows.",
        DUE_REGARD,
        {"problem": "group.0.awards: Field required"},
    ),
    Entry(
        "E-EQUALITY-011",
        NOTE,
        "The last round’s figures have “{group}” of “{question}”, which this round’s monitoring does not ask for, so it"
        " is not set beside anything.",
        "Write the id of this round’s question and its reply if they mean the same; if they do not, leave it out.",
        DUE_REGARD,
        {"group": "Women", "question": "led_by_sex"},
    ),
    Entry(
        "E-EQUALITY-012",
        NOTE,
        "The last round’s figures of “{group}” of “{question}” have a number under {threshold}, so none of them is"
        " shown.",
        "Take the group out of the file, which goes into the bundle: only numbers that the last round published, and"
        " that this round’s threshold allows, belong there.",
        MINIMISATION,
        {"group": "Mostly women", "question": "led_by_sex", "threshold": 10},
    ),
    Entry(
        "E-EQUALITY-013",
        NOTE,
        "No consideration of the equality figures stands: {why}. Letters, notice and release are drafts until then.",
        "Have those who decide read the equality impact document, and write down what they made of it before they"
        " decide: evaluator equality consider CRITERIA BIDS --person NAME --date YYYY-MM-DD --text TEXT.",
        DUE_REGARD,
        {"why": "nobody has written one"},
    ),
    Entry(
        "E-EQUALITY-014",
        NOTE,
        "Nothing was monitored for equality, so there are no figures of it to consider.",
        "Those who decide consider the equality duty by what else is known, and write that into the record.",
        DUE_REGARD,
    ),
    Entry(
        "E-EQUALITY-015",
        NOTE,
        "The consideration of the equality figures cannot be read: {problem}.",
        "Write person, date, sha256 and text, each as a text, or have evaluator equality consider write them.",
        DUE_REGARD,
        {"problem": "it is not TOML (Invalid statement (at line 1, column 1))"},
    ),
    Entry(
        "E-EQUALITY-100",
        BLOCKS,
        "The grouping “{rung}” of “{title}” cannot be used: {problem}.",
        "Put every reply of the question into just one group, each rung of the ladder putting together groups of the"
        " one above it.",
        DUE_REGARD,
        {"rung": "Four groups", "title": "Ethnic group", "problem": "“Somali” is in two groups"},
    ),
    Entry(
        "E-EQUALITY-101",
        BLOCKS,
        "The bands of the equality figures are not in order, narrowest first and each once.",
        "Write their widths as a list such as [1, 5, 10]; 1 is an exact figure.",
        MINIMISATION,
    ),
    Entry(
        "E-EQUALITY-102",
        BLOCKS,
        "A margin of {margin} cannot be kept where counts under {few} share a band: the band has to be wider.",
        "Publish a larger number under few, or a margin at least two below it.",
        MINIMISATION,
        {"margin": 2, "few": 3},
    ),
    Entry(
        "E-EQUALITY-103",
        BLOCKS,
        "{alpha} is no level for a test of the primary family: it has to lie between 0 and 1.",
        "Write 0.05 unless there is a reason for another.",
        DUE_REGARD,
        {"alpha": "5"},
    ),
    Entry(
        "E-EQUALITY-104",
        BLOCKS,
        "The primary family names “{name}”, which is no question of the equality monitoring.",
        "Write the id of a question, or leave the name out.",
        DUE_REGARD,
        {"name": "led_by_woman"},
    ),
    Entry(
        "E-EQUALITY-105",
        BLOCKS,
        "The free word “{word}” is to stand for a reply that the question does not offer.",
        "Write the reply just as it stands under values.",
        DUE_REGARD,
        {"word": "new parents"},
    ),
    Entry(
        "E-EQUALITY-106",
        NOTE,
        "{count} under a word of their own for a group, which stands for no published one: {bids}.",
        "Add the word to [equality.words] of the next criteria, or write the published one into the register.",
        DUE_REGARD,
        {"count": "2 bids are counted", "bids": "B-03, B-11"},
    ),
    Entry(
        "E-EQUALITY-107",
        NOTE,
        "This earlier edition cannot be taken into account: it holds no public equality figures that this version"
        " reads.",
        "Give the folder, the bundle or the outcome.json of a run that made an equality impact document; if an older"
        " version made it, do not publish this edition beside it.",
        MINIMISATION,
    ),
)
