"""What every section of a report writes with: the assessment, the words, the list of sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bordermap.assessment import Assessment
from bordermap.boundaries import ALL, Province
from bordermap.claims import Party
from bordermap.comparison import Comparison, Resolution
from bordermap.estimates import Estimate
from bordermap.provenance import Source
from bordermap.scenarios import Scenario, quantities
from bordermap.writing.blocks import Cite, Inline
from bordermap.writing.words import Words


@dataclass(frozen=True)
class Pen:
    """
    What a section writes with.

    Parameters
    ----------
    assessment
        What it writes about.
    words
        The fixed text.
    tiles
        Address of the background tiles of the map that lies beside the report; None for none.
    """

    assessment: Assessment
    words: Words
    tiles: str | None = None

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that the report cites, in the order of the report."""
        return tuple(dict.fromkeys(_sources(self.assessment)))

    def cite(self, *sources: Source) -> tuple[Inline, ...]:
        """Return the numbers of sources in the list at the end."""
        parts: list[Inline] = []
        for source in dict.fromkeys(sources):
            parts += [" "] if parts else []
            parts.append(Cite(self._numbers[source]))
        return tuple(parts)

    def reference(self, name: str) -> Source:
        """Return the source that a scenario names: a report's, a claim's, or an address itself."""
        return self._referred[name] if name in self._referred else _address(name)

    def province(self, code: str) -> str:
        """Return a province's name in the report's language."""
        return self.province_names.get(code, code)

    def country(self, code: str | None) -> str:
        """Return a country's name in the report's language; – for nobody's side."""
        case = self.assessment.case
        names = {one.code: one.name for one in (case.country, case.neighbour)}
        return (
            "–" if code is None else self.words.table.get(f"country.{code}", names.get(code, code))
        )

    def section(self, name: str) -> str:
        """Return a section's name in the report's language."""
        return self.words.named("section", name)

    def side(self, party: Party) -> str:
        """Return the country whose side somebody is on."""
        return self.country(party.country)

    def place(self, site_id: str) -> str:
        """Return a site's name in the report's language."""
        site = self.assessment.case.site(site_id)
        return site.names.get(self.words.language) or site.name

    @cached_property
    def stated(self) -> str:
        """The stated figure as it is read."""
        return self.words.interval(self.assessment.case.claim.stated_area_km2, "km2")

    @cached_property
    def stated_best(self) -> str:
        """The best reading of the stated figure."""
        return self.words.number(self.assessment.case.claim.stated_area_km2.best, "km2")

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Title of each scenario by its id."""
        return {one.scenario.id: one.scenario.title for one in self.assessment.estimates}

    @cached_property
    def lengths_km(self) -> Mapping[tuple[str, str], float]:
        """Length of shared border by province and section [km], measured once."""
        lines = self.assessment.case.borders.lines
        return {(line.province, line.section): line.length_km for line in lines}

    @cached_property
    def resolution(self) -> Resolution:
        """What the dataset can tell along the whole border."""
        return Resolution(
            length_km=sum(self.lengths_km.values()),
            accuracy_m=self.assessment.case.dataset.accuracy_m,
        )

    @cached_property
    def least(self) -> str:
        """The least resolvable area along the whole border, to two digits below 100 km²."""
        km2 = self.resolution.least_km2
        return self.words.number(km2 if km2 >= 100 else float(f"{km2:.2g}"), "km2")

    @cached_property
    def pairs(self) -> tuple[tuple[Estimate, Comparison], ...]:
        """Each estimate with its comparison."""
        both = zip(self.assessment.estimates, self.assessment.comparisons, strict=True)
        return tuple(both)

    @cached_property
    def _numbers(self) -> dict[Source, int]:
        return {source: number for number, source in enumerate(self.sources, start=1)}

    @cached_property
    def _referred(self) -> dict[str, Source]:
        return _referred(self.assessment)

    @cached_property
    def province_names(self) -> Mapping[str, str]:
        """Names of the provinces in the report's language, by code."""
        return {
            one.code: local_name(one, self.words.language) for one in self.assessment.case.provinces
        }


def local_name(province: Province, language: str) -> str:
    """Return a province's name in a language, where it is known."""
    return province.names.get(language) or province.name


def is_solved(scenario: Scenario) -> bool:
    """Return whether a scenario's area is the stated figure itself."""
    return scenario.strip is not None and scenario.strip.area_from == "stated"


def follows_a_section(scenario: Scenario) -> bool:
    """Return whether a scenario is the stated figure's strip along one section."""
    return is_solved(scenario) and scenario.strip is not None and scenario.strip.section != ALL


def _sources(assessment: Assessment) -> Iterator[Source]:
    case = assessment.case
    yield case.claim.source
    for claim in (case.claim, *case.register):
        yield claim.asserted_by.source
        if claim.rejected_by is not None:
            yield claim.rejected_by.source
        yield claim.source
        yield from claim.more_sources
    for position in case.file.positions:
        yield position.party.source
    for event in case.file.events:
        yield event.source
        yield from event.more_sources
    for report in case.reports:
        yield report.source
        for counter in report.countered_by:
            yield counter.source
    yield from _addresses(assessment, case_names=_referred(assessment))


def _addresses(assessment: Assessment, *, case_names: Iterable[str]) -> Iterator[Source]:
    known = set(case_names)
    for scenario in assessment.case.scenarios:
        for quantity in quantities(scenario):
            yield from (_address(name) for name in quantity.sources if name not in known)


def _address(url: str) -> Source:
    return Source(title=url, publisher="", url=url)


def _referred(assessment: Assessment) -> dict[str, Source]:
    case = assessment.case
    return {one.id: one.source for one in (*case.register, *case.reports)}
