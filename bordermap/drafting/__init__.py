"""A new case from an article: draft claims and first assumptions, for an editor to check."""

from bordermap.drafting.draft import draft_case

__all__ = ["draft_case"]
