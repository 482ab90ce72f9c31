"""
Articles read for border claims: text in, draft claims out.

The languages are data (``data/languages``); this package knows grammar only as tables.
"""

from bordermap.reading.article import read_article
from bordermap.reading.drafts import DraftClaim, DraftFigure, DraftParty, DraftPlace, Span
from bordermap.reading.files import MAX_BYTES, article_bytes, article_text

__all__ = [
    "MAX_BYTES",
    "DraftClaim",
    "DraftFigure",
    "DraftParty",
    "DraftPlace",
    "Span",
    "article_bytes",
    "article_text",
    "read_article",
]
