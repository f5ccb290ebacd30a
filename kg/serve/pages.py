"""Pages of no one thing: the first, questions, the editor, the explorer. Each takes a request and the graph."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.errors import KgError, NotUnderstood
from kg.names.ontology import terms
from kg.namespaces import curie
from kg.plain import shown
from kg.query import names, queries
from kg.serve import things
from kg.serve.cache import once
from kg.serve.html import editor_link, page, wanted
from kg.serve.view import view
from kg.store import Graph

if TYPE_CHECKING:
    from kg.ask import Answer


_ROWS = 50
"""The rows of an answer, and of its evidence, that a page shows; JSON has all."""
_EXAMPLES = [
    "Who submitted on A100 80GB with PyTorch?", "What is the fastest official result for BERT on at most 8 accelerators?",
    "Which claims are contradicted?", "Who submitted all benchmarks in v2.0?", "Which benchmarks did Google leave out in v2.0?",
    "Which benchmarks did NVIDIA not win in v2.0?",
]  # fmt: skip
"""Questions to begin with."""


def home(request: Request, graph: Graph) -> Response:
    """What the graph holds, and questions to begin with."""
    counts = [
        ("Fact", "facts of statements, each with its words", "/sources"), ("Statement", "statements", "/sources"),
        ("Result", "official results, each with its files", "/queries/results"),
        ("Claim", "claims, checked against the record", "/claims"),
    ]  # fmt: skip
    cards = [(f"{len(things.instances(graph, name)):,}", text, href) for name, text, href in counts]
    return page("home.html", cards=cards, examples=_EXAMPLES)


def ask(request: Request, graph: Graph) -> Response:
    """A question in plain words: its answer, how it was read, what it rests on; or why it is refused."""
    from kg.ask import ask as answer_of

    question = request.query_params.get("q", "").strip()[:1000]
    kind = wanted(request, ["text/html", "application/json"])
    if not question:
        return page("ask.html", suggestions=_EXAMPLES)
    reading = request.query_params.get("reading", "")
    without = request.query_params.getlist("without")
    try:
        number = int(reading) if reading.isascii() and reading.isdigit() else None
        answer = answer_of(graph, question, number, without)
    except NotUnderstood as refused:
        return _refused(question, refused, kind)
    except KgError as error:
        return _refused(question, NotUnderstood(str(error)), kind)
    if kind == "application/json":
        return JSONResponse(_as_json(question, answer))
    backing = view(answer.evidence)
    backing = replace(backing, rows=tuple(dict.fromkeys(backing.rows)))  # several facts rest on the same words
    here = [("q", question), *([("reading", reading)] if reading else []), *(("without", n) for n in without)]
    return page(
        "ask.html",
        question=question,
        lines=answer.lines,
        also=answer.also,
        sentence=answer.sentence,
        chips=[(label, urlencode([*here, ("without", name)])) for name, label in answer.chips],
        view=view(answer.shown.first(_ROWS)) if answer.shown.rows else None,
        evidence=replace(backing, rows=backing.rows[:_ROWS]) if backing.rows else None,
        rows=len(answer.shown),
        backing=len(backing.rows),
        all="/ask?" + urlencode([*here, ("format", "json")]),
        editor=editor_link(answer.sparql),
    )


def _refused(question: str, refused: NotUnderstood, kind: str) -> Response:
    """Why a question is not answered, with its numbered readings or questions near it."""
    if kind == "application/json":
        said = {"question": question, "refused": str(refused), "instead": list(refused.instead)}
        return JSONResponse({**said, "named": list(refused.named or ())})
    numbered = [text.partition(". ")[2] for text in refused.instead if re.match(r"\d+\. ", text)]
    near = [] if numbered else list(refused.instead)
    named = view(refused.named) if refused.named else None
    return page("ask.html", question=question, refusal=str(refused), choices=numbered, suggestions=near, named=named)


def _as_json(question: str, answer: Answer) -> dict[str, Any]:
    """An answer as JSON."""
    return {
        "question": question, "answer": list(answer.lines), "also": answer.also, "read": answer.sentence,
        "rows": list(answer.table), "behind": list(answer.behind), "evidence": list(answer.evidence), "sparql": answer.sparql,
        "conditions": dict(answer.chips),
    }  # fmt: skip


def completions(request: Request, graph: Graph) -> Response:
    """Names that begin with, or hold, what was typed: at most twelve; with `iri`, each with its IRI."""
    typed = request.query_params.get("text", "").strip()[:100]
    kind = request.query_params.get("kind", "").replace("Resource", "")
    found = list({e.label: e.iri for e in names(graph).containing(typed, kind)}.items())[:12]
    return JSONResponse(found if request.query_params.get("iri") else [label for label, _ in found])


def editor(request: Request, graph: Graph) -> Response:
    """A SPARQL editor with completion and the canned queries as examples."""
    from kg.draw.page import CONTROLS, HINT
    from kg.draw.scene import COLOURS

    used = once(graph, "terms in use", lambda: _terms_in_use(graph))
    own = {term.curie: (term.kind, term.definition) for term in terms()}
    short = [(name, *own.get(name, (used.get(name, "property"), ""))) for name in sorted({*used, *own})]
    text = "SELECT ?organization ?benchmark ?minutes\nWHERE {\n  ?result a mlp:Result ; mlp:submitter ?organization ;\n" \
           "    mlp:benchmark ?benchmark ; mlp:minutes ?minutes .\n}\nORDER BY ?minutes\nLIMIT 20\n"  # fmt: skip
    return page("editor.html", queries=queries(), text=text, words=short, colours=COLOURS, controls=CONTROLS, hint=HINT)


def _terms_in_use(graph: Graph) -> dict[str, str]:
    """The properties and classes that the graph uses, by their short names."""
    found: dict[str, str] = {}
    for kind, pattern in (("property", "?any ?term ?thing"), ("class", "?any a ?term")):
        rows = graph.query(f"SELECT DISTINCT ?term {{ {pattern} }}", union=True)
        assert isinstance(rows, ox.QuerySolutions)
        found |= {row["term"].value: kind for row in rows if isinstance(row["term"], ox.NamedNode)}
    return {short: kind for iri, kind in found.items() if (short := curie(iri)) != iri}


def explore(request: Request, graph: Graph) -> Response:
    """The graph, or what is around a thing, as a picture to explore; as JSON what the picture adds to itself."""
    from kg.draw import drawn_from, part_drawn
    from kg.draw.page import CONTROLS, HINT, data_of
    from kg.draw.scene import LIMIT, scene
    from kg.draw.svg import body
    from kg.export import to_networkx
    from kg.query import resolve

    about = request.query_params.get("about", "").strip()
    depth = _between(request.query_params.get("depth", ""), 1, 3, 1)
    record = request.query_params.get("record", "") == "yes"
    limit = _between(request.query_params.get("limit", ""), 10, 240, LIMIT // 2 if record else LIMIT)
    kind = wanted(request, ["text/html", "application/json"])
    shared = {"name": about, "depth": depth, "limit": limit, "record": record}
    try:
        centre = resolve(graph, about).iri if about else None
        part = part_drawn(graph, centre, record)
        network = once(graph, f"network of {part}", lambda: to_networkx(drawn_from(graph, part)))
        made = scene(network, about=centre, depth=depth, limit=limit, only=None, record=record)
    except KgError as error:
        if kind == "application/json":
            return PlainTextResponse(f"{shown(str(error))}\n", 404)
        return page("explore.html", 404, title="Explorer", error=str(error), **shared)
    if kind == "application/json":
        return JSONResponse(data_of(made, results=False), headers={"Vary": "Accept"})
    return page(
        "explore.html", title=made.title, note=made.note, data=data_of(made, results=False), body=body(made), controls=CONTROLS,
        hint=HINT, width=f"{made.width:.0f}", height=f"{made.height - 50:.0f}", **shared,
    )  # fmt: skip


def _between(text: str, least: int, most: int, otherwise: int) -> int:
    return min(most, max(least, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
