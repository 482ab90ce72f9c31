# ruff: noqa: RUF001  (names in four scripts)
import subprocess
import sys
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap._shipped import shipped
from bordermap.errors import PlaceNotFoundError
from bordermap.gazetteer import COLUMNS, Gazetteer, Link, name_keys, neighbours


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def link(name: str, *, country: str | None = None, context: tuple[str, ...] = ()) -> Link:
    (found,) = Gazetteer.load().link([name], country=country, context=context)
    return found


def best(name: str, *, country: str | None = None, context: tuple[str, ...] = ()) -> str:
    return link(name, country=country, context=context).matches[0].feature.feature_id


SPELLINGS = {
    "AM-SU": [
        *("Syunik", "SYUNIK", "Siwnik'", "Syunik’", "Syunik Province", "Syunik region"),
        *("Сюник", "Сюникская область", "Сюникской области", "Сюникской", "Сюнике", "Сюника"),
        *("Սյունիք", "Սյունիքի", "Սյունիքի մարզ", "Սյունիքի մարզում", "Սյունիքում", "Սյունիքից"),
        *("Sünik", "Sünik vilayəti", "Sünik vilayətində", "Zəngəzur", "Zəngəzurda", "Zəngəzurun"),
    ],
    "AM-GR": [
        *("Gegharkunik", "Geġark'unik'", "Geghark‘unik‘", "Gegharkuniq", "Gegharkunik Province"),
        *("Гегаркуник", "Гегаркуникская область", "Гегаркуникской области", "Гехаркуник"),
        *("Գեղարքունիք", "Գեղարքունիքի մարզ", "Գեղարքունիքի մարզի", "Geğarkunik vilayəti"),
    ],
    "AM-VD": [
        *("Vayots Dzor", "Vayots' Dzor", "Vayoć Jor", "Vayotz Dzor", "vayots-dzor province"),
        *("Вайоц Дзор", "Вайоц-Дзор", "Вайоцдзорская область", "Вайоц-Дзорской области"),
        *("Վայոց ձոր", "Վայոց ձորի մարզ", "Վայոց ձորում", "Վայոց Ձորի մարզում"),
    ],
    "AM-TV": ["Tavush", "Tavuš", "Տավուշի մարզում", "Тавушской области", "Tavuş vilayətində"],
    "AM-ER": ["Yerevan", "Erevan", "Երևան", "Երեւան", "ЕРЕВАН", "İrəvan"],
    "AZ-NX": [
        *("Nakhichevan", "Naxçıvan", "Nakhchivan", "Nakhijevan", "Նախիջևան", "Нахичевань"),
        *("Нахичеванская Автономная Республика", "Naxçıvan Muxtar Respublikası"),
    ],
    "AZ-LAC": ["Lachin district", "Laçın rayonu", "Лачинский район", "Լաչինի շրջան"],
    "AZ-KAL": ["Kəlbəcər rayonunda", "Kelbajar district", "Кельбаджарского района"],
    "UA-65": ["Kherson region", "Херсонская область", "Херсонской области"],
    "KG-B": ["Batken", "Batken region", "Баткенской области"],
    "geonames:616041": ["Sotk", "Zod", "Сотк", "Սոթք", "Սոթքի", "Sotk village", "село Сотк"],
    "geonames:174884": ["Jermuk", "Dzhermuk", "Джермук", "Джермука", "Ջերմուկի", "İstisu"],
    "geonames:616216": ["Shorzha", "Shoghakat", "Shorja", "Шоржа"],
    "place:verin-shorzha": ["Verin Shorzha", "Upper Shorja", "Վերին Շորժա", "Yuxarı Şorca"],
    "place:nerkin-hand": ["Nerkin Hand", "Ներքին Հանդ", "Неркин Анд"],
    "place:kut": ["Kut village", "Կութ", "Zarzibil"],
    "place:lake-sev": ["Lake Sev", "Sev Lake", "Sev Lich", "Սև լիճ", "Qaragöl"],
    "AM": ["Armenia", "Армения", "Армении", "Հայաստան", "Հայաստանի", "Ermənistanın"],
    "AZ": ["Azerbaijan", "Азербайджана", "Ադրբեջանի", "Azərbaycanın"],
}


@pytest.mark.parametrize(
    ("feature_id", "name"), [(id_, name) for id_, names in SPELLINGS.items() for name in names]
)
def test_a_name_leads_to_its_feature_in_every_script_and_case(feature_id: str, name: str) -> None:
    assert best(name) == feature_id


@pytest.mark.parametrize("name", ["Ararat", "Արարատ", "Арарат", "Noravan", "Vorotan", "Georgia"])
def test_what_several_features_bear_is_ambiguous(name: str) -> None:
    found = link(name)
    assert found.ambiguous
    assert len(found.matches) > 1


