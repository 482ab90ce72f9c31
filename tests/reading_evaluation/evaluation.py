"""How well articles are read: precision, recall and F1 over sentences with known answers."""

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bordermap.reading import DraftClaim, read_article

FOLDER = Path(__file__).parent
PARTS = ("tuned", "held_out", "fresh")
LANGUAGES = ("en", "hy", "az", "ru")
CLOSE = 0.005


@dataclass(slots=True)
class Score:
    """Counts of right, wrong and missed answers."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the answers that are right."""
        given = self.right + self.wrong
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """Share of what should be answered that is."""
        due = self.right + self.missed
        return self.right / due if due else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def count(self, found: set[str], due: set[str]) -> None:
        """Count answers against what they should be."""
        self.right += len(found & due)
        self.wrong += len(found - due)
        self.missed += len(due - found)


@dataclass(slots=True)
class Evaluation:
    """The scores of one language and part."""

    sentences: int = 0
    areas: Score = field(default_factory=Score)
    links: Score = field(default_factory=Score)
    parties: Score = field(default_factory=Score)
    kinds: Score = field(default_factory=Score)
    faults: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return one line of the table."""
        cells = (
            f"{score.precision:.2f} {score.recall:.2f} {score.f1:.2f}"
            for score in (self.areas, self.links, self.parties, self.kinds)
        )
        return f"{name:<14} {self.sentences:>3}   " + "   ".join(cells)


HEADER = f"{'P, R, F1 of':<14} {'n':>3}   {'areas':<14}   {'links':<14}   {'parties':<14}   kinds"


def pooled(results: Iterable[Evaluation]) -> Evaluation:
    """Return the counts of several evaluations together."""
    whole = Evaluation()
    for result in results:
        whole.sentences += result.sentences
        whole.faults += result.faults
        for name in ("areas", "links", "parties", "kinds"):
            mine, its = getattr(whole, name), getattr(result, name)
            mine.right += its.right
            mine.wrong += its.wrong
            mine.missed += its.missed
    return whole


def cases(part: str, language: str) -> Sequence[Mapping[str, Any]]:
    """Return the sentences of a part and language with their answers."""
    document = tomllib.loads((FOLDER / part / f"{language}.toml").read_text("utf-8"))
    found: Sequence[Mapping[str, Any]] = document["case"]
    return found


def evaluate(part: str, language: str) -> Evaluation:
    """Return the scores of a part and language."""
    result = Evaluation()
    for case in cases(part, language):
        result.sentences += 1
        drafts = read_article(case["text"])
        before = len(result.faults)
        _compare(result, drafts, case["claims"])
        if len(result.faults) > before:
            result.faults.append(f"  in: {case['text']}")
    return result


def _compare(result: Evaluation, drafts: Sequence[DraftClaim], due: Sequence[Any]) -> None:
    given = {draft.figure.span.text: draft for draft in drafts}
    for answer in due:
        draft = given.pop(answer["figure"], None)
        if draft is None or not _is_area(draft, answer):
            result.areas.missed += 1
            result.areas.wrong += draft is not None
            result.faults.append(f"area missed: {answer['figure']} {draft and draft.figure}")
            continue
        result.areas.right += 1
        for fault in _details(result, draft, answer):
            result.faults.append(fault)
    for text in given:
        result.areas.wrong += 1
        result.faults.append(f"no claim: {text}")


def _details(result: Evaluation, draft: DraftClaim, answer: Mapping[str, Any]) -> Iterator[str]:
    if "places" in answer:
        found, due = {place.feature_id for place in draft.places}, set(answer["places"])
        result.links.count(found, due)
        if found != due:
            yield f"links: {sorted(found)} for {sorted(due)}"
    for key, party in (("by", draft.asserted_by), ("about", draft.about)):
        if key in answer:
            result.parties.count({party.country or ""} - {""}, {answer[key]})
            if party.country != answer[key]:
                yield f"{key}: {party.country} for {answer[key]}"
    if "kind" in answer:
        result.kinds.count({draft.kind}, {answer["kind"]})
        if draft.kind != answer["kind"]:
            yield f"kind: {draft.kind} for {answer['kind']}"
    if "equivalents" in answer:
        told = [other.span.text for other in draft.equivalents]
        if told != answer["equivalents"]:
            yield f"equivalents: {told}"


def _is_area(draft: DraftClaim, answer: Mapping[str, Any]) -> bool:
    area = draft.figure.area_km2
    pairs: list[tuple[float | None, float]] = [(area.best, answer["km2"])]
    pairs += [(area.low, answer["low"])] if "low" in answer else []
    pairs += [(area.high, answer["high"])] if "high" in answer else []
    return all(
        found is not None and math.isclose(found, due, rel_tol=CLOSE) for found, due in pairs
    )
