import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import media
import pytest
from alerts import CARD
from PIL import Image
from processes import settings

from kiosk.cli import main
from kiosk.files import Home


def run(home: Home, *words: str) -> int:
    return main(["--home", str(home.root), *words])


def put(home: Home, name: str, colour: str = "teal") -> None:
    Image.new("RGB", (64, 32), colour).save(home.content / name)


@pytest.fixture
def wall(home: Home) -> Home:
    settings(
        home,
        '[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 7\n[web]\npublic_url = "http://192.168.1.20:8080"',
    )
    return home


def test_check_lists_slides_and_settings_and_is_good(wall: Home, capsys: pytest.CaptureFixture[str]):
    put(wall, "a.png")

    status = run(wall, "check", "--json")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert [(s["name"], s["file"], s["kind"], s["seconds"]) for s in told["slides"]] == [
        ("a.png", "a.png", "picture", 7)
    ]
    assert told["refused"] == []
    assert told["settings"]["screen.width"] == {"value": 192, "from": "kiosk.toml:2"}
    assert told["settings"]["web.public_port"] == {"value": 8080, "from": "default"}


def test_check_names_every_refused_file_and_why_and_finds_a_problem(
    wall: Home, capsys: pytest.CaptureFixture[str]
):
    put(wall, "a.png")
    (wall.content / "lie.jpg").write_bytes((wall.content / "a.png").read_bytes())
    (wall.content / "half.png").write_bytes((wall.content / "a.png").read_bytes()[:60])

    status = run(wall, "check", "--json")

    refused = json.loads(capsys.readouterr().out)["refused"]
    assert status == 1
    assert [one["file"] for one in refused] == ["half.png", "lie.jpg"]
    assert all(len(one["reason"]) > 10 for one in refused)


def test_check_in_words_tells_the_same(wall: Home, capsys: pytest.CaptureFixture[str]):
    put(wall, "a.png")
    (wall.content / "page.html").write_text("<h1>")

    assert run(wall, "check") == 1

    told = capsys.readouterr().out
    assert "a.png" in told
    assert "page.html" in told


def test_check_warns_when_a_phone_could_not_reach_the_form(wall: Home, capsys: pytest.CaptureFixture[str]):
    settings(wall, '[web]\npublic_url = "http://localhost:8080"')

    run(wall, "check", "--json")

    assert "手机" in json.loads(capsys.readouterr().out)["warnings"][0]["zh"]


def test_every_mistake_in_the_settings_is_told_with_its_line(wall: Home, capsys: pytest.CaptureFixture[str]):
    settings(wall, '[screen]\nwidht = 100\nheight = "tall"\n[slides]\ntransition = "fad"\n')

    status = run(wall, "check")

    told = capsys.readouterr().err
    assert status == 2
    assert [f"kiosk.toml:{line}" in told for line in (2, 3, 5)] == [True, True, True]
    assert 'did you mean "width"' in told


def test_the_plan_follows_the_schedule_and_has_no_hole(wall: Home, capsys: pytest.CaptureFixture[str]):
    put(wall, "a.png")
    put(wall, "b.png")
    (wall.content / "b.toml").write_text('[show]\nhours = ["08:00-09:00"]')

    run(wall, "plan", "--from", "2026-11-23T08:59:50", "--hours", "0.01", "--json")

    turns = json.loads(capsys.readouterr().out)
    assert [turn["slide"] for turn in turns[:4]] == ["a.png", "b.png", "a.png", "a.png"]
    assert all(one["end"] == other["start"] for one, other in pairwise(turns))
    assert turns[0]["start"] == "2026-11-23T08:59:50.000+08:00"


def test_the_plan_of_an_empty_home_is_the_calm_card(wall: Home, capsys: pytest.CaptureFixture[str]):
    run(wall, "plan", "--from", "2026-11-23T08:00", "--hours", "2", "--json")

    assert [turn["slide"] for turn in json.loads(capsys.readouterr().out)] == ["fallback"]


