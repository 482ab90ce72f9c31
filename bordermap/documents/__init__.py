"""
Small files that people write by hand (TOML, JSON, CSV), read with limits.

A case may come from anywhere, so a file is measured before it is parsed: parsers of TOML and JSON
recurse into nested values and copy dotted keys, and a few kilobytes could cost them gigabytes or
minutes. The scan that counts is linear in the size of the file. Every refusal is a `DataError`
of one line that names the file, the place in it, what was found and what would do.
"""

from bordermap.documents.files import MAX_BYTES, path_within, read_text, toml_files
from bordermap.documents.json_csv import MAX_ROWS, read_json, read_rows
from bordermap.documents.limits import MAX_KEY_PARTS, MAX_KEYS, MAX_NESTING
from bordermap.documents.parts import (
    CountryCode,
    OpenInterval,
    Precision,
    WebSource,
    country_code,
    open_ended,
    with_web_address,
)
from bordermap.documents.toml import parsed_toml, read_toml, toml_text
from bordermap.documents.values import validated, validated_row, without_defaults
from bordermap.documents.wording import MAX_INTEGER, named, shown

__all__ = [
    "MAX_BYTES",
    "MAX_INTEGER",
    "MAX_KEYS",
    "MAX_KEY_PARTS",
    "MAX_NESTING",
    "MAX_ROWS",
    "CountryCode",
    "OpenInterval",
    "Precision",
    "WebSource",
    "country_code",
    "named",
    "open_ended",
    "parsed_toml",
    "path_within",
    "read_json",
    "read_rows",
    "read_text",
    "read_toml",
    "shown",
    "toml_files",
    "toml_text",
    "validated",
    "validated_row",
    "with_web_address",
    "without_defaults",
]
