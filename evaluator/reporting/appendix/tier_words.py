"""The tiers of the appendix: what may be asked for contracts up to a size, row by row, a column for each tier."""

from collections.abc import Sequence

from evaluator.records.programme.criteria import Tier

LABELS = {
    "up_to": "Contracts up to, in pounds a year, that figure included",
    "optional": "Optional questions that are asked",
    "word_limit": "Most words of an answer that is given in each bid",
    "total_words": "Most words of all answers together",
    "monitoring": "Most monitoring reports a year",
    "visits": "Visits a year by the council",
    "turnover": "Most yearly turnover that may be asked for, in times of the yearly contract value",
    "accounts_years": "Most years of accounts that may be asked for",
    "instead_of_accounts": "What a new organisation may show instead of accounts",
    "insurance": "Insurance",
    "source": "Source",
}
INSURANCE = {"with_bid": "in force before the award", "by_start": "in force when the contract starts"}
NOTHING = {"optional": "none", "instead_of_accounts": "nothing", "insurance": "nothing is said", "visits": "none"}


def tier_rows(tiers: Sequence[Tier]) -> list[tuple[str, list[str]]]:
    """Give each published key of the tiers with its value in every tier; a key that has no words yet has its name."""
    published = [tier.model_dump(mode="json", by_alias=True) for tier in tiers]
    keys = dict.fromkeys(key for tier in published for key in tier if key not in ("id", "title", "facts"))
    return [
        (LABELS.get(key, key.replace("_", " ")), [_value(key, tier.get(key)) for tier in published]) for key in keys
    ]


def _value(key: str, value: object) -> str:
    if value is None or value in ("", []):
        return NOTHING.get(key, "no limit")
    if isinstance(value, list):
        return ", ".join(value)
    return INSURANCE.get(value, value) if isinstance(value, str) else str(value)
