"""Claims in invented statements against the real record: each kind, each verdict, each reading."""

import json
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace

from kg.build import build
from kg.claims import check_claims, labels, reviews_to_quads, write_claims
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, ROUNDED, SUPPORTED, agrees
from kg.query import run
from kg.store import open_graph
from kg.validate import validate


@pytest.fixture
def reviewed(tmp_path):
    """A function: the reviews of a statement of an organization in a round, on the shipped record."""

    def check(organization, text, round="v2.0"):
        source = tmp_path / "statement.md"
        source.write_text(f"# MLPerf Training {round} statements\n\n## {organization}\n\n{text}\n")
        build([source], directory=tmp_path / "graph")
        return check_claims(open_graph(tmp_path / "graph"))

    return check


def of_kind(reviews, kind):
    found = [r for r in reviews if r.said.predicate == kind]
    assert found, [r.claimed for r in reviews]
    return found


def verdicts(reviews, kind):
    return {r.verdict for r in of_kind(reviews, kind)}


@pytest.mark.parametrize(
    ("stated", "found", "verdict"),
    [
        ("23.8", "23.7885", ROUNDED),
        ("23.8", "23.8", SUPPORTED),
        ("23.8", "23.86", None),
        ("24", "23.7885", ROUNDED),
        ("0.5", "0.45", ROUNDED),
        ("4.5", "4.646", None),
    ],
)
def test_a_number_agrees_at_the_precision_it_is_stated_with(stated, found, verdict):
    from decimal import Decimal

    assert agrees(Decimal(stated), Decimal(found)) == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("We submitted 42 results to MLPerf Training v2.0.", SUPPORTED),
        ("We submitted 41 results to MLPerf Training v2.0.", CONTRADICTED),
    ],
)
def test_results_are_counted(reviewed, text, verdict):
    (review,) = of_kind(reviewed("Dell", text), "resultCount")
    assert review.verdict == verdict
    assert "results: 42; systems as filed: 12" in review.record
    assert "count of results = 42" in review.formula


def test_configurations_have_several_readings(reviewed):
    reviews = reviewed("CASIA", "In this round we submitted 7 results across 3 configurations of our server.")
    (review,) = of_kind(reviews, "configurationCount")
    assert (review.verdict, review.note) == (SUPPORTED, "counted as hardware configurations")
    assert "systems as filed: 6; hardware configurations: 3" in review.record


def test_benchmarks_submitted_and_left_out(reviewed):
    text = "Fujitsu measured seven benchmarks in this round, all except for Minigo."
    reviews = reviewed("Fujitsu", text)
    assert verdicts(reviews, "didNotSubmitBenchmark") == {SUPPORTED}
    assert verdicts(reviews, "taskCount") == {SUPPORTED}
    wrong = reviewed("Fujitsu", "Fujitsu measured six benchmarks in this round, all except for BERT.")
    assert verdicts(wrong, "didNotSubmitBenchmark") == {CONTRADICTED}
    assert verdicts(wrong, "taskCount") == {CONTRADICTED}


def test_a_time_in_seconds_against_minutes(reviewed):
    text = "Our BERT training in MLPerf Training v2.0 took 22.3 seconds on 1024 NVIDIA A100 GPUs."
    (review,) = of_kind(reviewed("Samsung", text), "timeToTrain")
    assert review.verdict == ROUNDED
    assert review.formula == "0.37200625 minutes × 60 = 22.32 seconds"
    assert "(open division)" in review.record
    wrong = text.replace("22.3", "20.3")
    assert verdicts(reviewed("Samsung", wrong), "timeToTrain") == {CONTRADICTED}


def test_a_time_of_somebody_else_is_sought_among_the_others(reviewed):
    text = (
        "Our ResNet-50 result of 284 minutes on two NVIDIA RTX A5000 GPUs can be compared with "
        "236 minutes on two NVIDIA A30 GPUs."
    )
    found = {str(r.said.value): r for r in of_kind(reviewed("Krai", text), "timeToTrain")}
    assert {found["284"].verdict, found["236"].verdict} == {ROUNDED}
    assert "NVIDIA, 2xa30" in found["236"].record
    other = reviewed("Krai", text.replace("236", "200"))
    unknown = next(r for r in other if str(r.said.value) == "200")
    assert unknown.verdict == NOT_CHECKABLE


