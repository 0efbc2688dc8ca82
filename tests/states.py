"""What pages become when somebody has pressed something, or is somebody else: what `visits.py` cannot open.

Each state is a function that brings a page of a full house there; to begin with it is the administrator's.
"""

from collections.abc import Callable

import pyotp
import tomlkit
from office import PASSWORD
from playwright.sync_api import Page
from showcase import Showcase
from sqlalchemy import select

from admin import db, sessions
from admin.records import Account
from kiosk import curtain, last_good
from kiosk.model.curtain import Curtain

State = Callable[[Page, Showcase], None]

DRAWN = "#look .looked:not(.example) img"
LONG = "因管网检修，本小区周六上午九点至下午三点停水，请提前储水，来水后先放一放。"


def go(page: Page, made: Showcase, path: str) -> None:
    """Open that path of the staff's web."""
    page.goto(f"{made.staff}{path}")


def leave(page: Page) -> None:
    """The log-in is over; the language stays."""
    page.context.clear_cookies(name=sessions.COOKIE)


def become(page: Page, made: Showcase, name: str, role: str, **more: object) -> None:
    """Be logged in as a colleague, who is added if need be."""
    with db.session(made.desk.engine) as rows:
        known = rows.scalars(select(Account).where(Account.name == name)).first()
    if known is None:
        made.desk.add_account(name, role=role)
    with db.session(made.desk.engine) as rows:
        account = rows.scalars(select(Account).where(Account.name == name)).one()
        for key, value in more.items():
            setattr(account, key, value)
    cookie = made.desk.logged_in(name).client.get_cookie(sessions.COOKIE)
    assert cookie is not None
    page.context.add_cookies([{"name": sessions.COOKIE, "value": cookie.value, "url": made.staff}])


def log_in(page: Page, password: str = PASSWORD) -> None:
    """Fill in the log-in page that is there."""
    page.fill("#name", "值班室")
    page.fill("#password", password)
    page.click("main button.main")


def menu_of_a_slide(page: Page, made: Showcase) -> None:
    """The menu of a slide, open in the list."""
    go(page, made, "/")
    page.locator("#order .menu > a").nth(2).click()
    page.wait_for_selector("#order .menu form")


def many_slides(page: Page, made: Showcase) -> None:
    """Two slides ticked, and a field of what can be done to them."""
    go(page, made, "/")
    for number in (1, 2):
        page.locator("#order .tick input").nth(number).check()
    page.locator(".many .menu summary").nth(1).click()


def many_changed(page: Page, made: Showcase) -> None:
    """What was done to some slides, and what to others not."""
    go(page, made, "/")
    for number in (4, 5):
        page.locator("#order .tile:not(.draft) .tick input").nth(number).check()
    page.click(".many button[value=down]")
    page.wait_for_selector(".changed")


def nothing_changed(page: Page, made: Showcase) -> None:
    """What was asked for could not be done to any slide."""
    go(page, made, "/")
    page.locator("#order .tick input").first.check()
    page.click(".many button[value=up]")
    page.wait_for_selector(".fault")


def removed(page: Page, made: Showcase) -> None:
    """A slide was removed; it can be undone."""
    go(page, made, "/")
    page.locator("#order .remove").last.click()
    page.wait_for_selector(".notice.good form")


def log_in_page(page: Page, made: Showcase) -> None:
    """Before the log-in."""
    leave(page)
    go(page, made, "/login")


def log_in_wrong(page: Page, made: Showcase) -> None:
    """After a wrong password."""
    log_in_page(page, made)
    log_in(page, "错的密码错的密码")
    page.wait_for_selector(".notice.bad")


def live_for_anybody(page: Page, made: Showcase) -> None:
    """The picture for those who are not logged in."""
    leave(page)
    go(page, made, "/live")


def first_password(page: Page, made: Showcase) -> None:
    """Somebody has to take a password of their own."""
    become(page, made, "新同事", "editor", first_password=True)
    go(page, made, "/me/first")


def second_step(page: Page, made: Showcase) -> None:
    """The recovery codes, shown once; then the digits that the log-in asks for."""
    recovery_codes(page, made)
    leave(page)
    go(page, made, "/login")
    log_in(page)
    page.fill("#code", "000000")
    page.click("main button.main")
    page.wait_for_selector(".notice.bad")


def recovery_codes(page: Page, made: Showcase) -> None:
    """The second step has just been switched on."""
    go(page, made, "/me/code")
    app = pyotp.parse_uri(page.locator("a[href^=otpauth]").get_attribute("href") or "")
    page.fill("#code", app.at(made.desk.clock.at))  # type: ignore[union-attr]
    page.click("main button.main")
    page.wait_for_selector(".spares")


def second_step_stays(page: Page, made: Showcase) -> None:
    """It is not switched off by a wrong password."""
    recovery_codes(page, made)
    go(page, made, "/me")
    page.fill("#code-password", "错的密码错的密码")
    page.click("#code .remove")
    page.wait_for_selector(".mistake")


def colleague_added(page: Page, made: Showcase) -> None:
    """The first password of a colleague."""
    go(page, made, "/people")
    page.fill("#name", f"同事{page.evaluate('Math.random()')}")
    page.click("#new button.main")
    page.wait_for_selector(".password")


def slide_with_mistakes(page: Page, made: Showcase) -> None:
    """A form that was sent with mistakes."""
    go(page, made, f"/slide/{made.names['card']}")
    page.fill("#seconds", "很久")
    page.fill("#title", "一" * 60)
    page.click("#words > .buttons .main")
    page.wait_for_selector(".mistake")


