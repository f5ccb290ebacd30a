"""Where the time of `kg build` of all shipped data goes: its stages one after the other, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import Step


def _kg(folder: str) -> Iterator[Step]:
    kept: dict[str, Any] = {}

    def keep(name: str, step: Any) -> Step:
        def run() -> None:
            kept[name] = step()

        return name, run

    def start() -> None:
        import kg.build
        import kg.claims
        import kg.validate  # noqa: F401

    yield keep("import the stages", start)
    from kg.build import read_statements
    from kg.claims.review import Record, review_claims
    from kg.graph import facts_to_quads, results_to_quads, vocabulary_to_quads
    from kg.graph.claims import reviews_to_quads
    from kg.graph.facts import with_one_label
    from kg.names.lexicon import Lexicon
    from kg.names.vocabulary import vocabulary_files
    from kg.record.link import link_systems
    from kg.record.results import link_results, shipped_results
    from kg.store import memory_graph, write_graph
    from kg.validate import quarantine

    yield keep("read and extract statements", read_statements)
    reading = kept["read and extract statements"]
    yield keep("read and link results", lambda: link_results(shipped_results(), reading.vocabulary))
    linked = kept["read and link results"]
    record = linked.results
    yield keep("link systems", lambda: link_systems(reading.facts, record))
    yield keep("vocabulary to RDF", lambda: vocabulary_to_quads(vocabulary_files()))
    yield keep("facts to RDF", lambda: facts_to_quads(reading.facts, reading.statements))
    yield keep("results to RDF", lambda: results_to_quads(record, kept["link systems"]))
    quads = [*kept["vocabulary to RDF"], *kept["facts to RDF"], *kept["results to RDF"]]
    texts = {d.key: d.text for d in reading.documents}
    links, terms = kept["link systems"], kept["vocabulary to RDF"]
    lexicons = {s.round: Lexicon(reading.vocabulary, s.round) for s in reading.statements}

    def claims() -> Any:
        known = Record(record, links, reading.vocabulary, memory_graph(terms), linked.incomplete)
        said = [f for f in reading.facts if not f.doubt]
        return reviews_to_quads(review_claims(reading.statements, said, known, lambda s: lexicons[s.round]))

    yield keep("check claims", claims)
    quads = with_one_label([*quads, *kept["check claims"]])
    yield keep("validate", lambda: quarantine(quads))
    checked = kept["validate"]
    place = Path(folder) / "staged"
    yield keep("write the graph", lambda: write_graph(place, checked.good, texts, checked.bad, {}))


CONTESTANTS = {"kg": _kg}
TIMES = 1
