"""Keeps a picture only if it differs from the one that is there, so that nothing changes by itself."""

from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 200_000
"""Bytes of one picture at most."""

QUALITIES = (90, 84, 76, 68)
TILE = 16
SAME = 6.0
"""Of 255, the mean difference of a tile of 16 × 16 pixels that compression and smooth edges make."""


def keep(name: str, picture: Image.Image, folder: Path = FOLDER) -> str:
    """Write `name`.webp if it looks otherwise than before; what was done, for the log. Raises `ValueError`
    if it does not become small enough.
    """
    file = folder / f"{name}.webp"
    if file.exists() and not differs(picture, Image.open(file).convert("RGB")):
        return "as before"
    for quality in QUALITIES:
        picture.save(file, "WEBP", quality=quality, method=6)
        if file.stat().st_size <= LARGEST:
            return f"{file.stat().st_size // 1000} kB"
    raise ValueError(f"{file.name} is larger than {LARGEST} bytes")


def differs(one: Image.Image, other: Image.Image) -> bool:
    """Could somebody see the difference?"""
    if one.size != other.size:
        return True
    tiles = (-(-one.width // TILE), -(-one.height // TILE))
    worst = ImageChops.difference(one, other).resize(tiles, Image.Resampling.BOX).getextrema()
    return max(float(high) for _, high in worst) > SAME  # type: ignore[misc]
