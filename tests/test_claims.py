import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.claims import (
    HEDGES,
    KM2,
    Claim,
    Holder,
    Party,
    Register,
    claim_document,
    comparability,
    interval_from_wording,
    read_claim,
    read_claims,
)
from bordermap.documents import toml_text
from bordermap.errors import ClaimError, DataError
from bordermap.intervals import Interval
from bordermap.provenance import Source

SOURCE = Source(title="A day on the frontier", publisher="The Example Gazette")
WESTMARK = Party(text="Government of Westmark", country="WM", source=SOURCE)
EASTMARK = Party(text="Government of Eastmark", country="EM", source=SOURCE, says="There is none")

TEXT = """
title = "Some 22 km²"
figure_text = "some 22 square kilometres"
figures = [22]
qualifier = "some"
kind = "held"
scope = "Along the frontier"
provinces = ["WM-NO"]
since = 2024-01-15
as_of = 2024-02-01
about = { text = "Eastmark", country = "EM" }

[asserted_by]
text = "Government of Westmark"
country = "WM"

[rejected_by]
text = "Government of Eastmark"
country = "EM"

[rejected_by.source]
title = "An answer"
publisher = "The Eastmark Gazette"
url = "https://example.org/answer"

[source]
title = "A day on the frontier"
publisher = "The Example Gazette"
url = "https://example.org/frontier"
"""


