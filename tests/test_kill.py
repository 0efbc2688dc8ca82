import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from campaign import CAMPAIGN
from sqlalchemy import select

from admin import db, register
from admin.records import Report
from admin.secrets import load
from kiosk.files import Home
from kiosk.model import receipt
from kiosk.settings import Config

KILLS = 1000 if CAMPAIGN else 60
PHONES = 4


@dataclass
class Phone:
    """Somebody who sends one report after the other, each until its receipt is shown."""

    port: int
    name: str
    stop: threading.Event
    sight: threading.Event  # set when a receipt is seen
    shown: dict[str, str] = field(default_factory=dict)  # receipt → words

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            words = f"phone {self.name} report {number}"
            form = self.until_it_works(lambda: self.ask("GET", "/F"))
            token = re.search(r'name="token" value="([^"]+)"', form)
            assert token
            body = urlencode({"topic": "other", "words": words, "token": token[1]})
            for _ in range(random.choice((1, 1, 2))):  # a double tap now and then
                page = self.until_it_works(lambda body=body: self.ask("POST", "/F", body))
                self.see(page, words)

    def see(self, page: str, words: str) -> None:
        found = re.search(r'class="digits" translate="no">(.*?)</p>', page)
        assert found, page
        self.shown[receipt.typed(re.sub("<[^>]+>", "", found[1]))] = words
        self.sight.set()

    def until_it_works(self, ask: Callable[[], str]) -> str:
        while True:
            try:
                return ask()
            except (OSError, http.client.HTTPException):
                self.stop.wait(0.002)

    def ask(self, method: str, path: str, body: str = "") -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            text = answer.read().decode()
            if answer.status >= 500:
                raise OSError(text)
            return text
        finally:
            connection.close()


@dataclass
class Server:
    """The residents' pages in a process of their own."""

    nursery: subprocess.Popen[str]

    def start(self) -> int:
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(home: Home, port: int) -> Iterator[Server]:
    script = Path(__file__).with_name("served.py")
    nursery = subprocess.Popen(
        [sys.executable, script, home.root, str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield Server(nursery)
    assert nursery.stdin
    nursery.stdin.close()
    nursery.wait(10)


@pytest.mark.campaign
def test_killing_the_process_at_any_moment_loses_no_report_whose_receipt_was_shown(
    home: Home, port: int, server: Server
) -> None:
    stop, sight = threading.Event(), threading.Event()
    phones = [Phone(port, str(n), stop, sight) for n in range(PHONES)]
    threads = [threading.Thread(target=phone.run) for phone in phones]
    child = server.start()
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        sight.clear()
        assert sight.wait(30), "no report came through in 30 s"
        time.sleep(random.choice((0, random.uniform(0, 0.05))))  # right then, or at any moment
        os.kill(child, signal.SIGKILL)
        child = server.start()
    stop.set()
    for thread in threads:
        thread.join(60)
    os.kill(child, signal.SIGKILL)

    shown = {digits: words for phone in phones for digits, words in phone.shown.items()}
    assert len(shown) >= KILLS
    assert_each_is_kept_once(home, shown)


def assert_each_is_kept_once(home: Home, shown: dict[str, str]) -> None:
    engine = db.engine(home, Config())
    secrets = load(home)
    with db.reading(engine) as rows:
        kept = Counter(rows.scalars(select(Report.words)))
        numbers = Counter(rows.scalars(select(Report.public_number)))
        opened = {digits: register.by_receipt(rows, secrets, digits) for digits in shown}
    assert {digits: report and report.words for digits, report in opened.items()} == shown
    assert set(kept.values()) == {1}
    assert set(numbers.values()) == {1}
    engine.dispose()
