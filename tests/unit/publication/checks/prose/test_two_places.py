"""What two texts say about one thing is compared, and nothing that is about two things; facts gainsay no value."""

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from evaluator.publication.checks.prose.published import SUBJECTS
from evaluator.records.findings.finding import Finding, Severity
from tests.unit.publication.small_criteria import Change, both, put, small

WORDS, _ = read_check_words()
NORTH, PROGRAMME, TEMPLATE = "themes/north.toml", "programme.toml", "template.toml"


def found(*changes: Change) -> list[Finding]:
    return list(check(small(*changes), words=WORDS))


def told(*changes: Change) -> list[tuple[str, str]]:
    return [(one.code, str(one.source)) for one in found(*changes)]


def says(programme: str, north: str, south: str = "") -> tuple[Change, ...]:
    """Let the programme say one sentence and a theme another."""
    more = (put("themes.1.summary", south),) if south else ()
    return (put("source", f"Cabinet, item 6. {programme}"), put("themes.0.summary", north), *more)


WITHOUT = {
    "totals": both(put("themes.0.minimum_quality", None), put("themes.1.minimum_quality", None)),
    "years": both(put("years", []), put("allocation.rule.1", None)),
    "closing": put("procurement.tenders_close", ""),
}


@pytest.mark.parametrize(
    ("without", "programme", "north"),
    [
        ("totals", "Bids under 50 points in total are not funded.", "Totals of 60 points or more are needed."),
        ("totals", "Bids need at least 50% overall.", "No bid with under 65 per cent overall is funded."),
        ("years", "Contracts run for three years.", "Contracts run for four years."),
        ("closing", "Bids must be in by 5 March 2027.", "The deadline is 6 March 2027."),
    ],
)
def test_two_values_of_one_rule_block_where_nothing_that_is_published_decides(without, programme, north):
    [clash] = [one for one in found(WITHOUT[without], *says(programme, north)) if one.code == "E-CRIT-973"]
    assert (str(clash.source), clash.severity) == (f"{NORTH} summary", Severity.BLOCKS_AWARD)
    assert programme in clash.message
    assert north in clash.message
    assert f"{PROGRAMME} source" in clash.message


def test_what_two_texts_say_is_not_told_again_as_unpublished():
    both_said = says("Bids under 50 points in total are not funded.", "Totals of 60 points or more are needed.")
    assert told(WITHOUT["totals"], *both_said) == [("E-CRIT-973", f"{NORTH} summary")]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Bids must be in by 27th February 2027.", "27 February 2027"),
        ("Bids must be in by 27 Feb 27.", "27 February 2027"),
        ("The closing date is 12 May 2027 noon.", "12 May 2027"),
        ("The deadline is 31 June 2027.", "31 June 2027"),
    ],
)
def test_another_day_than_the_published_one_is_told_as_people_write_it(words, read):
    [one] = [one for one in found(put("themes.0.summary", words)) if one.code == "E-CRIT-910"]
    assert f"Read there: the closing time, {read}." in one.message


@pytest.mark.parametrize(
    "words",
    [
        "Bids must be in by 26 February 27.",
        "Bids must be in by noon on 26th Feb 2027.",
        "Bids must be in by 26 February 12 noon.",
        "The closing date is ² June ².",
        f"The deadline is {'1' * 5000} June 2027.",
    ],
)
def test_the_published_day_and_what_is_no_day_are_no_other_day(words):
    assert told(put("themes.0.summary", words)) == []


def test_what_is_no_year_does_not_part_two_budgets():
    without = (put("allocation.rule", []), put("procurement.estimated_value", None))
    one, other = (f"The budget is £{money} {'1' * 5000} ²." for money in ("100,000", "200,000"))
    said = (put("themes.0.summary", one), put("themes.0.source", other))
    assert "E-CRIT-973" in {code for code, _ in told(*without, *said)}


def test_two_word_limits_of_one_question_are_compared_and_those_of_two_questions_are_not():
    short, long = "Write at most 300 words.", "Write at most 400 words."
    of_one = (put("common.0.text", f"What need do you meet? {short}"), put("common.0.source", f"4. {long}"))
    of_two = (
        put("common.0.text", f"What need do you meet? {short}"),
        put("common.1.text", f"How will you prevent it? {long}"),
    )
    assert [code for code, _ in told(*of_one)] == ["E-CRIT-973"]
    assert "E-CRIT-973" not in {code for code, _ in told(*of_two)}


