"""Run the validator of the Open Contracting Partnership (lib-cove-ocds) over files, with snapshots for the internet.

Run by a test, in an environment that holds the packages of cove.txt: ``python validate.py FILE...`` prints one line
of JSON for each file: what its validator says.
"""

import io
import json
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import requests
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig
from ocdsextensionregistry import util

HERE = Path(__file__).resolve().parent
FOLDERS = {
    "ocds_bid_extension": "bids",
    "ocds_lots_extension": "lots",
    "ocds_awardCriteria_extension": "awardCriteria",
    "ocds_selectionCriteria_extension": "selectionCriteria",
}


def zipped(folder, top):
    """Give a folder as a zip file, below one folder of another name, as the validator looks for it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{top}/", "")
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{top}/{path.relative_to(folder).as_posix()}")
    return out.getvalue()


def snapshot(url, **_):
    """Answer a request for one version of an extension, whole or a file of it; anything else is not there."""
    answer = requests.Response()
    answer.url, answer.status_code, answer.reason, answer.raw = url, 404, "Not Found", io.BytesIO(b"")
    _, _, host, _, repository, *rest = url.split("/")
    folder = HERE / "extensions" / FOLDERS.get(repository, "none")
    version = (folder / "VERSION").read_text("utf-8").strip() if folder.is_dir() else ""
    if host == "github.com" and rest == ["archive", f"{version}.zip"]:
        answer.status_code, answer.raw = 200, io.BytesIO(zipped(folder, repository))
    elif host == "raw.githubusercontent.com" and rest[0] == version and folder.joinpath(*rest[1:]).is_file():
        answer.status_code, answer.raw = 200, io.BytesIO(folder.joinpath(*rest[1:]).read_bytes())
    return answer


def main():
    """Validate each file."""
    util.session.get = snapshot
    settings = LibCoveOCDSConfig()
    settings.config |= {"context": "api", "standard_zip": zipped(HERE / "standard", "standard")}
    for name in sys.argv[1:]:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            with tempfile.TemporaryDirectory() as scratch:  # it writes the schema that it made there
                told = ocds_json_output(scratch, file=name, lib_cove_ocds_config=settings)
        print(json.dumps({"warnings": [str(one.message) for one in warned], **told}, default=str))


main()
