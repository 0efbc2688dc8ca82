"""What pages say after something was pressed, or to somebody else: they are without a fault there, too.

`make test` looks at every second one as a phone by day, in Chinese; `make campaign` at all of it, in both
languages.
"""

from collections.abc import Iterator

import pytest
from campaign import CAMPAIGN
from playwright.sync_api import Browser
from showcase import Showcase
from sights import EVERYTHING, faults_now, opened, shown
from states import STATES, as_before

LOOKED_AT = EVERYTHING if CAMPAIGN else {"zh": (("phone", "light"),)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    with shown("full", tmp_path_factory.mktemp("full")) as showcase:
        yield showcase


@pytest.mark.campaign
@pytest.mark.parametrize("language", LOOKED_AT)
def test_every_state_of_a_page_is_without_a_fault(made: Showcase, browser: Browser, language: str) -> None:
    wrong = list[str]()
    for name, reach in list(STATES.items())[:: 1 if CAMPAIGN else 2]:
        page = opened(browser, made)
        page.goto(f"{made.staff}/live?lang={language}")
        reach(page, made)
        wrong += faults_now(page, name, LOOKED_AT[language])
        page.context.close()
        as_before(made)

    assert not wrong, "\n".join(wrong)
