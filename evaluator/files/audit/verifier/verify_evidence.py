"""Hold a bundle's evidence against each other, and against what was noted outside, for `verify.py`.

Its seal, its ledger and its dates; CSV files with the data; the proof record with the awards. It lies beside
`verify.py`, and calls `verify_inputs.py` for what came in, `verify_shown.py` for what documents show, and
`verify_paper.py` for the options of a paper. Standard library only, Python 3.9 or later.
"""

import argparse
import csv
import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from itertools import dropwhile, takewhile
from pathlib import Path
from runpy import run_path
from typing import Any

Row = dict[str, Any]
Files = dict[str, bytes]
Found = tuple[str, list[str]]
MANIFEST, SEAL, BIDS = "manifest.json", "inputs/criteria/seal.json", "inputs/bids/"
LEDGER = "inputs/ledger/ledger.jsonl"
RECORD, MODEL = "data/proof/record.json", "data/proof/model.lp"
VERIFIER, HOLDS = re.compile(r"verify(_[a-z]+)?\.py"), re.compile(rb"(?s)COMPANIONS: Row = \{.*?\}")
DAY, FIGURE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?\d{1,15}(\.\d{1,15})?")
ARRIVED = ("receipt", "receipt_undone")  # recorded with the time of arrival, which is before that of recording
NOTED = {"seal": "SHA256", "head": "COUNT:SHA256", "manifest": "SHA256"}
SHA256 = bytes.fromhex("608648016503040201")  # its name in a time-stamp
STAMPED = bytes.fromhex("2a864886f70d010702")  # and that of signed data

BESIDE = [Path(__file__).with_name(f"verify_{one}.py") for one in ("inputs", "shown", "paper")]
INPUTS, SHOWN, PAPER = [run_path(str(one)) if one.is_file() else Row() for one in BESIDE]


def digest(content: bytes) -> str:
    """Give the SHA-256 of a content in hexadecimal."""
    return sha256(content).hexdigest()


def ledger(files: Files) -> list[Row]:
    """Give the entries of the ledger in the bundle."""
    return [json.loads(line) for line in files.get(LEDGER, b"").splitlines()]


def asked(words: list[str], here: Path) -> Row:
    """Read what was asked: the bundle, and what was noted outside to hold it to."""
    reader = argparse.ArgumentParser("verify.py", description="Recompute a bundle, and hold it to what was noted.")
    reader.add_argument("bundle", nargs="?", type=Path, default=here, help="bundle.zip, or the folder that it is in")
    for name, form in NOTED.items():
        reader.add_argument(f"--{name}", default="", metavar=form, type=str.lower, help="as it was noted elsewhere")
    reader.add_argument("--fingerprint", dest="fingerprints", metavar="SHA256", action="append", default=[])
    reader.add_argument("--timestamp", dest="timestamps", metavar="FILE", action="append", default=[])
    PAPER.get("options", id)(reader)
    given = vars(reader.parse_args(words))
    for name, form in NOTED.items():
        pattern = form.replace("COUNT", r"\d{1,9}").replace("SHA256", "[0-9a-f]{64}")
        if given[name] and not re.fullmatch(pattern, given[name].strip()):
            reader.error(f"--{name} is {form}, of 64 digits and letters from a to f")
        given[name] = given[name].strip()
    return given


def heading(files: Files) -> list[str]:
    """Say which bundle this is, by the four things that people note outside."""
    facts, entries = json.loads(files[MANIFEST]), ledger(files)
    day = f", dated {facts['date']}" if facts.get("date") else ""
    sealed = json.loads(files[SEAL]) if SEAL in files else None
    seal = f"{sealed['sha256']}, version {sealed['version']} of {sealed['date']}" if sealed else "none"
    head = f"{len(entries)}:{entries[-1]['hash']}" if entries else "no ledger in this bundle"
    return [
        f"run       {facts.get('run')}, {str(facts.get('status')).replace('_', ' ')}{day}",
        f"seal      {seal}",
        f"manifest  {digest(files[MANIFEST])}",
        f"head      {head}",
    ]


