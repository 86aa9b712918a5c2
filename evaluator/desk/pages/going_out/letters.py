"""Letters: what only people know of them as fields, drafts and final ones, what to look at in each, and downloads."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from evaluator.desk.fields import Field
from evaluator.desk.page import Link, Page, Problem
from evaluator.desk.pages.going_out import work
from evaluator.desk.pages.results.opened import all_runs, look, subject_of
from evaluator.desk.visit import Answer, Attachment, Refused, Visit, get, post
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.files.read.notation import json_of
from evaluator.jobs.finished.runs import RunFolder
from evaluator.jobs.finished.sending import CAN_BE_TOLD, DAYS, TEXTS, Said
from evaluator.records.dates import HOW, read_day, spoken_date
from evaluator.records.office.folder import letters_of
from evaluator.records.office.settings import WORDS

PLACE = ("Letters", "letters")
TITLE = "Write the letters"
MARK = "letters.json"
KEYS = ("decided_by", "role", "decided", "sent", "notice", "contact", "methodology")
TIME = (1980, 1, 1, 0, 0, 0)
FORMS = ("html", "docx", "pdf")
ASKED = "Bidders who asked for written reasons, one in a line: the bid and the day, such as B012 2026-12-14."
FURTHER = "The disclosure pack and the release: all that goes out, and who may have what"
OF_AN_AWARD = ("notice", "asked")  # what a letter of a stage says nothing of
NO_RUN = "There is no run with a bundle yet. Evaluate first."


@dataclass(frozen=True)
class Letter:
    """One letter: whose, what it tells, its forms, and what to look at in it before it goes out."""

    bid: str
    name: str
    outcome: str
    forms: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """The letters that lie in the folder."""

    draft_because: tuple[str, ...]
    decided: str
    sent: str
    run: str
    letters: tuple[Letter, ...]
    others: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Letters(Page):
    """The form of what people know, and the letters there are."""

    template: ClassVar[str] = "going_out/letters.html"
    here: str
    of: str
    place: str
    why_not: str
    run: str
    old: bool
    fields: tuple[Field, ...]
    running: str
    written: Written | None
    zip: str
    further: tuple[Link, ...]


def newest(visit: Visit) -> RunFolder | None:
    """Give the newest run that has a bundle: of the stage that the address names, if it names one."""
    there = (one for one in all_runs(visit) if one.bundle is not None)
    return next((one for one in there if visit.query.get("stage") in (None, one.stage)), None)


def _address(visit: Visit, run: RunFolder | None, page: str = "letters") -> str:
    """Give the address of a page of the letters of a run: with its stage, or with none where the award's are chosen."""
    return visit.at(page, stage=run.stage) if run and (run.stage or "stage" in visit.query) else visit.at(page)


def _folder(visit: Visit, run: RunFolder | None) -> Path:
    return visit.programme.papers / letters_of(run.stage if run else "")


def show(visit: Visit) -> Answer:
    """Show the form as the settings fill it in, and the letters there are."""
    settings = visit.programme.settings
    return _page(visit, {key: getattr(settings, key) for key in KEYS})


