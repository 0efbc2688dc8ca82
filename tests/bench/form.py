"""What a phone has to load to show the feedback form."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench import homes
from tests.bench.table import Row
from tests.chromium import LAUNCH
from tests.processes import free_port


def measure(folder: Path, quick: bool) -> list[Row]:
    """Bytes on the wire and requests of a first load in Chromium, headers included."""
    public, staff = free_port(), free_port()
    settings = {"web": {"public_port": public, "staff_port": staff, "public_host": "127.0.0.1"}}
    with homes.fresh(settings) as home:
        for name in ("places.toml", "topics.toml"):
            (home.config / name).write_bytes(Path("config", name).read_bytes())
        command = [sys.executable, "-m", "admin", "--home", str(home.root), "serve"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{public}/F/A01"
            _wait_for(address)
            requests, sizes = _loaded(address)
        finally:
            server.terminate()
            server.wait()
    return [
        Row("form page, first load: bytes on the wire", "kB", sum(sizes.values()) / 1000, 40),
        Row("form page, first load: requests after the HTML", "", len(requests) - 1, 1),
    ]


def _loaded(address: str) -> tuple[list[str], dict[str, float]]:
    requests: list[str] = []
    sizes: dict[str, float] = {}

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
        wire.on("Network.loadingFinished", finished)
        answer = page.goto(address, wait_until="networkidle")
        if answer is None or not answer.ok:
            raise RuntimeError(f"the form was not served: {answer and answer.status}")
        browser.close()
    return requests, sizes


def _wait_for(address: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"the form was not served: {error}") from error
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
