import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import holidays
from kiosk import settings as kiosk_settings
from kiosk.errors import Mistakes
from kiosk.files import Home
from kiosk.settings import Config, Settings, load

REPOSITORY = Path(__file__).parent.parent
SHIPPED = (REPOSITORY / "config" / "kiosk.toml").read_text("utf-8")
TABLES = {table.name: table.type for table in msgspec.structs.fields(Settings)}
KEYS = [(name, field.name) for name, kind in TABLES.items() for field in msgspec.structs.fields(kind)]


def mistakes(home: Home, **files: str) -> list[str]:
    for name, text in files.items():
        (home.config / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(Mistakes) as caught:
        load(home)
    return [str(mistake) for mistake in caught.value.found]


def test_a_home_without_settings_has_the_defaults(home: Home) -> None:
    assert load(home) == Config(holidays=holidays.shipped())


def test_what_is_set_holds_and_the_rest_stays(home: Home) -> None:
    (home.config / "kiosk.toml").write_text('[community]\nname = "梧桐里"\n', "utf-8")
    read = load(home).settings

    assert read.community.name == "梧桐里"
    assert read.screen == Settings().screen


def test_mistakes_of_all_files_are_told_at_once(home: Home) -> None:
    found = mistakes(
        home,
        kiosk="[screen]\nwidht = 384\n[web]\npublic_port = 0\n",
        places='[[place]]\nslug = "a 1"\nname = "一号"\n',
        topics="[[topic]\n",
    )

    assert [line.split(": ")[0] for line in found] == [
        "kiosk.toml:2",
        "kiosk.toml:4",
        "places.toml:2",
        "topics.toml:1",
    ]
    assert 'did you mean "width"?' in found[0]


def test_a_wrong_value_hides_no_mistake_between_others(home: Home) -> None:
    found = mistakes(
        home,
        kiosk='[community]\nzone = "Asia/Shangai"\n[slides]\nsecond = 5\n[web]\npublic_port = 8081\n',
    )

    assert sorted(line.split(": ")[0] for line in found) == ["kiosk.toml:2", "kiosk.toml:4", "kiosk.toml:6"]


def test_a_slug_is_explained_in_words_and_not_as_a_pattern(home: Home) -> None:
    (told,) = mistakes(home, places='[[place]]\nslug = "a 1"\nname = "一号"\n')

    assert "大写字母、数字或连字符" in told and "capital letters, digits or hyphens" in told
    assert "^[A-Z" not in told


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[community]\nzone = "Asia/Shanghia"\n', "Asia/Shanghai"),
        ('[community]\nzone = "/etc/passwd"\n', "时区"),
        ('[community]\nzone = ""\n', "时区"),
        ("[web]\npublic_port = 8081\n", "端口"),
        ("[screen]\nwidth = 8192\nheight = 8192\n", "4096×2160"),
    ],
)
def test_what_no_single_value_shows_is_told_with_its_line(home: Home, text: str, sentence: str) -> None:
    (told,) = mistakes(home, kiosk=text)

    assert told.startswith("kiosk.toml:2: ") and sentence in told


def test_a_slug_that_stands_twice_is_told_at_its_second_line(home: Home) -> None:
    place = '[[place]]\nslug = "A01"\nname = "一号"\n'
    (told,) = mistakes(home, places=place + place)

    assert told.startswith("places.toml:5: ") and "A01" in told


@pytest.mark.parametrize("slug", ['"A01\\n"', '"a01"', '""', '"-1"', '"ABCDEFGHIJKLMNOPQ"', "1"])
def test_a_slug_that_no_address_could_carry_is_refused(home: Home, slug: str) -> None:
    (told,) = mistakes(home, places=f'[[place]]\nslug = {slug}\nname = "一号"\n')

    assert told.startswith("places.toml:2: ")


@pytest.mark.parametrize(
    "folder", ["../lift", "/etc", "a/../b", "_draft", ".git", "a/", "a\\\\b", "a\\u0000"]
)
def test_a_playlist_outside_the_content_folder_is_refused(home: Home, folder: str) -> None:
    (told,) = mistakes(home, kiosk=f'screen.playlist = "{folder}"\n')

    assert told.startswith("kiosk.toml:1: ")


@pytest.mark.parametrize("folder", ["", "lift", "电梯/3号", "a.b"])
def test_a_playlist_inside_the_content_folder_is_taken(home: Home, folder: str) -> None:
    (home.config / "kiosk.toml").write_text(f'screen.playlist = "{folder}"\n', "utf-8")

    assert load(home).settings.screen.playlist == folder


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_saved_in_another_encoding_is_told_so(home: Home, encoding: str) -> None:
    (home.config / "kiosk.toml").write_text('[community]\nname = "邻里"\n', encoding)
    with pytest.raises(Mistakes) as caught:
        load(home)

    assert "UTF-8" in str(caught.value)