def two_editors(page: Page, made: Showcase) -> None:
    """Somebody has changed the slide meanwhile."""
    path = made.desk.home.content / made.names["card"]
    go(page, made, f"/slide/{made.names['card']}")
    card = tomlkit.parse(path.read_text("utf-8"))
    card["title"], card["seconds"] = f"别人写的标题{page.evaluate('Math.random()')}", 15
    path.write_text(tomlkit.dumps(card), "utf-8")
    page.fill("#title", "分类投放\n从我做起")
    page.click("#words > .buttons .main")
    page.wait_for_selector(".apart")


def gone_meanwhile(page: Page, made: Showcase) -> None:
    """Somebody has removed the slide meanwhile."""
    path = sorted(made.desk.home.content.glob("0*.toml"))[-1]
    go(page, made, f"/slide/{path.name}")
    card = path.read_bytes()
    made.desk.logged_in().post(f"/remove/{path.name}")
    page.fill("#title", "分类投放\n从我做起")
    page.click("#words > .buttons .main")
    page.wait_for_selector("#sent")
    path.write_bytes(card)


def seen_while_typing(page: Page, made: Showcase) -> None:
    """A card of several pages, as the screen would show it, with what is to be known."""
    go(page, made, "/write/notice")
    page.fill("#title", "关于本小区周六上午停水检修的通知")
    page.fill('[name="field.body"]', LONG * 8)
    page.wait_for_selector(".leaf")


def card_with_mistakes(page: Page, made: Showcase) -> None:
    """A card to which the day is missing."""
    go(page, made, "/write/countdown")
    page.fill("#title", "过年")
    page.evaluate("document.getElementById('words').noValidate = true")
    page.click("#words button[value=show]")
    page.wait_for_selector(".mistake")


def draft_kept(page: Page, made: Showcase) -> None:
    """A draft was kept."""
    go(page, made, "/write/notice")
    page.fill("#title", "没写完")
    page.click("#words button[value=draft]")
    page.wait_for_selector("#drafts")


def log_in_over(page: Page, made: Showcase) -> None:
    """The log-in has ended while somebody types."""
    go(page, made, "/write/notice")
    page.fill("#title", "停水")
    page.wait_for_selector(DRAWN)
    leave(page)
    page.fill("#title", "停水通知")
    page.wait_for_selector("#over:not([hidden])")


def kept_over_the_log_in(page: Page, made: Showcase) -> None:
    """What was typed is there again."""
    log_in_over(page, made)
    page.click("#over a")
    log_in(page)
    page.wait_for_selector("#kept:not([hidden])")


def emergency_seen(page: Page, made: Showcase) -> None:
    """An emergency before it goes up."""
    go(page, made, "/urgent")
    page.click("label.chip.red")
    page.fill("#title", "三号楼燃气泄漏")
    page.fill("#area", "三号楼全部单元")
    page.fill("#action", "请走楼梯从东门离开，不要开关电灯。")
    page.click("main form.sheet button.main")
    page.wait_for_selector("button.danger")


def emergency_up(page: Page, made: Showcase) -> None:
    """An emergency on the screen."""
    emergency_seen(page, made)
    page.click("button.danger")
    page.wait_for_selector("#going")


def dark_screen(page: Page, made: Showcase) -> None:
    """The screen was switched to black."""
    go(page, made, "/")
    page.click("button.black")
    page.wait_for_selector(".hanging")


def settings_that_fail(page: Page, made: Showcase) -> None:
    """The player does not come up with the new settings: the first page of an editor."""
    last_good.refuse(made.desk.home)
    become(page, made, "王编辑", "editor")
    go(page, made, "/")
    page.wait_for_selector(".notice.bad")


def settings_that_fail_for_the_administrator(page: Page, made: Showcase) -> None:
    """The same for who can mend them."""
    last_good.refuse(made.desk.home)
    go(page, made, "/")
    page.wait_for_selector(".notice.bad")


def for_who_only_reads(page: Page, made: Showcase) -> None:
    """The first page of a supervisor."""
    become(page, made, "刘监督", "supervisor")
    go(page, made, "/")


def for_who_handles(page: Page, made: Showcase) -> None:
    """The first page of a handler."""
    become(page, made, "张办理", "handler")
    go(page, made, "/")


def somebody_elses_page(page: Page, made: Showcase) -> None:
    """A page that one may not see."""
    for_who_handles(page, made)
    go(page, made, "/people")


def menu_of_the_account(page: Page, made: Showcase) -> None:
    """One's own menu, open."""
    go(page, made, "/inbox")
    page.click(".mine summary")


def as_before(made: Showcase) -> None:
    """Take back what the states did that others would see."""
    last_good.accept(made.desk.home)
    curtain.put(made.desk.home, Curtain.OPEN)
    with db.session(made.desk.engine) as rows:
        account = rows.scalars(select(Account).where(Account.name == "值班室")).one()
        account.totp, account.totp_step, account.recovery = "", 0, ""


STATES: dict[str, State] = {
    one.__name__: one
    for one in (
        *(menu_of_a_slide, many_slides, many_changed, nothing_changed, removed, menu_of_the_account),
        *(log_in_page, log_in_wrong, live_for_anybody, first_password, recovery_codes, second_step),
        *(second_step_stays, colleague_added, slide_with_mistakes, two_editors, gone_meanwhile),
        *(seen_while_typing, card_with_mistakes, draft_kept, log_in_over, kept_over_the_log_in),
        *(emergency_seen, dark_screen, settings_that_fail, settings_that_fail_for_the_administrator),
        *(for_who_only_reads, for_who_handles, somebody_elses_page, emergency_up),
    )
}
