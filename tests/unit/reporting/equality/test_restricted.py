"""The restricted edition of a programme with a planted gate: its words, its figures and its forms, opened again."""

import io
import re
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cache
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest

from evaluator.files.audit.run_folder import rendered
from evaluator.law import provision
from evaluator.records.results.equality import STAGES
from evaluator.records.results.equality_evidence import EqualityEvidence, Evaluators, Gap
from evaluator.records.results.equality_evidence import EvaluatorGap as Differs
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.studies.gap_options import Change, ChangeKind, GapOptions
from evaluator.reporting.equality.restricted import restricted_documents
from evaluator.reporting.equality.restricted.figures import evaluator_lines
from evaluator.reporting.equality.restricted.first_page import first_gaps, first_page, now
from evaluator.reporting.equality.restricted.lawful import lawful
from evaluator.reporting.equality.restricted.priced import cheapest, priced_rows
from evaluator.reporting.equality.restricted.words import counts, gap_name, size, where
from tests.unit.equality.evidence.planted import CRITERIA, Planted
from tests.unit.equality.small_programmes import allocation

RECIPIENTS = ("Councillor A & B", 'The "Mayor"</style>')
NAME = "equality_restricted"
PAIR = (("E1", Fraction(-1, 2)), ("E2", Fraction(1, 2)))
ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Edition:
    outcome: Outcome
    evidence: EqualityEvidence
    files: dict[str, bytes]

    @property
    def html(self) -> str:
        return self.files[f"{NAME}.html"].decode()

    @property
    def text(self) -> str:
        body = re.sub(r"<(style|title|desc|svg)\b.*?</\1>", " ", self.html, flags=re.S)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def options(evidence: EqualityEvidence) -> tuple[GapOptions, ...]:
    """Two options for each of the largest gaps: a floor, and another basis of prices that costs less."""
    return tuple(
        GapOptions(
            gap.characteristic,
            gap.group,
            gap.bids,
            gap.awards,
            (
                Change(
                    "basis", "another basis", "proven", gap.awards + 2, Fraction(3, 2), 900_00, 100_00, ("x",), ("y",)
                ),
                Change(
                    "one_more", "at least 1 award", "proven", gap.awards + 1, Fraction(5), 900_00, 50_00, ("z",), ("w",)
                ),
            ),
        )
        for gap in evidence.largest(5)
        if gap.stage != "bid"
    )


@cache
def edition() -> Edition:
    made = Planted(1, "gate")
    evidence = made.evidence()
    won = allocation(made.awards)
    outcome = Outcome(
        Run("run", "0", "2026-12-01"), CRITERIA, "f" * 64, None, (), made.evaluation, (), made.scores, won
    )
    documents = restricted_documents(outcome, evidence, RECIPIENTS, options(evidence))
    return Edition(outcome, evidence, rendered(documents))


def sheets() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(edition().files[f"{NAME}.xlsx"]))


def test_the_first_page_names_the_largest_gaps_with_stage_size_and_certainty() -> None:
    """The gate shuts out 30 of 90 organisations: it is raised first, by name and by gate."""
    (planted, *_) = edition().evidence.largest(5)
    assert (gap_name(planted), planted.stage, planted.certainty) == ("Led by women", "gate", "unlikely_chance")
    assert edition().text.index("Raise first: Led by women: ") < edition().text.index("Why this is restricted")
    assert "gate: Turnover" in edition().text
    for gap in first_gaps(edition().evidence)[:5]:
        for told in (gap_name(gap), counts(gap), size(gap), where(gap)):
            assert told in edition().text


def test_every_count_of_every_group_stands_in_the_workbook() -> None:
    rows = [[cell.value for cell in row] for row in sheets()["Groups"].iter_rows(min_row=3)]
    wanted = [
        [one.title, group.group, group.organisations, group.funded, *(figures.bids for figures in group.stages)]
        for one in edition().evidence.characteristics
        for group in one.groups
    ]
    assert [row[: 4 + len(STAGES)] for row in rows] == wanted
    rates = [group.rate for one in edition().evidence.characteristics for group in one.groups]
    assert [row[4 + len(STAGES)] for row in rows] == [
        pytest.approx(float(rate), abs=1e-9) if rate is not None else "none" for rate in rates
    ]


