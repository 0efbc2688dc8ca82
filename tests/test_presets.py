import re
from pathlib import Path

import pytest
from test_cli import run

from kiosk.files import Home
from kiosk.model.light import lit
from kiosk.presets import PRESETS, filled
from kiosk.settings import Settings, load

SHIPPED = (Path(__file__).parent.parent / "config" / "kiosk.toml").read_text("utf-8")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_read_and_is_the_wall_that_its_name_says(home: Home, name: str) -> None:
    (home.config / "kiosk.toml").write_text(filled(SHIPPED, PRESETS[name]), "utf-8")

    read = load(home).settings
    assert [str(read.screen.width), str(read.screen.height)] == re.findall(r"\d+", name)
    assert read.screen.pitch_mm and read.screen.viewers_m
    assert read.sound.hours and not read.sound.on


def test_a_preset_keeps_every_comment_and_changes_nothing_else(home: Home) -> None:
    after = filled(SHIPPED, PRESETS["384x192"])

    def comments(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.startswith("#")]

    assert comments(after) == comments(SHIPPED)
    assert filled(SHIPPED, {}) == SHIPPED
    (home.config / "kiosk.toml").write_text(after, "utf-8")
    read = load(home).settings
    assert (read.slides, read.web, read.community) == (
        Settings().slides,
        Settings().web,
        Settings().community,
    )


def test_a_yard_wall_of_a_preset_is_dark_at_night(home: Home) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    (home.config / "kiosk.toml").write_text(filled(SHIPPED, PRESETS["384x192"]), "utf-8")
    light = load(home).settings.light.light

    def at(text: str) -> float:
        return lit(light, datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))).light

    assert [at(f"2026-07-01T{hour}") for hour in ("08:00", "12:00", "21:55", "22:00")] == [0.0, 1.0, 0.4, 0.0]
    assert [at(f"2026-12-01T{hour}") for hour in ("21:45", "21:55")] == [0.4, 0.0]


def test_a_new_home_can_be_made_for_a_usual_wall(tmp_path: Path, home: Home) -> None:
    assert run(home, "init", str(tmp_path / "new"), "--preset", "384x192") == 0

    assert load(Home(tmp_path / "new")).settings.screen.width == 384


def test_an_unknown_preset_is_told_with_all_there_are(
    tmp_path: Path, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "init", str(tmp_path / "new"), "--preset", "400x200") == 2

    assert all(name in capsys.readouterr().err for name in ["384x192"])
    assert not (tmp_path / "new").exists()
