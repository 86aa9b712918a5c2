"""What a forger can do with a bundle: change its files, and write every sum in it anew so that all are right."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.equality_archive import apart_of
from evaluator.jobs.evaluate import run_name
from evaluator.records.ledger import START, Entry, Event, Head, chained, entry_of, line_of

BIDS, CRITERIA, SEAL = "inputs/bids/", "inputs/criteria/programme.toml", "inputs/criteria/seal.json"
LEDGER, OUTCOME, DATA = "inputs/ledger/ledger.jsonl", "outputs/outcome.json", "data/bids.json"
Members = dict[str, bytes]
Facts = dict[str, Any]  # of the manifest, but for its list of files
Change = Callable[[Members, Facts], None]
Entries = list[tuple[Event, str, str]]  # an event, who, when


def closed_again(path: Path, change: Change, to: Path) -> Path:
    """Change what a bundle holds and says of itself, and close it again: manifest, its sum, ledger and run's name."""
    opened = bundles.unpack(path.read_bytes())
    held = {name: each for name, each in opened.members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    facts = {key: value for key, value in opened.manifest.items() if key != "files"}
    change(held, facts)
    to.write_bytes(bundles.pack(bundles.manifest(facts, bundles.sums(held)), held, compressed=True))
    return to


def all_of(*changes: Change) -> Change:
    def changed(held: Members, facts: Facts) -> None:
        for change in changes:
            change(held, facts)

    return changed


def swap(name: str, before: str, after: str, count: int = 1) -> Change:
    """Put other words into a text file."""

    def changed(held: Members, _: Facts) -> None:
        assert before.encode() in held[name], (name, before)
        held[name] = held[name].replace(before.encode(), after.encode(), count)

    return changed


def pattern(name: str, before: str, after: str) -> Change:
    """Put other words where a pattern is first found."""

    def changed(held: Members, _: Facts) -> None:
        text = held[name].decode()
        other = re.sub(before, after, text, count=1)
        assert other != text, (name, before)
        held[name] = other.encode()

    return changed


def in_json(name: str, change: Callable[[Any], None]) -> Change:
    """Change a JSON file, and keep its form: outcome.json has one line for each part."""

    def changed(held: Members, _: Facts) -> None:
        document = json.loads(held[name])
        change(document)
        plain = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        held[name] = plain.encode()

    return changed


def dropped(*names: str) -> Change:
    def changed(held: Members, _: Facts) -> None:
        for name in names:
            del held[name]

    return changed


def added(name: str, content: bytes) -> Change:
    def changed(held: Members, _: Facts) -> None:
        held[name] = content

    return changed


def said(**facts: object) -> Change:
    """Let the manifest say otherwise."""
    return lambda _, told: told.update(facts)


def row(name: str, start: str, before: str, after: str) -> Change:
    """Change one row of a CSV file among the bids, found by how it starts."""

    def changed(held: Members, _: Facts) -> None:
        lines = held[f"{BIDS}{name}"].decode().splitlines(keepends=True)
        at = next(at for at, line in enumerate(lines) if line.startswith(start))
        assert before in lines[at], lines[at]
        lines[at] = lines[at].replace(before, after, 1)
        held[f"{BIDS}{name}"] = "".join(lines).encode()

    return changed


def rows(name: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Change:
    """Change the rows of a CSV file among the bids, the headings first."""

    def changed(held: Members, _: Facts) -> None:
        read = list(csv.reader(io.StringIO(held[f"{BIDS}{name}"].decode())))
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows(change(read))
        held[f"{BIDS}{name}"] = made.getvalue().encode()

    return changed


def entries_of(held: Members) -> list[Entry]:
    return [one for one in map(entry_of, held[LEDGER].decode().splitlines()) if one is not None]


def chain(change: Callable[[Entries], Entries]) -> Change:
    """Write a whole new ledger with its head, of events with who and when."""

    def changed(held: Members, _: Facts) -> None:
        made: tuple[Entry, ...] = ()
        for event, who, when in change([(one.event, one.who, one.when) for one in entries_of(held)]):
            last = Head(len(made), made[-1].hash) if made else Head(0, START)
            made += chained(last, [event], who, when)
        held[LEDGER] = "".join(f"{line_of(entry)}\n" for entry in made).encode()
        held[f"{LEDGER}.head"] = (json.dumps({"count": len(made), "hash": made[-1].hash}) + "\n").encode()

    return changed


def recorded(held: Members, facts: Facts) -> None:
    """Let the ledger's returns be the files as they are now, and its marks and decisions come from those."""
    here = {name[len(BIDS) :]: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    told = {one.event.subject: one.event.after for one in entries_of(held) if one.event.kind == "return"}
    swapped = {sum_: here[name] for name, sum_ in told.items() if name in here}

    def anew(event: Event) -> Event:
        file = swapped.get(event.file, event.file)
        after = swapped.get(event.after, event.after) if event.kind == "return" else event.after
        return replace(event, file=file, after=after)

    chain(lambda its: [(anew(event), who, when) for event, who, when in its])(held, facts)


def entry(match: Callable[[Event], bool], **other: Any) -> Change:
    """Rewrite the entries of the ledger for which this is so, and chain it anew."""

    def anew(its: Entries) -> Entries:
        assert any(match(event) for event, _, _ in its)
        return [(replace(event, **other) if match(event) else event, who, when) for event, who, when in its]

    return chain(anew)


def named(held: Members, facts: Facts) -> None:
    """Give the run the name that its inputs give, wherever a text says it."""
    inputs = {name: content for name, content in held.items() if name.startswith((BIDS, "inputs/criteria/"))}
    apart = apart_of(held, facts)
    found = run_name(bundles.sums(inputs), apart, facts["until"], facts["date"], margins=facts["margins"])
    for name in [one for one in held if one.endswith((".html", ".json"))]:
        held[name] = held[name].replace(facts["run"].encode(), found.encode())
    facts["run"] = found


def in_zip(name: str, part: str, before: str, after: str) -> Change:
    """Change what a part of a workbook or Word file says, where a pattern is first found."""

    def changed(held: Members, _: Facts) -> None:
        with zipfile.ZipFile(io.BytesIO(held[name])) as book:
            parts = {one: book.read(one) for one in book.namelist()}
        text = parts[part].decode()
        other = re.sub(before, after, text, count=1)
        assert other != text, (name, part, before)
        parts[part] = other.encode()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
            for one, content in parts.items():
                book.writestr(one, content)
        held[name] = made.getvalue()

    return changed
