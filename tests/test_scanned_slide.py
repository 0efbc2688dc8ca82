"""The code on a slide says which slide it is on: drawn, read back from the frame, opened, counted."""

import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from resident import a_clock, a_phone, an_app, newest  # noqa: F401 - fixtures
from sqlalchemy import Engine
from test_funnel import told
from test_guards import hidden
from test_public import CONFIG, Clock, filled
from test_slot import KEY, LOOK, NOW, URL, Still, read, surface, with_corner

from admin.counters import Funnel, What
from admin.public import slides
from admin.public.slides import Slides
from kiosk import keys, qr
from kiosk.files import Home
from kiosk.look import Look
from kiosk.model.presence import LENGTH, Presence, code, presence
from kiosk.model.scanned import NOTHING, SHORT, Scanned, by_short_name, parted, short_name
from kiosk.player.slot import Slot

SLIDE = "通知/3号楼 停水.png"

names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)


# The short name


@given(st.sets(names, max_size=30))
def test_each_file_is_found_by_its_short_name_or_none_is(files: set[str]) -> None:
    found = by_short_name(sorted(files))

    for file in files:
        assert found[short_name(file)] in (file, "")


def test_two_files_of_one_short_name_are_neither() -> None:
    by_short: dict[str, str] = {}
    two = next(
        (before, file)
        for file in map("{}.png".format, range(100_000))
        if (before := by_short.setdefault(short_name(file), file)) != file
    )

    assert by_short_name([*two, "a.png"])[short_name(two[0])] == ""
    assert by_short_name([two[1], "a.png"])[short_name(two[0])] == two[1]


def test_a_name_is_the_same_however_a_system_spells_it() -> None:
    assert short_name(unicodedata.normalize("NFD", "Café.png")) == short_name("Café.png")


def test_hour_and_slide_are_told_apart_in_either_case() -> None:
    hour = code(KEY, "A03", NOW)

    assert parted(hour + "ABC") == Scanned(hour, "ABC")
    assert parted(hour.lower() + "abc") == Scanned(hour.lower(), "ABC")
    assert parted(hour) == Scanned(hour, "") and parted("") == NOTHING


@pytest.mark.parametrize("given", ["A", "ABC", "K7QZ2MDX", "K7QZ2MDX4QQ", "K7QZ2MDX4!", "K7QZ2M1X4Q"])
def test_what_is_none_of_ours_is_none(given: str) -> None:
    assert parted(given) is None


# On the glass


def test_the_code_on_a_slide_says_the_hour_and_the_slide_and_is_as_large_as_before() -> None:
    picture = with_corner()

    Slot(KEY, "A03", LOOK).stamp(picture, NOW, SLIDE)

    [address] = read(picture)
    said = parted(address.removeprefix(f"{URL}/"))
    assert said and said.short == short_name(SLIDE)
    assert presence(KEY, "A03", said.code, NOW) is Presence.FRESH
    assert len(qr.matrix(address)) == len(qr.matrix(URL)) == 25


@pytest.mark.parametrize("host", ["192.168.1.20", "192.168.100.200"])
def test_every_address_of_a_home_network_has_room_for_hour_and_slide(host: str) -> None:
    look = Look(960, 480, corner=True, url=f"HTTP://{host}:8080/F/SCREEN")
    picture = with_corner(look)

    Slot(KEY, "SCREEN", look).stamp(picture, NOW, SLIDE)

    assert read(picture) == [f"{look.url}/{code(KEY, 'SCREEN', NOW)}{short_name(SLIDE)}"]


def test_where_there_is_room_for_the_hour_alone_the_slide_is_left_out() -> None:
    look = Look(960, 480, corner=True, url="HTTP://LINLI.EXAMPLE.ORG:8080/F/SCREEN1")
    assert [len(qr.matrix(look.url + "/" + "A" * more)) for more in (LENGTH, LENGTH + SHORT)] == [25, 29]
    picture = with_corner(look)

    Slot(KEY, "SCREEN1", look).stamp(picture, NOW, SLIDE)

    assert read(picture) == [f"{look.url}/{code(KEY, 'SCREEN1', NOW)}"]


