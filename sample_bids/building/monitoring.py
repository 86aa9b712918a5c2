"""The equality monitoring: what each organisation replied, apart from everything else."""

from random import Random

from evaluator.files.read.tables import layouts
from evaluator.records.documents import Workbook
from sample_bids.building.organisations import SEED, Organisation
from sample_bids.building.sample import Sample
from sample_bids.building.sheets import SYNTHETIC, Row, table_sheet

# Whole numbers of about a hundred, in the order in which the criteria list the values.
WEIGHTS = {
    "led_by_ethnicity": (23, 15, 23, 5, 6, 5, 4, 19),
    "led_by_sex": (41, 39, 20),
    "led_by_disabled": (18, 82),
    "exists_for": (42, 18, 15, 5, 13, 4, 1, 2),
    "led_by_age": (12, 51, 17, 20),
    "led_by_religion": (34, 17, 7, 21, 21),
    "led_by_lgb": (11, 89),
    "led_by_trans": (2, 98),
    "exists_for_maternity": (13, 87),
    "exists_for_low_income": (38, 62),
    "exists_for_carers": (21, 79),
    "language": (19, 33, 48),
}
# Names that say whom an organisation exists for.
TELLING = {
    "Disability": "Disabled people",
    "Women": "Women",
    "Mothers": "Women",
    "Refuge": "Women",
    "Elders": "Older people",
    "Lunch": "Older people",
    "Silver": "Older people",
    "Youth": "Children and young people",
    "Boxing": "Children and young people",
}
SIZES = {"micro": 0, "small": 1, "medium": 2, "large": 3}
NEW = 0.22
LISTED_ONLY = "led_by_marriage"  # published, and on nobody's form: the document has to say so


def monitoring(sample: Sample) -> Workbook:
    """Make the monitoring workbook: a row for each organisation, by id."""
    bidders = {offer.organisation.id: offer.organisation for offer in sample.offers}
    rows = [_replies(sample, bidders[ident]) for ident in sorted(bidders)]
    sheet = table_sheet(layouts.monitoring(sample.criteria), rows)
    return Workbook(f"Equality monitoring. {SYNTHETIC}", (sheet,))


def _replies(sample: Sample, organisation: Organisation) -> Row:
    rng = Random(f"{SEED}: monitoring {organisation.id}")
    replied = rng.random() > 0.08
    plan = sample.criteria.equality
    row: dict[str, str | int | None] = {"organisation": organisation.id}
    for axis in plan.characteristic if plan else ():
        told = replied or axis.id == LISTED_ONLY
        row[axis.id] = _reply(rng, organisation, axis.id, axis.values) if told else "No reply"
    return row


def _reply(rng: Random, organisation: Organisation, axis: str, values: tuple[str, ...]) -> str:
    draw = rng.random()
    if axis == LISTED_ONLY:
        return "Not asked"
    if axis == "size":
        return values[SIZES[organisation.size]]
    if axis == "age":
        return values[0 if draw < NEW else 1]
    told = [group for word, group in TELLING.items() if word in organisation.name]
    if axis == "exists_for" and told:
        return told[0]
    if draw < 0.05:
        return "Prefer not to say"
    if draw < 0.07:
        return "Not asked"
    return rng.choices(values, WEIGHTS[axis])[0]
