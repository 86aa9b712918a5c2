"""Results in the desk: where the line falls, each bid traced to its cells, what-ifs, and what changed since."""

import json
import re
import shutil
from html import unescape
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.desk.pages.results.view import run_view
from evaluator.records.texts import visible
from tests.desk import award


@pytest.mark.parametrize("narrow", [False, True])
def test_the_newest_run_is_shown_with_its_pictures_and_every_bid(serve, opened, breaks, awarded, narrow):
    page = opened(serve(awarded[0]), narrow=narrow)
    page.goto(page.url.rstrip("/") + "/results")
    assert page.get_by_text("An award can be recommended. People decide.").count() == 1
    assert page.locator("figure svg title").inner_html().startswith("The only theme: 3 of 4")
    assert page.get_by_role("row").count() > 4
    assert page.locator("tbody th a").first.is_visible()
    assert breaks(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.locator("tbody th a").first.click()
    assert page.get_by_role("heading", name="What would have changed this").count() == 1
    assert breaks(page) == []


@pytest.mark.slow
def test_each_number_of_a_bid_is_traced_to_the_cell_that_it_stands_in(serve, awarded):
    root, run = awarded
    client = serve(root).client()
    bid = f"/p/Rooms/results/runs/{run}/bid?bid=B1"
    begun = client.post(bid, f"/p/Rooms/results/runs/{run}/trace", {"bid": "B1"})
    assert begun.status == 303
    assert "Every number is traced to its cell." in client.ended(begun.onward)
    shown = client.get(bid).text
    assert "consensus.csv C2" in shown, "the agreed mark"
    assert "register.csv" in shown, "the price"
    assert not any(mark in shown for mark in award.MARKUP)


def test_what_stands_out_is_told_in_the_words_of_the_command_with_its_rates_and_bids_to_trace(
    serve, opened, breaks, awarded
):
    root, run = awarded
    asked = CliRunner().invoke(main, ["audit", "exceptions", str(root), "--json"])
    document = json.loads(asked.stdout)
    served = serve(root)
    client, at = served.client(), f"/p/Rooms/results/runs/{run}/exceptions"
    assert "a plain number" in client.post(at, at, {"points": "a few", "days": "2"}).text
    begun = client.post(at, at, {"points": "1", "days": "2"})
    assert "Every test was made." in client.ended(begun.onward)
    text = client.get(at).text
    assert not any(mark in text for mark in award.MARKUP)
    assert award.SECRET not in text
    told = re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", text)))
    assert sum(len(test["items"]) for test in document["tests"]) >= 2
    for test in document["tests"]:
        rate = test["false_alarms"]
        wanted = [
            test["title"],
            test["looks_for"],
            test["innocent"],
            test["next"],
            f"{rate['share']} show at least one",
        ]
        wanted += [words for item in test["items"] for words in (visible(item["about"]), item["seen"])]
        assert [words for words in wanted if " ".join(words.split()) not in told] == []
    named = {bid for test in document["tests"] for item in test["items"] for bid in re.findall("B[1-4]", item["about"])}
    assert named
    assert all(f"/results/runs/{run}/bid?bid={bid}" in text for bid in named)
    for shown in ({"narrow": False}, {"narrow": True}, {"narrow": True, "script": False}):
        page = opened(served, **shown)
        page.goto(f"{page.url.rstrip('/')}/results/runs/{run}/exceptions")
        assert page.get_by_role("heading", level=2).count() == len(document["tests"]) + 3
        if shown.get("script", True):
            assert breaks(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.slow
def test_a_what_if_is_worked_out_from_the_run_and_not_from_the_folder_since(serve, awarded):
    root, run = awarded
    (root / "bids" / "register.csv").write_text("nothing", "utf-8")
    client = serve(root).client()
    assert "What came in has changed since this run was made" in client.get("/p/Rooms/results").text
    begun = client.post(f"/p/Rooms/results/runs/{run}/rules", f"/p/Rooms/results/runs/{run}/rules", {})
    client.ended(begun.onward)
    shown = client.get(f"/p/Rooms/results/runs/{run}/rules").text
    assert "Under the published rules the awards score" in shown
    assert "The budget" in shown or "B1" in shown


@pytest.mark.slow
def test_what_changed_between_two_runs_is_told_bid_by_bid(serve, opened, breaks, awarded):
    root, first = awarded
    text = (root / "bids" / "register.csv").read_text("utf-8")
    (root / "bids" / "register.csv").write_text(text.replace("18000", "17000"), "utf-8")
    second = award.evaluated(root)
    assert first != second
    page = opened(serve(root))
    page.goto(page.url.rstrip("/") + "/results")
    page.get_by_role("link", name=f"What changed from it to this run {first}").click()
    rows = [row.inner_text().split("\t") for row in page.get_by_role("row").all()]
    assert ["B2", "main", "price", "18000.00", "17000.00"] in [row[:5] for row in rows]
    assert breaks(page) == []


def test_before_there_is_a_run_the_page_says_what_comes_first(serve, opened, breaks, undecided):
    page = opened(serve(undecided))
    page.goto(page.url.rstrip("/") + "/results")
    assert page.get_by_text("There is no run yet.").count() == 1
    assert breaks(page) == []


@pytest.mark.parametrize("name", ["..", "%2e%2e", "none", "../../etc"])
def test_a_run_that_is_not_there_is_none_whatever_it_is_called(serve, awarded, name):
    said = serve(awarded[0]).client().get(f"/p/Rooms/results/runs/{quote(name, safe='%')}")
    assert said.status == 404


def test_a_run_that_was_changed_is_told_in_a_sentence(serve, awarded):
    root, run = awarded
    (root / "reports" / run / "outcome.json").write_text('{"status": 7}', "utf-8")
    said = serve(root).client().get("/p/Rooms/results")
    assert said.status == 409
    assert "was not written by this evaluator, or was changed since" in said.text


def bid(name: str, points: str, **more: object) -> dict[str, object]:
    exact = f"{points.replace('.', '')}/100"
    usual = {"bid": name, "organisation": f"O-{name}", "price": "10.00", "quality": "1.00", "price_points": "2.00"}
    return (
        usual | {"index": None, "total": points, "exact_total": exact, "status": "ranked", "status_reason": ""} | more
    )


def outcome(**more: object) -> dict[str, object]:
    """Give an outcome of four bids: A is passed over, B funded, C the best that is not, D disregarded."""
    bids = [
        bid("A", "90.00", rank=1),
        bid("B", "80.00", rank=2),
        bid("C", "70.00", rank=3),
        bid("D", "60.00", rank=None, exact_total=None, total=None, status="disregarded", status_reason="It came late."),
    ]
    refusals = [{"bid": "A", "reason": "passed_over", "explanation": "Rule O1."}]
    refusals += [{"bid": "C", "reason": "not_its_turn", "explanation": "The money had gone."}]
    allocation = {"awards": [{"bid": "B", "amount": "10.00", "level": "100%"}], "not_awarded": refusals, "rules": []}
    allocation |= {"cost": "10.00", "passed_over": [{"bid": "A"}], "tied_allocations": 1, "conflict": []}
    themes = [{"id": "t", "title": "Theme", "bids": bids}]
    usual = {"status": "award_recommended", "themes": themes, "allocation": allocation, "findings": []}
    return usual | more


def test_the_line_falls_between_the_lowest_that_is_funded_and_the_best_that_is_not() -> None:
    view = run_view(outcome(), {"B": "Bee", "C": "Sea"})
    (theme,) = view.themes
    assert theme.cut == "The lowest recommended is Bee with 80.00; the best that is not is Sea with 70.00."
    assert [(one.bid, one.rank, one.award, one.stood) for one in theme.lines] == [
        ("A", 1, "", "Passed over"),
        ("B", 2, "£10", ""),
        ("C", 3, "", "Order of merit"),
        ("D", None, "", "Not ranked: disregarded"),
    ]
    assert [dot.kind for dot in theme.strip.dots] == ["left", "taken", "passed_over"], "from the lowest total up"
    assert [one.words for one in theme.strip.labels] == ["Passed over: O-A 90.00", "Bee 80.00", "Sea 70.00"]


def test_a_choice_after_the_ranks_is_told_with_what_it_changed() -> None:
    held = outcome()
    held["allocation"] |= {"choice": {"gained": ["C"], "lost": ["A", "B"]}}
    said = run_view(held, {"B": "Bee", "C": "Sea"}).sentences
    assert (
        "People chose after the ranks. The choice gives an award to Sea. "
        "By the ranks alone there would be one for A and Bee."
    ) in said
    held["allocation"] |= {"choice": {"gained": [], "lost": []}}
    assert "People chose after the ranks. The ranks alone give the same awards." in run_view(held, {}).sentences


@pytest.mark.parametrize("status", ["not_proven", "blocked", "infeasible"])
def test_a_run_that_recommends_nothing_names_no_award(status: str) -> None:
    view = run_view(outcome(status=status), {})
    assert not any(line.award for theme in view.themes for line in theme.lines)
    assert {dot.kind for theme in view.themes for dot in theme.strip.dots} == {"left"}
    assert (view.themes[0].cut, view.rules) == ("", ())


def test_an_index_of_which_the_lowest_is_best_stands_with_the_best_on_the_right() -> None:
    bids = [bid("A", "1.00", rank=1, index="1/1"), bid("B", "3.00", rank=2, index="3/1")]
    (theme,) = run_view(outcome(themes=[{"id": "t", "title": "T", "bids": bids}]), {}).themes
    assert theme.indexed
    places = sorted(float(dot.x) for dot in theme.strip.dots)
    assert len(places) == 2
    assert "the lowest is best" in theme.strip.words


def test_findings_on_equality_are_not_told_among_the_results() -> None:
    told = [{"code": code, "severity": "note", "file": "f", "sheet": "", "cell": "", "message": "M.", "remedy": "R."}
            for code in ("E-EQUALITY-013", "E-MARK-001")]  # fmt: skip
    assert [one.code for one in run_view(outcome(findings=told), {}).findings] == ["E-MARK-001"]


def test_results_do_not_look_at_the_equality_part() -> None:
    class Watched(dict):
        def __getitem__(self, key: str) -> object:
            assert key != "equality"
            return super().__getitem__(key)

    run_view(Watched(outcome(equality={"secret": 1})), {})


@pytest.mark.slow
def test_a_run_without_its_bundle_is_shown_and_says_that_nothing_can_be_traced(serve, awarded):
    root, run = awarded
    (root / "reports" / run / "bundle.zip").unlink()
    client = serve(root).client()
    assert client.get("/p/Rooms/results").status == 200
    assert "cannot be traced" in client.get(f"/p/Rooms/results/runs/{run}/bid?bid=B1").text
    shutil.rmtree(root / "reports" / run)
    assert re.search("There is no run yet", client.get("/p/Rooms/results").text)


@pytest.mark.slow
def test_a_figure_is_traced_by_its_reference_or_its_name_and_what_is_none_is_said(serve, opened, breaks, awarded):
    root, run = awarded
    served = serve(root)
    client, at = served.client(), f"/p/Rooms/results/runs/{run}/figure"
    begun = client.post(at, at, {"of": "T1-money"})
    assert "Traced to its cells." in client.ended(begun.onward)
    shown = client.get(f"{at}?of=T1-money").text
    assert "register.csv" in shown
    assert "report.html, In short" in shown
    assert "Nothing in this run is called nonsuch" in client.ended(client.post(at, at, {"of": "nonsuch"}).onward)
    assert "Type a reference" in client.post(at, at, {"of": " "}).text
    for narrow in (False, True):
        page = opened(served, narrow=narrow)
        page.goto(page.url.rstrip("/") + f"/results/runs/{run}/figure?of=T1-money")
        assert breaks(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
