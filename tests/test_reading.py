# ruff: noqa: RUF001  (sentences in four scripts)
import datetime as dt
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bordermap.claims import KM2
from bordermap.errors import ReadingError
from bordermap.languages import languages
from bordermap.reading import DraftClaim, article_text, read_article
from bordermap.reading import article as article_module
from bordermap.reading.actors import Parsed
from bordermap.reading.grammar import abbreviations, grammar_of, grammars
from bordermap.reading.numbers import literal_value
from bordermap.reading.tokens import MAX_SENTENCE, sentences

ARTICLE = """Baku will keep its posts, minister says

A post on the line between the two countries

"No line has been agreed in 30 years," Azerbaijan's foreign minister Jeyhun Bayramov told reporters
in Baku on Thursday. "In 1991 there were maps, some say."

Ruling party lawmaker Arsen Torosyan called this baseless. "The Alma-Ata Declaration of 1991 settled
the line," Torosyan said.

According to official Yerevan, since the 2020 war, Azerbaijan has taken some 150 square kilometers
of land in Armenia's Syunik, Vayots Dzor and Gegharkunik provinces. Torosyan said the losses of the
1990's must be made good as well.
"""


def only(text: str) -> DraftClaim:
    drafts = read_article(text)
    assert len(drafts) == 1, [draft.figure.span.text for draft in drafts]
    return drafts[0]


# The contract ------------------------------------------------------------------------------------


def test_an_article_yields_its_one_claim_and_nothing_else() -> None:
    draft = only(ARTICLE)
    told = draft.to_json()
    assert told["figure_text"] == "150 square kilometers"
    assert told["qualifier"] == "some"
    assert told["area_km2"] == {"low": 135.0, "best": 150.0, "high": 165.0}
    assert [place["feature_id"] for place in told["places"]] == ["AM-SU", "AM-VD", "AM-GR"]
    assert told["asserted_by"] == {"text": "official Yerevan", "country": "AM"}
    assert told["about"] == {"text": "Azerbaijan", "country": "AZ"}
    assert told["dates"] == ["2020"]
    assert (told["kind"], draft.since, draft.owner.country) == ("held", "2020", "AM")


def test_a_draft_says_what_the_contract_names_and_no_more() -> None:
    told = only(ARTICLE).to_json()
    assert list(told) == [
        *("figure_text", "start", "end", "area_km2", "qualifier", "equivalents", "places"),
        *("asserted_by", "about", "dates", "kind"),
    ]
    assert {"text", "start", "end", "feature_id", "kind", "province", "score"} <= set(
        told["places"][0]
    )


def spans_are_right(text: str) -> bool:
    for draft in read_article(text):
        told = draft.to_json()
        spans = [(told["start"], told["end"], told["figure_text"])]
        spans += [(p["start"], p["end"], p["text"]) for p in told["places"]]
        spans += [(e["start"], e["end"], e["figure_text"]) for e in told["equivalents"]]
        spans += [
            (party.span.start, party.span.end, party.span.text)
            for party in (draft.asserted_by, draft.about, draft.owner)
            if party.span is not None
        ]
        if any(text[start:end] != shown for start, end, shown in spans):
            return False
    return True