def claim(id_: str = "some-claim", **changes: object) -> Claim:
    plain = Claim(
        id=id_,
        title="A claim",
        figure_text="22 square kilometres",
        figures=(22.0,),
        qualifier="exact",
        stated_area_km2=Interval.exact(22.0),
        reading="stated without a hedge: taken as it is; best is the number stated",
        kind="held",
        asserted_by=WESTMARK,
        rejected_by=EASTMARK,
        about=Holder(text="Eastmark", country="EM"),
        as_of=dt.date(2024, 1, 15),
        scope="Along the frontier",
        source=SOURCE,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def written(folder: Path, text: str, name: str = "some-claim.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        call()
    assert str(caught.value).isprintable()
    return str(caught.value)


# Wording ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualifier", "figures", "low", "best", "high"),
    [
        ("exact", (60.06,), 60.06, 60.06, 60.06),
        ("", (6.5,), 6.5, 6.5, 6.5),
        ("some", (150,), 135, 150, 165),
        ("About", (41,), 36.9, 41, 45.1),
        ("more than", (70,), 70, 70, None),
        ("at  least", (215,), 215, 215, None),
        ("up to", (40,), None, 40, 40),
        ("nearly", (13,), 11.7, 13, 13),
        ("exact", (40, 45), 40, 42.5, 45),
        ("more than", (40, 45), 40, 42.5, None),
        ("up to", (40, 45), None, 42.5, 45),
        ("about", (100, 150), 90, 125, 165),
    ],
)
def test_words_become_the_documented_interval(
    qualifier: str, figures: tuple[float, ...], low: float | None, best: float, high: float | None
) -> None:
    assert interval_from_wording(qualifier, *figures) == Interval(low=low, best=best, high=high)


HEDGE = st.sampled_from(sorted(HEDGES))
FIGURE = st.floats(1e-3, 1e6)


@given(hedge=HEDGE, figure=FIGURE, factor=st.floats(1e-3, 1e3))
def test_a_reading_does_not_depend_on_the_unit(hedge: str, figure: float, factor: float) -> None:
    before = interval_from_wording(hedge, figure).scaled(factor)
    after = interval_from_wording(hedge, figure * factor)
    assert _ends(before) == pytest.approx(_ends(after), rel=1e-9)


@given(figure=FIGURE)
def test_about_is_symmetric(figure: float) -> None:
    read = interval_from_wording("about", figure)
    assert read.low is not None
    assert read.high is not None
    assert read.best - read.low == pytest.approx(read.high - read.best, rel=1e-9)


@given(figure=FIGURE)
def test_a_hedge_never_narrows_what_is_read(figure: float) -> None:
    exact, nearly, about, least, most = (
        interval_from_wording(hedge, figure)
        for hedge in ("exact", "nearly", "about", "at least", "up to")
    )
    for narrow, wide in [(exact, nearly), (nearly, about), (exact, least), (exact, most)]:
        assert _holds(wide, narrow)


@given(hedge=HEDGE, figures=st.lists(FIGURE, min_size=4, max_size=4))
def test_a_wider_range_never_gives_a_narrower_interval(hedge: str, figures: list[float]) -> None:
    outer_low, low, high, outer_high = sorted(figures)
    wide = interval_from_wording(hedge, outer_low, outer_high)
    assert _holds(wide, interval_from_wording(hedge, low, high))


@given(hedge=HEDGE, figure=FIGURE)
def test_best_is_the_number_that_was_said(hedge: str, figure: float) -> None:
    assert interval_from_wording(hedge, figure).best == figure


@pytest.mark.parametrize("figures", [(0,), (-1,), (2, 1), (math.nan,)])
def test_figures_that_are_no_area_are_refused(figures: tuple[float, ...]) -> None:
    with pytest.raises(ClaimError, match="above 0"):
        interval_from_wording("about", *figures)


def test_an_unknown_qualifier_is_named_with_the_known_ones() -> None:
    with pytest.raises(ClaimError, match="'zirka' is not known; known: exact"):
        interval_from_wording("zirka", 1)


def _ends(interval: Interval) -> tuple[float, float, float]:
    low = -math.inf if interval.low is None else interval.low
    return low, interval.best, math.inf if interval.high is None else interval.high


def _holds(wide: Interval, narrow: Interval) -> bool:
    return _ends(wide)[0] <= _ends(narrow)[0] and _ends(narrow)[2] <= _ends(wide)[2]


def test_units_agree_with_their_definitions() -> None:
    assert KM2["acre"] * 640 == pytest.approx(KM2["mi2"])
    assert KM2["mi2"] == pytest.approx(2.589988110336)
    assert KM2["ha"] == 10_000 * KM2["m2"]


# Claims ----------------------------------------------------------------------------------------


def test_a_claim_is_read_with_the_rule_and_its_own_source(tmp_path: Path) -> None:
    read = read_claim(written(tmp_path, TEXT))
    assert read.id == "some-claim"
    assert read.stated_area_km2 == Interval(low=19.8, best=22.0, high=24.2)
    assert "tenth" in read.reading
    assert read.since == "2024-01-15"
    assert read.asserted_by.source == read.source
    assert read.rejected_by is not None
    assert read.rejected_by.source.publisher == "The Eastmark Gazette"


def test_countries_may_go_by_their_longer_codes(tmp_path: Path) -> None:
    text = TEXT.replace('"WM"', '"ARM"').replace('country = "EM" }', 'country = "AZE" }')
    read = read_claim(written(tmp_path, text))
    assert (read.asserted_by.country, read.about.country) == ("AM", "AZ")


def test_a_claim_in_hectares_is_stated_in_square_kilometres(tmp_path: Path) -> None:
    text = TEXT.replace("figures = [22]", 'figures = [2_200]\nunit = "ha"')
    assert read_claim(written(tmp_path, text)).stated_area_km2.best == pytest.approx(22.0)


def test_a_claim_may_be_read_otherwise_than_by_the_rule(tmp_path: Path) -> None:
    own = '\n[stated_area_km2]\nlow = 20\nbest = 22\nreading = "the map shows 20 at least"\n'
    read = read_claim(written(tmp_path, TEXT + own))
    assert read.stated_area_km2 == Interval(low=20.0, best=22.0, high=None)
    assert read.reading == "the map shows 20 at least"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"some"', '"zirka"', "'zirka' is not known"),
        ("[22]", "[]", "figures has 0 numbers"),
        ("[22]", "[1, 2, 3]", "figures has 3 numbers"),
        ("[22]", "[24, 20]", "goes up"),
        ("[22]", "[-22]", "above 0"),
        ("[22]", "[6e8]", "at most that of the globe, 510,065,622 km², not 6.6e+08 km²"),
        ("[22]", '["22"]', "figures (no. 1) is '22'"),
        ('"held"', '"owned"', "kind is 'owned'; give 'held'"),
        ('"WM-NO"', '"North"', "province is an ISO 3166-2 code"),
        ("since = 2024-01-15", 'since = "long ago"', "a date is like '2021-05-12'"),
        ("scope =", "skope =", "skope is not known; known here: title"),
        ('title = "Some 22 km²"', 'title = " "', "title is empty"),
        ('title = "Some', 'id = "x"\ntitle = "Some', "id is not known here; it is the name"),
        ('title = "Some', 'reading = "x"\ntitle = "Some', "a key of [stated_area_km2]"),
        ("https://example.org/answer", "javascript:alert(1)", "rejected_by.source: an address"),
        ('country = "WM"', 'country = "Westmark"', "asserted_by: a country is an ISO 3166-1"),
        ("as_of = 2024-02-01", 'as_of = 2024-02-01\nas_of_precision = "year"', "as_of_note"),
    ],
)
def test_a_faulty_claim_is_refused_on_one_line(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    message = refusal(lambda: read_claim(written(tmp_path, TEXT.replace(old, new, 1))))
    assert "some-claim.toml" in message
    assert word in message


def test_an_own_reading_must_be_an_interval_with_a_reason(tmp_path: Path) -> None:
    for own, word in [
        ("low = 30\nbest = 22\nreading = 'x'", "in order"),
        ("best = 22", "stated_area_km2.reading is missing"),
        ("best = 22\nreading = ''", "reading is empty"),
    ]:
        text = f"{TEXT}\n[stated_area_km2]\n{own}\n"
        path = written(tmp_path, text)
        assert word in refusal(lambda path=path: read_claim(path))  # type: ignore[misc]


def test_a_claim_that_nobody_rejects_says_why(tmp_path: Path) -> None:
    start, end = TEXT.index("[rejected_by]"), TEXT.index("[source]")
    text = TEXT[:start] + TEXT[end:]
    assert "no_rejection" in refusal(lambda: read_claim(written(tmp_path, text)))
    named = written(tmp_path, 'no_rejection = "both agreed"\n' + text)
    assert read_claim(named).rejected_by is None


def test_a_file_name_that_is_no_id_is_refused(tmp_path: Path) -> None:
    assert "an id has" in refusal(lambda: read_claim(written(tmp_path, TEXT, "Some Claim.toml")))


CLAIMS = st.builds(
    claim,
    title=st.text(min_size=1).filter(lambda text: bool(text.strip())),
    kind=st.sampled_from(["held", "disputed", "exchanged", "country-total", "other"]),
    figures=st.tuples(st.integers(1, 500).map(float)),
    stated_area_km2=st.floats(1, 500).map(Interval.exact),
    provinces=st.lists(st.sampled_from(["WM-NO", "WM-SO"]), unique=True).map(tuple),
    since=st.none() | st.dates(dt.date(1990, 1, 1)).map(dt.date.isoformat) | st.just("2024"),
    includes_1990s=st.none() | st.booleans(),
    as_of=st.dates(dt.date(1990, 1, 1)),
    equivalents=st.lists(st.text(), max_size=2).map(tuple),
    more_sources=st.lists(st.just(SOURCE), max_size=2).map(tuple),
    note=st.text(),
)


@given(stated=CLAIMS)
def test_reading_a_written_claim_gives_it_back(
    stated: Claim, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.mktemp("claims"), toml_text(claim_document(stated)))
    assert read_claim(path) == stated


def test_what_the_rule_gives_is_not_written(tmp_path: Path) -> None:
    document = claim_document(read_claim(written(tmp_path, TEXT)))
    assert "stated_area_km2" not in document
    assert "reading" not in document


def test_the_claims_of_a_folder_come_by_name(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml"):
        written(tmp_path, TEXT, name)
    assert [read.id for read in read_claims(tmp_path)] == ["a", "b"]


# The register ----------------------------------------------------------------------------------


def test_a_register_is_in_order_of_time() -> None:
    late, early = claim("late", as_of=dt.date(2024, 2, 1)), claim("early")
    register = Register((late, early))
    assert [stated.id for stated in register] == ["early", "late"]
    assert len(register) == 2
    assert register["late"] is late


def test_a_register_names_what_it_does_not_have() -> None:
    with pytest.raises(ClaimError, match="no claim is named 'none'; known: some-claim"):
        Register((claim(),))["none"]


def test_two_claims_of_one_name_are_refused() -> None:
    with pytest.raises(ClaimError, match="two claims are named 'some-claim'"):
        Register((claim(), claim()))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "disputed"}, "kind of area: held against disputed"),
        ({"about": Holder(text="Westmark", country="WM")}, "holder: EM against WM"),
        ({"provinces": ("WM-SO",)}, "provinces: WM-NO against WM-SO"),
        ({"since": "2023"}, "since when: 2024-01-15 against 2023"),
        ({"includes_1990s": True}, "land held since the 1990s: not included against included"),
    ],
)
def test_claims_of_different_scope_are_not_comparable(
    change: dict[str, object], reason: str
) -> None:
    one = claim(provinces=("WM-NO",), since="2024-01-15", includes_1990s=False)
    found = comparability(one, replace(one, id="other", **change))  # type: ignore[arg-type]
    assert not found.agrees
    assert found.differences == (reason,)


