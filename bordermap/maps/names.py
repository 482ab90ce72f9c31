"""Names on the map in the page's languages, as far as the gazetteer tells them."""

import difflib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from bordermap.boundaries import Province
from bordermap.gazetteer import Feature, Gazetteer, name_keys
from bordermap.maps.page_data.ground import Place

TOWNS = 5
"""Most towns of a province that are named."""

LIKE = 0.6
"""How alike the form in another script must sound to be one of the same name."""

_KINDS = ("capital", "town", "village")

_SCRIPTS = {
    "hy": re.compile(r"[\u0531-\u0587 \-]+"),
    "ru": re.compile(r"[\u0410-\u044f\u0401\u0451 \-]+"),
}
"""The gazetteer's names carry no language; a script that one of ours writes with tells it."""


def towns_of(provinces: Sequence[Province]) -> Iterator[Place]:
    """
    Yield the largest towns of some provinces, the largest of each first.

    Parameters
    ----------
    provinces
        Whose towns.

    Raises
    ------
    DataError
        If the shipped gazetteer is incomplete.
    """
    codes = {province.code for province in provinces}
    settled: dict[str, list[Feature]] = {code: [] for code in sorted(codes)}
    for feature in Gazetteer.load().of_kinds(_KINDS):
        if feature.province in codes and feature.population:
            settled[feature.province].append(feature)
    for features in settled.values():
        features.sort(key=lambda one: (_KINDS.index(one.kind), -one.population, one.feature_id))
        for feature in features[:TOWNS]:
            if feature.point is not None:
                yield _place(feature, feature.point)


def country_names(code: str) -> Mapping[str, str]:
    """
    Return a country's names by language.

    Parameters
    ----------
    code
        Alpha-2 code.

    Raises
    ------
    DataError
        If the shipped gazetteer is incomplete.

    Notes
    -----
    A browser has names of countries too, but not in every language of the page.
    """
    feature = Gazetteer.load().feature(code)
    if feature is None:
        return {}
    # English and Azerbaijani forms stand first, in this order; where one serves both, it is once
    latin = itertools.takewhile(lambda name: not _in_other_script(name), feature.names)
    names = {
        language: next(filter(script.fullmatch, feature.names), "")
        for language, script in _SCRIPTS.items()
    }
    names["az"] = list(latin)[-1] if not _in_other_script(feature.name) else ""
    return {language: name for language, name in names.items() if name}


def _in_other_script(name: str) -> bool:
    return any(script.fullmatch(name) for script in _SCRIPTS.values())


def _place(feature: Feature, point: tuple[float, float]) -> Place:
    forms = {language: _form(feature, script) for language, script in _SCRIPTS.items()}
    names = {language: form for language, form in forms.items() if form}
    return Place(kind="town", code="", name=feature.name, names=names, points=(point,), rank=2)


def _form(feature: Feature, script: re.Pattern[str]) -> str:
    """
    Return the form of a town's name in a script; empty for none.

    Of several it is the one that sounds most like the name shown: the others are former names.
    """
    shown = _sound(feature.name)
    likeness = {
        name: difflib.SequenceMatcher(a=shown, b=_sound(name), autojunk=False).ratio()
        for name in feature.names
        if script.fullmatch(name)
    }
    best = max(likeness, key=lambda name: likeness[name], default="")
    return best if best and likeness[best] >= LIKE else ""


def _sound(name: str) -> str:
    return min(name_keys(name), default="")
