"""The receipt slip: ten digits to be read without glasses, and the way to the state of one's case."""

from typing import Any

import pytest
from leaves import Leaf, leaves
from phone import codes
from prints import LONG, config, printer

from kiosk.errors import Words
from kiosk.prints import Tongue, slip
from kiosk.prints.slip import Taken
from kiosk.settings import Config

TAKEN: dict[str, Any] = {
    "digits": "4829317503",
    "number": "2026-0042",
    "topic": Words("公共设施与照明", "Shared facilities and lights"),
    "place": Words("3号楼门口", "Entrance 3"),
    "handler": "物业公司",
    "received": Words("2026年11月23日（星期一）", "Monday, 23 November 2026"),
    "due": Words("2026年11月30日（星期一）", "Monday, 30 November 2026"),
}


def printed(of: Config | None = None, tongue: Tongue = Tongue.BOTH, **other: Any) -> Leaf:
    sheet = slip.sheet(of or config(), Taken(**{**TAKEN, **other}), tongue)
    (page,) = leaves(printer().pdf(sheet))
    return page


def test_the_slip_says_the_receipt_in_groups_and_all_that_was_promised() -> None:
    page = printed()

    for said in ("4829317503", "2026-0042", "公共设施与照明", "3号楼门口", "物业公司", "028-81234567"):
        assert said in page.text
    assert "2026年11月30日（星期一）前" in page.text


def test_the_digits_are_the_largest_thing_on_the_slip() -> None:
    page = printed()

    tall = sorted((one for one in page.letters), key=lambda one: one.bottom - one.top)[-10:]

    assert "".join(one.text for one in sorted(tall, key=lambda one: one.left)) == "4829317503"
    assert min(one.bottom - one.top for one in tall) > 10  # millimetres


def test_its_code_leads_to_the_look_up_and_holds_no_receipt() -> None:
    page = printed()

    assert [code.text for code in codes(page.picture)] == ["HTTP://192.168.1.20:8080/R"]
    assert "192.168.1.20:8080/R" in page.text


@pytest.mark.parametrize("tongue", Tongue)
def test_the_slip_fills_half_a_sheet_and_nothing_is_printed_over(tongue: Tongue) -> None:
    page = printed(tongue=tongue)

    assert page.size == (210, 297)
    assert page.outside(8) == [] and page.clashes() == []
    assert max(one.bottom for one in page.letters) < 297 / 2 + 8  # what to cut stands below the line


def test_without_an_address_the_slip_has_no_code_and_still_the_receipt() -> None:
    page = printed(config(web={"public_host": "127.0.0.1"}))

    assert codes(page.picture) == []
    assert "4829317503" in page.text and "127.0.0.1" not in page.text


def test_an_entry_without_place_and_handler_names_the_community() -> None:
    page = printed(place=Words("", ""), handler="")

    assert "在哪里" not in page.text
    assert page.text.count("清泉社区居民委员会") == 2


def test_long_names_fit() -> None:
    long = {"topic": Words(LONG[:60], "Topic " * 20), "place": Words(LONG[:200], "x"), "handler": LONG[:100]}

    page = printed(config(LONG[:200], "8" * 60), **long)

    assert page.outside(8) == [] and page.clashes() == []


def test_what_looks_like_a_program_is_printed_and_not_run() -> None:
    assert "#panic()*x*$y$" in printed(handler="#panic() *x* $y$").text
