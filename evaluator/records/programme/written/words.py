"""What each key of the criteria is called on the criteria workbook, and the note that explains it.

A key is looked up by its record and name first, then by its name alone; one without words is called by its own name.
"""

Words = tuple[str, str]  # the label, and the note

LABELS: dict[str, Words] = {
    "id": ("Id", "Letters, digits, full stops, hyphens and underscores; each id is used once."),
    "title": ("Title", "A short name, as bidders read it."),
    "source": (
        "Source",
        "Where this was decided or published: the document and paragraph, or who decided it and when.",
    ),
    "facts": (
        "Facts",
        "Words of the texts beside this that are no rule, and why they stand there, with | between; a line each.",
    ),
    "kind": ("Kind", "What the rule limits or wants; the Guide lists the kinds, with the columns that each takes."),
    "limit": ("Limit", "The most: pounds for money, a whole number for awards, hours for capacity."),
    "least": ("At least", "The least: pounds, a whole number of awards or wards, or a share such as 20%."),
    "most": ("At most", "The most awards."),
    "theme": ("Theme", "The id of a theme, or * for each theme."),
    "year": ("Year", "A year of the programme, written as on the sheet Programme."),
    "bids": ("Bids", "Bids, with ; between them."),
    "bid": ("Bid", "One bid."),
    "group": ("Group", "The group that bids say they serve."),
    "PriceLine.unit": ("Unit", "What the price is for, for example day."),
    "PriceLine.quantity": ("Quantity", "So many units count; empty: 1."),
    "PriceLine.weight": (
        "Weight",
        "Of the points for price, against the other lines. Empty: their sum is scored.",
    ),
    "PriceLine.method": ("Method", "How a line with a weight is scored; empty: as the price policy says."),
    "option": ("Option", "yes: scored, and no part of what an award costs."),
    "Measured.unit": ("Unit", "What the figure counts, for example months."),
    "Measured.text": ("What is counted", "What the figure counts and how, as bidders read it."),
    "Measured.method": (
        "Method",
        "direct, inverse, banded, yes_no, by_rank, by_quarter, or a price method.",
    ),
    "better": ("Better", "higher or lower, where the method leaves it open."),
    "Measured.least": ("At least", "A bid with a lower figure is not ranked."),
    "Measured.most": ("At most", "A bid with a higher figure is not ranked."),
    "cap": ("Counts at best", "A better figure than this counts as this one."),
    "band": ("Table", "Of banded and by_rank: lines with at_least or at_most, and points; docs/criteria.md shows one."),
    "method": ("Method", "Choose one from the list; docs/criteria.md explains each."),
    "PricePolicy.method": ("Method", "Choose one from the list, which says what each does; the Guide lists them too."),
    "outcomes": ("Outcomes", "Ids of outcomes of the sheet Programme, with ; between them."),
    "approaches": ("Approaches", "Ids of approaches of the sheet Programme, with ; between them."),
    "word_limit": ("Word limit", "The most words of an answer, as told to bidders."),
    # the programme
    "reference": ("Reference", "The reference under which everything is published."),
    "authority": ("Authority", "The council, as printed on documents."),
    "regime": (
        "Law that applies",
        "pa2023, pa2023_light_touch or pa2023_below_threshold (also below_threshold): Procurement Act 2023. pcr2015: "
        "regulations of 2015. psr2023: health care services. grant: no contract.",
    ),
    "version": ("Version", "Changes with every published change, for example 1.0."),
    "years": ("Years", "The years of prices and budgets in order, with ; between them. Empty: one price for all."),
    # the procurement
    "procedure": ("Procedure", "As docs/criteria.md lists them for each law: open, competitive_flexible, …"),
    "category": ("Kind of contract", "services, light_touch or works: it decides the threshold."),
    "estimated_value": ("Estimated value (£)", "The most that could be paid, options included, with VAT."),
    "first_act": ("First act", "How it began by law, such as tender_notice; docs/criteria.md lists them."),
    "conflicts_assessed": ("Conflicts assessed on", "The day of the conflicts assessment, before the first act."),
    "first_act_date": ("Day of the first act", "Such as 2027-01-11: it decides which law applies."),
    "requests_close": ("Requests close", "Where one asks to take part first: day and time, such as 2027-01-29T12:00."),
    "invited": ("Invitation", "The day on which tenders are invited, where that is not the day of the first act."),
    "questions_close": ("Questions close", "The last day for bidders' questions."),
    "tenders_close": ("Closing time", "Day and time by which bids must be there, such as 2027-02-26T12:00."),
    "decision": ("Decision", "The day of the decision."),
    "summaries": ("Letters", "The day on which the letters go out, all at once and before the notice."),
    "award_notice": ("Award notice", "The day on which the award notice is to be published."),
    "standstill": ("Standstill promised", "Working days; 8 or more where the law asks for none, as for light touch."),
    "contract": ("Contract signed", "The day on which the contract is entered into."),
    "starts": ("Service starts", "The first day of the service."),
    # the wards
    "boundaries": ("File of boundaries", "A GeoJSON file beside the criteria, such as wards.geojson."),
    "Area.name": ("Property with the name", "The file's property that names each ward, such as WD24NM."),
    "sha256": ("SHA-256 of the file", "Leave it empty: it is worked out. Where it stands, the file must have it."),
    # the scale and gates
    "mark": ("Mark", "The mark, 0 or more. Only marks listed here can be given."),
    "label": ("In a word", "One or two words for the mark."),
    "descriptor": ("What earns it", "What an answer must have to earn the mark; different for each mark."),
    "question": ("What is asked", "What bidders are asked."),
    "predicate": ("What passes", "The exact condition: who must have what, how much, on which day."),
    "Gate.kind": (
        "Kind",
        "participation, procedural, minimum or exclusion; docs/criteria.md says what follows from failing each.",
    ),
    "Gate.ground": ("Ground", "Of an exclusion: mandatory, discretionary or debarment."),
    "column": ("Column", "Of the register: people, wards, groups or small."),
    "counts": ("What counts", "What is counted, and what is not: who, where, in which time."),
    "evidence": ("Evidence", "The document or record that shows it."),
    "checked_by": ("Who checks", "The office that looks at the evidence."),
    "before": ("Before", "evaluation, award or contract: the stage before which it is verified for each bid."),
    "on_failure": (
        "If it is not met",
        "Who settles the matter, and how the bidder is heard; what follows depends on the kind.",
    ),
    # stages
    "Stage.questions": ("Questions", "Ids of the questions that are marked in the stage, with ; between them."),
    "Stage.weights": ("Weights in the stage", "Where they are not those of the end, such as Q1: 10; Q2: 5."),
    "Stage.passes": ("Who goes on", "best: the bids with the most points. at_least: every bid with enough of them."),
    "Stage.number": ("How many", "For best: so many bids go on."),
    "Stage.score": ("Points needed", "In points of the weights of its questions; or a share of them."),
    "Stage.share": ("Share needed", "Of the points that its questions carry, such as 60%."),
    "Stage.by_theme": ("In each theme", "yes: the best of each theme go on. no: the best of all themes together."),
    "Stage.counts": ("Points count", "no: they only admit, and are no part of the total."),
    "Stage.ties": ("At the last place", "all_pass: all bids with equal points go on. tie_break or draw: see there."),
    "Stage.tie_break": ("Tie-break", "question:ID of a question of the stage, with ; between them."),
    "Stage.draw_seed": ("Words of the draw", "Published words, from which each bid's ticket is worked out."),
    "Stage.decided": ("Decided on", "The day on which it is decided who goes on."),
    # questions
    "text": ("What is asked", "The question as bidders read it."),
    "good_answer": (
        "A good answer",
        "What earns the highest mark, in parts that an evaluator can tick off. It is published.",
    ),
    "purpose": ("Why it is asked", "What the council will know from the answer."),
    "scope": ("Answered for", "bid: in each bid. organisation: once, and counted in each of its bids."),
    "relative_weight": ("Relative weight", "Common questions only: the ratios that their weights keep in every theme."),
    "optional": ("Optional", "yes: asked only in themes whose tier names it."),
    # price
    "basis": ("Price that is scored", "whole_life, yearly, unit_cost or discounted."),
    "unit": ("Unit", "What one unit is, for unit_cost: for example person served."),
    "discount_rate": ("Discount rate", "For discounted only: a percentage a year, such as 3.5%."),
    "parameters": ("Parameters", "The method's own, as name: number, with ; between them. For example zero_at: 2."),
    "below_mean": (
        "Low price: below the mean",
        "A price this much below the mean is looked at by a person, such as 40%.",
    ),
    "below_next": ("Low price: below the next", "The lowest price, this much below the next lowest, likewise."),
    # moderation, ties, rounding
    "least_evaluators": (
        "Evaluators for each answer",
        "At least this many mark each answer alone; 2 or more for consensus.",
    ),
    "Moderation.method": (
        "Method",
        "consensus: a panel agrees each mark. one_evaluator: one mark counts. For grants also mean, median, "
        "trimmed_mean and sum.",
    ),
    "trim": ("Left out at each end", "For trimmed_mean only: a number of marks, such as 1, or a share, such as 20%."),
    "on_spread": (
        "Where marks are that far apart",
        "For worked-out marks: told, discussed, third_evaluator or decision. Empty: told.",
    ),
    "third_counts": ("With a third evaluator", "all: every mark counts. closest: without the one furthest out."),
    "missing_marks": (
        "Where marks are missing",
        "Empty: none may be. those_given: worked out from the others. scaled: a sum, scaled up.",
    ),
    "Moderation.places": ("Decimal places of the mark", "Of a mark that is worked out; empty: it stays exact."),
    "Moderation.mode": ("How the mark is rounded", "half_up, half_even, up or down; with its places."),
    "spread_trigger": ("Marks this far apart", "Marks this far apart must be talked about."),
    "declarations_required": (
        "Declarations of interest",
        "Whether a panel and declarations of interest must be there.",
    ),
    "order": (
        "What decides, in order",
        "quality; lower_price; question:ID; received; draw; with ; between them. What is still equal is a tie.",
    ),
    "places": ("Decimal places", "0 to 6."),
    "mode": ("A half goes", "half_up: away from nought, as in Excel. half_even, up, down."),
    "point": (
        "What is rounded",
        "parts: quality and price. total: the total alone. display: nothing but what is shown.",
    ),
    # award
    "passes_over": (
        "Passes over",
        "Ids of rules on one organisation or on named bids, and excludes: what would break one may be passed over.",
    ),
    "unaffordable": ("Unaffordable", "Where money is too little for a better-ranked bid: stop, or pass_over."),
    "max_gap": ("Max gap", "A better-ranked bid may be passed over by bids at most so many points behind it."),
    "MeritOrder.bands": (
        "Widths of bands",
        "The lower edges of bands of total scores, from the highest down; bids of one band are of equal standing.",
    ),
    "gives_way": (
        "Gives way",
        "Where rules clash: what relaxing this one by a unit, such as a pound, costs.",
    ),
    "minimum_scores": (
        "Minimum scores",
        "Of single themes, instead of the lowest total: their ids and numbers.",
    ),
    "theme_weights": ("Theme weights", "For score_by_theme: the id of every theme, then its published weight."),
    "draw_seed": (
        "Draw seed",
        "A published text: by it a draw decides between sets that are equal in all else.",
    ),
    "tied_cap": ("Tied cap", "How many equal sets are listed at most; 100 where nothing stands here."),
    "completion": (
        "Completion",
        "For equal_shares, with what the shares leave: none, utilitarian, add1 or add1u.",
    ),
    "satisfaction": ("Satisfaction", "For equal_shares: what a funded project is worth to its supporter."),
    "on_unaffordable": ("Next bid too dear", "For priority: skip it, or stop there."),
    "leftovers": ("Money left over", "Whether what is left of one theme's money may go to others."),
    "minimum_score": ("Lowest total", "A bid with a lower total is not funded."),
    "objective": ("What is best, in order", "total_score; wards_covered; groups_covered; lower_cost; fewer_awards."),
    "tie_break": ("Between equal sets", "Of the same words; what is still equal is reported as a tie."),
    "time_limit": (
        "Seconds",
        "Kept for criteria sealed earlier; it bounds nothing, because the search is bounded by counted work.",
    ),
    "draw_source": (
        "Source of the draw",
        "Of a draw after bids close: a public draw of a named day, such as a lottery.",
    ),
    "TieBreak.draw_seed": ("Seed of the draw", "Where draw decides: a text that is fixed before bids come in."),
    # sums of awards and the final choice
    "by_rank": ("Shares by rank", "Of rank 1, 2 and so on, such as 100%; 90%; 80%. The last holds for all after it."),
    "step": ("Less for each rank", "In place of shares by rank, such as 10%."),
    "least_share": ("But at least", "The share below which the step does not go, such as 50%."),
    "at_least": ("From a total of", "The score from which the share of this row is offered."),
    "share": ("Share", "A share of the ask or of the award, such as 80%."),
    "panel": (
        "Panel sets sums",
        "yes: a panel may set a sum of its own within the ask, by a decision with its reason.",
    ),
    "rest": ("What is left", "offered: the next bid in order is offered what is left. kept: it is not."),
    "round_to": ("Multiples of (£)", "Every sum below the ask is a multiple of this, downwards. Empty: pence."),
    "least_useful": ("Least sum (£)", "No smaller sum is awarded to a bid that asks more."),
    "when": ("When", "When it is paid, or when the choice is made."),
    "who": ("Who chooses", "The offices or people who choose after the ranks."),
    "ranks": ("Ranks at most", "How many ranks behind the best bid left out a chosen one may be. Empty: any."),
    "points": ("Points at most", "How many points behind it, likewise. Empty: any."),
    "adds": ("May add", "yes: a bid may be chosen although none is left out for it."),
    "ChoiceGround.text": ("Ground", "What the ground means, in words that bidders read."),
    # equality
    "threshold": ("Smallest number shown", "Counts under it share one band where few says nothing else."),
    "few": ("Few", "Counts under it, and as many short of the whole, share one band; 3 is usual."),
    "bands": ("Widths of bands", "Tried in this order; 1 is an exact figure. 1; 5; 10 where nothing stands here."),
    "margin": ("Margin", "So many more than one could always be in a group, or out of it; 1 is usual."),
    "outside_tells": ("Outside tells", "no: that an organisation is in no group is not taken for a betrayed reply."),
    "primary": ("Primary family", "Ids of the questions whose awards are tested first; empty: all protected ones."),
    "alpha": ("Level", "Of the primary family; 0.05 where nothing stands here."),
    "ladder": ("Coarser groupings", "Finest first; each a name and groups, as JSON after json:."),
    "words": ("Free words", "A word and the published one that it is counted under, with a colon between."),
    "on_register": (
        "On a register",
        "yes: a public register says it of each organisation, so that it is shown as it is.",
    ),
    "about": ("About whom", "led_by, exists_for, serves or organisation."),
    "values": ("Answers offered", "One to a line (Alt+Enter), or with ; between them."),
    # tiers
    "up_to": (
        "Up to, pounds a year",
        "The largest yearly contract value of the tier, that figure included. Empty for the last.",
    ),
    "total_words": ("Words in all", "The most words of all answers together."),
    "monitoring": ("Reports a year", "The most monitoring reports a year."),
    "visits": ("Visits a year", "Visits a year by the council, for the hours of managing the contract."),
    "for_contract": ("For each contract", "Hours a year that every contract takes."),
    "for_visit": ("For each visit", "Hours for each visit that the tier says."),
    "for_report": ("For each report", "Hours for each monitoring report that the tier says."),
    "for_money": ("For each £10,000", "Hours for each £10,000 of the price, divided by its years."),
    "turnover": (
        "Turnover, times",
        "The most yearly turnover that may be asked for, in times of the yearly contract value.",
    ),
    "accounts_years": ("Years of accounts", "The most years of accounts that may be asked for."),
    "instead_of_accounts": ("Instead of accounts", "What a new organisation may show instead."),
    "insurance": ("Insurance", "by_start: in force when the contract starts. with_bid: before the award."),
    "Tier.optional": (
        "Optional questions",
        "Ids of the optional common questions that are asked in this tier, with ; between.",
    ),
    # themes
    "summary": ("Summary", "For people: what is bought."),
    "tier": ("Tier", "The id of a tier of the sheet Programme."),
    "contract_value": ("Yearly contract value", "The dearest contract of the theme, in pounds a year."),
    "weights": (
        "Weight",
        "The points that the question carries. With price, they are exactly 100 together, or the published total.",
    ),
    "total": ("Points in all", "What the weights of each theme come to together; empty: 100."),
    "answered": (
        "Answered",
        "marked: on a scale. pass_fail: without a weight; failing takes the bid out. information: it does not count.",
    ),
    "essential": ("Essential", "no: failing it is told, and takes nobody out."),
    "descriptors": ("Own descriptors", "Mark: what earns it for this question, with ; between. Empty: the scale's."),
    "ScaleMark.points": (
        "Points",
        "What the mark counts, where a table of points is published; empty: the mark itself.",
    ),
    "ScaleOf.questions": ("Questions", "Ids of the questions that are marked on this scale, with ; between them."),
    "sections": ("Sections", "Ids of the sections whose questions are marked on this scale, with ; between them."),
    "ScaleOf.mark": ("Marks", "Each mark with its label, its descriptor and, where there is a table, its points."),
    "decided_by": ("Who decides", "The office that decides it, bid by bid, with a reason."),
    "NotApplicable.weight": (
        "Where the weight goes",
        "section: to the other questions of its section. all: to all others. full_marks: the bid has the points.",
    ),
    "NotApplicable.questions": ("Questions", "Ids of the questions that may not apply; empty: any of them."),
    "Theme.total": ("Points in all", "What this theme's weights come to together; empty: as the programme says."),
    "minimum_points": ("Minimum in points", "A bid with fewer points in the section is not ranked."),
    "minimum_percent": ("Minimum in percent", "Of the points that the section's questions carry, such as 50%."),
    "minimum_quality_points": ("Least quality in points", "A bid with fewer points for all questions is not ranked."),
    "more_than": (
        "More than the minimum",
        "Ids of questions and sections, and quality, whose minimum must be passed and not just reached; ; between.",
    ),
    "minimum_marks": ("Minimum mark", "A bid with a lower mark for this question is not ranked."),
    "minimum_quality": (
        "Least quality",
        "Of the points that the questions carry together, such as 50%. Exactly this is enough.",
    ),
    "Section.weight": ("Weight", "What the questions of the section carry together, in percent."),
    "questions": ("Questions", "Ids of the questions (and price) of the section, with ; between them."),
    "shares": ("Shares", "Question: percent of the section, with ; between. Empty where they are not published."),
    # what people decided before publication
    "Accepted.code": ("Finding", "The finding's code, such as E-CRIT-705."),
    "Accepted.place": ("Place", "Where the finding is, as it is told: for example Common questions!C12."),
    "Accepted.person": ("Accepted by", "Name and office of whoever accepts it."),
    "Accepted.reason": ("Reason", "Why it stands all the same, for everyone to read."),
    "Accepted.date": ("On", "The day, such as 2026-12-01."),
    "Version.version": ("Version", "The new version, as on the sheet Programme."),
    "Version.date": ("On", "The day on which it changed, such as 2026-12-01."),
    "Version.replaces": ("Replaces", "The version that was sealed before."),
    "Version.what": ("What changed", "In words that bidders understand."),
    "Version.why": ("Why", "Why it changed."),
    "Version.legal_footing": ("Legal footing", "By what right: the provision or the published term."),
    "Version.told": ("How bidders were told", "Who was told, how and when."),
    "Theme.outcomes": (
        "Own outcomes",
        "The outcomes of this theme, beside those of every theme; ids with ; between them.",
    ),
}


def words_of(record: str, key: str) -> Words:
    """Give the label and the note of a record's key.

    >>> words_of("Section", "weight")[0], words_of("Question", "made_up")
    ('Weight', ('Made up', ''))
    """
    own = LABELS.get(f"{record}.{key}") or LABELS.get(key)
    return own or (key.replace("_", " ").capitalize(), "")