@pytest.mark.parametrize(
    ("name", "feature_id"),
    [
        ("Ararat Province", "AM-AR"),
        ("Араратская область", "AM-AR"),
        ("Mount Ararat", "place:mount-ararat"),
        ("Syunik", "AM-SU"),
        ("Yerevan", "AM-ER"),
        ("Vardenis", "geonames:616108"),
    ],
)
def test_a_kind_or_a_much_larger_namesake_settles_what_is_meant(name: str, feature_id: str) -> None:
    found = link(name)
    assert not found.ambiguous
    assert found.matches[0].feature.feature_id == feature_id


def test_a_town_and_its_district_have_the_district_first() -> None:
    kinds = [match.feature.kind for match in link("Lachin").matches]
    assert kinds == ["district", "town"]


def test_context_decides_and_says_so() -> None:
    near_sisian = link("Noravan", context=("AM", "AM-SU"))
    assert not near_sisian.ambiguous
    assert near_sisian.matches[0].feature.feature_id == "place:noravan"
    assert near_sisian.reason == "in a province spoken of: AM-SU"
    neighbour = link("Georgia", context=("AM", "AZ"))
    assert neighbour.matches[0].feature.feature_id == "GE"
    assert neighbour.reason == "in a neighbour of a country spoken of: GE"


def test_context_that_does_not_decide_leaves_it_ambiguous() -> None:
    assert link("Vorotan", context=("AM-SU",)).ambiguous


@pytest.mark.parametrize("code", ["AM", "ARM", "arm"])
def test_a_country_narrows_the_search(code: str) -> None:
    assert {match.feature.country for match in link("Ararat", country=code).matches} == {"AM"}
    assert best("Kut", country=code) == "place:kut"


def test_a_country_that_is_none_is_refused() -> None:
    with pytest.raises(PlaceNotFoundError, match="'XX'"):
        link("Ararat", country="XX")


def test_verin_shorzha_is_not_shorzha() -> None:
    assert best("Verin Shorzha") != best("Shorzha")


@pytest.mark.parametrize(
    "name", ["Gegharkunk", "Geharkunik", "Vayots Dzorr", "Sjunik", "Nakhchevan"]
)
def test_a_misspelt_name_is_found_by_likeness_with_a_lower_score(name: str) -> None:
    found = link(name)
    assert found.matches
    assert found.matches[0].score <= 1.0
    assert found.matches[0].feature.country in {"AM", "AZ"}


@pytest.mark.parametrize("name", ["Xyzzyq", "", " ", "qqqqqqqqqq", "150", "\x00", "()[]", "*.*"])
def test_what_is_no_name_matches_nothing(name: str) -> None:
    found = link(name)
    assert (found.matches, found.ambiguous) == ((), False)


@given(st.text(max_size=40))
def test_any_text_is_answered_with_scores_in_order(name: str) -> None:
    scores = [match.score for match in link(name).matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_match_says_what_the_contract_names() -> None:
    (syunik, *_) = link("Syunik").to_json()["matches"]
    assert syunik["feature_id"] == syunik["province"] == "AM-SU"
    assert (syunik["kind"], syunik["score"], syunik["how"]) == ("province", 1.0, "exact")
    longitude, latitude = syunik["point"]
    assert 45 < longitude < 47
    assert 38 < latitude < 40


def test_every_row_is_whole_and_its_keys_are_those_of_its_names(gazetteer: Gazetteer) -> None:
    for line in gazetteer.lines:
        *_, names, keys = line.split("\t")
        assert line.count("\t") == len(COLUMNS) - 1
        assert set(keys.split("|")) == {key for name in names.split("|") for key in name_keys(name)}


def test_every_place_of_armenia_lies_in_a_province_there_is(gazetteer: Gazetteer) -> None:
    features = [gazetteer._feature(number) for number in range(len(gazetteer.lines))]
    provinces = {feature.feature_id for feature in features if feature.kind == "province"}
    places = [
        feature for feature in features if feature.country == "AM" and feature.kind != "country"
    ]
    assert len([feature for feature in places if feature.kind == "province"]) == 11
    assert {feature.province for feature in places} <= provinces


def test_every_correction_and_alias_has_a_reason() -> None:
    tables = tomllib.loads(shipped("gazetteer", "aliases.toml").read_text("utf-8"))
    assert all(entry["reason"] for entry in [*tables["alias"], *tables["correction"]])
    assert all(entry["source"] for entry in tables["feature"])


def test_neighbours_are_known() -> None:
    assert neighbours("AM") == {"AZ", "GE", "IR", "TR"}
    assert neighbours("XX") == frozenset()


def test_a_feature_is_found_by_its_id(gazetteer: Gazetteer) -> None:
    kut = gazetteer.feature("place:kut")
    assert kut is not None
    assert kut.province == "AM-GR"
    assert gazetteer.feature("place:nowhere") is None


def test_loading_imports_nothing_heavy() -> None:
    probe = (
        "import sys; from bordermap.gazetteer import Gazetteer; Gazetteer.load();"
        "heavy = {'geopandas', 'pandas', 'folium', 'rapidfuzz', 'shapely', 'pint'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
