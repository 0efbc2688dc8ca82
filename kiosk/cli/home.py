"""What most commands begin with: a home that is one, its settings."""

from kiosk import last_good, settings
from kiosk.files import Home, check_home, prepare
from kiosk.settings import Config


def opened(home: Home, *, kept: bool = False) -> Config:
    """The configuration of a home; if `kept` the last good one, if there is one.

    Raises `WrongCall` where there is no home, `Mistakes` in its config, `LinliError` where the program
    may not write its state.
    """
    check_home(home)
    config = (last_good.kept(home) if kept else None) or settings.load(home)
    prepare(home)
    return config
