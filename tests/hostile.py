"""An assessment in which every text from outside is a payload, and what must not come of it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

from bordermap.assessment import Assessment

PAYLOADS = {
    "script": "</svg></title></style><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "link": "[click](javascript:alert(1)) <https://evil.test> https://evil.test www.evil.test",
    "image": "![x](https://evil.test/x.png) <img src=x onerror=alert(1)>",
    "code": "`` ` ``` `${alert(1)}` {{7*7}} {% raw %} $x^2$",
    "table": "a | b || c\n| --- |\n\n# heading\n- item\n1. one\n> quote\n---",
    "emphasis": "**bold** _it_ ~~gone~~ <!-- hidden --> &lt;b&gt; &#60;script&#62;",
    "direction": "left \u202eright\u202c \u2066iso\u2069 \x1b[2J\x00 \u200fmark",
    "template": "{0} {stated} {{}} %s \\n \\",
}

_TEXTS = {
    "accuracy_reason", "attribution", "country_name", "event", "figure_note", "figure_text",
    "licence", "name", "no_counter", "no_rejection", "note", "place", "publisher", "rationale",
    "reading", "reason", "says", "scope", "since_note", "summary", "text", "title", "vintage",
    "worldview",
}  # fmt: skip
_LISTS = {"assumes", "also", "equivalents"}
_WALKED = {
    "asserted_by", "caps", "countered_by", "depth_km", "dataset", "events", "file", "front_km",
    "incursions", "more_sources", "party", "position_source", "positions", "provinces",
    "radius_km", "register", "claims", "rejected_by", "reports", "scenarios", "sites", "source",
    "speaker", "statements", "about", "scenario", "footprints",
}  # fmt: skip


def poisoned(assessment: Assessment, payload: str) -> Assessment:
    """Return the assessment with a payload for every text that a case or dataset brings."""
    case = assessment.case
    return replace(
        assessment,
        case=replace(
            case,
            file=_poisoned(case.file, payload),
            register=_poisoned(case.register, payload),
            sites=_poisoned(case.sites, payload),
            reports=_poisoned(case.reports, payload),
            scenarios=_poisoned(case.scenarios, payload),
            country=replace(case.country, name=payload, code="XX"),
            neighbour=replace(case.neighbour, name=payload, code="XY"),
            borders=replace(
                case.borders,
                dataset=_poisoned(case.borders.dataset, payload),
                provinces=tuple(
                    replace(one, name=payload, names={"en": payload})
                    for one in case.borders.provinces
                ),
            ),
        ),
        estimates=_poisoned(assessment.estimates, payload),
    )


def _poisoned(value: Any, payload: str) -> Any:  # noqa: ANN401  (any part of a case)
    if isinstance(value, tuple):
        return tuple(_poisoned(one, payload) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name in _TEXTS and isinstance(old, str) and old:
            changed[field.name] = payload
        elif field.name in _LISTS and old:
            changed[field.name] = tuple(payload for _ in old)
        elif field.name == "names" and isinstance(old, Mapping):
            changed[field.name] = dict.fromkeys(old, payload)
        elif field.name in _WALKED:
            changed[field.name] = _poisoned(old, payload)
    return replace(value, **changed)


class Tags(HTMLParser):
    """The tags, addresses and text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.comments: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.update(value or "" for name, value in attrs if name in {"href", "src"})

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.words.append(data)