def held(files: Files, noted: Row) -> Iterator[Found]:
    """Hold the bundle to a seal, a head, a manifest and time-stamps that were noted outside."""
    entries, manifest = ledger(files), digest(files[MANIFEST])
    seals = [one["after"] for one in entries if one["kind"] == "seal"]
    seals += [json.loads(files[SEAL])["sha256"]] if SEAL in files else []
    if noted.get("seal"):
        other = [] if noted["seal"] in seals else [f"it is {noted['seal']}; here it is {(seals or ['none'])[-1]}."]
        yield "the seal is the one that was noted, or of an earlier version sealed here", other
    if noted.get("head"):
        count, _, wanted = noted["head"].partition(":")
        here = entries[int(count) - 1]["hash"] if 0 < int(count) <= len(entries) else "not there"
        other = [] if here == wanted else [f"entry {count} was noted as {wanted}; here it is {here}."]
        yield f"the ledger has the head that was noted; {max(len(entries) - int(count), 0)} entries came since", other
    if noted.get("manifest"):
        other = [] if noted["manifest"] == manifest else [f"it is {noted['manifest']}; here it is {manifest}."]
        yield "the manifest is the one that was noted", other
    came = {digest(content): name for name, content in files.items() if name.startswith(BIDS)}
    for each in noted.get("fingerprints", ()):
        other = [] if each.strip().lower() in came else ["no file among the inputs has it."]
        yield f"the file with the fingerprint {each} came in: {came.get(each.strip().lower(), 'none')}", other
    heads = {one["hash"]: f"the ledger up to entry {one['number']}" for one in entries}
    over = {**heads, **dict.fromkeys(seals, "the seal"), manifest: "the manifest"}
    for path in noted.get("timestamps", ()):
        try:
            imprint, when = stamped(Path(path).read_bytes())
            other = [] if imprint in over else [f"it is over something else: {imprint}."]
            yield f"the time-stamp {Path(path).name} is over {over.get(imprint, 'this bundle')}, and says {when}", other
        except (OSError, ValueError, IndexError) as error:
            yield f"the time-stamp {Path(path).name} is over this bundle", [f"it cannot be read: {error}."]


def elements(content: bytes) -> list[tuple[int, bytes]]:
    """List what DER holds, each with its tag."""
    found, at = [], 0
    while at < len(content):
        tag, length, at = content[at], content[at + 1], at + 2
        if length >= 128:
            more, at = length - 128, at + length - 128
            length = int.from_bytes(content[at - more : at], "big")
        if at + length > len(content):
            raise ValueError("it is no time-stamp")
        found.append((tag, content[at : at + length]))
        at += length
    return found


def stamped(content: bytes) -> tuple[str, str]:
    """Give the SHA-256 that an RFC 3161 time-stamp is over, and its time; of a whole answer, or of a token alone."""
    parts = elements(elements(content)[0][1])
    if parts[0] != (6, STAMPED):  # an answer: first whether it was granted
        if elements(parts[0][1])[0][1] not in (b"\0", b"\1"):
            raise ValueError("the authority did not grant it")
        parts = elements(parts[1][1])
    signed = elements(elements(parts[1][1])[0][1])
    octets = elements(elements(signed[2][1])[1][1])[0][1]
    told = elements(elements(octets)[0][1])
    algorithm, imprint = elements(told[2][1])
    if elements(algorithm[1])[0][1] != SHA256:
        raise ValueError("it is not over a SHA-256")
    when = told[4][1].decode("ascii")
    return imprint[1].hex(), f"{when[:4]}-{when[4:6]}-{when[6:8]} at {when[8:10]}:{when[10:12]} UTC"


