from collections.abc import Iterator
from pathlib import Path

import pytest
from lent import SharingDecoder
from PIL import Image

from kiosk import holidays, library, settings, sidecar
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.library import Library
from kiosk.look import Look
from kiosk.model.priority import Priority
from kiosk.model.workdays import Kindred
from kiosk.settings import Config, Theme, Topic, Topics

SMALL = Look(width=192, height=96)


class Shelf:
    """A home, its decoder, and the library that comes of them."""

    def __init__(self, home: Home, decoder: Decoder) -> None:
        self.home, self.decoder = home, decoder

    def put(self, name: str, content: str | bytes | None = None) -> Path:
        path = self.home.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            Image.new("RGB", (32, 24), "teal").save(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self) -> Library:
        return library.prove(self.home, Config(), self.decoder)

    def names(self) -> list[str]:
        return [slide.name for slide in self.read().slides]

    def reasons(self) -> dict[str, str]:
        return {one.file: str(one.words) for one in self.read().refused}


@pytest.fixture
def shelf(home: Home) -> Iterator[Shelf]:
    with SharingDecoder(home, SMALL, 50_000_000, 100_000_000) as decoder:
        yield Shelf(home, decoder)


def test_pictures_come_in_natural_order(shelf: Shelf):
    for name in ("10.png", "9.png", "1.png", "通知2.png", "通知10.png"):
        shelf.put(name)

    assert shelf.names() == ["1.png", "9.png", "10.png", "通知2.png", "通知10.png"]


def test_a_playlist_says_the_order_and_the_rest_follows(shelf: Shelf):
    for name in ("a.png", "b.png", "c.png", "d.png"):
        shelf.put(name)
    shelf.put("playlist.toml", 'order = ["d.png", "b.png"]')

    assert shelf.names() == ["d.png", "b.png", "a.png", "c.png"]