def test_what_is_painted_is_drawn_before_the_slide_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    slot, picture = Slot(KEY, "A03", LOOK), with_corner()
    slot.stamp(with_corner(), NOW, "a.png")  # so the time is known
    slot.prepare(picture, SLIDE)
    assert read(picture) == [URL]
    monkeypatch.setattr("kiosk.player.slot.qr.draw", lambda *_: pytest.fail("drawn by the loop"))

    assert slot.stamp(picture, NOW + 1, SLIDE)

    assert read(picture)[0].endswith(short_name(SLIDE))


def test_what_moves_and_what_has_no_code_is_left_as_it_is() -> None:
    slot, film, bare = Slot(KEY, "A03", LOOK), with_corner(), Still(surface(Image.new("RGB", (960, 480))))
    film.moving = True
    for one in (film, bare):
        slot.prepare(one, SLIDE)

        assert slot.stamp(one, NOW, SLIDE) is None


# At the phone


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is looked at each time."""
    monkeypatch.setattr(slides, "EVERY_SECONDS", 0.0)


def shown(home: Home, clock: Clock, slide: str) -> str:
    """The path of the address in the frame of that slide, as a phone reads it."""
    picture = with_corner()
    Slot(keys.load(home, keys.PRESENCE), "A03", LOOK).stamp(picture, clock.at.timestamp(), slide)
    return urlsplit(read(picture)[0]).path


@pytest.mark.usefixtures("looking")
def test_who_scans_a_slide_has_its_topic_chosen_and_all_steps_are_counted_for_it(
    app: Flask, phone: FlaskClient, engine: Engine, home: Home, clock: Clock
) -> None:
    (home.content / "bins.png").write_bytes(b"a picture")
    (home.content / "bins.toml").write_text('topic = "waste"\n')
    (home.content / "other.png").write_bytes(b"a picture")

    page = phone.get(shown(home, clock, "bins.png")).text

    assert 'value="waste" required checked' in page and '<option value="A03" selected>' in page
    sent = {**filled(phone), "token": hidden(page, "token")}
    phone.post("/F/A03", data=sent)
    assert (newest(engine).slide, newest(engine).presence, newest(engine).origin) == (
        "bins.png", "fresh", "screen"
    )  # fmt: skip
    assert told(app, engine, clock, "bins.png") == Funnel(
        {What.SCAN: 1, What.OPENED: 1, What.STARTED: 0, What.SENT: 1}, 5
    )
    assert not any(told(app, engine, clock, "other.png").counts.values())


@pytest.mark.usefixtures("looking")
def test_a_slide_that_is_gone_opens_the_same_form(phone: FlaskClient, home: Home, clock: Clock) -> None:
    page = phone.get(shown(home, clock, "gone.png"))

    assert page.status_code == 200 and "required checked" not in page.text


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize(
    ("name", "text", "topic"),
    [
        ("a.toml", 'template = "notice"\ntopic = "waste"', "waste"),
        ("a.toml", 'template = "notice"\ntheme = "waste"', "waste"),
        ("a.toml", 'template = "notice"\ntheme = "waste"\ntopic = "other"', "other"),
        ("a.toml", 'template = "notice"\ntopic = "no-such"', ""),
        ("a.toml", "no toml", ""),
        ("a.png", 'topic = "waste"', "waste"),
        ("a.png", 'nonsense = "waste"', ""),
        ("a.txt", None, ""),
    ],
)
def test_a_slide_is_about_the_topic_that_it_names_or_that_its_theme_is_called_as(
    home: Home, name: str, text: str | None, topic: str
) -> None:
    (home.content / name).write_bytes(b"x")
    if text is not None:
        (home.content / Path(name).with_suffix(".toml")).write_text(text)
    known = Slides(home.content)

    assert known.named(short_name(name)) == name
    assert known.topic(name, CONFIG) == topic
    assert known.topic("../config/kiosk.toml", CONFIG) == known.topic("", CONFIG) == ""


@pytest.mark.usefixtures("looking")
def test_a_sidecar_is_no_slide_and_a_folder_that_is_gone_is_as_it_was(home: Home) -> None:
    (home.content / "a.png").write_bytes(b"x")
    (home.content / "a.toml").write_text('topic = "waste"')
    known = Slides(home.content)
    assert known.named(short_name("a.toml")) == "" and known.named(short_name("a.png")) == "a.png"

    home.content.rename(home.content.with_name("away"))

    assert known.named(short_name("a.png")) == "a.png"
