"""The API's own page, made from its OpenAPI document: nothing of it comes from another host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_TEMPLATES = Path(__file__).parents[1] / "web" / "templates"


def documentation(openapi: Mapping[str, Any]) -> str:
    """The page as HTML."""
    operations = [
        {"method": method.upper(), "path": path, **operation, "body": _body(operation)}
        for path, item in openapi["paths"].items()
        for method, operation in item.items()
    ]
    schemas = {
        name: json.dumps(schema, indent=2, ensure_ascii=False)
        for name, schema in openapi["components"]["schemas"].items()
    }
    server = openapi["servers"][0]["url"]
    return _template().render(info=openapi["info"], server=server, operations=operations, schemas=schemas)


def _body(operation: Mapping[str, Any]) -> str:
    """The name of the schema that a request's body has, if there is a body."""
    if "requestBody" not in operation:
        return ""
    reference: str = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return reference.rpartition("/")[2]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("api.html")
