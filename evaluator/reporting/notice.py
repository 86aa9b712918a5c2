"""The contract award notice as data that a person can paste or send, with the details of each contract once it is made.

Regulation 27 of the Procurement Regulations 2024 asks for the award notice lot by lot, regulation 32 for the details.
What no evaluation knows is null, and named among what the notice lacks, so that nobody sends it so.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluator.law import later_by, regime
from evaluator.records.documents import Document, Json
from evaluator.records.numbers import pounds_number
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.notice_facts import ContractFacts, LotFacts, NoticeFacts, SupplierFacts
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import NOT_ASSESSED
from evaluator.records.submissions.received import Table
from evaluator.reporting.letters.bidders import Bidder, Register
from evaluator.reporting.letters.sending import Sending, family, standstill_words
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, theme_rows
from evaluator.reporting.shared.pages import HeadedPage, about, provenance, render

SCHEMA = "notice/1"
MARK = "notice.json"  # every folder of a notice has one
ONE_OF = re.compile(r"\[[^\]]*\]")  # which of several a missing value is of
YES_NO = {"yes": True, "no": False}
LOSERS_ABOVE = Decimal(5_000_000)  # pounds with VAT, above which a contract's assessed losers are named


@dataclass(frozen=True, kw_only=True)
class NoticePage(HeadedPage):
    """The notice for people who paste it: the same data, lot by lot, and what it lacks."""

    template = "notice.html"
    notice: Json
    sending: Sending
    standstill: str
    names: Mapping[str, str]  # of organisations, by id
    values: Mapping[str, str]  # of awards in words, by bid
    lacks: Sequence[tuple[str, int]]  # what is to be added, and how often


def notice(outcome: Outcome, register: Table | None, facts: NoticeFacts, sending: Sending) -> tuple[Document, ...]:
    """Write the award notice, with the contract details that are known, as data and as a page.

    Parameters
    ----------
    outcome : a run with proven awards.
    register : as received, for how suppliers are reached.
    facts : what people add.
    sending : the decision, the days, and what keeps the notice a draft.
    """
    made = _Notice(outcome, Register(register), facts, sending)
    told = made.document()
    page = NoticePage(
        about=about(outcome),
        notice=told,
        sending=sending,
        standstill=standstill_words(sending),
        names=made.names,
        values={row.bid.id: f"£{made.worth(row):,.2f}" for row in made.winners},
        lacks=tuple(Counter(ONE_OF.sub("", at).replace("_", " ") for at in told["lacks"]).items()),
    )
    return (
        Document(MARK, json.dumps(told, ensure_ascii=False, indent=2) + "\n"),
        Document("notice.html", render(page), ("docx", "pdf")),
    )


class _Notice:
    """One notice on its way to being data."""

    def __init__(self, outcome: Outcome, register: Register, facts: NoticeFacts, sending: Sending) -> None:
        self.outcome, self.register, self.facts, self.sending = outcome, register, facts, sending
        self.law = regime(outcome.criteria.regime)
        self.views = theme_rows(outcome)
        self.suppliers = {one.organisation: one for one in facts.supplier}
        self.contracts = {one.bid: one for one in facts.contract}
        self.lots = {one.theme: one for one in facts.lot}
        self.names = {row.bid.organisation: row.name for view in self.views for row in view.rows}
        self.winners = [row for view in self.views for row in view.ranked if row.award]

    def document(self) -> Json:
        criteria, decided = self.outcome.criteria, self.sending.decided
        whole: Json = {
            "schema": SCHEMA,
            **provenance(self.outcome),
            "draft": bool(self.sending.drafts_because),
            "draft_because": list(self.sending.drafts_because),
            "regime": self.law.short,
            "special_regime": "light touch" if criteria.regime == "pa2023_light_touch" else None,
            "authority": {
                "name": criteria.authority,
                "identifier": self.facts.authority_id or None,
                "address": self.facts.authority_address or None,
                "email": self.facts.authority_email or None,
            },
            "title": criteria.title,
            "procurement_id": self.facts.procurement_id or None,
            "procedure": criteria.procurement.procedure or None,
            "estimated_value_with_vat": _amount(criteria.procurement.estimated_value),
            "decision_date": decided.date if decided else None,
            "summaries": {"provided": bool(self.sending.sent), "on": self.sending.sent or None},
            "standstill": self.sending.standstill.document() if self.sending.standstill else None,
            "value": _amount(sum((_pounds(row) or Decimal(0) for row in self.winners), Decimal(0))),
            "suppliers": [self._supplier(row) for row in _once(self.winners)],
            "lots": [self._lot(view) for view in self.views],
            "contract_details": [self._details(row) for row in self.winners],
        }
        return {**whole, "lacks": list(_lacks(whole))}

    def _lot(self, view: ThemeRows) -> Json:
        """Tell of one lot: who won what, and how many tenders there were, or above £5 million whose they were."""
        lot = self.lots.get(view.theme.id, LotFacts(theme=view.theme.id))
        awarded = [row for row in view.ranked if row.award]
        assessed = [row for row in view.rows if row.status not in NOT_ASSESSED]
        large = any((value := self._value(row)) is not None and value > LOSERS_ABOVE for row in awarded)
        losers = [row for row in assessed if not row.award]
        counts = {} if large else {"assessed_from": {kind: self._count(assessed, kind) for kind in ("sme", "ngo")}}
        return {
            "lot": view.theme.id,
            "title": view.theme.title,
            "what": view.theme.summary or None,
            "cpv": list(lot.cpv),
            "area": lot.area or None,
            "reserved": lot.reserved or None,
            "ceased": not awarded,
            "awards": [self._award(row) for row in awarded],
            "tenders": {"submitted": len(view.rows), "assessed": len(assessed), **_withdrawn(view), **counts},
            **({"assessed_and_not_awarded": [self._loser(row) for row in losers]} if large else {}),
        }

    def _award(self, row: Row) -> Json:
        contract = self._contract(row)
        return {
            "bid": row.bid.id,
            "supplier": row.bid.organisation,
            "title": row.bid.title or None,
            "contract_number": contract.number or None,
            "value": _amount(_pounds(row)),
            "value_with_vat": _amount(contract.value_with_vat),
            "wards": list(row.bid.wards),
            "years": list(self.outcome.criteria.years),
            "starts": contract.starts or self.outcome.criteria.procurement.starts or None,
            "ends": contract.ends or None,
            "estimated_contract_date": contract.planned or self.outcome.criteria.procurement.contract or None,
        }

    def _supplier(self, row: Row) -> Json:
        known, told = self._reached(row), self._kind(row)
        return {
            "organisation": row.bid.organisation,
            "name": row.name,
            "address": known.address or None,
            "email": known.email or None,
            "identifier": known.identifier or None,
            "consortium": [
                {"organisation": member, "name": self.names.get(member)}
                for member in self._members(row.bid.organisation)
            ],
            "sme": told.sme,
            "ngo": told.ngo,
            "supported_employment_provider": told.supported_employment,
            "public_service_mutual": told.mutual,
            "associated_persons": list(told.associated),
            "connected_persons": list(told.connected),
        }

    def _members(self, organisation: str) -> Sequence[str]:
        """Give the members of a supplier's consortia, over all bids of it that are awarded, each once."""
        own = (row.bid.members for row in self.winners if row.bid.organisation == organisation)
        return tuple(dict.fromkeys(member for members in own for member in members))

    def _loser(self, row: Row) -> Json:
        known, told = self._reached(row), self._kind(row)
        reached = {"identifier": known.identifier or None, "address": known.address or None}
        return {"name": row.name, **reached, "sme": told.sme, "ngo": told.ngo}

    def _details(self, row: Row) -> Json:
        """Tell of one contract what its details notice says, and by when that is due."""
        contract, criteria = self._contract(row), self.outcome.criteria
        owed = {one.id: one for one in self.law.owes("after", self._value(row))}
        due = owed.get("contract_details_notice")
        last = later_by(contract.signed, due.days) if due and due.days and contract.signed else None
        kpis = owed.get("kpis")
        assessed = criteria.procurement.conflicts_assessed
        return {
            "bid": row.bid.id,
            "supplier": row.bid.organisation,
            "contract_number": contract.number or None,
            "value": _amount(_pounds(row)),
            "value_with_vat": _amount(contract.value_with_vat),
            "entered_into": contract.signed or None,
            "starts": contract.starts or None,
            "ends": contract.ends or None,
            "options": contract.options or None,
            "due": {"notice": due is not None, "days": due.days if due else None, "by": last},
            "kpis": {
                "owed": kpis is not None,
                "given": list(contract.kpis),
                "none_because": contract.no_kpis_because or None,
            },
            "conflicts_assessment": {"prepared": assessed or None, "revised": self.facts.conflicts_revised or None},
            "records_kept_until": self._kept_until(contract),
        }

    def _kept_until(self, contract: ContractFacts) -> str | None:
        """Give the last day on which the records of a contract must be kept; None before it is entered into."""
        kept = self.law.retention
        if kept is None or not contract.signed or kept.counted_from != "contract":
            return None
        return later_by(contract.signed, years=kept.years)

    def _value(self, row: Row) -> Decimal | None:
        """Give a contract's value: with VAT where that was said, else as the bid asked."""
        said = self._contract(row).value_with_vat
        return said if said is not None else _pounds(row)

    def worth(self, row: Row) -> Decimal:
        """Give the value of a contract that is awarded, as the page shows it."""
        return self._value(row) or Decimal(0)

    def _count(self, rows: Sequence[Row], kind: str) -> int | None:
        """Count the tenders of a kind of bidder; None where it is not known of each."""
        said = [getattr(self._kind(row), kind) for row in rows]
        return None if None in said else sum(map(bool, said))

    def _contract(self, row: Row) -> ContractFacts:
        return self.contracts.get(row.bid.id, ContractFacts(bid=row.bid.id))

    def _kind(self, row: Row) -> SupplierFacts:
        """Give what a bidder is: as people added it, else as its bid says it."""
        known = self.suppliers.get(row.bid.organisation)
        said = {kind: YES_NO.get(self.register.text(row.bid.id, kind).casefold()) for kind in ("sme", "ngo")}
        return known or SupplierFacts(organisation=row.bid.organisation, **said)

    def _reached(self, row: Row) -> Bidder:
        return self.register.bidder(row.bid.id)


