"""The command line: parses, calls one function, prints.

A command is two functions of a module that `COMMANDS` names: `add_NAME(parser, words)` gives its arguments to an
argparse parser, and `run_NAME(options)` does it and returns the exit code: 0 fine, 1 the answer is no. Wrong use and
unreadable input are 2, from any error of ours. Only the module of the command that was typed is imported, and nothing
heavy before it is needed, so that `kg --help` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

COMMANDS = {
    "build": ("build", "Read statements and official results, and build the validated graph."),
    "query": ("questions", "Answer a canned query."),
    "queries": ("questions", "List the canned queries with their parameters."),
    "ask": ("questions", "Answer a question in plain words, or refuse it and say why."),
    "examples": ("questions", "List questions in plain words that the graph answers."),
    "describe": ("questions", "Show all that is known of a thing, by source, with its quotes."),
    "sparql": ("questions", "Answer any SPARQL 1.1 query, within limits of time, rows and memory."),
    "claims": ("questions", "Check the claims of the statements against the official results, with the arithmetic."),
    "serve": ("faces", "Serve the graph: a SPARQL endpoint, pages for people, and an API of the canned queries."),
    "mcp": ("faces", "Serve the graph to assistants, by the Model Context Protocol."),
    "export": ("faces", "Write the graph as RDF, GraphML, GEXF or CSV."),
    "draw": ("faces", "Draw the graph, what is around a thing, or the answer of a query."),
    "plot": ("questions", "Draw the chart of a canned query."),
    "diff": ("questions", "Show what came, went and changed between two graphs: facts, results, verdicts."),
    "validate": ("build", "Check RDF files, or the built graph, against the shapes."),
    "facts": ("statements", "Print the facts of statements, each with the words it rests on."),
    "names": ("statements", "Print the names found in statements, what each stands for, and what it was accepted by."),
    "explain": ("statements", "Tell why a fact is said: its words, what speaks for it, and what else was considered."),
    "results": ("build", "Read the official results of a results repository: scores by the round's rule."),
    "evaluate": (
        "statements",
        "Score the facts of documents against annotated ones: precision, recall and F1 by predicate.",
    ),
    "completion": ("completion", "Print what makes a shell complete commands, queries, parameters and their values."),
}
"""The commands, each with its module in this folder and what it does, as `kg --help` lists them."""

EXTRAS = {
    "starlette": "serve", "uvicorn": "serve", "prompt_toolkit": "prompt", "httpx": "remote", "mcp": "mcp",
}  # fmt: skip
"""The extra that brings a package that a command needs."""

_USAGE = "usage: kg COMMAND [ARGUMENT …]\n\nA knowledge graph of MLPerf statements and results: every fact with its evidence.\n"


def main(words: Sequence[str] | None = None) -> int:
    """Run the command in some words, by default those of the process; returns the exit code.

    An error of ours is one message on standard error and exit code 2.
    """
    from kg.errors import KgError, MissingExtra, OutputError

    gc.set_threshold(100_000)  # nearly all that a command makes stays to its end: looking for garbage finds little
    given = list(sys.argv[1:] if words is None else words)
    if "_ARGCOMPLETE" in os.environ:
        from kg.cli.completion import complete

        complete(os.environ.get("COMP_LINE", "").split())
    for stream in (sys.stdout, sys.stderr):  # an encoding that lacks a character shows a question mark
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")
    try:
        done = _run(given)
        sys.stdout.flush()
        gc.freeze()  # the interpreter ends without a search for garbage in what is left
        return done
    except KgError as error:
        return _failed(error)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        return _failed(MissingExtra(extra, f"kg {given[0]}"))
    except OSError as error:
        if error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be written
        broken = isinstance(error, BrokenPipeError)
        return 0 if broken else _failed(OutputError("standard output", error.strerror or str(error)))
    except KeyboardInterrupt:
        return 130


def _failed(error: Exception) -> int:
    """Say what went wrong; returns the exit code of wrong use."""
    from kg.plain import shown

    print(f"kg: {shown(str(error))}", file=sys.stderr)
    return 2


def _run(given: Sequence[str]) -> int:
    """A command, `kg`, `kg --help` or `kg --version`."""
    if given and not given[0].startswith("-"):
        from kg.cli.command import run

        return run(given[0], given[1:])
    if given and given[0] in ("-V", "--version"):
        from kg import __version__

        print(f"kg {__version__}")
        return 0
    if given and given[0] not in ("-h", "--help"):
        from kg.errors import UsageError

        raise UsageError(f"no option {given[0]} before a command; see kg --help")
    print(_USAGE)
    for name, (_, summary) in COMMANDS.items():
        print(f"  {name:12}{summary}")
    print("\nkg COMMAND --help says more of one, kg query NAME --help of a query; kg --version is the version.")
    return 0 if given else 2
