"""What most commands begin with: a home that is one, its settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk import settings
from kiosk.errors import LinliError, Words
from kiosk.files import Home, check_home, prepare
from kiosk.settings import Config


def opened(home: Home) -> Config:
    """The configuration of a home.

    Raises `WrongCall` where there is no home, `Mistakes` in its config, `LinliError` where the program
    may not write its state.
    """
    check_home(home)
    config = settings.load(home)
    with writing(home.state):
        prepare(home)
    return config


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system says when it does not let us write `path`, in words."""
    try:
        yield
    except OSError as error:
        where, why = error.filename2 or error.filename or path, error.strerror or error
        words = Words(
            f"{where} 写不了（{why}）。请检查这个位置、权限和磁盘空间。",
            f"{where} cannot be written ({why}). Check the place, its permissions and the disk.",
        )
        raise LinliError(words) from error
