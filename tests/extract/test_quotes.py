from time import process_time

from kg.extract.quotes import with_quotes
from kg.model.statement import Document, Entity, Evidence, Fact, Mention, Section, Span, Statement
from kg.names.vocabulary import Vocabulary

ROUND = Entity("https://w3id.org/mlperf-kg/id/round/training-v2.0", "MLPerf Training v2.0", "Round")
OWNER = Entity("https://w3id.org/mlperf-kg/id/organization/acme", "Acme", "Organization")


def quotes(labels, wanted):
    """What the facts of systems are quoted with, where systems with these labels are named one behind another."""
    text, mentions = "It ", []
    for number, label in enumerate(labels):
        system = Entity(f"https://w3id.org/mlperf-kg/id/system/s{number}", label, "System")
        mentions.append(Mention(Span(len(text), len(text) + len(label)), label, "System", (system,)))
        text += f"{label} "
    whole = Span(0, len(text))
    document = Document("t", "t", ROUND.label, text, "t.txt", "text/plain", (Section("Acme", whole, whole),))
    statement = Statement(document, OWNER, ROUND, whole, whole)
    systems = [
        Entity(f"https://w3id.org/mlperf-kg/id/system/{'-'.join(label.split())}", label, "System") for label in wanted
    ]
    facts = [Fact(statement, "submittedTo", s, ROUND, Evidence(Span(0, 2), "It"), {}) for s in systems]
    return [[e.quote for e in fact.also] for fact in with_quotes(facts, mentions, Vocabulary([]))]


def test_a_fact_is_quoted_with_the_first_name_of_its_system_or_the_one_in_full():
    assert quotes(["XE85", "XE8545", "PowerEdge XE8545"], ["XE8545"]) == [["XE8545"]]
    assert quotes(["XE8545", "PowerEdge XE8545"], ["PowerEdge XE8545"]) == [["PowerEdge XE8545"]]
    assert quotes(["XE8545", "ZX9"], ["PowerEdge XE8545", "ZX90"]) == [["XE8545"], []]


def test_time_grows_no_faster_than_the_systems():
    def seconds(number):
        labels = [f"Orbital GX{n}M6" for n in range(number)]
        start = process_time()
        assert len(quotes(labels, labels)) == number
        return process_time() - start

    small, large = seconds(200), seconds(1600)
    assert large < 24 * max(small, 0.02)  # in proportion it is 8, by the square 64
