"""Claims in invented statements against the real record: each kind, each verdict; and how the reviews are shown."""

import csv
import json
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace

from kg.build import build, read_statements
from kg.claims.agreement import common, judge
from kg.claims.report import write_claims
from kg.claims.review import review_claims
from kg.claims.stored import stored_reviews
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, ROUNDED, SUPPORTED, UNDERSTATED, Amount
from kg.names.lexicon import Lexicon
from kg.query import run
from kg.record.results import shipped_results
from kg.store import open_graph
from kg.validate import validate
from tests.claims.truth.judged import record

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text())["sentence"]


@pytest.fixture
def reviewed(tmp_path):
    """A function: the reviews of a statement of an organization in a round, on the shipped record."""

    def check(organization, text, round="v2.0"):
        source = tmp_path / "statement.md"
        source.write_text(f"# MLPerf Training {round} statements\n\n## {organization}\n\n{text}\n")
        read = read_statements([source])
        return review_claims(read.statements, read.facts, record(), lambda s: Lexicon(read.vocabulary, s.round))

    return check


def of_kind(reviews, kind):
    found = [r for r in reviews if r.claim.kind == kind]
    assert found, [(r.claim.kind, r.claimed) for r in reviews]
    return found


def verdicts(reviews, kind):
    return {r.verdict for r in of_kind(reviews, kind)}


@pytest.mark.parametrize(
    ("value", "bound", "found", "metric", "verdict"),
    [
        ("23.8", "", "23.7885", "time", ROUNDED),
        ("23.8", "", "23.8", "time", SUPPORTED),
        ("23.8", "", "23.86", "time", NOT_CHECKABLE),  # the digits are cut off
        ("23.8", "", "23.91", "time", CONTRADICTED),
        ("28", "", "27.5", "time", ROUNDED),
        ("28", "", "27.4", "time", UNDERSTATED),
        ("4.5", "", "4.646", "speed", UNDERSTATED),
        ("4.5", "", "4.44", "speed", CONTRADICTED),
        ("40", ">", "41", "results", SUPPORTED),
        ("40", ">", "40", "results", CONTRADICTED),
        ("13", "<", "12.9", "time", SUPPORTED),
        ("13", "<", "13.1", "time", CONTRADICTED),
        ("2", "within", "1.9", "behind", SUPPORTED),
        ("2", "within", "2.1", "behind", CONTRADICTED),
        ("25", "~", "25.4", "time", ROUNDED),
    ],
)
def test_a_number_is_judged_by_its_digits_its_bound_and_what_is_better(value, bound, found, metric, verdict):
    assert judge(Amount(Decimal(value), "", bound), Decimal(found), metric) == verdict


def test_resolutions_that_differ_decide_nothing():
    assert common([SUPPORTED, ROUNDED]) == ROUNDED
    assert common([CONTRADICTED, SUPPORTED]) == NOT_CHECKABLE


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: f"{case['set']}: {case['by']}: {case['kind']}")
def test_a_sentence_in_a_vendors_style(reviewed, case):
    found = of_kind(reviewed(case["by"], case["text"]), case["kind"])[0]
    assert (SUPPORTED if found.verdict == ROUNDED else found.verdict) == case["verdict"], found


# What must be resolved


def test_a_system_that_is_not_filed_makes_a_claim_not_checkable(reviewed):
    text = "On our Acme X1 servers, BERT trained in 19.8 minutes in MLPerf Training v2.0."
    (review,) = of_kind(reviewed("Supermicro", text), "timeToTrain")
    assert (review.verdict, "Acme X1" in review.note) == (NOT_CHECKABLE, True)


def test_a_thing_that_may_be_filed_less_exactly_is_named(reviewed):
    reviews = reviewed("Baidu", "Our submission used TensorFlow.", "v2.1")
    (review,) = [r for r in reviews if r.claim.metric == "usedFramework"]
    assert (review.verdict, "TensorFlow" in review.note) == (NOT_CHECKABLE, True)


@pytest.mark.parametrize(
    ("who", "round", "text", "verdict"),
    [
        ("Lenovo", "v4.1", "The SR680a V3 was the fastest among our three servers on BERT.", SUPPORTED),
        ("Lenovo", "v4.1", "The SR780a V3 was the fastest among our three servers on BERT.", CONTRADICTED),
        ("Dell EMC", "v0.7", "Two C4140 servers trained ResNet-50 in 76.6 minutes.", ROUNDED),
        ("HPE", "v5.0", "BERT gets 2.8x faster on the Cray XD670 once four nodes replace one.", ROUNDED),
        ("HPE", "v5.0", "BERT gets 3.6x faster on the Cray XD670 once four nodes replace one.", CONTRADICTED),
        ("AMD", "v5.0", "When MI325X replaces MI300X, Llama 2 70B LoRA is finished 25% sooner.", ROUNDED),
    ],
)
def test_who_is_first_or_alone_and_what_replaces_what(reviewed, who, round, text, verdict):
    kinds = ("rank", "only", "scaling", "comparison", "timeToTrain")
    assert [r.verdict for r in reviewed(who, text, round) if r.claim.kind in kinds] == [verdict]


