"""Has files proven, one after the other, in a thread of its own, so that whoever reads never waits."""

from collections.abc import Callable, Sequence

from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.worker import Worker

FEW = 3
"""So many new files are somebody's, who is looking at the screen: they go before other work."""


class Prover(Worker):
    """Give it what waits; it calls `told`, from its own thread, with the verdict and what is left.

    With `alarms` it proves emergencies, each in the lane that waits for nobody.
    """

    def __init__(
        self, name: str, decoder: Decoder, told: Callable[[Verdict, int], None], *, alarms: bool = False
    ) -> None:
        super().__init__(name)
        self._decoder = decoder
        self._told = told
        self._alarms = alarms
        self._waiting: tuple[Asset, ...] = ()
        self._tried: set[Asset] = set()
        self._urgent = False

    def want(self, waiting: Sequence[Asset], *, anew: bool) -> None:
        """These have no verdict, the first first. Unless `anew`, what was tried before is not tried again:
        of a file that does not hold still nothing is known afterwards either.
        """
        with self._news:
            if anew:
                self._tried.clear()
                self._urgent = len(waiting) <= FEW
            self._waiting = tuple(asset for asset in waiting if asset not in self._tried)
            self._news.notify()

    def _ended(self) -> None:
        """A file that is being proven may take long; the thread ends when the decoder is closed."""

    def _run(self) -> None:
        while (asset := self._next()) is not None:
            verdict = self._decoder.prove(asset, self._urgent, alarm=self._alarms)
            self._told(verdict, len(self._waiting))

    def _next(self) -> Asset | None:
        """What is to be proven next; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._stopping or self._waiting)
            if self._stopping:
                return None
            asset, *rest = self._waiting
            self._waiting = tuple(rest)
            self._tried.add(asset)
            return asset
