"""How questions are read and answered; the sets of questions are in `test_questions.py`."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ask import NotUnderstood, ask, frame_of
from kg.ask.frame import Condition
from kg.ask.known import known
from kg.build import build
from kg.namespaces import PREFIXES
from kg.store import open_graph


def fields(frame):
    return {c.field: c.label for c in frame.conditions}


def test_conditions_are_names_and_numbers_with_their_fields(graph):
    frame = frame_of(graph, "BERT results of NVIDIA or Dell with MXNet on at most 64 accelerators in v2.0")
    assert set(fields(frame)) == {"benchmark", "organization", "framework", "acceleratorCount", "round"}
    assert fields(frame)["acceleratorCount"] == "acceleratorCount at most 64"
    assert fields(frame)["organization"] == "organization NVIDIA or Dell Technologies"


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("fastest BERT in v2.0", ("minutes", "least", 1, 1)),
        ("who came second on BERT in v2.0", ("minutes", "least", 2, 1)),
        ("the three slowest ResNet results of v2.0", ("minutes", "greatest", 1, 3)),
        ("who used the most GPUs in v1.1", ("acceleratorCount", "greatest", 1, 1)),
        ("which benchmark had the fewest results in v2.0", ("count", "least", 1, 1)),
    ],
)
def test_superlatives_have_a_measure_an_end_a_rank_and_a_number(graph, question, best):
    found = frame_of(graph, question).best
    assert (found.measure, found.end, found.rank, found.count) == best


def test_times_are_compared_in_the_closed_division_and_the_latest_round_and_it_is_said(graph):
    answer = ask(graph, "who is fastest on BERT")
    assert "closed division" in answer.sentence
    assert "the latest round that has such results" in answer.sentence
    assert not frame_of(graph, "who submitted BERT").closed


def test_a_question_for_both_sources_is_answered_from_the_record_and_says_what_statements_say(graph):
    answer = ask(graph, "who submitted on A100 80GB with PyTorch")
    assert answer.frame.source == "record"
    assert any(line.startswith("MLPerf Training v2.0: ") and "Lenovo" in line for line in answer.lines)
    assert answer.also == "Statements say so of Baidu, GIGABYTE, Samsung (MLPerf Training v2.0)."


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("who says it used Slurm", "statements"),
        ("which vendors mention Supermicro", "statements"),
        ("which claims are contradicted", "claims"),
        ("how much memory has the A30", "vocabulary"),
        ("what does the official record say of HazyResearch on BERT", "record"),
    ],
)
def test_words_and_predicates_choose_the_source(graph, question, source):
    assert frame_of(graph, question).source == source


_BUT_MINIGO = "ASUSTeK, Azure, Dell Technologies, Fujitsu, GIGABYTE, H3C, NVIDIA, Nettrix, Supermicro"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who submitted both ResNet and Minigo in v2.0?", "ASUSTeK, CASIA, GIGABYTE, H3C, Inspur, NVIDIA, Nettrix, Supermicro"),
        ("Which submitters entered all benchmarks in v2.0?", "ASUSTeK, GIGABYTE, H3C, NVIDIA, Nettrix, Supermicro"),
        ("who submitted all benchmarks in v2.0 except Minigo", _BUT_MINIGO),
        ("who ran everything but Minigo in v2.0", _BUT_MINIGO),
        ("who submitted all but RetinaNet in v2.0", "ASUSTeK, GIGABYTE, H3C, Inspur, NVIDIA, Nettrix, Supermicro"),
        ("who ran all benchmarks but not Minigo in v2.0", "Azure, Dell Technologies, Fujitsu"),
        ("which benchmarks were run in v2.0 except those that Google ran", "3D U-Net, Minigo, RNN-T"),
        ("which chips were used in v2.0 except those from NVIDIA", "Gaudi, Gaudi2, Graphcore Bow IPU, TPU v4"),
        ("which vendors that used A100 also used H100 in v3.0", "ASUSTeK, Dell Technologies, Lenovo"),
        ("who only ran ResNet in v2.0", "Krai, MosaicML"),
        ("what benchmarks did Google skip in v2.0", "3D U-Net, Minigo, RNN-T"),
        ("who submitted Minigo in v2.0 except NVIDIA", "ASUSTeK, CASIA, GIGABYTE, H3C, Inspur, Nettrix, Supermicro"),
        ("who submitted in v2.0 but had no ResNet result", "Baidu, HazyResearch, Samsung"),
    ],
)  # fmt: skip
def test_sets(graph, question, names):
    assert ask(graph, question).lines[0].partition(": ")[2] == f"{names}."


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("what fraction of v5.1 results ran on NVIDIA", "accelerator NVIDIA"),
        ("which results ran on Dell servers in v2.0", "organization Dell Technologies"),
        ("what fraction of v5.1 results are by NVIDIA", "organization NVIDIA"),
    ],
)
def test_what_a_result_ran_on_is_whose_chips_it_ran_on(graph, question, condition):
    assert condition in ask(graph, question).sentence


@pytest.mark.parametrize("factor", ["4.5x", "4.50x", "4.5 times"])
def test_a_factor_in_a_question_finds_the_claim_that_states_it(graph, factor):
    answer = ask(graph, f"is MosaicML's claim of {factor} true")
    assert "4.5× faster" in answer.lines[0]
    assert "understated" in answer.lines[0]


def test_joint_submitters_stand_in_their_order(graph):
    names = ask(graph, "who submitted in v3.0").lines[0].rstrip(".").partition(": ")[2].split(", ")
    assert {"CoreWeave", "NVIDIA"} < {*names}
    assert names == sorted(names)


def test_intel_finds_what_habana_labs_filed(graph):
    answer = ask(graph, "did Intel submit Gaudi2 results in v2.0")
    assert answer.lines[0].startswith("Yes")


@pytest.mark.parametrize(
    "question",
    [
        "fastest BERT in v2.0",
        "who ran all benchmarks in v2.0",
        "difference between Azure and NVIDIA on 3D U-Net in v1.1",
    ],
)
def test_the_query_is_sparql_that_stands_on_its_own(graph, question):
    answer = ask(graph, question)
    store = ox.Store()
    store.bulk_extend(graph.quads())
    assert len(list(store.query(answer.sparql))) > 0  # type: ignore[arg-type]


def test_values_are_bound_as_terms_and_never_pasted(graph):
    with pytest.raises(NotUnderstood):
        ask(graph, 'who used "} INSERT DATA #')
    assert PREFIXES["mlp"] in ask(graph, "who used MXNet").sparql


@pytest.mark.parametrize(
    "question",
    [
        "Hello! Could you please tell me which submitters ran Minigo in v2.0? Thanks a lot.",
        "For my thesis: which submitters ran Minigo in v2.0?",
        "Prepping for a customer meeting: which submitters ran Minigo in v2.0?",
        "I wonder which submitters ran Minigo in v2.0",
        "wich submiters ran minigo in v2.0",
    ],
)
def test_politeness_context_and_slips_change_nothing(graph, question):
    assert ask(graph, question).lines == ask(graph, "which submitters ran Minigo in v2.0").lines


@pytest.mark.parametrize(
    "question",
    ["Which European submitters ran BERT?", "who ran BERT on refurbished A100s", "In Europe, who ran BERT?"],
)
def test_unknown_words_that_restrict_are_refused_and_the_reading_without_them_offered(graph, question):
    with pytest.raises(NotUnderstood) as refusal:
        ask(graph, question)
    assert refusal.value.instead[0].startswith("1. ")
    assert ask(graph, question, 1).lines


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("We have room for at most 64 accelerators. Fastest BERT time?", "fastest BERT time on at most 64 accelerators"),
        ("Our shop standardised on EPYC hosts: who ran Minigo in v2.0?", "who ran Minigo with EPYC in v2.0"),
        ("We rent from Azure, so which benchmarks did they run in v2.0?", "which benchmarks did Azure run in v2.0"),
    ],
)  # fmt: skip
def test_names_and_numbers_of_the_writers_context_are_conditions_and_it_is_said(graph, question, plain):
    answer = ask(graph, question)
    assert answer.lines == ask(graph, plain).lines
    assert "from the context" in answer.sentence


def test_what_the_writer_tells_without_a_name_is_left_aside_and_it_is_said(graph):
    answer = ask(graph, "Who ran Minigo in v2.0? We want a vendor that is neutral.")
    assert answer.lines == ask(graph, "who ran Minigo in v2.0").lines
    assert "left aside “We want a vendor that is neutral”" in answer.sentence


_SECOND = "Who was second on BERT in v2.0?"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("We own A100s. Who ran BERT on V100 in v1.1?", "Who ran BERT on V100 in v1.1?"),
        ("Everyone praises Cerebras. Who was second on BERT in v2.0?", _SECOND),
        ("Rivals disappeared that summer. Who was second on BERT in v2.0?", _SECOND),
        ("Azure came back with big plans. Which benchmarks did it run in v2.0?", "Which benchmarks did Azure run in v2.0?"),
        ("The long language test was swapped after v4.1. Which one was dropped?", "Which benchmarks were dropped after v4.1?"),
        ("We can't afford A30 cards. Who ran Minigo in v2.0?", "Who ran Minigo in v2.0 but not on A30?"),
    ],
)  # fmt: skip
def test_context_gives_what_the_question_takes_up_and_nothing_else(graph, question, plain):
    answer = ask(graph, question)
    assert answer.lines == ask(graph, plain).lines


@pytest.mark.parametrize(
    ("question", "field", "label"),
    [
        ("who used both AMD Instinct and NVIDIA accelerators in v2.0", "accelerator", "accelerator AMD Instinct and NVIDIA"),
        ("who ran BERT on about 60 GPUs in v2.0", "acceleratorCount", "acceleratorCount about 60"),
    ],
)  # fmt: skip
def test_conditions_in_other_words(graph, question, field, label):
    assert fields(frame_of(graph, question))[field] == label


def test_two_questions_about_two_rounds_are_answered_for_each(graph):
    frame = frame_of(graph, "what was the best BERT time in v1.1 and what was it in v2.0")
    assert frame.group == ("round",)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("How fast is the TPU v5p?", {("GPT-3", "11.765"), ("Stable Diffusion", "2.447")}),
        ("How did Samsung do?", {("BERT", "0.357")}),
    ],
)
def test_how_fast_somebody_is_without_a_benchmark_is_told_of_each(graph, question, best):
    answer = ask(graph, question)
    assert best == {(row["benchmark"], f"{row['minutes']}") for row in answer.shown}


def test_of_other_than_the_best_times_no_course_is_told(graph):
    for question in ("slowest BERT in each round", "second fastest BERT in each round"):
        assert not any("at first" in line for line in ask(graph, question).lines)
    assert "0.276 minutes at first" in ask(graph, "fastest BERT in each round").lines[0]


def test_an_exclusion_ends_with_its_list(graph):
    for question in ("Leaving aside Google, who won BERT in v2.0?", "We cannot use TPUs, so who won BERT in v2.0?"):
        assert "not" not in fields(frame_of(graph, question))["benchmark"]
        assert ask(graph, question).lines[0].startswith("NVIDIA, 0.206")


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("How many vendors took part in v2.0, and how many of them used Gaudi?", "21 organizations", "2 organizations"),
        ("how many submitters ran BERT in v2.0 and how many results on DLRM", "17 organizations", "18 results"),
        ("Who won BERT in v2.0 and who was slowest?", "Google, 0.179", "H3C, 255.29"),
        ("Which benchmarks left from v2.0 to v3.0 and which are new?", "2 former benchmarks: DLRM, Minigo.", "DLRM-DCNv2, GPT-3."),
        ("fastest and slowest BERT time in v2.0", "Google, 0.179", "H3C, 255.29"),
        ("Quickest BERT run of v2.0? Also the slowest!", "Google, 0.179", "H3C, 255.29"),
        ("average and median time of Minigo in v2.0", "Mean of minutes: 254.843", "Median of minutes: 271.259"),
        ("How long did Google take for BERT in v2.0, and on how many chips?", "2 results", "3456 (1 result), 4096 (1 result)"),
        ("Who ran Minigo in v2.0 and who ran RNN-T?", "8 organizations", "12 organizations"),
        ("how many submitters and how many results had v2.0", "21 organizations", "262 results"),
        ("What changed between v4.1 and v5.0?", "1 new benchmark: Llama 3.1 405B.", "1 former benchmark: GPT-3."),
        ("first and last round with Graphcore in it?", "MLPerf Training v1.0, with 6", "MLPerf Training v2.0, with 11"),
    ],
)  # fmt: skip
def test_of_two_questions_both_are_answered(graph, question, first, second):
    answer = ask(graph, question)
    assert answer.lines[0].startswith(first)
    assert second in answer.also


@pytest.mark.parametrize(
    "question", ["Rank the submitters by BERT time in v2.0", "leaderboard of vendors on BERT, v2.0",
                 "list the vendors on BERT in v2.0 from fastest to slowest"]
)  # fmt: skip
def test_a_list_in_its_order_has_the_best_of_each(graph, question):
    rows = list(ask(graph, question).table)
    minutes = [float(row["minutes"]) for row in rows]
    assert minutes == sorted(minutes)
    assert len({row["organization"] for row in rows}) == len(rows) == 16
    assert rows[0]["organization"] == "Google"


@pytest.mark.parametrize(
    "question",
    ["How did the fastest BERT time change over the rounds?", "how has the BERT record evolved over the years"],
)
def test_times_over_the_rounds_are_the_best_of_each(graph, question):
    rows = {row["round"]: row["minutes"] for row in ask(graph, question).table}
    assert rows["MLPerf Training v2.0"] == "0.179"
    assert len(rows) == 10


def test_a_list_is_ordered_by_what_is_counted(graph):
    assert (
        ask(graph, "rank vendors by number of results in v3.0")
        .lines[0]
        .startswith("Dell Technologies: 91 results; Supermicro: 32 results; NVIDIA: 31 results; ")
    )
    with pytest.raises(NotUnderstood, match="no such result"):
        ask(graph, "which rank did Google get on RNN-T in v2.0")


@pytest.mark.parametrize(
    ("question", "words"),
    [("whos the crazy person who ran Minigo in v2.0", "crazy person"), ("Graphcore, 256 pieces Bow IPU, BERT in v2.0", "pieces")],
)  # fmt: skip
def test_words_that_choose_nothing_are_left_aside_and_it_is_said(graph, question, words):
    assert f"left aside “{words}”" in ask(graph, question).sentence


def test_the_answers_to_two_questions_rest_on_the_evidence_of_both(graph):
    evidence = ask(graph, "Who won BERT in v2.0 and who was slowest?").evidence
    assert [row["resultLabel"].partition(",")[0] for row in evidence] == ["Google", "H3C"]


def test_a_time_of_the_writer_is_a_limit(graph):
    assert "minutes at most 30" in ask(graph, "Our deadline is 30 minutes. Who ran ResNet in v2.0?").sentence


def test_a_chip_is_not_the_superchip_that_has_it(graph):
    at = known(graph)
    meant = at.meant(Condition("accelerator", tuple(at.names.spelled("H100"))))
    assert {"NVIDIA H100 SXM 80GB"} <= {at.label(iri) for iri in meant}
    assert "NVIDIA GH200" not in {at.label(iri) for iri in meant}


def test_a_word_for_about_without_a_number_is_not_dropped(graph):
    with pytest.raises(NotUnderstood, match="nearly"):
        ask(graph, "which submitters ran nearly all benchmarks in v2.0")


def test_a_refusal_names_the_word_and_the_nearest_names(graph):
    with pytest.raises(NotUnderstood, match=r"no accelerator “B301”; nearest: .*NVIDIA B300"):
        ask(graph, "who submitted on B301?")


def test_a_slip_of_typing_is_told(graph):
    assert "“pytroch” as PyTorch" in ask(graph, "who used pytroch").sentence


def test_an_empty_answer_says_which_condition_emptied_it(graph):
    answer = ask(graph, "Did CASIA run BERT in v2.0?")
    assert answer.lines[0].startswith("No: ")
    assert "without “benchmark BERT”" in answer.lines[0]


def test_parts_of_the_frame_can_be_left_out(graph):
    answer = ask(graph, "who submitted BERT in v2.0")
    (name,) = [name for name, label in answer.chips if label == "benchmark BERT"]
    freed = ask(graph, "who submitted BERT in v2.0", without=[name])
    assert [label for _, label in freed.chips] == ["round MLPerf Training v2.0"]
    assert freed.lines == ask(graph, "who submitted in v2.0").lines


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("which submitters have used both TPU and GPU", "both"),
        ("who is the newest employee of Dell", "employee"),
        ("when was v2.0 published", "which round"),
        ("when was GPT-3 added and when was it removed", "two changes at once"),
        ("which vendor is the largest company in v2.0", "sizes of systems"),
        ("best and second best BERT time in v2.0", "two places"),
        ("which v2.0 system draws the least power", "does not say that"),
        ("highest BERT offline throughput", "no round of MLPerf Inference is loaded"),
        ("who submitted in v9.9", "no round that is loaded: loaded are MLPerf "),
    ],
)
def test_what_does_not_show_in_the_frame_is_refused(graph, question, why):
    with pytest.raises(NotUnderstood, match=why):
        ask(graph, question)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("who used PCIe A100 in v2.0", "NVIDIA A100 PCIe"),
        ("who submitted on neither NVIDIA nor Google accelerators in v2.0", "not accelerator NVIDIA or Google"),
        ("who submitted between v1.1 and v2.0", "MLPerf Training v1.1 or MLPerf Training v2.0"),
        ("who used Blackwell", "NVIDIA B200 or NVIDIA B300 or NVIDIA GB200"),
        ("largest Google system in v2.0", "accelerator Google"),
    ],
)
def test_names_that_stand_together(graph, question, label):
    assert any(label in c.label for c in frame_of(graph, question).conditions)


def test_a_refusal_offers_a_question_that_has_an_answer(graph):
    with pytest.raises(NotUnderstood) as refusal:
        ask(graph, "please translate this text")
    assert all(ask(graph, text).lines for text in refusal.value.instead)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("best ResNet offline throughput in Inference v5.1", "Dell Technologies, 1000.5 Samples/s"),
        ("fastest ResNet single stream result in Inference v5.1", "Dell Technologies, 0.4 Latency"),
        ("slowest ResNet single stream result in Inference v5.1", "Lenovo, 0.7 Latency"),
        ("who submitted in Inference v5.1", "2 organizations: Dell Technologies, Lenovo."),
        ("how many results did Dell Technologies submit in Inference v5.1", "3 results"),
    ],
)
def test_results_of_inference_have_a_performance_in_a_scenario(small, question, answer):
    assert ask(small, question).lines[0].startswith(answer)


def test_a_benchmark_of_inference_alone_is_asked_of_its_results(tmp_path):
    row = json.loads((Path(__file__).parents[1] / "record" / "summary_results.json").read_text())[0]
    table = tmp_path / "summary_results.json"
    table.write_text(json.dumps([row | {"Model": "wonder-9b", "UsedModel": "wonder-9b"}]))
    build([], directory=tmp_path / "graph", results=[], inference=[table])
    loaded = open_graph(tmp_path / "graph")
    assert ask(loaded, "who ran Wonder 9B?").lines[0] == "1 organization: Dell Technologies."


@pytest.mark.parametrize("question", ["fastest ResNet in Inference v5.1", "average ResNet time in Inference v5.1"])
def test_no_time_to_train_is_told_of_inference(small, question):
    with pytest.raises(NotUnderstood):
        ask(small, question)


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("only submitters that ran every benchmark in v2.0", "submitters that ran every benchmark in v2.0"),
        ("show only results with A100 in v2.0", "show results with A100 in v2.0"),
    ],
)
def test_only_before_what_is_asked_for_restricts_nothing(graph, question, same):
    assert ask(graph, question).lines == ask(graph, same).lines


def test_other_than_a_submitter_leaves_those_it_filed_with(graph):
    others = ask(graph, "which organizations other than NVIDIA submitted Llama 3.1 405B in v5.0")
    assert others.lines == ("3 organizations: CoreWeave, IBM, Nebius.",)
    best = ask(graph, "fastest Llama 3.1 405B submitter other than NVIDIA in v5.0")
    assert best.lines[0].startswith("Nebius, 124.496 minutes")


def test_what_one_result_cannot_be_is_refused(graph):
    with pytest.raises(NotUnderstood, match="a result has one round"):
        ask(graph, "What did ASUSTeK run in v5.0 that it had not run in v4.1?")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who submitted PaddlePaddle results and when?", "2 organizations in 3 rounds."),
        ("In which round did Graphcore submit for the last time?", "MLPerf Training v2.0"),
        ("8xA100 PCIe vs 8xA100 SXM, ResNet v2.0, best times", "1.141 times: 31.068 against 27.227 minutes"),
        ("fastest SXM5 H100 BERT result in v3.0", "CoreWeave, NVIDIA, 0.134 minutes"),
        ("who submitted in v1.1 with the CPU of Intel", "7 organizations: Baidu"),
        ("who was the fastest on DLRM in v1.1 and how many second did it take", "37.95 seconds: NVIDIA, 0.633 minutes"),
        ("who set the record on GPT-3", "NVIDIA, 3.444 minutes"),
        ("who holds the CosmoFlow record in HPC v3.0", "NVIDIA, 2.098 minutes"),
        ("xFusion results v3.1 count", "40 results"),
        ("Is Graphcore still submitting in v3.0?", "No: no official result"),
        ("Any vendor offering AMD MI325X results in v5.0?", "Yes: 4 organizations: AMD"),
    ],
)
def test_records_last_times_and_form_factors(graph, question, answer):
    found = ask(graph, question)
    assert found.lines[0].startswith(answer)
    found.table.render("table")


def test_of_many_systems_of_one_name_one_is_told(graph):
    answer = ask(graph, "Compare Perlmutter and Eos on OpenFold in HPC v3.0")
    assert "12 more of that name: 14.646 minutes" in answer.lines[1]


def test_than_compares_two_things(graph):
    with pytest.raises(NotUnderstood, match="than"):
        ask(graph, "which chips than NVIDIA's ran BERT in v2.0")


def test_a_change_of_what_is_not_named_is_refused(graph):
    with pytest.raises(NotUnderstood, match="change"):
        ask(graph, "Which vendor got slower on ResNet from v2.0 to v2.1?")


def test_times_for_each_number_of_accelerators(graph):
    assert frame_of(graph, "Give me Dell's BERT time per number of accelerators in v2.0").group == ("acceleratorCount",)
    assert not frame_of(graph, "largest system by number of accelerators in v2.0").group


def test_a_limit_that_the_writer_refuses_is_no_plain_number(graph):
    with pytest.raises(NotUnderstood):
        ask(graph, "We refuse to go beyond 8 GPUs. Who was fastest on BERT in v2.0?")


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("Who submitted results on NVIDIA's A100 in v2.0?", {"accelerator": "accelerator NVIDIA A100"}),
        ("who submitted with NVIDIA GPUs in v2.0", {"accelerator": "accelerator NVIDIA"}),
        ("what is the biggest Azure cluster of v2.0", {"organization": "organization Azure"}),
    ],
)
def test_whose_chips_and_whose_systems(graph, question, conditions):
    found = fields(frame_of(graph, question))
    del found["round"]
    assert found == conditions


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("fastest BERT in v0.7", "Alibaba, NVIDIA"),
        ("how many results did NVIDIA submit in v0.7", "NVIDIA"),
        ("who submitted the most results in v0.7", "Alibaba, NVIDIA"),
        ("largest system in v4.1", "Clemson University, Oracle"),
        ("how many results did Alibaba submit in v0.7", "Alibaba"),
        ("how many results did Google submit in v0.7", ""),
        ("fastest BERT in v2.0", ""),
        ("results of NVIDIA in v0.7", ""),
    ],
)
def test_what_has_no_logs_in_the_copy_is_told_where_it_may_change_the_answer(graph, question, whose):
    told = [line for line in ask(graph, question).lines if line.startswith("Not in this copy")]
    assert len(told) == bool(whose)
    assert all(f" that {whose} filed" in line for line in told)


@pytest.mark.parametrize(
    ("question", "who", "words"),
    [
        ("which vendor mentions carbon-free energy in v2.0", "Google", "carbon-free"),
        ("how much cheaper does Krai say the A5000 is than the A30", "Krai", "cheaper than"),
        ("what storage does the server have, according to Fujitsu", "Fujitsu", "NVMe"),
        ("who says it is a startup", "MosaicML", "startup"),
    ],
)
def test_where_no_fact_says_it_the_sentences_of_the_statement_are_quoted(graph, question, who, words):
    answer = ask(graph, question)
    assert "no facts that we extracted" in answer.lines[0]
    assert any(line.startswith(f"{who} (MLPerf Training v2.0, ") and "[restated]: “" in line for line in answer.lines)
    quote = {row["quote"] for row in answer.evidence}
    assert any(all(w in q for w in words.split()) for q in quote)


def test_every_part_that_is_asked_of_a_statement_is_quoted_or_said_to_be_missing(graph):
    answer = ask(graph, "what does Google say about PUE and licence fees")
    assert any("PUE" in line for line in answer.lines)
    assert answer.lines[-1] == "No Google statement speaks of “licence fees”."


@pytest.mark.parametrize("question", ["what does NVIDIA say about the price", "which vendor mentions a lawsuit"])
def test_what_no_statement_speaks_of_is_refused(graph, question):
    with pytest.raises(NotUnderstood, match="statement speaks of “"):
        ask(graph, question)


def test_on_which_benchmarks_one_beat_the_other(graph):
    assert ask(graph, "on which benchmarks of v1.1 did Azure beat NVIDIA").lines[0] == "1 of 8 benchmarks: 3D U-Net."


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("if Google is set aside, who won BERT in v2.0?", "who won BERT in v2.0 except Google"),
        ("NVIDIA and Google aside, who won BERT in v2.0?", "who won BERT in v2.0 except NVIDIA and Google"),
        ("roughly how long did the fastest BERT take in v2.0", "how long did the fastest BERT take in v2.0"),
        ("who ran Minigo in v2.0 on one box with eight A100s", "who ran Minigo in v2.0 on 1 node with 8 A100"),
    ],
)
def test_exclusions_after_a_name_and_other_words(graph, question, plain):
    assert ask(graph, question).lines == ask(graph, plain).lines


def test_slips_are_told_and_ordinary_words_are_none(graph):
    assert "reading “fastst” as fastest" in ask(graph, "fastst BERT time in v2.0").sentence
    with pytest.raises(NotUnderstood, match="seed"):
        ask(graph, "Which seed did NVIDIA use for BERT in v2.0?")


def test_the_best_of_rounds_that_are_named_is_told_of_each(graph):
    assert frame_of(graph, "Fastest BERT time in v1.0, v1.1 and v2.0").group == ("round",)
    assert not frame_of(graph, "Fastest BERT time between v1.0 and v2.0").group


def test_results_on_one_benchmark_are_compared_by_their_times(graph):
    assert "times: " in ask(graph, "compare the results of Dell and Inspur on BERT in v2.0").lines[0]
    assert "results" in ask(graph, "compare the results of Dell and Inspur in v2.0").lines[0]


def test_whose_it_is_ends_at_an_article(graph):
    sides = frame_of(graph, "compare Google's TPU v4 with the 8 A100 on BERT in v2.0").sides
    assert [[c.label for c in own] for *own, _ in sides] == [["organization Google"], ["acceleratorCount exactly 8"]]


@pytest.mark.parametrize("question", ["list every company that ran NVIDIA's A100 in v1.1", "who ran on A100s in v1.1"])
def test_who_is_listed_and_whose_chips_they_ran(graph, question):
    frame = frame_of(graph, question)
    assert (frame.key, frame.group, {c.field for c in frame.conditions}) == (
        "organization",
        (),
        {"accelerator", "round"},
    )


def test_a_question_about_the_answer_is_left_open_and_it_is_said(graph):
    answer = ask(graph, "Who was fastest on BERT in v2.1, and how close did they get?")
    assert answer.lines[0].startswith("NVIDIA, 0.208 minutes")
    assert answer.also == "Not answered: “how close did they get” is about this answer; ask it again with the names."


def test_a_question_that_lacks_its_subject_takes_it_from_the_sentence_before(graph):
    answer = ask(graph, "Inspur bragged about its gains in the v2.0 statement. What percentage on BERT?")
    assert "18.15 percent" in answer.lines[0]


def test_systems_are_found_by_the_names_in_their_files(graph):
    assert "Fujitsu" in ask(graph, "who submitted on a GX2570M6 hugectr in v2.0").lines[0]


def test_a_thing_of_the_sentence_before_is_meant_by_it_after_who(graph):
    answer = ask(graph, "Our lab keeps an eye on PaddlePaddle. Who handed in v2.0 runs made with it?")
    assert answer.lines[0] == ask(graph, "who handed in v2.0 runs made with PaddlePaddle").lines[0]


def test_rounds_from_one_up_to_another_are_all_between(graph):
    (rounds,) = (
        c
        for c in frame_of(graph, "best BERT time in every round from v0.7 up to v2.0").conditions
        if c.field == "round"
    )
    assert [e.label[-4:] for e in rounds.values] == ["v0.7", "v1.0", "v1.1", "v2.0"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Does Inspur's 18.15 % gain on BERT survive a closer look?", ["supported", "19.39", "15.87"]),
        ("MosaicML boasts of a bold 4.5x speed-up, can we reproduce it?", ["understated"]),
        ("What PUE figure did Google give for its site?", ["PUE of 1.10"]),
        ("Who were IBM's partners in v5.0?", ["5 results together with CoreWeave, NVIDIA"]),
        ("How did the share of results on AMD chips change from v5.0 to v5.1?", ["v5.0: 6.0 %, 12 of", "v5.1: 13.6 %, 25 of"]),
        ("Our paper says that the University of Florida dominated Llama 3.1 8B in v5.1. "
         "What percentage of the results on that benchmark was theirs?", ["15.4 %: 6 of 39"]),
        ("What is inside the tinybox_red of v4.0?", ["as filed: nodes: 1, 1 × AMD EPYC 7532", "6 × AMD Radeon RX 7900 XTX"]),
        ("Who won BERT in the November 2023 round?", ["0.119 minutes", "v3.1"]),
        ("Over how many nodes were Wiwynn's 576 GB200 spread in v5.1?", ["144 nodes"]),
        ("What is the greatest number of accelerators ever put behind a single Training result?", ["11616"]),
        ("Which chips did the round after v4.0 have on GPT-3?", ["TPU"]),
    ],
)  # fmt: skip
def test_questions_of_forms_that_stand_in_no_list(graph, question, said):
    answer = ask(graph, question)
    assert all(text in " ".join(answer.lines) for text in said), answer.lines


def test_a_round_after_the_latest_is_refused(graph):
    with pytest.raises(NotUnderstood, match="no round after MLPerf Training"):
        ask(graph, "Who is going to win BERT in the round after v5.1?")


def test_each_of_what_is_named_is_answered_by_itself(graph):
    answer = ask(graph, "Dell and HPE both ran BERT in v2.1. What was the best time of each?")
    assert [(row["organization"], row["minutes"]) for row in answer.table] == [
        ("Dell Technologies", "2.655"),
        ("HPE", "2.034"),
    ]