@pytest.mark.parametrize(
    ("who", "round", "kind", "text", "true", "false"),
    [
        ("Graphcore", "v1.0", "count", "We have {} results in the closed division and two in the open division.", "four", "five"),
        ("Graphcore", "v1.0", "count", "We have four results in the closed division and {} in the open division.", "two", "four"),
        ("Baidu", "v2.0", "share", "We submitted four results, {} of them on Graphcore Bow IPUs.", "two", "three"),
        ("Dell", "v4.1", "share", "Of our 25 results, {} cover BERT.", "three", "five"),
        ("Baidu", "v2.0", "share", "All of our BERT results but {} ran on PaddlePaddle.", "one", "two"),
        ("Graphcore", "v1.1", "share", "{} of our seven closed results used fewer than 128 IPUs.", "Four", "Six"),
        ("Dell", "v3.0", "share", "{} of all results of MLPerf Training v3.0 came from Dell.", "35%", "51%"),
        ("Dell", "v2.0", "share", "Storage is busy in each data center, and we filed {} of all results.", "16%", "26%"),
        ("Google", "v2.0", "rank", "Of the eight benchmarks, Google posted the fastest closed time on {}.", "five", "seven"),
        ("Google", "v2.0", "rank", "On {} of the eight benchmarks, nobody was faster than our TPU v4.", "five", "six"),
        ("Lambda", "v5.0", "rank", "Among single-node B200 systems, our Llama 2 70B LoRA time ranks {}.", "fourth", "third"),
        ("Supermicro", "v5.0", "most", "{} submitted more than Supermicro.", "Only Dell", "Nobody"),
        ("AMD", "v5.0", "memory", "Each MI325X offers {} of HBM3E memory.", "256 GB", "288 GB"),
        ("Lenovo", "v4.1", "comparison", "On every benchmark, the {} V3 beats NVIDIA's eight-GPU H200 system.", "SR680a", "SR780a"),
        ("Oracle", "v4.0", "scaling", "The scaling efficiency of our cloud from 8 to 64 GPUs on ResNet-50 is {}%.", "67", "87"),
        ("Habana", "v1.1", "scaling", "From 8 to 64 Gaudi, ResNet-50 kept {} of linear scaling.", "74%", "92%"),
        ("Clemson", "v3.1", "comparison", "Twice the R750 servers made BERT {}x faster, from 18.0 to 9.1 minutes.", "1.97", "2.2"),
        ("Giga Computing", "v5.0", "comparison", "On R-GAT we finished ahead of Dell and {} with eight GPUs.", "Supermicro", "NVIDIA"),
        ("Graphcore", "v2.0", "only", "Apart from us, {} submitted results with IPUs.", "only Baidu", "nobody"),
        ("NVIDIA", "v3.1", "share", "At least {} of our results used 64 or more GPUs.", "20", "28"),
        ("Fujitsu", "v4.0", "share", "{} of the eleven results come from the GX2560 M7, the others from the CDI.", "Seven", "Five"),
        ("HPE", "v5.0", "scale", "We have 15 results on the Cray XD670 with one, two and {} nodes.", "four", "eight"),
        ("Cisco", "v4.1", "scale", "RetinaNet ran on a UCS C885A M8 with eight {} GPUs.", "H100", "H200"),
        ("AMD", "v5.1", "comparison", "Over our MI300X, the MI355X raises Llama 2 70B LoRA performance {}-fold.", "2.7", "3.7"),
    ],
)  # fmt: skip
def test_a_true_sentence_holds_and_its_twin_is_denied(reviewed, who, round, kind, text, true, false):
    found = [
        {r.verdict for r in reviewed(who, text.format(words), round) if r.claim.kind == kind} for words in (true, false)
    ]
    assert found[0] <= {SUPPORTED, ROUNDED}, found
    assert found[1] & {CONTRADICTED, UNDERSTATED}, found


@pytest.mark.parametrize(
    ("who", "round", "text", "true", "false"),
    [
        ("Intel-HabanaLabs", "v3.1", "Our 384 Gaudi2 took 153.6 minutes for GPT-3, while NVIDIA needed {} minutes.", "58.3", "55.3"),
        ("Dell", "v5.0", "Our eight MI300X took 29.0 minutes for Llama 2 70B LoRA, close to the {} minutes AMD filed.", "29.3", "28.3"),
        ("Supermicro", "v5.0", "Our MI325X beat AMD's own MI325X on Llama 2 70B LoRA, 21.6 against {} minutes.", "22.0", "14.3"),
        ("Fujitsu", "v4.1", "DLRM-DCNv2 took 7.1 minutes and BERT {} minutes on four H100 GPUs.", "10.5", "8.5"),
        ("Google", "v4.0", "Compared to v3.1, where 4,096 TPU v5e took {} minutes for GPT-3, we are faster.", "44.7", "54.7"),
        ("Dell", "v4.1", "Our XE9680 cut Llama 2 70B from {} minutes in the previous round to 27.8 minutes.", "30.5", "38.5"),
        ("MosaicML", "v2.0", "Our methods cut ResNet-50 from 110.5 minutes to {} on eight A100.", "23.8", "33.8"),
    ],
)  # fmt: skip
def test_a_time_is_of_whom_its_words_name(reviewed, who, round, text, true, false):
    assert verdicts(reviewed(who, text.format(true), round), "timeToTrain") <= {SUPPORTED, ROUNDED}
    assert verdicts(reviewed(who, text.format(false), round), "timeToTrain") & {CONTRADICTED, UNDERSTATED}


def test_a_rival_is_not_replaced_by_another_baseline(reviewed):
    text = "Our Gaudi2 result on BERT took 79% less time than Google's result on eight TPU v4 chips."
    (review,) = of_kind(reviewed("Intel-HabanaLabs", text), "comparison")
    assert (review.verdict, "Google" in review.note) == (NOT_CHECKABLE, True)


def test_results_never_count_systems(reviewed):
    assert verdicts(reviewed("Dell", "We submitted 12 results to MLPerf Training v2.0."), "count") == {UNDERSTATED}
    assert verdicts(reviewed("Dell", "We submitted 43 results to MLPerf Training v2.0."), "count") == {CONTRADICTED}


def test_an_improvement_is_read_as_time_and_as_speed_and_says_so(reviewed):
    text = "Our BERT result on 1024 GPUs is an improvement of {}% over our v1.1 result."
    for number, verdict in (("12", ROUNDED), ("10.9", ROUNDED), ("25", CONTRADICTED), ("5", UNDERSTATED)):
        (review,) = of_kind(reviewed("Samsung", text.format(number)), "improvement")
        assert (review.verdict, review.tried) == (verdict, 2), number
    faster = text.replace("an improvement of {}%", "{}% faster").replace(" over ", " than ")
    (review,) = of_kind(reviewed("Samsung", faster.format("10.9")), "improvement")
    assert (review.verdict, review.tried) == (UNDERSTATED, 1)


def test_up_to_is_the_most(reviewed):
    text = "Our submissions were up to {}% faster than our own results in v1.1 on the same system."
    for number, verdict in (("32", ROUNDED), ("13", UNDERSTATED), ("60", CONTRADICTED)):
        (review,) = of_kind(reviewed("NVIDIA", text.format(number)), "improvement")
        assert review.verdict == verdict, number


def test_benchmarks_that_only_share_a_name_are_not_compared(reviewed):
    text = "Our SSD training became 40% faster than our result of MLPerf Training v1.1."
    assert verdicts(reviewed("NVIDIA", text), "improvement") == {NOT_CHECKABLE}


