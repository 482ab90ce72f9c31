"""Where the shipped data lies: inside the package once installed, beside it in a checkout."""

from pathlib import Path


def shipped(*parts: str) -> Path:
    """
    Return the path of a shipped file or folder.

    Parameters
    ----------
    parts
        Path below the data folder, such as ``"gazetteer", "places.tsv"``.
    """
    package = Path(__file__).parent
    installed = package / "_data"
    folder = installed if installed.is_dir() else package.parent / "data"
    return folder.joinpath(*parts)