def test_every_gap_stands_in_the_workbook_with_its_parts_which_add_up() -> None:
    rows = [[cell.value for cell in row] for row in sheets()["Gaps"].iter_rows(min_row=3)]
    gaps = edition().evidence.gaps
    assert [row[:1] + row[4:8] for row in rows] == [
        [gap_name(gap), gap.organisations, gap.funded, gap.bids, gap.awards] for gap in gaps
    ]
    assert [row[9] for row in rows] == [pytest.approx(float(gap.shortfall), abs=1e-6) for gap in gaps]
    assert all(sum(part.awards for part in gap.parts) == gap.shortfall for gap in gaps if gap.parts)


def test_the_folded_tables_hold_each_groups_counts_and_all_without_a_reply_together() -> None:
    html = edition().html
    for one in edition().evidence.characteristics:
        for group in one.groups:
            if group.known:
                numbers = (group.organisations, *(figures.bids for figures in group.stages))
                cells = "".join(f'<td class="n">{number}</td>' for number in numbers)
                assert f'<th scope="row">{group.group}</th>{cells}' in html


def test_every_page_and_sheet_says_for_whom_it_is() -> None:
    words = 'Restricted: equality evidence for Councillor A & B and The "Mayor"</style> alone. Not for publication.'
    word = docx.Document(io.BytesIO(edition().files[f"{NAME}.docx"]))
    assert all(section.header.paragraphs[0].text == words for section in word.sections)
    for sheet in sheets().worksheets:
        assert words in {sheet["A1"].value, sheet["A2"].value}
        assert sheet.oddHeader.left.text.replace("&&", "&") == words
    assert words in edition().text


def test_a_name_is_never_markup_or_style() -> None:
    html = edition().html
    assert "</style>" not in html[: html.index("@top-left")]
    assert r"The \000022 Mayor\000022 \00003c \00002f style" in html
    assert html.count("</style>") == 1


def test_six_pages_and_an_annex_of_which_the_first_stands_by_itself() -> None:
    """Its outline tells on which page each heading stands, from nought."""
    with pikepdf.open(io.BytesIO(edition().files[f"{NAME}.pdf"])) as pdf:
        number = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            waiting, at = list(outline.root), {}
            while waiting:
                one = waiting.pop(0)
                waiting += one.children
                target = one.destination if one.destination is not None else one.action.D
                at[one.title] = number[target[0].objgen]
    assert at["Equality evidence for those who decide"] == 0
    assert min(page for title, page in at.items() if title != "Equality evidence for those who decide") == 1
    assert at["Annex: other questions, and every figure"] <= 6


def test_it_is_in_the_order_of_a_councils_own_analysis() -> None:
    titles = re.findall(r"<h2[^>]*>([^<]+)</h2>", edition().html)
    assert titles[1:7] == ["Aims", "Evidence", "Impact", "Mitigation", "Decision", "Monitoring"]


def test_no_sentence_is_said_twice() -> None:
    main = edition().html.partition("<main")[2]
    prose = re.findall(r"<(?:p|li)[ >].*?</(?:p|li)>", main, re.S)
    texts = (re.sub(r"<[^>]+>", "", unescape(one)) for one in prose)
    said = [sentence.strip() for text in texts for sentence in re.split(r"(?<=\.) ", text) if len(sentence) > 30]
    assert len(said) == len(set(said))


def test_the_same_evidence_gives_the_same_bytes() -> None:
    first = edition()
    again = rendered(restricted_documents(first.outcome, first.evidence, RECIPIENTS, options(first.evidence)))
    assert again == first.files


def test_no_other_part_of_the_house_can_print_it() -> None:
    """Only the command, its job, the pipeline's step, the edition's own rooms and what makes it know the evidence."""
    allowed = ("cli/equality", "jobs/equality", "pipeline", "equality/", "reporting/equality/", "records/results/")
    engine = ROOT / "evaluator"
    for path in engine.rglob("*.py"):
        if "equality_evidence" in path.read_text("utf-8") or "equality.restricted" in path.read_text("utf-8"):
            assert path.relative_to(engine).as_posix().startswith(allowed), path
    assert not [one.name for one in fields(Outcome) if "evidence" in one.name]


