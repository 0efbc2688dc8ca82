"""Cards on walls of every size: whole, legible, calm, and readable by a phone."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from campaign import CAMPAIGN, tries
from glyphs import Glyph, glyphs
from hypothesis import given, settings
from hypothesis import strategies as st
from phone import read
from PIL import Image, ImageStat
from samples import ADDRESS, EVERY, SAMPLES, wall

from kiosk import font, qr
from kiosk.look import Look
from kiosk.typeset import Card, Typesetter, code_place, sizes

WALLS = [(1920, 1080), (1080, 1920), (384, 192), (320, 160), (192, 96), (128, 64), (336, 504), (1024, 32)]
CODED = [(1920, 1080), (1080, 1920), (384, 192), (320, 160), (192, 96)]


@pytest.fixture
def typesetter() -> Typesetter:
    return shared_typesetter()


@pytest.mark.campaign
@pytest.mark.parametrize("size", WALLS, ids=str)
@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY)
def test_no_character_is_cut_off_covered_or_printed_over(
    typesetter: Typesetter, card: Card, size: tuple[int, int]
) -> None:
    """`make test` looks at it with or without a code in the corner, by turns; `make campaign` at both."""
    looks = list({qr.corner_side(look): look for look in (wall(size), wall(size, corner=True))}.values())
    turn = list(EVERY.values()).index(card) + WALLS.index(size)
    for look in looks if CAMPAIGN else [looks[turn % len(looks)]]:
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
    for size in ((960, 540), (384, 192), (128, 64)):
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


def lines_of(page: bytes) -> list[list[Glyph]]:
    """The glyphs of a page, line by line: those whose middles are less than half a glyph apart."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs(page), key=lambda glyph: glyph.top + glyph.bottom):
        last = lines[-1][-1] if lines else None
        if last and glyph.top + glyph.bottom - last.top - last.bottom < 0.4 * (glyph.right - glyph.left):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda glyph: glyph.left) for line in lines]


def test_who_signs_a_notice_never_stands_alone_on_a_page(typesetter: Typesetter) -> None:
    for length in range(20, 60):
        card = Card("notice", "通知", {"body": "字" * 30 + "\n" + "字" * length, "issuer": "居民委员会"})

        pages = typesetter.set(card, wall((512, 256)), "svg")

        assert len(glyphs(pages[-1])) > len("居民委员会")


def test_a_title_of_one_clause_is_not_broken_for_a_few_pixels(typesetter: Typesetter) -> None:
    page = typesetter.set(SAMPLES["01-welcome"], wall((336, 504)), "svg")[0]

    assert len(lines_of(page)[0]) == len("欢迎回家")


@pytest.mark.parametrize(("size", "largest_each"), [((64, 64), [19, 25]), ((128, 64), [25])])
def test_a_narrow_wall_gives_each_clause_a_page_before_it_tears_one(
    typesetter: Typesetter, size: tuple[int, int], largest_each: list[float]
) -> None:
    pages = typesetter.set(Card("slogan", "夜深了，多走几步", {}), wall(size), "svg")

    assert [largest for _, largest in map(sizes, pages)] == largest_each


@pytest.mark.parametrize(
    ("size", "most"), [((128, 64), 3), ((192, 64), 3), ((192, 96), 3), ((384, 192), 2), ((64, 64), 7)]
)
def test_an_emergency_takes_few_pages_of_a_small_wall(
    typesetter: Typesetter, size: tuple[int, int], most: int
) -> None:
    fields = {
        **SAMPLES["emergency"].fields,
        "area": "三号楼",
        "action": "请走楼梯从东门离开，不要开关电灯。",
        "en": "",
        "area_en": "",
        "action_en": "",
    }

    pages = typesetter.set(Card("emergency", "燃气泄漏", fields), wall(size), "svg")

    assert len(pages) <= most
    assert min(smallest for smallest, _ in map(sizes, pages)) >= 16


def test_a_title_over_points_is_broken_where_it_was_written(typesetter: Typesetter) -> None:
    card = Card("points", "一二三\n四五六七八九十", {"points": ["甲乙"] * 3})

    page = typesetter.set(card, wall((336, 504)), "svg")[0]

    assert max(glyph.right for glyph in glyphs(page)[:3]) < 336 / 2
    assert glyphs(page)[3].top > glyphs(page)[0].bottom


@pytest.mark.parametrize("name", ["04-table", "06-role-model", "13-convention"])
@pytest.mark.parametrize("look", [wall((384, 192), corner=True), wall((320, 160)), wall((1920, 1080))])
def test_a_title_is_larger_than_the_lines_below_it(typesetter: Typesetter, name: str, look: Look) -> None:
    letters = len(SAMPLES[name].title.replace("\n", ""))

    found = sorted(glyphs(typesetter.set(SAMPLES[name], look, "svg")[0]), key=lambda glyph: -glyph.area)

    highs = [max(glyph.right - glyph.left, glyph.bottom - glyph.top) for glyph in found]
    assert max(highs[letters:], default=0) < 0.85 * max(highs[:letters])


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1280, 640), (960, 480)], ids=str)
def test_the_four_bins_tell_what_goes_in(typesetter: Typesetter, size: tuple[int, int]) -> None:
    bins = dict.fromkeys(("recyclable", "hazardous", "kitchen", "other"), "甲甲 甲甲 甲甲 甲甲")

    page = typesetter.set(Card("sorting", "垃圾分类", bins), wall(size), "svg")[0]

    assert max(Counter(glyph.shape for glyph in glyphs(page)).values()) == 4 * 8