def test_what_one_claim_leaves_unsaid_is_told_apart_from_a_difference() -> None:
    found = comparability(claim(since="2024-01-15"), claim())
    assert found.differences == ()
    assert found.unsaid == ("since when: 2024-01-15 against not said",)
    assert not found.agrees


def test_a_day_agrees_with_its_year() -> None:
    assert comparability(claim(since="2024-01-15"), claim(since="2024")).agrees


@given(one=CLAIMS, other=CLAIMS)
def test_comparability_does_not_depend_on_the_order(one: Claim, other: Claim) -> None:
    assert comparability(one, other).agrees == comparability(other, one).agrees
    assert comparability(one, one).agrees


def test_a_register_lists_what_is_comparable() -> None:
    one, same, other = claim("one"), claim("same"), claim("other", since="2020")
    register = Register((one, same, other))
    assert register.comparable_with(one) == (same,)
    rows = register.rows(against=one)
    assert [row["comparable"] for row in rows] == [True, False, True]
    assert rows[1]["why_not"] == "since when: not said against 2020"
    assert "comparable" not in register.rows()[0]


def test_a_folder_of_claims_may_not_be_a_link_out_of_the_case(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    written(tmp_path / "else", TEXT)
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "claims").symlink_to(tmp_path / "else")
    assert "leads out of" in refusal(lambda: read_claims(tmp_path / "case" / "claims"))
