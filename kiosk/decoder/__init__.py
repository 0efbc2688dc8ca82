"""Decoding in child processes: the only door from files to pixels.

    with Decoder(home, look, cache_bytes, max_pixels) as decoder:
        verdict = decoder.prove(asset)
        path = decoder.frame(asset)

The child imports modules of this package too and must stay lean, so what the parent needs is
imported here only when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.decoder.animation import Animation
    from kiosk.decoder.asset import Asset
    from kiosk.decoder.service import Decoder
    from kiosk.decoder.verdicts import Verdict

__all__ = ["Animation", "Asset", "Decoder", "Verdict"]

_HOMES = {"Animation": "animation", "Asset": "asset", "Decoder": "service", "Verdict": "verdicts"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
