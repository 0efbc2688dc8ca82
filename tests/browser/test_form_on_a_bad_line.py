"""A resident's phone with a poor connection: nothing typed is lost, nothing arrives twice."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from test_form import Site, browser, digits, fill, phone, send, site

__all__ = ["browser", "phone", "site"]

KEPT = "() => localStorage.getItem('linli')"


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
