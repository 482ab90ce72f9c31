"""``python -m tests.fuzz.led TARGET SECONDS FOLDER``: one target, led by what the code covers."""

import sys
import warnings
from pathlib import Path

LONGEST_BYTES = 20_000
MOST_MEGABYTES = 1_500
SLOWEST_S = 60


def main(name: str, seconds: int, folder: Path) -> None:
    """Fuzz until the time is over; never returns."""
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

    with atheris.instrument_imports(include=["bordermap"]):
        from tests.fuzz.targets import TARGETS
    warnings.simplefilter("error")
    target = TARGETS[name]
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, content in enumerate(target.seeds):
        (seeds / str(number)).write_bytes(content)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST_BYTES}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-timeout={SLOWEST_S}",
        f"-artifact_prefix=found-{name}-",
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(seeds)], lambda content: target.promise(content, folder)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
