"""`kiosk` on a slow machine, on which no other work waits for an idle moment: started by tests."""

import sys
from typing import Any

from kiosk import cli
from kiosk.decoder import animation, service
from kiosk.decoder.lightened import Lightened

SLOW_REEL = (sys.executable, "-m", "tests.slow_reel")
BRISK = (sys.executable, "-m", "tests.brisk_child")


def lightened(*given: Any) -> Lightened:
    return Lightened(*given[:-1], BRISK)


if __name__ == "__main__":
    animation.REEL = SLOW_REEL
    service.Lightened = lightened
    sys.exit(cli.main())