def checks(files: Files, criteria: Any, bids: Any, outcome: Any) -> Iterator[Found]:
    """Give each comparison that these files allow, in words, with what differs."""
    if SEAL in files and outcome["status"] != "blocked":
        yield "the seal, the closing time, decisions and the run are dated in order", list(dates(files, bids))
    told = {each.get("code") for each in outcome["findings"]}  # the run says itself that an entry was dated back
    if LEDGER in files and outcome["status"] != "blocked":
        words = "the ledger tells of this seal, of these files, marks and decisions, in the order of time"
        yield words, [*([] if "E-LEDGER-012" in told else times(ledger(files))), *recorded(files, criteria, bids)]
    if any(f"{BIDS}{name}" in files for name in ("marks.csv", "consensus.csv")):
        yield "the marks in CSV files are those of data/bids.json", list(received(files, criteria, bids))
    if outcome["allocation"] and RECORD in files:
        yield "the proof record and its model are of these awards", list(proof(files, outcome["allocation"]))
    yield from INPUTS["checks"](files, criteria, bids, outcome) if INPUTS else []
    yield from SHOWN["checks"](files, criteria, outcome) if SHOWN else []


def dates(files: Files, bids: Any) -> Iterator[str]:
    """Find dates that cannot be: each seal after the one before, then the closing time, decisions and the run."""
    sealed, run = json.loads(files[SEAL]), json.loads(files[MANIFEST]).get("date") or "9999-12-31"
    versions = [*sealed.get("earlier", ()), sealed]
    for before, after in zip(versions, versions[1:]):  # noqa: B905, RUF007 - neither is in Python 3.9
        if after["date"] < before["date"]:
            yield f"seal.json: version {after['version']} is dated {after['date']}, before version {before['version']}."
    names = [one["version"] for one in versions]
    yield from (f"seal.json: version {name} is sealed twice." for name in sorted({*names}) if names.count(name) > 1)
    close = str(sealed.get("tenders_close", ""))[:10]
    for what, day in (("the closing time", close), ("the run", run)):
        if DAY.fullmatch(day) and day < sealed["date"]:
            yield f"seal.json is dated {sealed['date']}, after {what} of {day}."
    for bid in (bid for theme in bids["themes"] for bid in theme["bids"] if bid["decision"]):
        day = bid["decision"].get("date") or ""
        if DAY.fullmatch(day) and not sealed["date"] <= day <= run:
            where = f"after the run of {run}" if day > run else f"before the seal of {sealed['date']}"
            yield f"the decision on {bid['bid']} is dated {day}, {where}."


def times(entries: list[Row]) -> Iterator[str]:
    """Find entries of the ledger that are dated before the one before them."""
    last, at = "", 0
    for one in (one for one in entries if one["kind"] not in ARRIVED):
        shared = min(len(last), len(one["when"]))
        if one["when"][:shared] < last[:shared]:
            yield f"entry {one['number']} of the ledger is of {one['when']}, before entry {at} of {last}."
        last, at = one["when"], one["number"]


def recorded(files: Files, criteria: Any, bids: Any) -> Iterator[str]:
    """Find what the inputs or the data say otherwise than the ledger's last word on it."""
    entries = ledger(files)
    last: Any = {(one["kind"].replace("correction", "consensus"), one["subject"]): one for one in entries}
    yield from sealed_once(files, [one for one in entries if one["kind"] == "seal"])
    here = {name[len(BIDS) :]: digest(content) for name, content in files.items() if name.startswith(BIDS)}
    for (kind, name), one in sorted(last.items()):
        if kind == "return" and name in here and one["after"] != here[name]:
            yield f"{BIDS}{name} is not what the ledger recorded in entry {one['number']}."
        if kind == "return" and one["after"] and name not in here and stands_in(one, entries, last):
            yield f"{BIDS}{name} is not here, and marks in it stand by the ledger (entry {one['number']})."
    told = {name for kind, name in last if kind == "return"}
    yield from (f"{BIDS}{name} came in, and the ledger does not tell of it." for name in sorted(unsaid(here, told)))
    agreed = {subject: one["after"] for (kind, subject), one in last.items() if kind == "consensus"}
    if criteria["moderation"]["method"] == "consensus":
        given = [(whose[0], whose[2], mark) for whose, mark in ((s.rpartition(" "), m) for s, m in agreed.items())]
        yield from marks_otherwise(given, bids, "by the ledger")
    if criteria["moderation"]["method"] == "one_evaluator":
        alone = {subject.partition(" ")[2]: one["after"] for (kind, subject), one in last.items() if kind == "mark"}
        given = [(whose[0], whose[2], mark) for whose, mark in ((s.rpartition(" "), m) for s, m in alone.items())]
        yield from marks_otherwise(given, bids, "by the ledger")
    for bid in (bid for theme in bids["themes"] for bid in theme["bids"] if bid["decision"]):
        its = bid["decision"]
        one = last.get(("decision", " ".join(filter(None, (bid["bid"], its.get("matter"), its.get("subject"))))))
        said = {} if one is None else dict(part.partition(": ")[::2] for part in one["after"].split("; "))
        pairs = [(its.get("person"), said.get("person")), (its.get("reason"), one and one["reason"])]
        pairs += [(its.get("date"), said.get("date"))] if DAY.fullmatch(said.get("date", "")) else []
        if one and any(ours != theirs for ours, theirs in pairs if ours and theirs):
            yield f"the decision on {bid['bid']} is not what the ledger recorded in entry {one['number']}."


