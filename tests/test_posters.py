"""Posters: every code leads to its own door, every word is there, and nothing runs off the paper."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from leaves import Leaf, leaves
from phone import codes
from prints import HERE, LONG, config, entrances, printer, with_topics
from processes import settings as write

from kiosk import qr
from kiosk.cli import main
from kiosk.files import Home
from kiosk.prints import Paper, Tongue, poster
from kiosk.settings import Config, Place, Topic

SIZES = {Paper.A4: (210, 297), Paper.A3: (297, 420)}


def printed(
    places: Sequence[Place],
    paper: Paper = Paper.A4,
    tongue: Tongue = Tongue.BOTH,
    of: Config | None = None,
    pixels_per_inch: float = 72,
) -> list[Leaf]:
    made = printer().pdf(poster.sheet(of or config(), places, paper, tongue))
    return leaves(made, pixels_per_inch)


@pytest.fixture(scope="module", params=list(Paper))
def doors(request: pytest.FixtureRequest) -> tuple[Paper, list[Leaf]]:
    """The posters of all sixteen entrances, in one file."""
    return request.param, printed(entrances(), request.param)


def test_every_entrance_has_one_page_of_the_right_size_in_its_order(doors: tuple[Paper, list[Leaf]]) -> None:
    paper, pages = doors

    assert [page.size for page in pages] == [SIZES[paper]] * 16
    for place, page in zip(entrances(), pages, strict=True):
        assert place.name in page.text
        assert place.en.replace(" ", "") in page.text


def test_every_code_of_every_page_leads_to_its_own_door(doors: tuple[Paper, list[Leaf]]) -> None:
    _, pages = doors

    read = [[code.text for code in codes(page.picture)] for page in pages]

    assert read == [[f"HTTP://192.168.1.20:8080/F/{place.slug}"] for place in entrances()]


@pytest.mark.parametrize(("paper", "metres"), [(Paper.A4, 0.9), (Paper.A3, 1.3)])
def test_a_code_is_a_tenth_as_wide_as_one_stands_away_and_its_modules_are_thick(
    paper: Paper, metres: float
) -> None:
    (page,) = printed(entrances()[:1], paper)
    (code,) = codes(page.picture)
    corners = code.position

    side = (corners.top_right.x - corners.top_left.x) / 72 * 0.0254  # metres

    assert side * 10 >= metres
    assert side * 1000 / len(qr.sturdy(code.text)) >= 3  # millimetres a module


@pytest.mark.parametrize("tongue", Tongue)
def test_the_page_says_all_that_somebody_has_to_know(tongue: Tongue) -> None:
    of = with_topics(config(), Topic("noise", "噪声", "Noise", days=5))

    (page,) = printed(entrances()[2:3], tongue=tongue, of=of)

    said = ["清泉社区居民委员会", "028-81234567", "192.168.1.20:8080/F/A03", "A03", "110", "119", "120", "5"]
    said += ["有事扫一扫"] * (tongue is not Tongue.ENGLISH) + ["3号楼门口"]
    said += ["Scan", "workingdays", "Entrance3"] * (tongue is not Tongue.CHINESE)
    assert [one for one in said if one not in page.text] == []


def test_in_chinese_alone_there_is_no_english_word() -> None:
    (page,) = printed(entrances()[:1], tongue=Tongue.CHINESE)

    assert "Entrance" not in page.text and "Scan" not in page.text


@pytest.mark.parametrize(("longest", "said"), [(3, "3"), (15, "15")])
def test_the_promise_is_the_longest_time_that_any_topic_takes(longest: int, said: str) -> None:
    topics = tuple(Topic(f"t{days}", "题", "Topic", days=days) for days in (1, longest))

    told = poster.promise(topics, Tongue.BOTH)
    assert (told["number"], told["small"]) == (said, f"Answered within {said} working days")
    assert poster.slowest(()) == 7


@pytest.mark.parametrize("tongue", Tongue)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("length", [1, 5, 12, 25, 60, 200])
def test_no_letter_is_cut_off_or_printed_over_however_long_a_name_is(
    paper: Paper, tongue: Tongue, length: int
) -> None:
    place = Place("ABCDEFGHIJKLMN16", LONG[:length], en=("Entrance of the old hall " * 9)[: length - 1] + "x")
    of = config(LONG[:length], ("028-8123 4567 转 8 " * 20)[: length - 1] + "0")

    (page,) = printed([place], paper, tongue, of)

    assert place.name in page.text or tongue is Tongue.ENGLISH
    assert page.outside(8) == []
    assert page.clashes() == []


def test_a_long_address_is_printed_whole_and_read_back() -> None:
    url = "https://a-rather-long-name-of-a-district.community-services.example.org/neighbours/linli"

    (page,) = printed(entrances()[:1], of=config(web={"public_url": url}), pixels_per_inch=100)

    assert f"{url}/F/A01" in page.text
    assert [code.text for code in codes(page.picture)] == [
        f"HTTPS://{url.removeprefix('https://').partition('/')[0].upper()}/neighbours/linli/F/A01"
    ]
    assert page.clashes() == [] and page.outside(8) == []


@pytest.mark.parametrize(
    "name",
    [
        "#sys.inputs",
        '#import "@preview/x:1.0.0": *',
        "*粗* _斜_ $x^2$ `码`",
        "] } ) #panic() [ { (",
        "</text><script>3号楼</script>",
        '"} , 3号楼 \\u{41} \\n {{',
        "https://example.org // 三号 /* 楼 */",
        "= 3号楼 <a> @b",
    ],
)
def test_what_looks_like_a_program_in_a_name_is_printed_and_not_run(name: str) -> None:
    (page,) = printed([Place("A01", name)], of=config(name, name))

    assert page.text.count("".join(name.split())) == 4  # place, community, telephone in large and in small


def test_a_place_without_an_english_name_is_called_by_its_only_one() -> None:
    (page,) = printed([Place("A01", "老食堂门口")], tongue=Tongue.ENGLISH)

    assert page.text.count("老食堂门口") == 1


@pytest.mark.parametrize("tongue", Tongue)
@pytest.mark.parametrize("web", [{"public_host": "127.0.0.1"}, {"public_url": "linli.example.org"}])
def test_while_phones_could_open_nothing_the_page_says_what_to_do_and_has_no_code(
    tongue: Tongue, web: dict[str, Any]
) -> None:
    (page,) = printed(entrances()[:1], tongue=tongue, of=config(web=web))

    assert codes(page.picture) == []
    assert "public_url" in page.text
    assert "F/A01" not in page.text
    assert page.clashes() == [] and page.outside(8) == []


def test_without_a_telephone_people_are_told_to_come() -> None:
    (page,) = printed(entrances()[:1], of=config(phone=""))

    assert "到居委会说一声" in page.text
    assert "打电话" not in page.text


def test_sixty_places_are_sixty_pages() -> None:
    places = [Place(f"B{number}", f"{number}号楼西单元") for number in range(60)]

    pages = printed(places, pixels_per_inch=10)

    assert len(pages) == 60
    assert all(place.name in page.text for place, page in zip(places, pages, strict=True))


@pytest.fixture
def house(home: Home) -> Home:
    write(home, '[web]\npublic_url = "http://192.168.1.20:8080"\n')
    for name in ("places.toml", "topics.toml"):
        (home.config / name).write_bytes((HERE / "config" / name).read_bytes())
    return home


def switch_off(home: Home, slug: str) -> None:
    places = home.config / "places.toml"
    text = places.read_text("utf-8").replace(f'slug = "{slug}"\n', f'slug = "{slug}"\noff = true\n')
    places.write_text(text, "utf-8")


def run(home: Home, *words: object) -> int:
    return main(["--home", str(home.root), "posters", *map(str, words)])


def test_the_command_writes_a_page_for_every_place_that_is_not_off(house: Home, tmp_path: Path) -> None:
    switch_off(house, "A05")

    status = run(house, "-o", tmp_path / "all.pdf", "--paper", "A3")

    pages = leaves((tmp_path / "all.pdf").read_bytes(), 10)
    assert status == 0
    assert [page.size for page in pages] == [SIZES[Paper.A3]] * 16  # the screen and fifteen entrances
    assert not any("5号楼门口" in page.text and "15号楼" not in page.text for page in pages)


def test_the_command_writes_the_places_that_are_named_in_that_order(house: Home, tmp_path: Path) -> None:
    status = run(house, "-o", tmp_path / "two.pdf", "--place", "a07", "A02", "--place", "A07")

    pages = leaves((tmp_path / "two.pdf").read_bytes(), 10)
    assert status == 0
    assert ["7号楼门口" in pages[0].text, "2号楼门口" in pages[1].text, len(pages)] == [True, True, 2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "x.png"), ".pdf"),
        (("-o", "x.pdf", "--place", "A033"), "A03"),
    ],
)
def test_a_wrong_call_is_told_in_words(
    house: Home, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(house, *words) == 2
    assert said in capsys.readouterr().err
    assert not Path("x.pdf").exists()


def test_without_places_the_command_says_where_they_are_written(
    house: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    (house.config / "places.toml").unlink()

    assert run(house, "-o", "x.pdf") == 2
    assert "places.toml" in capsys.readouterr().err


def test_without_an_address_the_command_writes_and_warns_and_finds_a_problem(
    house: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(house, '[web]\npublic_host = "127.0.0.1"\n')

    status = run(house, "-o", tmp_path / "none.pdf", "--place", "A01")

    assert status == 1
    assert "public_url" in capsys.readouterr().err
    assert "先不要贴" in leaves((tmp_path / "none.pdf").read_bytes(), 10)[0].text


def test_with_an_address_of_this_machine_the_command_says_that_it_may_change(
    house: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(house, '[web]\npublic_host = "192.0.2.7"\n')

    assert run(house, "-o", tmp_path / "lan.pdf", "--place", "A01") == 0
    assert "192.0.2.7" in capsys.readouterr().err
