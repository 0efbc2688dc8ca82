"""Homes to measure in."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kiosk.files import Home, prepare


@contextmanager
def fresh(tables: Mapping[str, Mapping[str, object]]) -> Iterator[Home]:
    """A home with these settings and without slides, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        home = Home(Path(folder))
        home.config.mkdir()
        home.content.mkdir()
        prepare(home)
        lines = [
            f"{table}.{key} = {value!r}".replace("True", "true").replace("False", "false")
            for table, keys in tables.items()
            for key, value in keys.items()
        ]
        (home.config / "kiosk.toml").write_text("\n".join(lines), "utf-8")
        yield home
