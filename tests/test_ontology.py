import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Literal, URIRef
from rdflib.collection import Collection

from kg.graph.facts import MODALITIES, of_entity, of_submission
from kg.namespaces import MLP, PREFIXES
from kg.rdf.files import read_rdf
from kg.rdf.rdflib import data_graph
from kg.resources import folder
from kg.store import Graph
from kg.validate.check import default_shapes

ONTOLOGY = folder("ontology") / "mlperf-kg.ttl"
CONFORMS = Path(__file__).parent / "shapes" / "conforms.trig"
M = rdflib.Namespace(MLP)
DCT = rdflib.Namespace(PREFIXES["dct"])
HEADER = URIRef(MLP.removesuffix("#"))
PROPERTIES = OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
BUILT_IN = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "owl", "xsd"))


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return data_graph(read_rdf(ONTOLOGY))


def own(ontology: rdflib.Graph, *kinds: URIRef) -> list[URIRef]:
    found = {s for kind in kinds for s in ontology.subjects(RDF.type, kind)}
    return sorted(s for s in found if isinstance(s, URIRef) and s.startswith(MLP))


def domains(ontology: rdflib.Graph, term: URIRef) -> set[object]:
    found = ontology.value(term, RDFS.domain)
    if found is None:
        return set()
    union = ontology.value(found, OWL.unionOf)
    return {found} if union is None else set(Collection(ontology, union))


def of_facts(ontology: rdflib.Graph, *kinds: URIRef) -> set[str]:
    return {t.removeprefix(MLP) for t in own(ontology, *kinds) if M.Fact in domains(ontology, t)}


def test_header(ontology: rdflib.Graph) -> None:
    assert (HEADER, RDF.type, OWL.Ontology) in ontology
    version = ontology.value(HEADER, OWL.versionInfo)
    assert str(ontology.value(HEADER, OWL.versionIRI)) == f"{HEADER}/{version}"
    assert ontology.value(HEADER, DCT.license)
    assert ontology.value(HEADER, DCT.creator) == Literal("mlperf-kg contributors")


def test_what_is_deprecated_says_what_replaces_it(ontology: rdflib.Graph) -> None:
    assert "dct:isReplacedBy" in str(ontology.value(HEADER, RDFS.comment))
    for term in ontology.subjects(OWL.deprecated):
        assert ontology.value(term, DCT.isReplacedBy), term


def test_every_term_is_explained(ontology: rdflib.Graph) -> None:
    for term in own(ontology, OWL.Class, *PROPERTIES):
        for predicate in (RDFS.label, SKOS.definition, SKOS.example):
            (text,) = ontology.objects(term, predicate)
            assert isinstance(text, Literal)
            assert (text.language, bool(text.strip())) == ("en", True), term


def test_domains_and_ranges(ontology: rdflib.Graph) -> None:
    properties = own(ontology, *PROPERTIES)
    anything = {M.released, M.recordKey, M.shortName, M.reason}
    assert {p for p in properties if not domains(ontology, p)} == anything
    without = {p for p in properties if ontology.value(p, RDFS.range) is None}
    assert without == {M.subject, M.predicate, M.object}
    for term in own(ontology, OWL.DatatypeProperty):
        found = str(ontology.value(term, RDFS.range))
        assert found.startswith(PREFIXES["xsd"]) or found == str(RDFS.Literal)


def test_a_property_has_either_entities_or_literals_as_values(ontology: rdflib.Graph) -> None:
    found = [term for kind in (*PROPERTIES, OWL.Class) for term in ontology.subjects(RDF.type, kind)]
    assert len(found) == len(set(found))


