import pytest

from bordermap.errors import DataError
from bordermap.series import Where


def test_without_conditions_every_feature_counts() -> None:
    assert Where().holds({})
    assert Where.reading([]).holds({"name": "any"})


def test_values_of_one_property_are_alternatives() -> None:
    where = Where.reading(["name=occupied", "name=annexed"])
    assert [where.holds({"name": name}) for name in ("occupied", "annexed", "free")] == [
        True,
        True,
        False,
    ]


def test_conditions_on_several_properties_hold_together() -> None:
    where = Where.reading(["name=occupied", "side=a"])
    assert where.holds({"name": "occupied", "side": "a"})
    assert not where.holds({"name": "occupied", "side": "b"})
    assert not where.holds({"name": "occupied"})


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("n=1", 1),
        ("n=1", 1.0),
        ("n=1.0", 1),
        ("n=true", True),
        ("n=null", None),
        ("n=a=b", "a=b"),
        ("n=", ""),
        ("n=1", "1"),
    ],
    ids=repr,
)
def test_a_value_is_compared_as_it_is_written(condition: str, value: object) -> None:
    assert Where.reading([condition]).holds({"n": value})


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("n=x", 1),
        ("n=1", True),
        ("n=null", "x"),
        ("n=x", ["x"]),
        ("n=nan", float("inf")),
        ("n=", None),
    ],
)
def test_another_value_does_not_count(condition: str, value: object) -> None:
    assert not Where.reading([condition]).holds({"n": value})


@pytest.mark.parametrize("condition", ["name", "=occupied", ""])
def test_what_is_no_condition_is_refused(condition: str) -> None:
    with pytest.raises(DataError, match="is no condition"):
        Where.reading([condition])


def test_conditions_are_shown_as_they_were_given() -> None:
    assert str(Where.reading(["name=b", "name=a"])) == "name=a name=b"