PIECES = st.sampled_from(
    [
        *("150", "40-45", "1,5", "2.7", "сто", "hundred", "հարյուր", "yüz", "1e9", "00", "9" * 40),
        *(" square kilometers", " km²", " кв. км", " քառ. կմ", " kv. km", " ha", " hectares", "га"),
        *(" occupied", " оккупировал", " օկուպացրել է", " işğal edib", " Azerbaijan", " Ереван"),
        *(" Երևանը", " Bakı", " Syunik", " of", " by", " at least", " около", ", ", ". ", " ("),
        *(")", "\n\n", "\n", "’s", "-", "–", "\u0301", "\u202e", "😀", "\x00", "İ", " more than"),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
@example("150 km²’s")
@example("(150 km²)")
@example("1" * 5000 + " km2 occupied")
@example("0 km² occupied")
def test_any_text_is_read_and_every_span_is_where_it_says(text: str) -> None:
    assert spans_are_right(text)


@pytest.mark.parametrize("prefix", ["😀😀 ", "\u0301\u0301", "İıſ ", "𝔸𝔹 "])
def test_offsets_count_code_points(prefix: str) -> None:
    text = prefix + "Azerbaijan occupied 150 km² of Armenia."
    draft = only(text)
    assert text[draft.figure.span.start : draft.figure.span.end] == "150 km²"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Nothing is said here.", "150", "km²"])
def test_a_text_without_a_claim_yields_none(text: str) -> None:
    assert read_article(text) == ()


# Figures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("150 square kilometers", 150, 150, 150),
        ("some 150 sq km", 135, 150, 165),
        ("about 150 sq. km", 135, 150, 165),
        ("at least 150 km2", 150, 150, None),
        ("more than 150 km²", 150, 150, None),
        ("150 square kilometres or more", 150, 150, None),
        ("up to 150 square kilometres", None, 150, 150),
        ("nearly 150 square kilometres", 135, 150, 150),
        ("40-45 square kilometers", 40, 42.5, 45),
        ("40 to 45 square kilometers", 40, 42.5, 45),
        ("between 40 and 45 square kilometers", 40, 42.5, 45),
        ("from 40 to 45 square kilometers", 40, 42.5, 45),
        ("one hundred and fifty square kilometers", 150, 150, 150),
        ("twenty-four square kilometers", 24, 24, 24),
        ("2,700 hectares", 27, 27, 27),
        ("2.7 thousand hectares", 27, 27, 27),
        ("3 200 hectares", 32, 32, 32),
        ("37,065 acres", 149.9967, 149.9967, 149.9967),
        ("58 square miles", 150.2193, 150.2193, 150.2193),
        ("150,000 dunams", 150, 150, 150),
        ("half a square kilometer", 0.5, 0.5, 0.5),
        ("**150** square kilometers", 150, 150, 150),
        ("~150 km²", 135, 150, 165),
    ],
)
def test_wording_becomes_an_interval_by_the_rule(
    words: str, low: float | None, best: float, high: float | None
) -> None:
    area = only(f"Azerbaijan has occupied {words} of Armenian land.").figure.area_km2
    for found, due in ((area.low, low), (area.best, best), (area.high, high)):
        assert found == (None if due is None else pytest.approx(due, rel=1e-4))


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Азербайджан занял сто пятьдесят квадратных километров.", 150),
        ("Азербайджан занял двести сорок пять кв. км.", 245),
        ("Азербайджан занял полторы тысячи гектаров.", 15),
        ("Азербайджан занял 2,7 тыс. га.", 27),
        ("Азербайджан занял 29 743 кв. км.", 29743),
        ("Ադրբեջանը գրավել է հարյուր հիսուն քառակուսի կիլոմետր։", 150),
        ("Ադրբեջանը գրավել է քսաներեք քառ. կմ։", 23),
        ("Ադրբեջանը գրավել է մեկուկես հազար հեկտար։", 15),
        ("Azərbaycan yüz əlli kvadrat kilometri tutub.", 150),
        ("Azərbaycan iyirmi üç kv. km ərazini işğal edib.", 23),
        ("Azərbaycan 2,7 min hektar ərazini işğal edib.", 27),
    ],
)
def test_numbers_are_read_in_words_and_in_each_languages_digits(text: str, best: float) -> None:
    assert only(text).figure.area_km2.best == pytest.approx(best)


@pytest.mark.parametrize(
    ("digits", "code", "value"),
    [
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "ru", 1234.5),
        ("29,743", "en", 29743),
        ("29.743", "ru", 29743),
        ("6.5", "ru", 6.5),
        ("6,5", "en", 6.5),
        ("1.2.3", "en", None),
        ("0,500", "en", 0.5),
    ],
)
def test_separators_are_those_of_the_language(digits: str, code: str, value: float | None) -> None:
    (grammar,) = [grammar for grammar in grammars() if grammar.language.code == code]
    assert literal_value(digits, grammar) == value


def test_a_conversion_in_brackets_is_no_second_claim() -> None:
    draft = only("Azerbaijan occupied 150 square kilometers (58 square miles) of Syunik.")
    assert [other.span.text for other in draft.equivalents] == ["58 square miles"]


def test_units_are_those_of_the_registry_of_units() -> None:
    pint = pytest.importorskip("pint")
    units = pint.UnitRegistry()
    names = {"km2": "km**2", "ha": "hectare", "m2": "m**2", "mi2": "mile**2", "acre": "acre"}
    for unit, name in names.items():
        # an acre is told in survey feet there: two parts in a million
        assert units.Quantity(1, name).to("km**2").magnitude == pytest.approx(KM2[unit], rel=5e-6)
    assert set(KM2) == {*names, "dunam"}


def test_every_unit_of_every_language_is_one_that_is_known() -> None:
    for language in languages():
        assert set(language.tables["units"]) <= set(KM2)


def test_what_is_said_not_to_be_is_no_figure_and_no_less_than_is_one() -> None:
    text = "Azerbaijan occupied not 150 but not less than 200 square kilometers of Armenia."
    area_km2 = only(text).figure.area_km2
    assert (area_km2.low, area_km2.best, area_km2.high) == (200, 200, None)


