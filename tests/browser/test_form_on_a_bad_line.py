"""A resident's phone with a poor connection: nothing typed is lost, nothing arrives twice."""

import contextlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from playwright.sync_api import Page, Route, expect
from sqlalchemy import select
from test_form import Site, digits, fill, phone, send, site
from test_half_a_minute import photos

from admin import db
from admin.case_records import Photo

__all__ = ["phone", "site"]

KEPT = "() => localStorage.getItem('linli')"
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""As browsers understand it: milliseconds, and bytes a second."""


class Wire:
    """What phone and server are connected by: while it is cut, a request breaks off in its middle."""

    def __init__(self, url: str) -> None:
        self._to = ("127.0.0.1", int(url.rpartition(":")[2]))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.cut = False

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = self._door.accept()
                server = socket.create_connection(self._to)
                for one, other in ((phone, server), (server, phone)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := one.recv(65536):
                other.sendall(said[: len(said) // 2] if self.cut else said)
                if self.cut:
                    break
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def pictures(site: Site) -> int:
    with db.reading(site.engine) as rows:
        return len(rows.scalars(select(Photo)).all())


def test_on_slow_3g_the_whole_way_is_walked_from_form_to_photo(
    site: Site, phone: Callable[..., Page], tmp_path: Path
) -> None:
    page, loads = phone(), list[str]()
    page.on("request", lambda request: loads.append(request.method))
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(f"{site.url}/F/A03")
    assert loads == ["GET"]
    fill(page)
    page.locator("#choose").set_input_files(photos(tmp_path, 1)[0])
    send(page)

    expect(page.locator(".ticket")).to_be_visible(timeout=30_000)
    expect(page.locator(".sent .kept")).to_have_count(1, timeout=60_000)
    assert len(site.reports()) == 1 and pictures(site) == 1


def test_a_line_that_breaks_in_mid_send_costs_nothing_and_photos_come_after_the_words(
    site: Site, phone: Callable[..., Page], tmp_path: Path
) -> None:
    page, sent = phone(), list[str]()
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    with Wire(site.url) as wire:
        page.goto(f"{wire.url}/F/A03")
        fill(page)
        page.locator("#choose").set_input_files(photos(tmp_path, 1)[0])
        wire.cut = True
        send(page)
        expect(page.locator("#sending [data-when=broken]")).to_be_visible()
        assert "纸箱" in page.evaluate(KEPT) and site.reports() == [] and pictures(site) == 0

        wire.cut = False

        expect(page.locator(".sent .kept")).to_have_count(1, timeout=60_000)
    assert [one.words for one in site.reports()] == ["楼道里堆了很多纸箱"] and pictures(site) == 1
    ways = [url.removeprefix(wire.url) for url in sent if not url.endswith("/T")]
    assert len(ways) >= 3 and ways == ["/F/A03"] * (len(ways) - 1) + ["/R/photo"]
    assert page.evaluate(KEPT) is None


def test_words_wait_on_the_phone_until_the_line_is_back_and_then_go_by_themselves(
    site: Site, phone: Callable[..., Page]
) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    fill(page)
    page.context.set_offline(True)
    send(page)
    expect(page.locator("[data-when=broken]")).to_be_visible()
    assert site.reports() == [] and "纸箱" in page.evaluate(KEPT)

    page.context.set_offline(False)

    expect(page.locator(".ticket")).to_be_visible()
    assert [one.words for one in site.reports()] == ["楼道里堆了很多纸箱"]
    assert page.evaluate(KEPT) is None and len(digits(page)) == 10


def test_a_receipt_that_was_lost_on_the_way_comes_with_the_next_try_and_nothing_is_doubled(
    site: Site, phone: Callable[..., Page]
) -> None:
    page, seen = phone(), list[str]()

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        seen.append(answer.text())
        if len(seen) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.goto(f"{site.url}/F/A03")
    fill(page)
    page.route("**/F/*", lose_the_first)
    send(page)
    expect(page.locator("[data-when=broken]")).to_be_visible()
    send(page)

    expect(page.locator(".ticket")).to_be_visible()
    assert len(seen) >= 2 and len(site.reports()) == 1
    assert digits(page) in "".join(seen[0].split()).replace("</span><span>", "")


def test_words_are_there_again_in_a_browser_that_was_closed(site: Site, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    fill(page)
    page.context.set_offline(True)
    send(page)
    expect(page.locator("[data-when=broken]")).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(f"{site.url}/F/A03")

    expect(again.locator("textarea")).to_have_value("楼道里堆了很多纸箱")
    assert again.locator("[name=topic]:checked").input_value() == "stairs"
    send(again)
    expect(again.locator(".ticket")).to_be_visible()
    assert len(site.reports()) == 1


def test_what_is_wrong_with_the_words_is_said_without_losing_them(
    site: Site, phone: Callable[..., Page]
) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    fill(page, "好" * 501)
    send(page)

    expect(page.locator(".problem")).to_contain_text("501")
    expect(page.locator("textarea")).to_have_value("好" * 501)
    page.locator("textarea").fill("楼道里堆了很多纸箱")
    send(page)
    expect(page.locator(".ticket")).to_be_visible()


def test_a_phrase_is_written_with_one_tap_and_not_twice(site: Site, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    expect(page.locator(".phrases button").first).to_be_hidden()
    page.get_by_text("楼道堆物").click()
    for said in ("消防通道被堵", "楼道堆了杂物", "消防通道被堵"):
        page.get_by_role("button", name=said).click()
    expect(page.locator("textarea")).to_have_value("消防通道被堵，楼道堆了杂物")
    send(page)

    expect(page.locator(".ticket")).to_be_visible()
    assert site.reports()[0].words == "消防通道被堵，楼道堆了杂物"