def _page(visit: Visit, texts: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Letters:
    run = newest(visit)
    running = visit.running(TITLE)
    folder, stage = _folder(visit, run), run.stage if run else ""
    written = _written(visit, folder, run) if (folder / MARK).is_file() and run else None
    asked = Field("asked", "Written reasons asked for", "long", texts.get("asked", ""), ASKED)
    return Letters(
        title="Letters",
        here=_address(visit, run),
        of=f"of the stage {stage}" if stage else "",
        place=f"papers/{folder.name}",
        why_not=why_not(run, CAN_BE_TOLD),
        run=run.name if run else "",
        old=bool(written and run and written.run != run.name),
        fields=tuple(one for one in (*fields(texts), asked) if not stage or one.name not in OF_AN_AWARD),
        running=visit.at(f"work/{running.number}") if running else "",
        written=written,
        zip=_address(visit, run, "letters/letters.zip"),
        further=(*_of_others(visit, run), Link(FURTHER, visit.at("letters/release"))),
        problems=problems,
    )


def _of_others(visit: Visit, shown: RunFolder | None) -> Iterator[Link]:
    """Give the way to the letters of each stage that is decided, and of the award, beside those that are shown."""
    runs = {one.stage: one for one in reversed(all_runs(visit)) if one.bundle and one.status in CAN_BE_TOLD}
    for stage in sorted(runs.keys() - {shown.stage if shown else ""}):
        yield Link(f"The letters of {f'the stage {stage}' if stage else 'the award'}", visit.at("letters", stage=stage))


def why_not(run: RunFolder | None, wanted: tuple[str, ...] = (work.RECOMMENDED,)) -> str:
    """Say why nothing can go out yet; empty where it can."""
    if run is None:
        return NO_RUN
    return "" if run.status in wanted else work.NOTHING_YET


def fields(texts: Mapping[str, str]) -> tuple[Field, ...]:
    """Give the fields of what people know, in the words of the settings."""
    return tuple(
        Field(key, WORDS[key][0], "date" if key in DAYS else "text", texts.get(key, ""), WORDS[key][1]) for key in KEYS
    )


def said_in(visit: Visit, sent: str = "") -> tuple[Said, dict[str, str], tuple[Problem, ...]]:
    """Read what was filled in; days as people write them are read, and what is wrong is told at its field.

    Parameters
    ----------
    sent : the day on which letters go out where none is filled in.
    """
    typed = {key: visit.form.text(key) for key in (*KEYS, "asked")}
    days = {key: read_day(typed[key]) if typed[key] else "" for key in DAYS}
    days["sent"] = sent if days["sent"] == "" else days["sent"]
    wrong = [
        Problem(f"{WORDS[key][0]}: “{typed[key]}” is not a day that exists. {HOW}.", key)
        for key in DAYS
        if days[key] is None
    ]
    asked, more = _asked(typed["asked"])
    said = Said(**{key: typed[key] for key in TEXTS}, **{key: day or "" for key, day in days.items()}, asked=asked)
    wrong += more
    told = dict.fromkeys(said.problems(lambda key: f"“{WORDS[key][0]}”"))
    wrong += [Problem(words, key) for key, words in told if not any(one.field == key for one in wrong)]
    return said, typed, tuple(wrong)


def _asked(text: str) -> tuple[dict[str, str], list[Problem]]:
    """Read who asked for written reasons: a bid and a day in each line."""
    asked, wrong = {}, []
    for line in filter(None, map(str.strip, text.splitlines())):
        bid, _, day = line.partition(" ") if " " in line else line.partition("=")
        read = read_day(day.strip()) if day.strip() else None
        if read is None:
            wrong.append(
                Problem(f"“{line[:60]}” does not name a bid and a day that exists, such as B012 2026-12-14.", "asked")
            )
        else:
            asked[bid.strip()] = read
    return asked, wrong


def begin(visit: Visit) -> Answer:
    """Begin to write the letters."""
    run = newest(visit)
    said, typed, wrong = said_in(visit)
    unknown = _unknown(visit, run, said) if run else ()
    if wrong or unknown:
        return _page(visit, typed, (*wrong, *unknown))
    if why := why_not(run, CAN_BE_TOLD):
        raise Refused(why)
    assert run is not None  # else there was a reason
    pages_only, back = visit.form.text("forms") == "pages", _address(visit, run)
    return visit.begin(TITLE, work.letters, run.bundle, _folder(visit, run), said, pages_only, back, back=back)


def _unknown(visit: Visit, run: RunFolder, said: Said) -> tuple[Problem, ...]:
    """Find bids that asked and that the run does not have."""
    names = look(visit, subject_of(visit, run)).names
    strange = [bid for bid in said.asked if bid not in names]
    return tuple(Problem(f"There is no bid {bid} in this run.", "asked") for bid in strange)


def _written(visit: Visit, folder: Path, run: RunFolder) -> Written | None:
    """Read what lies in the folder of letters."""
    try:
        listed: dict[str, Any] = json_of(read_once(folder / MARK))
        files = {path.name for path in folder.iterdir()}
        names = look(visit, subject_of(visit, run)).names
        kinds = ("letters", "not_assessed", "left")
        every = {bid: name for kind in kinds for bid, name in listed.get(kind, {}).items()}
        notes = [f"{one['message']} {one['remedy']}" for one in listed["findings"]]
        letters = tuple(
            Letter(bid, names.get(bid, bid), listed["outcomes"][bid], _forms(visit, run, name, files), _of(bid, notes))
            for bid, name in sorted(every.items())
        )
        decision = listed["decision"]
        told = {note for one in letters for note in one.notes}
        rest = (*listed.get("reasons", {}).values(), *listed.get("annexes", {}).values(), "index.html")
        return Written(
            draft_because=tuple(f"{one}." for one in listed["draft_because"]),
            decided=f"{decision['person']}, {decision['role']}, on {spoken_date(decision['date'])}" if decision else "",
            sent=spoken_date(listed["sent"]) if listed["sent"] else "",
            run=str(listed["run"]),
            letters=letters,
            others=tuple(Link(name, _file(visit, run, name)) for name in rest if name in files),
            notes=tuple(one for one in notes if one not in told),
        )
    except (UnreadableError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _of(bid: str, notes: Sequence[str]) -> tuple[str, ...]:
    """Give the notes that name a bid."""
    named = re.compile(rf"(?<![\w-]){re.escape(bid)}(?![\w-])")
    return tuple(one for one in notes if named.search(one))


def _forms(visit: Visit, run: RunFolder, name: str, files: set[str]) -> tuple[Link, ...]:
    stem = name.removesuffix(".html")
    made = ((form.upper(), f"{stem}.{form}") for form in FORMS)
    return tuple(Link(form, _file(visit, run, name)) for form, name in made if name in files)


def _file(visit: Visit, run: RunFolder, name: str) -> str:
    return visit.at("letters/file", name=name, **({"stage": run.stage} if run.stage else {}))


def _asked_for(visit: Visit) -> Path:
    """Give the folder of letters that an address names: of a stage that a run is for, or of the award."""
    stage = visit.query.get("stage", "")
    known = stage in {one.stage for one in all_runs(visit)}
    return visit.programme.papers / letters_of(stage if known else "")


def one_file(visit: Visit) -> Answer:
    """Give one letter, by a name that lies in their folder."""
    folder, name = _asked_for(visit), visit.query.get("name", "")
    if not (folder / MARK).is_file() or name not in {path.name for path in folder.iterdir() if path.is_file()}:
        raise Refused("There is no such letter.", 404)
    return visit.attached(folder / name)


def all_files(visit: Visit) -> Answer:
    """Give all letters in one file."""
    folder = _asked_for(visit)
    if not (folder / MARK).is_file():
        raise Refused("No letters are written yet.", 404)
    return Attachment("letters.zip", zipped(visit, folder))


def zipped(visit: Visit, folder: Path) -> bytes:
    """Put a folder of a programme into one file: the same bytes for the same files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), TIME)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, visit.attached(path).content)
    return content.getvalue()


ROUTES = (
    get("/p/{programme}/letters", show),
    post("/p/{programme}/letters", begin),
    get("/p/{programme}/letters/file", one_file),
    get("/p/{programme}/letters/letters.zip", all_files),
)
