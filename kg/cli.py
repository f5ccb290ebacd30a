"""The command line: parses, calls one function, prints.

Nothing heavy is imported before a command needs it, so that `kg --help` answers at once. Exit codes:
0 fine, 1 the answer is no, 2 wrong use or unreadable input.
"""

# no postponed annotations: typer would evaluate each of them twice at every start
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kg.build import BuildReport, Reading

app = typer.Typer(
    name="kg",
    help="A knowledge graph of MLPerf statements: every fact with the words it rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Documents, folders of them, or - for standard input.", show_default="the shipped statements"
    ),
]
Round = Annotated[
    str | None,
    typer.Option(
        "--round", help="The MLPerf round of the documents, e.g. v2.0, when their title does not say it."
    ),
]
VocabularyFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--vocabulary", help="A Turtle file of SKOS concepts of your own; may be given several times."
    ),
]
GraphDirectory = Annotated[
    str,
    typer.Option("--graph", envvar="KG_GRAPH", help="The directory of the graph, or the URL of a SPARQL 1.1 server."),
]
DEFAULT_GRAPH = "kg-graph"
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="How many processes work.")]
ExecutorAddress = Annotated[
    str | None, typer.Option("--executor", help="dask://HOST:PORT, the scheduler of a Dask cluster.")
]


@app.command()
def build(
    sources: Sources = None,
    graph: GraphDirectory = DEFAULT_GRAPH,
    round: Round = None,
    vocabulary: VocabularyFiles = None,
    results: Annotated[
        list[Path] | None,
        typer.Option(
            "--results",
            help="A results repository, an archive of one, or a table made by `kg results`; several are possible.",
            show_default="the shipped tables",
        ),
    ] = None,
    no_results: Annotated[bool, typer.Option("--no-results", help="Leave the official results out.")] = False,
    graph_store: Annotated[
        str | None,
        typer.Option(
            "--graph-store", envvar="KG_GRAPH_STORE", help="The Graph Store Protocol's URL, for a graph on a server."
        ),
    ] = None,
    parts: Annotated[
        Path | None, typer.Option("--parts", help="A folder for the graph as sorted N-Quads files, to bulk-load.")
    ] = None,
    jobs: Jobs = 1,
    executor: ExecutorAddress = None,
) -> None:
    """Read statements and official results, and build the validated graph."""
    from kg.build import build as build_graph
    from kg.executor import Workers

    if results and no_results:
        raise typer.BadParameter("give --results or --no-results, not both")
    with _progress("reading, extracting, validating"):
        report = build_graph(
            sources or (),
            directory=graph,
            round=round,
            vocabulary=vocabulary or (),
            results=() if no_results else results,
            workers=Workers(jobs, executor),
            graph_store=graph_store,
            parts=parts,
        )
    _summary(report)


def _summary(report: "BuildReport") -> None:
    reading = report.reading
    for document in reading.documents:
        mark = f" (a restatement of “{document.origin.title}”)" if document.origin else ""
        print(f"{document.source}: {document.round}, {len(document.sections)} statements{mark}")
    if report.record.results:
        rounds = sorted({r.round.label for r in report.record.results})
        print(
            f"{len(report.record.results)} official results of {', '.join(rounds)}; "
            f"{report.links} systems of statements found among those filed"
        )
    print(
        f"{len(reading.facts)} facts, {report.quads} quads in {report.directory}; {report.checked} things checked against the shapes"
    )
    if report.quarantined:
        print(f"{report.quarantined} in quarantine:")
        for reason, number in report.reasons:
            print(f"  {number} × {reason}")
    else:
        print("nothing in quarantine")
    unlinked = [m for e in reading.extractions for m in e.unlinked]
    if unlinked:
        names = sorted({m.text for m in unlinked})
        print(
            f"{len(unlinked)} mentions left unlinked: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"
        )


@app.command()
def facts(
    sources: Sources = None,
    format: Annotated[str, typer.Option("--format", help="table, csv or jsonl.")] = "table",
    round: Round = None,
    vocabulary: VocabularyFiles = None,
) -> None:
    """Print the facts of statements, each with the words it rests on."""
    from kg.build import read_statements
    from kg.facts import write_facts

    write_facts(_read(read_statements, sources, round, vocabulary).facts, format, sys.stdout)


def _read(read: Any, sources: list[str] | None, round: str | None, vocabulary: list[Path] | None) -> "Reading":
    with _progress("reading"):
        reading: Reading = read(sources or (), round=round, vocabulary=vocabulary or ())
    return reading


