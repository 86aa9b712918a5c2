"""The sample bids: that they are what the script makes, that they are complete, and that what was planted is there."""

import csv
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluator.allocation import allocate, allocation_problem
from evaluator.files.read.bids.folder import CONSIDERATION, bids_in, read_bids, read_consideration, read_monitoring
from evaluator.jobs.equality import consideration
from evaluator.records.numbers import rounded
from evaluator.records.results.equality import REPLIES
from evaluator.records.submissions.received import Received, Table
from evaluator.reporting.equality import consider
from evaluator.scoring import score
from evaluator.validation import validate
from sample_bids.build import PROGRAMME, ROOT, SPOILED, build, criteria_of
from sample_bids.building import planted
from sample_bids.building.facts import phrases
from sample_bids.building.panel import PANELS
from sample_bids.building.sample import Sample, make_sample
from sample_bids.building.words import WARDS
from sample_bids.mending import LIST, mend, read_planted

FOLDER = ROOT / "sample_bids"
CRITERIA = criteria_of(PROGRAMME)
LEAST_WORDS = 12


@pytest.fixture(scope="module")
def sample() -> Sample:
    return make_sample(CRITERIA)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def received() -> Received:
    return read_bids(FOLDER / PROGRAMME, CRITERIA)


def _content(path: Path) -> object:
    """Give a file's bytes; of a workbook those of its parts, for compression differs between machines."""
    content = path.read_bytes()
    if path.suffix != ".xlsx":
        return content
    with zipfile.ZipFile(BytesIO(content)) as book:
        return [(part.filename, book.read(part)) for part in book.infolist()]


def _files(folder: Path) -> set[str]:
    building = folder / "building"  # what the script makes them from
    data = (path for path in folder.rglob("*") if path.suffix in (".xlsx", ".csv") and building not in path.parents)
    return {path.relative_to(folder).as_posix() for path in data}


def test_the_committed_files_are_exactly_what_the_script_makes(built: Path) -> None:
    assert _files(built) == _files(FOLDER)
    assert [name for name in sorted(_files(built)) if _content(built / name) != _content(FOLDER / name)] == []


def test_the_sample_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.suffix in (".xlsx", ".csv")) < 3_000_000


def test_there_are_130_bids_by_90_organisations_from_micro_to_large(sample: Sample) -> None:
    assert len({offer.bid for offer in sample.offers}) == len(sample.offers) == 130
    bidders = {offer.organisation.id: offer.organisation for offer in sample.offers}
    assert len(bidders) == len({bidder.name for bidder in bidders.values()}) == 90
    assert {bidder.size for bidder in bidders.values()} == {"micro", "small", "medium", "large"}
    assert min(bidder.income for bidder in bidders.values()) < 10_000
    assert max(bidder.income for bidder in bidders.values()) > 1_000_000
    assert all(bidder.small == (bidder.income <= 100_000) for bidder in bidders.values())


def test_every_ward_is_offered_a_service_and_no_ward_is_invented(sample: Sample) -> None:
    assert {ward for offer in sample.offers for ward in offer.wards} == set(WARDS)
    assert len(WARDS) == 20


def test_each_theme_is_asked_for_about_twice_its_budget(sample: Sample) -> None:
    budgets = {"inclusion": 990_000, "digital": 340_000, "advice": 640_000, "employment": 435_000, "safety": 195_000}
    for theme, budget in budgets.items():
        asked = sum(offer.price for offer in sample.offers if offer.theme == theme)
        assert 2 <= Fraction(asked, 4 * budget) <= Fraction(27, 10), theme


def test_every_answer_has_its_panels_marks_and_one_agreed_mark(sample: Sample) -> None:
    given = Counter(marked.answer.key for marked in sample.marks)
    agreed = Counter(marked.answer.key for marked in sample.agreed)
    assert set(given) == set(agreed)
    assert set(agreed.values()) == {1}
    fewer = {key for key, number in given.items() if number == 2}
    assert {subject for subject, _ in fewer} == {"B085"}
    assert set(given.values()) == {2, 3}
    questions = {theme.id: sum(q.scope == "bid" for q in CRITERIA.questions(theme.id)) for theme in CRITERIA.themes}
    marked = [offer for offer in sample.offers if offer.bid not in planted.UNMARKED]
    organisations = {offer.organisation.id for offer in marked}
    assert len(agreed) == sum(questions[offer.theme] for offer in marked) + 2 * len(organisations)


