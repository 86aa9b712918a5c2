"""Check what a site of awards publishes, with nothing but Python 3.9 or later: ``python3 check_site.py FOLDER``.

FOLDER is the site, or holds its data/criteria.json and data/awards.json. It ends with 0 where all of it agrees.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any


def main(folder: Path) -> int:
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
    for line in found:
        print(f"Not so: {line}")
    if not found:
        print(f"{len(told['awards'])} awards of run {told['run']}. Checked:")
        print("\n".join(f"  - {line};" for line in checked))
        print("Not checked: scores and ranks, which rest on what is not published. An audit bundle holds them.")
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


def pounds(pence: Any) -> str:
    """Write pence as pounds."""
    whole, rest = divmod(int(pence), 100)
    return f"£{whole:,}.{rest:02}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Name the folder: python3 check_site.py FOLDER")
    sys.exit(main(Path(sys.argv[1])))
