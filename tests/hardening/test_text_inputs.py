"""Articles, pages and names: whatever comes in, drafts point into the text, or one line refuses."""
# ruff: noqa: RUF001  (letters of four scripts are what readers read)

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from bordermap.reading import read_article
from bordermap.reading.files import article_text
from tests.hardening import hostile, promises
from tests.hardening.refusing import refusals

ARTICLES = list(hostile.corpus("articles").values())
TEXTS = [
    content.decode() for name, content in hostile.corpus("articles").items() if ".html" not in name
]
WORDS = st.sampled_from(
    (
        *("150", "1,5", "1.000.000", "9" * 400, "-3", "0", "½", "٣", "²", "１５０", "1e400", "1/0"),
        *("km²", "sq km", "кв. км", "քառ. կմ", "kv. km", "hectares", "ha", "acres", "square"),
        *("some", "about", "at least", "up to", "between", "and", "from", "to", "–", "some some"),
        *("Syunik", "Vayots Dzor", "Գեղարքունիք", "Сюник", "Azerbaijan", "Yerevan", "Baku"),
        *("occupied", "occupies", "disputed", "оккупировал", "օկուպացրել է", "işğal", "says"),
        *(
            ".",
            ",",
            "(",
            ")",
            "\n",
            "\n\n",
            "“",
            "\u202e",
            "\x00",
            "\u2028",
            "\U0001f600",
            "e\u0301",
        ),
    )
)
SENTENCES = st.lists(WORDS, max_size=40).map(" ".join)
CLAIMS = st.builds(
    "{} says that Azerbaijan has {} {} {}{} {} in {}{}".format,
    st.sampled_from(("Armenia", "Yerevan", "Baku", "The ministry")),
    st.sampled_from(("occupied", "seized", "returned", "disputed")),
    st.sampled_from(("", "some", "about", "at least", "up to", "more than", "between")),
    WORDS,
    st.sampled_from(("", "-", " to 20", " and 7", "–9", ",5", " million", "%", "²")),
    st.sampled_from(("km²", "square kilometers", "hectares", "sq. miles", "acres", "km")),
    st.sampled_from(("Syunik", "Vayots Dzor", "Jermuk", "Narnia", "")),
    st.sampled_from((".", "", " (3 sq mi).", ", and 5 km² more.", "\n")),
)
UNITS_KM2 = {
    "km²": 1.0,
    "sq km": 1.0,
    "square kilometers": 1.0,
    "hectares": 0.01,
    "acres": 0.0040468564224,
    "square miles": 2.589988110336,
}
STRANGE = st.one_of(CLAIMS, st.text(max_size=300), SENTENCES, st.sampled_from(hostile.PAYLOADS))

many = settings(max_examples=250)


@many
@given(STRANGE)
@example("")
@example("\ud800 150 km²")
@example(f"Azerbaijan has occupied {'9' * 400} km² in Syunik.")
@example("Azerbaijan has occupied 0 km² in Syunik.")
@example("Azerbaijan has occupied between 50 and 5 km² in Syunik.")
def test_any_text_is_read_and_drafts_point_into_it(text: str) -> None:
    with refusals():
        promises.require_drafts_that_point(text)


@many
@given(
    st.integers(1, 29_742),
    st.sampled_from(("{}", "{:,}")),
    st.sampled_from(list(UNITS_KM2)),
)
def test_a_plain_figure_is_that_figure(number: int, form: str, unit: str) -> None:
    figure = f"{form.format(number)} {unit}"
    text = f"Armenia says that Azerbaijan has occupied {figure} in Syunik."
    (draft,) = read_article(text)
    assert draft.figure.span.text == figure
    area = draft.figure.area_km2
    assert area.low == area.best == area.high
    assert area.best == pytest.approx(number * UNITS_KM2[unit], rel=1e-9)


@many
@given(hostile.mutated(st.sampled_from(ARTICLES)), st.sampled_from(("a.txt", "a.html", "")))
def test_any_bytes_become_text_or_are_refused(content: bytes, name: str) -> None:
    promises.article(content, Path(), name=name)


@many
@given(st.text(max_size=60) | st.sampled_from(hostile.PAYLOADS))
def test_any_name_is_linked_or_leads_nowhere(name: str) -> None:
    promises.linked_name(name.encode(), Path())


DEEP = 50_000


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * DEEP + "Azerbaijan has occupied 150 km² in Syunik.",
        "<html>" + "<b><i>" * DEEP,
        "<html><body>" + "<p>" * DEEP + "</body></html>",
        "<html>" + "&#x0;" * DEEP,
        "<html><!--" * DEEP,
        "<html><![CDATA[" * DEEP,
        "<html><script>" + "<" * DEEP,
        "<html " + "a='" * DEEP,
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {b} "&{a};&{a};&{a};&{a};">' for a, b in ("ab", "bc", "cd", "de"))
        + "]><html><body><p>&e;</p></body></html>",
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>',
        "<html></html>",
        "<html>\x00\x00</html>",
    ],
    ids=range(12),
)
def test_a_page_made_to_exhaust_its_reader_is_read_or_refused(page: str) -> None:
    with refusals("a.html"):
        text = article_text(page.encode(), name="a.html")
        assert "root:" not in text
        assert len(text) < 100 * len(page)
        promises.require_drafts_that_point(text)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\xfe\xff\xd8", b"\xff\xfe\xff", b"\x80", b""]
)
def test_broken_encodings_are_refused(content: bytes) -> None:
    with refusals("a.txt"):
        assert article_text(content, name="a.txt").strip() == ""
