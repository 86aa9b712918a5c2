"""Hold what came in and what the manifest says against the data and the ledger, for `verify.py`: files that are texts.

The names of files, the facts of the manifest, the ledger's order, and the CSV files among the bids: register, marks,
agreed marks and decisions. It lies beside `verify_evidence.py`, which calls it. Standard library only, Python 3.9 or
later.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from typing import Any

Row = dict[str, Any]
Files = dict[str, bytes]
Found = tuple[str, list[str]]
BIDS, LEDGER, SEAL = "inputs/bids/", "inputs/ledger/ledger.jsonl", "inputs/criteria/seal.json"
FIGURE, DAY = re.compile(r"-?\d{1,15}(\.\d{1,15})?"), re.compile(r"\d{4}-\d\d-\d\d")
RUN = re.compile(rb"run-[0-9a-f]{12}(?![0-9a-f])")
HOLDS = re.compile(rb"(?s)COMPANIONS: Row = (\{.*?\})")
STAGE = re.compile(r"inputs/bids/stages/([^/]+)\.json")
MADE_ON = re.compile(r"(?:^|; )date: (\d{4}-\d\d-\d\d)")
WRITTEN = (  # everything that a bundle holds beside its inputs, by what each name is like
    r"manifest\.(json|sha256)|verify(_[a-z]+)?\.py|data/((criteria|bids|equality_notes)\.json|proof/[A-Za-z]+\.[a-z]+)",
    r"outputs/(outcome\.json|(findings|results|annex|equality_impact)\.xlsx|findings\.html)",
    r"outputs/(report|record|stage|equality_impact)\.(html|docx|pdf)|outputs/bids/(style\.css|bid-[^/]+\.html)",
    r"inputs/(criteria|bids)/.+|inputs/ledger/ledger\.jsonl(\.head)?",
)
NAMED = re.compile("|".join(WRITTEN))
FACTS = {"schema", "run", "status", "until", "stage", "margins", "date", "criteria", "made_with", "files"}
FACTS |= {"kept_apart", "consideration", "unreadable"}
ARRIVED, MARKED = ("receipt", "receipt_undone"), ("mark", "consensus", "correction")
EVENTS = ("corrections.csv", "withdrawals.csv", "abandoned.csv", "departures.csv", "undone.csv", "events.xlsx")


def checks(files: Files, criteria: Any, bids: Any, outcome: Any) -> Iterator[Found]:
    """Give each comparison that these files allow, in words, with what differs."""
    facts, told = json.loads(files["manifest.json"]), {each.get("code") for each in outcome["findings"]}
    if "made_with" in facts:
        words = (
            "the manifest says of the run what its inputs and outcome.json say, and every file is one that a run writes"
        )
        yield words, [*strange(files), *facts_of(files, facts, outcome)]
    if outcome["status"] != "blocked":
        names = [f"{BIDS}{name}.csv" for name in ("register", "marks", "consensus", "decisions")]
        if any(name in files for name in names):
            words = "register, marks, reasons and decisions in CSV files are those of the data and of the ledger"
            own = () if "E-SEAL-012" in told else own_marks(files, bids)  # else the run tells of it itself
            yield words, [*register(files, criteria, bids), *rows_recorded(files), *own]
        if any(STAGE.fullmatch(name) for name in files):
            words = "what was sealed of stages is what outcome.json says of them, and what the ledger recorded"
            yield words, [*sealed_stages(files, outcome)]
        if LEDGER in files:
            words = "no entry of the ledger changed its place, or is of a day that cannot be"
            yield words, [*order(files, facts, told)]
    if outcome["equality"] and outcome["allocation"] and outcome["allocation"]["status"] == "proven":
        words = "the awards and money that equality counts by ward and in all are those of the awards"
        yield words, [*served(bids, outcome), *noted(files, outcome)]


def strange(files: Files) -> Iterator[str]:
    """Find files that no run writes, and names that some file systems take for one another."""
    yield from (f"{name} is no file that a run writes: it was added." for name in files if not NAMED.fullmatch(name))
    small: dict[str, str] = {}
    for name in sorted(files):
        if (other := small.setdefault(name.casefold(), name)) != name:
            yield f"{other} and {name} are one file for some computers."
    held = HOLDS.search(files.get("verify.py", b""))
    for name, its in json.loads(held[1]).items() if held else ():
        if sha256(files.get(name, b"")).hexdigest() != its:
            yield f"{name} is not the file that verify.py in this bundle holds: one of the two was replaced."
    if not held:
        yield "verify.py in this bundle was replaced: it holds no sums of the files beside it."


def facts_of(files: Files, facts: Row, outcome: Row) -> Iterator[str]:
    """Compare what the manifest says of the run with the outcome, with the run's name, and with every page."""
    yield from (f"manifest.json says {name}, which no run says." for name in sorted(set(facts) - FACTS))
    said = {"status": facts.get("status"), "stage": facts.get("stage"), **facts["criteria"]}
    said["the evaluator"] = facts["made_with"].get("bid-evaluator")
    told = {"status": outcome["status"], "stage": outcome.get("stage") or None, **outcome["criteria"]}
    told["the evaluator"] = outcome.get("run", {}).get("engine")
    for name in (name for name in said if said[name] != told.get(name)):
        yield f"manifest.json says {name} {said[name]}; outcome.json says {told.get(name)}."
    if (name := run_name(facts)) != facts["run"]:
        yield f"manifest.json calls the run {facts['run']}; its inputs make it {name}."
    for page in sorted(name for name in files if name.startswith("outputs/") and name.endswith(".html")):
        others = {one.decode() for one in RUN.findall(files[page])}
        if others and facts["run"] not in others:
            yield f"{page} is of another run: {', '.join(sorted(others))}."


