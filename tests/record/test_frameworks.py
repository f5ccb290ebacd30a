"""The framework as run: by the log, the implementation, the system file, or the program of others."""

import pytest

from kg.record.framework import AsRun, Run, as_run, of_folder, traces
from kg.record.repository import read_results

from .conftest import SYSTEM, log, write


def run(submitter="A", filed=(), shown=(), program="bert/run.py"):
    return Run(submitter, "box", "bert", tuple(filed), frozenset(shown), program)


def test_the_log_comes_before_the_system_file():
    assert as_run([run(filed=["MXNet"], shown=["PyTorch"])], {}) == [AsRun("PyTorch", "log")]


def test_a_log_of_two_frameworks_leaves_it_to_the_file():
    assert as_run([run(filed=["PyTorch"], shown=["PyTorch", "MXNet"])], {}) == [AsRun("PyTorch", "log")]
    assert as_run([run(filed=["MXNet", "PyTorch"], shown=["PyTorch", "MXNet"])], {})[0].framework == ""


def test_an_implementation_tells_it():
    found = as_run([run(filed=["MXNet", "PyTorch"])], {("A", "bert"): ["box", "pytorch-fast"]})
    assert found == [AsRun("PyTorch", "implementation pytorch-fast")]
    assert as_run([run()], {("A", "bert"): ["pytorch", "mxnet"]})[0].framework == ""


def test_two_other_submitters_with_the_same_program_tell_it():
    others = [run("B", shown=["PyTorch"]), run("C", shown=["PyTorch"])]
    asked = run(filed=["MXNet", "PyTorch"])
    assert as_run([asked, *others], {})[0] == AsRun("PyTorch", "same program as 2 other submitters (bert/run.py)")
    for left_open in (
        [asked, others[0]],
        [asked, *others, run("D", shown=["MXNet"])],
        [run(program=""), *others],
        [run(filed=["MXNet", "TensorFlow"]), *others],
        [run("B", filed=["MXNet", "PyTorch"]), others[0], run("C", filed=["PyTorch"])],
    ):
        assert as_run(left_open, {})[0] == AsRun("", "not resolved")


@pytest.mark.parametrize(
    ("line", "framework"),
    [
        (b"/opt/conda/lib/python3.8/site-packages/torch/nn/modules/module.py:1: UserWarning", "PyTorch"),
        (b"python -m torch.distributed.run --nproc 8", "PyTorch"),
        (b"/usr/lib/python3.8/dist-packages/mxnet/gluon.py", "MXNet"),
        (b"tensorflow/core/platform/cpu_feature_guard.cc:142", "TensorFlow"),
        (b"[HCTR][08:00:00][INFO] train", "Merlin HugeCTR"),
        (b"I paddle/fluid/platform.cc", "PaddlePaddle"),
    ],
)
def test_what_only_a_framework_prints(line, framework):
    assert traces(b"noise\n" + line + b"\nnoise") == {framework}


def test_a_name_alone_is_no_trace():
    assert traces(b"container pytorch:22.04, README_mxnet.md, torch, tensorflow") == set()


def test_folder_names():
    assert [of_folder(n) for n in ("IPU_POD16_PaddlePaddle", "tf1", "box", "pytorch_and_mxnet")] == [
        "PaddlePaddle", "TensorFlow", None, None,
    ]  # fmt: skip


def test_a_repository_is_asked_for_all_of_it(repository):
    """Acme's file lists two frameworks, and its implementation folder bears one of them."""
    write(repository, "Acme/systems/box.json", {**SYSTEM, "framework": "NGC MXNet 22.04, NGC PyTorch 22.04"})
    assert read_results(repository).results[0].framework_run == ""
    write(repository, "Acme/benchmarks/resnet/implementations/mxnet/train.py", "")
    result = read_results(repository).results[0]
    assert (result.framework_run, result.framework_basis) == ("MXNet", "implementation mxnet")
    for number in range(5):
        text = log(10 + number) + "/site-packages/torch/x.py\n"
        write(repository, f"Acme/results/box/resnet/result_{number}.txt", text)
    assert read_results(repository).results[0].framework_basis == "log"


def test_a_library_on_a_framework_is_not_a_second_one(repository):
    write(repository, "Acme/systems/box.json", {**SYSTEM, "framework": "PyTorch and MosaicML composer v0.7.0"})
    assert read_results(repository).results[0].framework_run == "PyTorch"
