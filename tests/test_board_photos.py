"""Photos that go with an answer: covered ones alone, on board, wall and paper, and gone when they go."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from filed import filed, furnish, jpeg, photographed, row
from flask.testing import FlaskClient
from leaves import leaves
from office import Desk, desk
from PIL import Image, ImageChops
from test_publication import card, covered, publish

from admin import db, own_data, public, retention
from admin.public import pictures
from admin.records import Report
from kiosk.files import Home
from kiosk.model.cases import State

WHOLE = {"left": "0", "top": "0", "width": "100", "height": "100"}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home) as made:
        yield made


def phone(here: Desk) -> FlaskClient:
    config = here.app.extensions["office"].config
    return public.create_app(here.home, config, here.engine, here.clock).test_client()


def shown(here: Desk) -> tuple[str, int, int]:
    """A case with a red photo from before and a green one from after on public view."""
    number, browser = filed(here), here.logged_in()
    before = covered(here, browser, number, jpeg("red", (1200, 900)), "b")
    after = covered(here, browser, number, jpeg("green", (900, 1200)), "a")
    code, _ = publish(browser, number, before=str(before), after=str(after))
    assert code == 302
    return number, before, after


def addresses(here: Desk) -> list[str]:
    return re.findall(r'<img [^>]*src="(/B/[^"]+)"', phone(here).get("/").text)


def reddish(picture: bytes) -> bool:
    """Is there a spot as red as the photo?"""
    with Image.open(io.BytesIO(picture)) as image:
        red, green, _ = image.convert("RGB").split()
    return sum(ImageChops.subtract(red, green).histogram()[150:]) > 0


def codes(here: Desk, wanted: list[str]) -> list[int]:
    return [phone(here).get(one).status_code for one in wanted]


def test_the_board_shows_how_it_was_and_how_it_is_small_and_late(here: Desk) -> None:
    number, _, _ = shown(here)

    page = phone(here).get("/")
    before, after = addresses(here)

    assert before.startswith(f"/B/{number}/before/") and after.startswith(f"/B/{number}/after/")
    for tag in re.findall(r"<img [^>]*>", page.text):
        assert 'loading="lazy"' in tag and 'width="320"' in tag and 'height="240"' in tag and "alt=" in tag
    assert "办理以前" in page.text and "办好以后" in page.text
    assert "img-src 'self'" in page.headers["Content-Security-Policy"]
    for address, size in ((before, (640, 480)), (after, (480, 640))):
        answer = phone(here).get(address)
        with Image.open(io.BytesIO(answer.data)) as image:
            assert (image.format, image.size, dict(image.getexif())) == ("JPEG", size, {})
        assert len(answer.data) < 100_000 and answer.headers["Cache-Control"] == "private, max-age=300"


def test_an_answer_without_photos_has_no_place_for_them(here: Desk) -> None:
    publish(here.logged_in(), filed(here))

    assert addresses(here) == [] and 'class="photos"' not in phone(here).get("/").text


@pytest.mark.parametrize("how", ["withdraw", "reopen"])
def test_what_is_taken_back_is_there_for_nobody_who_kept_the_address(here: Desk, how: str) -> None:
    number, _, _ = shown(here)
    kept, browser = addresses(here), here.logged_in()

    if how == "withdraw":
        browser.post(f"/report/{number}/withdraw")
    else:
        browser.post(f"/report/{number}/move", {"action": "reopen"})

    assert addresses(here) == [] and codes(here, kept) == [404, 404]


def test_a_photo_that_nobody_has_covered_or_of_another_case_is_never_shown(here: Desk) -> None:
    number, _, _ = shown(here)
    kept = addresses(here)
    bare = photographed(here, number, jpeg("blue"), "bare")
    other = covered(here, here.logged_in(), filed(here, "另一件事"), jpeg("blue"), "other")
    with db.session(here.engine) as rows:
        answer = rows.get_one(Report, row(here, number).id).answer
        assert answer
        answer.before_photo, answer.after_photo = bare, other  # as no page would do

    assert addresses(here) == [] and codes(here, kept) == [404, 404]
    assert codes(here, ["/B/2026-9999/before/x.jpg", f"/B/{number}/never/x.jpg"]) == [404, 404]


def test_a_photo_that_is_covered_anew_changes_on_the_wall_and_on_the_board_at_once(here: Desk) -> None:
    number, before, _ = shown(here)
    kept = addresses(here)

    here.logged_in().post(f"/report/{number}/photo/{before}", WHOLE)

    now = addresses(here)
    assert now[0] != kept[0] and now[1] == kept[1] and codes(here, kept) == [404, 200]
    with Image.open(io.BytesIO(phone(here).get(now[0]).data)) as image:
        assert max(image.getpixel((320, 240))) < 40  # type: ignore[arg-type]
    with Image.open(here.home.content / f"answer-{number}.photo.jpg") as image:
        assert max(image.getpixel((600, 450))) < 40  # type: ignore[arg-type]


def test_a_resident_who_deletes_the_photos_takes_them_off_wall_and_board_and_the_words_stay(
    here: Desk,
) -> None:
    number, _, _ = shown(here)
    kept, until = addresses(here), card(here, number)["show"]["until"]
    here.clock.passes(days=2)

    with db.session(here.engine) as rows:
        one = rows.get_one(Report, row(here, number).id)
        own_data.erase(rows, here.home, here.app.extensions["office"].config, one, here.clock())

    assert addresses(here) == [] and codes(here, kept) == [404, 404]
    assert [one.name for one in here.home.content.iterdir()] == [f"answer-{number}.toml"]
    assert card(here, number)["template"] == "answer" and card(here, number)["show"]["until"] == until
    assert "今晚起恢复照明" in phone(here).get("/").text


def test_photos_that_are_erased_in_time_leave_nothing_in_the_content_folder(here: Desk) -> None:
    number, _, _ = shown(here)
    with db.session(here.engine) as rows:
        one = rows.get_one(Report, row(here, number).id)
        one.state, one.ended = State.CLOSED, here.clock()

    retention.erase(here.engine, here.home, here.clock() + timedelta(days=181))

    assert list(here.home.content.iterdir()) == [] and list(here.home.photos.iterdir()) == []
    assert addresses(here) == [] and "今晚起恢复照明" in phone(here).get("/").text


def test_an_answer_is_made_public_again_without_photos_that_are_erased(here: Desk) -> None:
    number, before, after = shown(here)
    browser = here.logged_in()
    browser.post(f"/report/{number}/withdraw")
    with db.session(here.engine) as rows:
        one = rows.get_one(Report, row(here, number).id)
        own_data.erase(rows, here.home, here.app.extensions["office"].config, one, here.clock())

    code, _ = publish(browser, number)
    refused, _ = publish(browser, number, before=str(before), after=str(after))

    assert (code, refused) == (302, 422) and card(here, number)["template"] == "answer"


def test_the_preview_is_the_card_with_the_photos_that_are_chosen(here: Desk) -> None:
    number, before, after = shown(here)
    browser = here.logged_in()
    words = {"said": "路灯不亮", "done": "换了灯泡"}

    def looked(**chosen: int) -> str:
        answer = browser.script("POST", f"/report/{number}/look", data={**words, **chosen}).json
        assert answer
        return str(answer["picture"])

    plain, pictured = looked(), looked(before=before, after=after)
    bare = photographed(here, number, jpeg("blue"), "bare")

    assert not reddish(browser.get(plain).data) and reddish(browser.get(pictured).data)
    assert browser.get(f"{plain}&before={bare}").status_code == 422  # nobody has covered it


def test_the_preview_has_all_pages_of_a_card_below_each_other(here: Desk) -> None:
    browser, number = here.logged_in(), filed(here)

    def size(words: str) -> tuple[int, int]:
        said = {"said": words, "done": words}
        looked = browser.script("POST", f"/report/{number}/look", data=said).json
        assert looked
        with Image.open(io.BytesIO(browser.get(looked["picture"]).data)) as image:
            return image.size

    short, long = size("好"), size("路灯的事情" * 12)
    assert short[0] == long[0] == 192 and short[1] % 104 == long[1] % 104 == 96 and long[1] > short[1]


def test_the_printed_sheet_has_the_covered_photos_and_room_for_long_words(here: Desk) -> None:
    number, before, after = shown(here)
    browser, long = here.logged_in(), "路灯的事" * 60
    publish(browser, number, said=long, done=long, before=str(before), after=str(after))

    (page,) = leaves(browser.get(f"/report/{number}/answer.pdf").data)

    assert "左：办理以前" in page.text and page.outside(8) == [] and page.clashes() == []


def test_a_small_photo_is_not_made_larger(tmp_path: Path) -> None:
    path = tmp_path / "small.jpg"
    path.write_bytes(jpeg("teal", (200, 100)))

    with Image.open(io.BytesIO(pictures.small(path))) as image:
        assert image.size == (200, 100)