def run_name(facts: Row) -> str:
    """Work out the name of a run from everything that decides what comes out."""
    apart, stage = facts.get("kept_apart") or {}, facts.get("stage")
    inputs = {name: its for name, its in facts["files"].items() if name.startswith((BIDS, "inputs/criteria/"))}
    inputs.update(facts.get("unreadable") or {})
    told = [facts["made_with"]["bid-evaluator"], facts["until"] + (f" stage {stage}" if stage else ""), facts["date"]]
    told += ["margins"] * facts["margins"] + [f"{name} {its}" for name, its in sorted(inputs.items())]
    told += [*apart.get("files", ()), apart.get("commitment") or ""]
    return f"run-{sha256(chr(10).join(told).encode()).hexdigest()[:12]}"


def table(files: Files, name: str) -> list[dict[str, str]]:
    """Give the rows of a CSV file among the bids by its headings; nothing where it is not there."""
    content = files.get(f"{BIDS}{name}", b"").decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(content))
    return [
        {str(key).strip().lower(): " ".join(str(value or "").split()) for key, value in row.items()} for row in rows
    ]


def plain(text: Any) -> str:
    """Give a text's letters and digits alone, small."""
    return "".join(one for one in str(text).casefold() if one.isalnum())


def register(files: Files, criteria: Any, bids: Any) -> Iterator[str]:
    """Compare the register with the data, where nothing has happened to bids since, and failed gates with decisions."""
    rows = {row["bid"]: row for row in table(files, "register.csv") if row.get("bid")}
    if not rows or any(f"{BIDS}{name}" in files for name in EVENTS):
        return
    here = {bid["bid"]: bid for theme in bids["themes"] for bid in theme["bids"]}
    for bid in sorted({*rows} ^ {*here}):
        yield f"{bid} is in {'the register' if bid in rows else 'data/bids.json'} alone."
    for bid in sorted({*rows} & {*here}):
        yield from of_a_bid(rows[bid], here[bid], criteria)
    if f"{BIDS}decisions.xlsx" not in files:
        decided = {(row.get("bid"), row.get("subject")) for row in table(files, "decisions.csv")}
        failed = [
            (bid, key[5:]) for bid in rows for key, said in rows[bid].items() if key[:5] == "gate:" and said == "fail"
        ]
        yield from (
            f"{bid} failed {gate} in register.csv, and nobody decided on it."
            for bid, gate in failed
            if (bid, gate) not in decided
        )


