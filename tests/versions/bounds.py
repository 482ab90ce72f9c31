"""What pyproject.toml allows of each package that bordermap needs at run time."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BOUND = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)$")


def lowest() -> dict[str, str]:
    """Return the lowest version allowed of each package, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = {}
    for line in project["dependencies"]:
        bound = _BOUND.match(line)
        if bound is None:
            raise ValueError(f"{line!r} is no name with a lowest version")
        found[bound[1]] = bound[2]
    return found


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version without zeros at the end, so that 3 is 3.0.0."""
    parts = [int(part) for part in re.findall(r"\d+", version)]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)
