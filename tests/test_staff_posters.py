"""The page of what staff print: who may, what is ticked, what one takes away."""

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from leaves import leaves
from office import Desk, desk
from PIL import Image
from processes import settings
from test_posters import switch_off

from admin.printing import printed
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.prints import Sheet

HERE = Path(__file__).parent.parent
WALL = '[web]\npublic_url = "{}"\n[community]\nname = "清泉社区"\n[intake]\nreserve_megabytes = 0\n'


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    for name in ("places.toml", "topics.toml"):
        (home.config / name).write_bytes((HERE / "config" / name).read_bytes())
    with desk(home, WALL.format("http://192.168.1.20:8080")) as made:
        yield made


def test_at_first_every_place_is_ticked_and_one_can_download(here: Desk) -> None:
    page = here.logged_in().get("/posters").text

    assert page.count('name="place"') == page.count('name="place" value=') == 17
    assert page.count(" checked") == 17 + 3  # paper, and the language of either
    assert "下载海报" in page


def test_the_file_has_the_chosen_places_on_the_chosen_paper(here: Desk) -> None:
    asked = "/posters/posters.pdf?sent=1&place=A02&place=A03&paper=a3&language=zh"

    answer = here.logged_in().get(asked)

    pages = leaves(answer.data, 20)
    assert [("2号楼门口" in pages[0].text), ("3号楼门口" in pages[1].text)] == [True, True]
    assert {page.size for page in pages} == {(297, 420)}
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "扫码海报-A3-20261123.pdf" in unquote(answer.headers["Content-Disposition"])


def test_the_paper_form_is_a_file_in_the_chosen_language(here: Desk) -> None:
    answer = here.logged_in().get("/posters/form.pdf?language=en-zh&lang=en")

    assert "Tellus" in leaves(answer.data, 20)[0].text
    assert "paper-form-20261123.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["poster.webp?sent=1&place=A03&paper=a3", "poster.webp", "form.webp"])
def test_the_picture_is_small_and_as_the_paper_is(here: Desk, path: str) -> None:
    answer = here.logged_in().get(f"/posters/{path}")

    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.width == pytest.approx(579, abs=2)
        assert picture.height / picture.width == pytest.approx(2**0.5, abs=0.01)
    assert len(answer.data) < 80_000


def test_with_no_place_ticked_the_page_asks_for_one_and_there_is_no_file(here: Desk) -> None:
    browser = here.logged_in()

    assert "请至少选一个地点" in browser.get("/posters?sent=1").text
    assert browser.get("/posters/posters.pdf?sent=1").status_code == 404


def test_what_nobody_could_choose_is_taken_for_the_usual(here: Desk) -> None:
    answer = here.logged_in().get("/posters?paper=b5&language=fr&place=NOWHERE")

    assert answer.status_code == 200
    assert answer.text.count(" checked") == 17 + 3


def test_a_place_that_is_off_is_not_offered(here: Desk) -> None:
    switch_off(here.home, "A05")

    assert 'value="A05"' not in here.logged_in().get("/posters").text


def test_without_places_the_page_leads_to_where_they_are_added(here: Desk) -> None:
    (here.home.config / "places.toml").unlink()

    page = here.logged_in().get("/posters").text

    assert "/settings/list/places" in page and "下载海报" not in page
    assert "下载意见表" in page


def test_while_phones_could_open_nothing_the_page_says_what_to_do_and_offers_no_poster(here: Desk) -> None:
    settings(here.home, WALL.format("http://127.0.0.1:8080"))

    page = here.logged_in().get("/posters").text

    assert "public_url" in page and "不要贴" in page
    assert "下载海报" not in page and "下载意见表" in page


def test_with_an_address_of_this_machine_the_page_says_that_it_may_change(here: Desk) -> None:
    settings(here.home, WALL.replace('public_url = "{}"', 'public_host = "192.0.2.7"'))

    page = here.logged_in().get("/posters").text

    assert "192.0.2.7" in page and "作废" in page


@pytest.mark.parametrize(("role", "sees"), [("editor", True), ("supervisor", True), ("handler", False)])
def test_the_menu_leads_there_for_those_who_may(here: Desk, role: str, sees: bool) -> None:
    here.add_account("小张", role=role)

    assert ('href="/posters"' in here.logged_in("小张").get("/").text) is sees


def test_the_places_and_the_inbox_lead_there(here: Desk) -> None:
    browser = here.logged_in()

    assert 'class="button" href="/posters"' in browser.get("/settings/list/places").text
    assert browser.get("/inbox").text.count('href="/posters"') == 2


def test_a_sheet_that_cannot_be_set_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="模板"):
        printed(Sheet("poster", "海报", {}))