def of_a_bid(row: dict[str, str], bid: Row, criteria: Any) -> Iterator[str]:
    """Compare a row of the register with what the data say of the bid; what people typed otherwise is left aside."""
    name, years = row["bid"], [said for key, said in row.items() if key.startswith("price:")]
    typed = [said for said in years or [row.get("price", "")] if said]
    if typed and all(map(FIGURE.fullmatch, typed)) and bid["price"] is not None and not criteria.get("price_line"):
        asked = sum(map(Fraction, typed))
        if asked != Fraction(bid["price"]):
            yield f"{name}: the price is {float(asked):g} in register.csv, and {bid['price']} in data/bids.json."
    small = {"yes": True, "no": False}.get(row.get("small", "").casefold())
    if small is not None and small != bid["small"]:
        yield f"{name} is {'' if small else 'not '}small in register.csv, and otherwise in data/bids.json."
    if row.get("organisation") and plain(row["organisation"]) != plain(bid["organisation"]):
        yield f"{name} is of {row['organisation']} in register.csv, and of {bid['organisation']} in data/bids.json."
    for key in ("wards", "groups"):
        said = sorted(plain(one) for one in row.get(key, "").split(";") if plain(one))
        if said and said != sorted(map(plain, bid[key])):
            yield f"{name}: {key} in register.csv are {row[key]}, and {', '.join(bid[key])} in data/bids.json."


def own_marks(files: Files, bids: Any) -> Iterator[str]:
    """Find who decided on a bid that they marked, by the name on the panel or as marks name them."""
    if any(f"{BIDS}{name}" in files for name in EVENTS):
        return
    panel = [(row.get("evaluator", ""), called(row.get("name", ""))) for row in table(files, "panel.csv")]
    marked = {(row.get("bid"), row.get("evaluator")) for row in table(files, "marks.csv") if row.get("mark")}
    decided = [(row.get("bid"), row.get("person", "")) for row in table(files, "decisions.csv")]
    its = [(bid["bid"], bid["decision"] or {}) for theme in bids["themes"] for bid in theme["bids"]]
    decided += [(bid, one.get("person") or "") for bid, one in its]
    for bid, person in dict.fromkeys(decided):
        names = {called(person), *(called(one) for one, name in panel if name == called(person))} - {""}
        if any(of == bid and called(one or "") in names for of, one in marked):
            yield f"{person} decided on {bid} and also marked it, and outcome.json does not tell of that."


def called(person: str) -> str:
    """Give a name without the office that follows it."""
    return " ".join(person.partition(",")[0].split()).casefold()


def rows_recorded(files: Files) -> Iterator[str]:
    """Compare each mark, reason and decision in CSV files with the ledger's last word on it."""
    last: Any = {}
    for one in map(json.loads, files.get(LEDGER, b"").splitlines()):
        last[one["kind"].replace("correction", "consensus"), one["subject"].casefold()] = one
    kinds = (
        ("mark", "marks.csv", ("evaluator", "bid", "question")),
        ("consensus", "consensus.csv", ("bid", "question")),
    )
    for kind, name, keys in (*kinds, ("decision", "decisions.csv", ("bid", "matter", "subject"))):
        rows = {" ".join(filter(None, map(row.get, keys))): row for row in table(files, name)}
        rows = {subject: row for subject, row in rows.items() if kind == "decision" or row.get("mark")}
        for subject, row in rows.items() if last else ():
            yield from of_an_entry(last.get((kind, subject.casefold())), subject, row, name)
        gone = [one for (of, subject), one in last.items() if of == kind and one["after"]] if rows else []
        gone = [one for one in gone if one["subject"] not in rows]
        new = [subject for subject in rows if (kind, subject.casefold()) not in last]
        if len(new) > len(gone) and any(of == kind for of, _ in last):
            yield f"{name} tells of {new[0]}, and the ledger does not."
        if len(gone) > len(new):
            where = f"by entry {gone[0]['number']} of the ledger"
            yield f"{name} does not tell of {gone[0]['subject']}, which stands {where}."