def test_a_snapshot_is_the_frame_of_a_slide(wall: Home, tmp_path: Path):
    put(wall, "a.png", "red")

    run(wall, "snapshot", "--slide", "a.png", "-o", str(tmp_path / "a.png"))

    with Image.open(tmp_path / "a.png") as image:
        assert (image.size, image.getpixel((96, 48))) == ((192, 96), (255, 0, 0))


def test_a_snapshot_of_a_moment_shows_what_plays_then(wall: Home, tmp_path: Path):
    put(wall, "a.png", "red")
    put(wall, "b.png", "blue")
    (wall.content / "a.toml").write_text("[show]\nuntil = 2026-01-01")

    run(wall, "snapshot", "--at", "2026-06-01T12:00", "--size", "64x32", "-o", str(tmp_path / "now.png"))

    with Image.open(tmp_path / "now.png") as image:
        assert (image.size, image.getpixel((32, 16))) == ((64, 32), (0, 0, 255))


NIGHTLY = """[screen]
width = 192
height = 96
[light]
hours = ["06:00-22:00"]
percent = 60
max_level = 40
"""
ALARM = """template = "emergency"
title = "停水"
[fields]
level = "橙"
area = "全小区"
action = "请提前储水"
issuer = "物业"
issued = 2026-06-01T20:00:00
expires = 2026-06-02T02:00:00
"""


def test_the_plan_says_from_when_to_when_the_wall_is_dark(wall: Home, capsys: pytest.CaptureFixture[str]):
    settings(wall, NIGHTLY)
    put(wall, "a.png")

    run(wall, "plan", "--from", "2026-06-01T21:59:45", "--hours", "8.01", "--json")
    told = json.loads(capsys.readouterr().out)
    run(wall, "plan", "--from", "2026-06-01T21:59:45", "--hours", "8.01")
    words = capsys.readouterr().out.splitlines()

    slides = [(turn["slide"], turn["start"][11:19]) for turn in told]
    assert slides[:4] == [
        ("a.png", "21:59:45"),
        ("a.png", "21:59:55"),
        ("dark", "22:00:00"),
        ("a.png", "06:00:00"),
    ]
    assert told[2]["end"] == told[3]["start"]
    assert words[2].endswith(
        "06-01 22:00 到 06-02 06:00 屏幕不亮 the wall is dark from 06-01 22:00 to 06-02 06:00"
    )


def pixels(wall: Home, tmp_path: Path, *words: str) -> tuple[int, ...]:
    """A pixel of a snapshot, where the slide has no edge."""
    assert run(wall, "snapshot", *words, "-o", str(tmp_path / "x.png")) == 0
    with Image.open(tmp_path / "x.png") as image:
        return tuple(image.getpixel((96, 48)))


def test_a_snapshot_of_a_dark_moment_is_black_and_of_another_dimmed_as_the_wall_is(
    wall: Home, tmp_path: Path
):
    settings(wall, NIGHTLY)
    put(wall, "a.png", "red")
    put(wall, "b.png", "white")
    night, day = ("--at", "2026-06-01T23:00"), ("--at", "2026-06-01T12:00")

    dark = pixels(wall, tmp_path, *night)
    dimmed = pixels(wall, tmp_path, *day)
    full = pixels(wall, tmp_path, *day, "--full-light"), pixels(wall, tmp_path, *night, "--slide", "a.png")
    (wall.content / "a.png").unlink()
    limited = pixels(wall, tmp_path, *day)

    assert dark == (0, 0, 0)
    assert abs(dimmed[0] - 255 * 0.6 ** (1 / 2.2)) <= 1
    assert full == ((255, 0, 0), (255, 0, 0))
    assert abs(limited[0] - 0.4 * 255 * 0.6 ** (1 / 2.2)) <= 1