def unsaid(here: Row, told: set[str]) -> set[str]:
    """Name files of marks or bids of which a ledger that tells of such files does not."""
    return {name for name in here if name.startswith("returns/")} - told if told else set()


def stands_in(one: Row, entries: list[Row], last: Any) -> bool:
    """Say whether marks of a file stand that is gone, and no other file that may hold them came after it."""
    after = [each for each in entries if each["number"] > one["number"]]
    later = [each for each in dropwhile(lambda each: each["kind"] == "return", after) if each["kind"] == "return"]
    later = [each for each in later if alike(each["subject"]) == alike(one["subject"])]
    return not later and any(
        each["file"] == one["after"] and each["after"] for (kind, _), each in last.items() if kind != "return"
    )


def alike(name: str) -> str:
    """Name what a file of the bids holds: another one that holds the same may have taken its place."""
    stem = re.sub(r"\.[a-z]+$", "", name)
    return {"marks": "returns", "consensus": "moderation"}.get(stem, stem.partition("/")[0])


def sealed_once(files: Files, seals: list[Row]) -> Iterator[str]:
    """Find a seal.json that is not the one recorded last, and a version that was sealed twice."""
    before: Row = {}
    for one in seals:
        other = before.setdefault(one["subject"], one)
        if other["after"] != one["after"] or other["file"] != one["file"]:
            yield f"{one['subject']} is sealed twice, in entries {other['number']} and {one['number']} of the ledger."
    if seals and SEAL in files:
        yield from dated_back(json.loads(files[SEAL]), seals)
        sealed, one = json.loads(files[SEAL]), seals[-1]
        whole = one["file"] in (one["after"], digest(files[SEAL]))  # earlier versions recorded the criteria alone
        if one["after"] != sealed["sha256"] or not whole:
            yield f"{SEAL} is not the seal that the ledger recorded in entry {one['number']}."


def dated_back(sealed: Row, seals: list[Row]) -> Iterator[str]:
    """Find a seal that is dated before a day on which the ledger recorded another as the one that held."""
    for one in list(takewhile(lambda each: each["after"] != sealed["sha256"], seals))[-1:]:
        if sealed["date"] < one["when"][:10]:
            held = f"on {one['when']} the ledger recorded {one['subject']} (entry {one['number']})"
            yield f"{SEAL} is dated back to {sealed['date']}: {held}."


def received(files: Files, criteria: Any, bids: Any) -> Iterator[str]:
    """Compare marks in CSV files with those of the data: agreed ones, or those of the one evaluator."""
    method = criteria["moderation"]["method"]
    name = {"consensus": "consensus.csv", "one_evaluator": "marks.csv"}.get(method, "")
    if f"{BIDS}{name}" in files:
        text = files[f"{BIDS}{name}"].decode("utf-8-sig", "replace")
        rows = [
            {str(key).strip().lower(): value for key, value in row.items()} for row in csv.DictReader(io.StringIO(text))
        ]
        given = [(row.get("bid"), row.get("question"), row.get("mark")) for row in rows]
        yield from marks_otherwise(given, bids, f"in {name}")