def test_a_folder_in_place_of_a_file_is_told_so(home: Home) -> None:
    (home.config / "kiosk.toml").mkdir()
    with pytest.raises(Mistakes) as caught:
        load(home)

    assert caught.value.found[0].file == "kiosk.toml"


def test_a_place_is_found_in_either_case(home: Home) -> None:
    (home.config / "places.toml").write_text('[[place]]\nslug = "A01"\nname = "一号"\n', "utf-8")
    place = load(home).places.named("a01")

    assert place is not None and place.name == "一号"


def test_the_repository_is_a_home_with_the_defaults_written_out() -> None:
    config = load(Home(REPOSITORY))

    assert config.settings == Settings()
    assert [place.slug for place in config.places.place] == ["SCREEN", *(f"A{n:02}" for n in range(1, 17))]
    assert len(config.topics.topic) == 15
    assert config.topics.topic[-1].slug == "other"


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_every_setting_stands_in_kiosk_toml_below_its_explanation(table: str, key: str) -> None:
    part = SHIPPED.split(f"\n[{table}]\n")[1].split("\n[")[0]
    blocks = [block for block in part.split("\n\n") if re.search(rf"^{key} = ", block, re.M)]

    assert len(blocks) == 1
    assert re.search(r"^# .*[一-鿿]", blocks[0], re.M)
    assert re.search(r"^# [ -~]+$", blocks[0], re.M)


values = st.one_of(
    st.booleans().map(lambda value: str(value).lower()),
    st.integers().map(str),
    st.floats().map(str),
    st.text("a/邻 .-A1", max_size=8).map('"{}"'.format),
    st.sampled_from(
        ["[]", "{}", "[{}]", "{a = 1}", "2026-01-01", "07:00:00", '"UTC"', '"a\\u0000b"', '"../x"']
    ),
)


@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_is_read_or_is_a_mistake_with_its_line(
    home: Home, written: dict[tuple[str, str], str]
) -> None:
    lines = [f"{table}.{key} = {value}" for (table, key), value in written.items()]
    (home.config / "kiosk.toml").write_text("\n".join(lines), "utf-8")
    try:
        assert isinstance(load(home), Config)
    except Mistakes as mistakes:
        assert {mistake.line for mistake in mistakes.found} <= set(range(1, len(lines) + 1))


def test_every_default_lies_within_its_bounds() -> None:
    assert msgspec.convert(msgspec.to_builtins(Settings()), kiosk_settings.Settings) == Settings()


def zones(*rows: str) -> str:
    return "[screen]\nwidth = 384\nheight = 192\n" + "".join(f"[[layout.zones]]\n{row}\n" for row in rows)


def test_a_wall_is_one_zone_unless_something_else_is_said(home: Home) -> None:
    assert load(home).layout.alone


def test_a_moving_line_is_there_once_there_are_words_for_one(home: Home) -> None:
    (home.content / "ticker.txt").write_text("停水通知", "utf-8")
    (home.config / "kiosk.toml").write_text("[screen]\nwidth = 384\nheight = 192\n", "utf-8")

    assert [zone.name for zone in load(home).layout.zones] == ["main", "ticker"]


def test_zones_of_ones_own_take_the_place_of_a_built_in_layout(home: Home) -> None:
    main = 'name = "left"\nx = 0\ny = 0\nwidth = 0.75\nheight = 1.0'
    clock = 'name = "clock"\nx = 0.75\ny = 0\nwidth = 96\nheight = 192\nwidget = "clock"'
    (home.config / "kiosk.toml").write_text(zones(main, clock), "utf-8")

    layout = load(home).layout

    assert [zone.box for zone in layout.zones] == [(0, 0, 288, 192), (288, 0, 96, 192)]
    assert (layout.main.name, [zone.widget for zone in layout.widgets]) == ("left", ["clock"])


def test_zones_that_overlap_or_leave_the_wall_are_told_with_their_line(home: Home) -> None:
    whole = 'name = "left"\nx = 0\ny = 0\nwidth = 1.0\nheight = 1.0'
    over = 'name = "right"\nx = 300\ny = 0\nwidth = 100\nheight = 192'
    told = mistakes(home, kiosk=zones(whole, over))

    assert [line.split(": ")[0] for line in told] == ["kiosk.toml:10", "kiosk.toml:10"]
    assert "400" in told[0] and "overlaps" in told[1]


def test_a_widget_that_there_is_none_of_is_told_with_what_is_near(home: Home) -> None:
    row = 'name = "left"\nx = 0\ny = 0\nwidth = 1.0\nheight = 1.0\nwidget = "clok"'
    (told,) = mistakes(home, kiosk=zones(row))

    assert told.startswith("kiosk.toml:10: ") and 'did you mean "clock"' in told.casefold()
