"""How far off each slide can be read and scanned, and how bright it is, as `kiosk check` tells it."""

import json
from typing import Any

import pytest
from PIL import Image
from processes import settings
from samples import SAMPLES, wall
from test_cli import put, run

from kiosk import qr, typeset
from kiosk.files import Home
from kiosk.formats.level import level
from kiosk.look import Look
from kiosk.model import legible
from kiosk.typeset import Typesetter

YARD = (
    "[screen]\nwidth = 384\nheight = 192\npitch_mm = 5.0\nviewers_m = {viewers}\n[qr]\ncorner = {corner}\n"
    '[web]\npublic_url = "http://192.168.1.20:8080"\n'
)


def checked(home: Home, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The slides and the warnings, by name."""
    run(home, "check", "--json")
    told = json.loads(capsys.readouterr().out)
    warnings: dict[str, list[str]] = {}
    for one in told["warnings"]:
        warnings.setdefault(one["file"], []).append(one["zh"])
    return {slide["name"]: slide for slide in told["slides"]}, warnings


def test_the_distances_are_those_of_the_rules_of_thumb() -> None:
    assert legible.read_from(24, 5) == pytest.approx(20.4)
    assert legible.read_by_older_eyes_from(24, 5) == pytest.approx(12)
    assert legible.scanned_from(25 * 4, 5) == pytest.approx(5)
    assert legible.read_from(legible.glyph_for(20, 5), 5) >= 20 > legible.read_from(23, 5)


@pytest.mark.parametrize("size", [(1920, 1080), (384, 192), (128, 64), (1080, 1920)])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_template_tells_the_sizes_of_its_type(name: str, size: tuple[int, int]) -> None:
    pages = Typesetter().set(SAMPLES[name], wall(size), "svg")

    for smallest, largest in map(typeset.sizes, pages):
        assert 16 <= smallest <= largest


def test_a_card_is_as_legible_as_its_smallest_type(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, YARD.format(viewers=12, corner="false"))
    (home.content / "a.txt").write_text("停水通知\n明天上午八点到十二点停水，请提前储水。")

    slides, warnings = checked(home, capsys)

    smallest, largest = slides["a.txt"]["type_px"]
    assert 16 <= smallest < largest
    assert slides["a.txt"]["read_m"] == pytest.approx(170 * smallest * 0.005, abs=0.06)
    assert slides["a.txt"]["read_by_older_eyes_m"] == pytest.approx(100 * smallest * 0.005, abs=0.06)
    assert "a.txt" not in warnings


def test_people_who_stand_too_far_off_are_warned_of(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, YARD.format(viewers=60, corner="true"))
    (home.content / "a.txt").write_text("停水通知\n明天上午八点到十二点停水，请提前储水。")
    put(home, "b.png", "navy")

    slides, warnings = checked(home, capsys)

    side = qr.corner_code(Look(384, 192, corner=True, url="HTTP://192.168.1.20:8080/F/SCREEN"))
    assert slides["b.png"]["scan_m"] == pytest.approx(10 * side * 0.005, abs=0.06)
    assert slides["b.png"]["type_px"] is None and slides["b.png"]["read_m"] is None
    assert slides["a.txt"]["scan_m"] == slides["b.png"]["scan_m"] > 0
    assert ["站在 60 米外" in told for told in warnings["a.txt"]] == [True, True]
    assert len(warnings["b.png"]) == 1


def test_without_a_pitch_nothing_is_said_of_distances(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, "[screen]\nwidth = 384\nheight = 192\nviewers_m = 60\n")
    (home.content / "a.txt").write_text("停水通知\n明天停水。")

    slides, warnings = checked(home, capsys)

    assert slides["a.txt"]["type_px"] and slides["a.txt"]["read_m"] is None
    assert "a.txt" not in warnings


def test_each_page_of_a_long_text_tells_its_own(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, YARD.format(viewers=0, corner="false"))
    (home.content / "a.txt").write_text("公约\n" + "爱护花木，不乱扔垃圾，不高空抛物，不占用通道。\n" * 20)

    slides, _ = checked(home, capsys)

    assert len(slides) > 2
    assert all(slide["type_px"][0] >= 16 and slide["level"] is not None for slide in slides.values())


@pytest.mark.parametrize(("colour", "part"), [("white", 100), ("black", 0), ("red", 21), ("#808080", 50)])
def test_the_level_of_a_colour_is_its_luma(colour: str, part: int) -> None:
    assert level(Image.new("RGB", (64, 32), colour)) == part


def test_a_white_slide_is_warned_of_and_a_dark_one_is_not(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(home, "[screen]\nwidth = 192\nheight = 96\n")
    put(home, "a.png", "white")
    put(home, "b.png", "navy")

    for _ in range(2):  # the second time nothing is drawn any more
        slides, warnings = checked(home, capsys)

        assert (slides["a.png"]["level"], slides["b.png"]["level"]) == (100, 4)
        assert "100%" in warnings["a.png"][0]
        assert "b.png" not in warnings


@pytest.mark.parametrize(
    ("title", "torn"),
    [
        ("停水通知", False),
        ("多走几步\n少开一天", False),
        ("一起来给院子里的花浇水", False),
        ("第一行很短\n第二行写了太多太多的字所以在哪一块小屏幕上都放不下只好断开", True),
    ],
)
def test_a_line_that_is_broken_within_is_told(
    home: Home, capsys: pytest.CaptureFixture[str], title: str, torn: bool
) -> None:
    settings(home, YARD.format(viewers=0, corner="false"))
    (home.content / "a.toml").write_text(f'template = "slogan"\ntitle = """{title}"""\n', "utf-8")

    _, warnings = checked(home, capsys)

    assert any("太长" in words for words in warnings.get("a.toml", [])) == torn