def _withdrawn(view: ThemeRows) -> dict[str, int]:
    """Count the tenders of a lot that were submitted and withdrawn; nothing where none was."""
    number = sum(row.status == "withdrawn" for row in view.rows)
    return {"withdrawn": number} if number else {}


def _once(rows: Sequence[Row]) -> list[Row]:
    """Give the first row of each organisation, in order."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.bid.organisation, row)
    return list(found.values())


def _pounds(row: Row) -> Decimal | None:
    return pounds_number(row.award.amount) if row.award else None


def _amount(pounds: Decimal | None) -> str | None:
    return None if pounds is None else f"{pounds:.2f}"


def _lacks(part: object, at: str = "") -> Iterator[str]:
    """Name every value of the notice that nobody has said, by its place."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _lacks(value, f"{at}.{key}" if at else str(key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            named = [value[key] for key in ("bid", "organisation", "lot") if isinstance(value, dict) and key in value]
            yield from _lacks(value, f"{at}[{next(iter(named), number)}]")
    elif part is None and not at.endswith(OPTIONAL):
        yield at


OPTIONAL = ("special_regime", "options", "revised", "none_because", ".what", ".ends", ".by", ".from", "until", "days")


def told_of(criteria: Criteria) -> bool:
    """Whether the law of these criteria asks for such notices: the Procurement Act, below its thresholds too."""
    return family(criteria.regime) in ("pa2023", "pa2023_below_threshold", "below_threshold")