def test_a_snapshot_of_an_emergency_in_the_dark_is_in_full_light(wall: Home, tmp_path: Path):
    settings(wall, NIGHTLY)
    (wall.content / "alarm.toml").write_text(ALARM)

    run(wall, "snapshot", "--at", "2026-06-01T23:00", "-o", str(tmp_path / "then.png"))
    run(wall, "snapshot", "--slide", "alarm.toml", "-o", str(tmp_path / "full.png"))

    with Image.open(tmp_path / "then.png") as then, Image.open(tmp_path / "full.png") as full:
        assert max(high for _, high in then.getextrema()) > 100
        assert then.tobytes() == full.tobytes()


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.pgn", '"a.png"'), ("A", '"a.png"'), ("long.txt#99", '"long.txt#'), ("xyz", "kiosk check")],
)
def test_a_slide_that_is_not_there_is_told_the_nearest(
    wall: Home, name: str, told: str, capsys: pytest.CaptureFixture[str]
):
    put(wall, "a.png")
    (wall.content / "long.txt").write_text("通知\n" + "很长的一段话。" * 30)

    assert run(wall, "snapshot", "--slide", name, "-o", "x.png") == 2
    assert told in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told_in_words(
    wall: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.png").mkdir()

    statuses = [
        run(wall, "snapshot", "-o", str(tmp_path / "file" / "x.png")),
        run(wall, "snapshot", "-o", str(tmp_path / "folder.png")),
        main(["init", str(tmp_path / "file")]),
        main(["init", str(tmp_path / "file" / "home")]),
    ]

    assert statuses == [1, 1, 1, 1]
    assert capsys.readouterr().err.count("写不了") == 4


def test_a_home_whose_state_cannot_be_written_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "content").mkdir()
    (tmp_path / "state").write_text("")

    assert main(["--home", str(tmp_path), "check"]) == 1
    assert "写不了" in capsys.readouterr().err


def test_check_warns_of_a_place_and_a_folder_that_do_not_exist(
    wall: Home, capsys: pytest.CaptureFixture[str]
):
    settings(wall, '[screen]\nplace = "SCREN"\nplaylist = "lfit"\n')
    (wall.config / "places.toml").write_text('[[place]]\nslug = "SCREEN"\nname = "大屏"\nkind = "screen"\n')

    run(wall, "check", "--json")

    told = [one["en"] for one in json.loads(capsys.readouterr().out)["warnings"]]
    assert any('"SCREEN"' in words for words in told)
    assert any('"lfit"' in words for words in told)


def test_check_says_of_which_year_the_holidays_are_not_known(wall: Home, capsys: pytest.CaptureFixture[str]):
    years = ", ".join(map(str, range(2026, 2500)))
    (wall.config / "holidays.toml").write_text("years = []\n")
    run(wall, "check", "--json")
    ours = [one for one in json.loads(capsys.readouterr().out)["warnings"] if one["file"] == "holidays.toml"]
    (wall.config / "holidays.toml").write_text(f"years = [{years}]\n")
    run(wall, "check", "--json")
    after = [one for one in json.loads(capsys.readouterr().out)["warnings"] if one["file"] == "holidays.toml"]

    assert len(ours) <= 2 and all("not known yet" in one["en"] for one in ours)
    assert after == []


def test_check_steers_no_terminal(wall: Home, capsys: pytest.CaptureFixture[str]):
    (wall.content / "a.toml").write_text('template = "slogan"\ntitle = "\\u001b[31mred"\n')

    run(wall, "check")

    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("snapshot", "--slide", "none.png", "-o", "x.png"),
        ("snapshot", "--size", "huge", "-o", "x.png"),
        ("snapshot", "--size", "0x0", "-o", "x.png"),
        ("snapshot", "--size", "9999x9999", "-o", "x.png"),
        ("snapshot", "-o", "x.jpg"),
        ("plan", "--from", "tomorrow"),
        ("plan", "--hours", "-1"),
    ],
)
def test_a_wrong_call_is_told_in_words(
    wall: Home, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
):
    assert run(wall, *words) == 2
    assert capsys.readouterr().err.strip()


def test_a_folder_that_is_no_home_is_told_how_to_become_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["--home", str(tmp_path), "check"]) == 2
    assert "kiosk init" in capsys.readouterr().err


def test_init_makes_a_home_that_checks_clean_and_touches_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    new = Home(tmp_path / "new")

    made, again = main(["init", str(new.root)]), main(["init", str(new.root)])
    settings(new, "[screen]\nwidth = 192\nheight = 96\n")
    capsys.readouterr()
    checked = main(["--home", str(new.root), "check", "--json"])

    assert (made, again, checked) == (0, 2, 0)
    assert len({slide["file"] for slide in json.loads(capsys.readouterr().out)["slides"]}) >= 12


