"""Uploads that are cut off at any point, by the sender, the server or a full disk."""

import contextlib
import errno
import hashlib
import http.client
import io
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from campaign import CAMPAIGN
from office import SMALL
from PIL import Image
from processes import free_port, until
from sqlalchemy import select

from admin import accounts, db, sessions
from admin.office import utc_now
from admin.records import Login
from kiosk import settings, sidecar
from kiosk.files import Home, prepare
from kiosk.folder import scan

KILLS = 200 if CAMPAIGN else 20
DISK = "24m"
PIECE = 1 << 16
NAMES = ("通知.png", "社区 运动会.png", "a.png")


class Cut(Exception):
    """The line is gone."""


@dataclass
class Server:
    """The staff pages in a process that can be killed and is back in a moment."""

    nursery: subprocess.Popen[str]
    port: int
    log: Path
    child: int = 0

    def start(self) -> None:
        assert self.nursery.stdin and self.nursery.stdout
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        self.child = int(self.nursery.stdout.readline())

    def kill(self) -> None:
        os.kill(self.child, signal.SIGKILL)


@dataclass
class Sender:
    """A browser that uploads one file and puts it up; `before` each step something may happen."""

    server: Server
    headers: dict[str, str]
    name: str
    content: bytes
    before: Callable[[int], None] = lambda step: None
    cut_at: int = -1
    steps: int = 0
    id: str = ""
    pressed: bool = False
    answers: list[int] = field(default_factory=list)

    def whole_way(self) -> None:
        """Announce, send what is missing, finish, put up. Raises `Cut` if something breaks."""
        said = {"name": self.name, "size": len(self.content), "changed": "1764130000000"}
        begun = self.ask("POST", "/uploads", urlencode(said).encode())
        self.id, have = begun["id"], begun["size"]
        while have < len(self.content):
            piece, offset = self.content[have : have + PIECE], {"Upload-Offset": str(have)}
            have = self.ask("PATCH", f"/uploads/{self.id}", piece, offset)["size"]
        digest = hashlib.sha256(self.content).hexdigest()
        self.ask("POST", f"/uploads/{self.id}/finish", urlencode({"digest": digest}).encode())
        self.ask("POST", "/tray/up", urlencode({"id": self.id}).encode())

    def ask(self, method: str, path: str, body: bytes, more: dict[str, str] | None = None) -> dict[str, Any]:
        step, self.steps = self.steps, self.steps + 1
        kind = "octet-stream" if method == "PATCH" else "x-www-form-urlencoded"
        headers = {**self.headers, "Content-Type": f"application/{kind}", **(more or {})}
        connection = self.connected()
        try:
            if step == self.cut_at:  # a part of it, or all and no ear for the answer
                self.part_of(connection, method, path, headers, body)
                raise Cut
            self.before(step)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Cut from error
        finally:
            connection.close()
        self.answers.append(answer.status)
        if answer.status >= 400 and answer.status != 409:
            raise Cut
        return dict(json.loads(said)) if answer.status < 300 or answer.status == 409 else {}

    def connected(self) -> http.client.HTTPConnection:
        """A server that was started just now does not listen at once."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)

        def listens() -> bool:
            with contextlib.suppress(ConnectionRefusedError):
                connection.connect()
            return connection.sock is not None

        try:
            until(listens, what="the server")
        except AssertionError as error:
            error.add_note(self.server.log.read_text()[-2000:])
            raise
        return connection

    def part_of(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes,
    ) -> None:
        connection.putrequest(method, path)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            connection.putheader(key, value)
        sent = random.choice((len(body), random.randint(0, len(body))))
        connection.endheaders(body[:sent])
        self.pressed = path == "/tray/up" and sent == len(body)


class Onlooker(threading.Thread):
    """Looks at `content/` again and again, as a player does, and remembers each picture that is not whole."""

    def __init__(self, home: Home) -> None:
        super().__init__(daemon=True)
        self.home, self.known, self.halves = home, set[bytes](), set[str]()
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.002):
            for name, asset in scan(self.home.content).items():
                if name.endswith(".toml"):  # which says until when
                    continue
                with contextlib.suppress(FileNotFoundError):
                    if asset.path.read_bytes() not in self.known:
                        self.halves.add(name)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Home]:
    """A home on a small disk of its own, where we may mount one."""
    root = tmp_path / "disk"
    root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(root)]
    mounted = not os.geteuid() and not subprocess.run(mount, capture_output=True, check=False).returncode
    home = Home(root)
    home.config.mkdir()
    home.content.mkdir()
    prepare(home)
    (home.config / "kiosk.toml").write_text(SMALL + "[storage]\ncache_megabytes = 16\n")
    yield home
    if mounted:
        subprocess.run(["umount", "-l", str(root)], check=True)


@pytest.fixture
def server(disk: Home, tmp_path: Path) -> Iterator[Server]:
    port, script, log = free_port(), Path(__file__).with_name("served.py"), tmp_path / "server.log"
    nursery = subprocess.Popen(
        [sys.executable, script, disk.root, str(port), "staff"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log.open("ab"),
        text=True,
    )
    one = Server(nursery, port, log)
    yield one
    one.kill()
    assert nursery.stdin
    nursery.stdin.close()
    nursery.wait(10)


def logged_in(home: Home) -> dict[str, str]:
    """The headers of a browser that is logged in."""
    engine, at = db.engine(home, settings.load(home)), utc_now()
    db.migrate(engine)
    with db.session(engine) as rows:
        token = sessions.begin(rows, accounts.add(rows, "值班室", "绿水青山就是金山", "editor", at), at)
    with db.reading(engine) as rows:
        csrf = rows.scalars(select(Login.csrf)).one()
    engine.dispose()
    return {"Cookie": f"{sessions.COOKIE}={token}", "X-CSRF": csrf, "Accept": "application/json"}


def picture() -> bytes:
    """Some 200 kB that no other picture has."""
    written = io.BytesIO()
    Image.effect_noise((260, 260), 90).convert("RGB").save(written, "PNG", compress_level=0)
    return written.getvalue()


@contextlib.contextmanager
def full(disk: Home) -> Iterator[None]:
    """Not a byte is left; where we may not mount a disk of our own, nothing happens."""
    filler = disk.root / "filler"
    try:
        if os.path.ismount(disk.root):
            with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space") as caught:
                while True:
                    file.write(bytes(4096))
            assert caught.value.errno == errno.ENOSPC
        yield
    finally:
        filler.unlink(missing_ok=True)


def cut_off(disk: Home, server: Server, sender: Sender, trouble: str, moment: int) -> None:
    """Send until the trouble comes at that step."""
    if trouble == "client":
        sender.cut_at = moment
    if trouble == "server":
        shot = threading.Timer(random.uniform(0, 0.02), server.kill)
        sender.before = lambda step: shot.start() if step == moment else None
    with contextlib.ExitStack() as after, contextlib.suppress(Cut):
        if trouble == "disk":
            sender.before = lambda step: after.enter_context(full(disk)) if step == moment else None  # type: ignore[func-returns-value]
        sender.whole_way()
    if trouble == "server":
        if sender.steps > moment:
            shot.join()
        else:
            server.kill()
        server.start()


def resumed(disk: Home, server: Server, sender: Sender) -> int:
    """Go on until the picture is up, as somebody does who looks at the page; how often that took."""
    if sender.pressed:  # it goes up although nobody hears of it
        until(lambda: sender.content in pictures(disk) and not (disk.incoming / sender.id).exists())
    sender.connected().close()  # the page is there again, and what was put up is out of the tray
    for tries in range(1, 6):
        waits = (disk.incoming / sender.id).exists() if sender.id else True
        if not waits and sender.content in pictures(disk):
            return tries
        again = Sender(server, sender.headers, sender.name, sender.content)
        with contextlib.suppress(Cut):
            again.whole_way()
            return tries
        sender.id = again.id
    raise AssertionError(f"not up after five tries: {again.answers}")


def pictures(disk: Home) -> list[bytes]:
    files = scan(disk.content).items()
    return [asset.path.read_bytes() for name, asset in files if not name.endswith(".toml")]


def ends(disk: Home) -> list[Any]:
    """Until when they play, as their sidecars say."""
    files = scan(disk.content).items()
    return [
        sidecar.read(one.path.read_text(), name).show.last for name, one in files if name.endswith(".toml")
    ]


@pytest.mark.campaign
def test_an_upload_that_is_cut_off_anywhere_is_whole_or_absent_and_goes_on(
    disk: Home, server: Server
) -> None:
    headers, onlooker = logged_in(disk), Onlooker(disk)
    server.start()
    onlooker.start()
    for number in range(KILLS):
        content, trouble = picture(), ("client", "server", "disk")[number % 3]
        onlooker.known.add(content)
        sender = Sender(server, headers, random.choice(NAMES), content)
        moment = random.randint(0, 2 + -(-len(content) // PIECE))

        cut_off(disk, server, sender, trouble, moment)
        resumed(disk, server, sender)

        told = f"{trouble} at step {moment}, answers {sender.answers}"
        assert pictures(disk) == [content], told
        assert [path.name for path in disk.incoming.iterdir()] == [], told
        assert not [path for path in disk.content.iterdir() if path.name.startswith(".")], told
        assert len(ends(disk)) == 1 or trouble == "disk", told
        for asset in scan(disk.content).values():
            asset.path.unlink()
    onlooker.ended.set()
    onlooker.join()
    assert onlooker.halves == set()
