"""Small grant programmes at random, that mix every method of the criteria, with bids and marks as files."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, str]
RISING = {"mark": [{"mark": str(mark), "label": f"L{mark}", "descriptor": f"d{mark}"} for mark in range(6)]}
TENTHS = {"mark": [{"mark": mark, "label": f"L{mark}", "descriptor": f"d{mark}"} for mark in ("0", "2.5", "7.5", "10")]}
LEVELS = {
    "mark": [
        {"mark": str(level), "label": f"Level {level}", "descriptor": f"d{level}", "points": points}
        for level, points in enumerate(("20", "18", "14", "7", "0"), 1)
    ]
}
STEPS = {
    "mark": [
        {"mark": str(mark), "label": f"S{mark}", "descriptor": f"d{mark}", "points": points}
        for mark, points in enumerate(("0", "1", "4", "9", "12.5"))
    ]
}
SCALES = (RISING, TENTHS, LEVELS, STEPS)
MEASURED: tuple[dict[str, Any], ...] = (
    {"method": "direct"},
    {"method": "direct", "cap": "12"},
    {"method": "inverse"},
    {"method": "banded", "band": [{"at_most": "3", "points": "10"}, {"at_most": "9", "points": "4"}]},
    {"method": "yes_no", "parameters": {"no": "20"}},
    {"method": "by_rank", "parameters": {"step": "30"}, "better": "higher"},
    {"method": "by_quarter", "better": "lower"},
    {"method": "range", "better": "higher"},
    {"method": "lowest_price_ratio"},
)
PRICES: tuple[dict[str, Any], ...] = (
    {"method": "lowest_price_ratio"},
    {"method": "linear_above_lowest"},
    {"method": "range"},
    {"method": "fixed_limits", "parameters": {"lowest": "1000", "highest": "9000"}},
    {"method": "mean_deviation"},
    {"method": "ranking_points", "parameters": {"step": "15"}},
    {"method": "discount_ratio", "parameters": {"budget": "8000"}},
)
INDEXES: tuple[dict[str, Any], ...] = (
    {"method": "value_for_money", "parameters": {"factor": "10000"}},
    {"method": "price_per_quality_point"},
    {"method": "award_on_value", "parameters": {"per_point": "12.5"}},
    {"method": "normalised_both_sides", "parameters": {"quality_points": "80", "price_points": "20"}},
)
FIGURES, ASKS = ("1", "3", "4.5", "6", "9.25", "12", "20"), ("2000", "3000.50", "4500", "6000")
REASON = "What is said there is clear and has a plan."


@dataclass
class Mixed:
    """What is published, as one document, and what came in, a row for each thing."""

    document: dict[str, Any]
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """Give the folder of bids as CSV files."""
        return {f"{name}.csv": _csv(rows) for name, rows in self.tables.items() if rows}


def _csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def mixed(seed: int) -> Mixed:
    """Make a programme and what came in by a seed."""
    dice, own_total = random.Random(seed), random.Random(f"{seed}: totals")
    moderation = _moderation(dice)
    themes = ["art", "sport"][: dice.randint(1, 2)]
    common = [_question("C1"), _question("C2", scope=dice.choice(["bid", "organisation"]))]
    if dice.random() < 0.3:
        kinds = (
            ["information"] if moderation["method"] == "sum" and dice.random() < 0.9 else ["pass_fail", "information"]
        )
        common.append(_question("C3", answered=dice.choice(kinds)))
    document: dict[str, Any] = {
        **dict.fromkeys(("reference", "title", "authority", "source"), "Mixed"),
        **{"schema": 1, "regime": "grant", "version": "1", "common": common, "moderation": moderation},
        "scale": {**dice.choice(SCALES), "source": "s"},
        "total": dice.choice([None, "200", "90", "100"]),
        "rounding": {
            **{"places": dice.choice([0, 1, 2, 6]), "mode": dice.choice(["half_up", "half_even", "up", "down"])},
            **{"point": dice.choice(["parts", "total", "display"]), "source": "s"},
        },
        "themes": [
            {"id": name, "title": name.upper(), "source": "s", **own_total.choice([{}, {}, {"total": "75"}])}
            for name in themes
        ],
    }
    _priced(dice, document)
    _staged(dice, document)
    for theme in document["themes"]:
        _theme(dice, document, theme)
    _scaled(dice, document)
    _minimums(dice, document)
    _ties(dice, document)
    _award(dice, document)
    _without_nothing(document)
    made = Mixed(document)
    _received(dice, made)
    return made


def _without_nothing(document: dict[str, Any]) -> None:
    for key in [key for key, value in document.items() if value in (None, [], {})]:
        del document[key]


def _question(name: str, **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(("id", "title"), name),
        "text": f"What of {name}?",
        "good_answer": "g",
        "source": "s",
        **more,
    }


def _moderation(dice: random.Random) -> dict[str, Any]:
    method = dice.choice(["consensus", "mean", "median", "trimmed_mean", "sum"])
    made: dict[str, Any] = {"method": method, "least_evaluators": 2, "declarations_required": False, "source": "s"}
    if method == "trimmed_mean":
        made |= {"trim": dice.choice(["1", "34%"]), "least_evaluators": 3}
    if method in ("mean", "median", "trimmed_mean") and dice.random() < 0.5:
        made["missing_marks"] = "those_given"
    if method == "sum" and dice.random() < 0.6:
        made["missing_marks"] = "scaled"
    if method in ("mean", "median") and dice.random() < 0.3:
        third = dice.choice(["all", "closest"])
        made |= {"spread_trigger": "3", "on_spread": "third_evaluator", "third_counts": third}
        made.pop("missing_marks", None)
    if method != "consensus" and dice.random() < 0.3:
        made |= {"places": dice.choice([0, 1]), "mode": dice.choice(["half_up", "half_even"])}
    return made


def _priced(dice: random.Random, document: dict[str, Any]) -> None:
    """Choose whether a price is scored, in points or as an index, whole or in lines; and what is measured."""
    kind = dice.choice(["none", "points", "points", "index", "lines", "weighted lines"])
    if kind != "none":
        document["price"] = {**dice.choice(INDEXES if kind == "index" else PRICES), "source": "s"}
    if "lines" in kind:
        document["price"] = {"method": "lowest_price_ratio", "source": "s"}
        weights = [{"weight": "3"}, {"weight": "1", "method": "range"}] if "weighted" in kind else [{}, {}]
        document["price_line"] = [
            {"id": "L1", "title": "L1", "quantity": "2.5", **weights[0]},
            {"id": "L2", "title": "L2", "option": dice.random() < 0.3, **weights[1]},
        ]
    document["measured"] = [
        {"id": f"M{number}", "title": f"M{number}", "unit": "days", "source": "s", **dice.choice(MEASURED)}
        for number in range(1, dice.choice([0, 0, 1, 2]) + 1)
    ]
    for one in document["measured"]:
        if one["method"] != "yes_no" and dice.random() < 0.2:
            one[dice.choice(["least", "most"])] = "4.5"


def _staged(dice: random.Random, document: dict[str, Any]) -> None:
    """Put some questions into stages; the theme's own are added when they are made."""
    number = dice.choice([0, 0, 1, 1, 2])
    homes = [["C1"], ["own1"]] if dice.random() < 0.5 else [["own1", "C1"], ["C2"]]
    document["stage"] = []
    for at in range(number):
        stage: dict[str, Any] = {"id": f"S{at + 1}", "questions": homes[at], "source": "s"}
        stage["counts"] = dice.random() < 0.6
        if dice.random() < 0.5:
            stage |= {"passes": "at_least", **dice.choice([{"share": "35%"}, {"share": "50%"}, {"score": "4"}])}
        else:
            stage |= {"passes": "best", "number": dice.choice([2, 3, 4]), "by_theme": dice.choice([True, False])}
            stage |= dice.choice([{}, {}, {"share": "20%"}])
            stage |= dice.choice(
                [{}, {"ties": "draw", "draw_seed": "Cabinet"}, {"ties": "tie_break", "tie_break": ["question:last"]}]
            )
        document["stage"].append(stage)


