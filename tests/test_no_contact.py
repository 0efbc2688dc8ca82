"""How to reach a resident stands on one page, after one press, for two roles: on no other page or file."""

import re
from collections.abc import Iterator

import pytest
from filed import REACH, filed, furnish, jpeg, photographed
from leaves import leaves
from office import Browser, Desk, desk
from test_publication import covered, publish

from admin import roles
from admin.roles import Role
from kiosk.files import Home

OTHERS = [Role.HANDLER, Role.EDITOR, Role.SUPERVISOR]
CASELESS = ("posters.", "statics.", "live.picture", "urgent.picture", "writing.", "slides.thumbnail")
"""What is set, drawn or read without a look at any case, and takes long."""
SEARCHES = (
    "/inbox?q=路灯",
    "/inbox?place=A03",
    "/inbox?origin=web",
    "/inbox?due=amber",
    "/inbox?whose=nobody",
)


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home) as made:
        for role in Role:
            made.add_account(role.value, role=role.value)
        yield made


def a_busy_case(here: Desk) -> tuple[str, int]:
    """Looked at by the administrator, answered, public, with a photo and a twin."""
    number = filed(here, contact=REACH)
    filed(here, "3号楼门口的路灯不亮，楼梯也黑", contact=REACH)
    admin = here.logged_in()
    assert REACH.phone in admin.post(f"/report/{number}/contact").text
    admin.post(f"/report/{number}/note", {"words": "打过电话，没有人接"})
    photo = covered(here, admin, number, jpeg(), "k")
    photographed(here, number, jpeg("red"), "second")
    publish(admin, number, after=str(photo))
    return number, photo


def addresses(here: Desk, role: Role, number: str, photo: int) -> list[str]:
    """Every address that answers GET and is open to that role, with this case in it."""
    known = {"number": number, "id_": str(photo), "file": f"answer-{number}.toml", "width": "480"}
    found = []
    for rule in here.app.url_map.iter_rules():
        if rule.endpoint.startswith(CASELESS):
            continue
        open_to = roles.TABLE.get(rule.endpoint, frozenset())
        if "GET" in (rule.methods or ()) and (role in open_to or rule.endpoint in roles.OPEN):
            found.append(re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda one: known.get(one[1], "x"), rule.rule))
    return found


def told(browser: Browser, address: str) -> str:
    """All that comes back, the words of a printed file too."""
    answer = browser.get(address)
    text = f"{answer.headers} {answer.get_data().decode('utf-8', 'replace')}"
    if answer.data.startswith(b"%PDF"):
        text += "".join(leaf.text for leaf in leaves(answer.data))
    return text


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_see_a_contact_finds_it_on_no_page_in_no_search_and_in_no_file(
    here: Desk, role: Role
) -> None:
    number, photo = a_busy_case(here)
    browser = here.logged_in(role.value)
    found = addresses(here, role, number, photo)

    searches = SEARCHES if "/inbox" in found else ()
    pages = {one: told(browser, one) for one in (*found, *searches)}

    assert len(pages) > 12 and any(number in text for text in pages.values())
    assert [one for one, text in pages.items() if REACH.phone in text or REACH.name in text] == []


@pytest.mark.parametrize("role", Role)
def test_no_search_finds_a_case_by_its_contact(here: Desk, role: Role) -> None:
    number, _ = a_busy_case(here)
    browser = here.logged_in(role.value)

    for asked in ("王阿姨", "13800001234"):
        text = browser.get(f"/inbox?q={asked}").text
        assert number not in text and (role not in roles.TABLE["inbox.overview"] or "没有找到" in text)


def test_even_an_administrator_sees_it_only_after_the_press_and_on_that_page_alone(here: Desk) -> None:
    number, photo = a_busy_case(here)
    browser = here.logged_in()

    pages = {one: told(browser, one) for one in addresses(here, Role.ADMINISTRATOR, number, photo)}

    assert len(pages) > 30
    assert [one for one, text in pages.items() if REACH.phone in text or REACH.name in text] == []


def test_a_look_at_a_contact_stands_in_the_trail_without_the_contact(here: Desk) -> None:
    number, _ = a_busy_case(here)

    for address in ("/trail", "/trail.csv"):
        text = told(here.logged_in(Role.SUPERVISOR.value), address)
        assert number in text and REACH.phone not in text and REACH.name not in text
