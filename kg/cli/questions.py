"""Questions to the graph: canned queries with their rows and charts, SPARQL, plain words, things, claims, differences."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import command, rows
from kg.cli.command import Parser
from kg.errors import KgError, UnknownName, UsageError
from kg.files import read_text
from kg.namespaces import RDFS_LABEL
from kg.query.answer import GRAPH_FORMATS, TABLE_FORMATS, Table
from kg.query.canned import CannedQuery, Parameter, is_query, load, queries, query_names
from kg.query.sheet import title
from kg.store import Graph

if TYPE_CHECKING:
    from kg.query.panels import Panel  # only kg describe has any


def add_query(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg query`, and those of the query that the words name."""
    name = parser.add_argument("name", metavar="NAME", help="the name of a canned query; kg queries lists them")
    command.completed(name, lambda options: query_names())
    _parameters(parser, words)
    rows.add(parser)
    command.graph(parser)


def run_query(options: Namespace) -> int:
    """Ask, and print the rows; what was not found, and where, goes to standard error."""
    from kg.query import loaded, run

    graph = command.opened(options)
    table = run(graph, options.name, _given(load(options.name), options))
    if not table.rows and options.format == "table":
        print(f"nothing found by {options.name} with these parameters; {loaded(graph)}", file=sys.stderr)
    else:
        rows.show(table, options)
    return 0 if table.rows else 1


