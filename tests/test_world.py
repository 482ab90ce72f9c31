"""Any border on Earth, offline: real provinces of the world layer, pinned to what they came to."""

import pytest

from bordermap.asking import borders_of
from bordermap.boundaries import Borders
from bordermap.datasets import load_dataset
from bordermap.errors import BordermapError, NoSharedBorderError
from bordermap.footprints.strip import depth_for_area, strip

WORLD = "natural-earth-10m"
RUSSIA_OF_KAZAKHSTAN = ("AKT", "ATY", "KUS", "PAV", "SEV", "VOS", "ZAP")


def border(*provinces: str, neighbour: str, worldview: str = "iso") -> Borders:
    return borders_of(provinces, neighbour=neighbour, boundaries=WORLD, worldview=worldview)


@pytest.mark.parametrize(
    ("province", "neighbour", "length_km", "sections"),
    [
        ("KG-B", "TJ", 580.7, {"mainland", "exclaves"}),  # Vorukh lies in it
        ("TJ-SU", "UZ", 892.5, {"mainland", "exclaves"}),
        ("ID-KI", "MY", 770.9, {"mainland", "detached"}),  # a country of many islands
        ("US-AK", "CA", 2162.4, {"mainland"}),  # reaches over the antimeridian
        ("US-MT", "CA", 878.2, {"mainland"}),
        ("CA-BC", "US", 1596.3, {"mainland", "detached"}),
        ("RU-PRI", "CN", 792.2, {"mainland"}),
        ("LS-A", "ZA", 39.4, {"mainland"}),  # a country within another has a mainland
        ("ZA-FS", "LS", 367.4, {"mainland"}),
        ("SM-01", "IT", 5.2, {"mainland"}),
        ("IT-RM", "VA", 0.4, {"mainland"}),
        ("ES-GI", "FR", 165.3, {"mainland", "exclaves"}),  # Llívia
    ],
)
def test_a_border_has_its_length_and_sections(
    province: str, neighbour: str, length_km: float, sections: set[str]
) -> None:
    found = border(province, neighbour=neighbour)
    assert found.length_km == pytest.approx(length_km, abs=0.06)
    assert set(found.sections) == sections
    assert sum(found.length_km_by_section().values()) == pytest.approx(found.length_km)


@pytest.mark.parametrize(
    ("province", "neighbour"), [("KG-B", "TJ"), ("US-AK", "CA"), ("LS-A", "ZA"), ("ID-KI", "MY")]
)
def test_depth_undoes_the_strip_anywhere(province: str, neighbour: str) -> None:
    found = border(province, neighbour=neighbour)
    area_km2 = strip(found, 1_000.0).area_km2
    assert depth_for_area(found, area_km2) == pytest.approx(1_000.0, abs=0.01)


def test_a_border_of_thousands_of_kilometres_is_measured_from_both_sides() -> None:
    kazakh = border(*(f"KZ-{code}" for code in RUSSIA_OF_KAZAKHSTAN), neighbour="RU")
    assert kazakh.length_km == pytest.approx(6_657.6, abs=0.1)
    assert len(kazakh.cells) < 120
    area_km2 = strip(kazakh, 1_000.0).area_km2
    assert area_km2 == pytest.approx(kazakh.length_km, rel=0.01)


@pytest.mark.parametrize("view", ["iso", "cn", "in", "de-facto"])
def test_a_disputed_province_has_the_border_that_its_view_gives_it(view: str) -> None:
    assert border("IN-LA", neighbour="CN", worldview=view).length_km == pytest.approx(
        631.9, abs=0.1
    )


def test_a_view_moves_the_border_of_a_province() -> None:
    by_iso = border("IN-JK", neighbour="PK").length_km
    as_india_sees_it = border("IN-JK", neighbour="PK", worldview="in").length_km
    assert as_india_sees_it < by_iso


def test_a_layer_says_which_view_was_chosen() -> None:
    own = load_dataset(WORLD).info.worldview
    assert "chosen here" not in own
    assert load_dataset(WORLD, worldview="in").info.worldview == (
        f"{own}; chosen here instead: the view 'in'"
    )


@pytest.mark.parametrize("view", ["tr", "TR", "TUR"])
def test_a_view_is_named_by_any_code_of_its_country(view: str) -> None:
    assert load_dataset(WORLD, worldview=view).worldview == "tr"


@pytest.mark.parametrize(
    ("province", "neighbour", "view", "told"),
    [
        ("IN-LA", "CN", "pk", r"IN-LA: given to no country under the view 'pk'"),
        ("IN-AR", "CN", "cn", r"IN-AR: on the side of CN under the view 'cn'"),
        ("IN-LA", "IND", "iso", r"on the side of IN"),
        ("PH-SLU", "MY", "iso", r"PH-SLU has no border with MY"),
        ("FJ-01", "NZ", "iso", r"no province 'FJ-01'"),
    ],
)
def test_a_border_that_is_none_is_refused_in_one_line(
    province: str, neighbour: str, view: str, told: str
) -> None:
    with pytest.raises(BordermapError, match=told) as caught:
        border(province, neighbour=neighbour, worldview=view)
    assert str(caught.value).isprintable()


def test_no_province_of_the_philippines_has_a_border_on_land() -> None:
    provinces = load_dataset(WORLD).provinces_of("PH")[:10]
    for province in provinces:
        with pytest.raises(NoSharedBorderError):
            border(province.code, neighbour="ID")