def test_init_without_a_folder_makes_the_home_that_is_meant(tmp_path: Path):
    assert main(["--home", str(tmp_path / "new"), "init"]) == 0
    assert (tmp_path / "new" / "config" / "kiosk.toml").is_file()


def test_an_unknown_command_is_a_wrong_call():
    answer = subprocess.run([sys.executable, "-m", "kiosk", "dance"], capture_output=True, check=False)

    assert answer.returncode == 2


def test_the_home_may_be_named_before_or_after_the_command_and_in_the_environment(
    wall: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    put(wall, "a.png")
    before = main(["--home", str(wall.root), "check"])
    after = main(["check", "--home", str(wall.root)])
    monkeypatch.setenv("KIOSK_HOME", str(wall.root))

    assert (before, after, main(["check"])) == (0, 0, 0)


@pytest.fixture
def halves(wall: Home) -> Home:
    (wall.content / "side").mkdir()
    put(wall, "a.png", "teal")
    put(wall, "side/b.png", "maroon")
    text = (wall.config / "kiosk.toml").read_text()
    settings(wall, f'{text}\n[layout]\nuse = "halves"\n')
    return wall


def colour(path: Path, at: tuple[int, int]) -> tuple[int, ...]:
    with Image.open(path) as image:
        return tuple(image.convert("RGB").getpixel(at))


def test_a_snapshot_shows_every_zone_of_the_wall(halves: Home, tmp_path: Path):
    file = tmp_path / "wall.png"

    assert run(halves, "snapshot", "-o", str(file)) == 0
    assert (colour(file, (48, 48)), colour(file, (144, 48))) == ((0, 128, 128), (128, 0, 0))


def test_a_snapshot_can_be_of_another_layout(halves: Home, tmp_path: Path):
    file = tmp_path / "wall.png"

    assert run(halves, "snapshot", "--layout", "whole", "-o", str(file)) == 0
    assert colour(file, (144, 48)) == (0, 128, 128)


def test_a_slide_is_snapped_in_the_zone_that_plays_it(halves: Home, tmp_path: Path):
    put(halves, "side/c.png", "navy")
    file = tmp_path / "wall.png"

    assert run(halves, "snapshot", "--slide", "side/c.png", "-o", str(file)) == 0
    assert (colour(file, (48, 48)), colour(file, (144, 48))) == ((0, 128, 128), (0, 0, 128))


def test_the_plan_has_the_turns_of_every_zone(halves: Home, capsys: pytest.CaptureFixture[str]):
    run(halves, "plan", "--from", "2026-11-23T08:00", "--hours", "0.01", "--json")

    turns = json.loads(capsys.readouterr().out)
    assert {(turn["zone"], turn["slide"]) for turn in turns} == {("main", "a.png"), ("side", "side/b.png")}


def test_plan_and_snapshot_show_an_emergency_on_the_whole_wall(
    halves: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (halves.content / "gas.toml").write_text(CARD)
    file = tmp_path / "wall.png"

    run(halves, "plan", "--from", "2026-11-26T09:00", "--hours", "0.001", "--json")
    run(halves, "snapshot", "--at", "2026-11-26T09:00", "-o", str(file))

    turns = json.loads(capsys.readouterr().out)
    shown = {(turn["zone"], turn["slide"].partition("#")[0]) for turn in turns}
    assert shown == {("main", "gas.toml"), ("side", "gas.toml")}
    assert colour(file, (4, 2)) == colour(file, (188, 2)) == (210, 31, 43)


def test_an_emergency_too_long_for_its_zone_covers_the_wall_all_the_same(wall: Home, tmp_path: Path):
    text = (wall.config / "kiosk.toml").read_text()
    zones = 'zones = [{name = "main", x = 0, y = 0, width = 16, height = 16}]'
    settings(wall, f"{text}\n[layout]\n{zones}\n")
    (wall.content / "gas.toml").write_text(CARD.replace("请走", "请关好门窗，到空旷处集合，" * 12 + "请走"))
    file = tmp_path / "wall.png"

    run(wall, "snapshot", "--at", "2026-11-26T09:00", "-o", str(file))

    assert colour(file, (4, 2)) == colour(file, (188, 2)) == (210, 31, 43)


def test_a_slide_asked_for_is_snapped_though_there_is_an_emergency(halves: Home, tmp_path: Path):
    (halves.content / "gas.toml").write_text(CARD)
    file = tmp_path / "wall.png"

    run(halves, "snapshot", "--slide", "a.png", "--at", "2026-11-26T09:00", "-o", str(file))

    assert (colour(file, (48, 48)), colour(file, (144, 48))) == ((0, 128, 128), (128, 0, 0))


def test_a_wall_that_is_turned_is_shared_out_upright(halves: Home, tmp_path: Path):
    text = (halves.config / "kiosk.toml").read_text().replace("[slides]", "rotation = 90\n[slides]")
    settings(halves, text)
    turned, sized = tmp_path / "turned.png", tmp_path / "sized.png"

    run(halves, "snapshot", "-o", str(turned))
    run(halves, "snapshot", "--size", "192x96", "-o", str(sized))

    assert (colour(turned, (48, 48)), colour(turned, (48, 144))) == ((0, 128, 128), (128, 0, 0))
    assert (colour(sized, (48, 48)), colour(sized, (144, 48))) == ((0, 128, 128), (128, 0, 0))


def _ours(warnings: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without what the calendar has to say: it depends on the day of the test."""
    return [one for one in warnings if one["file"] != "holidays.toml"]


def test_check_tells_the_zones_and_what_does_not_play_in_them(
    halves: Home, capsys: pytest.CaptureFixture[str]
):
    (halves.content / "side" / "d.mp4").write_bytes(media.clip(halves.state / "d.mp4").read_bytes())

    run(halves, "check", "--json")

    told = json.loads(capsys.readouterr().out)
    assert [zone["name"] for zone in told["layout"]["zones"]] == ["main", "side"]
    assert [one["file"] for one in _ours(told["warnings"])] == ["side/d.mp4"]


def test_check_tells_each_slide_as_its_zone_draws_it(halves: Home, capsys: pytest.CaptureFixture[str]):
    text = (halves.config / "kiosk.toml").read_text()
    settings(halves, text.replace('"halves"', '"side"'))
    for folder in (".", "side"):
        (halves.content / folder / "long.txt").write_text("公约\n" + "爱护花木，不乱扔垃圾。\n" * 12)

    run(halves, "check", "--json")
    slides = [slide["name"] for slide in json.loads(capsys.readouterr().out)["slides"]]
    run(halves, "plan", "--from", "2026-11-23T08:00", "--hours", "1", "--json")
    turns = [(turn["zone"], turn["slide"]) for turn in json.loads(capsys.readouterr().out)]

    beside = {name for name in slides if name.startswith("side/long")}
    assert beside == {slide for zone, slide in turns if zone == "side" and "long" in slide}
    assert len(beside) > len([name for name in slides if name.startswith("long")])


def test_check_tells_a_zone_whose_folder_is_missing(wall: Home, capsys: pytest.CaptureFixture[str]):
    text = (wall.config / "kiosk.toml").read_text()
    settings(wall, f'{text}\n[layout]\nuse = "side"\nside = "lift"\n')

    run(wall, "check", "--json")

    assert any("lift" in one["zh"] for one in json.loads(capsys.readouterr().out)["warnings"])


def test_check_tells_a_line_without_words_and_one_that_cannot_be_read(
    wall: Home, capsys: pytest.CaptureFixture[str]
):
    text = (wall.config / "kiosk.toml").read_text()
    settings(wall, f'{text}\n[layout]\nuse = "ticker"\n')
    run(wall, "check", "--json")
    without = _ours(json.loads(capsys.readouterr().out)["warnings"])
    (wall.content / "ticker.txt").write_bytes("请提前储水".encode("gb18030"))
    run(wall, "check", "--json")
    unread = _ours(json.loads(capsys.readouterr().out)["warnings"])

    assert [one["file"] for one in (*without, *unread)] == ["ticker.txt", "ticker.txt"]
    assert "UTF-8" in unread[0]["en"]