def sealed_stages(files: Files, outcome: Any) -> Iterator[str]:
    """Compare what was sealed of each stage that is over with the outcome and with the ledger."""
    told = {each["id"]: each for each in outcome.get("stages", []) if each["id"] != outcome.get("stage")}
    last = {
        one["subject"]: one for one in map(json.loads, files.get(LEDGER, b"").splitlines()) if one["kind"] == "stage"
    }
    for name, found in ((name, STAGE.fullmatch(name)) for name in sorted(files)):
        if found is None:
            continue
        stage, its = found[1], json.loads(files[name])
        if stage in last and last[stage]["after"] != sha256(files[name]).hexdigest():
            yield f"{name} is not what the ledger recorded in entry {last[stage]['number']}."
        said = {each["bid"]: each for each in told[stage]["bids"]} if stage in told else {}
        for each in (each for each in its["bids"] if said):
            own: Row = said.get(each["bid"], {"exact_points": "-1", "passed": None, "points": "nothing"})
            if [Fraction(own["exact_points"]), own["passed"]] != [Fraction(each["points"]), each["passed"]]:
                here = f"{own['points']} points and {'' if own['passed'] else 'not '}going on"
                yield f"{name} gives {each['bid']} {each['points']} points; outcome.json says {here}."


def of_an_entry(one: Any, subject: str, row: dict[str, str], name: str) -> Iterator[str]:
    """Compare a row of a CSV file with the entry of the ledger that is about it."""
    if one is None:
        return
    said = {**dict(part.partition(": ")[::2] for part in one["after"].split("; ")), "mark": one["after"]}
    said["reason"] = one["reason"]
    for key in ("mark", "reason", "person", "date", "decision"):
        ours, theirs = row.get(key, ""), " ".join(said.get(key, "").split())
        if key == "mark":
            alike = not (FIGURE.fullmatch(ours) and FIGURE.fullmatch(theirs)) or Fraction(ours) == Fraction(theirs)
        else:
            alike = (
                plain(ours) == plain(theirs) or not theirs or (key == "date" and not DAY.fullmatch(theirs + ours[10:]))
            )
        if not alike:
            where = f"by entry {one['number']} of the ledger"
            yield f"{subject}: the {key} in {name} is “{ours[:80]}”, and {where} “{theirs[:80]}”."


def order(files: Files, facts: Row, told: set[str]) -> Iterator[str]:
    """Find entries of the ledger that cannot stand where they do, unless the run itself tells of them."""
    entries = [json.loads(line) for line in files[LEDGER].splitlines()]
    head = json.loads(files.get(f"{LEDGER}.head", b"{}"))
    if entries and head and [head["count"], head["hash"]] != [len(entries), entries[-1]["hash"]]:
        yield f"the ledger's head is of {head['count']} entries; it has {len(entries)}, or another last one."
    if entries and entries[-1]["kind"] == "run":
        yield f"the ledger ends with a run (entry {len(entries)}), and a bundle's ends before the runs at its end."
    ways = after_the_run(entries, facts.get("date") or ""), sealed_late(entries), moved(entries), before_made(entries)
    for code, its in zip(("013", "014", "015", "016"), ways):  # noqa: B905 - Python 3.9 has no strict
        yield from its if f"E-LEDGER-{code}" not in told else ()
    yield from happened(files, entries, facts.get("consideration") or {})


def happened(files: Files, entries: list[Row], said: Row) -> Iterator[str]:
    """Compare events and the consideration of the equality figures with what the ledger says last of them."""
    gone = [one for one in {one["subject"]: one for one in entries if one["kind"] == "event"}.values() if one["after"]]
    if gone and not any(f"{BIDS}{name}" in files for name in (*EVENTS, "clarifications.csv")):
        yield f"entry {gone[0]['number']} of the ledger tells of an event, {gone[0]['subject']}, that is in no file."
    came = [one for one in entries if one["kind"] == "receipt" and one["after"].startswith("bids/")]
    came = [one for one in came if not one["subject"].startswith("events")]
    undone = any(one["kind"] == "receipt_undone" for one in entries)
    if came and not undone and f"{BIDS}receipts.csv" not in files:
        yield f"entry {came[0]['number']} of the ledger tells of a receipt, and receipts.csv is not here."
    if said.get("stands"):
        last: Row = next((one for one in reversed(entries) if one["kind"] == "consideration"), {})
        if last.get("subject") != f"{said['person']}, {said['date']}":
            yield f"manifest.json tells of a consideration by {said['person']}, {said['date']}; the ledger does not."