def test_twelve_evaluators_sit_in_panels_of_three(sample: Sample) -> None:
    assert all(len(members) == 3 for members in PANELS.values())
    assert len({member for members in PANELS.values() for member in members}) == 12
    assert {marked.evaluator for marked in sample.marks} == {f"E{number:02d}" for number in range(1, 13)}


def test_reasons_are_of_twelve_words_and_more_and_never_the_same_for_one_question(sample: Sample) -> None:
    for marks in (sample.marks, sample.agreed):
        written = Counter((marked.answer.question.id, marked.reason) for marked in marks)
        assert max(written.values()) == 1
        assert min(len(marked.reason.split()) for marked in marks) >= LEAST_WORDS


@pytest.mark.parametrize("word", ["price", "cheap", "expensive", "other bid", "than others", "better than", "we know"])
def test_no_reason_speaks_of_price_or_of_another_bidder(sample: Sample, word: str) -> None:
    assert not [marked for marked in (*sample.marks, *sample.agreed) if word in marked.reason.casefold()]


def test_every_question_has_its_own_phrases_for_each_of_four_parts() -> None:
    asked = {q.id for theme in CRITERIA.themes for q in CRITERIA.questions(theme.id)}
    assert set(phrases()) == asked
    assert all(len(said["met"]) == len(said["gap"]) == 4 for said in phrases().values())


def test_agreed_marks_lie_within_the_marks_but_for_those_that_say_why(sample: Sample) -> None:
    marks: dict[tuple[str, str], list[int]] = {}
    for marked in sample.marks:
        marks.setdefault(marked.answer.key, []).append(marked.mark)
    outside = {
        marked.answer.key: marked.reason
        for marked in sample.agreed
        if not min(marks[marked.answer.key]) <= marked.mark <= max(marks[marked.answer.key])
    }
    assert sorted(outside) == [("B045", "SA2"), ("B060", "EM1"), ("B105", "IN2"), ("ORG-010", "C9")]
    assert all(reason.startswith("Outside the range of the individual marks (") for reason in outside.values())


def test_evaluators_mostly_agree_or_differ_by_one_and_sometimes_by_two(sample: Sample) -> None:
    marks: dict[tuple[str, str], list[int]] = {}
    for marked in sample.marks:
        marks.setdefault(marked.answer.key, []).append(marked.mark)
    spreads = Counter(max(given) - min(given) for given in marks.values())
    assert spreads[0] + spreads[1] > 0.8 * len(marks)
    assert sum(number for spread, number in spreads.items() if spread >= 2) > 20


# The scores below are worked out here again, by the published words alone, to hold the planted features to them.


def _quality(sample: Sample, bid: str) -> Fraction:
    offer = next(offer for offer in sample.offers if offer.bid == bid)
    agreed = {marked.answer.key: marked.mark for marked in sample.agreed}
    weights = CRITERIA.theme(offer.theme).weights
    return sum(
        Fraction(weights[question.id])
        * agreed[offer.organisation.id if question.scope == "organisation" else bid, question.id]
        / 5
        for question in CRITERIA.questions(offer.theme)
    )


def _total(sample: Sample, bid: str, lowest: int) -> Fraction:
    """Give the total of a bid in a theme that scores whole prices, of which the lowest ranked one is given."""
    offer = next(offer for offer in sample.offers if offer.bid == bid)
    points = CRITERIA.theme(offer.theme).price_weight * lowest / offer.price
    return Fraction(rounded(_quality(sample, bid), 2) + rounded(points, 2), 100)


def _lowest(sample: Sample, theme: str) -> int:
    below = {"B002", "B089", "B067", "B013", "B100", "B027"}
    out = below | set(planted.UNMARKED)
    return min(offer.price for offer in sample.offers if offer.theme == theme and offer.bid not in out)


def test_an_exact_tie_is_decided_by_quality(sample: Sample) -> None:
    lowest = _lowest(sample, "inclusion")
    assert lowest == 127_578
    assert _total(sample, "B072", lowest) == _total(sample, "B083", lowest) == Fraction("68.75")
    assert _quality(sample, "B072") == Fraction("51.55")
    assert _quality(sample, "B083") == Fraction("51.45")


