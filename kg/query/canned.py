"""Query files: their headers, and how parameters are bound.

The header stands in lines that begin with `#+` and is YAML, as grlc reads it (https://grlc.io). A
parameter `accelerator` is a variable `?__accelerator_iri` in the text, `?_accelerator_iri` when it is
needed (`_iri`, `_integer`, `_literal`, `_xsd_decimal`); left unbound it restricts nothing, so that the
file is valid SPARQL 1.1 as it stands. grlc writes values in the place of variables: a variable is told
to be bound by COALESCE(ISIRI(…), false), which stays SPARQL, and not by BOUND.
"""

import json
import re
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import QueryError, UnknownName
from kg.names.slips import nearest
from kg.namespaces import PREFIXES, XSD, expand
from kg.resources import folder

ANY = PREFIXES["rdfs"] + "Resource"
"""The type of a parameter that takes an entity of any class."""


class Parameter(NamedTuple):
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


class CannedQuery(NamedTuple):
    """A query file: its text, and what its header says."""

    name: str
    summary: str
    text: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    chart: Mapping[str, Any] | None = None
    """How its rows are drawn; see `kg.plot.Chart`."""

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


def is_query(name: str) -> bool:
    """Whether a canned query has a name."""
    return bool(re.fullmatch(r"[a-z0-9-]{1,100}", name)) and (folder("queries") / f"{name}.rq").is_file()


def queries() -> list[CannedQuery]:
    """All canned queries, by name."""
    return [load(name) for name in query_names()]


@cache
def load(name: str) -> CannedQuery:
    """The canned query with a name. Raises UnknownName, with the nearest names, when there is none."""
    if not is_query(name):
        raise UnknownName("query", name, nearest(name, query_names()))
    return read_query(folder("queries") / f"{name}.rq")


def read_query(path: Path) -> CannedQuery:
    """The query in a file. Raises QueryError, with the line, when its header is not as it should be."""
    text = path.read_text("utf-8-sig")
    head = _kept().get(_key(path, text)) or _header(path, text)
    named = {of[1]: of[0] for of in re.finditer(r"(?<=\?)__?(\w+?)_(?:iri|integer|literal|xsd_[a-z]+)\b", text)}
    declared = head.get("parameters") or {}
    parameters = [_parameter(path, name, said, named.get(name)) for name, said in declared.items()]
    if "summary" not in head:
        raise QueryError(f"{path}: the header has no summary")
    return CannedQuery(
        path.stem, head["summary"], text, head.get("description", ""), tuple(parameters),
        tuple(head.get("questions") or ()), tuple(head.get("tags") or ()), head.get("chart"),
    )  # fmt: skip


def without_header(text: str) -> str:
    """The text of a query file without its `#+` lines.

    >>> without_header("#+ summary: all there is\\nSELECT * { ?s ?p ?o }\\n")
    'SELECT * { ?s ?p ?o }'
    """
    return re.sub(r"(?m)^#\+.*\n", "", text).strip()


@cache
def _kept() -> dict[str, dict[str, Any]]:
    """The headers in `queries/headers.json`, which is read without loading PyYAML, by name and checksum of the header."""
    kept: dict[str, dict[str, Any]] = json.loads((folder("queries") / "headers.json").read_bytes())
    return kept


def _key(path: Path, text: str) -> str:
    header = "\n".join(line for line in text.splitlines() if line.startswith("#+"))
    return f"{path.stem} {zlib.crc32(header.encode())}"


def headers_json() -> str:
    """What `queries/headers.json` has to hold: the header of each query file, a line each."""
    texts = {path: path.read_text("utf-8-sig") for path in sorted(folder("queries").glob("*.rq"))}
    lines = (f"{json.dumps(_key(*file))}: {json.dumps(_header(*file), ensure_ascii=False)}" for file in texts.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _header(path: Path, text: str) -> dict[str, Any]:
    """The `#+` lines as YAML. Raises QueryError, with the line, when they are none."""
    import yaml

    lines = [line[2:] if line.startswith("#+") else "" for line in text.splitlines()]
    try:
        head = yaml.load("\n".join(lines), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise QueryError(f"{path}{line}: the header is no YAML: {error.problem}") from error
    if not isinstance(head, dict):
        raise QueryError(f"{path}: there is no header; begin it with '#+ summary: …'")
    return head


def _parameter(path: Path, name: str, said: Mapping[str, Any], variable: str | None) -> Parameter:
    """A parameter of a header, with its variable."""
    if variable is None or "type" not in said:
        raise QueryError(f"{path}: the parameter {name!r} needs a type, and a variable ?__{name}_iri")
    return Parameter(
        name, variable, expand(said["type"]), bool(said.get("optional", True)), _text(said.get("default")),
        _text(said.get("example")), said.get("description", ""), tuple(map(str, said.get("choices") or ())),
    )  # fmt: skip


def _text(value: object) -> str | None:
    """A value of the header as it is typed: 'true' for a boolean, '20' for a number."""
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
