"""What lies where in the folder of a programme."""

SETTINGS, LEDGER, START = "settings.xlsx", "ledger.jsonl", "START HERE.txt"
CRITERIA, BIDS, PAPERS, RECEIVED, IMPORTS, REPORTS = "criteria", "bids", "papers", "received", "imports", "reports"
CRITERIA_WORKBOOK = "criteria.xlsx"  # in the folder of the criteria, where they are kept as a workbook
CACHE = ".evaluator-cache"  # what runs worked out, for the next; it may be deleted at any time
FOLDERS = {
    CRITERIA: "what is asked of bidders and how it is judged: the workbook criteria.xlsx, or a folder of files",
    BIDS: "what came in: register or bid forms, evaluators' returns, agreed marks, declarations, decisions",
    PAPERS: "what goes out: blank workbooks, evaluators' workbooks, reading packs, letters",
    RECEIVED: "every file as it came, under its fingerprint; it is never changed",
    IMPORTS: "how other people's spreadsheets were read, as a person confirmed it",
    REPORTS: "a folder for each run, with its reports and its audit bundle",
}


def letters_of(stage: str) -> str:
    """Name the folder among the papers that holds the letters of a stage, or of the award where none is named.

    >>> letters_of("S1"), letters_of("")
    ('letters-S1', 'letters')
    """
    return f"letters-{stage}" if stage else "letters"