def test_a_playlist_that_names_what_is_not_there_is_a_warning_only(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("playlist.toml", 'order = ["gone.png"]')

    found = shelf.read()

    assert (len(found.slides), len(found.refused)) == (1, 0)
    assert "gone.png" in str(found.warnings[0].words)


def test_a_playlist_says_how_its_slides_become_each_other(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("lift/b.png")
    shelf.put("lift/playlist.toml", 'transition = "wipe"')

    found = shelf.read()

    assert (found.playlist("lift").transition, found.playlist().transition) == ("wipe", None)


def test_a_sidecar_gives_title_seconds_and_schedule(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("a.toml", 'title = "开放日"\nseconds = 20\ntheme = "waste"\n[show]\ndays = ["sat"]')

    (slide,) = shelf.read().slides

    assert (slide.title, slide.seconds, slide.theme, slide.show.days) == ("开放日", 20, "waste", {6})


def test_a_mistake_in_a_sidecar_is_one_sentence_with_its_line_and_no_slide(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("a.toml", 'title = "x"\nsecnds = 20')

    found = shelf.read()

    assert found.slides == ()
    assert [one.file for one in found.refused] == ["a.toml"]
    assert "2" in found.refused[0].words.zh
    assert 'did you mean "seconds"' in found.refused[0].words.en


def test_a_toml_without_asset_and_template_says_what_is_missing(shelf: Shelf):
    shelf.put("a.toml", 'title = "x"')

    assert "template" in shelf.reasons()["a.toml"]


def test_broken_and_foreign_files_are_one_sentence_each_and_the_others_play(shelf: Shelf):
    whole = shelf.put("good.png").read_bytes()
    shelf.put("half.png", whole[: len(whole) // 2])
    shelf.put("page.html", "<h1>hi</h1>")
    shelf.put("new\nline.png")

    found = shelf.read()

    assert [slide.name for slide in found.slides] == ["good.png"]
    assert sorted(one.file for one in found.refused) == ["half.png", "new\nline.png", "page.html"]
    assert all(one.words.zh and one.words.en for one in found.refused)


def test_a_sub_folder_is_a_playlist_of_its_own(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("lift/b.png")

    found = shelf.read()

    assert [slide.name for slide in found.playlist().slides] == ["a.png"]
    assert [slide.name for slide in found.playlist("lift").slides] == ["lift/b.png"]


def test_a_slide_meant_for_other_places_is_not_in_this_screens_playlist(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("a.toml", '[show]\nplaces = ["A03"]')

    found = shelf.read()

    assert [len(found.playlist(place=place).slides) for place in ("A03", "SCREEN", "")] == [1, 0, 1]


def test_a_changed_picture_has_another_version_and_a_changed_title_has_not(shelf: Shelf):
    shelf.put("a.png")
    (first,) = shelf.read().slides
    shelf.put("a.toml", 'title = "y"')
    (titled,) = shelf.read().slides
    Image.new("RGB", (33, 24), "red").save(shelf.home.content / "a.png")
    (changed,) = shelf.read().slides

    assert first.version == titled.version != changed.version
    assert first.digest != changed.digest


def test_what_has_not_changed_is_not_read_again(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("b.txt", "题目\n正文")
    before = shelf.read()
    shelf.put("c.png")

    after = library.read(shelf.home, Config(), shelf.decoder, before=before)

    assert after.entries["a.png"] is before.entries["a.png"]
    assert after.entries["b.txt"] is before.entries["b.txt"]
    assert [asset.name for asset in after.waiting] == ["c.png"]


def test_a_long_text_becomes_pages(shelf: Shelf):
    shelf.put("rules.txt", "规则\n" + "请把垃圾分类投放，保持楼道整洁。" * 40)

    names = shelf.names()

    assert len(names) > 1
    assert names == [f"rules.txt#{page}" for page in range(1, len(names) + 1)]


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("1.txt", "停水  通知\n周六上午停水。", "停水 通知"),
        ("1.md", "# 停水通知\n周六上午停水。", "停水通知"),
        ("1-告示.md", "周六上午停水。", "告示"),
        ("1.txt", "长" * 80, "长" * 39 + "…"),
    ],
)
def test_a_text_is_listed_by_its_own_title(shelf: Shelf, name: str, text: str, title: str):
    shelf.put(name, text)

    assert {slide.title for slide in shelf.read().slides} == {title}


def test_the_title_of_a_sidecar_goes_before_that_of_the_text(shelf: Shelf):
    shelf.put("1.txt", "停水通知\n周六上午停水。")
    shelf.put("1.toml", 'title = "周六停水"')

    assert {slide.title for slide in shelf.read().slides} == {"周六停水"}


def test_an_unknown_theme_is_a_warning_and_the_slide_plays(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("a.toml", 'theme = "wast"')
    config = Config(topics=Topics(theme=(Theme("waste", "垃圾分类", "Waste sorting"),)))

    found = library.prove(shelf.home, config, shelf.decoder)

    assert (len(found.slides), len(found.refused)) == (1, 0)
    assert "wast" in found.warnings[0].words.en


def test_an_unknown_topic_is_a_warning_and_the_slide_plays(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("a.toml", 'topic = "nois"')
    config = Config(topics=Topics((Topic("noise", "噪声扰民", "Noise"),)))

    found = library.prove(shelf.home, config, shelf.decoder)

    assert (len(found.slides), len(found.refused)) == (1, 0)
    assert "nois" in found.warnings[0].words.en


def test_every_topic_of_a_starter_slide_is_one_of_the_form():
    here = Home(Path(__file__).parents[1])
    topics = {topic.slug for topic in settings.load(here).topics.topic}
    cards = [sidecar.read_card(path.read_text("utf-8"), path.name) for path in here.content.glob("*.toml")]

    assert {card.topic for card in cards if card.topic} == {"waste-sorting", "bulky-waste"} & topics


def test_every_starter_slide_has_a_theme_that_the_report_knows():
    here = Home(Path(__file__).parents[1])
    themes = {theme.slug for theme in settings.load(here).topics.theme}

    said = {
        path.name: sidecar.read_card(path.read_text("utf-8"), path.name).theme
        for path in here.content.glob("[0-9]*.toml")
    }

    assert len(said) >= 12
    assert set(said.values()) <= themes


def test_slides_know_the_holidays_of_the_home(shelf: Shelf) -> None:
    shelf.put("a.png")
    shelf.put("a.toml", '[show]\ndays = ["holiday"]\n')
    known = holidays.shipped()
    (slide,) = library.prove(shelf.home, Config(holidays=known), shelf.decoder).slides

    assert slide.show.kinds == (Kindred("holiday", known),)


def test_a_sidecar_makes_a_slide_an_insert(shelf: Shelf):
    shelf.put("a.png")
    shelf.put("a.toml", 'priority = "insert"\nevery = 3')

    (slide,) = shelf.read().slides

    assert (slide.priority, slide.every) == (Priority.INSERT, 3)
