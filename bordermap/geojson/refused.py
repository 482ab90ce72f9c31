"""Where in a JSON text stands what the scanner's hooks refuse: they are told what, not where."""

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