def before_made(entries: list[Row]) -> Iterator[str]:
    """Find decisions that were recorded before the day that they bear."""
    for one in (one for one in entries if one["kind"] == "decision"):
        made = MADE_ON.search(one["after"])
        if made and made[1] > one["when"][:10]:
            yield f"entry {one['number']} of {one['when']} records a decision of {made[1]}: {one['subject']}."


def after_the_run(entries: list[Row], run: str) -> Iterator[str]:
    """Find the first entry from before the run that is dated after it."""
    late = [one for one in entries if run and one["kind"] not in ARRIVED and one["when"][:10] > run]
    yield from (f"entry {one['number']} of the ledger is of {one['when']}, after the run of {run}." for one in late[:1])


def sealed_late(entries: list[Row]) -> Iterator[str]:
    """Find criteria that were sealed once marks were recorded."""
    marked, last = 0, ""
    for one in entries:
        if one["kind"] == "seal" and one["after"] != last:
            last = one["after"]
            if marked:
                yield f"{one['subject']} is sealed in entry {one['number']}, after marks that entry {marked} records."
        marked = marked or (one["number"] if one["kind"] in MARKED else 0)


def moved(entries: list[Row]) -> Iterator[str]:
    """Find entries that changed places: what one file says is recorded at once, in the order of the subjects."""
    for before, one in zip(entries, entries[1:]):  # noqa: B905, RUF007 - neither is in Python 3.9
        kinds = {each["kind"].replace("correction", "consensus") for each in (before, one)}
        same = len(kinds) == 1 and kinds <= {"mark", "consensus", "decision"} and before["file"]
        if (
            same
            and all(before[key] == one[key] for key in ("file", "when", "who"))
            and one["subject"] < before["subject"]
        ):
            yield f"entry {one['number']} of the ledger, {one['subject']}, changed places with {before['number']}."


def served(bids: Any, outcome: Any) -> Iterator[str]:
    """Count awards and money by ward again, and the totals of all bids and of those recommended."""
    money = {award["bid"]: Fraction(award["amount"]) for award in outcome["allocation"]["awards"]}
    every = [bid for theme in bids["themes"] for bid in theme["bids"]]
    for one in outcome["equality"]["wards"]:
        its = [money[bid["bid"]] for bid in every if one["name"] in bid["wards"] and bid["bid"] in money]
        if [one["awards"], Fraction(one["money"])] != [len(its), sum(its)]:
            here = f"there are {len(its)} of £{float(sum(its)):,.2f}"
            yield f"outcome.json counts {one['awards']} awards of £{one['money']} for {one['name']}; {here}."
    wanted = {"received": len(every), "recommended": len(money)}
    for one in outcome["equality"]["totals"]:
        if one["bids"] != wanted.get(one["stage"], one["bids"]):
            yield f"outcome.json counts {one['bids']} bids as {one['stage']}; there are {wanted[one['stage']]}."
        if one["stage"] == "recommended" and Fraction(one["money"]) != sum(money.values()):
            yield f"outcome.json counts £{one['money']} as recommended; it is £{float(sum(money.values())):,.2f}."


def noted(files: Files, outcome: Any) -> Iterator[str]:
    """Compare the notes on the monitoring that a bundle holds with those of outcome.json."""
    told = {(each.get("code"), each.get("message")) for each in outcome["findings"]}
    for one in json.loads(files.get("data/equality_notes.json", b"[]")):
        if (one["code"], one["message"]) not in told:
            yield f"data/equality_notes.json has a note {one['code']} that outcome.json has not."
