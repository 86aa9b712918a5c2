"""Who takes part in a contest: bids and bidders, those who judge, those who decide, and everybody else."""

from collections.abc import Mapping

PEOPLE: Mapping[str, str] = {
    "bid": "bid tender submission application proposal offer response reply",
    "bidder": """
        bidder tenderer applicant supplier provider organisation organization charity group company contractor
        consortium candidate you nobody""",
    "panel": """
        panel evaluator assessor scorer marker moderator judge reader reviewer grader adjudicator; evaluation team""",
    "power": """
        clerk council authority commissioner head director chair chairman chairwoman chairperson officer
        manager lead member
        councillor cabinet mayor board holder committee trustee we procurement buyer executive leader funder convenor
        convener president staff secretary chief deputy sponsor department leadership senior treasurer inspector
        advisor adviser colleague minister partnership boss; elected member; most senior; grants team; service lead; a
        third person; third party; responsible officer; independent person; senior manager; line manager; assistant;
        head teacher; accountable; legal team; finance team; procurement team; project board; steering group; chief
        executive; monitoring officer; commissioning team; lead officer; portfolio; project; somebody else; someone
        else; external; consultant; auditor""",
    "outsider": """
        resident stakeholder colleague expert partner public neighbour; service user; young people; people who use;
        user panel; community representative; elected""",
    "answer": """
        answer; what you write; what you send; what you say; what they write; everything it writes; what it writes""",
    "local": "local locally rooted",
    "newness": "new newcomer; first time; those who; whoever; anyone who; those that; people who",
    "leading": """
        best leading leader front strongest shortlist frontrunner top finalist; do well; does well; done well; highest
        scoring; in front; most promising; two or three; those who score""",
    "shortlisted": "shortlist; short list; long list; longlist; whittled down; narrowed down",
    "cut_down": "; cut it down to; cut them down to; cut that down to; narrow it down to; narrow them down to",
    "counted_partner": """
        ; two of you; three of you; four of you; five of you; six of you; one of you; one provider; a single provider;
        single partner; one partner; single organisation; one organisation; two
        provider; two partner; three provider; one bid; two bid; three bid; four bid; five bid; six bid; two
        organisation; three organisation; four organisation; five organisation; two bidder; three bidder; four bidder;
        three group; four group; five group; one group; a handful; a few; a couple; a pair; a dozen; a number of bid;
        one charity; one contractor; three partner; four partner; single provider; single supplier; one supplier""",
    "purse": "money budget pot purse funding sum cash pool award pound",
    "both_to_one": "; for both areas; for both lots; deliver both; run both; both lots to one; for all lots; run all",
}
