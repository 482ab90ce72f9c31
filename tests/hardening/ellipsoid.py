"""
Lengths and areas on WGS 84 by other formulas than the package's, written out here.

The package measures with GeographicLib's series as PROJ ships it. Here a geodesic is Vincenty's
(Survey Review 23, 1975), and an area is the plane area in the equal-area cylindrical projection,
whose ordinate has a closed form (J. P. Snyder, *Map Projections*, USGS 1395, 1987, p. 16 and 76).
"""

import math
from itertools import pairwise

A_M = 6_378_137.0
F = 1 / 298.257_223_563
B_M = A_M * (1 - F)
E = math.sqrt(F * (2 - F))

Position = tuple[float, float]
"""Longitude, latitude [degrees]."""


def inverse(here: Position, there: Position) -> tuple[float, float]:
    """Return the length of the geodesic between two positions [m] and its first azimuth [rad]."""
    u1, u2 = (math.atan((1 - F) * math.tan(math.radians(lat))) for _, lat in (here, there))
    across = math.radians(there[0] - here[0])
    lam = across
    for _ in range(200):
        sin_sigma = math.hypot(
            math.cos(u2) * math.sin(lam),
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam),
        )
        if sin_sigma == 0:
            return 0.0, 0.0
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        cos_mid = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha if cos2_alpha else 0.0
        c = F / 16 * cos2_alpha * (4 + F * (4 - 3 * cos2_alpha))
        before, lam = (
            lam,
            across
            + (1 - c)
            * F
            * sin_alpha
            * (sigma + c * sin_sigma * (cos_mid + c * cos_sigma * (2 * cos_mid**2 - 1))),
        )
        if abs(lam - before) < 1e-13:
            break
    else:
        raise ArithmeticError(f"nearly opposite: {here}, {there}")
    big_a, big_b = _series(cos2_alpha)
    length_m = B_M * big_a * (sigma - _delta(big_b, sin_sigma, cos_sigma, cos_mid))
    azimuth = math.atan2(
        math.cos(u2) * math.sin(lam),
        math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam),
    )
    return length_m, azimuth


def direct(here: Position, azimuth: float, length_m: float) -> Position:
    """Return where a geodesic leads: first azimuth [rad], length [m]."""
    u1 = math.atan((1 - F) * math.tan(math.radians(here[1])))
    sigma1 = math.atan2(math.tan(u1), math.cos(azimuth))
    sin_alpha = math.cos(u1) * math.sin(azimuth)
    cos2_alpha = 1 - sin_alpha**2
    big_a, big_b = _series(cos2_alpha)
    sigma = length_m / (B_M * big_a)
    for _ in range(200):
        cos_mid = math.cos(2 * sigma1 + sigma)
        before, sigma = (
            sigma,
            length_m / (B_M * big_a) + _delta(big_b, math.sin(sigma), math.cos(sigma), cos_mid),
        )
        if abs(sigma - before) < 1e-14:
            break
    cos_mid = math.cos(2 * sigma1 + sigma)
    rest = math.sin(u1) * math.sin(sigma) - math.cos(u1) * math.cos(sigma) * math.cos(azimuth)
    lat = math.atan2(
        math.sin(u1) * math.cos(sigma) + math.cos(u1) * math.sin(sigma) * math.cos(azimuth),
        (1 - F) * math.hypot(sin_alpha, rest),
    )
    lam = math.atan2(
        math.sin(sigma) * math.sin(azimuth),
        math.cos(u1) * math.cos(sigma) - math.sin(u1) * math.sin(sigma) * math.cos(azimuth),
    )
    c = F / 16 * cos2_alpha * (4 + F * (4 - 3 * cos2_alpha))
    across = lam - (1 - c) * F * sin_alpha * (
        sigma + c * math.sin(sigma) * (cos_mid + c * math.cos(sigma) * (2 * cos_mid**2 - 1))
    )
    return here[0] + math.degrees(across), math.degrees(lat)


def length_km(line: list[Position]) -> float:
    """Return the length of a line of geodesics [km]."""
    return math.fsum(inverse(here, there)[0] for here, there in pairwise(line)) / 1e3


def area_km2(ring: list[Position], *, pieces: int = 16) -> float:
    """
    Return the area a ring of geodesics encloses [km²]; it must not reach a pole or longitude 180.

    Each edge is cut into pieces; what straight pieces leave out falls with the square of their
    number, so that two numbers of pieces tell the limit (Richardson).
    """
    coarse, fine = (_plane_km2(_cut(ring, count)) for count in (pieces, 2 * pieces))
    return abs(fine + (fine - coarse) / 3)


def _cut(ring: list[Position], pieces: int) -> list[Position]:
    points: list[Position] = []
    for here, there in pairwise(ring):
        length_m, azimuth = inverse(here, there)
        points.append(here)
        points += [direct(here, azimuth, length_m * n / pieces) for n in range(1, pieces)]
    return [*points, ring[-1]]


def _plane_km2(ring: list[Position]) -> float:
    lon0, lat0 = ring[0]
    plane = [(math.radians(lon - lon0), _ordinate(lat) - _ordinate(lat0)) for lon, lat in ring]
    twice = math.fsum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(plane))
    return twice / 2 / 1e6


def _ordinate(lat: float) -> float:
    """Return the area between the equator and a latitude, for a radian of longitude [m²]."""
    sine = math.sin(math.radians(lat))
    return B_M**2 / 2 * (sine / (1 - (E * sine) ** 2) + math.atanh(E * sine) / E)


def _series(cos2_alpha: float) -> tuple[float, float]:
    u2 = cos2_alpha * (A_M**2 - B_M**2) / B_M**2
    return (
        1 + u2 / 16_384 * (4_096 + u2 * (-768 + u2 * (320 - 175 * u2))),
        u2 / 1_024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2))),
    )


def _delta(big_b: float, sine: float, cosine: float, cos_mid: float) -> float:
    return (
        big_b
        * sine
        * (
            cos_mid
            + big_b
            / 4
            * (
                cosine * (2 * cos_mid**2 - 1)
                - big_b / 6 * cos_mid * (4 * sine**2 - 3) * (4 * cos_mid**2 - 3)
            )
        )
    )
