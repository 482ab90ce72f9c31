"""A party of a claim, as the words that name it and the country it stands for."""

from dataclasses import dataclass

from bordermap.reading.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """
    A party of a claim as the text names it.

    Parameters
    ----------
    start, end
        Tokens of its phrase, the end not included; None where the text does not name it.
    country
        ISO 3166-1 alpha-2 code; None where it cannot be told.
    """

    start: int | None = None
    end: int | None = None
    country: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether the text names it."""
        return self.start is not None

    def has(self, actor: Actor) -> bool:
        """Return whether a party stands in the phrase."""
        return (
            self.start is not None
            and self.end is not None
            and (self.start <= actor.start < self.end)
        )


NOBODY = Party()
