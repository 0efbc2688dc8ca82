"""Which slide stops the player: one up at two of its deaths that got through no turn between. Pure."""

from dataclasses import dataclass

MOST = 64
"""Slides under suspicion; nobody dies with more in a row."""


@dataclass(frozen=True, slots=True)
class Up:
    """A slide that is up, and its asset as the player saw it: `file` under `content/`, bytes, time."""

    slide: str
    file: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Glass:
    """The slide on the glass, then the one that is coming, if any; `turns` have ended so far in this life."""

    turns: int = 0
    up: tuple[Up, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What was up when the player died; `glass` is what it showed at the last look.

    A slide that has been on to the end of its turn since is cleared. So a player that dies for other
    reasons, months apart, never takes a slide along.
    """

    accused: tuple[Up, ...] = ()
    glass: Glass = Glass()

    def seen(self, glass: Glass) -> "Suspicion":
        """The player lives and shows this."""
        cleared = self.glass.up[:1] if glass.turns > self.glass.turns else ()
        return Suspicion(tuple(one for one in self.accused if one not in cleared), glass)

    def died(self, glass: Glass) -> tuple["Suspicion", Up | None]:
        """The player died over this. Gives the slide that is to be set aside, too.

        Of two the coming one is it: the other was well until then. If it was the other, the next death
        will show it.
        """
        before = self.seen(glass).accused
        guilty = next((one for one in reversed(glass.up) if one in before), None)
        accused = dict.fromkeys(one for one in (*before, *glass.up) if one != guilty)
        return Suspicion(tuple(accused)[-MOST:]), guilty
