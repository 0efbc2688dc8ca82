"""The layouts as small drawings, each in the shape of this wall. Pure."""

from dataclasses import dataclass

from kiosk.model.layout import Layout
from kiosk.settings import Config
from kiosk.zones import Arrangement, arranged


@dataclass(frozen=True)
class Drawing:
    """A wall of `width` × `height` pixels and its zones."""

    width: int
    height: int
    layout: Layout


def drawings(config: Config) -> dict[str, Drawing]:
    """What each built-in layout comes to on this wall, by its name in the settings."""
    names = ("auto", "whole", "ticker", "side", "header", "halves")
    return {name: drawing(config, name) for name in names}


def drawing(config: Config, name: str = "") -> Drawing:
    """One of them, or the one in force."""
    screen, table = config.settings.screen, config.settings.layout
    if not name:
        return Drawing(*screen.canvas, config.layout)
    chosen = Arrangement(use=name, side=table.side)  # type: ignore[arg-type] # one of the names above
    return Drawing(*screen.canvas, arranged(chosen, screen.canvas, screen.playlist, ticker=config.ticker))