def test_where_nothing_stands_out_the_first_page_says_so_and_asks_all_the_same() -> None:
    (gap, *_) = (one for one in edition().evidence.gaps if one.shortfall > 0 and one.stage != "bid")
    quiet = replace(edition().evidence, gaps=(replace(gap, certainty="too_little"),))
    page = first_page(quiet, (), "pa2023")
    assert page.lead.startswith(
        "No group has so few awards that chance is unlikely to explain it. Ask about the largest"
    )
    assert page.rows[0].change == "nothing that was tried"
    nobody = first_page(replace(quiet, gaps=()), (), "pa2023")
    assert (nobody.lead[:8], nobody.rows) == ("No group", ())


def test_a_group_that_has_more_because_another_has_fewer_takes_no_row() -> None:
    """Of women and the others both differ, and it is one fact."""
    told = [gap for gap in edition().evidence.largest(3) if gap.characteristic == "led_by_sex"]
    assert [gap.group for gap in told] == ["Yes", "No"]
    assert [gap.group for gap in first_gaps(edition().evidence) if gap.characteristic == "led_by_sex"] == ["Yes"]
    alone = replace(edition().evidence, gaps=(told[1],))
    assert first_gaps(alone) == (told[1],)


def test_a_gap_in_who_bid_asks_for_bids_and_not_for_awards() -> None:
    gap = replace(
        *(one for one in edition().evidence.gaps[:1]),
        stage="bid",
        parts=(),
        benchmark="Providers",
        shortfall=Fraction(9, 2),
    )
    (row,) = first_page(replace(edition().evidence, gaps=(gap,)), (), "pa2023").rows
    assert row.counts == f"{gap.organisations} organisations bid"
    assert row.size.startswith("4.5 fewer; ")
    assert row.change == "Invite, and help, such organisations to bid next time: no points"


def test_every_alarm_that_the_table_has_no_room_for_is_named_beneath_it() -> None:
    (gap, *_) = edition().evidence.largest(1)
    many = tuple(replace(gap, group=f"G{at}", shortfall=Fraction(9 - at)) for at in range(8))
    page = first_page(replace(edition().evidence, gaps=many), (), "pa2023")
    assert len(page.rows) == 5
    assert all(f"G{at} (led by women), gate: Turnover" in page.also for at in range(5, 8))


def change(kind: ChangeKind, *, off_ranking: bool = False, lost: int = 1, awards: int = 1) -> Change:
    return Change(kind, kind, "proven", awards, Fraction(lost), off_ranking=off_ranking)


@pytest.mark.parametrize(
    ("kind", "about", "regime", "when", "topic"),
    [
        ("one_more", "led_by", "pa2023", "in no round", "less_favourable"),
        ("one_more", "led_by", "grant", "next time, with legal advice", "positive_action"),
        ("own_share", "serves", "pa2023_light_touch", "next time, with legal advice", "user_views"),
        ("own_share", "exists_for", "pcr2015", "next time, with legal advice", "clear"),
        ("small", "led_by", "pa2023", "in no round", "reserved"),
        ("small", "led_by", "below_threshold", "next time", "reserved"),
        ("small", "led_by", "psr2023", "next time, with legal advice", "reserved"),
        ("basis", "led_by", "pcr2015", "next time", "assessed"),
        ("lots", "led_by", "pa2023", "next time", "divided"),
        ("minimums", "led_by", "psr2023", "next time", "conditions"),
        ("gates", "led_by", "below_threshold", "next time", "conditions"),
    ],
)
def test_what_is_lawful_and_when_rests_on_a_provision_of_the_regime(
    kind: ChangeKind, about: str, regime: str, when: str, topic: str
) -> None:
    found = lawful(change(kind), about, regime)  # type: ignore[arg-type]
    assert found.when == when
    assert provision(topic, regime) in found.why


@pytest.mark.parametrize(
    ("regime", "when"), [("pa2023", "in no round"), ("pcr2015", "in no round"), ("grant", "next time")]
)
def test_leaving_the_order_of_rank_is_lawful_only_where_no_law_asks_for_that_order(regime: str, when: str) -> None:
    assert lawful(change("lots", off_ranking=True), "led_by", regime).when == when


