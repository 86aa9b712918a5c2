"""axe for tests: the published accessibility rules, run on a page as a browser lays it out, with no network."""

import html
import json
import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.office import REQUIRED

REPORT = """
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 160)]);
  document.body.insertAdjacentHTML("beforeend", "<pre id='axe-found'></pre>");
  document.getElementById("axe-found").textContent = JSON.stringify({told, passes: found.passes.length});
});
"""
FOUND = re.compile(r'<pre id="axe-found">(.*?)</pre>', re.DOTALL)


def browser() -> str:
    """Find Chromium; without it the test is skipped, or fails where it is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get(REQUIRED):
            pytest.fail("Chromium is required here and was not found")
        pytest.skip("Chromium is not installed, so pages cannot be laid out")
    return found


@cache
def rules() -> str:
    """Give axe itself, as the test extra installs it."""
    package = find_spec("axe_core_python")
    assert package is not None
    assert package.origin is not None
    return (Path(package.origin).parent / "axe.min.js").read_text("utf-8")


def violations(page: str, folder: Path) -> list[str]:
    """List what a page breaks: each rule with how often, and the first element that breaks it."""
    scripts = f"<script>{rules().replace('</script', '<' + chr(92) + '/script')}</script><script>{REPORT}</script>"
    copy = folder / "page.html"
    copy.write_text(page.replace("</body>", f"{scripts}</body>"), "utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom")
    command = [browser(), *flags, f"--user-data-dir={folder / 'profile'}", copy.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=180, check=False)
    found = FOUND.search(done.stdout.decode("utf-8", "replace"))
    assert found, f"axe did not answer: {done.stderr.decode('utf-8', 'replace')[-400:]}"
    answer = json.loads(html.unescape(found[1]))
    assert answer["passes"] > 3, "axe looked at nothing"
    return [f"{rule} ({times}): {where}" for rule, times, where in answer["told"]]
