"""The admin is killed at any moment while eight phones send words and photos."""

import http.client
import io
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import pytest
from bare_jpeg import is_bare
from campaign import CAMPAIGN
from database import fresh_postgresql
from PIL import Image
from processes import free_port
from sqlalchemy import select

from admin import case_photos, db, register, retention
from admin.office import utc_now
from admin.records import Report
from admin.secrets import load
from kiosk import settings
from kiosk.files import Home
from kiosk.model import receipt

KILLS = 1000 if CAMPAIGN else 100
WORDY, PICTURED = 5, 3
"""Phones that send words alone, and such as send photos after them."""

PATIENCE = 300.0
"""Seconds in which something has to come through, also on a machine that does much else."""

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=edge"
SECRET = b"SECRET-30.6586N-104.0647E"


@dataclass(frozen=True)
class Line:
    """The way to the admin, which breaks off.

    `words` and `photos` are set when an answer of that kind is seen. Photos are sent while it is `light`: a
    new server starts a child for them, and a hundred of these take longer than all the rest.
    """

    port: int
    words: threading.Event = field(default_factory=threading.Event)
    photos: threading.Event = field(default_factory=threading.Event)
    light: threading.Event = field(default_factory=threading.Event)

    def until_it_works(self, method: str, path: str, body: bytes = b"", kind: str = FORM) -> tuple[int, str]:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask(method, path, body, kind)
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, f"{path} never answered"
                time.sleep(0.002)

    def ask(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            answer = connection.getresponse()
            text = answer.read().decode()
            if answer.status >= 500:
                raise OSError(text)
            return answer.status, text
        finally:
            connection.close()


@dataclass
class Phone:
    """Somebody who sends one report after the other, each until its receipt is shown, then its photos."""

    line: Line
    name: str
    stop: threading.Event
    pictured: bool
    shown: dict[str, str] = field(default_factory=dict)  # receipt → words
    sent: dict[str, list[str]] = field(default_factory=dict)  # receipt → what was said of each photo

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            digits = self.words(f"phone {self.name} report {number}")
            if self.pictured:
                self.sent[digits] = [self.photo(digits, f"{key}") for key in range(random.randint(1, 3))]

    def words(self, words: str) -> str:
        _, form = self.line.until_it_works("GET", "/F")
        token = re.search(r'name="token" value="([^"]+)"', form)
        assert token
        body = urlencode({"topic": "other", "words": words, "token": token[1]}).encode()
        for _ in range(taps()):
            _, page = self.line.until_it_works("POST", "/F", body)
            found = re.search(r'class="digits" translate="no">(.*?)</p>', page)
            assert found, page
            digits = receipt.typed(re.sub("<[^>]+>", "", found[1]))
            self.shown[digits] = words
            self.line.words.set()
        return digits

    def photo(self, digits: str, key: str) -> str:
        """What comes of it: kept, or refused with the reason."""
        good = random.random() < 0.7
        body = parts({"receipt": digits, "key": key}, picture() if good else b"no photo " + SECRET)
        for _ in range(taps()):
            self.line.light.wait()
            status, said = self.line.until_it_works("POST", "/R/photo", body, PARTS)
            assert status == (200 if good else 422), said
            assert good or "没有收下" in said
            self.line.photos.set()
        return "new" if good else "refused"


def parts(fields: dict[str, str], photo: bytes) -> bytes:
    """A form with a file, as a browser sends it."""
    head = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    file = '--edge\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    return head.encode() + file.encode() + photo + b"\r\n--edge--\r\n"


def taps() -> int:
    """A double tap now and then."""
    return random.choice((1, 1, 2))


def picture() -> bytes:
    """A small photo with something in it that must be on no disk."""
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x010F] = SECRET.decode()
    Image.new("RGB", (160, 120), random.choice(("red", "green", "blue"))).save(file, "JPEG", exif=exif)
    return file.getvalue()


