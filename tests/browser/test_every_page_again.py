"""Every page in English, and where there is nothing yet: what `test_every_page.py` asks, of other homes.

Some pages of the empty homes are looked at in Chinese, some of the full one in English. All of them in both
languages: `make campaign`.
"""

import pytest
from campaign import CAMPAIGN
from playwright.sync_api import Browser
from sights import EVERYTHING, HOMES, SIGHTS, addresses, faults, opened, shown

CUT = [("full", "en", SIGHTS["en"], 5), ("empty", "zh", SIGHTS["en"], 4), ("new", "zh", SIGHTS["en"], 4)]
WHOLE = [(home, language, sights, 1) for home in HOMES for language, sights in EVERYTHING.items()]


@pytest.mark.campaign
@pytest.mark.parametrize(("home", "language", "sights", "each"), WHOLE if CAMPAIGN else CUT)
def test_every_page_is_without_a_fault(
    home: str,
    language: str,
    sights: tuple[tuple[str, str], ...],
    each: int,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with shown(home, tmp_path_factory.mktemp(home)) as made:
        wrong = faults(opened(browser, made), addresses(made, language)[::each], sights)

    assert not wrong, "\n".join(wrong)
