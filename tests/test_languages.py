import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import bordermap.languages
from bordermap._shipped import shipped
from bordermap.errors import DataError
from bordermap.gazetteer import Gazetteer
from bordermap.languages import Language, languages
from bordermap.reading import article, grammar, read_article

FRENCH = Path(__file__).parent / "reading_evaluation" / "fr.toml"
REMEMBERED = (languages, grammar.grammars, grammar.abbreviations, article._unit_words)
SENTENCE = (
    "Selon Erevan, les troupes azerbaïdjanaises occupent environ 150 kilomètres carrés"
    " de territoire dans les provinces de Syunik et de Vayots Dzor depuis 2021."
)


@pytest.fixture
def with_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lay one more file beside those of the languages, and do nothing else."""
    folder = tmp_path / "languages"
    shutil.copytree(shipped("languages"), folder)
    shutil.copy(FRENCH, folder)
    monkeypatch.setattr(bordermap.languages, "shipped", lambda _: folder)
    for function in REMEMBERED:
        function.cache_clear()
    yield
    monkeypatch.undo()
    for function in REMEMBERED:
        function.cache_clear()


def test_french_is_not_read_without_a_file() -> None:
    assert read_article(SENTENCE) == ()


@pytest.mark.usefixtures("with_french")
def test_a_language_is_added_by_adding_a_file() -> None:
    (draft,) = read_article(SENTENCE)
    assert draft.figure.span.text == "150 kilomètres carrés"
    assert (draft.figure.hedge, draft.figure.area_km2.best) == ("about", 150)
    assert (draft.asserted_by.country, draft.about.country) == ("AM", "AZ")
    assert [place.feature_id for place in draft.places] == ["AM-SU", "AM-VD"]
    assert (draft.language, draft.kind, draft.since) == ("fr", "held", "2021")
    assert read_article("Le parc couvre 150 kilomètres carrés dans la province de Syunik.") == ()
    (link,) = Gazetteer.load().link(["province Syunik"])
    assert link.matches[0].feature.feature_id == "AM-SU"


@pytest.mark.usefixtures("with_french")
def test_other_languages_are_read_as_before() -> None:
    (draft,) = read_article("Yerevan says Azerbaijan has occupied some 150 km² in Syunik.")
    assert (draft.language, draft.asserted_by.country) == ("en", "AM")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text("name = \n", "utf-8")
    with pytest.raises(DataError, match=r"xx\.toml is no language file"):
        Language.read(tmp_path / "xx.toml")
    (tmp_path / "yy.toml").write_text('name = "Y"\n[endings]\n', "utf-8")
    with pytest.raises(DataError, match=r"yy\.toml lacks 'nominative'"):
        Language.read(tmp_path / "yy.toml")