@pytest.mark.parametrize(
    ("percent", "verdict", "reading"),
    [("12", ROUNDED, "as more speed"), ("10.9", ROUNDED, "as less time"), ("25", CONTRADICTED, "nearest")],
)
def test_an_improvement_is_read_as_speed_and_as_time(reviewed, percent, verdict, reading):
    text = f"Our BERT training became {percent}% faster than our result of MLPerf Training v1.1 on 1024 GPUs."
    (review,) = of_kind(reviewed("Samsung", text), "improvement")
    assert review.verdict == verdict
    assert reading in review.formula
    assert "12.27 % as more speed, 10.93 % as less time" in review.record


def test_an_own_baseline(reviewed):
    text = "Our ResNet-50 training in the Open division is {}x faster than our own baseline on 8 A100 GPUs."
    (review,) = of_kind(reviewed("MosaicML", text.format("4.5")), "improvement")
    assert (review.verdict, "4.646" in review.record) == (CONTRADICTED, True)
    assert "the record gives more" in review.note
    assert verdicts(reviewed("MosaicML", text.format("4.6")), "improvement") == {ROUNDED}


def test_a_baseline_of_a_round_that_is_not_loaded(reviewed):
    text = "Our BERT result is 20% faster than our result of MLPerf Training v1.0."
    (review,) = of_kind(reviewed("NVIDIA", text), "improvement")
    assert (review.verdict, review.note) == (
        NOT_CHECKABLE,
        "the record of MLPerf Training v1.0 is not loaded",
    )


def test_a_benchmark_that_only_shares_a_key_is_not_compared(reviewed):
    text = "Our SSD training became 40% faster than our result of MLPerf Training v1.1."
    (review,) = of_kind(reviewed("NVIDIA", text), "improvement")
    assert review.verdict == NOT_CHECKABLE
    assert "no pair of results" in review.note


@pytest.mark.parametrize(
    ("accelerator", "verdict"),
    [
        ("eight NVIDIA A100 80GB GPUs", SUPPORTED),
        ("16 NVIDIA A100 80GB GPUs", CONTRADICTED),
        ("eight NVIDIA A100 500W GPUs", NOT_CHECKABLE),
        ("eight NVIDIA A100 40GB GPUs", CONTRADICTED),
    ],
)
def test_the_accelerators_of_a_system(reviewed, accelerator, verdict):
    text = f"In MLPerf Training v2.0 we submitted results on the G492-ID0 server, which has {accelerator}."
    assert verdicts(reviewed("GIGABYTE", text), "hasAccelerator") == {verdict}


def test_frameworks_as_run_as_filed_and_absent(reviewed):
    text = "We submitted our MLPerf Training v2.0 results with {}."
    assert verdicts(reviewed("MosaicML", text.format("PyTorch")), "usedFramework") == {SUPPORTED}
    (library,) = of_kind(reviewed("MosaicML", text.format("Composer")), "usedFramework")
    assert (library.verdict, library.note.startswith("filed beside")) == (SUPPORTED, True)
    assert verdicts(reviewed("MosaicML", text.format("MXNet")), "usedFramework") == {CONTRADICTED}


def test_a_first_time_needs_all_earlier_rounds(reviewed):
    text = "This is our first time as a submitter to MLPerf Training, in the v2.0 round."
    (krai,) = of_kind(reviewed("Krai", text), "submittedTo")
    assert (krai.verdict, krai.note) == (NOT_CHECKABLE, "not all earlier rounds are loaded")
    (dell,) = of_kind(reviewed("Dell", text), "submittedTo")
    assert dell.verdict == CONTRADICTED


def test_scale_and_the_largest(reviewed):
    text = "Our submissions ran on up to 4,216 GPUs across 527 nodes, the largest submission of this round."
    reviews = reviewed("NVIDIA", text)
    assert verdicts(reviews, "largest") == {SUPPORTED}
    (product,) = of_kind(reviews, "arithmetic")
    assert (product.verdict, product.formula) == (SUPPORTED, "527 × 8 = 4,216")
    assert verdicts(reviewed("Google", text.replace("4,216", "4,096")), "largest") == {CONTRADICTED}


