"""The report: what an assessment found and how, as Markdown and as a page to print."""

from bordermap.assessment import Assessment
from bordermap.report.content import content
from bordermap.report.style import style
from bordermap.writing.html import as_page
from bordermap.writing.markdown import as_markdown


def report_markdown(
    assessment: Assessment, *, language: str = "en", tiles: str | None = None
) -> str:
    """
    Return the report as Markdown.

    Parameters
    ----------
    assessment
        What it reports.
    language
        ISO 639-1 code of the headings and the fixed text; texts of the case stay as they are.
    tiles
        Address of the background tiles of the map beside it; the command to repeat it has them.

    Raises
    ------
    DataError
        If there is no fixed text in that language.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("chamizal-1963"), draws=20)
    >>> print(bm.report_markdown(result).splitlines()[0])
    # 437.18 acres of El Chamizal, settled between Mexico and the United States in 1963
    """
    return as_markdown(content(assessment, language=language, tiles=tiles))


def report_html(assessment: Assessment, *, language: str = "en", tiles: str | None = None) -> str:
    """
    Return the report as one page that loads and runs nothing, to be read or printed.

    Parameters
    ----------
    assessment
        What it reports.
    language
        ISO 639-1 code of the headings and the fixed text; texts of the case stay as they are.
    tiles
        Address of the background tiles of the map beside it; the command to repeat it has them.

    Raises
    ------
    DataError
        If there is no fixed text in that language.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("chamizal-1963"))  # doctest: +SKIP
    >>> Path("report.html").write_text(bm.report_html(result, language="hy"))  # doctest: +SKIP
    """
    return as_page(content(assessment, language=language, tiles=tiles), style=style())


def report_files(
    assessment: Assessment, *, language: str = "en", tiles: str | None = None
) -> dict[str, str]:
    """
    Return both reports by file name; what they say is put together once.

    Parameters
    ----------
    assessment
        What they report.
    language
        ISO 639-1 code of the headings and the fixed text; texts of the case stay as they are.
    tiles
        Address of the background tiles of the map beside it; the command to repeat it has them.

    Raises
    ------
    DataError
        If there is no fixed text in that language.
    """
    document = content(assessment, language=language, tiles=tiles)
    return {
        "report.html": as_page(document, style=style()),
        "report.md": as_markdown(document),
    }
