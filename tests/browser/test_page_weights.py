"""What a page weighs, where it comes from, and that pictures come late and stay.

The home is the one with something of everything, and slides with long names on top: so many that the first
page of the list is full of them.
"""

import json
import re
from collections.abc import Iterator
from functools import partial

import pytest
import visits
from playwright.sync_api import Browser, Response
from showcase import Showcase, listed
from sights import addresses, opened, shown
from test_staff_slides import paint, prove

from admin import view
from kiosk.files import Home

LIGHT = 100_000
"""Bytes of a page with its style and scripts, as they are sent, without pictures."""

LONG = "关于冬季用火用电安全检查和天然气管道更换安排的通知"
WEIGHED = ("document", "stylesheet", "script")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    with shown("full", tmp_path_factory.mktemp("full")) as showcase:
        fill(showcase.desk.home)
        prove(showcase.desk)
        yield showcase


def fill(home: Home) -> None:
    """So many slides with long names that no other stands on the first page."""
    names = [f"{LONG}（第{number}号）.png" for number in range(1, view.EACH + 1)]
    for name in names:
        paint(home.content / name)
    order = home.content / "playlist.toml"
    order.write_text(f"order = {json.dumps(names, ensure_ascii=False)}\n", "utf-8")


def test_the_list_of_slides_is_full_of_long_names(made: Showcase) -> None:
    rows = re.findall(r'data-file="([^"]+)"', made.desk.logged_in().get("/").text)

    assert len([one for one in rows if one.startswith(LONG)]) == view.EACH


def test_every_page_is_light_and_all_of_it_comes_from_here(made: Showcase, browser: Browser) -> None:
    page, wrong = opened(browser, made), []
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})

    for address in addresses(made, "zh"):
        answers = list[Response]()
        hear = partial(list.append, answers)
        page.on("response", hear)
        page.goto(address, wait_until="load")
        page.remove_listener("response", hear)
        ours = (made.staff, made.public, "data:")
        wrong += [f"{address} asks {one.url}" for one in answers if not one.url.startswith(ours)]
        weighed = [one for one in answers if one.request.resource_type in WEIGHED and one.ok]
        if (weight := sum(int(one.all_headers()["content-length"]) for one in weighed)) > LIGHT:
            wrong.append(f"{address} weighs {weight} bytes")

    assert not wrong, "\n".join(wrong)


def test_pictures_of_slides_come_late_and_stay(made: Showcase, browser: Browser) -> None:
    page, eager, found = opened(browser, made), [], set[str]()

    for path in listed(visits.STAFF, made):
        page.goto(made.staff + path)
        pictures = page.locator("img[src*='/thumbnail/'], img[src*='/picture']")
        eager += [path for _ in range(pictures.and_(page.locator("li img:not([loading=lazy])")).count())]
        found |= set(pictures.evaluate_all("all => all.map(one => one.src)"))

    assert eager == []
    for address in found:
        kept = page.request.get(address).headers["cache-control"]
        assert int(kept.rpartition("max-age=")[2]) >= 24 * 3600, address