def _theme(dice: random.Random, document: dict[str, Any], theme: dict[str, Any]) -> None:
    name = theme["id"]
    theme["question"] = [_question(f"{name}{at}") for at in range(1, dice.randint(2, 3) + 1)]
    if dice.random() < (0.03 if document["moderation"]["method"] == "sum" else 0.3):
        essential = dice.random() < 0.7
        theme["question"].append(_question(f"{name}-p", answered="pass_fail", essential=essential))
    leaves = [one["id"] for one in [*document["common"], *theme["question"]] if "answered" not in one]
    for stage in document["stage"]:
        if "own1" in stage["questions"]:
            stage["questions"] = [*stage["questions"], f"{name}1"]
        if "C1" in stage["questions"] and len(document["themes"]) == 1:
            stage["weights"] = {"C1": "37.5"}
    aside = {one for stage in document["stage"] if not stage["counts"] for one in stage["questions"]}
    counted = [leaf for leaf in leaves if leaf not in aside]
    counted += [one["id"] for one in document["measured"]]
    if document.get("price") and document["price"] not in [{**one, "source": "s"} for one in INDEXES]:
        counted.append("price")
    whole = int(theme.get("total") or document["total"] or 100) * 4  # in quarters of a point
    cuts = sorted(dice.sample(range(4, whole - 4), len(counted) - 1))
    sizes = [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]
    quarters = dict(zip(counted, sizes, strict=True)) | {leaf: 80 for leaf in leaves if leaf in aside}
    theme["weights"] = {leaf: f"{size / 4:g}" for leaf, size in quarters.items()}