def test_the_place_with_fewer_others_behind_it_is_the_one_at_fault():
    cover = "Public liability cover of {} is needed."
    found_at = told(*says(cover.format("£2,000,000"), cover.format("£5,000,000"), cover.format("£2,000,000")))
    assert found_at == [("E-CRIT-974", f"{NORTH} summary")]


@pytest.mark.parametrize(
    ("programme", "north"),
    [
        ("Questions are answered within 3 working days.", "We answer questions within 5 working days."),
        ("Bids remain valid for 90 days.", "Bids are valid for 60 days from the closing date."),
        ("Contracts may be extended by up to two years.", "The contract may be extended by 12 months."),
        ("Grants of up to £10,000 are given.", "You may ask for up to £15,000."),
        ("Invoices are paid within 30 days.", "The council pays invoices within 14 days."),
        ("Either side may end it with three months' notice.", "One month of notice ends the agreement."),
        ("Records are kept for six years.", "Records are kept for 12 years."),
        ("Two years of accounts are sent.", "Three years of accounts are sent."),
        (
            "Public liability cover of £2,000,000 is needed.",
            "Cover is £3,000,000 of public liability and £2,000,000 of professional indemnity.",
        ),
    ],
)
def test_what_criteria_have_no_key_for_is_compared_too(programme, north):
    assert ("E-CRIT-974", f"{NORTH} summary") in told(*says(programme, north))


@pytest.mark.parametrize(
    ("programme", "north"),
    [
        ("Public liability cover of £2,000,000 is needed.", "Public liability cover of £2m is needed."),
        ("Grants of up to £10,000 are given.", "No grant is under £1,000: grants of at least £1,000 are given."),
        ("Contracts may be extended by up to two years.", "They may be extended by up to 24 months."),
        ("Questions are answered within 3 working days.", "Bidders ask their questions 10 days before the deadline."),
        ("Professional indemnity cover of £1,000,000 is needed.", "Public liability cover of £2,000,000 is needed."),
        (
            "Professional indemnity cover of £1m is needed.",
            "Cover is £2,000,000 of public liability and £1,000,000 of professional indemnity.",
        ),
        ("Records are kept for six years.", "For example, notes of 12 years ago are kept for 12 years."),
        ("Invoices are paid within 30 days.", "No invoices are paid within 5 days of a visit."),
    ],
)
def test_two_things_are_not_compared(programme, north):
    assert not {code for code, _ in told(*says(programme, north))} & {"E-CRIT-973", "E-CRIT-974"}


def test_what_two_gates_allow_for_a_reply_and_what_two_themes_ask_are_two_things():
    reply = "The council allows {} working days for a reply; the head of service then decides, with reasons."
    gates = (put("gate.0.on_failure", reply.format(5)), put("gate.1.on_failure", reply.format(10)))
    assert told(*gates) == []
    cover = "Professional indemnity cover of {} is needed."
    assert told(*says("", cover.format("£1,000,000"), cover.format("£2,000,000"))) == []