@dataclass
class Server:
    """The residents' pages in a process of their own."""

    nursery: subprocess.Popen[str]
    log: IO[str]

    def start(self) -> int:
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def said(self) -> str:
        """The last of what all of them have said."""
        self.log.seek(0)
        return self.log.read()[-4000:]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(home: Home, port: int) -> Iterator[Server]:
    script = Path(__file__).with_name("served.py")
    log = (home.root / "served.log").open("w+")
    nursery = subprocess.Popen(
        [sys.executable, script, home.root, str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    yield Server(nursery, log)
    assert nursery.stdin
    nursery.stdin.close()
    nursery.wait(10)
    log.close()


@pytest.mark.campaign
@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if CAMPAIGN else ["sqlite"])
def test_killing_the_process_at_any_moment_loses_no_report_whose_receipt_was_shown(
    home: Home, port: int, server: Server, database: str
) -> None:
    if database == "postgresql":
        (home.config / "kiosk.toml").write_text(f'[storage]\ndatabase = "{fresh_postgresql()}"\n')
    line, stop = Line(port), threading.Event()
    phones = [Phone(line, f"{n}", stop, pictured=n >= WORDY) for n in range(WORDY + PICTURED)]
    child = server.start()
    with ThreadPoolExecutor(len(phones)) as pool:
        sending = [pool.submit(phone.run) for phone in phones]
        try:
            for number in range(KILLS):
                light = number % 4 == 0
                (line.light.set if light else line.light.clear)()
                child = killed(server, child, line.photos if light else line.words, sending)
        finally:
            stop.set()
            line.light.set()
    for one in sending:
        one.result()
    os.kill(child, signal.SIGKILL)

    shown = {digits: words for phone in phones for digits, words in phone.shown.items()}
    assert len(shown) >= KILLS * 3 // 4
    assert_each_is_kept_once(home, shown, {k: v for phone in phones for k, v in phone.sent.items()})


def killed(server: Server, child: int, sight: threading.Event, sending: Sequence[Future[None]]) -> int:
    """Kill it right after the next such answer, or at any moment from then on; the one that follows it."""
    sight.clear()
    deadline = time.monotonic() + PATIENCE
    while not sight.wait(1):
        for one in sending:
            if one.done():
                one.result()  # a phone has seen something wrong and says so
        assert time.monotonic() < deadline, f"nothing comes through: {server.said()}"
    time.sleep(random.choice((0, random.uniform(0, 0.05))))
    os.kill(child, signal.SIGKILL)
    return server.start()


def assert_each_is_kept_once(home: Home, shown: dict[str, str], sent: dict[str, list[str]]) -> None:
    engine = db.engine(home, settings.load(home))
    secrets = load(home)
    with db.reading(engine) as rows:
        kept = Counter(rows.scalars(select(Report.words)))
        numbers = Counter(rows.scalars(select(Report.public_number)))
        opened = {digits: register.by_receipt(rows, secrets, digits) for digits in shown}
        photos = {digits: case_photos.of(rows, one) for digits, one in opened.items() if one}
    assert {digits: report and report.words for digits, report in opened.items()} == shown
    assert set(kept.values()) == {1}
    assert set(numbers.values()) == {1}
    assert {digits: [one.state for one in found] for digits, found in photos.items() if found} == sent
    assert {"new", "refused"} <= {one for said in sent.values() for one in said}
    assert all(one.why for found in photos.values() for one in found if one.state == "refused")
    assert_photos_are_whole_and_bare(home, {one.file for found in photos.values() for one in found} - {""})
    retention.erase(engine, home, utc_now() + timedelta(days=2))
    assert {path.name for path in home.photos.iterdir()} == {
        one.file for found in photos.values() for one in found if one.file
    }
    engine.dispose()


def assert_photos_are_whole_and_bare(home: Home, named: set[str]) -> None:
    """Also those that a killed process has left without a row; and nothing else is left of what was sent."""
    there = {path.name: path.read_bytes() for path in home.photos.iterdir()}
    assert named <= set(there)
    assert all(map(is_bare, there.values()))
    everything = [path for path in home.root.rglob("*") if path.is_file()]
    assert not [path for path in everything if SECRET in path.read_bytes()]