def _weighed(leaves: list[str], aside: set[str]) -> list[str]:
    """Give what a section's weight is the sum of: what counts in the end, or all of one that only admits."""
    return leaves if aside.issuperset(leaves) else [leaf for leaf in leaves if leaf not in aside]


def _scaled(dice: random.Random, document: dict[str, Any]) -> None:
    """Give sections to the themes, and scales of their own to some questions."""
    for stage in document["stage"]:
        stage["questions"] = [one for one in stage["questions"] if one != "own1"]
        if stage.get("tie_break"):
            stage["tie_break"] = [f"question:{stage['questions'][0]}"]
    aside = {one for stage in document["stage"] if not stage["counts"] for one in stage["questions"]}
    for theme in document["themes"] if dice.random() < 0.7 else []:
        leaves = list(theme["weights"])
        dice.shuffle(leaves)
        counted = [leaf for leaf in leaves if leaf not in aside] if dice.random() < 0.9 else leaves
        apart = [[leaf for leaf in leaves if leaf in stage["questions"]] for stage in document["stage"]]
        apart = [its for its in apart if its and not set(its) & {*counted}]
        halves = [counted[::2], counted[1::2], *apart] if len(counted) > 1 else [counted, *apart]
        theme["section"] = [
            {
                **{"id": f"{theme['id']}-{at}", "title": f"Part {at}", "questions": half, "source": "s"},
                "weight": f"{sum(float(theme['weights'][leaf]) for leaf in _weighed(half, aside)):g}",
            }
            for at, half in enumerate(halves)
        ]
    if dice.random() < 0.7:
        sections = [one["id"] for theme in document["themes"] for one in theme.get("section", [])]
        what = (
            {"sections": sections[:1]}
            if sections and dice.random() < 0.4
            else {"questions": [dice.choice(["C1", "C2", "art2"])]}
        )
        document["scale_of"] = [{**dice.choice(SCALES), "id": "other", "source": "s", **what}]
    if dice.random() < 0.4:
        goes = dice.choice(["section", "all", "full_marks"])
        document["not_applicable"] = {"decided_by": "the panel", "weight": goes, "source": "s"}


def scale_of(document: dict[str, Any], question: str) -> list[dict[str, Any]]:
    """Give the marks that a question is marked by."""
    sections = [one for theme in document["themes"] for one in theme.get("section", [])]
    for scale in document.get("scale_of", []):
        named = [one for each in sections if each["id"] in scale.get("sections", []) for one in each["questions"]]
        if question in [*scale.get("questions", []), *named]:
            return list(scale["mark"])
    asked = [one for one in every_question(document) if one["id"] == question]
    if asked[0].get("answered") == "pass_fail":
        return [{"mark": "0"}, {"mark": "1"}]
    return list(document["scale"]["mark"])


