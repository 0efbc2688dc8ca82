"""The main job, the whole way, with real parts: screen, phone, staff, screen."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from processes import Kiosk, free_port, settings, until
from sqlalchemy import select
from xvfb import Xvfb

from admin import db
from admin.records import Report
from kiosk import settings as kiosk_settings
from kiosk.files import Home
from kiosk.model.scanned import short_name

WORDS = "三号楼门口的路灯坏了，晚上看不清台阶"
SAID, DONE = "三号楼门口路灯不亮", "物业已换新灯，今晚就亮"
NAME, PASSWORD = "值班室", "daisies-by-the-gate"
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


@pytest.fixture
def yard(home: Home) -> Home:
    """A home with a wall of 960×480, the usual places and topics, and only the feedback card."""
    here = Path(__file__).parents[2]
    for name in ("places.toml", "topics.toml"):
        (home.config / name).write_bytes((here / "config" / name).read_bytes())
    port = free_port()
    settings(
        home,
        "[screen]\nwidth = 960\nheight = 480\n[slides]\nseconds = 3\ntally = false\n"
        f'[web]\npublic_port = {port}\nstaff_port = {free_port()}\npublic_url = "http://127.0.0.1:{port}"\n',
    )
    return home


def wall(xvfb: Xvfb) -> Image.Image:
    return xvfb.image().crop((0, 0, 960, 480))


def code_on(xvfb: Xvfb, slide: str) -> str | None:
    """The address in the QR that is on the display right now, if it names that slide."""
    found = [code.text for code in zxingcpp.read_barcodes(wall(xvfb))]
    return next((text for text in found if text.endswith(short_name(slide))), None)


def set_up(context: BrowserContext, kiosk: Kiosk) -> Page:
    """Staff open the link that the first run printed, and make the first account."""
    link = until(lambda: re.search(r"http://\S+/setup\S*", kiosk.said), what="the setup link")
    page = context.new_page()
    page.goto(link.group(0))
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button.main")
    page.wait_for_url(lambda url: "/setup" not in url)
    return page


def send_report(context: BrowserContext, address: str) -> str:
    """A resident opens what the code says, taps a topic, writes, sends; the receipt."""
    phone = context.new_page()
    answer = phone.goto(address)
    assert answer is not None
    assert (answer.status, answer.request.redirected_from) == (200, None)
    phone.locator("label.tile", has_text="公共设施与照明").click()
    phone.fill("#words", WORDS)
    phone.locator("#report > button[type=submit]").click()
    receipt = phone.locator("main:has(p.digits)").inner_text()
    found = re.search(r"\d{3}[\s ]\d{3}[\s ]\d{4}", receipt)
    assert found, receipt
    return found.group(0)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_picture_plays_a_resident_writes_staff_answer_and_the_answer_plays(
    yard: Home, xvfb: Xvfb, browser: Browser, script: bool
):
    here = Path(__file__).parents[2]
    with Kiosk(yard, "run", xvfb.name) as kiosk:
        office = set_up(
            browser.new_context(java_script_enabled=script, viewport={"width": 1366, "height": 768}), kiosk
        )

        # A picture dropped in is on the screen.
        Image.new("RGB", (1200, 600), (210, 40, 90)).save(yard.state / "new.png")
        (yard.state / "new.png").replace(yard.content / "a.png")
        until(lambda: wall(xvfb).getpixel((480, 240)) == (210, 40, 90), what="the picture")

        # The code on the screen takes a phone to the form.
        (yard.content / "feedback.toml").write_bytes((here / "content" / "12-feedback.toml").read_bytes())
        address = until(lambda: code_on(xvfb, "feedback.toml"), what="the code of that slide on the screen")
        assert re.fullmatch(r"/F/SCREEN/[A-Z2-7]{10}", urlsplit(address).path)
        receipt = send_report(browser.new_context(**PHONE, java_script_enabled=script), address)
        assert kept(yard) == [("SCREEN", "feedback.toml", "fresh", "screen")]
        (yard.content / "feedback.toml").unlink()

        # Staff read it and answer.
        root = f"{urlsplit(office.url).scheme}://{urlsplit(office.url).netloc}"
        office.goto(f"{root}/inbox")
        office.locator("ul.reports a", has_text="路灯").click()
        expect(office.locator("#standing blockquote")).to_have_text(WORDS)
        office.fill("#done", DONE)
        office.click("#answer button.main")
        office.get_by_role("link", name="准备公开").click()
        office.fill("#said", SAID)
        office.locator("input[name=seen]").check()
        before = set(yard.content.iterdir())
        office.get_by_role("button", name="公开", exact=True).click()
        (answer,) = until(lambda: set(yard.content.iterdir()) - before, what="the answer's file")

        # The answer's card is on the screen, exactly as `kiosk snapshot` says it looks.
        card = snapshot(yard, answer.name)
        until(lambda: wall(xvfb).tobytes() == card.tobytes(), what="the answer on the screen")

        # The receipt opens the answer; withdrawn, it leaves the screen.
        phone = browser.new_context(**PHONE, java_script_enabled=script).new_page()
        phone.goto(f"{urlsplit(address).scheme.lower()}://{urlsplit(address).netloc}/R")
        phone.fill("input[name=receipt]", receipt)
        phone.click("button[type=submit]")
        expect(phone.locator("main")).to_contain_text(DONE)
        office.locator("form[action$=withdraw] button").click()
        until(lambda: not answer.exists(), what="the answer's file to go")
        until(lambda: wall(xvfb).getpixel((480, 240)) == (210, 40, 90), what="the picture again")


def kept(home: Home) -> list[tuple[str, ...]]:
    """Of each report: the place and the slide that led to it, and what the code said."""
    engine = db.engine(home, kiosk_settings.load(home))
    with db.reading(engine) as rows:
        found = [(one.place, one.slide, one.presence, one.origin) for one in rows.scalars(select(Report))]
    engine.dispose()
    return found


def snapshot(home: Home, name: str) -> Image.Image:
    """The frame of a slide as `kiosk snapshot` writes it."""
    from kiosk.cli import main

    out = home.state / "snapshot.png"
    assert main(["--home", str(home.root), "snapshot", "--slide", name, "-o", str(out)]) == 0
    with Image.open(out) as image:
        return image.convert("RGB")
