from pathlib import Path

import pytest
from processes import settings

from kiosk import address, surroundings
from kiosk.concerns import Half
from kiosk.files import Home
from kiosk.surroundings import Surroundings


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The address of this machine is the last of the list; what the router says is not ours to arrange."""
    addresses = ["192.168.1.20"]
    monkeypatch.setattr(address, "lan_address", lambda: addresses[-1])
    monkeypatch.setattr(surroundings, "ADDRESS_SECONDS", 0.0)
    return addresses


def test_nothing_changes_by_itself(home: Home, network: list[str]):
    around = Surroundings(home)

    assert [around.changed() for _ in range(3)] == [Half.NONE] * 3


def test_another_address_is_a_change_once(home: Home, network: list[str]):
    around = Surroundings(home)
    network.append("192.168.1.77")

    assert [around.changed(), around.changed()] == [Half.BOTH, Half.NONE]


def test_a_network_that_comes_after_the_start_is_a_change(home: Home, network: list[str]):
    network.append("127.0.0.1")
    around = Surroundings(home)
    network.append("192.168.1.20")

    assert around.changed()


def test_a_loose_cable_changes_nothing(home: Home, network: list[str]):
    around = Surroundings(home)
    network.append("127.0.0.1")
    without = around.changed()
    network.append("192.168.1.20")

    assert (without, around.changed()) == (Half.NONE, Half.NONE)


def test_with_a_public_url_the_address_does_not_matter(home: Home, network: list[str]):
    settings(home, '[web]\npublic_url = "https://linli.example"')
    around = Surroundings(home)
    network.append("192.168.1.77")

    assert not around.changed()


def test_good_settings_are_a_change_and_broken_ones_are_not(home: Home, network: list[str]):
    around = Surroundings(home)
    settings(home, "[screen]\nwidht = 1")
    broken = around.changed()
    settings(home, "[screen]\nwidth = 640")

    assert (broken, around.changed(), around.changed()) == (Half.NONE, Half.PLAYER, Half.NONE)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ('[community]\nname = "梧桐里"', Half.PLAYER),
        ("[light]\npercent = 50", Half.LIVE),
        ("[light]\npercent = 50\n[screen]\nwidth = 640", Half.LIVE | Half.PLAYER),
        ("[web]\nstaff_port = 9081", Half.WEB),
        ("[web]\nidle_minutes = 30", Half.NONE),
        ("[web]\npublic_port = 9080", Half.BOTH),
        ("[intake]\nmax_megabytes = 3", Half.BOTH),
        ('[community]\nname = "邻里社区"', Half.NONE),
        ("[slides]\nkeep_days = 14\nanswer_days = 3", Half.NONE),
        ("[web]\nidle_minutes = 30", Half.NONE),
    ],
)
def test_only_who_needs_it_starts_again(home: Home, network: list[str], text: str, half: Half):
    around = Surroundings(home)
    settings(home, text)

    assert around.changed() is half


@pytest.mark.parametrize("name", ["places.toml", "topics.toml"])
def test_the_screen_goes_on_when_a_place_or_a_topic_changes(home: Home, network: list[str], name: str):
    around = Surroundings(home)
    source = Path(__file__).parents[1] / "config" / name
    (home.config / name).write_bytes(source.read_bytes())

    assert around.changed() is Half.NONE


def test_nobody_is_said_to_start_again_for_what_the_player_takes_over(
    home: Home, network: list[str], caplog: pytest.LogCaptureFixture
):
    around = Surroundings(home)
    with caplog.at_level("INFO"):
        settings(home, "[sound]\non = true")
        around.changed()
        silent = caplog.text
        settings(home, "[sound]\non = true\n[screen]\nwidth = 640")
        around.changed()

    assert silent == "" and "重新启动" in caplog.text


def test_words_for_a_moving_line_are_a_change_once_and_so_is_their_end(
    home: Home, network: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(surroundings, "LINE_SECONDS", 0.0)
    around = Surroundings(home)
    (home.content / "ticker.txt").write_text("停水")
    came = [around.changed(), around.changed()]
    (home.content / "ticker.txt").unlink()

    assert came == [Half.PLAYER, Half.NONE]
    assert [around.changed(), around.changed()] == [Half.PLAYER, Half.NONE]


def test_a_file_that_an_editor_replaces_is_no_change(home: Home, network: list[str]):
    (home.content / "ticker.txt").write_text("停水")
    around = Surroundings(home)
    (home.content / "ticker.txt").unlink()
    gone = around.changed()
    (home.content / "ticker.txt").write_text("来水")

    assert (gone, around.changed()) == (Half.NONE, Half.NONE)


def test_where_the_layout_is_named_words_for_a_line_change_nothing(home: Home, network: list[str]):
    settings(home, '[layout]\nuse = "whole"')
    around = Surroundings(home)
    (home.content / "ticker.txt").write_text("停水")

    assert not around.changed()
