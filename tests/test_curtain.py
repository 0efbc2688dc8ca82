from itertools import combinations

import pygame
import pytest
from processes import until

from kiosk import curtain
from kiosk.files import Home
from kiosk.model.curtain import Curtain, drawn, pressed
from kiosk.player.prompter import Prompter


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (set(), Curtain.OPEN),
        ({"safe"}, Curtain.SAFE),
        ({"blackout"}, Curtain.BLACK),
        ({"safe", "blackout"}, Curtain.BLACK),
    ],
)
def test_black_goes_before_safe(files: set[str], found: Curtain):
    assert drawn(files) is found


def test_the_same_key_again_opens_the_curtain_and_another_changes_it():
    assert pressed(Curtain.BLACK, Curtain.OPEN) is Curtain.BLACK
    assert pressed(Curtain.BLACK, Curtain.BLACK) is Curtain.OPEN
    assert pressed(Curtain.SAFE, Curtain.BLACK) is Curtain.SAFE


@pytest.mark.parametrize(("before", "after"), list(combinations(Curtain, 2)))
def test_what_was_put_is_what_is_seen(home: Home, before: Curtain, after: Curtain):
    curtain.put(home, before)
    curtain.put(home, after)

    assert curtain.seen(home) is after


def test_a_file_of_people_counts_and_stays(home: Home):
    (home.content / "_blackout").touch()

    curtain.put(home, Curtain.OPEN)

    assert curtain.seen(home) is Curtain.BLACK
    assert curtain.by_hand(home) == [home.content / "_blackout"]


def test_a_key_holds_at_once_and_is_written_down(home: Home):
    rung: list[bool] = []
    with Prompter(home, lambda: rung.append(True)) as prompter:
        prompter.press(pygame.K_b)

        assert (prompter.curtain, rung) == (Curtain.BLACK, [True])
        until((home.state / "blackout").exists)
        prompter.press(pygame.K_b)
        assert prompter.curtain is Curtain.OPEN
        until(lambda: not (home.state / "blackout").exists())


def test_other_keys_do_nothing(home: Home):
    with Prompter(home, lambda: None) as prompter:
        prompter.press(pygame.K_a)

        assert prompter.curtain is Curtain.OPEN


def test_a_file_is_noticed_and_so_is_its_end(home: Home):
    with Prompter(home, lambda: None) as prompter:
        (home.content / "_safe").touch()
        until(lambda: prompter.curtain is Curtain.SAFE)
        (home.content / "_safe").unlink()

        until(lambda: prompter.curtain is Curtain.OPEN)


def test_a_key_that_cannot_be_written_down_holds_all_the_same(home: Home, caplog: pytest.LogCaptureFixture):
    (home.state / "blackout").mkdir()
    (home.state / "safe").mkdir()
    (home.state / "blackout").rmdir()
    with Prompter(home, lambda: None) as prompter:
        prompter.press(pygame.K_b)

        until(lambda: "记不下来" in caplog.text)
        assert prompter.curtain is Curtain.BLACK