# Traps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Since 1991, and for 30 years, 150 soldiers stood on 12 kilometers of the border.",
        "The 1990's were hard in Syunik.",
        "Armenia covers 29,743 square kilometers.",
        "The park of 150 square kilometers lies in Syunik.",
        "In Syunik, 12 soldiers guard every 10 square kilometers.",
        "Hundreds of square kilometers were occupied.",
        "Azerbaijan has occupied not one hectare of Armenia.",
        "Azerbaijan has occupied 600 million square kilometers of Armenian land.",
        "Азербайджан не занял ни одного гектара территории Армении.",
        "Ադրբեջանը ոչ մի հեկտար չի օկուպացրել Հայաստանից։",
        "Azərbaycan Ermənistanın heç bir hektar ərazisini işğal etməyib.",
    ],
)
def test_what_is_no_claim_to_land_is_none(text: str) -> None:
    assert read_article(text) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Foreign Minister Ararat Mirzoyan said 200 km² in Syunik are occupied.", ["AM-SU"]),
        ("Under the Alma-Ata Declaration 150 km² of Armenia are occupied.", []),
        ("GORIS, Armenia — Azerbaijan has occupied 9 km² near Tegh.", ["geonames:174743"]),
        ("Officials in Yerevan said 9 km² of Armenia were occupied.", []),
        ("Baku said in Goris that Azerbaijan controls 9 km² near Tegh.", ["geonames:174743"]),
        ('"They hold 9 km² near Tegh," the minister said in Goris.', ["geonames:174743"]),
        ("Azerbaijan occupied 9 km² near Verin Shorzha.", ["place:verin-shorzha"]),
        ("Azerbaijan occupied 9 km² near Shorzha.", ["geonames:616216"]),
        ("Азербайджан занял 9 км² у Сотка.", ["geonames:616041"]),
        ("Azərbaycan Zod yaxınlığında 9 km² ərazini tutub.", ["geonames:616041"]),
    ],
)
def test_a_government_a_person_a_dateline_and_a_treaty_are_no_places(
    text: str, places: list[str]
) -> None:
    assert [place.feature_id for place in only(text).places] == places


def test_places_go_to_the_figure_of_their_clause() -> None:
    drafts = read_article(
        "Azerbaijan occupied 32 square kilometers around Vardenis and 13 square kilometers at Lake"
        " Sev. In Syunik it holds 60 square kilometers, and in Gegharkunik 40 square kilometers."
    )
    found = [[place.feature_id for place in draft.places] for draft in drafts]
    assert found == [["geonames:616108"], ["place:lake-sev"], ["AM-SU"], ["AM-GR"]]


def test_a_list_of_places_and_figures_is_read_in_pairs() -> None:
    drafts = read_article(
        "Yerevan says 150 km² of its recognised territory are under the control of Baku's forces"
        " (Syunik: 60 km², Vayots Dzor: 50 km², Gegharkunik: 40 km²)."
    )
    found = [[place.feature_id for place in draft.places] for draft in drafts]
    assert found == [[], ["AM-SU"], ["AM-VD"], ["AM-GR"]]
    assert {draft.kind for draft in drafts} == {"held"}


def test_an_ambiguous_place_stays_so_and_names_its_candidates() -> None:
    (place,) = only("Azerbaijan has occupied 9 km² of Armenia near Vorotan.").places
    assert place.is_ambiguous
    assert place.candidates


def test_a_kind_word_settles_an_ambiguous_place() -> None:
    (place,) = only("Azerbaijan has occupied 9 km² in Armenia's Ararat Province.").places
    assert (place.feature_id, place.is_ambiguous) == ("AM-AR", False)


def test_a_speakers_country_is_known_from_elsewhere_in_the_text() -> None:
    draft = only(
        "Ukraine's defence minister Oleksandr Example spoke on Monday.\n\n"
        "Russia holds 300 square kilometers of the Kharkiv region, Example said."
    )
    assert draft.asserted_by.country == "UA"
    assert draft.about.country == "RU"


def test_a_figure_in_a_quotation_is_its_speakers() -> None:
    draft = only(
        "Pashinyan spoke in parliament. Azerbaijan occupied 41 square kilometers in May 2021."
    )
    assert draft.asserted_by.country == "AM"


def test_dates_are_as_precise_as_they_are_said() -> None:
    draft = only("Since 12 May 2021, Azerbaijan has occupied 41 km², 5 of them in November 2021.")
    assert draft.dates == ("2021-05-12", "2021-11")
    assert draft.since == "2021-05-12"
    assert dt.date.fromisoformat(draft.dates[0])


# Work --------------------------------------------------------------------------------------------