@pytest.mark.parametrize(
    ("who", "round", "text"),
    [
        ("NVIDIA", "v4.0", "NVIDIA took GPT-3 from 3,584 H100 GPUs to 11,616 H100 GPUs."),
        ("NVIDIA", "v4.0", "NVIDIA is more than three times as fast on GPT-3 as with its record submission of last year."),
        ("MangoBoost", "v5.0", "We trained Llama 2 70B LoRA in 10.91 minutes on 32 MI300X."),
        ("AMD", "v5.0", "On Llama 2 70B LoRA the MI325X platform beats the H200 platform by up to 8%."),
        (
            "NVIDIA", "v5.0",
            "On Llama 2 70B LoRA, eight Blackwell GPUs are 2.5x as fast as a submission with the same number of GPUs "
            "in the previous round.",
        ),
        ("CoreWeave", "v5.0", "With IBM and NVIDIA we made the largest submission on NVIDIA Blackwell, using 2,496 Blackwell GPUs."),
        ("Habana Labs", "v3.1", "Gaudi2 is one of only three accelerators with GPT-3 results."),
        ("NVIDIA", "v5.0", "With CoreWeave and IBM we submitted on 2,496 Blackwell GPUs and 1,248 NVIDIA Grace CPUs."),
        ("NVIDIA", "v3.0", "Both NVIDIA submissions were in the available category."),
        ("NVIDIA", "v5.0", "The benchmark suite consists of three benchmarks, and we ran them all."),
        ("IBM", "v5.0", "A single submission took less time for Llama 3.1 405B, 20.8 minutes on 8,192 H100 GPUs."),
        ("Azure", "v1.1", "On SSD it was 0.455 minutes with 1,024 GPUs for us and 0.454 minutes for them."),
        ("Samsung", "v1.1", "It was our only result, on one of eight benchmarks."),
        ("Nebius", "v5.0", "H200 results on Llama 3.1 405B are from Nebius alone, two of fourteen entries altogether."),
    ],
)  # fmt: skip
def test_what_is_true_in_another_way_in_which_it_may_be_meant_is_not_denied(reviewed, who, round, text):
    assert not {r.verdict for r in reviewed(who, text, round)} & {CONTRADICTED, UNDERSTATED}


def test_the_largest_ever_is_so_of_all_rounds_on_record(reviewed):
    on_blackwell = "We made the largest submission ever on NVIDIA Blackwell."
    assert verdicts(reviewed("CoreWeave", on_blackwell, "v5.0"), "most") == {SUPPORTED}
    assert verdicts(reviewed("CoreWeave", "We made the largest submission ever.", "v5.0"), "most") == {CONTRADICTED}


def test_the_results_behind_a_most_stand_in_one_order(reviewed):
    (review,) = of_kind(reviewed("Dell", "We submitted the most results of all.", "v3.0"), "most")
    sizes = {r.iri: r.result.accelerators or 0 for r in record().results}
    assert list(review.results) == sorted(review.results, key=lambda iri: (-sizes[iri], iri))


def test_an_average_is_not_borne_out_by_the_best(reviewed):
    found = reviewed("NVIDIA", "On average we are 1.5x as fast on BERT as in v1.1.", "v2.0")
    assert verdicts(found, "improvement") == {NOT_CHECKABLE}


def test_times_in_the_cells_of_a_table_are_checked(reviewed):
    table = "| Benchmark | GPUs | Minutes |\n|---|---|---|\n| BERT | 8 | {} |\n"
    assert verdicts(reviewed("NVIDIA", table.format("18.4")), "timeToTrain") <= {SUPPORTED, ROUNDED}
    assert verdicts(reviewed("NVIDIA", table.format("2.34567")), "timeToTrain") == {CONTRADICTED}


@pytest.mark.parametrize(
    "text",
    [
        "We submitted BERT on PowerEdge R750 servers with NVIDIA A100 GPUs.",
        "We submitted 3 results on PowerEdge R750 servers with NVIDIA A100 PCIe 80GB GPUs.",
    ],
)
def test_a_system_whose_name_goes_on_in_the_record_stays_open(reviewed, text):
    reviews = reviewed("Dell Technologies", text)
    assert CONTRADICTED not in {r.verdict for r in reviews}
    assert any("R750xa" in r.note and "may be meant" in r.note for r in reviews)


def test_a_number_of_results_on_servers_counts_no_servers(reviewed):
    reviews = reviewed("Dell Technologies", "We submitted 28 results on eight-GPU PowerEdge XE8545 servers.")
    assert {r.claim.about.nodes for r in reviews} == {None}


def test_claims_about_inference_say_that_they_are_not_checked(tmp_path):
    source = tmp_path / "statement.md"
    source.write_text(
        "# MLPerf Inference v4.0 statements\n\n## Dell\n\nWe submitted 281 results. This is our fifth submission.\n"
    )
    read = read_statements([source])
    reviews = review_claims(read.statements, read.facts, record(), lambda s: Lexicon(read.vocabulary, s.round))
    assert {r.claim.kind for r in reviews} == {"count", "participation", "presence"}
    assert all("Inference are not checked" in r.note for r in reviews)


def test_a_time_of_the_round_before_is_looked_up_there(reviewed):
    text = "In the previous round, our BERT training took {} seconds."
    assert verdicts(reviewed("Samsung", text.format("25.1")), "timeToTrain") == {ROUNDED}
    assert verdicts(reviewed("Samsung", text.format("24.1")), "timeToTrain") == {CONTRADICTED}


def test_what_introduces_a_list_holds_for_its_items(reviewed):
    text = "ResNet-50 on our DGX A100 systems:\n\n- 8 GPUs: {} minutes\n- 64 GPUs: 4.5 minutes"
    assert verdicts(reviewed("NVIDIA", text.format("28.7")), "timeToTrain") == {ROUNDED}
    assert CONTRADICTED in verdicts(reviewed("NVIDIA", text.format("26.7")), "timeToTrain")


def test_a_class_that_is_told_after_a_place_is_not_narrowed_by_the_own_size(reviewed):
    text = "On eight A100 GPUs, Supermicro recorded the {}fastest BERT result {}."
    assert verdicts(reviewed("Supermicro", text.format("", "of all submissions in this round")), "rank") == {
        CONTRADICTED
    }


def test_an_accelerator_filed_less_exactly_stays_open(reviewed):
    text = "We submitted our MLPerf Training v2.0 results on eight NVIDIA A100 500W GPUs."
    reviews = reviewed("Inspur", text)
    assert CONTRADICTED not in {r.verdict for r in reviews}
    assert verdicts(reviews, "scale") == {NOT_CHECKABLE}


def test_a_statements_own_arithmetic(reviewed):
    text = (
        "Our ResNet-50 result of 284 minutes on two NVIDIA RTX A5000 GPUs drawing up to 460 Watts compares with "
        "396 minutes on a single A100 PCIe 80GB drawing up to 300 Watts. "
        "Our result consumes {}% more power, which translates into {}% more energy."
    )
    found = {r.claimed: r for r in of_kind(reviewed("Krai", text.format(53, 10)), "arithmetic")}
    assert {r.verdict for r in found.values()} == {ROUNDED}
    assert "284 min at 460 W against 396 min at 300 W" in found["10 % more energy"].formula
    assert "rated power" in found["10 % more energy"].note
    wrong = reviewed("Krai", text.format(60, 30))
    assert SUPPORTED not in verdicts(wrong, "arithmetic")
    assert ROUNDED not in verdicts(wrong, "arithmetic")


