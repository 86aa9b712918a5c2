"""Check what a site of awards publishes, with nothing but Python 3.9 or later: ``python3 check_site.py SITE [BUNDLE]``.

SITE is its folder, or one that holds its data/criteria.json and data/awards.json. With BUNDLE, the audit bundle of the
run, awards and open data are held to what the run recommended. It ends with 0 where all of it agrees.
"""

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

OPEN_DATA = ("downloads/ocds.json", "ocds.json")


def main(folder: Path, *bundles: Path) -> int:
    """Check a folder, and say what was found."""
    found: list[str] = []
    checked: list[str] = []
    listed = folder / "site.json"
    if listed.is_file():
        found += wrong_files(folder, json.loads(listed.read_text("utf-8"))["files"])
        checked.append("every file that the site lists is there, as it was made")
    places = [folder / "data", folder]
    home = next((place for place in places if (place / "criteria.json").is_file()), None)
    if home is None or not (home / "awards.json").is_file():
        raise SystemExit("criteria.json and awards.json are not there.")
    content = (home / "criteria.json").read_bytes()
    criteria, told = json.loads(content), json.loads((home / "awards.json").read_text("utf-8"))
    found += wrong_seal(hashlib.sha256(content).hexdigest(), told)
    checked.append("the criteria are the ones that were sealed")
    found += wrong_money(criteria, told["awards"])
    checked.append("the awards add up, year by year, and keep every budget")
    for bundle in bundles:
        found += other_than_the_run(folder, content, told, bundle)
        checked.append(f"awards and open data are those of {bundle.name}, whose own verify.py says whether it holds")
    for line in found:
        print(f"Not so: {line}")
    if not found:
        print(f"{len(told['awards'])} awards of run {told['run']}. Checked:")
        print("\n".join(f"  - {line};" for line in checked))
        print("Not checked: scores and ranks, which rest on what is not published. An audit bundle holds them.")
        print(
            "" if bundles else "Not checked: whether these are the run's awards: check_site.py SITE BUNDLE.\n", end=""
        )
    return 1 if found else 0


def wrong_files(folder: Path, files: dict[str, str]) -> Iterator[str]:
    """Give each file that is not what the site lists."""
    for name, digest in files.items():
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing."
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} was changed since the site was made."


def wrong_seal(digest: str, told: dict[str, Any]) -> Iterator[str]:
    """Hold the criteria to the seal and to the run."""
    if told["seal"] != digest:
        yield f"the criteria have the fingerprint {digest}, and the seal is {told['seal']}."
    if told["criteria"] != digest:
        yield "the run was made with other criteria."


def wrong_money(criteria: dict[str, Any], awards: list[dict[str, Any]]) -> Iterator[str]:
    """Add up the awards, and hold them to every budget of the criteria."""
    years = criteria["years"]
    for award in awards:
        if award["by_year"] and sum(award["by_year"].values()) != award["pence"]:
            yield f"the years of {award['bid']} do not add up to {pounds(award['pence'])}."
    rules = [
        *(criteria["allocation"] or {"rule": []})["rule"],
        *(rule for theme in criteria["themes"] for rule in theme["rule"]),
    ]
    carried = any(rule.get("carry_over") for rule in rules) or (criteria["allocation"] or {}).get("leftovers")
    for rule in rules:
        if rule.get("limit") is None or rule["kind"] not in ("budget", "year_budget", "theme_budget"):
            continue
        limit, year = 100 * Fraction(rule["limit"]) - 100 * Fraction(rule.get("committed") or 0), rule.get("year")
        if carried and (year or rule["kind"] == "theme_budget"):
            continue  # what other years or themes leave may be spent too; the bundle's verify.py follows that
        for theme in {award["theme"] for award in awards} if rule.get("theme") == "*" else [rule.get("theme")]:
            its = [award for award in awards if theme in (None, award["theme"])]
            spent = sum(award["by_year"][year] if year in years else award["pence"] for award in its)
            if spent > limit:
                whose = f" for {theme}" if theme else ""
                yield f"{pounds(spent)} is more than the {pounds(limit)} of {rule['id']}{whose}."


def other_than_the_run(folder: Path, criteria: bytes, told: dict[str, Any], bundle: Path) -> Iterator[str]:
    """Hold criteria, awards and open data to what a bundle says of them."""
    try:
        with zipfile.ZipFile(bundle) as archive:
            held, outcome = archive.read("data/criteria.json"), json.loads(archive.read("outputs/outcome.json"))
            run = json.loads(archive.read("manifest.json"))["run"]
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise SystemExit(f"{bundle} cannot be read as an audit bundle: {error}") from None
    if [told["run"], criteria] != [run, held]:
        yield f"the site is of {told['run']} and its criteria; {bundle.name} is of {run}, or of other criteria."
    said = {one["bid"]: one for one in (outcome["allocation"] or {"awards": []})["awards"]}
    wanted = {bid: Fraction(one["amount"]) for bid, one in said.items()}
    site = {one["bid"]: Fraction(one["pence"], 100) for one in told["awards"]}
    yield from otherwise("awards.json", site, wanted)
    for one in (one for one in told["awards"] if one["bid"] in said):
        if {year: Fraction(pence, 100) for year, pence in one["by_year"].items()} != {
            year: Fraction(amount) for year, amount in said[one["bid"]]["by_year"].items()
        }:
            yield f"the years of {one['bid']} in awards.json are not those of the run."
    for name in (name for name in OPEN_DATA if (folder / name).is_file()):
        released = json.loads((folder / name).read_text("utf-8"), parse_float=Fraction)["releases"]
        listed = [one for each in released for one in each.get("awards", [])]
        yield from otherwise(name, {one["relatedBid"]: Fraction(one["value"]["amount"]) for one in listed}, wanted)


def otherwise(name: str, here: dict[str, Fraction], run: dict[str, Fraction]) -> Iterator[str]:
    """Name each award that a file tells otherwise than the run."""
    for bid in sorted({*here} | {*run}):
        ours, theirs = (pounds(100 * each[bid]) if bid in each else "no award" for each in (here, run))
        if ours != theirs:
            yield f"{name} gives {bid} {ours}; the run recommends {theirs}."


def pounds(pence: Any) -> str:
    """Write pence as pounds."""
    whole, rest = divmod(int(pence), 100)
    return f"£{whole:,}.{rest:02}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit("Name the folder, and the bundle where you have it: python3 check_site.py SITE [BUNDLE]")
    sys.exit(main(*map(Path, sys.argv[1:])))