@app.command()
def results(
    source: Annotated[
        Path, typer.Argument(help="A results repository, or a .tar.xz, .tar.gz or .zip of one.")
    ],
    format: Annotated[str, typer.Option("--format", help="table, csv, jsonl or parquet.")] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", help="A file to write instead of the terminal.")
    ] = None,
    round: Annotated[
        str | None,
        typer.Option("--round", help="The MLPerf round, when the name of the source does not say it."),
    ] = None,
    repository: Annotated[
        str | None,
        typer.Option(
            "--repository", help="Owner and name, kept with each result.", show_default="the checkout's"
        ),
    ] = None,
    commit: Annotated[
        str | None,
        typer.Option("--commit", help="The commit, kept with each result.", show_default="the checkout's"),
    ] = None,
    events: Annotated[
        bool, typer.Option("--events", help="Every logged event instead, as --format nquads or parquet.")
    ] = False,
    jobs: Jobs = 1,
    executor: ExecutorAddress = None,
) -> None:
    """Read the official results of a results repository: scores by the round's rule."""
    if events:
        _events(source, "nquads" if format == "table" else format, output, round)
        return
    from kg.executor import Workers
    from kg.record.results import read_results, report, write_results

    with _bar(source) as progress:
        found = read_results(
            source, round=round, repository=repository, commit=commit, progress=progress,
            workers=Workers(jobs, executor),
        )  # fmt: skip
    written = write_results(found, format, output)
    if written is not None:
        sys.stdout.write(written)
    print(report(found), file=sys.stderr)
    raise typer.Exit(0 if found.results else 1)


def _events(source: Path, format: str, output: Path | None, round: str | None) -> None:
    from kg.export.events import write_events

    with _bar(source) as progress:
        written = write_events(source, format, output, round=round, progress=progress)
    print(f"{written} events", file=sys.stderr)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated facts, one JSON object a line.")],
    sources: Sources = None,
    format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    round: Round = None,
    vocabulary: VocabularyFiles = None,
) -> None:
    """Score the facts of documents against annotated ones: precision, recall and F1 by predicate."""
    from kg.build import read_statements
    from kg.extract.score import evaluate as score
    from kg.extract.score import read_gold
    from kg.facts import write_evaluation
    from kg.names.lexicon import Lexicon

    annotated = read_gold(gold)
    reading = _read(read_statements, sources, round, vocabulary)
    lexicon = Lexicon(reading.vocabulary, reading.statements[0].round)
    write_evaluation(score(annotated, reading.facts, lexicon), format, sys.stdout)


@app.command()
def validate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="RDF files.", show_default="the built graph")
    ] = None,
    format: Annotated[str, typer.Option("--format", help="text, turtle or json.")] = "text",
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Check RDF files, or the built graph, against the shapes."""
    from kg.store import open_graph
    from kg.validate import validate as check
    from kg.validate import validate_files

    report = validate_files(files) if files else check(open_graph(graph).quads())
    print(report.write(format))
    raise typer.Exit(0 if report.conforms else 1)


@app.command()
def queries() -> None:
    """List the canned queries with their parameters."""
    from kg.query import queries as canned

    for query in canned():
        print(f"{query.name:28} {query.summary}")
        options = "  ".join(
            f"[--{p.name} {p.kind}]" if p.optional else f"--{p.name} {p.kind}" for p in query.parameters
        )
        if options:
            print(f"{'':28} {options}")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name of a canned query; see `kg queries`.")],
    format: Annotated[
        str, typer.Option("--format", help="table, csv, tsv, json, xml or markdown.")
    ] = "table",
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Answer a canned query; its parameters are options, e.g. --accelerator "A100 80GB"."""
    from kg.query import run
    from kg.store import open_graph

    table = run(open_graph(graph), name, _parameters(context.args))
    if not table.rows and format == "table":
        print(f"nothing found by {name} with these parameters", file=sys.stderr)
    else:
        sys.stdout.write(table.render(format, _width()))
    raise typer.Exit(0 if table.rows else 1)


@app.command()
def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help="A question in plain words.", show_default="a prompt")
    ] = None,
    reading: Annotated[
        int | None, typer.Option("--reading", min=1, help="Which reading, where there are several.")
    ] = None,
    sparql: Annotated[bool, typer.Option("--sparql", help="Print the query instead of its rows.")] = False,
    format: Annotated[
        str, typer.Option("--format", help="table, csv, tsv, json, xml or markdown.")
    ] = "table",
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Answer a question in plain words, or refuse it and say why."""
    from kg.ask.show import answer
    from kg.store import open_graph

    opened = open_graph(graph)
    if not question:
        from kg.prompt import converse

        converse(opened, format, _width())
        return
    raise typer.Exit(answer(opened, " ".join(question), format, _width(), reading, sparql))


@app.command()
def examples(graph: GraphDirectory = DEFAULT_GRAPH) -> None:
    """List questions in plain words that the graph answers."""
    from kg.ask.examples import examples as askable
    from kg.store import open_graph

    for text in askable(open_graph(graph)):
        print(text)


def _width() -> int:
    """The width of the terminal in characters; 150 where there is none."""
    import shutil

    return shutil.get_terminal_size((150, 24)).columns


def _parameters(words: list[str]) -> dict[str, str]:
    """`--name value` and `--name=value` pairs."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            raise typer.BadParameter(f"{word!r} stands alone; a parameter is given as --name value")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not rest:
                raise typer.BadParameter(f"--{name} needs a value")
            value = rest.pop(0)
        found[name] = value
    return found


