"""Checks of proportion: what is asked of bidders against the size of the contract that they bid for.

Twice the value of the whole contract is the law's limit for turnover under the regulations of 2015 and for health care;
the Procurement Act has no figure, and there twice the yearly value is our own yardstick, as the others are.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from evaluator.law import regime
from evaluator.publication.checks.floors import most_money
from evaluator.publication.checks.prose.sentences import Sentence, sentences
from evaluator.publication.locations import PROGRAMME, all_questions, in_theme, numbered, own_questions
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Theme

MOST_TURNOVER = 2  # times the contract value: the whole where the law says so, else of a year
POUNDS_A_WORD = 8  # of yearly contract value, for each word that a bid may have to write
POUNDS_A_REPORT = 5_000  # of yearly contract value, for each monitoring report in a year

NUMBER_WORDS = {"two and a half": "2.5", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
MONEY_IN = r"(?:turnover|yearly income|annual income)"
LINKS = r"(?:(?:a year|is|was|of|at least|above|over|more than|not less than|must be|equal to)\s+){0,4}"
TIMES = re.compile(
    rf"{MONEY_IN}\s+{LINKS}({'|'.join(NUMBER_WORDS)}|[0-9]+(?:\.[0-9]+)?)\s*(?:times|x)\b", re.IGNORECASE
)
TURNOVER = re.compile(
    r"(?i)\b(?:turnover|turned over|turns over|revenue|receipts|income (?:in|of|for|was|is|above|over|exceed)|"
    r"(?:yearly|annual|gross|net|total|average|organisation's|its|your) income)\b"
)
BELOW = re.compile(
    r"(?i)\b(?:below|under|(?<!not )(?<!no )less than|up to|at most|no more than|not more than|does not exceed)\b"
)
# Cover that is usual whatever the size of a contract, in pounds; beyond it, ten times the value at stake is.
USUAL_COVER = (
    (
        re.compile(r"(?i)\bemployer'?s?'?'? liability\b|\bemployers[’'] liability\b|\bemployer’s liability\b"),
        10_000_000,
    ),
    (re.compile(r"(?i)\bpublic (?:and products? )?liability\b|\bthird party\b"), 5_000_000),
    (re.compile(r"(?i)\b(?:professional )?indemnity\b|\bmalpractice\b|\bnegligence\b"), 2_000_000),
    (
        re.compile(
            r"(?i)\bcyber\b|\bdata (?:breach|protection) (?:cover|insurance)\b|\btrustees?'? (?:indemnity|liability)\b"
        ),
        1_000_000,
    ),
    (re.compile(r"(?i)\b(?:insur\w+|cover)\b"), 5_000_000),
)
TIMES_AT_STAKE = 10
# Money that lies idle or is pledged: reserves up to half of a year's value, a guarantee up to a tenth of the whole.
IDLE = (
    (
        re.compile(
            r"(?i)\breserves?\b|\bbank balance\b|\b(?:cash )?(?:in|at) (?:the )?bank\b|\bnet assets\b|"
            r"\bworking capital\b"
        ),
        Fraction(1, 2),
    ),
    (re.compile(r"(?i)\b(?:bond|guarantee|guarantor|surety|deposit)\b"), Fraction(1, 10)),
)


def turnover_is_in_proportion(criteria: Criteria) -> Iterator[Finding]:
    """Find a turnover asked for that is above twice the contract value, in a tier or in words."""
    whole = regime(criteria.regime).turnover_of_whole
    years = max(1, len(criteria.years)) if whole else 1
    limit = "twice the value of the whole contract" if whole else "twice the yearly contract value, our yardstick"
    for place, tier in numbered(PROGRAMME, "tier", criteria.tier):
        if tier.turnover is not None and tier.turnover > MOST_TURNOVER * years:
            asked = f"{decimal_text(tier.turnover)} times the yearly contract value"
            yield finding("E-TIER-011", place.key("turnover"), what=f"the tier {tier.id}", asked=asked, limit=limit)
    for source, what, text, value in _texts(criteria):
        asked = _too_much(text, value * years if value is not None else None)
        if asked:
            yield finding("E-TIER-011", source, what=what, asked=asked, limit=limit)


def _too_much(text: str, value: Decimal | None) -> str:
    """Give the turnover that a text asks for where it is above twice a contract value; else an empty text.

    >>> _too_much("a yearly turnover of at least three times the contract value", None)
    'three times'
    >>> _too_much("turnover of at least £90,000", Decimal(40000)), _too_much("turnover of £80,000", Decimal(40000))
    ('£90,000', '')
    """
    for words in TIMES.findall(text):
        if Decimal(NUMBER_WORDS.get(words.casefold(), words)) > MOST_TURNOVER:
            return f"{words} times"
    if value is None or not TURNOVER.search(text):
        return ""
    asked = (one for one in sentences(text) if TURNOVER.search(one.text) and not BELOW.search(one.text))
    most = MOST_TURNOVER * Fraction(value)
    return next((_pounds(amount) for one in asked for amount in _sums(one) if amount > most), "")


def cover_is_in_proportion(criteria: Criteria) -> Iterator[Finding]:
    """Find insurance, reserves and guarantees of more than the programme's money makes usual."""
    values = [value for theme in criteria.themes if (value := _whole(criteria, theme)) is not None]
    if not values:
        return
    stake, years = Fraction(max(values)), max(1, len(criteria.years))
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        asked = ((sentence, amount) for sentence in sentences(gate.predicate) for amount in _sums(sentence))
        for sentence, amount in asked:
            usual = _usual(sentence, amount, stake, years)
            if usual is not None and amount > usual:
                facts = {"asked": _pounds(amount), "value": _pounds(stake), "usual": _pounds(usual)}
                yield finding("E-CRIT-969", place.key("predicate"), what=f"the gate {gate.id}", **facts)
                break


