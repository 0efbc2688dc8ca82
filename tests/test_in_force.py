"""The settings in force are those in the files: at once for a file put there, soon for one changed."""

import threading

import pytest
from processes import until

from admin import in_force
from admin.in_force import InForce
from kiosk import files, settings
from kiosk.files import Home
from kiosk.settings import Config


def named(home: Home, name: str) -> bytes:
    return f'[community]\nname = "{name}"\n'.encode()


@pytest.fixture
def web(home: Home) -> InForce:
    (home.config / "kiosk.toml").write_bytes(named(home, "甲"))
    made = InForce(home, settings.load(home))
    made.look()
    return made


def test_a_file_that_is_put_there_holds_for_the_next_request(
    home: Home, web: InForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_force, "LOOK_SECONDS", 3600.0)
    web.look()

    files.write(home.config / "kiosk.toml", named(home, "乙"))
    web.look()

    assert web.config.settings.community.name == "乙"


def test_what_is_written_into_a_file_that_stays_holds_soon(home: Home, web: InForce) -> None:
    (home.config / "kiosk.toml").write_bytes(named(home, "丙丙"))

    def seen() -> bool:
        web.look()
        return web.config.settings.community.name == "丙丙"

    until(seen, what="the new name")


def test_whoever_comes_while_new_settings_are_being_read_waits_for_them(
    home: Home, web: InForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, reading, go_on = settings.load, threading.Event(), threading.Event()

    def slowly(of: Home) -> Config:
        reading.set()
        assert go_on.wait(30)
        return load(of)

    monkeypatch.setattr(in_force, "LOOK_SECONDS", 3600.0)
    monkeypatch.setattr(in_force.settings, "load", slowly)
    files.write(home.config / "kiosk.toml", named(home, "丁"))
    first, found = threading.Thread(target=web.look), list[str]()
    first.start()
    assert reading.wait(30)

    def ask() -> None:
        web.look()
        found.append(web.config.settings.community.name)

    second = threading.Thread(target=ask)
    second.start()
    second.join(0.2)
    go_on.set()
    first.join(30)
    second.join(30)

    assert found == ["丁"]
