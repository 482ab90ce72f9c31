"""How large a user's GeoJSON file may be."""

from dataclasses import dataclass

MAX_NESTING = 16
"""Most geometry collections, or lists and objects of a property, inside one another."""

MAX_MEMBERS = 1_000
"""Most members beside one another in the object that a file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    Sizes beyond which a file is refused.

    A file is read as a stream, so memory grows with one feature and with what the reader keeps,
    never with the file.

    Parameters
    ----------
    file_bytes
        Largest file [bytes].
    feature_characters
        Longest text of one feature or other value, to about a million [characters].
    features
        Most features in one file, those without polygons included.
    vertices
        Most vertices of polygons in one file.
    """

    file_bytes: int = 2**30
    feature_characters: int = 2**25
    features: int = 2_000_000
    vertices: int = 30_000_000
