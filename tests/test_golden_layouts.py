"""Golden images of whole walls: every built-in layout on every usual wall, as `kiosk snapshot` gives it.

`GOLDEN=write pytest tests/test_golden_layouts.py` draws them anew after a change that was meant.
"""

import os
import shutil
from datetime import datetime

import pytest
from lent import SharingDecoder
from PIL import Image
from samples import CONTENT
from test_golden import GOLDEN, WORST_TILE, keep, worst_tile

from kiosk.cli.wall import picture
from kiosk.files import Home, prepare
from kiosk.look import look
from kiosk.model.layouts import LAYOUTS
from kiosk.settings import Config, Screen, Settings, Web
from kiosk.zones import Arrangement

SIZES = [(1920, 1080), (1080, 1920), (384, 192), (336, 504), (128, 64), (1024, 32)]
WALLS = GOLDEN / "layouts"
LINES = "本周六上午 9:00 在中心花园举办义诊，欢迎参加\n请牵好狗绳，捡起狗便\n"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two playlists of one slide each, and words for the line."""
    home = Home(tmp_path_factory.mktemp("walls"))
    home.config.mkdir()
    (home.content / "side").mkdir(parents=True)
    prepare(home)
    shutil.copy(CONTENT / "02-waste-sorting.toml", home.content)
    shutil.copy(CONTENT / "14-water.toml", home.content / "side")
    (home.content / "ticker.txt").write_text(LINES, "utf-8")
    return home


def config_of(name: str, size: tuple[int, int]) -> Config:
    settings = Settings(
        screen=Screen(width=size[0], height=size[1]),
        web=Web(public_url="http://192.168.1.20:8080"),
        layout=Arrangement(use=name),  # type: ignore[arg-type]
    )
    return Config(settings)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_wall_looks_as_it_did(furnished: Home, name: str, size: tuple[int, int]) -> None:
    config = config_of(name, size)
    at = datetime(2026, 12, 22, 8, 5, tzinfo=config.settings.zone)
    with SharingDecoder.of(furnished, config, look(config)) as decoder:
        wall = picture(furnished, config, decoder, at, lambda zone, found: None)

    file = WALLS / f"{size[0]}x{size[1]}" / f"{name}.png"
    if os.environ.get("GOLDEN") == "write":
        keep(wall, file)
    assert worst_tile(wall, Image.open(file).convert("RGB")) < WORST_TILE, file


def test_no_golden_wall_is_left_over() -> None:
    kept = {(file.parent.name, file.stem) for file in WALLS.glob("*/*.png")}

    assert kept == {(f"{size[0]}x{size[1]}", name) for size in SIZES for name in LAYOUTS}