@app.command()
def sparql(
    text: Annotated[str | None, typer.Argument(help="A SPARQL 1.1 query, or - for standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file that holds the query.")] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format", help="table, csv, tsv, json, xml, markdown; turtle, json-ld or n-triples for graphs."
        ),
    ] = "table",
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Answer any SPARQL 1.1 query, within limits of time, rows and memory."""
    from kg.query import sparql as ask
    from kg.store import open_graph

    if (text is None) == (file is None):
        raise typer.BadParameter("give a query, or --file, or - to read it from standard input")
    query = sys.stdin.read() if text == "-" else text if text is not None else _text(file)
    sys.stdout.write(ask(open_graph(graph), query).render(format, _width()))


def _text(path: Path | None) -> str:
    from kg.errors import InputError

    assert path is not None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}; give a UTF-8 text file") from error


@app.command()
def describe(
    name: Annotated[str, typer.Argument(help="A name, CURIE or IRI.")],
    format: Annotated[
        str, typer.Option("--format", help="table, csv, tsv, json, xml or markdown.")
    ] = "table",
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Show all that is known of a thing, by source, with its quotes."""
    from kg.query import describe as tell
    from kg.store import open_graph

    said = tell(open_graph(graph), name)
    if format != "table":
        sys.stdout.write(said.table().render(format))
        return
    print(f"{said.entity.label} ({said.entity.kind}) <{said.entity.iri}>\n")
    sys.stdout.write(said.vocabulary.render("table", _width()))
    for source, table in said.sources:
        print(f"\n{source}")
        sys.stdout.write(table.render("table", _width()))


@app.command()
def claims(
    organization: Annotated[
        str | None, typer.Option("--organization", help="Only the claims that it makes.")
    ] = None,
    verdict: Annotated[
        str | None,
        typer.Option("--verdict", help="supported, supported after rounding, contradicted or not checkable."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", help="table, markdown, html, jsonl or turtle.")
    ] = "table",
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Check the claims of the statements against the official results, with the arithmetic."""
    from kg.claims import VERDICTS, check_claims, labels, write_claims
    from kg.errors import UnknownName
    from kg.query import resolve
    from kg.store import open_graph

    opened = open_graph(graph)
    who = resolve(opened, organization, "Organization").iri if organization else None
    wanted = verdict.lower().replace("-", " ") if verdict else None
    if wanted is not None and wanted not in VERDICTS:
        raise UnknownName("verdict", verdict or "", VERDICTS)
    reviews = [
        r for r in check_claims(opened) if who in (None, r.said.speaker) and wanted in (None, r.verdict)
    ]  # fmt: skip
    if not reviews:
        print("no claims of that kind in this graph", file=sys.stderr)
        raise typer.Exit(1)
    sys.stdout.write(write_claims(reviews, labels(opened), format))


@app.command()
def serve(
    graph: GraphDirectory = DEFAULT_GRAPH,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on.")] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="A further host name to answer for; * for any; may be given several times."),
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="The time limit of a typed query.")] = 10.0,
) -> None:
    """Serve the graph: a SPARQL endpoint, pages for people, and an API of the canned queries."""
    from kg.serve import serve as run_server

    run_server(graph, host, port, hosts=allow_host or (), seconds=seconds)


@app.command()
def export(
    file: Annotated[str, typer.Argument(help="The file to write, or - for standard output.")],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="turtle, jsonld, nt, nq, trig, rdfxml, graphml, gexf or csv.",
            show_default="by the file's ending",
        ),
    ] = None,
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Write the graph as RDF, GraphML, GEXF or CSV."""
    from kg.export import export as write
    from kg.store import open_graph

    write(open_graph(graph).quads(), file, format)


@app.command()
def draw(
    file: Annotated[Path, typer.Argument(help="A file that ends in .html, .svg or .png.")],
    about: Annotated[str | None, typer.Option("--about", help="Draw what is around this thing.")] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, help="How many steps around it.")] = 1,
    query: Annotated[
        list[str] | None,
        typer.Option(
            "--query", help="Draw the things in the answer of a canned query; may be given several times."
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="How many things at most.")] = None,
    graph: GraphDirectory = DEFAULT_GRAPH,
) -> None:
    """Draw the graph, what is around a thing, or the answer of a query."""
    from kg.draw import draw as picture
    from kg.query import resolve, run
    from kg.store import open_graph

    opened = open_graph(graph)
    only = [iri for name in query for iri in run(opened, name, {}).iris()] if query else None
    centre = resolve(opened, about).iri if about else None
    said = picture(opened.quads(), file, about=centre, depth=depth, limit=limit, only=only)
    print(said)


def _progress(what: str) -> Any:
    """A spinner on a terminal; nothing anywhere else."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(what)


@contextlib.contextmanager
def _bar(source: Path) -> Iterator[Callable[[str], None]]:
    """A bar that moves with each file of a results repository; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from kg.record import count

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=count(source))
        yield lambda path: shown.update(task, advance=1, description=path)


def main() -> None:
    """Run the command line; an error of ours is one message on standard error and exit code 2."""
    from kg.errors import KgError

    try:
        app()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
