"""Lighthouse gives the main pages 100 for accessibility and for best practices. `make lighthouse` runs it.

It comes by npm into `.linli-lighthouse/`, so it runs only when it is asked for and where there is Node.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
import visits
from showcase import Showcase, full

from kiosk.files import Home, prepare

VERSION = "12.8.2"
FOLDER = Path(__file__).parents[2] / ".linli-lighthouse"
CATEGORIES = ("accessibility", "best-practices")
ROWS = [(web, row) for web, table in (("staff", visits.STAFF), ("public", visits.PUBLIC)) for row in table]

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif("CAMPAIGN" not in os.environ, reason="`make lighthouse` and `make campaign` run it"),
    pytest.mark.skipif(
        not shutil.which("npm"), reason="没有 Node 和 npm，没有测 Lighthouse。Lighthouse needs Node and npm."
    ),
]


@pytest.fixture(scope="module")
def lighthouse() -> Path:
    """Its command, fetched once."""
    command = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER)]
        subprocess.run([*npm, f"lighthouse@{VERSION}"], check=True, capture_output=True)
    return command


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    home = Home(tmp_path_factory.mktemp("lighthouse") / "home")
    home.config.mkdir(parents=True)
    home.content.mkdir()
    prepare(home)
    with full(home) as showcase:
        yield showcase


@pytest.mark.parametrize(("web", "row"), ROWS, ids=lambda one: str(one))
def test_lighthouse_gives_a_hundred(made: Showcase, lighthouse: Path, web: str, row: str) -> None:
    paths = made.paths((visits.STAFF if web == "staff" else visits.PUBLIC)[row])
    if not paths:
        pytest.skip("it asks for a home of another kind")

    said = judged(lighthouse, made, getattr(made, web) + paths[0])

    wrong = [one["id"] for one in said["audits"].values() if one["score"] is not None and one["score"] < 1]
    scores = {name: said["categories"][name]["score"] for name in CATEGORIES}
    assert scores == dict.fromkeys(CATEGORIES, 1), wrong


def judged(lighthouse: Path, made: Showcase, address: str) -> dict[str, dict[str, dict[str, object]]]:
    """What Lighthouse says of one page, opened by somebody who is logged in."""
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    headers = json.dumps({"Cookie": f"{made.cookie['name']}={made.cookie['value']}"})
    command = [str(lighthouse), address, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--extra-headers={headers}"]
    environment = {**os.environ, "CHROME_PATH": str(chromium.PATH)}
    run = subprocess.run(
        [*command, f"--chrome-flags={flags}"], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(run.stdout)  # type: ignore[no-any-return]