def test_a_statements_own_arithmetic(reviewed):
    text = (
        "Our ResNet-50 result took 284 minutes on two NVIDIA RTX A5000 GPUs at up to 460 Watts. "
        "A single A100 PCIe 80GB needed 396 minutes at up to 300 Watts. "
        "Our result consumes {}% more power, which translates into {}% more energy."
    )
    found = {r.claimed: r for r in of_kind(reviewed("Krai", text.format(53, 10)), "arithmetic")}
    assert {r.verdict for r in found.values()} == {ROUNDED}
    assert "(460 W × 284 min) / (300 W × 396 min) − 1" in found["10 % more energy"].formula
    assert "rated power" in found["10 % more energy"].note
    assert verdicts(reviewed("Krai", text.format(60, 30)), "arithmetic") == {CONTRADICTED}


def test_vague_words_get_numbers_and_no_verdict(reviewed):
    (review,) = of_kind(reviewed("Inspur", "Our BERT result in MLPerf Training v2.0 is leading."), "vague")
    assert review.verdict == NOT_CHECKABLE
    assert "BERT on 8: 15.87 min, place 1 of" in review.record


def test_a_round_without_a_record(reviewed):
    reviews = reviewed(
        "Dell", "Dell submitted 12 results to MLPerf Training v3.1 with NVIDIA H100 GPUs.", "v3.1"
    )
    assert {r.verdict for r in reviews} == {NOT_CHECKABLE}
    assert {r.note for r in reviews} == {"the record of MLPerf Training v3.1 is not loaded"}


# The shipped statements, and the published ones


EXAMPLES = {
    "Dell Technologies: 42 results in MLPerf Training v2.0": SUPPORTED,
    "Dell Technologies: 12 system configurations in MLPerf Training v2.0": SUPPORTED,
    "CASIA: 5 tasks in MLPerf Training v2.0": SUPPORTED,
    "CASIA: 7 results in MLPerf Training v2.0": SUPPORTED,
    "CASIA: 3 configurations in MLPerf Training v2.0": SUPPORTED,
    "Fujitsu did not submit Minigo in MLPerf Training v2.0": SUPPORTED,
    "Samsung: 22.3 seconds in MLPerf Training v2.0 with BERT, NVIDIA A100, 1024 accelerators": ROUNDED,
    "Samsung: 21.4 seconds in MLPerf Training v2.0 with BERT, NVIDIA A100, 1368 accelerators": ROUNDED,
    "Krai: 284 minutes in MLPerf Training v2.0 with ResNet-50, NVIDIA RTX A5000, 2 accelerators": ROUNDED,
    "Krai: 28 % better": ROUNDED,
    "10 % more energy": ROUNDED,
    "67 % more energy": ROUNDED,
    "Graphcore: 37 % better on BERT": ROUNDED,
    "Graphcore: 31 % better on ResNet-50": ROUNDED,
    "Habana Labs: 3× better on ResNet-50": ROUNDED,
    "Habana Labs: 4.7× better on BERT": ROUNDED,
    "NVIDIA: the most accelerators of MLPerf Training v2.0": SUPPORTED,
    "Google: 5 benchmarks in MLPerf Training v2.0": SUPPORTED,
    "Google: 2 submissions in MLPerf Training v2.0 with 4,096 accelerators": SUPPORTED,
    "Google: 4 submissions in MLPerf Training v2.0 with Available cloud": SUPPORTED,
    "MosaicML: 4.5× better on ResNet-50 than “our own baseline”": CONTRADICTED,
}  # fmt: skip
BY_PATTERN = {
    r"Samsung: 12 % better.*": ROUNDED,
    r"HazyResearch: 11 % better on BERT.*": ROUNDED,
    r"NVIDIA: up to 13 % better.*": ROUNDED,
    r"Inspur: (18.15|13.84|5.95|1.24|10.4|7) % better.*": ROUNDED,
}


