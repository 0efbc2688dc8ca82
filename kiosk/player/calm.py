"""A guard at the glass: no more than three flashes a second, whatever is played."""

import logging

from kiosk.model.flash import Flashes

log = logging.getLogger(__name__)

QUARTERS = 4


class Calm:
    """Follows each quarter of the glass by itself, for a flash need not fill it."""

    def __init__(self) -> None:
        self._seen = (Flashes(),) * QUARTERS
        self._complained = False

    def allows(self, quarters: tuple[float, ...], now: float) -> bool:
        """May the glass become so bright at `now`? What is not allowed is taken for not shown."""
        after = tuple(one.after(light, now) for one, light in zip(self._seen, quarters, strict=True))
        if any(one.too_many for one in after):
            if not self._complained:
                self._complained = True
                log.warning(
                    "画面一秒闪了三次以上，会伤人，所以放慢了。"
                    "The picture flashes more than three times a second, which harms people; it is slowed."
                )
            return False
        self._seen = after
        return True