def test_vague_words_get_numbers_and_no_verdict_unless_something_stricter_is_said(reviewed):
    (review,) = of_kind(reviewed("Inspur", "Our BERT result in MLPerf Training v2.0 is leading."), "vague")
    assert review.verdict == NOT_CHECKABLE
    assert "BERT on 8: 15.87 min, place 1 of" in review.record
    both = reviewed("Inspur", "Our leading BERT result in MLPerf Training v2.0 took 15.9 minutes.")
    assert "vague" not in {r.claim.kind for r in both}


@pytest.mark.parametrize(
    "text",
    [
        "None of our BERT results took 15.9 minutes.",
        "Our BERT result did not take 15.9 minutes.",
        "Our BERT training wasn't 2.3% faster than NVIDIA's on eight A100 GPUs.",
        "We have never submitted 18 results.",
    ],
)
def test_what_a_sentence_denies_is_not_supported(reviewed, text):
    found = [r for r in reviewed("Inspur", text) if r.claim.kind not in ("presence", "scale")]
    assert found == []


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("Dell", "The PowerEdge R750xa can hold up to twelve accelerators and was used for our BERT results."),
        ("Inspur", "Our server is designed for 16 A100 GPUs and trained BERT in MLPerf Training v2.0."),
        ("Inspur", "Eight A100 with 2 TB of system memory trained BERT in 15.9 minutes on the NF5688M6."),
        ("Inspur", "We cut BERT training from 19 to 15.9 minutes thanks to tuning."),
        ("Inspur", "BERT took 15.9 minutes with PyTorch 1.12 and CUDA 11.6 on the NF5688M6."),
        ("HPE", "Our server delivered one of the fastest ResNet-50 times."),
        ("Graphcore", "No Graphcore system is faster than the A100 on BERT."),
        ("Graphcore", "Since our first submission in v1.0, BERT on the IPU-POD16 has become faster."),
        ("Dell", "The XE8545 has four A100 cards and eight network cards."),
        ("MosaicML", "Most entries differ in their machines."),
    ],
)
def test_what_a_sentence_does_not_claim_is_not_denied(reviewed, who, text):
    assert {r.claimed for r in reviewed(who, text) if r.verdict in (CONTRADICTED, UNDERSTATED)} == set()


def test_what_beats_another_may_be_time_or_speed(reviewed):
    text = "B300 beats B200 by {}% on Llama 3.1 8B with eight GPUs."
    for number, verdict in (("11", ROUNDED), ("13", ROUNDED), ("40", CONTRADICTED)):
        assert verdicts(reviewed("Nebius", text.format(number), "v5.1"), "comparison") == {verdict}, number


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Eight A100 GPUs carried BERT home in a brisk 11.9 minutes.", CONTRADICTED),
        ("The first epoch of BERT took eight A100 GPUs 11.9 minutes.", NOT_CHECKABLE),
        ("A rival needed 11.9 minutes for BERT on eight A100 GPUs.", NOT_CHECKABLE),
        ("Our Zephyr needed 11.9 minutes for BERT on eight A100 GPUs.", CONTRADICTED),
        ("With no fan to cool them, eight A100 GPUs needed 11.9 minutes for BERT.", CONTRADICTED),
        ("No eight A100 GPUs needed 11.9 minutes for BERT.", NOT_CHECKABLE),
    ],
)
def test_what_can_only_narrow_the_results_keeps_nothing_from_being_denied(reviewed, text, verdict):
    assert verdicts(reviewed("Inspur", text), "timeToTrain") == {verdict}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("With 128 A100 GPUs instead of 32, BERT came down from 7.45 to 2.65 minutes.", ROUNDED),
        ("BERT takes 7.45 minutes on 32 A100 GPUs and 2.65 on 128.", ROUNDED),
        ("From 32 to 128 A100 GPUs, BERT went from 2.65 to 7.45 minutes.", CONTRADICTED),
    ],
)
def test_times_and_sizes_side_by_side_are_paired(reviewed, text, verdict):
    assert verdict in verdicts(reviewed("Dell Technologies", text), "timeToTrain")


@pytest.mark.parametrize(
    ("who", "text", "kind"),
    [
        ("Dell Technologies", "We submitted about 45 results to MLPerf Training v2.0.", "count"),
        ("Inspur", "All of our BERT results took about 17 minutes.", "timeToTrain"),
    ],
)
def test_what_is_nearly_so_is_open_and_says_why(reviewed, who, text, kind):
    (review,) = of_kind(reviewed(who, text), kind)
    assert (review.verdict, review.note) == (NOT_CHECKABLE, "how near is meant")


def test_a_round_without_a_record(reviewed):
    reviews = reviewed("Dell", "Dell submitted 12 results to MLPerf Training v9.9 with NVIDIA H100 GPUs.", "v9.9")
    assert {r.verdict for r in reviews} == {NOT_CHECKABLE}


# The shipped statements, and the published ones


EXAMPLES = {
    "Dell Technologies in MLPerf Training v2.0: 42 results": SUPPORTED,
    "Dell Technologies in MLPerf Training v2.0: 12 configurations": SUPPORTED,
    "CASIA in MLPerf Training v2.0: 7 results": SUPPORTED,
    "CASIA in MLPerf Training v2.0: 3 configurations": SUPPORTED,
    "Samsung, BERT, 1,024 × NVIDIA A100 in MLPerf Training v2.0: 22.3 seconds": ROUNDED,
    "Samsung, BERT, 1,368 × NVIDIA A100 in MLPerf Training v2.0: 21.4 seconds": ROUNDED,
    "10 % more energy": ROUNDED,
    "67 % more energy": ROUNDED,
    "NVIDIA in MLPerf Training v2.0: the most accelerators": SUPPORTED,
}  # fmt: skip
BY_PATTERN = {
    r"Graphcore, BERT.*: 37 % .*": ROUNDED, r"Graphcore, ResNet-50.*: 31 % .*": ROUNDED,
    r"Habana Labs, ResNet-50.*: 3× .*": ROUNDED, r"Habana Labs, BERT.*: 4.7× .*": ROUNDED,
    r"Samsung.*: 12 % .*": ROUNDED, r"HazyResearch.*: 11 % .*": ROUNDED, r"NVIDIA.*: up to 13 % .*": UNDERSTATED,
    r"Inspur.*: (18.15|13.84|5.95|1.24|10.4|7) % .*": ROUNDED, r"MosaicML.*: 4.5× .*": UNDERSTATED,
}  # fmt: skip


