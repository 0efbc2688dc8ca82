"""How high the sun stands, from time, latitude and longitude alone. Pure.

The equations are NOAA's (gml.noaa.gov/grad/solcalc, calculation details), after Jean Meeus,
Astronomical Algorithms, chapters 25 and 28. Between 72° north and south they are right to a minute.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import asin, cos, degrees, radians, sin, tan

TWILIGHT = 96.0
"""Degrees from the zenith at which civil twilight begins or ends: dawn and dusk."""

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAYS_A_CENTURY = 36525.0


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees, north and east positive."""

    latitude: float
    longitude: float


def height(at: datetime, place: Place) -> float:
    """Degrees of the sun's centre above the horizon at `at` (aware), without refraction."""
    declination, equation = _sun(at)
    utc = at.astimezone(UTC)
    minutes = utc.hour * 60 + utc.minute + utc.second / 60
    angle = radians((minutes + equation + 4 * place.longitude) / 4 - 180)
    latitude = radians(place.latitude)
    return degrees(asin(sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(angle)))


def _sun(at: datetime) -> tuple[float, float]:
    """Its declination in radians, and the equation of time in minutes."""
    t = (at - _J2000).total_seconds() / 86400 / _DAYS_A_CENTURY
    longitude = radians((280.46646 + t * (36000.76983 + t * 0.0003032)) % 360)
    anomaly = radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    centre = (
        sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1934.136 * t)
    apparent = longitude + radians(centre - 0.00569 - 0.00478 * sin(node))
    obliquity = radians(
        23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 + 0.00256 * cos(node)
    )
    y = tan(obliquity / 2) ** 2
    equation = 4 * degrees(
        y * sin(2 * longitude)
        - 2 * eccentricity * sin(anomaly)
        + 4 * eccentricity * y * sin(anomaly) * cos(2 * longitude)
        - 0.5 * y * y * sin(4 * longitude)
        - 1.25 * eccentricity**2 * sin(2 * anomaly)
    )
    return asin(sin(obliquity) * sin(apparent)), equation
