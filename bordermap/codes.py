"""The forms of codes, ids and partial dates by which files refer to things."""

import re

_COUNTRY = re.compile(r"[A-Z]{2}")
_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MAX_ID_LENGTH = 80


def require_country(code: str) -> None:
    """
    Refuse what is not of the form of an ISO 3166-1 alpha-2 code.

    Parameters
    ----------
    code
        The code, such as ``AM``.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not _COUNTRY.fullmatch(code):
        raise ValueError(f"a country is an ISO 3166-1 alpha-2 code such as 'AM', not {code[:80]!a}")


def require_province(code: str) -> None:
    """
    Refuse what is not of the form of an ISO 3166-2 code.

    Parameters
    ----------
    code
        The code, such as ``AM-SU``.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not _PROVINCE.fullmatch(code):
        raise ValueError(f"a province is an ISO 3166-2 code such as 'AM-SU', not {code[:80]!a}")


def require_id(id_: str) -> None:
    """
    Refuse what is no id: lower-case letters, digits and single hyphens, 80 at most.

    Parameters
    ----------
    id_
        The id, such as ``sev-lake``.

    Raises
    ------
    ValueError
        If it is not.
    """
    if len(id_) > _MAX_ID_LENGTH or not _ID.fullmatch(id_):
        raise ValueError(
            f"an id has lower-case letters, digits and single hyphens, {_MAX_ID_LENGTH} at most, "
            f"unlike {id_[:80]!a}"
        )


def require_partial_date(date: str) -> None:
    """
    Refuse what is no ISO 8601 day, month or year.

    Parameters
    ----------
    date
        The date, such as ``2021-05-12``, ``2021-05`` or ``2021``.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not _DATE.fullmatch(date):
        raise ValueError(f"a date is like '2021-05-12', '2021-05' or '2021', not {date[:80]!a}")


def require_text(**texts: str) -> None:
    """
    Refuse texts with nothing in them.

    Parameters
    ----------
    **texts
        Each text under the name that the refusal tells.

    Raises
    ------
    ValueError
        If one is empty or blank.
    """
    for name, text in texts.items():
        if not text.strip():
            raise ValueError(f"{name} is empty; say something, or leave an optional one out")
