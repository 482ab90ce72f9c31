"""The file `case.toml`: which claim a case is about, where, and on which boundaries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bordermap.claims import Party
from bordermap.codes import require_country, require_id, require_province, require_text
from bordermap.documents import CountryCode, Precision, WebSource, read_toml, validated

MAX_DRAWS = 1_000_000
"""Most draws of one assessment."""
MAX_SEED = 2**63 - 1
"""Largest seed."""

RESERVED_SECTIONS = frozenset({"all", "mainland", "exclaves"})
"""Sections that every border has, found from the geometry alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    Something that happened, told so that both parties could agree to the sentence.

    Parameters
    ----------
    date
        Day; its first possible day if less is known.
    date_precision
        How much of `date` is known.
    date_note
        How the day is known; needed where it is not known to the day.
    text
        What happened, in neutral words.
    source
        Where it stands.
    more_sources
        Further documents, the other party's among them.
    """

    date: dt.date
    date_precision: Precision = "day"
    date_note: str = ""
    text: str
    source: WebSource
    more_sources: tuple[WebSource, ...] = ()

    def __post_init__(self) -> None:
        require_text(text=self.text)
        if self.date_precision != "day" and not self.date_note:
            raise ValueError("date_note is missing; say how the day is known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """
    What a party holds about the dispute as a whole, without an area.

    Parameters
    ----------
    date
        Day it was said; its first possible day if less is known.
    date_precision
        How much of `date` is known.
    date_note
        How the day is known; needed where it is not known to the day.
    party
        Who holds it, what it says, and where that stands.
    """

    date: dt.date
    date_precision: Precision = "day"
    date_note: str = ""
    party: Party

    def __post_init__(self) -> None:
        require_text(says=self.party.says)
        if self.date_precision != "day" and not self.date_note:
            raise ValueError("date_note is missing; say how the day is known")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """
    What ties the files of a case together.

    Parameters
    ----------
    id
        Name of the case; it does not change when the folder is moved.
    title
        One line to show.
    summary
        What the case is about, in a few neutral sentences.
    claim
        Id of the main claim.
    country
        ISO 3166-1 alpha-2 code of the country whose provinces the claim speaks of.
    neighbour
        ISO 3166-1 alpha-2 code of the country on the other side of the border.
    provinces
        ISO 3166-2 codes of those provinces.
    boundaries
        Id of the dataset to use.
    seed
        Seed of the draws.
    draws
        Number of draws.
    sections
        For each detached part of the neighbour that gets a name of its own, a point inside it:
        longitude, latitude [degrees, WGS 84].
    languages
        Languages whose forms of a name are shown, the parties' first.
    events
        What happened, oldest first.
    positions
        What the parties hold, oldest first.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (a field would need a value)

    id: str
    title: str
    summary: str
    claim: str
    country: CountryCode
    neighbour: CountryCode
    provinces: tuple[str, ...]
    boundaries: str
    seed: int
    draws: int = 2_000
    sections: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()

    def __post_init__(self) -> None:
        require_text(title=self.title, summary=self.summary)
        require_id(self.id)
        require_id(self.claim)
        for country in (self.country, self.neighbour):
            require_country(country)
        if self.country == self.neighbour:
            raise ValueError(f"country and neighbour are both {self.country}; a border has two")
        self._require_provinces()
        self._require_sections()
        if not 0 <= self.seed <= MAX_SEED:
            raise ValueError(f"seed is between 0 and {MAX_SEED}, not {self.seed}")
        if not 1 <= self.draws <= MAX_DRAWS:
            raise ValueError(f"draws is between 1 and {MAX_DRAWS}, not {self.draws}")
        for what, dated in (("events", self.events), ("positions", self.positions)):
            dates = [entry.date for entry in dated]
            if dates != sorted(dates):
                raise ValueError(f"{what} are not in order of time; put the oldest first")

    def _require_provinces(self) -> None:
        if not self.provinces or len(set(self.provinces)) < len(self.provinces):
            raise ValueError("provinces names no province, or one twice; name each once")
        for code in self.provinces:
            require_province(code)
            if not code.startswith(f"{self.country}-"):
                raise ValueError(f"the province {code} is none of country {self.country}")

    def _require_sections(self) -> None:
        for name, (lon, lat) in self.sections.items():
            require_id(name)
            if name in RESERVED_SECTIONS:
                raise ValueError(f"the section name '{name}' is taken; every border has it")
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                raise ValueError(
                    f"section {name}: a point is longitude, latitude, not {lon}, {lat}"
                )


def read_case_file(path: Path, *, within: Path | None = None) -> CaseFile:
    """
    Return the content of a case's `case.toml`.

    Parameters
    ----------
    path
        The file.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read or does not describe a case.
    """
    return validated(CaseFile, read_toml(path, within=within), path=path)
