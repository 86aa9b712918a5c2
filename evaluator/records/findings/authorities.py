"""The statutes, guidance and cases that findings rest on, each with how well its words were verified."""

READ, SECONDARY, MEMORY = "(read in the statute)", "(from a secondary source)", "(from memory, to be confirmed)"

CLEAR = f"Procurement Act 2023 s.23(2)(b): criteria must be clear, measurable and specific {READ}"
PROPORTIONATE = f"Procurement Act 2023 s.23(2)(d): criteria must be proportionate {READ}"
ASSESSED = f"Procurement Act 2023 s.23(3)(a): describe how tenders are to be assessed {READ}"
DISQUALIFY = f"Procurement Act 2023 s.23(3)(a): say whether failure to meet a criterion would disqualify {READ}"
IMPORTANCE = f"Procurement Act 2023 s.23(3)(b): indicate the relative importance of the criteria {READ}"
TREATMENT = f"Procurement Act 2023 s.12: treat suppliers the same {MEMORY}"
LOTS = f"Procurement Act 2023 s.23(4): limits on lots need an objective mechanism {READ}"
REFINED = f"Procurement Act 2023 s.24: award criteria are refined only as the notice said they would be {MEMORY}"
LOW_TENDERS = f"Procurement Act 2023 s.19: abnormally low tenders {MEMORY}"
DUE_REGARD = f"Equality Act 2010 s.149: due regard {SECONDARY}"
NEWHAM = f"Letting International v Newham [2008] EWHC 1583 (QB) {SECONDARY}"
MEARS = f"Mears v Leeds [2011] EWHC 1031 (TCC) {SECONDARY}"
BROMCOM = f"Bromcom v United Learning Trust [2022] EWHC 3262 (TCC) {SECONDARY}"
LANCASHIRE = f"Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC) {SECONDARY}"
LIANAKIS = f"Lianakis C-532/06: selection is not award {MEMORY}"
RANKING_PARADOX = f"Stilger, Siderius and van Raaij (2017), relative and absolute price scoring {SECONDARY}"
SMALL_COUNTS = f"ONS guidance on health statistics: counts of 1 to 4 can identify people {SECONDARY}"
OPTIMA = f"Optima v DWP, Court of Appeal, 14 February 2025: exclusion for a trivial breach {SECONDARY}"

# What the Procurement Act says is nobody's authority where that Act does not apply.
ACT = "Procurement Act 2023"
OLD = {
    LOW_TENDERS: f"Public Contracts Regulations 2015 reg.69: abnormally low tenders {MEMORY}",
    TREATMENT: f"Public Contracts Regulations 2015 reg.18: equal treatment {MEMORY}",
}
OLD_CRITERIA = f"Public Contracts Regulations 2015 reg.67: award criteria {MEMORY}"
PUBLIC_LAW = f"Public law: like cases are treated alike, by criteria that applicants can know {MEMORY}"
BELOW = f"The council's contract rules, and public law: known criteria, applied to all alike {MEMORY}"


def under(regime: str, authority: str) -> str:
    """Give the authority of a finding under the law that applies: the Procurement Act is cited only where it does.

    Parameters
    ----------
    regime : as criteria publish it.
    authority : as the catalogue has it, written for the Procurement Act.

    >>> under("pa2023", CLEAR) == CLEAR, under("grant", CLEAR) == PUBLIC_LAW, under("grant", DUE_REGARD) == DUE_REGARD
    (True, True, True)
    """
    if regime == "pa2023" or not authority.startswith(ACT):
        return authority
    if regime == "pcr2015":
        return OLD.get(authority, OLD_CRITERIA)
    return BELOW if regime == "below_threshold" else PUBLIC_LAW