def test_every_term_that_is_used_is_declared(ontology: rdflib.Graph) -> None:
    declared = set(ontology.subjects(RDF.type))
    used: set[object] = set(ontology.predicates())
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.range, OWL.propertyDisjointWith):
        used |= set(ontology.objects(None, predicate))
    for node in ontology.objects(None, OWL.members):
        used |= set(Collection(ontology, node))
    for term in own(ontology, *PROPERTIES):
        used |= domains(ontology, term)
    data = data_graph([*read_rdf(CONFORMS), *(q for f in vocabularies() for q in read_rdf(f))])
    used |= {*data.predicates(), *data.objects(None, RDF.type), *data.objects(None, M.predicate)}
    assert [t for t in used if not str(t).startswith(BUILT_IN) and t not in declared] == []


def vocabularies() -> list[Path]:
    return sorted((folder("ontology") / "vocabulary").glob("*.ttl"))


def test_queries_use_declared_terms(ontology: rdflib.Graph) -> None:
    texts = [path.read_text() for path in folder("queries").glob("*.rq")]
    used = {term for text in texts for term in re.findall(r"\bmlp:(\w+)", text)}
    assert {t for t in used if (M[t], RDF.type, None) not in ontology} == set()


def test_blank_nodes_are_class_expressions_only(ontology: rdflib.Graph) -> None:
    for node in {s for s in ontology.subjects() if isinstance(s, BNode)}:
        assert set(ontology.objects(node, RDF.type)) <= {OWL.Class, OWL.AllDisjointClasses}


def test_consistent_under_a_reasoner(ontology: rdflib.Graph) -> None:
    assert errors(ontology, data_graph(read_rdf(CONFORMS))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "o:acme a mlp:System .",
        "x:a mlp:usedFramework b:bert .",
        "x:a mlp:submittedBenchmark b:bert ; mlp:didNotSubmitBenchmark b:bert .",
    ],
)
def test_the_reasoner_would_see_it(ontology: rdflib.Graph, wrong: str) -> None:
    data = data_graph(read_rdf(CONFORMS))
    known = {"mlp": MLP, "o": PREFIXES["id"] + "organization/", "b": PREFIXES["id"] + "benchmark/", "x": "x:"}
    prefixes = "".join(f"@prefix {prefix}: <{base}> . " for prefix, base in known.items())
    data.parse(data=prefixes + wrong, format="turtle")
    assert errors(ontology, data)


def errors(*graphs: rdflib.Graph) -> list[object]:
    closure = rdflib.Graph()
    for graph in graphs:
        for triple in graph:
            closure.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    told = [o for _, p, o in closure if str(p).endswith("#error")]
    return [*told, *closure.subjects(RDF.type, OWL.Nothing)]


def test_code_and_ontology_agree(ontology: rdflib.Graph) -> None:
    assert of_facts(ontology, OWL.ObjectProperty) == of_entity()
    properties = own(ontology, *PROPERTIES)
    assert {str(t) for t in properties if M.Submission in domains(ontology, t)} == {
        MLP + name for name in of_submission()
    }