def assert_examples(reviews):
    found = {r.claimed: r.verdict for r in reviews}
    assert {claim: found.get(claim) for claim in EXAMPLES} == EXAMPLES
    for pattern, verdict in BY_PATTERN.items():
        matching = {v for claim, v in found.items() if re.fullmatch(pattern, claim)}
        assert matching == {verdict}, pattern
    assert sum(bool(re.fullmatch(r"Inspur: [\d.]+ % better on .*", c)) for c in found) == 6
    assert [c for c, v in found.items() if v == CONTRADICTED] == [
        "MosaicML: 4.5× better on ResNet-50 than “our own baseline”"
    ]
    decided = [v for v in found.values() if v != NOT_CHECKABLE]
    assert len(decided) >= 150


def test_the_shipped_statements(graph):
    assert_examples(check_claims(graph))


def test_the_published_statements(shared, tmp_path):
    build([shared / "statements" / "training-v2.0.txt"], directory=tmp_path / "g")
    assert_examples(check_claims(open_graph(tmp_path / "g")))


def test_a_graph_without_results_checks_nothing(tmp_path):
    build(directory=tmp_path / "g", results=())
    reviews = check_claims(open_graph(tmp_path / "g"))
    assert {r.verdict for r in reviews} == {NOT_CHECKABLE}


# Reports and RDF


def test_reviews_are_in_the_graph_as_schema_org_and_conform(graph):
    reviews = check_claims(graph)
    stored = Counter(dict(row)["verdictLabel"] for row in run(graph, "claims"))
    assert stored == Counter(r.verdict for r in reviews)
    quads = reviews_to_quads(reviews)
    assert quads == reviews_to_quads(reversed(reviews))
    assert {str(q) for q in quads} <= {str(q) for q in graph.quads()}
    assert validate(graph.quads()).conforms


def test_formats(graph):
    reviews = check_claims(graph)
    name = labels(graph)
    lines = [json.loads(line) for line in write_claims(reviews, name, "jsonl").splitlines()]
    assert [line["verdict"] for line in lines] == [r.verdict for r in reviews]
    for line in lines:
        text = graph.source(line["statement"].split("/statement/")[1].split("/")[0])
        assert text[line["start"] : line["end"]] == line["quote"]
    turtle = Graph().parse(data=write_claims(reviews, name, "turtle"), format="turtle")
    schema = Namespace("https://schema.org/")
    assert len(set(turtle.subjects(RDF.type, schema.ClaimReview))) == len(reviews)
    markdown = write_claims(reviews, name, "markdown")
    assert markdown.count("\n- **") == len(reviews)
    assert "trademarks" in markdown


def test_the_page_in_a_browser(graph, tmp_path):
    from playwright.sync_api import sync_playwright

    page_file = tmp_path / "claims.html"
    page_file.write_text(write_claims(check_claims(graph), labels(graph), "html"))
    with sync_playwright() as p:
        import shutil

        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        asked, problems = [], []
        page.on("request", lambda r: asked.append(r.url))
        page.on("console", lambda m: problems.append(m.text))
        page.goto(page_file.as_uri())
        everything = page.locator(".claim:visible").count()
        page.select_option("#who", "Samsung")
        assert 0 < page.locator(".claim:visible").count() < everything
        page.select_option("#who", "")
        for box in (0, 1, 3):
            page.locator(f"input[value='{box}']").uncheck()
        assert page.locator(".claim:visible").count() == 1
        page.locator(".claim:visible summary").click()
        assert page.locator("dd:visible", has_text="110.5 / 23.79 = 4.646").count() == 1
        browser.close()
    assert (asked, problems) == ([page_file.as_uri()], [])


def test_what_a_statement_says_is_text_on_the_page(reviewed, tmp_path):
    reviews = reviewed("Dell", "We submitted 42 results <script>alert(1)</script> to MLPerf Training v2.0.")
    page = write_claims(reviews, str, "html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_command(cli, built):
    ask = ["claims", "--graph", str(built)]
    done = cli([*ask, "--organization", "MosaicML", "--verdict", "contradicted"])
    assert done.exit_code == 0
    assert "4.646" in done.stdout
    assert (
        cli([*ask, "--organization", "Krai", "--verdict", "contradicted"]).exit_code == 1
    )
    assert cli([*ask, "--verdict", "wrong"]).exit_code != 0
    assert list(
        ox.parse(cli([*ask, "--format", "turtle"]).stdout, format=ox.RdfFormat.TURTLE)
    )
