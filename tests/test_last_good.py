import pytest
from processes import settings

from kiosk import last_good
from kiosk.files import Home
from kiosk.settings import load

GOOD = '[community]\nname = "梧桐里"\n'


def test_what_was_kept_is_there_when_the_files_hold_a_mistake(home: Home) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    settings(home, "[community\n")

    kept = last_good.kept(home)

    assert kept is not None and kept.settings.community.name == "梧桐里"


@pytest.mark.parametrize("broken", ["[community\n", "[screen]\nwidht = 3\n", "[web]\npublic_port = 8081\n"])
def test_settings_with_a_mistake_are_not_kept(home: Home, broken: str) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    settings(home, broken)
    last_good.keep(home)

    assert last_good.texts(home) == {"kiosk.toml": GOOD}


@pytest.mark.parametrize("torn", [b"", b"{", b"[1]", b'{"kiosk.toml": "[a"}', b"\xff"])
def test_a_torn_copy_is_none(home: Home, torn: bytes) -> None:
    (home.state / "settings-good.json").write_bytes(torn)

    assert last_good.kept(home) is None


def test_a_home_that_never_ran_has_none(home: Home) -> None:
    assert last_good.kept(home) is None


def test_what_the_player_did_not_live_with_is_remembered_until_it_changes(home: Home) -> None:
    settings(home, GOOD)
    last_good.refuse(home)
    refused = last_good.refused(home)
    settings(home, GOOD.replace("梧桐里", "邻里"))

    assert (refused, last_good.refused(home)) == (True, False)


def test_what_is_kept_is_what_was_written(home: Home) -> None:
    settings(home, GOOD)
    last_good.keep(home)

    assert last_good.kept(home) == load(home)