def test_narrow_columns_are_not_torn_apart(typesetter: Typesetter) -> None:
    card = Card("notice", "", {"body": "字" * 8 + "，" + "字" * 20})

    page = typesetter.set(card, wall((1080, 1920)), "svg")[0]

    lines = [[glyph for glyph in line if glyph.right - glyph.left > 60] for line in lines_of(page)]
    steps = [other.left - one.left for line in lines for one, other in pairwise(line)]
    beside = [step for step in steps if step < 1.5 * min(steps)]  # no comma between
    assert max(beside) < 1.05 * min(beside)


@pytest.mark.parametrize("said", ["86 盏", "86盏", "120 平方米"])
def test_a_number_and_its_unit_stay_on_one_line(typesetter: Typesetter, said: str) -> None:
    for length in range(10, 34):
        card = Card("disclosure", "", {"body": "字" * length + said + "字" * 40})

        page = typesetter.set(card, wall((384, 192)), "svg")[0]

        letter = Counter(glyph.shape for glyph in glyphs(page)).most_common(1)[0][0]
        lines = [[glyph.shape for glyph in line] for line in lines_of(page)]
        others = {len(line) - line.count(letter) for line in lines if letter in line}
        assert others == {0, len(said.replace(" ", ""))}, length


def test_a_column_of_a_table_is_as_wide_as_its_words(typesetter: Typesetter) -> None:
    cells = [["车棚", "位置", "车位"], ["东棚", "三号楼东侧", "四十"]]
    rows = [[[{"text": cell}] for cell in row] for row in cells]

    page = typesetter.set(
        Card("article", "", {"blocks": [{"kind": "table", "rows": rows}]}), wall((320, 160)), "svg"
    )

    assert len(lines_of(page[0])) == 2


def test_a_page_of_a_few_last_lines_is_saved_by_slightly_smaller_letters(typesetter: Typesetter) -> None:
    card = Card("text", "停水通知", {"body": "尊敬的居民：\n" + "字" * 90 + "\n" + "字" * 48})

    assert len(typesetter.set(card, wall((1280, 640)), "svg")) == 1


def test_a_title_without_end_goes_on_to_the_next_page(typesetter: Typesetter) -> None:
    pages = typesetter.set(Card("text", "y" * 300, {"body": "x"}), wall((384, 192)), "svg")

    found = [glyph for page in pages for glyph in glyphs(page)]
    assert len(found) == 301
    assert [glyph for glyph in found if not _on(glyph, 0, 0, 384, 192)] == []


def test_the_last_page_of_a_list_is_the_one_with_fewer_lines(typesetter: Typesetter) -> None:
    pages = typesetter.set(SAMPLES["03-seven-promises"], wall((128, 64)), "svg")

    counts = [len(lines_of(page)) for page in pages[-4:]]
    assert counts == [2, 2, 2, 1]


@pytest.mark.parametrize("name", ["01-welcome", "05-low-carbon", "07-stairwell", "08-noise"])
def test_the_tag_of_a_tall_card_stands_clear_of_the_picture(typesetter: Typesetter, name: str) -> None:
    page = typesetter.pages(SAMPLES[name], wall((1080, 1920)))[0]

    assert len(page.crop((600, 92, 1080, 150)).getcolors() or []) == 1


def test_the_steps_of_a_tall_feedback_card_stand_clear_of_the_code(typesetter: Typesetter) -> None:
    look = wall((1080, 1920))
    card = SAMPLES["12-feedback"]
    place = code_place(card, look)
    assert place

    above = [g.bottom for g in glyphs(typesetter.set(card, look, "svg")[0]) if g.bottom < place.y]

    assert place.y - max(above) > 100  # the frame takes 32 of them


def test_the_marks_of_a_tall_text_stand_beside_the_signature(typesetter: Typesetter) -> None:
    page = typesetter.pages(Card("text", "通知", {"body": "字" * 400}), wall((1080, 1920)))[0]

    assert len(page.crop((0, 1880, 1080, 1920)).getcolors() or []) == 1


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


@settings(max_examples=tries(25))
@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from(["slogan", "text", "notice", "poster"]))
def test_any_words_at_all_can_be_set(title: str, body: str, name: str) -> None:
    fields = {"body": body, "sub": body, "lines": [body], "art": "leaf", "tone": "pine"}

    assert shared_typesetter().pages(Card(name, title, fields), wall((128, 64)))


@cache
def shared_typesetter() -> Typesetter:
    """One typesetter for all tests; they are dear to make."""
    return Typesetter()