def assert_examples(reviews):
    found = {r.claimed: r.verdict for r in reviews}
    assert {claim: found.get(claim) for claim in EXAMPLES} == EXAMPLES
    for pattern, verdict in BY_PATTERN.items():
        matching = {v for claim, v in found.items() if re.fullmatch(pattern, claim)}
        assert matching == {verdict}, pattern
    assert [c for c, v in found.items() if v == CONTRADICTED] == []


def test_the_shipped_statements(graph):
    assert_examples(stored_reviews(graph))


def test_the_published_statements(shared, tmp_path):
    build([shared / "statements" / "training-v2.0.txt"], directory=tmp_path / "g")
    assert_examples(stored_reviews(open_graph(tmp_path / "g")))


def test_a_graph_without_results_has_no_reviews(tmp_path):
    build(directory=tmp_path / "g", results=())
    assert stored_reviews(open_graph(tmp_path / "g")) == []


@pytest.mark.parametrize(
    ("heading", "folder"),
    [("Acme Labs", "Acme-Labs"), ("ACME Labs, Inc.", "acme_labs"), ("Quick Brown Foxes", "QBF")],
)
def test_an_organization_spelt_in_two_ways_is_one(tmp_path, heading, folder):
    with (shipped_results()[0].parent / "training-v2.0.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["submitter"] == "Krai"]
    for at in ("v2.0", "v2.1"):
        with (tmp_path / f"training-{at}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(
                {**row, "submitter": folder, "filed_as": folder, "round": f"MLPerf Training {at}"} for row in rows
            )
    source = tmp_path / "s.md"
    said = "ResNet-50 trained in 284 minutes on two NVIDIA RTX A5000 GPUs."
    source.write_text(f"# MLPerf Training v2.0 statements\n\n## {heading}\n\n{said}\n")
    for tables in (["v2.0", "v2.1"], ["v2.1"]):
        results = [tmp_path / f"training-{at}.csv" for at in tables]
        report = build([source], directory=tmp_path / "g", results=results)
        assert report.reasons == ()
        found = {r.verdict for r in stored_reviews(open_graph(tmp_path / "g")) if r.kind == "timeToTrain"}
        assert found == ({ROUNDED} if "v2.0" in tables else {NOT_CHECKABLE})


def test_a_first_time_is_decided_from_the_rounds_before_that_are_not_read(reviewed):
    for who, verdict in (("Dell", SUPPORTED), ("Alibaba", CONTRADICTED)):
        (review,) = of_kind(
            reviewed(who, f"This is {who}'s first MLPerf Training submission.", "v0.7"), "participation"
        )
        assert review.verdict in (verdict, NOT_CHECKABLE), who
        assert review.verdict != CONTRADICTED or who == "Alibaba"


# Reports and RDF


def test_reviews_are_in_the_graph_as_schema_org_and_conform(graph):
    reviews = stored_reviews(graph)
    assert Counter(dict(row)["verdictLabel"] for row in run(graph, "claims")) == Counter(r.verdict for r in reviews)
    assert validate(graph.quads()).conforms
    for r in reviews:
        text = graph.source(r.statement.split("/statement/")[1].split("/")[0])
        assert text[r.start : r.end] == r.quote


def test_evidence_carries_the_number_of_a_claim(graph):
    numbered = [r for r in stored_reviews(graph) if r.kind in ("timeToTrain", "improvement", "comparison")]
    for r in numbered:
        assert re.search(r"\d", r.quote), r


def test_formats(graph):
    reviews = stored_reviews(graph)
    lines = [json.loads(line) for line in write_claims(reviews, graph, "jsonl").splitlines()]
    assert [line["verdict"] for line in lines] == [r.verdict for r in reviews]
    turtle = Graph().parse(data=write_claims(reviews, graph, "turtle"), format="turtle")
    schema = Namespace("https://schema.org/")
    assert len(set(turtle.subjects(RDF.type, schema.ClaimReview))) == len(reviews)
    markdown = write_claims(reviews, graph, "markdown")
    assert "trademarks" in markdown
    assert "presence claims" in markdown


def test_a_table_puts_the_loud_verdicts_first_folds_presence_and_links_the_files(graph):
    table = write_claims(stored_reviews(graph), graph, "table")
    assert table.startswith("Understated: the record gives more")
    assert "[restated]" in table
    assert re.search(r"\d+ presence claims?, (all )?on record", table)
    assert re.search(
        r"result: .*: 0\.372 min\n +https://github\.com/mlcommons/training_results_v2\.0/tree/[0-9a-f]{40}/", table
    )
    assert "understated: the record gives more than is claimed" in table


def test_claims_of_a_statement_stand_in_its_order(graph):
    found = [(r.statement, r.start) for r in stored_reviews(graph) if not r.presence]
    assert found == sorted(found)


def test_one_is_told_in_the_singular(reviewed):
    told = [r.claimed for r in reviewed("Krai", "Our system has one Intel Xeon Gold 6240R processor.")]
    assert any(claimed.endswith(": 1 processor") for claimed in told)


@pytest.mark.parametrize("cards", ["Ethernet cards", "HDR InfiniBand cards", "storage cards"])
def test_cards_of_another_kind_are_no_accelerators(reviewed, cards):
    reviews = reviewed("Dell", f"We trained BERT on eight A100 GPUs with four {cards}.")
    assert [r.claim.amount.value for r in of_kind(reviews, "scale")] == [8]


def test_a_network_is_no_division(reviewed):
    reviews = reviewed("Google", "Our network of 4,096 TPU v4 chips ran BERT.")
    assert verdicts(reviews, "scale") == {SUPPORTED}


def test_cores_are_no_processors_however_many_names_stand_before_them(reviewed):
    reviews = reviewed(
        "Azure",
        "Each VM of the NDm A100 v4 series has 8 NVIDIA A100 80GB GPUs, 8 links, 96 AMD Rome cores, 8 disks and 1 TB of RAM.",
    )
    assert {r.claim.kind for r in reviews} == {"scale", "memory", "presence"}


def test_the_page_in_a_browser(browser, graph, tmp_path):
    page_file = tmp_path / "claims.html"
    page_file.write_text(write_claims(stored_reviews(graph), graph, "html"))
    page = browser.new_page()
    asked, problems = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: problems.append(m.text))
    page.goto(page_file.as_uri())
    everything = page.locator(".claim:visible").count()
    page.select_option("#who", "Samsung")
    assert 0 < page.locator(".claim:visible").count() < everything
    page.select_option("#who", "MosaicML")
    for box in (0, 2, 3, 4):
        page.locator(f"input[value='{box}']").uncheck()
    assert page.locator(".claim:visible").count() == 1
    page.locator(".claim:visible summary").click()
    assert page.locator("dd:visible", has_text="110.5 / 23.79 = 4.646").count() == 1
    page.close()
    assert (asked, problems) == ([page_file.as_uri()], [])


