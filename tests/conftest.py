"""What several tests need: the published documents, where they are there, and the built graph."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import settings

from kg.build import build
from kg.cli import main
from kg.graph import inference_to_quads, results_to_quads, vocabulary_to_quads
from kg.graph.claims import reviews_to_quads
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, ROUNDED, SUPPORTED, UNDERSTATED, Claim, Review, Scope
from kg.model.record import SystemLink
from kg.model.statement import Entity
from kg.names.vocabulary import load_vocabulary, vocabulary_files
from kg.namespaces import MLP
from kg.record.inference import link_inference, read_inference
from kg.record.results import link_results
from kg.store import memory_graph, open_graph
from tests.record.conftest import SYSTEM, log, write

HERE = Path(__file__).parent / "queries"
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published documents and annotations beside the checkout."""
    if not (SHARED / "statements").is_dir():
        pytest.skip("the published documents are not beside the checkout (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The graph of the shipped statements, as its directory."""
    directory = tmp_path_factory.mktemp("built") / "graph"
    build(directory=directory)
    return directory


@pytest.fixture(scope="session")
def graph(built):
    """The graph of the shipped statements, open."""
    return open_graph(built)


@pytest.fixture(scope="module")
def browser():
    """Chromium, one for the tests of a file: while it is open, an event loop runs, beside which no other can."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@dataclass(frozen=True)
class Ran:
    """What a command gave: its exit code and what it printed."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """All that it printed."""
        return self.stdout + self.stderr


@pytest.fixture
def cli(capsys):
    """Runs a command in this process."""

    def run(words) -> Ran:
        capsys.readouterr()
        return Ran(main(list(map(str, words))), *capsys.readouterr())

    return run


@pytest.fixture
def repository(tmp_path):
    """A results repository of v2.0, which its folder's name tells: one system whose five runs took 10 to 14 minutes."""
    root = tmp_path / "training_results_v2.0"
    write(root, "Acme/systems/box.json", SYSTEM)
    for number in range(5):
        write(root, f"Acme/results/box/resnet/result_{number}.txt", log(10 + number))
    return root


@pytest.fixture(scope="session")
def small():
    """The small graph of `tests/queries`: its statements, official results and claims."""
    statements = ox.parse((HERE / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG)
    vocabulary = load_vocabulary()
    record = link_results([HERE / "record.csv"], vocabulary)
    box = Entity("https://w3id.org/mlperf-kg/id/system/gigabyte/g492-id0", "G492-ID0", "System")
    filed = next(r.filed_system for r in record.results if r.result.submitter == "GIGABYTE")
    official = results_to_quads(record.results, [SystemLink(box, filed, "G492-ID0")])
    table = read_inference(Path(__file__).parent / "record" / "summary_results.json")
    inference = inference_to_quads(table, link_inference(table, vocabulary))
    quads = {*statements, *official, *inference, *_described(vocabulary, record.results)}
    return memory_graph({*quads, *reviews_to_quads(_reviews())})


def _reviews():
    """One review of each verdict, on the statements of the small graph."""
    of = {"samsung": "Samsung", "mosaicml": "MosaicML", "gigabyte": "GIGABYTE", "casia": "CASIA"}
    result = "https://w3id.org/mlperf-kg/id/result/training-v2.0/"
    samsung = result + "samsung/samsung-supercomputer21-dgxa100-n128-pytorch/bert"
    mosaic = result + "mosaicml/8xa100-80gb-methods/resnet"
    for who, kind, start, quote, claimed, verdict, record, formula, note, used in (
        ("samsung", "timeToTrain", 445, "BERT trained in 22.3 seconds on 1024 A100.", "Samsung, BERT: 22.3 seconds",
         ROUNDED, "BERT: 0.372 min", "0.372 minutes × 60 = 22.32 seconds", "", (samsung,)),
        ("samsung", "improvement", 488, "That is 12% better than the 25.06 seconds of v1.1.", "Samsung, BERT: 12 % improvement",
         NOT_CHECKABLE, "", "", "the record of MLPerf Training v1.1 is not loaded", ()),
        ("mosaicml", "comparison", 1031, "Our baseline took 110.5 minutes, so that is 4.6 times faster.",
         "MosaicML, ResNet-50: 4.6× faster", UNDERSTATED, "23.79 min", "110.5 / 23.79 = 4.646", "", (mosaic,)),
        ("gigabyte", "scale", 313, "It has 8 A100 80GB and two Xeon 8380 in 4U.", "GIGABYTE: 8 accelerators", SUPPORTED,
         "accelerators of its results: 8", "", "", ()),
        ("casia", "count", 1172, "New to MLPerf, CASIA submitted 7 results in 3 configurations.", "CASIA: 7 results",
         CONTRADICTED, "0 results", "count of results = 0", "", ()),
    ):  # fmt: skip
        speaker = Entity(f"https://w3id.org/mlperf-kg/id/organization/{who}", of[who], "Organization")
        statement = f"https://w3id.org/mlperf-kg/id/statement/training-v2.0-test/{who}"
        claim = Claim(statement, speaker, kind, quote, start, start + len(quote), Scope(who=(speaker,)))
        yield Review(claim, claimed, verdict, record, formula, note, used, 1, int(verdict == ROUNDED))


def _described(vocabulary, results):
    """What the vocabulary says of the accelerators and rounds of results, and which rounds compare."""
    of_results = {r.accelerator.iri for r in results if r.accelerator}
    about = {iri for at in of_results for iri in vocabulary.ancestors(at)} | {r.round.iri for r in results}
    about |= {framework.iri for r in results for framework in r.filed_frameworks}
    quads = vocabulary_to_quads(vocabulary_files())
    verdicts = {q for q in quads if "/id/verdict/" in q.subject.value}
    about |= {q.object.value for q in quads if q.predicate.value == MLP + "span"}
    verdicts |= {q for q in quads if q.predicate.value == MLP + "span"}
    return verdicts | {q for q in quads if q.subject.value in about and "Label" not in q.predicate.value}