def test_another_exact_tie_is_equal_at_every_published_level(sample: Sample) -> None:
    first, second = (next(offer for offer in sample.offers if offer.bid == bid) for bid in planted.FULL_TIE)
    assert first.price == second.price == 164_050
    assert _quality(sample, first.bid) == _quality(sample, second.bid) == Fraction("46.9")
    agreed = {marked.answer.key: marked.mark for marked in sample.agreed}
    assert agreed[first.bid, "C1"] == agreed[second.bid, "C1"]


def test_two_bids_are_two_hundredths_of_a_point_apart(sample: Sample) -> None:
    lowest = _lowest(sample, "employment")
    assert _total(sample, "B094", lowest) == Fraction("69.32")
    assert _total(sample, "B022", lowest) == Fraction("69.30")


def test_bids_are_below_the_minimum_where_the_readme_says_so_and_nowhere_else(sample: Sample) -> None:
    agreed = {marked.answer.key: marked.mark for marked in sample.agreed}
    low_marks, low_quality = set(), set()
    for offer in sample.offers:
        theme = CRITERIA.theme(offer.theme)
        if offer.bid in planted.UNMARKED:
            continue
        low_marks |= {(offer.bid, q) for q, least in theme.minimum_marks.items() if agreed[offer.bid, q] < least}
        if _quality(sample, offer.bid) < (100 - theme.price_weight) / 2:
            low_quality.add(offer.bid)
    assert low_marks == {("B067", "C7"), ("B027", "SA3")}
    assert low_quality == {"B002", "B089", "B013", "B100"}
    assert _quality(sample, "B002") == Fraction("39.65")


def test_two_prices_are_abnormally_low_by_the_published_tests_and_both_are_decided(sample: Sample) -> None:
    low: dict[str, set[str]] = {}
    for theme in CRITERIA.themes:
        admitted = [o for o in sample.offers if o.theme == theme.id and o.bid not in planted.UNMARKED]
        scored = {o.bid: Fraction(o.price, o.people if theme.id == "advice" else 1) for o in admitted}
        mean = sum(scored.values()) / len(scored)
        lowest, following = sorted(scored, key=scored.__getitem__)[:2]
        for bid, price in scored.items():
            if price < mean * Fraction(60, 100):
                low.setdefault(bid, set()).add("mean")
        if scored[lowest] < scored[following] * Fraction(70, 100):
            low.setdefault(lowest, set()).add("next")
    assert low == {"B099": {"mean", "next"}, "B039": {"mean"}}
    decided = {(row["bid"], row["matter"]): row["decision"] for row in sample.decisions}
    assert decided == {
        ("B028", "failed_gate"): "not_met",
        ("B032", "failed_gate"): "met",
        ("B099", "low_price"): "admit",
        ("B039", "low_price"): "admit",
    }


def test_the_award_is_the_one_that_the_readme_speaks_of(received: Received) -> None:
    evaluation, found = validate(CRITERIA, received)
    assert found == ()
    assert evaluation is not None
    scores = score(CRITERIA, evaluation)
    problem = allocation_problem(CRITERIA, evaluation, scores)
    allocation = allocate(problem)
    funded = {award.bid for award in allocation.awards}
    assert allocation.status == "proven"
    assert len(allocation.tied) == 1
    assert {"B072", "B083", "B099", "B092"} <= funded
    assert not funded & {"B019", "B123", "B022", "B094", "B028", "B032", "B040", "B062"}
    assert sum(bid.id in funded for bid in evaluation.bids if bid.organisation == "ORG-071") == 3
    better_than_funded = set()
    for theme in scores.themes:  # down each ranking: nobody is passed over but by the limit of three awards
        ranked = [(rank, bid) for rank, bid in zip(theme.ranks, theme.bids, strict=True) if rank]
        last = max(rank for rank, bid in ranked if bid in funded)
        better_than_funded |= {bid for rank, bid in ranked if rank < last and bid not in funded}
    assert better_than_funded == {"B062"}


def test_the_files_are_read_without_a_finding(received: Received) -> None:
    assert received.findings == ()
    tables = (received.register, received.panel, received.interests, received.decisions)
    assert [len(table) for table in tables if table is not None] == [130, 18, 14, 4]


