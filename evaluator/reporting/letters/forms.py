"""What a letter is called under each regime, and how much of the winners it shows."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """A kind of letter: its title, the law or terms that it is written for, and what it shows of winners.

    Parameters
    ----------
    winners_in_full : the winners' scores and the explanations of them by question, in an annex of their theme.
    winners_scores : the winners' totals.
    advantages : where a winning bid was marked higher, question by question, as the 2015 and 2023 regulations ask.
    offer, party, deal, cost : what bids, bidders, contracts and prices are called.
    withholding : what a letter cites where it withholds another bidder's price.
    on_request : whether reasons can be asked for in writing under the Local Government Act 1988, section 20.
    """

    title: str
    under: str
    winners_in_full: bool = False
    winners_scores: bool = False
    advantages: bool = False
    offer: str = "bid"
    party: str = "bidder"
    deal: str = "contract"
    cost: str = "price"
    withholding: str = ""
    on_request: bool = True


SECTION_94 = (
    "It is withheld under section 94(1)(b) of the Procurement Act 2023: it is sensitive commercial information of a "
    "bidder who gets no award."
)
SUMMARY = Form(
    "Assessment summary",
    "Procurement Act 2023 section 50, Procurement Regulations 2024 regulation 31",
    winners_in_full=True,
    winners_scores=True,
    withholding=SECTION_94,
)
BELOW = Form(
    "Outcome of your bid",
    "the published terms of this procurement",
    withholding="Other bidders' prices are not shown.",
)
FORMS: Mapping[str, Form] = {
    "pa2023": SUMMARY,
    "pa2023_light_touch": SUMMARY,
    "pa2023_below_threshold": BELOW,
    "below_threshold": BELOW,
    "pcr2015": Form(
        "Outcome of your bid",
        "Public Contracts Regulations 2015 regulation 86",
        winners_scores=True,
        advantages=True,
        withholding="It is withheld under regulation 86(6): it could harm a bidder who gets no award.",
    ),
    "psr2023": Form(
        "Outcome of your bid",
        "Health Care Services (Provider Selection Regime) Regulations 2023 regulation 11 and Schedule 9",
        advantages=True,
        withholding="Other bidders' prices are not shown.",
    ),
    "grant": Form(
        "Outcome of your application",
        "the terms of this grant programme",
        offer="application",
        party="applicant",
        deal="grant",
        cost="cost",
        withholding="Other applicants' costs are not shown.",
        on_request=False,
    ),
}
