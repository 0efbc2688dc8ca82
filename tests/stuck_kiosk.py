"""`kiosk` whose loader waits, without an error, for the slide named in `hold`, as long as that is there."""

import sys
import time
from pathlib import Path

from kiosk import cli
from kiosk.decoder import Asset, Decoder
from kiosk.player import loader

_frame = Decoder.frame


def frame(decoder: Decoder, asset: Asset, page: int = 1) -> Path:
    root = asset.path.parents[1]
    while (root / "hold").exists() and (root / "hold").read_text() == asset.name:
        (root / "held").touch()
        time.sleep(0.02)
    return _frame(decoder, asset, page)


if __name__ == "__main__":
    Decoder.frame = frame
    loader.HUNG_SECONDS = 0.5
    sys.exit(cli.main())
