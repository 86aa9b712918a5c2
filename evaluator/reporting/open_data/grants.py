"""Recommended grants in the 360Giving format, for programmes under the grant regime."""

from evaluator.records.documents import Json
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Award
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.open_data.values import CURRENCY, filled, moment, money, text


def grants_360(outcome: Outcome, date: str, prefix: str, funder: str = "") -> str:
    """Write a grant for each award, as a 360Giving package; nothing of bids that are not funded.

    Parameters
    ----------
    date : YYYY-MM-DD, on which the grants were awarded.
    prefix : the publisher's registered 360Giving prefix, such as ``360G-council``.
    funder : the council's organisation identifier, such as ``GB-LAE-TWH``; without one it is made from the prefix.
    """
    outcome = held_back(outcome)
    criteria = outcome.criteria
    bids = {bid.id: bid for bid in outcome.evaluation.bids} if outcome.evaluation else {}
    awards = outcome.allocation.awards if outcome.allocation else ()
    payer = {"id": funder or f"{prefix}-funder", "name": criteria.authority}
    grants = [_grant(criteria, award, bids[award.bid], date, prefix, payer) for award in awards]
    return text({"version": "1.3", "title": criteria.title, "issued": moment(date), "grants": grants})


def _grant(criteria: Criteria, award: Award, bid: Bid, date: str, prefix: str, payer: dict[str, str]) -> Json:
    theme = criteria.theme(award.theme)
    title = bid.title or theme.title
    recipient = {"id": f"{prefix}-org-{bid.organisation}", "name": bid.name or bid.organisation}
    return filled(
        {
            "id": f"{prefix}-{criteria.reference}-{bid.id}",
            "title": title,
            "description": f"{title}: a grant under {criteria.title}, {theme.title}. {theme.summary}".strip(),
            "currency": CURRENCY,
            "amountAppliedFor": None if bid.price is None else money(bid.price)["amount"],
            "amountAwarded": money(award.amount)["amount"],
            "awardDate": date,
            "recipientOrganization": [recipient],
            "fundingOrganization": [payer],
            "grantProgramme": [{"code": f"{criteria.reference}-{theme.id}", "title": theme.title}],
            "beneficiaryLocation": [{"name": ward} for ward in bid.wards],
            "fromOpenCall": "Yes",
        }
    )