def marks_otherwise(given: Any, bids: Any, where: str) -> Iterator[str]:
    """Find marks of the data that are none of those given for a bid, or for its organisation, on a question."""
    told: dict[Any, list[Fraction]] = {}
    for who, question, mark in given:
        if FIGURE.fullmatch(str(mark or "").strip()):
            told.setdefault((str(who).strip(), str(question).strip()), []).append(Fraction(mark.strip()))
    for bid in (bid for theme in bids["themes"] for bid in theme["bids"]):
        for question, mark in bid["marks"].items():
            its = told.get((bid["bid"], question)) or told.get((bid["organisation"], question))
            if its and FIGURE.fullmatch(str(mark)) and Fraction(mark) not in its:
                yield f"{bid['bid']}: the mark on {question} is {mark} in data/bids.json, and {its[-1]} {where}."


def proof(files: Files, said: Any) -> Iterator[str]:
    """Compare the record of the proof with the awards: what each stage reached, and the model that was solved."""
    record, told = json.loads(files[RECORD]), {**said, **said["proof"]}
    for each, own in zip(record["stages"], told["stages"]):  # noqa: B905 - Python 3.9 has no strict
        if each != own:
            what = str(each["objective"]).replace("_", " ")
            yield f"by {RECORD} the best {what} is {each['value']}; by outcome.json it is {own['value']}."
    if len(record["stages"]) != len(told["stages"]):
        yield f"{RECORD} and outcome.json do not tell of the same stages."
    for key in ("status", "tied_allocations", "tied_complete", "conflict", "method", "solver"):
        if key in record and record[key] != told.get(key):
            yield f"{RECORD} says {key.replace('_', ' ')} {record[key]}; outcome.json says {told.get(key)}."
    if record["model_sha256"] != digest(files.get(MODEL, b"")):
        yield f"{MODEL} is not the model that {RECORD} is about."


def is_this(name: str, content: bytes) -> bool:
    """Say whether a verifier in the bundle is the file that lies here, whatever sums of the others it holds."""
    here = Path(__file__).with_name(name)
    if not here.is_file():
        return False
    return len({HOLDS.sub(b"", one.replace(b"\r", b"")) for one in (content, here.read_bytes())}) == 1


def unknown(files: Files, outcome: Any, noted: Row, tried: str) -> Iterator[str]:
    """Name what was not checked; ``tried`` says how far other sets of awards were, and nothing where all were."""
    said = outcome["allocation"]
    if said and tried:
        known = (
            "the proof record says so of its model, which was not made again"
            if RECORD in files
            else "no proof record is here to say so"
        )
        yield f"that no other set of awards is better ({tried}; {known})"
    if said and said["status"] == "infeasible":
        yield "why the rules cannot be kept together"
    books = sum(name.startswith(BIDS) and name.endswith(".xlsx") for name in files)
    if books:
        yield f"the marks and other cells in {books} workbook{'s' * (books > 1)} of the inputs"
    yield "that data/criteria.json is what the criteria files among the inputs say"
    if LEDGER not in files:
        yield "when things came in and were decided: there is no ledger in this bundle"
    other = "every other figure in pages and workbooks" if SHOWN else "the figures of any document"
    yield f"words, findings that are notes, PDF documents, and {other}"
    yield "equality documents, and what would have changed each decision"
    own = [name for name in files if VERIFIER.fullmatch(name)]
    if strangers := [name for name in own if not is_this(name, files[name])]:
        yield f"{', '.join(sorted(strangers))} in this bundle: other files than those that check it here"
    if not any(noted.get(name) for name in (*NOTED, "timestamps", "fingerprints")):
        yield "whether bundle and ledger were written anew as a whole: what was noted elsewhere tells that (--help)"
    yield from (f"the signature of the time-stamp {Path(one).name}" for one in noted.get("timestamps", ()))