def test_nothing_may_be_changed_now_and_the_provision_is_the_regimes_own() -> None:
    assert "Procurement Act 2023 s.31" in now("pa2023_light_touch")
    assert "Public Contracts Regulations 2015 reg 18" in now("pcr2015")
    assert "Procurement Act" not in now("grant")


def gap_and_options(*changes: Change) -> tuple[Gap, GapOptions]:
    gap = replace(edition().evidence.largest(1)[0], awards=0)
    return gap, GapOptions(gap.characteristic, gap.group, gap.bids, 0, changes)


def test_options_stand_by_cost_and_those_off_the_ranking_after_them() -> None:
    gap, tried = gap_and_options(
        change("lots", off_ranking=True, lost=0), change("basis", lost=7), Change("small", "small", "infeasible"),
        change("one_more", lost=2),
    )  # fmt: skip
    rows = priced_rows([gap], [tried], {}, "pa2023")
    assert [row.change.kind for row in rows] == ["one_more", "basis", "lots", "small"]
    assert [row.points for row in rows] == ["2.00", "7.00", "0", "no set of awards keeps all rules"]
    assert [str(effect) for effect in rows[0].effects] == ["Led by women 0 to 1"]


def test_the_first_page_takes_the_cheapest_that_may_be_done_before_a_cheaper_yardstick() -> None:
    gap, tried = gap_and_options(change("one_more", lost=2), change("basis", lost=7), change("lots", lost=1, awards=0))
    found = cheapest(priced_rows([gap], [tried], {}, "pa2023"), gap)
    assert found is not None
    assert found.change.kind == "basis"  # the floor is in no round, and the lots bring nothing
    only = cheapest(priced_rows([gap], [replace(tried, changes=tried.changes[:1])], {}, "pa2023"), gap)
    assert only is not None
    assert only.change.kind == "one_more"


def test_an_option_for_all_groups_is_told_once_with_what_it_does_for_each() -> None:
    first, other = edition().evidence.gaps[0], edition().evidence.gaps[1]
    both = [
        GapOptions(one.characteristic, one.group, one.bids, 1, (change("basis", awards=3),)) for one in (first, other)
    ]
    (row,) = priced_rows([first, other], both, {}, "pa2023")
    assert len(row.effects) == 2


def test_displaced_bids_are_told_by_the_organisations_name() -> None:
    gap, tried = gap_and_options(replace(change("basis"), displaced=("B1", "B2", "B3")))
    (row,) = priced_rows([gap], [tried], {"B1": "Alpha (B1)", "B2": "Beta (B2)", "B3": "Gamma (B3)"}, "pa2023")
    assert row.displaced_words == "Alpha (B1), Beta (B2) and 1 more"


def test_with_two_evaluators_it_says_that_nothing_tells_which_of_them_differs() -> None:
    differ = tuple(Differs(name, marks, 40, Fraction(1, 100), "possible_chance") for name, marks in PAIR)
    gap = replace(edition().evidence.gaps[0], evaluators=(Evaluators(("E1", "E2"), differ, False, True),))
    (line,) = evaluator_lines([gap], {"E1": "Ann (E1)"})
    assert "Ann (E1) 0.50 marks lower than colleagues on 40 answers" in line
    assert line.endswith("nothing here says which of them differs.")
    apart = replace(gap, evaluators=(Evaluators(("E1", "E2"), (), True, False),))
    assert "cannot be compared" in evaluator_lines([apart], {})[0]


def test_with_no_award_at_all_the_pages_are_there_and_say_it() -> None:
    made = Planted(3, "none")
    made.awards = {}
    evidence = made.evidence()
    outcome = replace(edition().outcome, evaluation=made.evaluation, scores=made.scores, allocation=allocation({}))
    files = rendered(restricted_documents(outcome, evidence, ("A",), ()))
    assert set(files) == {f"{NAME}.{form}" for form in ("html", "docx", "pdf", "xlsx")}
    assert b"0 awards" in files[f"{NAME}.html"]
