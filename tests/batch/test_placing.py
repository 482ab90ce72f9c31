import pytest

from bordermap.batch.placing import Where, placed, sides_of
from bordermap.errors import NoSharedBorderError, PlaceNotFoundError
from bordermap.footprints.strip import strip
from bordermap.reading import DraftClaim, read_article
from tests.batch.feeds import article

ANY: Where = (None, "iso")


def draft(text: str) -> DraftClaim:
    (claim,) = read_article(text)
    return claim


SYUNIK = draft(article(150)["text"])


def test_a_claim_tells_its_two_sides() -> None:
    assert sides_of(SYUNIK, ()) == ("AM", "AZ")
    assert sides_of(SYUNIK, ("AZ", "AM")) == ("AM", "AZ")


def test_where_the_claim_does_not_tell_the_first_country_is_the_claimed_side() -> None:
    claim = draft("The ministry said that 12 square kilometers of land were occupied.")
    assert sides_of(claim, ("KG", "TJ")) == ("KG", "TJ")
    with pytest.raises(PlaceNotFoundError, match="give 'countries'"):
        sides_of(claim, ())


def test_a_claim_is_laid_on_the_most_accurate_dataset_and_its_provinces() -> None:
    found = placed(SYUNIK, countries=(), where=ANY)
    assert found.stretch.borders.dataset.id == "osm-2026"
    assert [province.code for province in found.stretch.borders.provinces] == ["AM-SU"]
    assert found.depth_m is not None
    assert strip(found.stretch.borders, found.depth_m.best).area_km2 == pytest.approx(150, rel=1e-6)
    assert sum(found.by_province.values()) == pytest.approx(150, rel=1e-6)


def test_a_claim_without_places_is_laid_on_all_provinces_at_the_border() -> None:
    claim = draft("Yerevan says Azerbaijan has occupied 150 square kilometers of Armenia.")
    provinces = [
        one.code for one in placed(claim, countries=(), where=ANY).stretch.borders.provinces
    ]
    assert set(provinces) == {"AM-AR", "AM-GR", "AM-SU", "AM-TV", "AM-VD"}


def test_another_pair_of_countries_is_laid_on_the_world() -> None:
    claim = draft("Bishkek says that Tajikistan has occupied 12 square kilometers in Batken.")
    found = placed(claim, countries=("KG", "TJ"), where=ANY)
    assert (found.country, found.neighbour) == ("KG", "TJ")
    assert found.stretch.borders.dataset.id == "natural-earth-10m"


def test_a_figure_larger_than_the_land_has_no_depth() -> None:
    claim = draft("Yerevan says Azerbaijan has occupied 90,000 square kilometers in Syunik.")
    found = placed(claim, countries=(), where=ANY)
    assert found.depth_m is None
    assert found.as_json(claim.figure.area_km2)["depth_m_for_stated"] is None


def test_countries_that_do_not_touch_are_refused() -> None:
    claim = draft("The ministry said that 12 square kilometers of land were occupied.")
    with pytest.raises(NoSharedBorderError, match="JP and KZ have no border in common"):
        placed(claim, countries=("JP", "KZ"), where=ANY)


def test_a_dataset_that_is_asked_for_is_taken() -> None:
    found = placed(SYUNIK, countries=(), where=("natural-earth-10m", "iso"))
    assert found.stretch.borders.dataset.id == "natural-earth-10m"
