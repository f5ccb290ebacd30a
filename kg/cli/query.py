"""`kg query`: a canned query, whose parameters are options."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command, rows
from kg.cli.command import Parser
from kg.errors import UsageError
from kg.query.canned import CannedQuery, Parameter, load, query_names


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments, and those of the query that the words name."""
    name = parser.add_argument("name", metavar="NAME", help="the name of a canned query; kg queries lists them")
    command.completed(name, lambda options: query_names())
    parameters(parser, words)
    rows.add(parser)
    command.graph(parser)


def parameters(parser: Parser, words: Sequence[str]) -> None:
    """The parameters of the query that the words name, each as an option; none when they name none.

    Raises UnknownName, with the nearest names, for a name that is no query's.
    """
    plain = [word for word in words if not word.startswith("-")]
    known = query_names()
    named = next((word for word in plain if word in known), None)
    if named is None:
        return
    query = load(named)
    parser.known = query.parameter
    parser.description = "\n".join(filter(None, (f"{query.summary}.", query.description)))
    group = parser.add_argument_group(f"parameters of {named}")
    for parameter in query.parameters:
        option = group.add_argument(
            f"--{parameter.name}", dest=f"--{parameter.name}", metavar=parameter.kind.upper(), action="append",
            required=not parameter.optional, help=_help(parameter).replace("%", "%%"),
        )  # fmt: skip
        command.completed(option, lambda options, p=parameter: values(p, options.graph))  # type: ignore[misc]


def _help(parameter: Parameter) -> str:
    said = parameter.description[:1].lower() + parameter.description[1:]
    if parameter.choices:
        said += f": {command.listed(parameter.choices)}"
    elif parameter.example:
        said += f", e.g. {parameter.example}"
    return said + (f" (default: {parameter.default})" if parameter.default else "")


def given(query: CannedQuery, options: Namespace) -> dict[str, list[str]]:
    """The values of a query's parameters; several names mean any of them.

    Raises UsageError for a number or date that is given twice, of which one alone can be meant.
    """
    found = {p.name: v for p in query.parameters if (v := getattr(options, f"--{p.name}", None))}
    for parameter in query.parameters:
        if (
            parameter.kind in ("integer", "decimal", "double", "date", "boolean")
            and len(found.get(parameter.name, ())) > 1
        ):
            raise UsageError(
                f"--{parameter.name} is given {len(found[parameter.name])} times; give one {parameter.kind}"
            )
    return found


def values(parameter: Parameter, place: str) -> list[str]:
    """The values that a parameter can have in the graph at a place, for a shell to complete; [] without a graph."""
    from kg.errors import KgError
    from kg.names.entities import names as entity_names
    from kg.store import open_graph

    if parameter.literal:
        return list(parameter.choices)
    try:
        entities = entity_names(open_graph(place)).entities.values()
    except KgError:
        return []
    any_kind = parameter.kind == "Resource"
    return sorted({e.label for e in entities if e.kind == parameter.kind or (any_kind and e.kind != "Submission")})


def run(options: Namespace) -> int:
    """Ask, and print the rows; what was not found, and where, goes to standard error."""
    from kg.query import loaded
    from kg.query import run as ask
    from kg.store import open_graph

    query = load(options.name)
    graph = open_graph(options.graph)
    table = ask(graph, options.name, given(query, options))
    if not table.rows and options.format == "table":
        print(f"nothing found by {options.name} with these parameters; {loaded(graph)}", file=sys.stderr)
    else:
        rows.show(table, options)
    return 0 if table.rows else 1
