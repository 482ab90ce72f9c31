"""The content of the report, section by section, before it is put down in a format."""

from bordermap.assessment import Assessment
from bordermap.report.claim import claim_section
from bordermap.report.data import data_section
from bordermap.report.disagreement import disagreement_section
from bordermap.report.finding import finding_section
from bordermap.report.limits import limits_section
from bordermap.report.method import method_section
from bordermap.report.pen import Pen
from bordermap.report.register import register_section
from bordermap.report.reports import reports_section
from bordermap.report.reproduce import reproduce_section
from bordermap.report.results import results_section
from bordermap.report.uncertainty import uncertainty_section
from bordermap.writing.blocks import Document
from bordermap.writing.words import words

_SECTIONS = (
    finding_section,
    claim_section,
    data_section,
    results_section,
    uncertainty_section,
    disagreement_section,
    register_section,
    reports_section,
    method_section,
    limits_section,
    reproduce_section,
)


def content(assessment: Assessment, *, language: str, tiles: str | None = None) -> Document:
    """
    Return the report as a document.

    Parameters
    ----------
    assessment
        What it reports.
    language
        ISO 639-1 code of the fixed text.
    tiles
        Address of the background tiles of the map beside it, for the command that repeats it.

    Raises
    ------
    DataError
        If there is no fixed text in that language.
    """
    pen = Pen(assessment, words(language), tiles)
    return Document(
        title=assessment.case.title,
        language=language,
        blocks=[block for section in _SECTIONS for block in section(pen)],
    )
