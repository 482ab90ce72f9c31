from pathlib import Path

import pytest

from bordermap.casefile import read_case_file
from bordermap.errors import DataError

TEXT = """
id = "westmark-22"
title = "Some 22 km²"
summary = "What it is about"
claim = "some-claim"
country = "WM"
neighbour = "EM"
provinces = ["WM-NO", "WM-SO"]
boundaries = "osm-2026"
seed = 1
sections = { island = [45.4, 39.2] }

[[events]]
date = 2024-01-15
text = "A post was moved."
source = { title = "A day on the frontier", publisher = "The Example Gazette" }

[[positions]]
date = 2024-02-01
[positions.party]
text = "Government of Eastmark"
country = "EM"
says = "It stands where it stood."
source = { title = "An answer", publisher = "The Eastmark Gazette" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_file_is_read(tmp_path: Path) -> None:
    case = read_case_file(written(tmp_path, TEXT))
    assert case.provinces == ("WM-NO", "WM-SO")
    assert case.sections == {"island": (45.4, 39.2)}
    assert case.draws == 2_000
    assert case.positions[0].party.says == "It stands where it stood."


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"westmark-22"', '"Westmark 22"', "an id has"),
        ('neighbour = "EM"', 'neighbour = "WM"', "country and neighbour are both WM"),
        ('["WM-NO", "WM-SO"]', "[]", "names no province"),
        ('["WM-NO", "WM-SO"]', '["WM-NO", "WM-NO"]', "or one twice"),
        ('"WM-SO"', '"EM-SO"', "EM-SO is none of country WM"),
        ("seed = 1", "seed = -1", "seed is between 0"),
        ("seed = 1", "seed = 1.5", "seed is 1.5; give a valid integer"),
        ("seed = 1", "seed = 1\ndraws = 0", "draws is between 1"),
        ("seed = 1", "seed = 1\ndraws = 10_000_000", "draws is between 1"),
        ("island", "mainland", "'mainland' is taken"),
        ("island", "all", "'all' is taken"),
        ("[45.4, 39.2]", "[39.2]", "sections.island"),
        ("[45.4, 39.2]", "[4540, 39.2]", "longitude, latitude"),
        ('says = "It stands where it stood."', "", "says is empty"),
        ("2024-01-15", '"January"', "events (no. 1).date is 'January'"),
        ("neighbour =", "neighbor =", "neighbor is not known; known here: id, title"),
    ],
)
def test_a_faulty_case_file_is_refused_on_one_line(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    with pytest.raises(DataError) as caught:
        read_case_file(written(tmp_path, TEXT.replace(old, new, 1)))
    message = str(caught.value)
    assert message.isprintable()
    assert "case.toml" in message
    assert word in message


def test_events_and_positions_are_in_order_of_time(tmp_path: Path) -> None:
    earlier = TEXT[TEXT.index("[[events]]") : TEXT.index("[[positions]]")]
    text = TEXT + earlier.replace("2024", "2020")
    with pytest.raises(DataError, match="events are not in order of time"):
        read_case_file(written(tmp_path, text))


def test_a_month_says_how_it_is_known(tmp_path: Path) -> None:
    text = TEXT.replace("date = 2024-01-15", 'date = 2024-01-01\ndate_precision = "month"')
    with pytest.raises(DataError, match="date_note is missing"):
        read_case_file(written(tmp_path, text))