def _usual(sentence: Sentence, amount: Fraction, stake: Fraction, years: int) -> Fraction | None:
    """Give the most that is usual of what a sentence asks for in pounds; None where it speaks of something else."""
    before = _before(sentence.text, amount)
    kinds = [Fraction(floor) for kind, floor in USUAL_COVER if kind.search(before)] or [
        Fraction(floor) for kind, floor in USUAL_COVER if kind.search(sentence.text)
    ]
    if kinds:
        return max(kinds[0], TIMES_AT_STAKE * stake)
    idle = [share for kind, share in IDLE if kind.search(sentence.text)]
    return idle[0] * stake / (years if idle[0] == IDLE[0][1] else 1) if idle else None


def _before(text: str, amount: Fraction) -> str:
    """Give what stands before a sum in figures, from the sum before it on, as "public liability cover of"."""
    parts = re.split(r"(£[0-9][0-9,.]*)", text)
    at = next(
        (
            n
            for n, part in enumerate(parts)
            if part.startswith("£") and part[1:].replace(",", "").strip(".") == str(amount)
        ),
        0,
    )
    return parts[at - 1] if at else text


def _sums(sentence: Sentence) -> Iterator[Fraction]:
    return (figure.value for figure in sentence.figures if figure.kind == "money")


def _pounds(amount: Fraction) -> str:
    return f"£{int(amount):,}"


def _texts(criteria: Criteria) -> Iterator[tuple[Source, str, str, Decimal | None]]:
    """Give the texts that could ask for a turnover, with the yearly contract value to hold it against."""
    values = [value for theme in criteria.themes if (value := _yearly(criteria, theme)) is not None]
    least = min(values, default=None)
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        yield place.key("predicate"), f"the gate {gate.id}", f"{gate.question} {gate.predicate}", least
    own = {place: theme for theme in criteria.themes for place, _ in own_questions(theme)}
    for place, question in all_questions(criteria):
        value = _yearly(criteria, own[place]) if place in own else least
        yield place.key("text"), f"the question {question.id}", f"{question.text} {question.good_answer}", value


def _yearly(criteria: Criteria, theme: Theme) -> Decimal | None:
    whole = _whole(criteria, theme)
    return None if whole is None else whole / max(1, len(criteria.years))


def _whole(criteria: Criteria, theme: Theme) -> Decimal | None:
    """Give the value of a theme's dearest contract in all years, or else all the money that the theme can have."""
    value = _value(criteria, theme)
    return value * max(1, len(criteria.years)) if value is not None else most_money(criteria, theme.id)


def _value(criteria: Criteria, theme: Theme) -> Decimal | None:
    """Give a theme's yearly contract value, or else the size of its tier."""
    tier = criteria.tier_of(theme.id)
    return theme.contract_value or (tier.up_to if tier else None)


def accounts_can_be_had(criteria: Criteria) -> Iterator[Finding]:
    """Find tiers that want accounts which a new organisation cannot have, with nothing that it may show instead."""
    for place, tier in numbered(PROGRAMME, "tier", criteria.tier):
        if tier.accounts_years and not tier.instead_of_accounts.strip():
            yield finding("E-TIER-012", place.key("accounts_years"), tier=tier.id, years=tier.accounts_years)


def insurance_is_not_wanted_with_the_bid(criteria: Criteria) -> Iterator[Finding]:
    """Find tiers that want insurance in force before the award."""
    for place, tier in numbered(PROGRAMME, "tier", criteria.tier):
        if tier.insurance == "with_bid":
            yield finding("E-TIER-013", place.key("insurance"), tier=tier.id)


def words_are_in_proportion(criteria: Criteria) -> Iterator[Finding]:
    """Find answers longer than the theme's tier allows, each alone and all together."""
    for theme in criteria.themes:
        tier = criteria.tier_of(theme.id)
        for place, question in own_questions(theme) if tier and tier.word_limit else ():
            if question.word_limit is not None and tier and tier.word_limit and question.word_limit > tier.word_limit:
                facts = {"tier": tier.id, "asked": question.word_limit, "most": tier.word_limit}
                yield finding("E-TIER-014", place.key("word_limit"), question=question.id, **facts)
        if tier and tier.total_words is not None:
            limits = [criteria.word_limit(question, theme.id) for question in criteria.questions(theme.id)]
            asked = sum(filter(None, limits))
            if asked > tier.total_words:
                facts = {"tier": tier.id, "asked": f"{asked:,}", "most": f"{tier.total_words:,}"}
                yield finding("E-TIER-015", in_theme(theme, "tier"), theme=theme.id, **facts)


def work_is_in_proportion_to_the_money(criteria: Criteria) -> Iterator[Finding]:
    """Find more words or reports than the yearly contract value carries, by our own yardsticks."""
    for theme in criteria.themes:
        tier, value = criteria.tier_of(theme.id), _value(criteria, theme)
        if tier is None or value is None:
            continue
        asked = sum(filter(None, (criteria.word_limit(one, theme.id) for one in criteria.questions(theme.id))))
        if asked * POUNDS_A_WORD > value:
            words = f"{asked:,} words in all"
            yield _out(theme, words, value, f"a word for every £{POUNDS_A_WORD}")
        if tier.monitoring and tier.monitoring * POUNDS_A_REPORT > value:
            yield _out(theme, f"{tier.monitoring} reports a year", value, f"a report for every £{POUNDS_A_REPORT:,}")


def _out(theme: Theme, asked: str, value: Decimal, yardstick: str) -> Finding:
    place = in_theme(theme, "contract_value" if theme.contract_value else "tier")
    return finding("E-TIER-016", place, theme=theme.id, asked=asked, value=f"{value:,}", yardstick=yardstick)
