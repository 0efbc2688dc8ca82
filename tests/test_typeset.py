"""Cards on walls of every size: whole, legible, calm, and readable by a phone."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache

import pytest
import zxingcpp
from glyphs import Glyph, glyphs
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageStat
from samples import ADDRESS, EVERY, SAMPLES, wall

from kiosk import font, qr
from kiosk.look import Look
from kiosk.typeset import Card, Typesetter, code_place

WALLS = [(1920, 1080), (1080, 1920), (384, 192), (320, 160), (192, 96), (128, 64), (336, 504), (1024, 32)]
CODED = [(1920, 1080), (1080, 1920), (384, 192), (320, 160), (192, 96)]


@pytest.fixture
def typesetter() -> Typesetter:
    return shared_typesetter()


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize("size", WALLS, ids=str)
@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY)
def test_no_character_is_cut_off_covered_or_printed_over(
    typesetter: Typesetter, card: Card, size: tuple[int, int]
) -> None:
    looks = {qr.corner_side(look): look for look in (wall(size), wall(size, corner=True))}
    for look in looks.values():
        for page in typesetter.set(card, look, "svg"):
            found = glyphs(page)
            assert [g for g in found if not _on(g, 0, 0, *size, slack=0.6)] == []
            assert [g for g in found if _covered(g, card, look)] == []
            assert [pair for pair in _neighbours(found) if _clash(*pair)] == []


def _on(glyph: Glyph, left: float, top: float, right: float, bottom: float, slack: float = 0) -> bool:
    across = left - slack <= glyph.left and glyph.right <= right + slack
    return across and top - slack <= glyph.top and glyph.bottom <= bottom + slack


def _covered(glyph: Glyph, card: Card, look: Look) -> bool:
    """Does a code lie over it?"""
    place = code_place(card, look)
    if place:
        left, top, right, bottom = place.x, place.y, place.x + place.side, place.y + place.side
    else:
        side = qr.corner_side(look)
        left, top, right, bottom = look.width - side, look.height - side, look.width, look.height
    return glyph.overlap(Glyph(left, top, right, bottom, "")) > 0.5


def _neighbours(found: list[Glyph]) -> list[tuple[Glyph, Glyph]]:
    """Pairs that might overlap: those on the same stretch of height."""
    ordered = sorted(found, key=lambda glyph: glyph.top)
    tops = [glyph.top for glyph in ordered]
    return [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 : bisect_left(tops, one.bottom)]
    ]


def _clash(one: Glyph, other: Glyph) -> bool:
    return one.overlap(other) > 0.25 * min(one.area, other.area)


@pytest.mark.parametrize("size", [(384, 192), (192, 96), (128, 64), (1024, 32), (90, 200)], ids=str)
@pytest.mark.parametrize("name", ["slogan", "text", "notice", "poster", "fallback"])
def test_no_character_is_smaller_than_16_pixels(
    typesetter: Typesetter, name: str, size: tuple[int, int]
) -> None:
    fields = {"sub": "国" * 90, "body": "国" * 90, "issuer": "国国", "lines": ["国" * 30] * 5}

    pages = typesetter.set(Card(name, "国" * 30, fields), wall(size), "svg")

    assert min(glyph.bottom - glyph.top for page in pages for glyph in glyphs(page)) > 13.5  # ink of 16 px


@pytest.mark.parametrize("size", [*WALLS, (16, 16), (8192, 64), (64, 2000)], ids=str)
def test_every_page_is_exactly_the_wall(typesetter: Typesetter, size: tuple[int, int]) -> None:
    pages = typesetter.pages(SAMPLES["01-welcome"], wall(size))

    assert pages
    assert {(page.size, page.mode) for page in pages} == {(size, "RGB")}


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES)
def test_a_card_is_dark_and_without_flickering_greys(typesetter: Typesetter, card: Card) -> None:
    for size in ((960, 540), (384, 192)):
        for page in typesetter.pages(card, wall(size)):
            average = sum(ImageStat.Stat(page).mean) / 3
            small = page.resize((96, 54), Image.Resampling.NEAREST)
            ground = max(small.getcolors(96 * 54) or [], key=lambda pair: pair[0])[1]

            assert average < 255 * 0.5
            assert all(channel == 0 or channel > 20 for channel in ground), ground


@pytest.mark.parametrize("size", CODED, ids=str)
def test_the_code_on_the_feedback_card_is_read_from_the_frame(
    typesetter: Typesetter, size: tuple[int, int]
) -> None:
    for page in typesetter.pages(SAMPLES["12-feedback"], wall(size)):
        assert read(page) == [ADDRESS]


def test_the_code_on_the_feedback_card_has_whole_pixels(typesetter: Typesetter) -> None:
    look = wall((384, 192))
    card = SAMPLES["12-feedback"]
    place = code_place(card, look)
    assert place

    page = typesetter.pages(card, look)[0]

    box = page.crop((place.x, place.y, place.x + place.side, place.y + place.side))
    assert box.tobytes() == qr.draw(ADDRESS, place.module).tobytes()
    assert place.module >= 3


def test_a_wall_too_small_for_a_code_sends_people_to_the_poster(typesetter: Typesetter) -> None:
    look = wall((128, 64))
    card = SAMPLES["12-feedback"]

    assert code_place(card, look) is None
    assert len(typesetter.pages(card, look)) == 2


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (384, 192)], ids=str)
def test_the_corner_code_is_read_from_a_card(typesetter: Typesetter, size: tuple[int, int]) -> None:
    page = typesetter.pages(SAMPLES["05-low-carbon"], wall(size, corner=True))[0]

    assert read(page) == [ADDRESS]


def test_the_feedback_card_has_one_code_even_where_slides_have_a_corner_code(typesetter: Typesetter) -> None:
    page = typesetter.pages(SAMPLES["12-feedback"], wall((1920, 1080), corner=True))[0]

    assert read(page) == [ADDRESS]


def test_a_long_text_becomes_pages_and_every_character_appears(typesetter: Typesetter) -> None:
    text = "".join(chr(0x4E00 + 7 * n) for n in range(500))

    pages = typesetter.set(Card("text", "", {"body": text}), wall((384, 192)), "svg")

    shown = [glyph.shape for page in pages for glyph in glyphs(page)]
    assert len(pages) > 3
    assert len(shown) == len(set(shown)) == 500


def test_no_line_of_a_text_ends_with_a_lonely_character(typesetter: Typesetter) -> None:
    for length in range(30, 60):
        page = typesetter.set(Card("text", "", {"body": "字" * length}), wall((1920, 1080)), "svg")[0]
        lines: dict[int, int] = {}
        for glyph in glyphs(page):
            if glyph.bottom < 960:  # above the community's name
                lines[round(glyph.top)] = lines.get(round(glyph.top), 0) + 1

        assert sum(lines.values()) == length
        assert lines[max(lines)] >= 3 or len(lines) == 1


def test_no_line_begins_with_a_closing_mark(typesetter: Typesetter) -> None:
    for length in range(10, 24):
        body = "字" * length + "，" + "字" * length + "。"
        found = glyphs(typesetter.set(Card("text", "", {"body": body}), wall((384, 192)), "svg")[0])
        letter = Counter(glyph.shape for glyph in found).most_common(1)[0][0]
        marks = [glyph for glyph in found if glyph.shape != letter]

        assert len(marks) == 2
        assert min(mark.left for mark in marks) > 2 * min(glyph.left for glyph in found)


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x")',
        "#set page(width: 1pt)",
        "*粗* _斜_ = 题 $x$ `c` @preview",
        '"); #sys',
        "\\u{41}",
        "{{ x }}",
    ],
)
def test_words_are_shown_and_never_run(typesetter: Typesetter, words: str) -> None:
    card = Card("text", words, {"body": words})

    pages = typesetter.set(card, wall((1920, 1080)), "svg")

    letters = len(re.sub(r"\s", "", words))
    assert len(pages) == 1
    assert len(glyphs(pages[0])) == 2 * letters + len("邻里社区")


def test_an_emoji_is_left_out_and_a_missing_character_marked(typesetter: Typesetter) -> None:
    assert font.drawable("欢迎😀回家👨‍👩‍👧！") == "欢迎回家！"
    assert font.drawable("𠮷\ue000𝐀\u202e㎡\x07") == "〓〓A㎡"
    assert typesetter.pages(Card("slogan", "欢迎😀𠮷家", {}), wall((384, 192)))


def test_a_title_of_nothing_that_can_be_drawn_still_gives_a_page(typesetter: Typesetter) -> None:
    assert typesetter.pages(Card("slogan", "😀", {"sub": "🐶"}), wall((384, 192)))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from(["slogan", "text", "notice", "poster"]))
def test_any_words_at_all_can_be_set(title: str, body: str, name: str) -> None:
    fields = {"body": body, "sub": body, "lines": [body], "art": "leaf", "tone": "pine"}

    assert shared_typesetter().pages(Card(name, title, fields), wall((128, 64)))


@cache
def shared_typesetter() -> Typesetter:
    """One typesetter for all tests; they are dear to make."""
    return Typesetter()
