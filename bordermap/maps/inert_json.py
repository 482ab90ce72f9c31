"""JSON that can stand inside a script element, whatever text it carries."""

import json
import re
from dataclasses import fields, is_dataclass
from typing import Any

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the reading direction."""

_INERT = {
    **{char: f"\\\\u{ord(char):04x}" for char in TURNING},
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}

_NOT_INERT = re.compile(f"[{''.join(_INERT)}]")


def inert_json(value: object) -> str:
    """
    Return JSON that can stand inside a script element, whatever text it carries.

    Parameters
    ----------
    value
        Plain values, or dataclasses of them.

    Notes
    -----
    No ``<``, ``>`` or ``&`` is left, so that nothing in it can end the element or begin another.
    Characters that turn the reading direction become visible escapes: a name must not be able to
    turn the words round it.
    """
    text = json.dumps(
        value, default=_members, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return _NOT_INERT.sub(lambda found: _INERT[found[0]], text)


def _members(value: object) -> dict[str, Any]:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} cannot be written as JSON")
    return {part.name: getattr(value, part.name) for part in fields(value)}
