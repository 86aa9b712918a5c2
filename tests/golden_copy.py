"""The golden copy of the sample's run: what of it is kept in ``reports/example``, and the sums of every file of it."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.files.audit import bundle as bundles

GOLDEN = Path(__file__).resolve().parent.parent / "reports" / "example"
LIST = "SHA256SUMS"
KEPT = ("report.html", "outcome.json", "manifest.json")
COMPRESSED = (".docx", ".xlsx")
OF_THIS_MACHINE = {"bundle.zip", "equality.zip", "manifest.json"}  # hold what made the run, and sums of the rest
UNPACKED = "# unpacked "  # a comment to sha256sum, which checks every other line


class Sums(NamedTuple):
    """SHA-256 sums by file: of the bytes, and of workbooks and Word files apart from how they were compressed."""

    whole: dict[str, str]
    unpacked: dict[str, str]


def sums(run: Path) -> Sums:
    """Sum up the files of a run's folder."""
    found = (path for path in sorted(run.rglob("*")) if path.is_file() and path.name != LIST)
    files = {path.relative_to(run).as_posix(): path.read_bytes() for path in found}
    whole = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    packed = {name: repr(bundles.uncompressed(name, files[name])) for name in files if name.endswith(COMPRESSED)}
    return Sums(whole, {name: hashlib.sha256(said.encode()).hexdigest() for name, said in packed.items()})


def listed() -> Sums:
    """Read the golden list."""
    lines = (GOLDEN / LIST).read_text("utf-8").splitlines()
    unpacked = [line.removeprefix(UNPACKED) for line in lines if line.startswith(UNPACKED)]
    whole = [line for line in lines if not line.startswith("#")]
    return Sums(*({name: found for found, name in (line.split("  ") for line in some)} for some in (whole, unpacked)))


def renew(run: Path) -> None:
    """Make a finished run the golden copy."""
    shutil.rmtree(GOLDEN)
    GOLDEN.mkdir()
    for path in run.iterdir():
        if path.name in KEPT:
            shutil.copy(path, GOLDEN)
    found = sums(run)
    lines = [f"{one}  {name}" for name, one in found.whole.items()]
    lines += [f"{UNPACKED}{one}  {name}" for name, one in found.unpacked.items()]
    (GOLDEN / LIST).write_text("\n".join([*lines, ""]), "utf-8", newline="\n")


def changed(run: Path) -> list[str]:
    """Name the files of a run that are not the golden ones.

    Another machine may compress otherwise, and have another Python, which stands in the manifest. Then workbooks and
    Word files count by what is in them, and the manifest by what it says of everything else; bundles hold the manifest.
    """
    made, golden = sums(run), listed()
    other = differing(made.whole, golden.whole)
    inside = differing(made.unpacked, golden.unpacked)
    here, there = manifest(run), manifest(GOLDEN)
    recompressed = (other & golden.unpacked.keys()) - inside
    if recompressed or here["made_with"] != there["made_with"]:
        other -= recompressed
        other -= OF_THIS_MACHINE if lasting(here) == lasting(there) else set()
    return sorted(other | inside)


def differing(made: dict[str, str], golden: dict[str, str]) -> set[str]:
    return {name for name in made.keys() | golden.keys() if made.get(name) != golden.get(name)}


def manifest(run: Path) -> dict[str, Any]:
    return dict(json.loads((run / "manifest.json").read_text("utf-8")))


def lasting(told: dict[str, Any]) -> dict[str, Any]:
    """What a manifest says on every machine."""
    files = {n: one for n, one in told["files"].items() if not (n.startswith("outputs/") and n.endswith(COMPRESSED))}
    made_with = {key: told["made_with"][key] for key in ("bid-evaluator", "requirements.txt (SHA-256)")}
    return {**told, "files": files, "made_with": made_with}