# For each subject a sentence that says another value than the small set publishes, or is published by a change.
GAINSAID = {
    "weight": (f"{NORTH} summary", "Price carries 30 points."),
    "minimum_mark": (f"{NORTH} question[1].source", "At least 3 marks are needed for this question."),
    "minimum_quality": (f"{NORTH} summary", "At least 70% of the quality points are needed."),
    "minimum_score": (f"{NORTH} summary", "Bids need a total of 70 or more."),
    "top_mark": (f"{PROGRAMME} scale.source", "Marks run from 0 to 5."),
    "lowest_mark": (f"{PROGRAMME} scale.source", "Marks run from 1 to 4."),
    "number_of_marks": (f"{PROGRAMME} scale.source", "There are seven possible marks."),
    "half_marks": (f"{PROGRAMME} scale.source", "Half marks may be given."),
    "basis": (f"{PROGRAMME} price.source", "The first year's price is scored."),
    "price_method": (f"{PROGRAMME} price.source", "Each bid gets the lowest price divided by its own."),
    "points_at": (f"{PROGRAMME} price.source", "A price of double the lowest earns a quarter of the points."),
    "places": (f"{PROGRAMME} rounding.source", "Scores are rounded to 3 decimal places."),
    "mode": (f"{PROGRAMME} rounding.source", "Scores are rounded down."),
    "point": (f"{PROGRAMME} rounding.source", "Only the total is rounded."),
    "award_method": (f"{PROGRAMME} allocation.source", "Bids are funded in order of cost."),
    "evaluators": (f"{PROGRAMME} moderation.source", "Five evaluators mark each answer."),
    "spread_trigger": (f"{PROGRAMME} moderation.source", "Marks that are 3 apart are talked about."),
    "word_limit": (f"{NORTH} question[1].text", "Write no more than 500 words."),
    "budget": (f"{PROGRAMME} source", "There is £999,000 to award."),
    "years": (f"{NORTH} summary", "Contracts run for four years."),
    "tenders_close": (f"{NORTH} summary", "Bids must be in by 5 March 2027."),
    "questions_close": (f"{NORTH} summary", "Questions must be asked by 1 February 2027."),
    "starts": (f"{NORTH} summary", "Work begins on 1 May 2028."),
    "decision": (f"{NORTH} summary", "Bids will be decided on 1 May 2028."),
    "below_mean": (f"{PROGRAMME} price.source", "A price 20% below the mean is looked at."),
    "below_next": (f"{PROGRAMME} price.source", "A price 20% below the next one is looked at."),
    "organisation_awards": (f"{NORTH} summary", "No organisation wins more than three contracts."),
    "organisation_money": (f"{NORTH} summary", "A charity wins at most £99,000 altogether."),
    "a_mark": (f"{PROGRAMME} scale.source", "A mark of 7 is given for the best."),
    "theme_awards": (f"{NORTH} summary", "We will make seven awards in this theme."),
    "zero_at": (f"{PROGRAMME} price.source", "A price three times the lowest or more earns nothing."),
    "gates": (f"{NORTH} summary", "The conditions are insurance and safeguarding."),
    "tie_break": (f"{PROGRAMME} tie_break.source", "Equal totals: the lower price decides, then quality."),
}
PUBLISHED = both(
    put("price", {"method": "linear_above_lowest", "below_mean": "40%", "source": "6"}),
    put("themes.0.question.0.word_limit", 200),
    put("procurement.questions_close", "2027-02-10"),
    put("procurement.starts", "2027-09-01"),
    put("procurement.decision", "2027-06-01"),
    put("price.below_next", "30%"),
    lambda plain: plain["allocation"]["rule"].append(
        {"id": "O1", "kind": "organisation_awards", "limit": 2, "source": "7"}
    ),
    lambda plain: plain["allocation"]["rule"].append(
        {"id": "O2", "kind": "organisation_money", "limit": "150000", "source": "7"}
    ),
)


def spoilt(place: str, words: str, *, declared: bool) -> Change:
    """Say words at a place of the small set, and declare them a fact where asked to."""
    file, key = place.split(" ")
    path = {NORTH: "themes.0.", PROGRAMME: "", TEMPLATE: ""}[file] + key.replace("question[1]", "question.0")
    record, _, own = path.rpartition(".")

    def change(plain):
        at = plain
        for part in record.split(".") if record else ():
            at = at[int(part) if part.isdigit() else part]
        at[own] = f"{at.get(own, '')} {words}".strip()
        if declared:
            at["facts"] = [{"text": words, "why": "It was so once."}]

    return change


def test_each_subject_that_can_be_contradicted_has_a_sentence_here():
    assert set(GAINSAID) - {"tie_break"} == {name for name, one in SUBJECTS.items() if one.contradicts}


@pytest.mark.parametrize("subject", GAINSAID)
def test_a_declared_fact_never_silences_a_contradiction_of_a_value(subject):
    place, words = GAINSAID[subject]
    before = set(told(PUBLISHED))
    plain = {one for one in told(PUBLISHED, spoilt(place, words, declared=False)) if one not in before}
    declared = {one for one in told(PUBLISHED, spoilt(place, words, declared=True)) if one not in before}
    assert [where for _, where in plain] == [place]
    assert declared == plain


def test_a_declared_fact_silences_what_no_value_holds():
    words = "The last round had 412 applications."
    said = put("allocation.source", f"Cabinet, item 7. {words}")
    assert told(said) == [("E-CRIT-935", f"{PROGRAMME} allocation.source")]
    assert told(said, put("allocation.facts", [{"text": words, "why": "It tells of the demand."}])) == []


def test_a_declared_fact_gives_nobody_a_power():
    words = "The director may change any mark."
    said = (put("moderation.source", words), put("moderation.facts", [{"text": words, "why": "Habit."}]))
    assert told(*said) == [("E-CRIT-922", f"{PROGRAMME} moderation.source")]
