"""Work in threads: shapely and numpy work without the interpreter's lock."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_threads(function: Callable[[T], R], items: Sequence[T]) -> tuple[R, ...]:
    """Return what a function gives for each item, in their order."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return tuple(threads.map(function, items))
