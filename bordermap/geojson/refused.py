"""Where in a JSON text stands what a scanner refuses without saying where."""

import json
import re

_MARK = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*")(\s*+:)?|(-?Infinity|NaN)|[{}]', re.DOTALL)


def place_of_fault(text: str, start: int) -> int:
    """
    Return where the first key stands that an object has already, or the first NaN or Infinity.

    Parameters
    ----------
    text
        JSON that was read up to such a fault, perhaps cut short after it.
    start
        Where the value begins; returned where there is no such fault.
    """
    objects: list[set[str]] = [set()]
    for match in _MARK.finditer(text, start):
        string, colon, constant = match.groups()
        if constant:
            return match.start()
        if match[0] == "{":
            objects.append(set())
        elif match[0] == "}" and len(objects) > 1:
            objects.pop()
        elif string and colon:
            key = json.loads(string, strict=False)
            if key in objects[-1]:
                return match.start()
            objects[-1].add(key)
    return start


_NESTING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*"|[\[\]{}]', re.DOTALL)


def place_of_nesting(text: str, start: int) -> int:
    """Return where in a JSON text the first list or object is opened that lies deepest."""
    depth = deepest = 0
    place = start
    for match in _NESTING.finditer(text, start):
        if match[0] in "[{":
            depth += 1
            if depth > deepest:
                deepest, place = depth, match.start()
        elif match[0] in "]}":
            depth -= 1
    return place


def place_of_half_pair(text: str, start: int) -> int:
    """Return where the first escape of half a surrogate pair stands; the start if there is none."""
    at = text.find("\\", start)
    while at >= 0:
        after = at + 2
        if text[at + 1 : at + 2] == "u":
            after = at + 6
            unit = int(text[at + 2 : after], 16)
            if 0xD800 <= unit < 0xDC00 and re.match(r"\\u[dD][c-fC-F]", text[after : after + 4]):
                after += 6
            elif 0xD800 <= unit < 0xE000:
                return at
        at = text.find("\\", after)
    return start
