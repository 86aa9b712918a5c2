"""The words that the sample is made of. Everything is invented but the names of the wards."""

from pathlib import Path

# Wards of Tower Hamlets as at 2022, from memory.
WARDS = (
    "Bethnal Green East",
    "Bethnal Green West",
    "Blackwall & Cubitt Town",
    "Bow East",
    "Bow West",
    "Bromley North",
    "Bromley South",
    "Canary Wharf",
    "Island Gardens",
    "Lansbury",
    "Limehouse",
    "Mile End",
    "Poplar",
    "Shadwell",
    "Spitalfields & Banglatown",
    "St Dunstan's",
    "St Katharine's & Wapping",
    "Stepney Green",
    "Weavers",
    "Whitechapel",
)

GROUPS = {
    "inclusion": (
        "older people",
        "disabled people",
        "carers",
        "families with young children",
        "people with mental health needs",
        "young people",
        "Somali families",
        "Bangladeshi elders",
        "new parents",
    ),
    "digital": (
        "older people",
        "disabled people",
        "parents",
        "people on low incomes",
        "migrants and refugees",
        "carers",
    ),
    "advice": ("people on low incomes", "private tenants", "migrants and refugees", "disabled people", "older people"),
    "employment": (
        "people out of work",
        "young people",
        "women returning to work",
        "disabled people",
        "people in low-paid work",
        "migrants and refugees",
    ),
    "safety": ("young people", "women", "young men aged 18 to 25", "LGBT+ people", "older residents", "families"),
}

# First words of invented names: compounds that no charity is known to use.
NAMES = tuple((Path(__file__).resolve().parent / "names.txt").read_text("utf-8").split())

SUFFIXES = {
    ("micro", "inclusion"): ("Neighbours", "Lunch Club", "Mothers' Circle"),
    ("micro", "digital"): ("Silver Surfers", "Neighbours"),
    ("micro", "employment"): ("Sewing Circle", "Neighbours"),
    ("micro", "safety"): ("Residents' Group", "Neighbours"),
    ("small", "inclusion"): (
        "Community Association",
        "Women's Group",
        "Carers' Group",
        "Community Garden",
        "Disability Forum",
        "Elders' Club",
        "Parents' Network",
    ),
    ("small", "digital"): ("Online Club", "Community Workshop"),
    ("small", "advice"): ("Advice Project",),
    ("small", "employment"): ("Kitchen", "Makers", "Community Arts"),
    ("small", "safety"): ("Youth Project", "Boxing Club", "Women's Group"),
    ("medium", "inclusion"): ("Community Trust", "Family Centre", "Wellbeing", "Arts and Health"),
    ("medium", "digital"): ("Digital CIC", "Learning Centre"),
    ("medium", "advice"): ("Advice Centre", "Law Centre", "Rights"),
    ("medium", "employment"): ("Skills CIC", "Works", "Enterprise"),
    ("medium", "safety"): ("Youth Trust", "Refuge"),
    ("large", ""): ("Foundation", "Community Group", "Trust", "Together"),
}

PROJECTS = {
    "inclusion": (
        "Open Table",
        "Company on Sundays",
        "Steady Steps",
        "The Repair Table",
        "Room to Breathe",
        "Growing Side by Side",
        "Tea at Three",
        "Mothers and Others",
        "Able and Out",
        "A Place at the Table",
        "Moving Gently",
        "The Long Lunch",
        "Carers' Hour",
        "First Steps Out",
    ),
    "digital": (
        "Online in Twelve Steps",
        "Tablets and Tea",
        "Safe Clicks",
        "Get It Done Online",
        "The Mended Laptop",
        "Family Online",
    ),
    "advice": ("Rights Next Door", "Open File", "Advice Where You Are", "Before the Bailiffs", "Home and Income"),
    "employment": (
        "Into Good Work",
        "Kitchen Door",
        "Second Start",
        "Built Here",
        "Make, Mend, Earn",
        "Hours That Fit",
        "Front of House",
    ),
    "safety": ("Walk Home", "Ways Out", "Stairwell", "Safe to Say", "After Dark", "Our Square"),
}

FEW = ("three", "four", "five", "six", "eight", "nine", "ten", "twelve")
PLACES = (
    "the library",
    "the community hall",
    "the food bank",
    "the health centre",
    "the primary school",
    "the estate office",
    "the youth club",
    "the market",
    "the children's centre",
    "the old bath house",
    "the church hall",
    "the mosque's meeting room",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "September", "October", "November")
FINDERS = (
    "school nurses",
    "housing officers",
    "the food bank",
    "local pharmacists",
    "link workers at two surgeries",
    "faith leaders",
    "street outreach",
    "health visitors",
    "shopkeepers",
    "tenants' groups",
)
LEFT_OUT = (
    "older men who live alone",
    "women who do not speak English",
    "people with hearing loss",
    "carers who cannot leave home",
    "young people out of school",
    "people new to the country",
    "night workers",
    "people with learning disabilities",
    "families in temporary homes",
    "people who have been in prison",
)
CRISES = {
    "inclusion": (
        "a first fall and a stay in hospital",
        "a breakdown at home",
        "a child taken into care",
        "years indoors",
    ),
    "digital": ("a benefit claim stopped for a missed form", "a first loan fraud", "a child groomed in a game"),
    "advice": ("an eviction notice", "a stopped benefit", "bailiffs at the door", "a missed appeal"),
    "employment": ("a second year out of work", "leaving school without a place", "a slide into day labour"),
    "safety": ("a first knife injury", "a second assault at home", "a child drawn into dealing"),
}
HARMS = (
    "exploitation by drug gangs",
    "knife injury among young men",
    "abuse at home",
    "hate crime on estates",
    "harassment of women after dark",
)