def every_question(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Give all questions, of whatever theme."""
    return [*document["common"], *(one for theme in document["themes"] for one in theme["question"])]


def _minimums(dice: random.Random, document: dict[str, Any]) -> None:
    for theme in document["themes"]:
        more_than = []
        for section in theme.get("section", []):
            if dice.random() < 0.4 and set(section["questions"]) - {"price"}:
                section |= dice.choice(
                    [{"minimum_points": "8"}, {"minimum_percent": "40%"}, {"minimum_percent": "25%"}]
                )
                more_than += [section["id"]] if dice.random() < 0.4 else []
        theme |= dice.choice([{}, {}, {"minimum_quality": "30%"}, {"minimum_quality_points": "20"}])
        more_than += ["quality"] if "minimum_quality" in theme and dice.random() < 0.4 else []
        scales = {leaf: scale_of(document, leaf)[0].get("points") for leaf in ("C1", f"{theme['id']}1")}
        agreed = document["moderation"]["method"] == "consensus"
        rising = [leaf for leaf, points in scales.items() if points is None or (agreed and points != "20")]
        if rising and document["moderation"]["method"] != "sum" and dice.random() < 0.4:
            theme["minimum_marks"] = {rising[0]: scale_of(document, rising[0])[1]["mark"]}
            more_than += rising[:1] if dice.random() < 0.3 else []
        theme |= {"more_than": more_than} if more_than else {}


def _ties(dice: random.Random, document: dict[str, Any]) -> None:
    known = ["quality", "question:C1", "received", *(["lower_price"] if "price" in document else [])]
    known += [f"measured:{one['id']}" for one in document["measured"]]
    order = dice.sample(known, dice.randint(0, 2))
    draw = {"draw_seed": "Lotto 1 2 3"} if dice.random() < 0.4 else {}
    document["tie_break"] = {"order": [*order, *(["draw"] if draw else [])], **draw, "source": "s"}


def _award(dice: random.Random, document: dict[str, Any]) -> None:
    """Divide a budget down the list, with sums of awards and a final choice in some programmes."""
    if dice.random() < 0.3:
        return
    rules: list[dict[str, Any]] = [
        {"id": "R1", "kind": "budget", "limit": str(dice.choice([5000, 9000, 14000])), "source": "s"}
    ]
    if dice.random() < 0.3:
        rules.append({"id": "R2", "kind": "organisation_awards", "limit": 1, "source": "s"})
    policy = {"method": "priority", "on_unaffordable": dice.choice(["skip", "stop"]), "rule": rules, "source": "s"}
    document["allocation"] = policy
    if dice.random() < 0.5:
        amounts: dict[str, Any] = dice.choice(
            [
                {"by_rank": ["100%", "90%", "80%"]},
                {"step": "15%", "least_share": "60%"},
                {"by_score": [{"at_least": "60", "share": "100%"}, {"at_least": "30", "share": "75%"}]},
                {},
            ]
        )
        more: dict[str, Any] = dice.choice([{"rest": "offered"}, {"rest": "kept"}, {"pro_rata": True}])
        more |= {"round_to": dice.choice(["1", "50"]), "source": "s"}
        panel = {"panel": True} if dice.random() < 0.5 else {}
        document["amounts"] = {**amounts, **more, **dice.choice([{}, {"least_useful": "500"}]), **panel}
    if dice.random() < 0.3:
        ground = [{"id": "spread", "text": "The money would reach one part only."}]
        document["final_choice"] = {"who": "The panel.", "when": "After the ranks.", "ground": ground, "source": "s"}
        document["final_choice"] |= dice.choice([{}, {"ranks": 3}])


def _received(dice: random.Random, made: Mixed) -> None:
    document, register = made.document, list[Row]()
    for number in range(1, dice.randint(3, 8) + 1):
        theme = dice.choice(document["themes"])["id"]
        row = {"bid": f"B{number}", "theme": theme, "organisation": f"O{dice.choice([number, number, 1])}"}
        row["received"] = f"2027-02-2{dice.randint(0, 3)} 1{dice.randint(0, 2)}:00"
        if "price_line" in document:
            row |= {f"price:{line['id']}": dice.choice(["700.25", "900", "1200.50"]) for line in document["price_line"]}
        else:
            row["price"] = dice.choice(ASKS)
        for one in document.get("measured", []):
            row[f"measured:{one['id']}"] = dice.choice(["yes", "no"] if one["method"] == "yes_no" else FIGURES)
        register.append(row)
    made.tables["register"] = register
    made.tables["decisions"] = list(_decisions(dice, document, register))
    _marks(dice, made)


def _decision(bid: str, matter: str, subject: str, decision: str, ground: str = "") -> Row:
    row = {"bid": bid, "matter": matter, "subject": subject, "decision": decision, "reason": "The panel said so."}
    row |= {"ground": ground, "person": "J. Doe, manager", "date": "2027-03-02", "heard": "Asked on 1 March."}
    return {**row, "sum": ""}


def _decisions(dice: random.Random, document: dict[str, Any], register: list[Row]) -> Iterator[Row]:
    goes = document.get("not_applicable")
    for row in register:
        if dice.random() < 0.08:
            yield _decision(row["bid"], "other", "", "disregard", "Guidance 9")
        if goes and dice.random() < 0.4:
            (theme,) = (one for one in document["themes"] if one["id"] == row["theme"])
            asked = [one["id"] for one in theme["question"] if "answered" not in one]
            yield _decision(row["bid"], "question", dice.choice([*asked, "C1"]), "does_not_apply")
        if "panel" in document.get("amounts", {}) and dice.random() < 0.3:
            yield {**_decision(row["bid"], "panel_sum", "", "set", "4"), "sum": dice.choice(["450", "1350", "1800"])}
    if "final_choice" in document and dice.random() < 0.6:
        picked = dice.choice(register)["bid"]
        yield _decision(picked, "final_choice", "", dice.choice(["fund", "do_not_fund"]), "spread")


def answers(made: Mixed) -> Iterator[tuple[str, str]]:
    """Give every answer that is marked: by bid, or by organisation where it answers once."""
    apart = {(row["bid"], row["subject"]) for row in made.tables["decisions"] if row["decision"] == "does_not_apply"}
    told = set[tuple[str, str]]()
    for row in made.tables["register"]:
        (theme,) = (one for one in made.document["themes"] if one["id"] == row["theme"])
        for question in [*made.document["common"], *theme["question"]]:
            about = row["bid" if question.get("scope") != "organisation" else "organisation"], question["id"]
            if question.get("answered") != "information" and about not in apart | told:
                told.add(about)
                yield about


def _marks(dice: random.Random, made: Mixed) -> None:
    document, how = made.document, made.document["moderation"]
    evaluators = [f"E{number}" for number in range(1, dice.randint(how["least_evaluators"], 4) + 1)]
    out = dice.choice(made.tables["register"])["organisation"] if how.get("missing_marks") else ""
    third = "third_counts" in how  # E3 marks only where the first two lie apart
    evaluators = ["E1", "E2", "E3"] if third else evaluators
    recused = evaluators[-1] if out and len(evaluators) > how["least_evaluators"] else ""
    whose = {row["bid"]: row["organisation"] for row in made.tables["register"]}
    usual = {one["id"]: dice.choice(scale_of(document, one["id"])) for one in every_question(document)}
    made.tables |= {"marks": [], "consensus": []}
    for subject, question in answers(made):
        scale = scale_of(document, question)
        several = [dice.choice([usual[question], *scale])["mark"] for _ in evaluators]
        apart = abs(float(several[0]) - float(several[1])) >= float(how.get("spread_trigger", 99))
        for evaluator, mark in zip(evaluators[: 2 if third and not apart else 4], several, strict=False):
            if evaluator != recused or whose.get(subject, subject) != out:
                row = {"bid": subject, "question": question, "evaluator": evaluator, "mark": mark, "reason": REASON}
                made.tables["marks"].append(row)
        if how["method"] == "consensus":
            agreed = {"bid": subject, "question": question, "mark": several[0], "reason": REASON}
            made.tables["consensus"].append(agreed)
    if recused in {row["evaluator"] for row in made.tables["marks"]}:
        made.tables["declarations"] = [
            {"evaluator": one, "organisation": out if one == recused else "*", "interest": "A friend there."}
            | {"action": "recused" if one == recused else "none", "date": "2027-03-01"}
            for one in evaluators
        ]