def test_nothing_but_the_monitoring_file_holds_a_monitoring_reply(received: Received) -> None:
    table, found = read_monitoring(FOLDER / PROGRAMME, CRITERIA)
    assert found == ()
    assert table is not None
    assert len(table) == 90
    assert CRITERIA.equality is not None
    for axis in CRITERIA.equality.characteristic:
        assert set(table.columns[axis.id]) <= {*axis.values, *REPLIES}
    assert received.register is not None
    assert not set(table.columns) & set(received.register.columns) - {"organisation"}


def test_the_returns_name_their_evaluator_programme_and_seal() -> None:
    seal = json.loads((ROOT / "criteria" / PROGRAMME / "seal.json").read_text("utf-8"))["sha256"]
    sheet = load_workbook(FOLDER / PROGRAMME / "returns" / "E03.xlsx")["Evaluator"]
    facts = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(3, 7)]
    assert facts == [
        ("Evaluator", "E03"),
        ("Programme", "THCC-2027"),
        ("Criteria version", "1.0"),
        ("Seal", seal[:12]),
    ]


def test_evaluators_can_change_marks_and_reasons_and_nothing_else() -> None:
    sheet = load_workbook(FOLDER / PROGRAMME / "returns" / "E03.xlsx")["Marks"]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True, True, True, True, False, False]


# The mistakes


def test_there_are_at_least_28_mistakes_each_in_a_place_of_its_own() -> None:
    mistakes = read_planted(FOLDER / SPOILED)
    assert len(mistakes) >= 28
    assert len({(one.file, one.sheet, one.cell) for one in mistakes}) == len(mistakes)
    assert len({one.kind for one in mistakes}) == len(mistakes)
    assert all(one.expected_code for one in mistakes)


def _rows(table: Table | None) -> Counter[tuple[tuple[str, str], ...]]:
    assert table is not None
    return Counter(tuple(sorted(table.row(row).items())) for row in range(len(table)))


@pytest.mark.parametrize(
    "table",
    [
        lambda received: received.register,
        lambda received: received.marks,
        lambda received: received.consensus,
        lambda received: received.panel,
        lambda received: received.interests,
        lambda received: received.decisions,
    ],
    ids=["register", "marks", "consensus", "panel", "interests", "decisions"],
)
def test_mending_every_mistake_gives_the_good_set_again(
    table: Callable[[Received], Table | None], received: Received, mended: Received
) -> None:
    assert _rows(table(mended)) == _rows(table(received))


@pytest.fixture(scope="module")
def mended(built: Path) -> Received:
    folder = built / SPOILED
    mend(folder, read_planted(folder))
    return read_bids(folder, CRITERIA)


def test_once_mended_nothing_is_left_to_note_but_the_list_itself(mended: Received) -> None:
    assert [found.source.file for found in mended.findings] in ([], [LIST])


@pytest.mark.parametrize("programme", ["minimal", "minimal_with_price"])
def test_the_small_sets_mark_every_question_of_every_bid(programme: str) -> None:
    criteria = criteria_of(programme)
    with (FOLDER / programme / "register.csv").open(encoding="utf-8", newline="") as stream:
        bids = [row["bid"] for row in csv.DictReader(stream)]
    with (FOLDER / programme / "marks.csv").open(encoding="utf-8", newline="") as stream:
        marks = list(csv.DictReader(stream))
    wanted = {(bid, question.id) for bid in bids for question in criteria.questions("main")}
    assert {(row["bid"], row["question"]) for row in marks} == wanted
    assert len({row["reason"] for row in marks}) == len(marks)


def test_a_consideration_of_the_samples_figures_stands_and_is_older_than_its_decision() -> None:
    said, _ = read_consideration(bids_in(FOLDER / PROGRAMME))
    assert said is not None
    told = (said["person"], said["date"], said["text"])
    finished, written = consideration(ROOT / "criteria" / PROGRAMME, FOLDER / PROGRAMME, told, lambda _: None)
    assert finished.outcome is not None
    _, notes = consider(CRITERIA, finished.outcome.equality, said, CONSIDERATION)
    assert notes == ()  # so nothing keeps letters, notice and release drafts
    assert written == (FOLDER / PROGRAMME / CONSIDERATION).read_bytes()
    assert CRITERIA.procurement is not None
    assert said["date"] < str(CRITERIA.procurement.decision)
    assert not (FOLDER / SPOILED / CONSIDERATION).exists()
