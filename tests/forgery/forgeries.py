"""Forgeries of a bundle, every sum rewritten: what each changes, and the words by which it is told.

Each is a function over what the bundle holds and its manifest says. ``verify`` are words of ``verify.py``; empty where
nothing that it reads shows the forgery, which is then among what it says that it did not check. ``replay`` are words of
`evaluator replay`; empty where only what was noted outside, or the programme's own ledger, tells.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from evaluator.records.ledger import Event
from tests.forgery.tools import (
    BIDS,
    CRITERIA,
    DATA,
    LEDGER,
    OUTCOME,
    SEAL,
    Change,
    Entries,
    Facts,
    Members,
    added,
    all_of,
    chain,
    dropped,
    entry,
    in_json,
    in_zip,
    named,
    pattern,
    recorded,
    row,
    rows,
    said,
    swap,
)

AGREED, MARKS, REGISTER, DECISIONS = "consensus.csv", "marks.csv", "register.csv", "decisions.csv"
RECORD, MODEL = "data/proof/record.json", "data/proof/model.lp"
CACHED = r'(<c r="F7"[^>]*><f>[^<]*</f><v>)[^<]*'  # the value that the workbook keeps for the first total
SELF = "print('All that was checked agrees.')\n"


@dataclass(frozen=True)
class Forgery:
    """What is changed, and the words by which `verify.py` and `replay` tell of it."""

    change: Change
    verify: str
    replay: str


def inputs(*changes: Change) -> Change:
    """Change inputs, and rewrite what the ledger says of their files and the name of the run."""
    return all_of(*changes, recorded, named)


def of_kind(kind: str, start: str) -> Callable[[Event], bool]:
    return lambda event: event.kind == kind and event.subject.startswith(start)


def decision(**other: str) -> str:
    told = {"person": "A. Marlowe, grants officer", "date": "2026-11-21", **other}
    return (
        f"decision: disregard; ground: criteria: constituted; person: {told['person']}; date: {told['date']}; "
        "heard: Asked on 16 November; did not reply"
    )


def bid(document: Any, name: str) -> Any:
    return next(one for theme in document["themes"] for one in theme["bids"] if one["bid"] == name)


def in_decision(**other: str) -> Change:
    return in_json(DATA, lambda document: bid(document, "N08")["decision"].update(other))


def everywhere(before: str, after: str, **other: str) -> Change:
    """Change N08's decision in the input, the data and the ledger."""
    changed = entry(of_kind("decision", "N08"), after=decision(**other))
    return inputs(row(DECISIONS, "N08", before, after), in_decision(**other), changed)


def mark_in_data(held: Members, facts: Facts) -> None:
    pattern(DATA, r'("bid":"N01".*?"G1":)"4"', r'\1"2"')(held, facts)


def from_another(key: str, value: str) -> Change:
    """Let the manifest say that something else made the bundle."""
    return lambda _, facts: facts["made_with"].update({key: value})


def model_and_its_sum(held: Members, facts: Facts) -> None:
    swap(MODEL, "<= 6000000", "<= 7000000")(held, facts)
    digest = hashlib.sha256(held[MODEL]).hexdigest()
    pattern(RECORD, r'"model_sha256": "[0-9a-f]+"', f'"model_sha256": "{digest}"')(held, facts)


def inferior_awards(held: Members, facts: Facts) -> None:
    """Take an award away from the best set, and let sums, stages and the proof record say that this is the best."""
    document = json.loads(held[OUTCOME])
    told, gone = document["allocation"], bid(document, "N01")
    award = next(one for one in told["awards"] if one["bid"] == "N01")
    told["awards"].remove(award)
    told["not_awarded"].append({"bid": "N01", "theme": "food", "reason": "not_selected", "explanation": "So."})
    held[OUTCOME] = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    for before, less in ((told["cost"], award["amount"]), (told["total_score"], gone["total"])):
        after = f"{Decimal(before) - Decimal(less)}"
        for name in (OUTCOME, RECORD):
            held[name] = held[name].replace(f'"{before}"'.encode(), f'"{after}"'.encode())


def sealed_anew(held: Members, facts: Facts) -> None:
    """Change the seal's date, and let the ledger record that file."""
    swap(SEAL, "2026-09-01", "2026-08-02")(held, facts)
    entry(of_kind("seal", "THCG"), file=hashlib.sha256(held[SEAL]).hexdigest())(held, facts)
    named(held, facts)


