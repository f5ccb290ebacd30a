"""Query files: their headers, and how parameters are bound.

The header stands in lines that begin with `#+` and is a subset of YAML, after grlc (https://grlc.io). A
parameter `accelerator` is a variable `?_accelerator_iri` in the text (`_iri`, or the name of an XSD
datatype); left unbound it restricts nothing, so that the file is valid SPARQL 1.1 as it stands.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import QueryError, UnknownName
from kg.names.slips import nearest
from kg.namespaces import PREFIXES, XSD, expand
from kg.query.text import variables
from kg.resources import folder

ANY = PREFIXES["rdfs"] + "Resource"
"""The type of a parameter that takes an entity of any class."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query. `type` is the IRI of a class of the ontology, or of an XSD datatype.

    `choices` are the only values it takes; any value when there are none.
    """

    name: str
    variable: str
    type: str
    optional: bool = True
    default: str | None = None
    example: str | None = None
    description: str = ""
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The local name of its type: 'Accelerator', 'Resource' for an entity of any class, 'integer'."""
        return re.split(r"[#/]", self.type)[-1]

    @property
    def literal(self) -> bool:
        """Whether it takes a literal; otherwise it takes the name, CURIE or IRI of an entity."""
        return self.type.startswith(XSD)


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query file: its text, and what its header says."""

    name: str
    summary: str
    text: str = field(repr=False)
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def parameter(self, name: str) -> Parameter:
        """The parameter with a name. Raises QueryError, with the names there are, when it has none such."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(p.name for p in self.parameters) or "none"
        raise QueryError(f"the query {self.name} has no parameter {name!r}; it has: {known}")


def query_names() -> list[str]:
    """The names of all canned queries, in order."""
    return sorted(path.stem for path in folder("queries").glob("*.rq"))


def queries() -> list[CannedQuery]:
    """All canned queries, by name."""
    return [load(name) for name in query_names()]


@cache
def load(name: str) -> CannedQuery:
    """The canned query with a name. Raises UnknownName, with the nearest names, when there is none."""
    path = folder("queries") / f"{name}.rq"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        raise UnknownName("query", name, nearest(name, query_names()))
    return read_query(path)


def read_query(path: Path) -> CannedQuery:
    """The query in a file. Raises QueryError, with the line, when its header is not as it should be."""
    text = path.read_text("utf-8")
    head = _header(path, text)
    named = variables(text)
    parameters = []
    for name, said in (head.get("parameters") or {}).items():
        variable = next((v for v in named if re.fullmatch(rf"__?{re.escape(name)}_[a-zA-Z]+", v)), None)
        if variable is None or "type" not in said:
            raise QueryError(f"{path}: the parameter {name!r} needs a type, and a variable ?_{name}_iri")
        optional = said.get("optional", "true") == "true"
        parameters.append(
            Parameter(
                name,
                variable,
                expand(said["type"]),
                optional,
                said.get("default"),
                said.get("example"),
                said.get("description", ""),
                tuple(said.get("choices") or ()),
            )
        )
    if "summary" not in head:
        raise QueryError(f"{path}: the header has no summary")
    return CannedQuery(
        path.stem,
        head["summary"],
        text,
        head.get("description", ""),
        tuple(parameters),
        tuple(head.get("questions") or ()),
        tuple(head.get("tags") or ()),
    )


def _header(path: Path, text: str) -> dict[str, Any]:
    """The `#+` lines as YAML: nested mappings, lists of scalars, and scalars that may go on indented."""
    lines = [
        (at, len(line) - len(line.lstrip()), line.strip())
        for at, line in enumerate((raw[2:] if raw.startswith("#+") else "" for raw in text.splitlines()), 1)
        if line.strip()
    ]

    def scalar(said: str) -> str:
        return json.loads(said) if said[:1] == '"' else said[1:-1] if said[:1] == "'" else said

    def block(at: int, indent: int) -> tuple[Any, int]:
        if lines[at][2].startswith("- "):
            items = []
            while at < len(lines) and lines[at][1] == indent and lines[at][2].startswith("- "):
                said, at = more(lines[at][2][2:].strip(), at + 1, indent)
                items.append(scalar(said))
            return items, at
        made: dict[str, Any] = {}
        while at < len(lines) and lines[at][1] == indent:
            key, colon, said = lines[at][2].partition(":")
            if not colon:
                raise QueryError(f"{path}:{lines[at][0]}: expected 'name: value', not {lines[at][2]!r}")
            if said.strip():
                said, at = more(said.strip(), at + 1, indent)
                made[key] = scalar(said)
            elif at + 1 < len(lines) and lines[at + 1][1] > indent:
                made[key], at = block(at + 1, lines[at + 1][1])
            else:
                made[key], at = None, at + 1
        return made, at

    def more(said: str, at: int, indent: int) -> tuple[str, int]:
        while at < len(lines) and lines[at][1] > indent:
            said, at = f"{said} {lines[at][2]}", at + 1
        return said, at

    if not lines:
        raise QueryError(f"{path}: there is no header; begin it with '#+ summary: …'")
    head, end = block(0, lines[0][1])
    if end < len(lines) or not isinstance(head, dict):
        raise QueryError(
            f"{path}:{lines[min(end, len(lines) - 1)][0]}: the header is not indented as YAML is"
        )
    return head
