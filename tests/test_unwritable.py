"""A home that cannot be written, or is none: every command says so in both languages, and nothing breaks."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import settings

import admin.__main__ as web
from kiosk.cli import main
from kiosk.files import Home

Break = Callable[[Home], None]
NOWHERE = Path("/sys")
"""Nobody makes a file or a folder there, not even root."""


def instead(*parts: str) -> Break:
    """A file where a folder of that name is to be."""

    def put(home: Home) -> None:
        path = home.root.joinpath(*parts)
        _remove(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")

    return put


def elsewhere(*parts: str) -> Break:
    """A link to a place that takes no file."""

    def put(home: Home) -> None:
        path = home.root.joinpath(*parts)
        _remove(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(NOWHERE)

    return put


def folder(*parts: str) -> Break:
    """A folder where a file of that name is to be."""

    def put(home: Home) -> None:
        home.root.joinpath(*parts).mkdir(parents=True)

    return put


def _remove(path: Path) -> None:
    for inner in sorted(path.rglob("*"), reverse=True):
        inner.rmdir() if inner.is_dir() else inner.unlink()
    if path.is_dir():
        path.rmdir()


def database_nowhere(home: Home) -> None:
    settings(home, f'[storage]\ndatabase = "sqlite:///{NOWHERE}/kiosk.db"')


EVERYWHERE: dict[str, Break] = {
    "state is a file": instead("state"),
    "state takes no file": elsewhere("state"),
    "keys are a file": instead("state", "keys"),
    "content is a file": instead("content"),
    "config is a file": instead("config"),
    "the settings are a folder": folder("config", "kiosk.toml"),
}
OF_THE_DECODER: dict[str, Break] = {
    "the cache takes no file": elsewhere("state", "cache"),
    "verdicts are a file": instead("state", "cache", "verdicts"),
    "frames are a file": instead("state", "cache", "frames"),
}
KEYS = "keys take no file"
OF_THE_WEB: dict[str, Break] = {
    "the database is a folder": folder("state", "kiosk.db"),
    "the database is nowhere": database_nowhere,
}
COMMANDS = {
    "check": ["check"],
    "plan": ["plan"],
    "snapshot": ["snapshot", "-o", "OUT.png"],
    "pattern": ["pattern", "border", "-o", "OUT.png"],
    "play": ["play"],
    "run": ["run"],
    "serve": ["serve"],
    "user": ["user", "add", "lin"],
}
DRAWING = ("check", "plan", "snapshot", "serve")
ROWS = [
    *((command, broken) for command in COMMANDS for broken in EVERYWHERE),
    *((command, broken) for command in ("check", "plan", "snapshot", "serve") for broken in OF_THE_DECODER),
    *((command, broken) for command in ("serve", "user") for broken in OF_THE_WEB),
    ("serve", KEYS),
]


@pytest.mark.parametrize(("command", "broken"), ROWS, ids=lambda one: one)
def test_a_command_says_in_both_languages_what_it_cannot_use(
    home: Home,
    tmp_path: Path,
    command: str,
    broken: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (EVERYWHERE | OF_THE_DECODER | OF_THE_WEB | {KEYS: elsewhere("state", "keys")})[broken](home)
    monkeypatch.setattr("sys.stdin", io.StringIO("a sentence to remember\n"))
    words = [word.replace("OUT", str(tmp_path / "out")) for word in COMMANDS[command]]
    run = web.main if command in ("serve", "user") else main

    status = run(["--home", str(home.root), *words])

    told = capsys.readouterr().err
    assert status in (1, 2)
    assert re.search(r"[一-鿿]{4}.*[A-Za-z]{3}", told)
    assert "Traceback" not in told


def test_a_player_without_a_cache_ends_with_a_sentence(home: Home) -> None:
    OF_THE_DECODER["frames are a file"](home)

    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", "--home", str(home.root), "play"],
        env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, "写不了" in ended.stderr, "Traceback" in ended.stderr) == (1, True, False)