def test_what_a_statement_says_is_text_on_the_page(tmp_path):
    source = tmp_path / "statement.md"
    source.write_text(
        "# MLPerf Training v2.0 statements\n\n## Dell\n\n"
        "We submitted 42 results <script>alert(1)</script> to MLPerf Training v2.0.\n"
    )
    build([source], directory=tmp_path / "graph")
    graph = open_graph(tmp_path / "graph")
    page = write_claims(stored_reviews(graph), graph, "html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_command(cli, built):
    ask = ["claims", "--graph", str(built)]
    done = cli([*ask, "--organization", "MosaicML", "--verdict", "understated"])
    assert done.exit_code == 0
    assert "4.646" in done.stdout
    assert cli([*ask, "--organization", "Fujitsu", "--verdict", "contradicted"]).exit_code == 1
    assert cli([*ask, "--verdict", "wrong"]).exit_code != 0
    assert list(ox.parse(cli([*ask, "--format", "turtle"]).stdout, format=ox.RdfFormat.TURTLE))


def test_improvements_are_compared_within_one_division(reviewed):
    """Graphcore's open result of v1.1 is faster than its closed one; v2.0 has a closed one alone."""
    text = "On BERT, 16 IPUs were 1.58 times faster than in our v1.1 submission."
    (review,) = of_kind(reviewed("Graphcore", text), "improvement")
    assert (review.verdict, review.note) == (ROUNDED, "")


def test_what_an_own_time_is_ahead_of_does_not_narrow_it(reviewed):
    text = "Eight Gaudi2 processors trained BERT in 12.9 minutes, ahead of NVIDIA's {} on eight A100 GPUs."
    assert verdicts(reviewed("Intel-HabanaLabs", text.format("Frobnitz")), "timeToTrain") == {CONTRADICTED}


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("a year ago", UNDERSTATED),
        ("six months ago", ROUNDED),
        ("in November", ROUNDED),
        ("five years ago", NOT_CHECKABLE),
    ],
)
def test_a_round_is_meant_by_when_it_was_published(reviewed, when, verdict):
    reviews = reviewed("NVIDIA", f"On 512 H100 GPUs, GPT-3 is 15% faster than {when}.", "v4.0")
    assert verdicts(reviews, "improvement") == {verdict}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We are not the fastest on BERT.", "rank"),
        ("We are not the only submitter with A100 GPUs.", "only"),
        ("We did not submit the most results.", "most"),
        ("Not all of our results were on A100 GPUs.", "share"),
        ("We ran every benchmark but Minigo.", "count"),
    ],
)
def test_what_is_denied_or_leaves_some_out_is_no_claim(reviewed, text, kind):
    assert kind not in {r.claim.kind for r in reviewed("Dell", text)}


@pytest.mark.parametrize(
    "text",
    [
        "Nobody believed that we are faster than NVIDIA on BERT with eight GPUs.",
        "We hope to be the fastest on BERT soon.",
        "If we had the fastest BERT time, we would say so.",
    ],
)
def test_what_is_only_believed_or_wished_for_is_no_claim(reviewed, text):
    assert {r.claim.kind for r in reviewed("Dell", text) if r.verdict != NOT_CHECKABLE} <= {"presence"}


@pytest.mark.parametrize(("many", "verdict"), [("four", SUPPORTED), ("six", CONTRADICTED)])
def test_benchmarks_are_counted_within_a_time(reviewed, many, verdict):
    text = f"We trained {many} of the eight models in less than 30 seconds."
    assert verdicts(reviewed("Google", text, "v0.7"), "count") == {verdict}


@pytest.mark.parametrize(
    "text",
    [
        "Four nodes, eight H200 GPUs a piece, fine-tuned Llama 2 70B in {} minutes.",
        "A quartet of XD670, all with eight H200, fine-tuned Llama 2 70B in {} minutes.",
        "With 32 H200 GPUs in all, Llama 2 70B took {} minutes.",
    ],
)
def test_no_time_is_denied_that_another_reading_of_its_size_bears_out(reviewed, text):
    assert CONTRADICTED not in verdicts(reviewed("HPE", text.format("8.9"), "v5.0"), "timeToTrain")
    assert verdicts(reviewed("HPE", text.format("3.9"), "v5.0"), "timeToTrain") == {CONTRADICTED}


def test_times_are_open_in_a_round_of_which_nobody_knows_the_day(reviewed):
    for words in ("last year", "two years ago", "in June"):
        found = reviewed("Dell", f"Our BERT result on 8 NVIDIA H100 GPUs is 20% faster than {words}.", round="v9.9")
        assert {r.verdict for r in found} == {NOT_CHECKABLE}


@pytest.mark.parametrize(
    ("who", "round", "kind", "text", "true", "false"),
    [
        ("Intel-HabanaLabs", "v2.0", "improvement",
         "Compared with the eight Gaudi cards of our v1.1 submission, eight Gaudi2 cards train BERT {} times faster.", "4.7", "5.7"),
        ("Fujitsu", "v4.0", "comparison",
         "Sixteen L40S in one PRIMERGY CDI trained BERT {} times as fast as Dell did with four of the same cards.", "3.4", "4.4"),
        ("CASIA", "v2.0", "comparison", "On Minigo our XiangXue-3B finished before {}.",
         "Nettrix's 16-GPU system", "NVIDIA's 64-GPU system"),
        ("HazyResearch", "v2.0", "comparison", "On eight A100 GPUs we finished BERT {} seconds before NVIDIA's DGX A100.",
         "62", "122"),
        ("NVIDIA", "v3.1", "scaling", "From 4,096 to 10,752 H100 GPUs, a factor of 2.6, GPT-3 sped up {} times.", "2.2", "2.6"),
        ("Clemson", "v3.1", "scaling", "From eight to sixteen R750 nodes, and so to 32 A100s, BERT got {} times as fast.",
         "1.97", "2.17"),
        ("GigaComputing", "v4.1", "rank", "Among all eight-H200 machines, GIGABYTE's G593-ZD1 is the {} on DLRM-dcnv2.",
         "second-fastest", "fastest"),
    ],
)  # fmt: skip
def test_what_is_compared_is_told_from_what_stands_beside_it(reviewed, who, round, kind, text, true, false):
    assert verdicts(reviewed(who, text.format(true), round), kind) <= {SUPPORTED, ROUNDED}
    assert verdicts(reviewed(who, text.format(false), round), kind) == {CONTRADICTED}


