from kg.names.ontology import terms
from kg.namespaces import MLP


def test_a_term_has_what_the_file_says_of_it():
    by = {term.name: term for term in terms()}
    framework = by["usedFramework"]
    assert (framework.iri, framework.curie, framework.kind) == (MLP + "usedFramework", "mlp:usedFramework", "property")
    assert (framework.type, framework.domain, framework.range) == (
        "ObjectProperty",
        ("mlp:Submission",),
        ("mlp:Framework",),
    )
    assert framework.above == ("mlp:usedSoftware",)
    assert by["Fact"].kind == "class"
    assert all(term.definition for term in terms())


def test_the_members_of_a_union_are_a_domain():
    minutes = next(term for term in terms() if term.name == "minutes")
    assert (minutes.type, minutes.domain, minutes.range) == (
        "DatatypeProperty",
        ("mlp:Fact", "mlp:Result"),
        ("xsd:decimal",),
    )
