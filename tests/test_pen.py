import re
import tomllib
from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import Refusal
from kiosk.lines import comments
from kiosk.pen import changed

SHIPPED = (Path(__file__).parent.parent / "config" / "kiosk.toml").read_text("utf-8")
PLACES = (Path(__file__).parent.parent / "config" / "places.toml").read_text("utf-8")

NAMES = "name|width|viewers_m|hours|seasons|on|speed"
KEYS = {
    "community.name": st.text("""邻里a'"#[]=\\ """, max_size=12),
    "screen.width": st.integers(16, 8192),
    "screen.viewers_m": st.floats(0, 500),
    "light.hours": st.lists(st.sampled_from(["08:30-22:00", "06:00-08:00"]), max_size=3),
    "light.seasons": st.lists(
        st.fixed_dictionaries(
            {"from": st.just("05-01"), "until": st.just("09-30")}, optional={"percent": st.integers(1, 100)}
        ),
        max_size=3,
    ),
    "sound.on": st.booleans(),
    "ticker.speed": st.floats(1, 12),
}
WAYS = {
    "as shipped": lambda text: text,
    "with the line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "with a byte order mark": lambda text: "\ufeff" + text,
    "without comments": lambda text: re.sub("(?m)^#.*\\n", "", text),
    "without the keys": lambda text: re.sub(f"(?m)^({NAMES}) = .*\\n", "", text),
    "without the tables": lambda text: "# 空的 empty\n",
    "with comments behind the values": lambda text: re.sub("(?m)^(\\w+ = .*)$", r"\1  # 别改 keep", text),
    "with dotted keys": lambda text: 'community.name = "甲"\nsound.on = true # 响\nlight.percent = 3\n',
    "with inline tables": lambda text: 'light = { percent = 3, hours = ["01:00-02:00"] } # 光\n[sound]\n',
}


def removed(before: str, after: str) -> list[str]:
    """The lines of `before` that are gone or another."""
    return [line[2:] for line in ndiff(before.split("\n"), after.split("\n")) if line.startswith("- ")]


@given(st.data(), st.sampled_from(sorted(KEYS)), st.sampled_from(sorted(WAYS)))
def test_a_change_of_one_key_leaves_every_other_line_as_it_is(
    data: st.DataObject, name: str, way: str
) -> None:
    value = data.draw(KEYS[name])
    before = WAYS[way](SHIPPED)

    after = changed(before, {name: value})

    table, key = name.split(".")
    told = tomllib.loads(after.removeprefix("\ufeff"))
    assert told[table][key] == value
    gone = removed(before, after)
    assert len(gone) <= 1 and all(key in line or table in line for line in gone)
    assert after.count("\n") - after.count("\r\n") == (0 if "\r\n" in before else after.count("\n"))


def test_what_is_said_already_is_not_written_again() -> None:
    assert changed(SHIPPED, {"screen.width": 1920, "light.hours": []}) is SHIPPED


def test_a_key_that_is_not_there_comes_below_the_others_of_its_table() -> None:
    text = "[light]\n# 白天\npercent = 80 # 够了\n\n# 声音\n[sound]\non = true\n"

    assert changed(text, {"light.night_percent": 40}) == text.replace("够了\n", "够了\nnight_percent = 40\n")


def test_a_table_that_is_not_there_comes_at_the_end() -> None:
    assert changed("a = 1", {"light.percent": 4}) == "a = 1\n\n[light]\npercent = 4\n"
    assert changed("", {"light.percent": 4}) == "[light]\npercent = 4\n"


def test_a_comment_inside_a_list_stays_beside_its_line() -> None:
    text = '[light]\nhours = [\n  "08:30-12:00", # 上午\n  "14:00-22:00", # 和三号楼说好的\n]\n'

    after = changed(text, {"light.hours": ["09:00-12:00", "14:00-22:00"]})

    assert after == text.replace("08:30", "09:00")


@pytest.mark.parametrize(
    "text", ["[light]\nhours = [ # 和三号楼说好\n]\n", "[light]\nhours = [\n# 一直亮\n]\n"]
)
def test_a_comment_in_an_empty_list_stays_too(text: str) -> None:
    after = changed(text, {"light.hours": ["08:30-22:00"]})

    assert tomllib.loads(after)["light"]["hours"] == ["08:30-22:00"]
    assert comments(after) == comments(text)


def test_what_would_cost_a_comment_is_left_to_people() -> None:
    with pytest.raises(Refusal):
        changed("[light]\nhours = [ # 全天\n]\n", {"light.hours": "08:30-22:00"})


@pytest.mark.parametrize(
    "text",
    [
        '[[light.seasons]] # 夏\nfrom = "05-01"\nuntil = "09-30"\npercent = 80 # 亮\n\n[sound]\non = true\n',
        'light.seasons = [\n  { from = "05-01", until = "09-30", percent = 80 }, # 亮\n]\n',
    ],
)
def test_seasons_are_changed_in_the_form_in_which_they_stand(text: str) -> None:
    season = {"from": "05-01", "until": "09-30", "percent": 70}

    assert changed(text, {"light.seasons": [season]}) == text.replace("80", "70")


def test_another_place_is_a_block_at_the_end_and_a_new_name_is_one_line() -> None:
    places = tomllib.loads(PLACES)["place"]
    new = {"slug": "A17", "name": "17号楼门口", "kind": "entrance"}

    added = changed(PLACES, {"place": [*places, new]})
    named = changed(PLACES, {"place": [*places[:2], {**places[2], "name": "二号楼"}, *places[3:]]})
    off = changed(PLACES, {"place": [*places[:2], {**places[2], "off": True}, *places[3:]]})

    assert added == PLACES + '\n[[place]]\nslug = "A17"\nname = "17号楼门口"\nkind = "entrance"\n'
    assert named == PLACES.replace('"2号楼门口"', '"二号楼"')
    second = 'en = "Entrance 2"\nkind = "entrance"\n'
    assert off == PLACES.replace(second, second + "off = true\n")


def test_a_key_for_a_place_stands_with_its_own_and_not_below_the_comment_of_the_next() -> None:
    text = '[[place]]\nslug = "A01"\n\n# 二号楼\n[[place]]\nslug = "A02"\n'
    new = {"slug": "A03"}

    after = changed(text, {"place": [{"slug": "A01", "off": True}, {"slug": "A02"}, new]})

    assert after == text.replace('"A01"\n', '"A01"\noff = true\n') + '\n[[place]]\nslug = "A03"\n'


def test_a_text_that_is_no_toml_is_not_touched() -> None:
    with pytest.raises(ValueError):
        changed("[screen\n", {"screen.width": 3})


def test_a_key_that_stands_where_no_table_can_be_is_left_to_people() -> None:
    with pytest.raises(Refusal):
        changed("light = 3\n", {"light.percent": 3})
