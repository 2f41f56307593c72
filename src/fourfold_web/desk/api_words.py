"""What does the API's description say, put so that a person can read it?"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from fourfold_web.desk.api import api

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Part:
    """One parameter or field: name, type, whether it must be there, what it means."""

    name: str
    type: str
    required: bool
    says: str


@dataclass(frozen=True)
class Way:
    """One thing that a program may ask."""

    verb: str
    path: str
    title: str
    says: str
    parameters: list[Part]
    sends: list[Part]
    gives: list[tuple[str, list[Part]]]


def described(request: HttpRequest) -> dict[str, Any]:
    """What can be asked, in the order of addresses?"""
    del request
    schema = api.get_openapi_schema(path_prefix="/api/")
    shapes = schema.get("components", {}).get("schemas", {})
    ways = [
        _way(verb.upper(), path, asked[verb], shapes)
        for path, asked in schema["paths"].items()
        for verb in VERBS
        if verb in asked
    ]
    return {"info": schema["info"], "ways": ways}


def _way(verb: str, path: str, asked: dict[str, Any], shapes: dict[str, Any]) -> Way:
    answers = asked.get("responses", {})
    return Way(
        verb=verb,
        path=path,
        title=asked.get("summary", ""),
        says=asked.get("description", ""),
        parameters=[_parameter(one, shapes) for one in asked.get("parameters", [])],
        sends=_parts(asked.get("requestBody", {}), shapes),
        gives=[(str(code), _parts(one, shapes)) for code, one in answers.items()],
    )


def _parameter(one: dict[str, Any], shapes: dict[str, Any]) -> Part:
    required = bool(one.get("required"))
    return Part(one["name"], _type(one["schema"], shapes), required, one["in"])


def _parts(body: dict[str, Any], shapes: dict[str, Any]) -> list[Part]:
    content = body.get("content", {}).get("application/json", {})
    shape = _resolved(content.get("schema", {}), shapes)
    if shape.get("type") == "array":
        shape = _resolved(shape.get("items", {}), shapes)
    needed = shape.get("required", [])
    return [
        Part(name, _type(field, shapes), name in needed, field.get("description", ""))
        for name, field in shape.get("properties", {}).items()
    ]


def _resolved(shape: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = shapes[shape["$ref"].rsplit("/", 1)[-1]]
        return found
    return shape


def _type(field: dict[str, Any], shapes: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(one, shapes) for one in field["anyOf"])
    if "$ref" in field:
        return str(field["$ref"].rsplit("/", 1)[-1])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}), shapes)}"
    words = {"null": "nothing", "integer": "whole number", "boolean": "true or false"}
    given = str(field.get("format") or field.get("type") or "anything")
    return words.get(given, given)
