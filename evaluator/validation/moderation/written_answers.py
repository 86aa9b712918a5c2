"""What bidders wrote, for those who mark it: each answer by what is marked, and none that gives a price away."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from evaluator.records.english import spelt_out
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import pence, pounds
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.answers import KEPT_BACK, NO_ANSWER, UNREADABLE, Answers
from evaluator.records.submissions.received import Received, Table
from evaluator.validation.coded_columns import present, words

# A figure as people write money; bounded everywhere, so that no text makes it slow.
FIGURE = re.compile(
    r"(?P<sign>£|GBP)?\s{0,2}(?<![\d.,])(?P<whole>\d{1,3}(?:[, '’]\d{3}){1,4}|\d{1,12})(?:\.(?P<part>\d{1,9}))?(?!\d)"
    r"(?:\s{0,2}(?P<times>k|m|thousand|million)\b)?(?:\s{0,2}(?P<after>pounds|GBP|sterling)\b)?",
    re.IGNORECASE,
)
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
LEAST_BARE = 1_000_00  # pence: a smaller figure without a sign of money is as likely a number of people
THOUSAND = 3  # digits
LEAST_ROUNDED = 3  # digits of a number of thousands without a sign of money
TOGETHER = "for all years together"


def written_answers(criteria: Criteria, received: Received, *, as_written: bool) -> tuple[Answers, tuple[Finding, ...]]:
    """Give every answer under what is marked by it, with what stands against showing it.

    A question that organisations answer once stands in each of their forms; where they differ, each is told with its
    bid. An answer with a figure that equals a price of its bid is kept back, with a finding for a person to decide,
    unless it is to go out ``as_written``.
    """
    register, answers = present(received.register), present(received.answers)
    if register is None or answers is None:
        return {}, ()
    once = {one.id for theme in criteria.themes for one in criteria.questions(theme.id) if one.scope == "organisation"}
    leads = dict(zip(words(register, "bid"), words(register, "organisation"), strict=True))
    prices = _prices(register)
    found: list[Finding] = []
    by_bid: dict[tuple[str, str], dict[str, str]] = {}
    for row, (bid, question) in enumerate(zip(words(answers, "bid"), words(answers, "question"), strict=True)):
        text, given_away = _shown(answers, row), _named(answers.columns["answer"][row], prices.get(bid, {}))
        if given_away:
            facts = {"bid": bid, "question": question, "figure": given_away[0], "what": given_away[1]}
            code = "E-PACK-002" if as_written else "E-PACK-001"
            found.append(finding(code, answers.source(row, "answer"), **facts))
        subject = leads.get(bid, bid) if question in once else bid
        shown = KEPT_BACK if given_away and not as_written else text
        by_bid.setdefault((subject, question), {})[bid] = shown
    return {about: _together(told) for about, told in by_bid.items()}, tuple(found)


def _shown(answers: Table, row: int) -> str:
    text = answers.columns["answer"][row].strip()
    return text or (UNREADABLE if (row, "answer") in answers.faults else NO_ANSWER)


def _together(told: Mapping[str, str]) -> str:
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return "\n\n".join(f"[In the form of {bid}]\n{text}" for bid, text in told.items())


def _prices(register: Table) -> dict[str, dict[int, str]]:
    """Give the prices of each bid in pence, each with what it is: of a year, of all of them, or the whole price."""
    keys = [key for key in register.columns if key == "price" or key.startswith("price:")]
    found: dict[str, dict[int, str]] = {}
    for row, bid in enumerate(words(register, "bid")):
        amounts = {key: pence(register.columns[key][row].strip()) or 0 for key in keys}
        years = [amount for key, amount in amounts.items() if key != "price"]
        priced = {sum(years): TOGETHER}
        priced |= {amount: f"for {key.removeprefix('price:')}" for key, amount in amounts.items() if key != "price"}
        priced |= {amounts["price"]: "for the whole work"} if "price" in amounts else {}
        priced = {amount: what for amount, what in priced.items() if amount > 0}
        rounded = {whole: what for amount, what in priced.items() for whole in _whole_pounds(amount)}
        found[bid] = rounded | priced
    return found


def _whole_pounds(amount: int) -> tuple[int, int]:
    """Give the pounds without the pence, and the next: people write prices so in a sentence.

    >>> _whole_pounds(1200050), _whole_pounds(1200000)
    ((1200000, 1200100), (1200000, 1200000))
    """
    return amount // 100 * 100, -(-amount // 100) * 100


def _named(text: str, prices: Mapping[int, str]) -> tuple[str, str] | None:
    """Give the first figure of a text that equals one of the prices, or is one rounded, with what the price is for."""
    for amount, within in figures_in(text) if prices else ():
        price = next((one for one in prices if abs(one - amount) <= within), None)
        if price is not None:
            return pounds(amount), prices[price]
    return None


def figures_in(text: str) -> Iterator[tuple[int, int]]:
    """Give in pence the figures of a text that can be money, each with how far it may be from what it was rounded from.

    They have a sign of money or are a thousand or more. Those in thousands or millions are taken as rounded where
    they have a sign of money, or three digits.

    >>> [amount for amount, _ in figures_in("For £450 we reach 450 people; in all 12 000.50, or 1.2 million pounds.")]
    [45000, 1200050, 120000000]
    >>> list(figures_in("65.7k, 65.702 or £66k; but 66k people")), list(figures_in("two thousand and twelve"))
    ([(6570000, 5000), (6570200, 0), (6600000, 50000), (6600000, 0)], [(201200, 0)])
    """
    for one in FIGURE.finditer(unicodedata.normalize("NFKC", text)):
        whole, part, times = (
            re.sub("[, '’]", "", one["whole"]),
            one["part"] or "",
            TIMES.get((one["times"] or "").lower(), 1),
        )
        if len(part) == THOUSAND and times == 1:  # with a full stop between thousands
            whole, part = whole + part, ""
        amount = int(Decimal(f"{whole}.{part or 0}") * 100 * times)
        of_money = bool(one["sign"] or one["after"])
        rounded = times > 1 and (of_money or len(whole + part) >= LEAST_ROUNDED)
        if of_money or times > 1 or amount >= LEAST_BARE:
            yield amount, 50 * times // 10 ** len(part) if rounded else 0
    spelt = ((words, number * 100) for words, number in spelt_out(text))
    yield from ((amount, 0) for words, amount in spelt if amount >= LEAST_BARE and not words.isalpha())
