"""What most commands begin with: a home that is one, its settings."""

from kiosk import settings
from kiosk.files import Home, check_home, prepare
from kiosk.settings import Config


def opened(home: Home) -> Config:
    """The configuration of a home.

    Raises `WrongCall` where there is no home, `Mistakes` in its config, `LinliError` where the program
    may not write its state.
    """
    check_home(home)
    config = settings.load(home)
    prepare(home)
    return config
