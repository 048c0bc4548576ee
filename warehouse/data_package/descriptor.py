"""datapackage.json: what the files of a package are, for programs (Data Package, datapackage.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from warehouse.data_package.resources import Field, Resource

TYPES = {
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "VARCHAR": "string",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written; `path` below the package."""

    resource: Resource
    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class State:
    """What the package shows; `created`: when that state was loaded, ISO 8601."""

    version: str
    created: str
    reports: int
    towns: int
    facts: int
    first_year: int | None
    last_year: int | None
    versions: dict[str, str]
    is_masked: bool


def descriptor(state: State, files: Iterable[Written]) -> str:
    """The same text for the same state."""
    told = {
        "profile": "data-package",
        "name": "townfacts",
        "title": "Annual rule-of-law reports of Chinese townships as facts / 乡镇法治政府建设年度报告数据",
        "description": (
            f"{state.facts} facts of {state.reports} reports of {state.towns} townships, each with its bounds"
            " and its sentence. See README.md and dictionary.html."
        ),
        "version": state.version,
        "created": state.created,
        "keywords": ["法治政府建设", "乡镇", "China", "townships", "rule of law"],
        "townfacts": {"versions": state.versions, "names_of_private_persons_masked": state.is_masked},
        "resources": [_resource(file) for file in files],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _resource(file: Written) -> dict[str, Any]:
    resource, is_csv = file.resource, file.path.endswith(".csv")
    told: dict[str, Any] = {
        "name": resource.name.replace("_", "-") + ("" if is_csv else "-parquet"),
        "title": f"{resource.en} / {resource.zh}",
        "description": f"{resource.says_en} {resource.says_zh}",
        "path": file.path,
        "format": "csv" if is_csv else "parquet",
        "mediatype": "text/csv" if is_csv else "application/vnd.apache.parquet",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if is_csv:
        told |= {
            "type": "table",
            "profile": "tabular-data-resource",
            "encoding": "utf-8-sig",
            "schema": _schema(resource),
        }
    else:
        told |= {"type": "file"}
    return told


def _schema(resource: Resource) -> dict[str, Any]:
    told: dict[str, Any] = {"fields": [_field(field) for field in resource.fields], "missingValues": [""]}
    if resource.key:
        told["primaryKey"] = list(resource.key)
    keys = [
        {
            "fields": [column],
            "reference": {"resource": table.replace("_", "-"), "fields": [target]},
        }
        for column, (table, target) in resource.references.items()
    ]
    return told | ({"foreignKeys": keys} if keys else {})


def _field(field: Field) -> dict[str, Any]:
    kind = (
        "number"
        if field.type.startswith("DECIMAL")
        else "array"
        if field.type.endswith("[]")
        else TYPES[field.type]
    )
    told: dict[str, Any] = {"name": field.name, "type": kind, "title": field.zh, "description": field.en}
    return told | ({"constraints": {"required": True}} if field.required else {})
