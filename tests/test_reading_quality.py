"""Precision and recall over sentences in four languages; see ``reading_evaluation/README.md``."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parent / "reading_evaluation" / "evaluation.py"
LANGUAGES = ("en", "hy", "az", "ru")
PARTS = ("tuned", "held_out", "fresh")
SET_ASIDE = ("held_out", "fresh")


@cache
def evaluation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reading_evaluation", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_there_are_enough_sentences_of_every_sort() -> None:
    cases = [
        case
        for part in PARTS
        for language in LANGUAGES
        for case in evaluation().cases(part, language)
    ]
    without_claim = [case for case in cases if not case["claims"]]
    assert len(cases) >= 150
    assert len({case["text"] for case in cases}) == len(cases)
    assert len(without_claim) >= len(cases) / 4
    for part in SET_ASIDE:
        for language in LANGUAGES:
            assert len(evaluation().cases(part, language)) >= 12


@pytest.mark.parametrize("part", PARTS)
def test_areas_and_links_are_read_well_enough(part: str) -> None:
    results = {language: evaluation().evaluate(part, language) for language in LANGUAGES}
    whole = evaluation().pooled(results.values())
    rows = [result.row(f"{part} {language}") for language, result in results.items()]
    print("\n" + "\n".join([evaluation().HEADER, *rows, whole.row(part)]))  # noqa: T201
    faults = "\n".join(whole.faults)
    assert whole.areas.precision >= 0.95, faults
    assert whole.areas.recall >= 0.95, faults
    assert whole.links.precision >= 0.9, faults
    assert whole.links.recall >= 0.9, faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_falls_behind_in_what_was_set_aside(language: str) -> None:
    results = [evaluation().evaluate(part, language) for part in SET_ASIDE]
    whole = evaluation().pooled(results)
    print(f"\n{whole.row(f'set aside {language}')}")  # noqa: T201
    assert whole.areas.f1 >= 0.95, "\n".join(whole.faults)
    assert whole.links.f1 >= 0.9, "\n".join(whole.faults)
