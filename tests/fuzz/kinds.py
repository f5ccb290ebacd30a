"""The kinds of input: seeds of our own, and what holds for anything made of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from kg.errors import KgError, NotUnderstood
from tests.read.notes import NOTES, facts, html, read
from tests.read.paper import laid_out, pdf
from tests.record.conftest import SYSTEM, log, write

FOLDER = Path(mkdtemp(prefix="fuzz"))
TURTLE = """@prefix mlp: <https://w3id.org/mlperf-kg/ontology#> . @prefix id: <https://w3id.org/mlperf-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/mlperf-kg/id/result/a> a mlp:Result ; mlp:minutes 16.6 ; mlp:acceleratorCount 8 ; rdfs:label "A result"@en .
<https://w3id.org/mlperf-kg/id/framework/acme> a mlp:Framework , skos:Concept ; skos:prefLabel "AcmeNet" ; skos:altLabel "Acme Net" .
"""
QUERIES = [
    "PREFIX mlp: <https://w3id.org/mlperf-kg/ontology#> SELECT ?r (COUNT(*) AS ?n) { ?r a mlp:Result ; mlp:minutes ?m . "
    "OPTIONAL { ?r mlp:note ?x } FILTER(?m < 20 && REGEX(STR(?r), 'a')) } GROUP BY ?r ORDER BY DESC(?n) LIMIT 10",
    "ASK { GRAPH ?g { ?s ?p ?o } }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", "DESCRIBE <https://w3id.org/mlperf-kg/id/x>",
]  # fmt: skip
PATHS = [
    "/", "/queries", "/queries/fastest?benchmark=BERT&most=8&format=json", "/queries/who-submitted?sort=organization&page=2&find=a",
    "/id/organization/baidu?format=ttl", "/ask?q=who+used+PyTorch", "/claims?verdict=supported", "/compare?a=Baidu&b=Dell", "/sparql",
    "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "/explore?about=Baidu&depth=1", "/complete?text=b&kind=System", "/sources",
]  # fmt: skip
QUESTIONS = [
    "who submitted on A100 80GB with PyTorch", "what are the three fastest results for BERT with 8 accelerators in v2.0?",
    "how many organizations submitted to v5.1 but not to v5.0?", "which systems of Fujitsu have at least 16 GPUs?",
]  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """Seeds, and a function that raises when something does not hold for what was made of one."""

    seeds: list[bytes]
    check: Callable[[bytes], None]


def _document(ending: str) -> Callable[[bytes], None]:
    """The quote of each fact stands at its place, or the document is refused; `facts` looks at the quotes."""

    def check(data: bytes) -> None:
        try:
            document = read(FOLDER, f"notes.{ending}", data)
            facts(document)
        except KgError as error:
            assert str(error).strip()

    return check


def _results(data: bytes) -> None:
    """A zip archive whose members are those of the seed, one of them mutated, is read or refused."""
    from kg.record.repository import read_results, report

    root = FOLDER / "training_results_v2.0"
    if not root.exists():
        write(root, "Acme/systems/box.json", SYSTEM)
        for number in range(5):
            write(root, f"Acme/results/box/resnet/result_{number}.txt", log(10 + number))
    name = "Acme/systems/box.json" if data[:1] == b"{" else "Acme/results/box/resnet/result_3.txt"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(root.rglob("*.*")):
            within = str(path.relative_to(root))
            archive.writestr(f"r/{within}", data if within == name else path.read_bytes())
    path = FOLDER / "training_results_v2.0.zip"
    path.write_bytes(made.getvalue() if data[:2] != b"PK" else data)
    try:
        found = read_results(path)
    except KgError:
        return
    assert len(report(found).splitlines()) < 60
    assert all(r.minutes is None or 0 <= r.minutes < 1e9 for r in found.results)


def _rdf(data: bytes) -> None:
    from kg.rdf.files import read_rdf
    from kg.validate import validate

    path = FOLDER / "data.ttl"
    path.write_bytes(data)
    try:
        quads = read_rdf(path)
    except KgError as error:
        assert "data.ttl" in str(error)
        return
    validate(quads).write("text")


def _vocabulary(data: bytes) -> None:
    from kg.names.lexicon import Lexicon
    from kg.names.vocabulary import load_vocabulary

    path = FOLDER / "own.ttl"
    path.write_bytes(data)
    try:
        Lexicon(load_vocabulary([path])).find("AcmeNet of Acme on 8 A100")
    except KgError as error:
        assert str(error).strip()


def _sparql(data: bytes) -> None:
    """A query is refused with a sentence, or asked of an empty graph; what nests too deep is refused before."""
    import pyoxigraph as ox

    from kg.query.faults import explain
    from kg.query.text import Limits, check

    text = data.decode("utf-8", "replace")
    try:
        check(text, Limits())
    except KgError as error:
        assert str(error)
        return
    try:
        ox.Store().query(text, base_iri="http://x/")
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        assert explain(error, text)


def http(graph: Path) -> Callable[[bytes], None]:
    """Whatever is asked for, the server has no error of its own."""
    from starlette.testclient import TestClient

    from kg.serve import create_app

    client = TestClient(create_app(graph, hosts={"testserver"}), raise_server_exceptions=True)

    for path in PATHS:  # what is made once for a graph
        assert client.get(path).status_code < 500

    def check(data: bytes) -> None:
        target = quote(data.lstrip(b"/")[:4000], safe="/?&=%+;:@!$'()*,~.-_")
        reply = client.get("http://testserver/" + target)
        assert reply.status_code < 500 or reply.status_code in (503, 504)
        assert "\x1b" not in reply.text
        assert "\u202e" not in reply.text

    return check


def question(graph: Path) -> Callable[[bytes], None]:
    """A question is answered or refused."""
    from kg.ask import ask
    from kg.store import open_graph

    opened = open_graph(graph)

    def check(data: bytes) -> None:
        try:
            assert ask(opened, data.decode("utf-8", "replace")).sentence
        except NotUnderstood as error:
            assert str(error)

    return check


def kinds(graph: Path | None) -> dict[str, Kind]:
    """All kinds; those that need a graph where there is one."""
    page = html(NOTES.replace("minutes", "minutes<sup>1</sup>"))
    repository = [log(13).encode(), json.dumps(SYSTEM).encode()]
    found = {
        "markdown": Kind([NOTES.encode(), NOTES.replace("## ", "**").encode()], _document("md")),
        "text": Kind([NOTES.replace("#", "").encode()], _document("txt")),
        "html": Kind([page.encode()], _document("html")),
        "pdf": Kind([pdf(laid_out(NOTES)), pdf(laid_out(NOTES), packed=True)], _document("pdf")),
        "results": Kind(repository, _results),
        "rdf": Kind([TURTLE.encode()], _rdf),
        "vocabulary": Kind([TURTLE.encode()], _vocabulary),
        "sparql": Kind([query.encode() for query in QUERIES], _sparql),
    }
    if graph is not None:
        found["http"] = Kind([path.encode() for path in PATHS], http(graph))
        found["question"] = Kind([text.encode() for text in QUESTIONS], question(graph))
    return found
