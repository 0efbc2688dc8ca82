"""How urgent a slide is: what goes before what. Pure."""

from enum import IntEnum


class Priority(IntEnum):
    """An insert (插播) goes next and again every few turns; an emergency takes the whole screen."""

    NORMAL = 0
    INSERT = 1
    EMERGENCY = 2


EVERY = 5
"""An insert that does not say otherwise is every fifth turn."""


class Level(IntEnum):
    """How bad it is, the worst first: the severities of CAP 1.2, and the four colours of warnings.

    The colours are those of the Emergency Response Law of the PRC, Art. 63 (2024): 红, 橙, 黄, 蓝.
    """

    RED = 1
    ORANGE = 2
    YELLOW = 3
    BLUE = 4