def at(number: int, when: str) -> Change:
    def dated(its: Entries) -> Entries:
        return [(event, who, when if place == number else day) for place, (event, who, day) in enumerate(its, 1)]

    return chain(dated)


def swapped(its: Entries) -> Entries:
    first = next(place for place, (event, _, _) in enumerate(its) if event.kind == "decision")
    return [*its[:first], its[first + 1], its[first], *its[first + 2 :]]


def of_another_run(held: Members, _: Facts) -> None:
    """Put in a page as another run would have written it."""
    held["outputs/report.html"] = re.sub(rb"run-[0-9a-f]{12}", b"run-0123456789ab", held["outputs/report.html"])


def without(subject: str) -> Change:
    return chain(lambda its: [one for one in its if not one[0].subject.startswith(subject)])


def more(event: Event) -> Change:
    return chain(lambda its: [*its, (event, "X. Else", its[-1][2])])


ENDS = "the ledger's end does not say what stands in the inputs"
AGAIN = "comes out differently when recomputed"
FORGERIES: dict[str, Forgery] = {
    # What came in
    "a mark in inputs only": Forgery(
        inputs(row(AGREED, "N01,G1,", "G1,4", "G1,2")),
        "N01: the mark on G1 is 4 in data/bids.json, and 2 in consensus.csv",
        f"{ENDS}: N01 G1",
    ),
    "a mark in inputs and data": Forgery(
        inputs(row(AGREED, "N01,G1,", "G1,4", "G1,2"), mark_in_data),
        "N01: the mark on G1 is 2 in data/bids.json, and 4 by the ledger",
        f"{ENDS}: N01 G1",
    ),
    "a mark in inputs, data and ledger": Forgery(
        inputs(row(AGREED, "N01,G1,", "G1,4", "G1,2"), mark_in_data, entry(of_kind("consensus", "N01 G1"), after="2")),
        "N01: quality is 80.63, and comes to 69.38",
        f"outcome.json {AGAIN}",
    ),
    "an evaluator's own mark": Forgery(
        inputs(row(MARKS, "N01,G1,P1,", "P1,4", "P1,1")),
        "P1 N01 G1: the mark in marks.csv is “1”, and by entry",
        f"{ENDS}: P1 N01 G1",
    ),
    "an evaluator's reason": Forgery(
        inputs(row(MARKS, "N01,G1,P1,", "The application tells", "The application never tells")),
        "P1 N01 G1: the reason in marks.csv is",
        f"{ENDS}: P1 N01 G1",
    ),
    "two evaluators' names swapped": Forgery(
        inputs(
            row(MARKS, "N01,G1,P1,", "G1,P1,4", "G1,P9,4"),
            row(MARKS, "N01,G1,P2,", "G1,P2,3", "G1,P1,3"),
            row(MARKS, "N01,G1,P9,", "G1,P9,4", "G1,P2,4"),
        ),
        "P2 N01 G1: the mark in marks.csv is “4”",
        f"{ENDS}: P1 N01 G1, P2 N01 G1",
    ),
    "the reason of an agreed mark": Forgery(
        inputs(row(AGREED, "N01,G1,", "Agreed: the", "Agreed at once: the")),
        "N01 G1: the reason in consensus.csv is",
        f"{ENDS}: N01 G1",
    ),
    "a price in inputs only": Forgery(
        inputs(row(REGISTER, "N01", "3150", "3250")),
        "N01: the price is 3250 in register.csv, and 3150.00 in data/bids.json",
        f"data/bids.json {AGAIN}",
    ),
    "a price in inputs and data": Forgery(
        inputs(row(REGISTER, "N01", "3150", "3250"), swap(DATA, '"price":"3150.00"', '"price":"3250.00"')),
        "N01 is awarded with amount 3150.00; it has 3250.00",
        f"outcome.json {AGAIN}",
    ),
    "a price in data only": Forgery(
        swap(DATA, '"price":"3150.00"', '"price":"3250.00"'),
        "N01: the price is 3150 in register.csv, and 3250.00 in data/bids.json",
        f"data/bids.json {AGAIN}",
    ),
    "a group that is called small": Forgery(
        pattern(DATA, r'("bid":"N02".*?"small":)false', r"\1true"),
        "N02 is not small in register.csv, and otherwise in data/bids.json",
        f"data/bids.json {AGAIN}",
    ),
    "a ward": Forgery(
        swap(DATA, '"Shadwell"', '"Stepney Green"'),
        "N01: wards in register.csv are Shadwell, and Stepney Green in data/bids.json",
        f"data/bids.json {AGAIN}",
    ),
    "the order of the register's rows": Forgery(
        inputs(rows(REGISTER, lambda its: [its[0], its[2], its[1], *its[3:]])), "", f"results.xlsx {AGAIN}"
    ),
    "a bid taken out of the register": Forgery(
        inputs(rows(REGISTER, lambda its: [one for one in its if one[0] != "N08"])),
        "N08 is in data/bids.json alone",
        f"data/bids.json {AGAIN}",
    ),
    "a gate that is passed after all": Forgery(
        inputs(row(REGISTER, "N13", ",fail,", ",pass,")), "", f"outcome.json {AGAIN}"
    ),
    "a recusal taken out": Forgery(
        inputs(rows("declarations.csv", lambda its: [one for one in its if one[3] != "recused"])),
        "",
        f"data/bids.json {AGAIN}",
    ),
    "a name on the panel": Forgery(
        inputs(row("panel.csv", "P2", "Marcus Tadlow", "Another Name")), "", f"record.html {AGAIN}"
    ),
    "a look-alike bid id": Forgery(inputs(row(AGREED, "N01,G1,", "N01", "\u039d01")), "", ENDS),
    "a look-alike organisation": Forgery(
        inputs(row(REGISTER, "N16", "ORG-02", "\u041eRG-02")),
        "N16 is of \u041eRG-02 in register.csv, and of ORG-02 in data/bids.json",
        f"data/bids.json {AGAIN}",
    ),
    "an organisation divided in two": Forgery(
        inputs(
            row(REGISTER, "N16", "ORG-02", "ORG-22"),
            pattern(DATA, r'("bid":"N16".*?"organisation":)"ORG-02"', r'\1"ORG-22"'),
        ),
        "N16: organisation is ORG-02, and comes to ORG-22",
        f"outcome.json {AGAIN}",
    ),
    "ten organisations with one identifier": Forgery(
        inputs(
            rows(
                REGISTER,
                lambda its: [its[0], *([*one[:-1], "GB-MADE-UP-01"] for one in its[1:11]), *its[11:]],
            )
        ),
        "",
        f"outcome.json {AGAIN}",
    ),
    "a return dropped": Forgery(
        all_of(dropped(f"{BIDS}{AGREED}"), named), "consensus.csv is not here, and marks in it stand", ENDS
    ),
    "a return dropped, and its entry": Forgery(
        all_of(dropped(f"{BIDS}{AGREED}"), chain(lambda its: [one for one in its if one[0].subject != AGREED]), named),
        "",
        ENDS,
    ),
    "the decisions dropped, with their entries": Forgery(
        all_of(
            dropped(f"{BIDS}{DECISIONS}"),
            chain(lambda its: [one for one in its if one[0].kind != "decision" and one[0].subject != DECISIONS]),
            named,
        ),
        "N08 failed constituted in register.csv, and nobody decided on it",
        f"data/bids.json {AGAIN}",
    ),
    # What people decided
    "a decision's date in inputs only": Forgery(
        inputs(row(DECISIONS, "N08", "2026-11-21", "2026-11-18")),
        "N08 failed_gate constituted: the date in decisions.csv is “2026-11-18”",
        f"{ENDS}: N08 failed_gate constituted",
    ),
    "a decision's date in data only": Forgery(
        in_decision(date="2026-11-18"),
        "the decision on N08 is not what the ledger recorded in entry",
        f"data/bids.json {AGAIN}",
    ),
    "a decision's reason in data only": Forgery(
        in_decision(reason="Because."),
        "the decision on N08 is not what the ledger recorded in entry",
        f"data/bids.json {AGAIN}",
    ),
    "a decision's date in the ledger only": Forgery(
        entry(of_kind("decision", "N08"), after=decision(date="2026-11-18")),
        "the decision on N08 is not what the ledger recorded in entry",
        f"{ENDS}: N08 failed_gate constituted",
    ),
    "a decision's reason in the ledger only": Forgery(
        entry(of_kind("decision", "N08"), reason="Because."),
        "and by entry 261 of the ledger “Because.”",
        f"{ENDS}: N08 failed_gate constituted",
    ),
    "a decision's date in all but the documents": Forgery(
        everywhere("2026-11-21", "2026-11-18", date="2026-11-18"), "", f"record.html {AGAIN}"
    ),
    "a decision by an evaluator": Forgery(
        everywhere('"A. Marlowe, grants officer"', "Marcus Tadlow", person="Marcus Tadlow"),
        "Marcus Tadlow decided on N08 and also marked it, and outcome.json does not tell of that",
        f"record.html {AGAIN}",
    ),
    "a decision after the run": Forgery(
        everywhere("2026-11-21", "2027-11-18", date="2027-11-18"),
        "the decision on N08 is dated 2027-11-18, after the run of 2026-12-01",
        f"outcome.json {AGAIN}",
    ),
    "a decision before the seal": Forgery(
        everywhere("2026-11-21", "2026-08-18", date="2026-08-18"),
        "the decision on N08 is dated 2026-08-18, before the seal of 2026-09-01",
        f"outcome.json {AGAIN}",
    ),
    "a decision recorded before it was made": Forgery(
        everywhere("2026-11-21", "2026-11-30", date="2026-11-30"),
        "entry 261 of 2026-11-24 records a decision of 2026-11-30: N08",
        f"outcome.json {AGAIN}",
    ),
    "a decision forgotten": Forgery(
        in_json(DATA, lambda document: bid(document, "N08").update(decision=None)),
        "N08: status is disregarded, and comes to ranked",
        f"data/bids.json {AGAIN}",
    ),
    # What was published
    "rounding in data": Forgery(
        in_json("data/criteria.json", lambda criteria: criteria["rounding"].update(places=1)),
        "manifest.json names other criteria",
        f"data/criteria.json {AGAIN}",
    ),
    "rounding in inputs": Forgery(
        all_of(swap(CRITERIA, "places = 2", "places = 1"), named), "", f"data/criteria.json {AGAIN}"
    ),
    "the seal's date": Forgery(
        all_of(swap(SEAL, "2026-09-01", "2026-09-02"), named),
        "seal.json is not the seal that the ledger recorded in entry 1",
        f"outcome.json {AGAIN}",
    ),
    "the seal's date, with the ledger": Forgery(sealed_anew, "", f"record.html {AGAIN}"),
    "an invented acceptance": Forgery(
        all_of(
            in_json(
                SEAL,
                lambda seal: seal.update(
                    accepted=[{"code": "E-CRIT-705", "place": "x", "person": "A", "reason": "b", "date": "2026-09-01"}]
                ),
            ),
            named,
        ),
        "seal.json is not the seal that the ledger recorded in entry 1",
        f"outcome.json {AGAIN}",
    ),
    # What documents say
    "a sum in the report": Forgery(
        swap("outputs/report.html", "£59,600", "£59,700"),
        "report.html says £59,700 recommended in all; it is 59,600",
        f"report.html {AGAIN}",
    ),
    "another number in the report": Forgery(
        pattern("outputs/report.html", r"11 of 1\d", "12 of 16"), "", f"report.html {AGAIN}"
    ),
    "words in the report": Forgery(
        swap("outputs/report.html", "Software computed this", "A committee computed this"), "", f"report.html {AGAIN}"
    ),
    "the report of another run": Forgery(
        of_another_run, "outputs/report.html is of another run: run-0123456789ab", f"report.html {AGAIN}"
    ),
    "a date in the record": Forgery(
        pattern("outputs/record.html", r"21 November 2026", "18 November 2026"),
        "record.docx says",
        f"record.html {AGAIN}",
    ),
    "a sum in the Word file": Forgery(
        in_zip("outputs/report.docx", "word/document.xml", "£59,600", "£69,600"),
        "outputs/report.docx says £69,600 where its page does not",
        f"report.docx {AGAIN}",
    ),
    "another PDF": Forgery(
        lambda held, _: held.update({"outputs/report.pdf": held["outputs/record.pdf"]}), "", f"report.pdf {AGAIN}"
    ),
    "a total on a bid's page": Forgery(
        swap("outputs/bids/bid-N01.html", "<dd>80.63</dd>", "<dd>90.63</dd>"),
        "outputs/bids/bid-N01.html: N01 has total 90.63; it is 80.63",
        f"bids/bid-N01.html {AGAIN}",
    ),
    "a mark on a bid's page": Forgery(
        swap("outputs/bids/bid-N01.html", 'class="n">4</td>', 'class="n">2</td>'),
        "outputs/bids/bid-N01.html: the mark on G1 is 2; it is 4",
        f"bids/bid-N01.html {AGAIN}",
    ),
    "a total that the workbook keeps": Forgery(
        in_zip(
            "outputs/results.xlsx", "xl/worksheets/sheet3.xml", r'(<c r="F7"[^>]*><f>[^<]*</f><v>)[^<]*', r"\g<1>99.5"
        ),
        "N01 has total 99.5; it is 80.63",
        f"results.xlsx {AGAIN}",
    ),
    "a finding in the list alone": Forgery(
        pattern("outputs/findings.html", "No consideration", "A consideration"),
        "outcome.json has a finding that findings.html has not",
        f"findings.html {AGAIN}",
    ),
    "a note added": Forgery(
        swap(
            OUTCOME,
            '"findings":[\n',
            '"findings":[\n{"file":"","sheet":"","cell":"","key":"","code":"E-MARK-099","severity":"note",'
            '"message":"A mark was looked at.","remedy":"","authority":""},\n',
        ),
        "outcome.json has a finding that findings.html has not: A mark was looked at.",
        f"outcome.json {AGAIN}",
    ),
    "a finding that blocks added": Forgery(
        swap(
            OUTCOME,
            '"findings":[\n',
            '"findings":[\n{"file":"","sheet":"","cell":"","key":"","code":"E-MARK-099","severity":"blocks_award",'
            '"message":"A mark is wrong.","remedy":"","authority":""},\n',
        ),
        "the run is said to be award_recommended; by its findings and awards it is blocked",
        f"outcome.json {AGAIN}",
    ),
    "a finding taken out": Forgery(
        lambda held, _: held.update({OUTCOME: re.sub(rb'"findings":\[\n.*\n\]', b'"findings":[\n]', held[OUTCOME])}),
        "data/equality_notes.json has a note E-EQUALITY-013 that outcome.json has not",
        f"outcome.json {AGAIN}",
    ),
    "why a bid waits": Forgery(
        pattern(OUTCOME, "It is funded when £7,400", "It is funded when £8,400"), "", f"outcome.json {AGAIN}"
    ),
    "whom the awards pass over": Forgery(
        pattern(OUTCOME, r'("passed_over":\[\{"bid":")N10', r"\1N12"),
        "the bids that are passed over, or whom they outscored, are not those",
        f"outcome.json {AGAIN}",
    ),
    "what other methods come to": Forgery(
        pattern(OUTCOME, r'("methods":\[.*?"cost":")59', r"\g<1>58"),
        "cost by optimise is said to be 58600.00, and comes to 59600",
        f"outcome.json {AGAIN}",
    ),
    # The proof
    "the proof record": Forgery(
        swap(RECORD, '"value": "968.16"', '"value": "1025.51"'),
        "the best total score is 1025.51; by outcome.json it is 968.16",
        f"data/proof/record.json {AGAIN}",
    ),
    "the model": Forgery(
        swap(MODEL, "<= 6000000", "<= 7000000"),
        "model.lp is not the model that data/proof/record.json is about",
        f"data/proof/model.lp {AGAIN}",
    ),
    "the model with its sum": Forgery(model_and_its_sum, "", f"data/proof/model.lp {AGAIN}"),
    "worse awards with a proof record that matches": Forgery(
        inferior_awards, "could be funded within every rule and would be better", f"outcome.json {AGAIN}"
    ),
    # Equality
    "equality: how many bids came": Forgery(
        pattern(OUTCOME, r'("totals":\[\{"stage":"received","bids":)16', r"\g<1>17"),
        "outcome.json counts 17 bids as received; there are 16",
        f"outcome.json {AGAIN}",
    ),
    "equality: awards in a ward": Forgery(
        pattern(OUTCOME, r'("wards":\[\{"name":"[^"]*","bids":1,"bids_only":1,"awards":)1', r"\g<1>2"),
        "awards of £5600.00 for Bethnal Green East; there are 1",
        f"outcome.json {AGAIN}",
    ),
    "equality: money by outcome": Forgery(
        pattern(OUTCOME, r'("outcomes":\[\{.*?"money":")4', r"\g<1>5"), "", f"outcome.json {AGAIN}"
    ),
    "equality: a note on the monitoring": Forgery(
        swap("data/equality_notes.json", "nobody has written one", "somebody has written one"),
        "data/equality_notes.json has a note E-EQUALITY-013",
        f"outcome.json {AGAIN}",
    ),
    "equality: a consideration invented": Forgery(
        said(consideration={"stands": True, "person": "A. Person", "date": "2026-11-30", "commitment": "ab" * 32}),
        "manifest.json tells of a consideration by A. Person, 2026-11-30; the ledger does not",
        "the manifest tells of a consideration by A. Person, 2026-11-30; the ledger does not",
    ),
    "equality: the commitment": Forgery(
        lambda _, facts: facts["kept_apart"].update(commitment="ab" * 32),
        "manifest.json calls the run",
        f"report.html {AGAIN}",
    ),
    "equality: that anything was kept apart": Forgery(
        lambda _, facts: facts.pop("kept_apart"), "manifest.json calls the run", f"report.html {AGAIN}"
    ),
    # Files
    "a file added and listed": Forgery(
        added("outputs/minutes.html", b"<p>Approved.</p>"),
        "outputs/minutes.html is no file that a run writes: it was added",
        f"minutes.html {AGAIN}",
    ),
    "a file added to the inputs": Forgery(
        added(f"{BIDS}note.txt", b"approved"), "manifest.json calls the run", "note.txt is no input that anything reads"
    ),
    "a file that some computers take for verify.py": Forgery(
        added("VERIFY.PY", SELF.encode()),
        "VERIFY.PY and verify.py are one file for some computers",
        f"VERIFY.PY {AGAIN}",
    ),
    "verify.py replaced": Forgery(
        added("verify.py", SELF.encode()), "verify.py in this bundle was replaced", f"verify.py {AGAIN}"
    ),
    "a companion of verify.py replaced": Forgery(
        added("verify_marks.py", b"marks_made = lambda *_: []\n"),
        "verify_marks.py is not the file that verify.py in this bundle holds",
        f"verify_marks.py {AGAIN}",
    ),
    # The ledger
    "the ledger's head": Forgery(
        swap(f"{LEDGER}.head", '"count": 262', '"count": 252'),
        "the ledger's head is of 252 entries; it has 262",
        "the ledger and its head are not those from before the run",
    ),
    "two entries swapped and chained anew": Forgery(
        chain(swapped), "N08 failed_gate constituted, changed places with 261", f"outcome.json {AGAIN}"
    ),
    "the last entry taken out": Forgery(
        chain(lambda its: its[:-1]),
        "decisions.csv tells of N13 failed_gate constituted, and the ledger does not",
        f"{ENDS}: N13 failed_gate constituted",
    ),
    "a mark taken out of the ledger": Forgery(
        without("P1 N01 G1"), "marks.csv tells of P1 N01 G1, and the ledger does not", f"{ENDS}: P1 N01 G1"
    ),
    "an entry dated back": Forgery(
        at(4, "2026-11-01"), "entry 4 of the ledger is of 2026-11-01, before entry 3", f"outcome.json {AGAIN}"
    ),
    "an entry after the run": Forgery(
        at(262, "2026-12-09"), "entry 262 of the ledger is of 2026-12-09, after the run", f"outcome.json {AGAIN}"
    ),
    "the sum of a returned file": Forgery(
        entry(of_kind("return", "panel.csv"), after="ab" * 32, file="ab" * 32),
        "inputs/bids/panel.csv is not what the ledger recorded in entry 5",
        f"{ENDS}: panel.csv",
    ),
    "the seal recorded after the marks": Forgery(
        chain(lambda its: [*its[1:], (its[0][0], its[0][1], its[-1][2])]),
        "THCG-2027 version 1.0 is sealed in entry 262, after marks",
        f"outcome.json {AGAIN}",
    ),
    "a version sealed twice": Forgery(
        chain(lambda its: [(replace(its[0][0], after="ab" * 32, file="ab" * 32), "X", its[0][2]), *its]),
        "THCG-2027 version 1.0 is sealed twice, in entries 1 and 2",
        f"outcome.json {AGAIN}",
    ),
    "a run at the ledger's end": Forgery(
        more(Event("run", "run-0123456789ab", "ab" * 32, after="award_recommended")),
        "the ledger ends with a run (entry 263)",
        "the ledger and its head are not those from before the run",
    ),
    "an event invented": Forgery(
        more(Event("event", "withdrawn N01", "ab" * 32, after="bid: N01")),
        "tells of an event, withdrawn N01, that is in no file",
        f"{ENDS}: withdrawn N01",
    ),
    "a receipt invented": Forgery(
        more(Event("receipt", "register", "ab" * 32, after="bids/register.csv", reason='from "A"; time by the clock')),
        "tells of a receipt, and receipts.csv is not here",
        "receipts.csv does not say what the ledger says",
    ),
    "the ledger removed": Forgery(
        dropped(LEDGER, f"{LEDGER}.head"),
        "results.xlsx dates 36 agreed marks otherwise than the ledger",
        f"results.xlsx {AGAIN}",
    ),
    "when marks were agreed": Forgery(
        chain(
            lambda its: [(event, who, "2026-11-09" if event.kind == "consensus" else day) for event, who, day in its]
        ),
        "agreed marks otherwise than the ledger: N01",
        f"results.xlsx {AGAIN}",
    ),
    # The manifest
    "the run's status": Forgery(
        said(status="scored"), "manifest.json says status scored; outcome.json says award_recommended", "status is not"
    ),
    "the run's date": Forgery(said(date="2026-12-02"), "manifest.json calls the run", f"report.html {AGAIN}"),
    "the run's name": Forgery(
        said(run="run-000000000000"),
        "manifest.json calls the run run-000000000000; its inputs make it",
        "run is not what",
    ),
    "how far the run went": Forgery(said(until="allocation"), "manifest.json calls the run", AGAIN),
    "the version of the criteria": Forgery(
        lambda _, facts: facts["criteria"].update(version="9"),
        "manifest.json says version 9; outcome.json says 1.0",
        "the manifest's criteria is not what the inputs give",
    ),
    "an approval": Forgery(
        said(approved_by="the auditor"), "manifest.json says approved_by, which no run says", "approved by is not what"
    ),
    # That something else made it, so that its bytes need not be ours
    "another version, and a sum in the report": Forgery(
        all_of(from_another("bid-evaluator", "0.4.9"), swap("outputs/report.html", "£59,600", "£59,700")),
        "manifest.json says the evaluator 0.4.9; outcome.json says 0.5.0",
        "report.html says £59,700 recommended in all; it is 59,600",
    ),
    "another Python, and words in the report": Forgery(
        all_of(
            from_another("python", "3.11.6"),
            swap("outputs/report.html", "Software computed this", "A committee computed this"),
        ),
        "",
        f"report.html {AGAIN}",
    ),
    "another Python, and verify.py": Forgery(
        all_of(from_another("python", "3.11.6"), added("verify.py", SELF.encode())),
        "verify.py in this bundle was replaced",
        f"verify.py {AGAIN}",
    ),
    "another Python, and a file added": Forgery(
        all_of(from_another("python", "3.11.6"), added("outputs/minutes.html", b"<p>Approved.</p>")),
        "outputs/minutes.html is no file that a run writes",
        f"minutes.html {AGAIN}",
    ),
    "another engine in outcome.json": Forgery(
        swap(OUTCOME, '"engine":"0.5.0"', '"engine":"0.4.0"'),
        "manifest.json says the evaluator 0.5.0; outcome.json says 0.4.0",
        f"outcome.json {AGAIN}",
    ),
}
# Only what was noted outside tells of these: whoever writes all of a bundle writes its ledger too.
OUTSIDE: dict[str, Change] = {
    "an earlier run taken out of the ledger": chain(lambda its: [one for one in its if one[0].kind != "run"]),
    "who recorded": chain(lambda its: [(event, "X. Else", when) for event, _, when in its]),
}
