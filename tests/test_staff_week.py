"""The page of the week: what it says of each hour, in words and not only in colours."""

import re
from collections.abc import Iterator

import pytest
from office import SMALL, Desk, desk, urgent
from test_staff_slides import paint, prove

from kiosk.files import Home

LIT = f'[light]\nhours = ["08:00-22:00"]\nnight = "19:00-07:00"\nnight_percent = 40\n{SMALL}'


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home, LIT) as made:
        yield made


def slide(here: Desk, name: str, show: str, rest: str = "") -> None:
    paint(here.home.content / f"{name}.png")
    (here.home.content / f"{name}.toml").write_text(f"{rest}\n[show]\n{show}\n", "utf-8")


def row(text: str, name: str) -> list[str]:
    """What the cells of a row say, from Monday to Sunday."""
    found = next(one for one in re.findall(r"<tr[ >].*?</tr>", text, re.DOTALL) if name in one)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", found, re.DOTALL)]


def test_each_slide_has_its_hours_in_words(here: Desk) -> None:
    slide(here, "晨练", 'days = ["mon", "sat"]\nhours = ["07:00-09:30", "16:00-17:00"]')
    slide(here, "夜里", 'hours = ["20:00-23:00"]')
    prove(here)

    text = here.logged_in().get("/week").text

    assert row(text, "晨练") == [
        "08:00–09:30、16:00–17:00",
        *["不放"] * 4,
        "08:00–09:30、16:00–17:00",
        "不放",
    ]
    assert row(text, "夜里") == ["20:00–22:00"] * 7
    assert row(text, "屏幕亮着") == ["08:00–22:00调暗 19:00–22:00"] * 7


def test_hours_without_a_slide_are_called_out(here: Desk) -> None:
    slide(here, "上午", 'hours = ["06:00-14:00"]')
    slide(here, "周一", 'days = ["mon"]\nhours = ["14:00-20:00"]')
    prove(here)

    text = here.logged_in().get("/week").text

    assert "周一 11月23日 20:00 以后没有画面。" in text
    assert "周二 11月24日 14:00 以后没有画面。" in text
    assert "还有 3 处没有画面。" in text
    assert row(text, "没有画面")[1] == "14:00–22:00"


def test_without_any_slide_one_sentence_says_so(here: Desk) -> None:
    assert "这一周没有画面，只放安静的卡片。" in here.logged_in().get("/week").text


def test_inserts_and_emergencies_are_marked_and_in_an_emergency_nothing_else_is_on(here: Desk) -> None:
    slide(here, "平时", "")
    slide(here, "插", 'hours = ["10:00-11:00"]', 'priority = "insert"')
    (here.home.content / "x.toml").write_text(urgent("2026-11-24T09:00:00", "2026-11-24T12:00:00"), "utf-8")
    prove(here)

    text = here.logged_in().get("/week").text

    assert row(text, ">停电<")[:3] == ["00:00–24:00", "00:00–12:00", "不放"]  # in the dark, too
    assert row(text, ">平时<")[:3] == ["不放", "12:00–22:00", "全天"]
    assert row(text, ">插<")[:3] == ["不放", "不放", "10:00–11:00"]
    assert (
        '<span class="badge later">插播</span>' in text and '<span class="badge refused">紧急</span>' in text
    )


def test_slides_with_equal_hours_share_a_row_and_each_leads_to_its_page(here: Desk) -> None:
    for name in ("a", "b", "c"):
        paint(here.home.content / f"{name}.png")
    prove(here)

    text = here.logged_in().get("/week").text

    assert row(text, "3 个画面") == ["全天"] * 7
    assert all(f'href="/slide/{name}.png"' in text for name in ("a", "b", "c"))


def test_the_week_before_and_after_and_a_day_of_them_can_be_chosen(here: Desk) -> None:
    slide(here, "年夜饭", "from = 2027-02-05\nuntil = 2027-02-05")
    prove(here)
    browser = here.logged_in()

    text = browser.get("/week?day=2027-02-05").text

    assert row(text, "年夜饭") == ["不放"] * 4 + ["全天"] + ["不放"] * 2
    assert 'href="/week?day=2027-01-25"' in text and 'href="/week?day=2027-02-08"' in text
    assert "2027年2月5日 周五" in text and "回到本周" in text
    assert "年夜饭" in browser.get("/week").text.partition("这一周不放的")[2]


@pytest.mark.parametrize("day", ["2026-02-31", "x", "0001-01-01", "9999-12-31", "2026-W01-1", ""])
def test_a_day_that_is_none_is_today(here: Desk, day: str) -> None:
    answer = here.logged_in().get("/week", query_string={"day": day})

    assert answer.status_code == 200


def test_only_today_is_marked_and_so_is_now(here: Desk) -> None:
    slide(here, "平时", "")
    prove(here)
    browser = here.logged_in()

    this, following = browser.get("/week").text, browser.get("/week?day=2026-12-01").text

    assert this.count('scope="col" class="today"') == 1 and this.count('class="now" x="50.00%"') == 2
    assert 'class="today"' not in following and 'class="now"' not in following


def test_another_place_and_another_playlist_have_weeks_of_their_own(home: Home) -> None:
    with desk(home, f'{SMALL}[layout]\nuse = "side"\n') as here:
        (home.content / "side").mkdir()
        slide(here, "大屏", 'places = ["SCREEN"]')
        slide(here, "楼门", 'places = ["A01"]')
        paint(home.content / "side" / "小.png")
        prove(here)
        browser = here.logged_in()

        assert "楼门" not in browser.get("/week").text
        assert row(browser.get("/week?place=A01").text, "楼门") == ["全天"] * 7
        assert row(browser.get("/week?list=side").text, "小") == ["全天"] * 7
        assert browser.get("/week?list=nowhere").status_code == 404
        assert browser.get("/week?place=NOWHERE").status_code == 200


def test_where_clocks_are_set_a_day_has_its_own_length(home: Home) -> None:
    with desk(home, f'[community]\nzone = "Europe/Berlin"\n{SMALL}') as here:
        slide(here, "夜", 'hours = ["01:00-02:30"]')
        prove(here)
        browser = here.logged_in()

        spring, autumn = browser.get("/week?day=2026-03-29").text, browser.get("/week?day=2026-10-25").text

        assert row(spring, ">夜<")[-1] == "01:00–03:00"  # at 2:00 it is 3:00 there, and its end has passed
        assert row(autumn, ">夜<")[-1] == "01:00–02:30、02:00–02:30" or "02:30" in row(autumn, ">夜<")[-1]


def test_strangers_are_sent_to_the_log_in(here: Desk) -> None:
    assert here.client().get("/week").status_code == 302


def test_a_week_of_a_hundred_slides_with_hours_of_their_own_is_a_page_of_reasonable_size(here: Desk) -> None:
    for n in range(100):
        slide(here, f"画面{n:03}", f'hours = ["{8 + n % 7:02}:{n % 60:02}-{15 + n % 7:02}:{n % 50:02}"]')
    prove(here)
    browser = here.logged_in()

    text = browser.get("/week").text

    assert text.count('<th scope="row">') >= 100
    assert len(text.encode()) < 180_000