def add_plot(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg plot`, and those of the query that the words name."""
    name = parser.add_argument("name", metavar="NAME", help="the name of a canned query that has a chart")
    command.completed(name, lambda options: [q.name for q in queries() if q.chart is not None])
    parser.add_argument(
        "file", metavar="FILE", type=command.target, help="a file that ends in .svg, .png, .html or .json"
    )
    _parameters(parser, words)
    command.graph(parser)


def run_plot(options: Namespace) -> None:
    """Draw, and say what was drawn."""
    from kg.plot import plot

    given = _given(load(options.name), options)
    print(plot(command.opened(options), options.name, options.file, given))


def _parameters(parser: Parser, words: Sequence[str]) -> None:
    """The parameters of the query that the words name, each as an option; none when they name none.

    Raises UnknownName when help is wanted on a query that is none.
    """
    named = next(filter(is_query, words), None)
    if named is None:
        if {"-h", "--help"} & set(words) and not words[0].startswith("-"):
            load(words[0])
        parser.epilog = f"{parser.prog} NAME --help lists the parameters of a query."
        return
    query = load(named)
    parser.known, parser.helped = query.parameter, f"{parser.prog} {named}"
    parser.description = "\n".join(filter(None, (f"{query.summary}.", query.description)))
    group = parser.add_argument_group(f"parameters of {named}")
    for parameter in query.parameters:
        option = group.add_argument(
            f"--{parameter.name}", dest=f"--{parameter.name}", metavar=parameter.kind.upper(), action="append",
            required=not parameter.optional, help=_help(parameter).replace("%", "%%"),
        )  # fmt: skip
        command.completed(option, lambda options, p=parameter: _values(p, options))  # type: ignore[misc]


def _help(parameter: Parameter) -> str:
    said = parameter.description[:1].lower() + parameter.description[1:]
    if parameter.choices:
        said += f": {command.listed(parameter.choices)}"
    elif parameter.example:
        said += f", e.g. {parameter.example}"
    return said + (f" (default: {parameter.default})" if parameter.default else "")


def _given(query: CannedQuery, options: Namespace) -> dict[str, list[str]]:
    """The values of a query's parameters; several names mean any of them.

    Raises UsageError for a number or date that is given twice, of which one alone can be meant.
    """
    found = {p.name: v for p in query.parameters if (v := getattr(options, f"--{p.name}", None))}
    for parameter in query.parameters:
        times = len(found.get(parameter.name, ()))
        if times > 1 and parameter.kind in ("integer", "decimal", "double", "date", "boolean"):
            raise UsageError(f"--{parameter.name} is given {times} times; give one {parameter.kind}")
    return found


def _values(parameter: Parameter, options: Namespace) -> list[str]:
    """The values that a parameter can have in the graph, for a shell to complete; [] without a graph."""
    from kg.names.entities import names

    if parameter.literal:
        return list(parameter.choices)
    try:
        entities = names(command.opened(options)).entities.values()
    except KgError:
        return []
    any_kind = parameter.kind == "Resource"
    return sorted({e.label for e in entities if e.kind == parameter.kind or (any_kind and e.kind != "Submission")})


def add_queries(parser: Parser, words: Sequence[str]) -> None:
    """`kg queries` has no arguments."""


def run_queries(options: Namespace) -> None:
    """List the queries, each with its parameters below it."""
    for query in queries():
        print(f"{query.name:28} {query.summary}")
        given = [f"[--{p.name} {p.kind}]" if p.optional else f"--{p.name} {p.kind}" for p in query.parameters]
        if given:
            print(f"{'':28} {'  '.join(given)}")


def add_sparql(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg sparql`."""
    parser.add_argument("text", nargs="?", metavar="QUERY", help="a SPARQL 1.1 query, or - for standard input")
    parser.add_argument("--file", metavar="FILE", type=Path, help="a file that holds the query")
    rows.add(parser, "an answer", (*TABLE_FORMATS, *GRAPH_FORMATS))
    command.graph(parser)


def run_sparql(options: Namespace) -> None:
    """Ask, and print what comes back."""
    from kg.query import sparql

    if (options.text is None) == (options.file is None):
        raise UsageError("give a query, or --file, or - to read it from standard input")
    text = (
        sys.stdin.read().removeprefix("\ufeff")
        if options.text == "-"
        else options.text
        if options.text is not None
        else read_text(options.file, "give UTF-8 text")
    )
    answer = sparql(command.opened(options), text)
    if isinstance(answer, Table):
        rows.show(answer, options, [title(column) for column in answer.columns])
    else:
        sys.stdout.write(answer.render(options.format))


def add_describe(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg describe`."""
    parser.add_argument("name", metavar="NAME", help="a name, CURIE or IRI")
    rows.add(parser)
    command.graph(parser)


def run_describe(options: Namespace) -> None:
    """Print what is known: what the vocabulary says, the first rows of the record, then the facts of each source."""
    from kg.plain import shown
    from kg.query import describe
    from kg.query.panels import panels

    graph = command.opened(options)
    said = describe(graph, options.name)
    if options.format != "table":
        rows.show(said.table(), options)
        return
    whole = Namespace(**{**vars(options), "columns": None, "sort": None})
    told = [row for row in said.vocabulary.rows if row[0].value not in _TWICE]
    texts = [
        (f"{said.entity.label} ({said.entity.kind}) <{said.entity.iri}>",
         rows.written(Table(said.vocabulary.columns, tuple(told)), whole)),
        *((_heading(graph, panel), rows.written(panel.table, whole)) for panel in panels(graph, said.entity.iri)),
        *((source, rows.written(table, options)) for source, table in said.sources),
    ]  # fmt: skip
    rows.paged("\n".join(f"{shown(title)}\n{text}" for title, text in texts))


_TWICE = ("type", "label", "prefLabel", "hiddenLabel")
"""What the heading says, and spellings that are no names."""


def _heading(graph: Graph, panel: Panel) -> str:
    """What a panel is, and the command that gives all of it."""
    name = next(graph.values(panel.about, RDFS_LABEL), panel.about)
    import shlex

    part = f", first {len(panel.table)} of {panel.count}" * (len(panel.table) < panel.count)
    return f"{panel.title}{part}: kg query {panel.query} --{panel.parameter} {shlex.quote(name)}"


def add_ask(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg ask`."""
    parser.add_argument("question", nargs="*", metavar="WORD", help="a question in plain words (default: a prompt)")
    parser.add_argument(
        "--reading", metavar="N", type=command.positive, help="answer the reading that a refusal offers"
    )
    instead = parser.add_mutually_exclusive_group()
    for part, said in {"sparql": "the query", "evidence": "all files and quotes that the answer rests on"}.items():
        instead.add_argument(f"--{part}", dest="part", action="store_const", const=part, help=f"print {said} instead")
    command.formats(parser, "rows", TABLE_FORMATS, "table")
    command.graph(parser)


def run_ask(options: Namespace) -> int:
    """Answer the question, or one after another."""
    from kg.prompt import answer, converse

    graph, width = command.opened(options), command.width()
    if options.question:
        return answer(graph, " ".join(options.question), options.format, width, options.reading, options.part or "rows")
    converse(graph, options.format, width)
    return 0


def add_examples(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg examples`."""
    command.graph(parser)


def run_examples(options: Namespace) -> None:
    """List the questions."""
    from kg.ask.answer import examples

    for text in examples(command.opened(options)):
        print(text)


def add_claims(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg claims`."""
    from kg.claims.report import FORMATS
    from kg.model.claim import VERDICTS

    parser.add_argument("--organization", metavar="NAME", help="only the claims that it makes")
    verdict = parser.add_argument("--verdict", help=command.listed(VERDICTS))
    command.completed(verdict, lambda options: VERDICTS)
    command.formats(parser, "claims", FORMATS, "table")
    command.graph(parser)


def run_claims(options: Namespace) -> int:
    """Write the reviews that the build stored."""
    from kg.claims.report import summary, write_claims
    from kg.claims.stored import stored_reviews
    from kg.model.claim import VERDICTS
    from kg.query import resolve

    graph = command.opened(options)
    who = resolve(graph, options.organization, "Organization").iri if options.organization else None
    wanted = options.verdict.lower().replace("-", " ") if options.verdict else None
    if wanted is not None and wanted not in VERDICTS:
        raise UnknownName("verdict", options.verdict, VERDICTS)
    reviews = [r for r in stored_reviews(graph) if who in (None, r.speaker) and wanted in (None, r.verdict)]
    if not reviews:
        print(f"no such claims; in this graph are {summary(stored_reviews(graph))}", file=sys.stderr)
        return 1
    sys.stdout.write(write_claims(reviews, graph, options.format))
    return 0


def add_diff(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg diff`."""
    parser.add_argument("before", metavar="BEFORE", help="a graph directory, or the URL of a SPARQL server")
    parser.add_argument("after", metavar="AFTER", help="another")
    command.formats(parser, "rows", TABLE_FORMATS, "table")


def run_diff(options: Namespace) -> int:
    """Print the differences; 1 when there are any, as diff does."""
    from kg.query.diff import difference
    from kg.store import open_graph

    table = difference(open_graph(options.before), open_graph(options.after))
    if table.rows or options.format != "table":
        sys.stdout.write(table.render(options.format, command.width()))
    else:
        print("no fact, result or verdict differs", file=sys.stderr)
    return int(bool(table.rows))
