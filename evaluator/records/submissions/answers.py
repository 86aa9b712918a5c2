"""Answers in the bidders' own words, as those who mark them are shown them: without the prices of the bids."""

from collections.abc import Mapping

NO_ANSWER = "(The bidder gave no answer.)"
UNREADABLE = "(This answer cannot be read as it stands in the bid form; the procurement officer mends it first.)"
KEPT_BACK = "(This answer is kept back: a figure in it equals a price of the bid. Ask the procurement officer.)"

# By what is marked, a bid or an organisation, and the question's id. Empty where no answers are held.
Answers = Mapping[tuple[str, str], str]