@pytest.mark.parametrize(
    ("who", "round", "text", "true", "false"),
    [
        ("CSCS", "hpc v1.0", "DeepCAM needs 61.5 minutes on 128 GPUs and 21.9 on 1,024, a speedup of {}.", "2.8x", "3.8x"),
        ("Intel-HabanaLabs", "v2.0", "BERT took us 17.2 minutes, {} below the 18.4 minutes of NVIDIA's DGX A100.", "7%", "17%"),
        ("xFusion", "v3.1", "BERT took 33.7 minutes on the L40S. On the L40 it took 53.7 minutes, so the L40S is {}.",
         "1.6 times faster", "2.6 times faster"),
        ("Juniper", "v4.0", "Llama 2 70B LoRA takes 116.1 minutes on one node. Four nodes take 44.8 minutes, which is {} as fast.",
         "2.6 times", "3.6 times"),
        ("Juniper", "v4.0", "Llama 2 70B LoRA takes about 118 minutes on one node. Four nodes take 44.8 minutes, which is {} as fast.",
         "2.6 times", "3.6 times"),
    ],
)  # fmt: skip
def test_results_that_are_told_by_their_times_are_compared(reviewed, who, round, text, true, false):
    assert verdicts(reviewed(who, text.format(true), round), "comparison") == {ROUNDED}
    assert verdicts(reviewed(who, text.format(false), round), "comparison") == {CONTRADICTED}


def test_the_words_of_a_comparison_hold_the_times_that_it_rests_on(reviewed):
    text = "DeepCAM needs 61.5 minutes on 128 GPUs and 21.9 on 1,024. That is a speedup of 2.8x."
    (review,) = of_kind(reviewed("CSCS", text, "hpc v1.0"), "comparison")
    assert (review.claim.quote, review.verdict) == (text, ROUNDED)


@pytest.mark.parametrize(
    ("who", "round", "text"),
    [
        ("Tinycorp", "v4.0", "ResNet-50 took 122.1 minutes on green and 167.2 on red. Red is 37% slower than green."),  # which is which
        ("NVIDIA", "v4.0", "GPT-3 took 3.44 minutes, and BERT 0.12 minutes. Overall that is 7.7 times faster."),  # of two benchmarks
        ("NVIDIA", "v0.7", "SSD takes 5.7 minutes on 16 GPUs and 2.2 minutes on 64, a speedup of 2.6x."),  # by rounded times
        ("Google", "v4.0", "GPT-3 took 12.5, 39.8 and 114.8 minutes. The larger one is 9.2 times as fast."),
        ("NVIDIA", "v3.0", "BERT took 0 minutes on one cluster, 20x faster than 0.25 minutes."),  # no ratio to nought
    ],
)  # fmt: skip
def test_times_that_do_not_say_what_is_compared_leave_it_open(reviewed, who, round, text):
    assert verdicts(reviewed(who, text, round), "comparison") == {NOT_CHECKABLE}


def test_within_an_hour_and_a_half_is_one_amount(reviewed):
    text = "ResNet-50 on 16 nodes finished within an hour and a half."
    assert verdicts(reviewed("Intel", text, "v2.1"), "timeToTrain") == {SUPPORTED}


def test_a_minute_better_is_a_difference_and_no_time(reviewed):
    text = "In BERT the best closed time is 6.9 minutes on 128 IPUs, and the open one is about a minute better."
    assert verdicts(reviewed("Graphcore", text, "v1.1"), "timeToTrain") == {ROUNDED}


@pytest.mark.parametrize(("place", "verdict"), [("second-fastest", SUPPORTED), ("fastest", NOT_CHECKABLE)])
def test_a_place_is_not_won_in_a_class_of_ones_own(reviewed, place, verdict):
    text = f"Our entry with 512 H200 GPUs is the {place} Llama 2 70B LoRA result in the closed division."
    (review,) = of_kind(reviewed("Azure", text, "v4.1"), "rank")
    assert (review.verdict, "nobody else" in review.note) == (verdict, verdict == NOT_CHECKABLE)


def test_a_machine_of_eight_accelerators_is_no_cluster_of_such(reviewed):
    text = "Of all the eight-H200 machines that ran Llama 2 70B LoRA, none was faster than our ThinkSystem SR680a V3."
    assert verdicts(reviewed("Lenovo", text, "v4.1"), "rank") <= {SUPPORTED, NOT_CHECKABLE}


def test_nobody_is_beaten_in_a_class_of_ones_own(reviewed):
    text = "With ten A100 PCIe cards, our X640 G40 ran Mask R-CNN faster than every other entry of the round."
    assert verdicts(reviewed("nettrix", text, "v1.0"), "rank") == {NOT_CHECKABLE}


@pytest.mark.parametrize(
    ("who", "round", "text"),
    [
        ("Fujitsu", "v1.0", "We use four A100 GPUs where we had eight V100s in v0.7 for Mask R-CNN."),
        ("Intel", "v0.7", "From one four-socket Cooper Lake node to four such nodes, DLRM gets 2.6 times faster."),
    ],
)
def test_nothing_is_denied_that_is_of_another_round_or_fits_one_of_several_results(reviewed, who, round, text):
    assert not {CONTRADICTED, UNDERSTATED} & {r.verdict for r in reviewed(who, text, round)}


@pytest.mark.parametrize(
    ("who", "round", "kind", "text", "true", "false"),
    [
        ("Inspur", "v0.7", "comparison", "ResNet-50 was completed by our NF5488 faster than by {}.",
         "NVIDIA's single DGX A100", "NVIDIA's pair of DGX A100s"),
        ("HPE+LBNL", "hpc v3.0", "comparison", "Perlmutter with 512 A100s trailed NVIDIA's 512 H100s on CosmoFlow by no more than {}.",
         "2.7 minutes", "1.2 minutes"),
        ("AMD", "v5.1", "share", "{} of the results on Llama 2 70B LoRA came from systems with Instinct GPUs.", "Half", "Two thirds"),
    ],
)  # fmt: skip
def test_what_is_counted_in_words_trails_or_is_not_known_supports_nothing_false(
    reviewed, who, round, kind, text, true, false
):
    assert not {CONTRADICTED, UNDERSTATED} & verdicts(reviewed(who, text.format(true), round), kind)
    assert not {SUPPORTED, ROUNDED} & verdicts(reviewed(who, text.format(false), round), kind)


