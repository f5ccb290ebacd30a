"""IRIs of things: any name in any script has one, and no two names share one."""

import json
from collections import defaultdict

import pytest

from kg.names.vocabulary import load_vocabulary
from kg.namespaces import ID, MLP, PREFIXES, curie, expand, iri, slug
from kg.record.results import link_results, shipped_results
from kg.resources import folder


@pytest.mark.parametrize(
    "names",
    [
        ("C Corp", "C++ Corp", "C# Corp"), ("浪潮 Cloud", "富士 Cloud", "Cloud"), ("École", "Ecole"), ("A100²", "A1002"),
        ("Gen 10", "Gen 10+"), ("浪潮信息", "Ð", "العربية", "+", "-", "🙂"), ("Straße", "Strasse"), ("\ud800", "\ud801"),
    ],
)  # fmt: skip
def test_two_names_never_share_a_slug(names):
    made = [slug(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(part and set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-") for part in made)


@pytest.mark.parametrize("name", ["C++ Corp", "浪潮", "NDm A100 v4"])
def test_a_slug_stays_as_it_is(name):
    assert slug(slug(name)) == slug(name)


def test_ways_to_write_one_name_are_one():
    ways = "NVIDIA A100", "nvidia_a100", "NVIDIA® A100", "NVIDIA-A100 ", "NVI\u00adDIA A100"
    assert {slug(name) for name in ways} == {"nvidia-a100"}


@pytest.mark.parametrize("name", ["", "  "])
def test_nothing_has_no_slug(name):
    with pytest.raises(ValueError, match="no IRI"):
        slug(name)


def test_no_collision_in_the_vocabulary_and_the_record():
    terms = load_vocabulary()
    named = defaultdict(set)
    for concept in terms.values():
        named[iri(concept.entity.kind, concept.entity.label)].add(concept.entity.label)
    assert {at: labels for at, labels in named.items() if len(labels) > 1} == {}

    linked = link_results(shipped_results(), terms).results
    assert len({r.iri for r in linked}) == len(linked)
    filed = defaultdict(set)
    for r in linked:
        filed[r.filed_system].add((r.result.submitter, r.result.system))
    assert {at: systems for at, systems in filed.items() if len(systems) > 1} == {}


@pytest.mark.parametrize(
    "value", [MLP + "System", MLP, ID + "//a", ID + "round/training-v2.0", "https://example.org/a"]
)
def test_a_short_form_means_the_iri_that_it_was_made_of(value):
    assert expand(curie(value)) == value


def test_the_context_of_json_ld_has_all_prefixes():
    context = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    assert PREFIXES.items() <= context.items()