def test_the_work_grows_with_the_text_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()
    parse = article_module._Reader._parse

    def counted(self: article_module._Reader, index: int) -> Parsed:
        counts["sentences"] += 1
        counts["words"] += len(self._sentences[index].tokens)
        return parse(self, index)

    monkeypatch.setattr(article_module._Reader, "_parse", counted)
    work = []
    for times in (20, 40, 80):
        counts.clear()
        read_article((ARTICLE + "\n") * times)
        work.append(dict(counts))
    assert work[1]["words"] == pytest.approx(2 * work[0]["words"], rel=0.05)
    assert work[2]["words"] == pytest.approx(4 * work[0]["words"], rel=0.05)


@pytest.mark.parametrize("text", ["word " * 5000, "150 km² " * 2000, "a, " * 5000])
def test_a_sentence_without_an_end_is_cut(text: str) -> None:
    found = list(sentences(text, abbreviations=abbreviations()))
    assert max(len(sentence.tokens) for sentence in found) <= MAX_SENTENCE


def test_a_text_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_module, "MAX_CHARACTERS", 10)
    with pytest.raises(ReadingError, match="11 characters, more than 10"):
        read_article("x" * 11)


def test_importing_the_package_reads_no_language_and_imports_nothing_heavy() -> None:
    probe = (
        "import sys, bordermap.reading;"
        "heavy = {'geopandas', 'pandas', 'folium', 'trafilatura', 'pint', 'rapidfuzz'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# Languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army has held the land since then.", "en"),
        ("Ordu bu ərazini işğal edib.", "az"),
        ("Армия удерживает эту землю.", "ru"),
        ("Բանակը պահում է այդ հողը։", "hy"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, code: str) -> None:
    (sentence,) = sentences(text, abbreviations=abbreviations())
    assert grammar_of(sentence).language.code == code


def test_every_language_has_the_same_tables() -> None:
    shapes = {
        language.code: {
            (section, tuple(table) if section in {"cues", "roles", "places"} else ())
            for section, table in language.tables.items()
            if isinstance(table, dict)
        }
        for language in languages()
    }
    first = {(section, frozenset(keys)) for section, keys in shapes["en"]}
    for code, shape in shapes.items():
        assert {(section, frozenset(keys)) for section, keys in shape} == first, code


# Files -------------------------------------------------------------------------------------------

PAGE = "\n".join(
    [
        "<!DOCTYPE html><html><head><title>News</title>",
        '<script>var x = "999 km2 occupied";</script></head>',
        '<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article>',
        *[f"<p>{part}</p>" for part in ARTICLE.split("\n\n")],
        "</article><footer>© News 2024</footer></body></html>",
    ]
)


def test_a_saved_page_is_read_like_its_text() -> None:
    text = article_text(PAGE.encode(), name="page.html")
    assert "var x" not in text
    draft = only(text)
    assert draft.figure.span.text == text[draft.figure.span.start : draft.figure.span.end]
    assert [place.feature_id for place in draft.places] == ["AM-SU", "AM-VD", "AM-GR"]


def test_a_page_is_known_without_its_suffix_and_a_short_one_is_read_too() -> None:
    page = b"<html><body><p>Azerbaijan occupied 9 km2 of Armenia.</p></body></html>"
    assert only(article_text(page)).figure.span.text == "9 km2"


def test_a_raised_two_in_a_page_stays_with_its_unit() -> None:
    page = b"<html><body><p>Azerbaijan occupied 9&nbsp;km<sup>2</sup> of Armenia.</p></body></html>"
    assert only(article_text(page)).figure.area_km2.best == 9


def test_plain_text_is_read_as_it_is() -> None:
    assert article_text("\ufeffA <b>150</b>\r\nB".encode(), name="x.txt") == "A <b>150</b>\nB"
    assert article_text("Սյունիք".encode("utf-16"), name="x.txt") == "Սյունիք"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"\xff\xff\xff", "a\x1b[2J.txt", r"a\\x1b\[2J.txt is no UTF-8 text"),
        (b"<html><body></body></html>", "empty.html", "empty.html has no text"),
        (b"%PDF-1.4 text", "a.pdf", "a.pdf is a PDF"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(data: bytes, name: str, told: str) -> None:
    with pytest.raises(ReadingError, match=told) as refusal:
        article_text(data, name=name)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    page = (
        f'<html><head><meta charset="{encoding}"></head><body><p>Ереван сообщил, что Азербайджан'
        " занял 150 кв. км в Сюнике.</p></body></html>"
    )
    (draft,) = read_article(article_text(page.encode(encoding), name="page.html"))
    assert (draft.figure.span.text, draft.about.country) == ("150 кв. км", "AZ")


def test_who_denies_a_claim_is_the_one_it_speaks_of() -> None:
    (draft,) = read_article(
        "Azerbaijan's Foreign Ministry dismissed Armenian claims that it holds 215 km² of land."
    )
    assert (draft.asserted_by.country, draft.about.country) == ("AM", "AZ")
