"""What a refusal must be: an error of the package, one short line that names the file."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from bordermap.errors import BordermapError
from tests.hardening.counts import INPUTS, TRIED

LONGEST = 1_000
_STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def steers(text: str) -> bool:
    """Return whether text could move a cursor, turn the reading direction or begin a new line."""
    return any(unicodedata.category(char) in _STEERING for char in text)


@contextmanager
def refusals(name: str = "") -> Iterator[None]:
    """Let pass what is refused as it should be; anything else that is raised is a fault."""
    TRIED[INPUTS] += 1
    try:
        yield
    except BordermapError as error:
        message = str(error)
        assert name in message
        assert not steers(message), message
        assert len(message) < LONGEST, message
