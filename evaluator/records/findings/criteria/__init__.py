"""Findings about reading and sealing criteria, in words, and with them all others about criteria."""

from evaluator.records.findings.authorities import ASSESSED, BROMCOM, IMPORTANCE, LOTS
from evaluator.records.findings.criteria import award as criteria_award
from evaluator.records.findings.criteria import by_name as criteria_by_name
from evaluator.records.findings.criteria import marking as criteria_marking
from evaluator.records.findings.criteria import procurement as criteria_procurement
from evaluator.records.findings.criteria import prose as criteria_prose
from evaluator.records.findings.criteria import rules as criteria_rules
from evaluator.records.findings.criteria import sections as criteria_sections
from evaluator.records.findings.criteria import structure as criteria_structure
from evaluator.records.findings.criteria import words as criteria_words
from evaluator.records.findings.criteria.methods import choice as criteria_choice
from evaluator.records.findings.criteria.methods import measured as criteria_measured
from evaluator.records.findings.criteria.methods import several_marks as criteria_several_marks
from evaluator.records.findings.criteria.methods import stages as criteria_stages
from evaluator.records.findings.entry import BLOCKS, Entry

READING = (
    Entry(
        "E-CRIT-001",
        BLOCKS,
        "The key {key} {problem}.",
        "Mend it as docs/criteria.md describes, and publish again if the criteria were already sealed.",
        example={"key": "rounding.mode", "problem": "is missing"},
    ),
    Entry(
        "E-CRIT-002",
        BLOCKS,
        "The file {file} is not readable TOML: {problem}.",
        "Correct the line named; every text stands in quotes and every table heading in square brackets.",
        example={"file": "programme.toml", "problem": "expected '=' after a key (at line 3, column 9)"},
    ),
    Entry(
        "E-CRIT-003",
        BLOCKS,
        "The theme in {file} calls itself {theme}.",
        "Name the file after the theme's id, {theme}.toml, or correct the id.",
        example={"file": "themes/advice.toml", "theme": "advise"},
    ),
    Entry(
        "E-CRIT-004",
        BLOCKS,
        "The criteria do not say how numbers are rounded: {key} {problem}.",
        'Publish [rounding] with places, mode, point and source, for example 2, "half_up" and "parts".',
        ASSESSED,
        example={"key": "rounding.mode", "problem": "is missing"},
        workbook="Fill in the part “Rounding” of the sheet Moderation and ties, with its source.",
    ),
    Entry(
        "E-CRIT-005",
        BLOCKS,
        "The criteria do not say how several marks become the one that counts: {key} {problem}.",
        'Publish moderation.method as "consensus": a panel agrees one mark on the scale, with its reason. For a '
        "grant it can also be mean, median, trimmed_mean or sum.",
        BROMCOM,
        example={"key": "moderation.method", "problem": "is average"},
    ),
    Entry(
        "E-CRIT-006",
        BLOCKS,
        "The criteria do not say what decides between equal totals: {key} {problem}.",
        'Publish [tie_break] with order and source, for example ["quality", "lower_price"].',
        ASSESSED,
        example={"key": "tie_break", "problem": "is missing"},
        workbook="Fill in the part “Tie-break” of the sheet Moderation and ties, for example quality; lower_price.",
    ),
    Entry(
        "E-CRIT-007",
        BLOCKS,
        "The criteria have rules of award and no mechanism that applies them: {key} {problem}.",
        'Publish allocation.method: "optimise", "priority" or "fixed_lots", as docs/allocation.md explains them.',
        LOTS,
        example={"key": "allocation.method", "problem": "is missing"},
    ),
    Entry(
        "E-CRIT-008",
        BLOCKS,
        "The theme in {file} publishes no weights: {key} {problem}.",
        "Publish [weights]: every question and the price that counts, together exactly 100.",
        IMPORTANCE,
        example={"file": "themes/advice.toml", "key": "weights", "problem": "is missing"},
    ),
    Entry(
        "E-CRIT-009",
        BLOCKS,
        "Price is scored by no method: {key} {problem}.",
        "Publish price.method, one of those that docs/criteria.md lists, or leave the whole [price] table out.",
        ASSESSED,
        example={"key": "price.method", "problem": "is missing"},
        workbook="Choose a method in the part “How price is scored”, or clear that part.",
    ),
    Entry(
        "E-SEAL-001",
        BLOCKS,
        "The criteria {reference} have not been sealed, so nobody can show that these are what was published.",
        "Seal them with: evaluator publish CRITERIA --date YYYY-MM-DD, before bids are opened.",
        ASSESSED,
        example={"reference": "THCC-2027"},
    ),
    Entry(
        "E-SEAL-002",
        BLOCKS,
        "The criteria are not the ones that were sealed on {date}: the seal says {sealed}…, these give {found}….",
        "Put the published files back. If the change was lawfully published, seal it as a new version.",
        ASSESSED,
        example={"date": "2026-09-01", "sealed": "0123456789ab", "found": "ba9876543210"},
    ),
    Entry(
        "E-SEAL-003",
        BLOCKS,
        "The seal beside the criteria cannot be read.",
        "Put back the seal.json that was published; never write one by hand.",
        ASSESSED,
    ),
    Entry(
        "E-SEAL-004",
        BLOCKS,
        "The seal is dated {sealed}, after {what} of {date}; criteria are published before bids are judged.",
        "Put back the seal that was published; if the date in it is wrong, find out why before anybody relies on it.",
        ASSESSED,
        example={"sealed": "2027-01-01", "what": "the decision on B028", "date": "2026-11-12"},
    ),
)
ENTRIES = (
    READING
    + criteria_marking.ENTRIES
    + criteria_award.ENTRIES
    + criteria_several_marks.ENTRIES
    + criteria_measured.ENTRIES
    + criteria_rules.ENTRIES
    + criteria_choice.ENTRIES
    + criteria_sections.ENTRIES
    + criteria_structure.ENTRIES
    + criteria_words.ENTRIES
    + criteria_procurement.ENTRIES
    + criteria_by_name.ENTRIES
    + criteria_prose.ENTRIES
    + criteria_stages.ENTRIES
)