def test_shapes_and_ontology_agree(ontology: rdflib.Graph) -> None:
    shapes = data_graph(read_rdf(default_shapes()))
    fact = URIRef("https://w3id.org/mlperf-kg/shapes#Fact")
    listed = {str(t) for t in Collection(shapes, shapes.value(fact, SH.ignoredProperties))}
    expected = of_facts(ontology, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert listed == {MLP + name for name in expected} | {str(RDF.type), str(RDFS.label)}
    modality = shapes.value(URIRef("https://w3id.org/mlperf-kg/shapes#modality"), SH["in"])
    assert {str(v) for v in Collection(shapes, modality)} == set(MODALITIES)


def test_context_has_every_term_with_its_type(ontology: rdflib.Graph) -> None:
    context = json.loads((folder("ontology") / "context.jsonld").read_text())["@context"]
    assert {name: context[name] for name in PREFIXES} == PREFIXES
    for term in own(ontology, OWL.Class, *PROPERTIES):
        name = term.removeprefix(MLP)
        entry = context[name] if isinstance(context[name], dict) else {"@id": context[name]}
        assert entry["@id"] == "mlp:" + name
        to_entity = (term, RDF.type, OWL.ObjectProperty) in ontology
        assert (entry.get("@type") in ("@id", "@vocab")) == to_entity, name


def test_context_reads_back_the_same_graph() -> None:
    context = json.loads((folder("ontology") / "context.jsonld").read_text())["@context"]
    data = data_graph(read_rdf(CONFORMS))
    compact = data.serialize(format="json-ld", context=context)
    assert '"predicate": "usedFramework"' in compact or '"predicate": "mlp:usedFramework"' in compact
    back = ox.parse(compact, format=ox.RdfFormat.JSON_LD)
    assert set(data_graph(back)) == set(data)


def test_every_property_has_domain_and_range_or_says_why_not(ontology: rdflib.Graph) -> None:
    for term in own(ontology, *PROPERTIES):
        whole = all((term, p, None) in ontology for p in (RDFS.domain, RDFS.range))
        assert whole != ((term, SKOS.editorialNote, None) in ontology), term


OWL_2_DATATYPES = {  # https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, those that an ontology like this needs
    RDFS.Literal, *(rdflib.XSD[n] for n in (
        "string", "boolean", "decimal", "integer", "nonNegativeInteger", "positiveInteger", "double", "dateTime", "anyURI"))
}  # fmt: skip


def test_datatypes_are_those_of_owl_2(ontology: rdflib.Graph) -> None:
    ranges = {r for p in ontology.subjects(RDF.type, OWL.DatatypeProperty) for r in ontology.objects(p, RDFS.range)}
    assert {r for r in ranges if isinstance(r, URIRef)} <= OWL_2_DATATYPES


def judged(folder: Path, **said: Iterable[ox.Triple]) -> dict[str, list[str]]:
    """What the OWL API finds outside OWL 2 DL, and HermiT inconsistent, of each list of triples and the ontology."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 brings HermiT and the OWL API")
    if shutil.which("javac") is None:
        pytest.skip("HermiT and the OWL API need a JDK")
    own = [q.triple for q in read_rdf(ONTOLOGY)]
    for name, triples in said.items():
        ox.serialize([*own, *triples], folder / f"{name}.rdf", format=ox.RdfFormat.RDF_XML)
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    program = ["java", "-cp", str(jar), str(Path(__file__).with_name("Owl2.java")), *said]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=True)
    found = [line.split("\t", 1) for line in done.stdout.splitlines()]
    return {name: [problem for of, problem in found if of == name] for name in said}


def test_a_built_graph_is_in_owl_2_dl_and_consistent(graph: Graph, tmp_path: Path) -> None:
    assert judged(tmp_path, ontology=[], graph=(q.triple for q in graph.quads())) == {"ontology": [], "graph": []}


def test_what_is_outside_owl_2_dl_or_inconsistent_would_be_seen(tmp_path: Path) -> None:
    base = "@prefix mlp: <https://w3id.org/mlperf-kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    wrong = {
        "punned": ("mlp:minutes a owl:ObjectProperty .", "Cannot pun"),
        "undeclared": ("mlp:x mlp:noSuch mlp:y .", "undeclared"),
        "reserved": ("owl:Fact a owl:Class .", "reserved vocabulary"),
        "lexical": ("mlp:x mlp:minutes 'few'^^<http://www.w3.org/2001/XMLSchema#decimal> .", "lexical space"),
        "datatype": ("mlp:x mlp:value '2022-06-29'^^<http://www.w3.org/2001/XMLSchema#date> .", "OWL 2 datatype map"),
        "two": ("mlp:x a mlp:System, mlp:Organization .", "not consistent"),
    }
    said = {
        name: [q.triple for q in ox.parse(base + text, format=ox.RdfFormat.TURTLE)] for name, (text, _) in wrong.items()
    }
    found = judged(tmp_path, **said)
    assert [name for name, (_, problem) in wrong.items() if problem not in " ".join(found[name])] == [], found
