"""Findings about the register, in words: ids, themes, gates, prices, and what the rules of award count."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

AGAINST_THE_BID = "Look at the bid itself, and type into this cell"

ENTRIES = (
    Entry(
        "E-COL-001",
        BLOCKS,
        "This table has no column {column}.",
        "Add the column with its heading, as docs/bids.md lists it, and fill it in.",
        example={"column": "reason"},
    ),
    Entry(
        "E-REG-001",
        BLOCKS,
        "There is no register of bids.",
        "Put register.xlsx or register.csv, one row for each bid received, into the folder of bids.",
    ),
    Entry(
        "E-REG-002",
        BLOCKS,
        "The register has no bids in it.",
        "Write one row for each bid received under the headings.",
    ),
    Entry(
        "E-REG-003",
        BLOCKS,
        "This row of the register has no bid id.",
        "Type the bid's id into this cell; delete the row if it is a total or a note.",
    ),
    Entry(
        "E-REG-004",
        BLOCKS,
        "The bid {bid} stands in the register twice; the other row is {other}.",
        "Keep the row that is right and delete the other, or give the second bid its own id here and in the marks.",
        example={"bid": "B012", "other": "A13"},
    ),
    Entry(
        "E-REG-005",
        BLOCKS,
        "The theme of the bid {bid} is {theme}, and the criteria have no such theme.{hint}",
        "Type one of the published themes into this cell: {themes}.",
        example={
            "bid": "B012",
            "theme": '"advise"',
            "hint": " Did you mean advice?",
            "themes": "advice, digital and safety",
        },
    ),
    Entry(
        "E-REG-006",
        BLOCKS,
        "The bid {bid} does not name its organisation.",
        "Type the id of the organisation that made the bid (of a consortium, its lead) into this cell.",
        example={"bid": "B012"},
    ),
    Entry(
        "E-REG-007",
        BLOCKS,
        "The register has no column {column}, and {why}.",
        "Add a column with the heading {key} and fill it in for every bid.",
        example={"column": "Safeguarding", "key": "gate:safeguarding", "why": "the criteria have this gate"},
    ),
    Entry(
        "E-REG-008",
        BLOCKS,
        "The organisation {shown} differs from {usual} (cell {other}) only in capitals, spaces or signs: the two would "
        "count as two organisations.",
        "Write {usual} here, in the marks and in the declarations; if they are two, give one an id of its own in "
        "letters or digits.",
        example={"shown": '"org-1"', "usual": "ORG-1", "other": "C2"},
    ),
    Entry(
        "E-REG-009",
        BLOCKS,
        "{shown} is the name of the organisation {organisation} (cell {other}), and not its id: the two would count as "
        "two organisations.",
        "Write {organisation} in this cell; if it is another organisation of the same name, give it an id of its own.",
        example={"shown": '"Bow Trust"', "organisation": "ORG-1", "other": "D2"},
    ),
    Entry(
        "E-REG-010",
        BLOCKS,
        "{shown} seems to be several entries and would count as one.",
        "{how}",
        example={"shown": '"ORG-1, ORG-2"', "how": "Separate the entries of this cell with semicolons."},
    ),
    Entry(
        "E-REG-011",
        BLOCKS,
        "The id {shown} holds a character that is easily mistaken or cannot be seen.",
        "Type the id again by hand into this cell, in plain letters, digits and hyphens.",
        example={"shown": '"B012" followed by a no-break space'},
    ),
    Entry(
        "E-REG-012",
        BLOCKS,
        "The bid {bid} does not say which theme it is for.",
        "Type one of the published themes into this cell: {themes}.",
        example={"bid": "B012", "themes": "advice, digital and safety"},
    ),
    Entry(
        "E-REG-013",
        NOTE,
        "{organisation} makes no bid of its own and is named as a partner in {number} that nothing else connects "
        "({bids}): all of them count as bids of {organisation}, too, wherever a rule looks at one organisation.",
        "Compare the bids. If it is one partner, nothing has to be done; if it means none, or another in each bid, "
        "correct the cells of consortium members.",
        example={"organisation": "ORG-9", "number": "7 bids", "bids": "B01, B02, B03, B04, B06, B12 and B13"},
    ),
    Entry(
        "E-REG-014",
        NOTE,
        "Bids of organisations that nothing else connects give the same {what}: {number} ({bids}).",
        "Ask whether the organisations are one, or were written for by one person; if they are one, give them one id.",
        example={
            "what": "e-mail address",
            "number": "2 bids",
            "bids": "B01 and B07",
        },
    ),
    Entry(
        "E-REG-015",
        BLOCKS,
        "The identifier {identifier} is given for {organisations} (also in {other}): one organisation would count as "
        "several.",
        "If they are one organisation, give it one id in every table; if not, correct the identifier that is wrong.",
        example={"identifier": "GB-CHC-1101001", "organisations": "ORG-1 and ORG-4", "other": "M2"},
    ),
    Entry(
        "E-REG-016",
        NOTE,
        "Identifiers that are digits alone, and fewer than the 8 of a company number: {identifiers}. Noughts at the "
        "start of a number are lost in spreadsheets.",
        "Compare them with the bids. If a company number begins with 0, format the cell as Text and type it in full.",
        example={"identifiers": "1101001 (B01) and 1234567 (B02)"},
    ),
    Entry(
        "E-REG-017",
        BLOCKS,
        "The ids of the bids here are not those in the marks: {unmarked} of {bids} are marked under no id of the "
        "register (such as {bid}), and the marks name {unknown} that it does not have (such as {other}).",
        "See which ids the bids were received under, and write them in the column of the bids here or in the marks.",
        example={"unmarked": 8, "bids": 8, "bid": "BID-1", "unknown": 8, "other": "B1"},
    ),
    Entry(
        "E-GATE-001",
        BLOCKS,
        "The answer of the bid {bid} to the gate {gate} is missing.",
        AGAINST_THE_BID + " pass or fail.",
        example={"bid": "B012", "gate": "Safeguarding"},
    ),
    Entry(
        "E-GATE-002",
        BLOCKS,
        "The answer of the bid {bid} to the gate {gate} is {shown}, which is neither pass nor fail.{hint}",
        AGAINST_THE_BID + " pass or fail, and nothing else.",
        example={"bid": "B012", "gate": "Safeguarding", "shown": '"passed"', "hint": " Did you mean pass?"},
    ),
    Entry(
        "E-PRICE-001",
        BLOCKS,
        "The price of the bid {bid} is missing here.",
        AGAINST_THE_BID + " the price in pounds; for a year in which nothing is asked for, 0.",
        example={"bid": "B012"},
    ),
    Entry(
        "E-PRICE-002",
        BLOCKS,
        "The price of the bid {bid} is {shown}, which is not a plain amount in pounds.",
        AGAINST_THE_BID + " pounds and at most two decimal places, such as 12000.50 or 12,000.50.",
        example={"bid": "B012", "shown": '"12 000"'},
    ),
    Entry(
        "E-PRICE-003",
        BLOCKS,
        "The whole price of the bid {bid} is nought, and no price method can score that.",
        "Ask the bidder to confirm the price, and type it in pounds, above 0, into the price cells of this row.",
        example={"bid": "B012"},
    ),
    Entry(
        "E-PRICE-004",
        BLOCKS,
        "The register gives whole prices only, and the rules {rules} limit the money of a single year.",
        "Replace the column price by one column for each year ({years}), headed price:<year>, with each bid's prices.",
        example={"rules": "Y1 and Y2", "years": "2027-28 and 2028-29"},
    ),
    Entry(
        "E-PRICE-005",
        BLOCKS,
        "The whole price of the bid {bid} is given as {stated}, and its years add up to {sum}.",
        "Look at the bid, and correct this cell or the year that is wrong; or delete the column of whole prices.",
        example={"bid": "B012", "stated": "£120,000", "sum": "£121,000"},
    ),
    Entry(
        "E-PRICE-007",
        BLOCKS,
        "The price of the bid {bid} is {price} here, above {most} and more than any programme.",
        AGAINST_THE_BID + " the figure that it gives, in pounds.",
        example={"bid": "B012", "price": "£12,000,000,000", "most": "£1,000,000,000"},
    ),
    Entry(
        "E-BID-001",
        BLOCKS,
        "The bid {bid} does not say how many people it serves, and {why}.",
        AGAINST_THE_BID + " that number, a whole number above 0.",
        example={"bid": "B012", "why": "unit cost is scored"},
    ),
    Entry(
        "E-BID-002",
        BLOCKS,
        "The number of people that the bid {bid} serves is {shown}, which is not a whole number above 0.",
        AGAINST_THE_BID + " that number in digits alone, such as 1200.",
        example={"bid": "B012", "shown": '"about 100"'},
    ),
    Entry(
        "E-BID-003",
        BLOCKS,
        "The contract management hours of the bid {bid} are {shown}, which is not a plain number.",
        "Type the hours in this cell as a plain number, such as 40 or 37.5.",
        example={"bid": "B012", "shown": '"40h"'},
    ),
    Entry(
        "E-BID-004",
        BLOCKS,
        "The contract management hours of the bid {bid} are missing, and {why}.",
        "Type the hours into this cell as a plain number; 0 if the contract needs none.",
        example={"bid": "B012", "why": "rule H1 counts it"},
    ),
    Entry(
        "E-BID-005",
        BLOCKS,
        "Whether the bid {bid} is by a small organisation is answered {shown}, which is neither yes nor no.{hint}",
        AGAINST_THE_BID + " yes or no.",
        example={"bid": "B012", "shown": '"yess"', "hint": " Did you mean yes?"},
    ),
    Entry(
        "E-BID-006",
        BLOCKS,
        "The bid {bid} does not say whether it is by a small organisation, and {why}.",
        AGAINST_THE_BID + " yes or no.",
        example={"bid": "B012", "why": "rule S1 counts it"},
    ),
    Entry(
        "E-BID-007",
        BLOCKS,
        "The bid {bid} does not say which wards it serves, and {why}.",
        AGAINST_THE_BID + " the wards, separated by semicolons.",
        example={"bid": "B012", "why": "rule W1 counts it"},
    ),
    Entry(
        "E-BID-008",
        BLOCKS,
        "{shown} differs from {usual} (cell {other}) only in capitals, spaces or signs: the two would count as two.",
        "Write {usual} in this cell.",
        example={"shown": '"bow east"', "usual": "Bow East", "other": "J2"},
    ),
    Entry(
        "E-BID-009",
        NOTE,
        "Each of these wards is named by one bid alone and is a slip of the keyboard away from another ward, given in "
        "brackets: {wards}.",
        "Look at these bids; where the ward is the one in brackets, write it so, for otherwise both count.",
        example={"wards": '"Bethnall Green East" ("Bethnal Green East")'},
    ),
    Entry(
        "E-BID-010",
        BLOCKS,
        "The least share of its ask that is of use to the bid {bid} is {shown}, which is not a percentage above 0.",
        "Type the percentage as a plain number up to 100, such as 60; leave the cell blank where any level will do.",
        example={"bid": "B012", "shown": '"half"'},
    ),
    Entry(
        "E-BID-011",
        BLOCKS,
        "The bid {bid} names outcomes that the criteria do not have: {shown}.{hint}",
        "Write the outcomes by their ids, separated by semicolons: {outcomes}.",
        example={"bid": "B012", "shown": "O9", "hint": "", "outcomes": "O1, O2"},
    ),
)