@pytest.mark.parametrize(
    ("who", "round", "text"),
    [
        (
            "Lenovo",
            "v4.1",
            "We published 15 results, three of our four systems having been equipped with eight H200 GPUs.",
        ),
        (
            "Intel-HabanaLabs",
            "v1.1",
            "Four of our ten results used 64 Gaudis or more, the biggest, 3.39 minutes for ResNet-50, 256.",
        ),
        (
            "Fujitsu",
            "v2.0",
            "With eight A100s we ran seven benchmarks, and DLRM, in 1.63 minutes, was the quickest of them.",
        ),
    ],
)
def test_nothing_is_denied_by_what_the_sentence_says_of_something_else(reviewed, who, round, text):
    assert not {CONTRADICTED, UNDERSTATED} & {r.verdict for r in reviewed(who, text, round)}


@pytest.mark.parametrize(
    "text",
    [
        "We set the fastest times of the round on BERT, 0.134 minutes on 3,072 GPUs, and on ResNet, 0.183 minutes on 3,584.",
        "The same cluster set the fastest times of the round on two classics: "
        "BERT in 0.134 minutes (8 seconds) on 3,072 GPUs, ResNet in 0.183 minutes (11 seconds) on 3,584.",
    ],
)
def test_a_place_on_several_benchmarks_is_not_denied_by_the_size_of_one(reviewed, text):
    context = "NVIDIA and CoreWeave trained GPT-3 on 3,584 H100 GPUs in 10.9 minutes. "
    assert CONTRADICTED not in verdicts(reviewed("NVIDIA_CoreWeave", context + text, "v3.0"), "rank")


@pytest.mark.parametrize(
    ("who", "round", "text"),
    [
        (
            "Nettrix",
            "v1.0",
            "The X660 G45 with the larger memory cut its SSD time from 9.8 to 8.5 minutes, i.e. by 13 %.",
        ),
        (
            "Azure",
            "v1.1",
            "Mask R-CNN went from 14.9 minutes on 32 GPUs to 3.9 on 272, a speedup of 3.8 for 8.5 times the hardware.",
        ),
        ("Krai", "v2.1", "Fujitsu was the only other submitter that used two-card machines."),
        ("CASIA", "v2.0", "ResNet-50 needed 18.7 minutes with 80 GB cards and 21.4 with 40 GB cards."),
        ("Graphcore", "v1.0", "In the open division nobody else submitted BERT."),
        ("Clemson University", "v3.1", "The A100 trained BERT in one of our runs. Nobody else used the A100 for it."),
        ("Google", "v1.0", "Google left out RNN-T and Minigo."),
        ("HPE", "v2.1", "Minigo is the single benchmark we did not run."),
        (
            "Nettrix",
            "v1.0",
            "The X640 G40 holds ten cards. On SSD it needed 8.2 minutes, less than any system with eight GPUs.",
        ),
        (
            "CASIA",
            "v2.0",
            "Nettrix took 27.0 minutes for Mask R-CNN. For Minigo it needed 232.4 minutes, a third more than our system.",
        ),
        (
            "Oracle",
            "v4.0",
            "64 GPUs trained ResNet in 2.49 minutes. That is the best time for ResNet with this number of accelerators.",
        ),
        ("Google", "v0.7", "SSD took 27.7 seconds, and nobody else in the closed division got below 50."),
    ],
)
def test_nothing_is_denied_by_what_another_is_told_of_or_is_left_out(reviewed, who, round, text):
    assert not {CONTRADICTED, UNDERSTATED} & {r.verdict for r in reviewed(who, text, round)}


def test_each_rival_that_is_named_has_to_be_beaten(reviewed):
    text = "64 GPUs train Llama 3.1 8B in 18.1 minutes, ahead of Oracle and {}."
    said = [
        verdicts(reviewed("University of Florida", text.format(who), "v5.1"), "comparison")
        for who in ("Verda", "NVIDIA")
    ]
    assert said == [{SUPPORTED}, {NOT_CHECKABLE}]


def test_rounds_that_may_not_be_compared_are_named_with_the_reason(reviewed):
    text = "On BERT, eight A100 GPUs were 1.2x faster than our eight A100 GPUs in v0.7."
    notes = [r.note for r in reviewed("NVIDIA", text, "v1.0")]
    assert any("v1.0 raised the quality target" in note for note in notes), notes


@pytest.mark.parametrize(
    ("who", "round", "text", "kind", "holds"),
    [
        ("HPE+LBNL", "hpc v3.0", "OC20 and CosmoFlow came in at 21.04 and 4.73 minutes.", "timeToTrain", True),
        ("HPE+LBNL", "hpc v3.0", "OC20 and CosmoFlow came in at 4.73 and 21.04 minutes.", "timeToTrain", False),
        ("Quanta_Cloud_Technology", "v3.0", "3D U-Net took 12.1 minutes, BERT 5.7.", "timeToTrain", True),
        ("Quanta_Cloud_Technology", "v3.0", "3D U-Net took 5.7 minutes, BERT 12.1.", "timeToTrain", False),
        (
            "AMD",
            "v5.1",
            "We fine-tuned Llama 2 70B with MI355X. Eight chips needed 10.18 minutes.",
            "timeToTrain",
            True,
        ),
        (
            "AMD",
            "v5.1",
            "We fine-tuned Llama 2 70B with MI355X. Eight chips needed 8.18 minutes.",
            "timeToTrain",
            False,
        ),
        (
            "IBM",
            "v5.0",
            "On Llama 3.1 405B our 1,024 GPUs needed half the time of Nebius with 1,024 GPUs.",
            "comparison",
            True,
        ),
        (
            "IBM",
            "v5.0",
            "On Llama 3.1 405B our 1,024 GPUs needed twice the time of Nebius with 1,024 GPUs.",
            "comparison",
            False,
        ),
    ],
)
def test_times_are_of_the_names_and_sides_that_they_stand_beside(reviewed, who, round, text, kind, holds):
    found = [r.verdict in (SUPPORTED, ROUNDED) for r in of_kind(reviewed(who, text, round), kind)]
    assert (all if holds else any)(found) == holds


@pytest.mark.parametrize(
    ("who", "round", "text", "kind"),
    [
        ("Lenovo", "v1.0", "Nobody else trained SSD on four GPUs as fast as our best system.", "only"),
        ("Azure", "v1.1", "Besides NVIDIA, nobody trained BERT, Mask R-CNN or RNN-T in less time than we did.", "only"),
        ("NVIDIA_CoreWeave", "v3.0", "Our system was the fastest on 3D U-Net.", "rank"),
    ],
)
def test_who_is_faster_is_no_claim_of_being_alone_and_who_has_no_result_has_no_place(reviewed, who, round, text, kind):
    assert [r.verdict for r in of_kind(reviewed(who, text, round), kind)] == [NOT_CHECKABLE]
