import pytest

from bordermap.batch.table import COLUMNS, article_rows, row


def test_a_row_has_every_column() -> None:
    assert list(row(item="a", note="b")) == list(COLUMNS)


def test_a_column_that_the_table_does_not_have_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="no column area"):
        row(area=1.0)


def test_an_article_without_a_claim_has_a_row_that_says_so() -> None:
    (only,) = article_rows({"claims": []})
    assert only["claim"] is None
    assert only["note"] == "the article states no area that a party holds or claims"
