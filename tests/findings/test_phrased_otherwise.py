"""The same faults in other words and by other keys than those of the one broken set a finding: they are found too."""

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from tests.unit.publication.small_criteria import add, both, put, small

WORDS, _ = read_check_words()
GATE = "gate.0.predicate"
TOP = "scale.mark.3.descriptor"
TEXT, ANSWER = "themes.0.question.0.text", "themes.0.question.0.good_answer"
OTHER = {
    "id": "quality",
    "title": "Quality",
    "question": "Is it good enough?",
    "on_failure": "The head of service decides.",
    "source": "5",
}


def rule(kind, **keys):
    return add("allocation.rule", {"id": "R9", "kind": kind, "source": "7", **keys})


VARIANTS = [
    ("E-CRIT-207", put(TOP, "Goes over and above the specification.")),
    ("E-CRIT-207", put(TOP, "All four parts are there, and the answer offers added value.")),
    ("E-CRIT-207", put(TOP, "Exceeds the requirement in every respect within the answer.")),
    ("E-CRIT-207", put(TOP, "Offers considerably more than is required.")),
    ("E-CRIT-207", put(TOP, "An outstanding response that surpasses expectations")),
    ("E-CRIT-713", put(ANSWER, "The answer names the people and exceeds the requirement.")),
    ("E-CRIT-209", put("scale.mark.2.descriptor", "A main part is largely missing.")),
    ("E-CRIT-203", put("scale.mark.2.descriptor", "a MAIN part is  missing")),
    ("E-CRIT-202", put("scale.mark.2.descriptor", "")),
    ("E-CRIT-714", put("scale.mark.2.descriptor", "TBC")),
    ("E-CRIT-714", put(GATE, "Pass: to be determined by the panel")),
    ("E-CRIT-302", put(GATE, "The bidder holds suitable insurance.")),
    ("E-CRIT-302", put(GATE, "Adequate insurance is in force.")),
    ("E-CRIT-308", put(GATE, "Finances of 3 years are satisfactory to the council.")),
    ("E-CRIT-308", put(GATE, "At the council's discretion, cover of at least £1.")),
    ("E-CRIT-305", put(GATE, "Scores at least 50%. Bids must score more than 50% to pass.")),
    ("E-CRIT-305", put(GATE, "50% or more passes. 50% or below fails.")),
    ("E-CRIT-305", both(put("gate.0.question", "Is the score above 50 per cent?"), put(GATE, "Pass: at least 50%."))),
    (
        "E-CRIT-306",
        both(put(GATE, "Pass: quality of at least 50."), add("gate", OTHER | {"predicate": "Quality above 50"})),
    ),
    ("E-CRIT-306", put("themes.0.summary", "Bids must score more than 50% for quality.")),
    ("E-CRIT-306", put("themes.0.summary", "A quality score of 50% or less is not enough.")),
    (
        "E-CRIT-306",
        both(put("allocation.minimum_score", "50"), put("allocation.source", "Only totals above 50 are funded.")),
    ),
    ("E-CRIT-307", put("gate.0.on_failure", "Bids that fail will be excluded.")),
    ("E-CRIT-307", put("gate.0.on_failure", "The bid is disqualified and will not be considered further.")),
    ("E-CRIT-704", put(TEXT, "Tell us: what need do you meet?")),
    ("E-CRIT-704", both(put(ANSWER, "The answer names who does what, and by when, for C1."))),
    ("E-CRIT-705", put(TEXT, "What is your organisation's annual turnover?")),
    ("E-CRIT-705", put(TEXT, "Describe your track record and past performance.")),
    ("E-CRIT-705", put(TEXT, "Show that you are of sound financial standing and give two references.")),
    ("E-CRIT-705", put(ANSWER, "The answer gives a credit rating.")),
    ("E-CRIT-705", put(TEXT, "Which accreditations do you hold, such as ISO 9001?")),
    ("E-CRIT-715", put(TEXT, "How competitive is your price?")),
    ("E-CRIT-715", put(ANSWER, "The answer shows that the service is cost-effective.")),
    ("E-CRIT-117", put(ANSWER, "The answer names the people. Preference will be given to those in the borough.")),
    ("E-CRIT-117", put(TEXT, "What will people learn? More weight is given to the first part.")),
    ("E-CRIT-118", put(TEXT, "What will people learn? This is worth 40 marks.")),
    ("E-CRIT-118", put("common.0.title", "Need (15%)")),
    ("E-CRIT-702", put(ANSWER, "A comprehensive and well thought through approach.")),
    ("E-CRIT-709", put(GATE, "Pass: the bidder is based in the county.")),
    ("E-CRIT-709", put(TEXT, "Only organisations from the borough may bid.")),
    ("E-CRIT-710", put(GATE, "Pass: accounts for the last three years are given.")),
    ("E-CRIT-710", put(GATE, "Pass: the organisation has been established for at least 5 years.")),
    ("E-CRIT-710", put(GATE, "Pass: an annual turnover of at least £500,000.")),
    ("E-CRIT-710", put(GATE, "Pass: the bidder employs at least 10 staff.")),
    ("E-CRIT-711", put(GATE, "Pass: certificates of insurance of £5m are sent with the bid.")),
    ("E-CRIT-711", put(GATE, "Pass: the bidder already has insurance of £5m at the closing date.")),
    ("E-CRIT-712", put(TEXT, "How will the chairman and his staff work?")),
    ("E-CRIT-712", put(TEXT, "How will you serve the disabled and those suffering from disability?")),
    ("E-CRIT-515", put("rounding.source", "Scores are rounded to whole numbers.")),
    ("E-CRIT-516", put("moderation.source", "The final mark is the mean of the evaluators' marks.")),
    ("E-CRIT-618", put("allocation.source", "Each bidder can be awarded at most two lots.")),
    ("E-CRIT-618", put("themes.0.summary", "Bidders are limited to one theme.")),
    ("E-CRIT-207", put(TOP, "Goes further than the specification and offers what was not asked for.")),
    ("E-CRIT-207", put(TOP, "Every part is there, plus extra benefits that were not requested.")),
    ("E-CRIT-207", put(TOP, "Above the required standard in every respect.")),
    (
        "E-CRIT-209",
        both(put("scale.mark.1.descriptor", "Thin evidence."), put("scale.mark.2.descriptor", "Moderate evidence.")),
    ),
    ("E-CRIT-302", put(GATE, "The bidder is financially viable.")),
    ("E-CRIT-302", put(GATE, "Pass: no concerns.")),
    ("E-CRIT-308", put(GATE, "Pass: officers are satisfied that cover of £2,000,000 is held.")),
    ("E-CRIT-307", put("gate.0.on_failure", "Failure results in exclusion.")),
    ("E-CRIT-307", put("gate.0.on_failure", "Your bid will not be scored.")),
    ("E-CRIT-307", put("gate.0.on_failure", "Bids that fail will be ruled out.")),
    ("E-CRIT-117", put(ANSWER, "The answer names who learns what; the first part counts for more.")),
    ("E-CRIT-117", put(ANSWER, "The answer names who learns what. Preferably in Bengali.")),
    ("E-CRIT-118", put(TEXT, "What will people learn? [25 points]")),
    ("E-CRIT-519", put("themes.0.summary", "The minimum quality score is 60%.")),
    ("E-CRIT-519", put("themes.0.summary", "Bids below 40 per cent for quality are not ranked.")),
    (
        "E-CRIT-519",
        both(put("themes.0.minimum_quality", None), put("themes.0.summary", "Quality of at least 55% passes.")),
    ),
    ("E-CRIT-519", put("allocation.source", "Only bids that score 70% or more for quality are funded.")),
    ("E-CRIT-702", put(ANSWER, "A convincing and compelling proposal.")),
    ("E-CRIT-705", put(TEXT, "What experience does your organisation have of running services like this?")),
    ("E-CRIT-705", put(TEXT, "What insurances do you carry?")),
    ("E-CRIT-715", put(TEXT, "What is the cost per head of your service?")),
    ("E-CRIT-709", put(TEXT, "Applicants must be locally based.")),
    ("E-CRIT-709", put(GATE, "Pass: at least 1 office within 2 miles of the Town Hall.")),
    ("E-CRIT-710", put(GATE, "Pass: the bidder has traded for no fewer than 3 years.")),
    ("E-CRIT-710", put(GATE, "Pass: at least 2 contracts of similar value in the last 5 years.")),
    ("E-CRIT-711", put(GATE, "Pass: proof of £5m insurance is supplied at tender stage.")),
    ("E-CRIT-711", put(GATE, "Pass: the bidder currently holds insurance of at least £5m.")),
    ("E-CRIT-714", put(GATE, "Pass: cover of £[amount] is in force.")),
    ("E-CRIT-714", put(ANSWER, "The answer names who does what. To be finalised.")),
    ("E-CRIT-516", put("moderation.source", "We add up the marks and divide by the number of evaluators.")),
    ("E-CRIT-618", put("allocation.source", "One award per organisation.")),
    ("E-CRIT-207", put(TOP, "More than fulfils the requirement.")),
    (
        "E-CRIT-209",
        both(put("scale.mark.1.descriptor", "Trust."), put("scale.mark.2.descriptor", "A lot of trust.")),
    ),
    ("E-CRIT-308", put(GATE, "Pass: as judged by the head of service, cover of £2,000,000.")),
    ("E-CRIT-307", put("gate.0.on_failure", "The council will exclude the bidder.")),
    ("E-CRIT-519", put("themes.0.summary", "Any bid that does not achieve 45% for quality fails.")),
    ("E-CRIT-705", put(TEXT, "How many staff do you have?")),
    ("E-CRIT-710", put(GATE, "Pass: turnover must exceed £1m.")),
    ("E-CRIT-714", put(GATE, "Pass: cover of at least £___ is in force.")),
    ("E-CRIT-515", put("rounding.source", "To 3 d.p.")),
    ("E-CRIT-515", put("rounding.source", "Rounded to the nearest integer.")),
    ("E-CRIT-618", put("allocation.source", "Each bidder gets one contract at most.")),
    ("E-CRIT-605", put("allocation.rule.2.least", "200000.01")),
    ("E-CRIT-604", put("allocation.rule.0.limit", "39999")),
    ("E-CRIT-606", rule("year_budget", year="2027-28", limit="1")),
    ("E-CRIT-620", rule("group_floor", group="carers", least=100)),
    ("E-CRIT-621", rule("organisation_money", limit="1000")),
    ("E-CRIT-413", put("price.parameters.clip", "0")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), VARIANTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_in_other_words_is_found(code, change):
    found = check(small(change), words=WORDS)
    assert code in {one.code for one in found}, "\n".join(map(str, found))


@pytest.mark.parametrize(
    "change",
    [
        put(GATE, "Pass: cover of at least £2,000,000 is in force when the contract starts; less than that fails."),
        put("gate.0.on_failure", "The council asks the bidder; the head of service then decides with reasons."),
        put(TOP, "Everything that was asked is there; nothing has to be exceeded."),
        put(ANSWER, "The answer gives figures that exceed last year's by at least 10 %."),
        put(TEXT, "What will people learn about national insurance?"),
        put("moderation.source", "Marks are agreed. Nothing is averaged, and no average is worked out."),
        put("rounding.source", "To two decimal places, a half up."),
        put("themes.0.summary", "Quality of at least 50% is wanted."),
        put(
            "gate.0.on_failure",
            "The head of service hears the bidder and decides whether the bid is rejected.",
        ),
        put("gate.0.on_failure", "No bid is rejected automatically: the head of service hears the bidder and decides."),
        put(TEXT, "How will you involve people who live in the borough?"),
        put(TEXT, "How will you raise your clients' income and help them build savings?"),
        put(TEXT, "What is the most important thing that people will learn?"),
        put(ANSWER, "The answer names the experience that staff bring to this service."),
        put("themes.0.summary", "At least 60% of places are for young people; the quality of life of all gets better."),
        put("common.0.title", "Need (20%)"),
    ],
)
def test_what_is_said_well_has_no_finding(change):
    assert check(small(change), words=WORDS) == ()


@pytest.mark.parametrize("regime", ["grant", "below_threshold", "pcr2015"])
def test_the_procurement_act_is_cited_only_where_it_applies(regime):
    # Below the threshold a condition of participation has a finding of its own, by a section of the Act.
    of_a_kind = put("gate.0.kind", "procedural")
    broken = both(
        of_a_kind, put("themes.0.weights.price", "39"), put("tie_break.order", []), put(GATE, ""), put("equality", None)
    )
    found = check(small(broken, put("regime", regime)), words=WORDS)
    assert len(found) >= 4
    assert not [one for one in found if "Procurement Act" in one.authority]
    assert all(one.authority for one in found)
