"""Freely worded sentences of invented statements, each true with one filling and false with another.

What is true is decided by the functions below from the tables in `data/results` alone; nothing of `kg` is imported.
A sentence is written once; `{}` is filled with what makes it true and with what makes it false. `None` leaves one out.
Sentences of the split 'first' were written before the rules were looked at, and those of 'second' after they were mended
for the first, those of 'third' after the second; `docs/quality.md` says what each gave when it was run for the first time.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parents[3] / "data" / "results"
WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "sixteen"],
        [*range(1, 11), 12, 16],
        strict=True,
    )
)


@dataclass(frozen=True)
class Sentence:
    """A sentence, whose statement it is in, the suite and round, and whether it is true."""

    split: str
    round: str
    by: str
    text: str
    true: bool


@cache
def table(round_: str) -> list[dict[str, str]]:
    """The rows of a round ('v2.0', 'hpc v3.0') that have minutes."""
    name = round_.replace(" ", "-") if round_.startswith("hpc") else f"training-{round_}"
    with (TABLES / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["minutes"]]


def rows(
    round_: str, by: str = "", benchmark: str = "", chip: str = "", n: int = 0, **others: str
) -> list[dict[str, str]]:
    """The rows whose submitter starts with, and whose accelerator and other columns contain, what is given."""
    return [
        row for row in table(round_)
        if row["submitter"].lower().startswith(by.lower()) and (not benchmark or row["benchmark"] == benchmark)
        and chip in row["accelerator"] and (not n or row["accelerators"] == str(n))
        and all(value.lower() in row[column].lower() for column, value in others.items())
    ]  # fmt: skip


def minutes(round_: str, by: str = "", benchmark: str = "", chip: str = "", n: int = 0, **others: str) -> float:
    """The shortest time of the rows."""
    return min(float(row["minutes"]) for row in rows(round_, by, benchmark, chip, n, **others))


def rounds_to(value: float, said: str) -> bool:
    """Whether a value is what a number says at its digits."""
    digits = len(said.replace(",", "").partition(".")[2])
    return abs(value - float(said.replace(",", ""))) <= 0.5 * 10**-digits + 1e-9


def number(said: str) -> float:
    return WORDS[said] if said in WORDS else float(said.replace(",", ""))


def systems(round_: str, by: str) -> set[str]:
    return {row["system"] for row in rows(round_, by)}


def most(round_: str) -> str:
    """The submitter with the most results of a round."""
    return Counter(row["submitter"] for row in table(round_)).most_common(1)[0][0]


def fastest(round_: str, benchmark: str, n: int = 0) -> str:
    """Who has the shortest time of a benchmark in the closed division."""
    return min(rows(round_, benchmark=benchmark, n=n, division="closed"), key=lambda r: float(r["minutes"]))[
        "submitter"
    ]


def first_round(by: str) -> str:
    """The first of the training rounds on record in which a submitter has a row, with minutes or not."""
    for path in sorted(TABLES.glob("training-v*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            if any(row["submitter"].lower().startswith(by.lower()) for row in csv.DictReader(file)):
                return path.stem.removeprefix("training-")
    return ""


Written = tuple[str, str, str, str | None, str | None, Callable[[str], bool]]
m = minutes

FIRST: list[Written] = [
    # times
    ("v1.1", "Azure", "Training BERT with 2,048 A100 GPUs in the Azure cloud took just {} seconds.", "25.3", "19.1",
     lambda s: rounds_to(60 * m("v1.1", "Azure", "bert", n=2048), s)),
    ("v3.0", "CoreWeave", "Together with NVIDIA, we completed the GPT-3 benchmark in under {} minutes on 3,584 H100 GPUs.", "11", "10",
     lambda s: m("v3.0", "NVIDIA_CoreWeave", "gpt3", n=3584) < number(s)),
    ("v3.1", "Azure", "In a joint submission with NVIDIA, GPT-3 was trained on {} H100 GPUs in about four minutes.", "10,752", "8,192",
     lambda s: bool(rows("v3.1", "Azure+NVIDIA", "gpt3", n=int(number(s))))),
    ("v4.0", "tinycorp", "The tinybox green, a machine with six RTX 4090 cards, needs about {} minutes for ResNet-50.", "122", "92",
     lambda s: rounds_to(m("v4.0", "tinycorp", "resnet", "4090"), s)),
    ("v4.0", "Red Hat", "Running on RHEL 9.4, our lone submission fine-tuned Llama 2 70B in {} minutes.", "31.6", "26.1",
     lambda s: rounds_to(m("v4.0", "Red_Hat", "llama2_70b_lora"), s)),
    ("v4.1", "Dell", "A single PowerEdge XE9680 with eight H200 GPUs brought the LoRA fine-tuning of Llama 2 70B down to {} minutes.",
     "23.5", "19.5", lambda s: rounds_to(m("v4.1", "Dell", "llama2_70b_lora", "H200", 8), s)),
    ("v5.0", "NVIDIA", "With 512 GB200 GPUs, pretraining of Llama 3.1 405B converged in {} minutes.", "121.8", "98.4",
     lambda s: rounds_to(m("v5.0", "NVIDIA", "llama31_405b", "GB200", 512), s)),
    ("v5.0", "IBM", "With CoreWeave and NVIDIA we ran Llama 3.1 405B on {} GB200 GPUs, finishing in 27.3 minutes.", "2,496", "3,072",
     lambda s: bool(rows("v5.0", "IBM", "llama31_405b", "GB200", int(number(s))))),
    ("v3.0", "xFusion", "Equipped with ten L40 cards, the G5500 V7 trained ResNet-50 in {} minutes.", "38.8", "29.4",
     lambda s: rounds_to(m("v3.0", "xFusion", "resnet", "L40", 10), s)),
    ("v3.0", "H3C", "The R5350 G6 with {} A30 GPUs reached the RetinaNet target after 142.9 minutes.", "ten", "four",
     lambda s: any(rounds_to(float(r["minutes"]), "142.9") for r in rows("v3.0", "H3C", "ssd", "A30", int(number(s))))),
    ("v2.1", "Hewlett Packard Enterprise", "Mask R-CNN trained in {} minutes on eight ProLiant XL675d nodes, 64 A100 in all.", "8.3",
     "6.1",
     lambda s: rounds_to(m("v2.1", "HPE", "maskrcnn", n=64), s)),
    ("v1.0", "Graphcore", "It took our IPU-POD64 {} minutes to train ResNet-50.", "14.5", "9.7",
     lambda s: rounds_to(m("v1.0", "Graphcore", "resnet", n=64), s)),
    ("v1.0", "Peng Cheng Laboratory",
     "CloudBrain II brought the BERT training time down to {} minutes using 256 Ascend 910 processors.",
     "2.4", "1.9", lambda s: rounds_to(m("v1.0", "PCL", "bert", n=256), s)),
    ("v1.0", "Supermicro", "3D U-Net was finished in {} minutes by our four-GPU AS-2124GQ-NART+ server.", "64.3", "50.1",
     lambda s: rounds_to(m("v1.0", "Supermicro", "unet3d", n=4), s)),
    ("v1.1", "Intel-HabanaLabs", "ResNet-50 needs only {} minutes on 256 Gaudi accelerators.", "3.4", "2.3",
     lambda s: rounds_to(m("v1.1", "Intel-HabanaLabs", "resnet", n=256), s)),
    ("v0.7", "Google", "Using TensorFlow on 4,096 TPU v3 chips, BERT was trained in {} seconds.", "23.6", "17.9",
     lambda s: rounds_to(60 * m("v0.7", "Google", "bert", "TPU v3", 4096, system="TF"), s)),
    ("v0.7", "Intel", "DLRM was trained in {} minutes by a single eight-socket node of Xeon processors.", "71.6", "54.2",
     lambda s: rounds_to(m("v0.7", "Intel", "dlrm", nodes="1", processors="8"), s)),
    ("v4.0", "Oracle", "Sixteen OCI BM.GPU.H100.8 instances trained Stable Diffusion in {} minutes.", "4.03", "3.11",
     lambda s: rounds_to(m("v4.0", "Oracle", "stable_diffusion", n=128), s)),
    ("v4.1", "Google", "GPT-3 175B was trained in {} minutes on 6,144 TPU v5p chips.", "11.8", "8.6",
     lambda s: rounds_to(m("v4.1", "Google", "gpt3", "v5p", 6144), s)),
    ("v4.1", "Cisco", "A UCS C885A with eight H100 GPUs trained RetinaNet in {} minutes.", "36.3", "30.2",
     lambda s: rounds_to(m("v4.1", "Cisco", "ssd", "H100", 8), s)),
    # own earlier rounds, own systems
    ("v4.1", "Dell", "Moving from H100 to H200 on the XE9680 shortened graph neural network training by {}%.", "31", "45",
     lambda s: rounds_to(100 * (1 - m("v4.1", "Dell", "gnn", "H200", 8) / m("v4.1", "Dell", "gnn", "H100", 8)), s)),
    ("v3.0", "Intel-HabanaLabs", "Time to train BERT with PyTorch on eight Gaudi2 dropped by {}% compared to MLPerf Training v2.1.",
     "10", "24",
     lambda s: rounds_to(100 * (1 - m("v3.0", "Intel-H", "bert", n=8, system="PT")
        / m("v2.1", "Intel-H", "bert", n=8, system="PT")), s)),
    ("v1.1", "Graphcore", "Since the v1.0 round, ResNet-50 on the IPU-POD16 has become {} times faster.", "1.31", "1.9",
     lambda s: rounds_to(m("v1.0", "Graphcore", "resnet", n=16) / m("v1.1", "Graphcore", "resnet", n=16), s)),
    ("v2.1", "MosaicML", "With our methods BERT reaches its target {}x faster than our own baseline in the open division.", "2.7",
     "3.5",
     lambda s: rounds_to(m("v2.1", "Mosaic", "bert", system="baseline") / m("v2.1", "Mosaic", "bert", system="methods"), s)),
    ("v2.1", "NVIDIA", "On BERT, eight H100 GPUs trained {} times faster than eight of our A100 GPUs.", "2.6", "4.2",
     lambda s: rounds_to(m("v2.1", "NVIDIA", "bert", "A100", 8) / m("v2.1", "NVIDIA", "bert", "H100", 8), s)),
    ("v2.1", "NVIDIA", "BERT on 64 A100 is now {}x faster than in our v1.1 submission.", "1.22", "1.7",
     lambda s: rounds_to(m("v1.1", "NVIDIA", "bert", n=64) / m("v2.1", "NVIDIA", "bert", n=64), s)),
    ("v2.1", "Fujitsu", "Two A30 cards take {} as long for ResNet-50 as two A100 PCIe cards do in our servers.", "twice", "four times",
     lambda s: rounds_to(m("v2.1", "Fujitsu", "resnet", "A30", 2)
        / m("v2.1", "Fujitsu", "resnet", "A100", 2), "2" if s == "twice" else "4")),
    ("v0.7", "NVIDIA", "A DGX A100 trained BERT {} times faster than the DGX-1 with its V100 GPUs.", "3.4", "5.1",
     lambda s: rounds_to(m("v0.7", "NVIDIA", "bert", "V100-SXM2", 8) / m("v0.7", "NVIDIA", "bert", "A100", 8), s)),
    ("v4.1", "tinycorp", "On BERT the tinybox red is {}% slower than the tinybox green.", "10", "35",
     lambda s: rounds_to(100 * (m("v4.1", "tiny", "bert", "Radeon") / m("v4.1", "tiny", "bert", "4090") - 1), s)),
    ("v5.0", "AMD", "Compared with the MI300X, the MI325X shortens Llama 2 70B fine-tuning by {} percent.", "25", "40",
     lambda s: rounds_to(100 * (1 - m("v5.0", "AMD", "llama2_70b_lora", "MI325X") / m("v5.0", "AMD", "llama2_70b_lora", "MI300X")), s)),
    # scaling
    ("v5.0", "MangoBoost", "Going from one MI300X node to four made Llama 2 70B LoRA training {}x faster.", "2.7", "3.6",
     lambda s: rounds_to(m("v5.0", "Mango", "llama2_70b_lora", n=8) / m("v5.0", "Mango", "llama2_70b_lora", n=32), s)),
    ("v3.0", "Intel-HabanaLabs", "From 256 to 384 Gaudi2 accelerators, GPT-3 scaled with {}% efficiency.", "95", "99",
     lambda s: rounds_to(100 * m("v3.0", "Intel-H", "gpt3", n=256) / m("v3.0", "Intel-H", "gpt3", n=384) / 1.5, s)),
    ("v4.1", "Google", "Quadrupling Trillium from 512 to 2,048 chips kept {}% scaling efficiency on GPT-3.", "93", "99",
     lambda s: rounds_to(100 * m("v4.1", "Google", "gpt3", "trillium", 512) / m("v4.1", "Google", "gpt3", "trillium", 2048) / 4, s)),
    ("v1.1", "Intel-HabanaLabs", "Going from 8 to 64 Gaudi processors sped BERT up {}-fold.", "6.8", "8.0",
     lambda s: rounds_to(m("v1.1", "Intel-H", "bert", n=8) / m("v1.1", "Intel-H", "bert", n=64), s)),
    ("v3.1", "Fujitsu", "With ten A100 in the PRIMERGY CDI, ResNet-50 trained {} times faster than with two.", "4.7", "6.5",
     lambda s: rounds_to(m("v3.1", "Fujitsu", "resnet", n=2) / m("v3.1", "Fujitsu", "resnet", n=10), s)),
    ("v3.1", "Clemson University", "Doubling from 16 to 32 A100 PCIe GPUs reduced BERT training time by {}%.", "49", "60",
     lambda s: rounds_to(100 * (1 - m("v3.1", "Clemson", "bert", n=32) / m("v3.1", "Clemson", "bert", n=16)), s)),
    # rivals
    ("v1.1", "Graphcore", "Our IPU-POD16 beat NVIDIA's DGX A100 on {}.", "ResNet-50", "BERT",
     lambda s: m("v1.1", "Graphcore", b := {"ResNet-50": "resnet", "BERT": "bert"}[s], n=16) < m("v1.1", "NVIDIA", b, n=8)),
    ("v2.1", "Baidu", "With PaddlePaddle on 64 A100 GPUs, our BERT time is shorter than that of {} on the same number of GPUs.",
     "NVIDIA", None, lambda s: m("v2.1", "Baidu", "bert", n=64) < m("v2.1", s, "bert", n=64)),
    ("v0.7", "Inspur", "On ResNet-50 our NF5488A5 is {} percent quicker than NVIDIA's DGX A100.", "16", "30",
     lambda s: rounds_to(100 * (1 - m("v0.7", "Inspur", "resnet") / m("v0.7", "NVIDIA", "resnet", "A100", 8)), s)),
    ("v2.0", "H3C", "Trained on eight A100 SXM GPUs, our 3D U-Net result is {}% below the time of NVIDIA's DGX A100.", "11", "25",
     lambda s: rounds_to(100 * (1 - m("v2.0", "H3C", "unet3d", "SXM", 8) / m("v2.0", "NVIDIA", "unet3d", "A100", 8)), s)),
    ("v2.0", "Intel-HabanaLabs", "Gaudi2 trained ResNet-50 faster than NVIDIA's A100 80GB with the same count of eight devices.",
     "", None,
     lambda s: m("v2.0", "Intel-H", "resnet", "Gaudi2") < m("v2.0", "NVIDIA", "resnet", "A100", 8)),
    ("v3.0", "Intel-HabanaLabs", "Eight Gaudi2 beat eight H100 GPUs of NVIDIA on BERT.", None, "",
     lambda s: m("v3.0", "Intel-H", "bert", n=8) < m("v3.0", "NVIDIA", "bert", n=8)),
    ("v5.0", "Supermicro", "Our eight-GPU B200 result on Stable Diffusion is faster than the one {} filed with eight B200.",
     "Dell", None,
     lambda s: m("v5.0", "Supermicro", "stable_diffusion", "(B200", 8) < m("v5.0", s, "stable_diffusion", "(B200", 8)),
    # ranks, only, most, all, share
    ("v3.0", "Dell", "No one published more results than Dell in this round.", "", None, lambda s: most("v3.0") == "Dell"),
    ("v3.1", "Dell", "No one published more results than Dell in this round.", None, "", lambda s: most("v3.1") == "Dell"),
    ("v5.0", "NVIDIA", "NVIDIA holds the fastest result on {} of the seven benchmarks.", "six", "seven",
     lambda s: number(s) == sum(fastest("v5.0", b) == "NVIDIA" for b in {r["benchmark"] for r in table("v5.0")})),
    ("v4.1", "Krai", "We are the only submitter of the round with {} cards.", "RTX A5000", None,
     lambda s: {r["submitter"] for r in rows("v4.1", chip="A5000")} == {"Krai"}),
    ("v4.1", "Lenovo", "We are the only submitter of the round with H200 GPUs.", None, "",
     lambda s: {r["submitter"] for r in rows("v4.1", chip="H200")} == {"Lenovo"}),
    ("v1.1", "Inspur", "Among submissions with eight accelerators, Inspur came first on {} of the eight benchmarks.", "seven", "eight",
     lambda s: number(s) == sum(fastest("v1.1", b, n=8) == "Inspur" for b in {r["benchmark"] for r in table("v1.1")})),
    ("v4.1", "Lenovo", "All of our submitted systems use {}.", None, "H200 GPUs",
     lambda s: all("H200 " in r["accelerator"] for r in rows("v4.1", "Lenovo"))),
    ("v4.1", "ASUSTeK", "Every result of ours was measured on {} GPUs.", "H200", "B200",
     lambda s: all(s in r["accelerator"] for r in rows("v4.1", "ASUS"))),
    ("v5.0", "NVIDIA", "{} of our results were obtained on GB200.", "More than half", "More than three quarters",
     lambda s: len(rows("v5.0", "NVIDIA", chip="GB200")) / len(rows("v5.0", "NVIDIA")) > (0.75 if "quarters" in s else 0.5)),
    ("v2.1", "ASUSTeK", "Our ESC8000A-E11 has the shortest Minigo time of all systems with eight accelerators.", "", None,
     lambda s: fastest("v2.1", "minigo", n=8).startswith("ASUS")),
    ("v2.1", "GIGABYTE", "Our G492-ZD2 has the shortest Minigo time of all systems with eight accelerators.", None, "",
     lambda s: fastest("v2.1", "minigo", n=8) == "GIGABYTE"),
    # counts
    ("v3.0", "Quanta Cloud Technology", "QCT took part with {} systems.", "two", "four",
     lambda s: len(systems("v3.0", "Quanta")) == number(s)),
    ("v3.0", "GIGABYTE", "The G593-SD0 completed {} of the benchmarks.", "seven", "eight",
     lambda s: len({r["benchmark"] for r in rows("v3.0", "GIGABYTE")}) == number(s)),
    ("v4.1", "FlexAI", "FlexAI entered {}.", "one result", "three results",
     lambda s: len(rows("v4.1", "Flex")) == number(s.split()[0])),
    ("v1.1", "Dell", "We contributed {} results, more than a quarter of the round.", "51", "64",
     lambda s: len(rows("v1.1", "Dell")) == number(s)),
    ("v5.0", "HPE", "HPE filed {} results with its Cray XD670 servers.", "15", "22", lambda s: len(rows("v5.0", "HPE")) == number(s)),
    # hardware of filed systems
    ("v4.1", "Lenovo", "The ThinkSystem SR780a V3 was equipped with {} TB of system memory.", "1.0", "2.0",
     lambda s: all(r["host_memory"].startswith(s) for r in rows("v4.1", "Lenovo", system="SR780a"))),
    ("v4.0", "Supermicro", "Each GPU server of type AS-8125GS-TNHR carried {} H100 GPUs.", "eight", "four",
     lambda s: all(int(r["accelerators_per_node"]) == number(s) for r in rows("v4.0", "Supermicro", system="AS-8125GS"))),
    ("v1.0", "Intel", "Minigo ran on {} Xeon Platinum processors and took 271 minutes.", "64", "128",
     lambda s: any(rounds_to(float(r["minutes"]), "271") for r in rows("v1.0", "Intel", "minigo", processors=s))),
    ("v1.0", "Nettrix", "The X640 G40, holding {} A100 PCIe cards, finished ResNet-50 in 27.6 minutes.", "ten", "sixteen",
     lambda s: any(rounds_to(float(r["minutes"]), "27.6") for r in rows("v1.0", "nettrix", "resnet", n=int(number(s))))),
    ("v1.1", "Dell", "The PowerEdge XE8545 servers drive their A100 80GB SXM GPUs at {} watts.", "500", "700",
     lambda s: all(f"{s}W" in r["accelerator"] for r in rows("v1.1", "Dell", "", "SXM4-80GB", system="XE8545"))),
    # participation, divisions
    ("v5.0", "MangoBoost", "This is MangoBoost's first MLPerf Training submission.", "", None,
     lambda s: first_round("Mango") == "v5.0"),
    ("v5.0", "Lenovo", "This round is our first participation in MLPerf Training.", None, "",
     lambda s: first_round("Lenovo") == "v5.0"),
    ("v5.0", "AMD", "AMD makes its debut in MLPerf Training this round.", "", None, lambda s: first_round("AMD") == "v5.0"),
    ("v3.0", "Krai", "With this round we make our MLPerf Training debut.", None, "", lambda s: first_round("Krai") == "v3.0"),
    ("v1.1", "Samsung", "Our only result, BERT on 1,024 A100, was submitted to the {} division.", "open", "closed",
     lambda s: {r["division"] for r in rows("v1.1", "Samsung")} == {s}),
    ("v3.1", "Ailiverse", "Ailiverse submitted ResNet-50 in the {} division.", "open", "closed",
     lambda s: {r["division"] for r in rows("v3.1", "Ailiverse")} == {s}),
    # HPC
    ("hpc v2.0", "HelmholtzAI", "On 2,048 A100 GPUs of JUWELS Booster, DeepCAM trained in {} minutes.", "2.6", "1.9",
     lambda s: rounds_to(m("hpc v2.0", "Helmholtz", "deepcam", n=2048), s)),
    ("hpc v3.0", "TACC", "OpenFold took {} minutes on 96 A100 GPUs of Lonestar6.", "157.3", "112.4",
     lambda s: rounds_to(m("hpc v3.0", "TACC", "openfold", n=96), s)),
]  # fmt: skip


SECOND: list[Written] = [
    ("v4.0", "HPE", "Our Cray XD670 needed {} minutes to fine-tune Llama 2 70B on eight H100.", "29.0", "24.4",
     lambda s: rounds_to(m("v4.0", "HPE", "llama2_70b_lora", n=8), s)),
    ("v3.1", "NVIDIA", "Eos trained GPT-3 with 10,752 H100 GPUs in {} minutes, down from 10.9 minutes half a year before.", "3.9",
     "2.8",
     lambda s: rounds_to(m("v3.1", "NVIDIA", "gpt3", n=10752), s)),
    ("v5.0", "Nebius", "At 1,024 H200 GPUs the Llama 3.1 405B benchmark completed in {} minutes.", "124.5", "101.0",
     lambda s: rounds_to(m("v5.0", "Nebius", "llama31_405b", n=1024), s)),
    ("v5.0", "Oracle", "Using 72 GB200 GPUs, OCI completed the LoRA benchmark in less than {} seconds.", "100", "90",
     lambda s: 60 * m("v5.0", "Oracle", "llama2_70b_lora", "GB200", 72) < number(s)),
    ("v1.1", "Lenovo", "RNN-T was trained in {} minutes with eight A100 PCIe cards in the ThinkSystem SR670 V2.", "46.5", "39.2",
     lambda s: rounds_to(m("v1.1", "Lenovo", "rnnt", "PCIe", 8), s)),
    ("v1.0", "Google", "3,456 TPU v4 chips trained ResNet-50 in {} seconds.", "13.7", "11.2",
     lambda s: rounds_to(60 * m("v1.0", "Google", "resnet", n=3456), s)),
    ("v2.1", "Intel", "Sixteen nodes of Xeon processors brought BERT to the target in {} minutes in the open division.", "31.5", "25.0",
     lambda s: rounds_to(m("v2.1", "Intel", "bert", division="open"), s)),
    ("v3.0", "Supermicro", "A server with eight Gaudi2 processors, our SYS-820GH-TNR2, completed BERT in {} minutes.", "14.0", "11.5",
     lambda s: rounds_to(m("v3.0", "Supermicro", "bert", "Gaudi2"), s)),
    ("v4.1", "Lambda", "Moving from two nodes to four cut the Llama 2 70B LoRA time in {}.", "half", None,
     lambda s: rounds_to(m("v4.1", "Lambda", "llama2_70b_lora", n=16) / m("v4.1", "Lambda", "llama2_70b_lora", n=32), "2.0")),
    ("v4.1", "Oracle", "GPT-3 training time fell by {} percent when we doubled from 1,536 to 3,072 H100 GPUs.", "39", "48",
     lambda s: rounds_to(100 * (1 - m("v4.1", "Oracle", "gpt3", n=3072) / m("v4.1", "Oracle", "gpt3", n=1536)), s)),
    ("v5.0", "NVIDIA", "On Llama 3.1 405B, 512 GB200 GPUs were {}x as fast as 512 H100 GPUs.", "2.2", "3.1",
     lambda s: rounds_to(m("v5.0", "NVIDIA", "llama31_405b", "H100", 512) / m("v5.0", "NVIDIA", "llama31_405b", "GB200", 512), s)),
    ("v5.0", "Dell", "Our XE9680L with eight B200 is {} times faster at Llama 2 70B LoRA than with eight H200.", "2.1", "2.9",
     lambda s: rounds_to(m("v5.0", "Dell", "llama2_70b_lora", n=8, system="XE9680Lx8H200")
        / m("v5.0", "Dell", "llama2_70b_lora", n=8, system="XE9680Lx8B200"), s)),
    ("v3.1", "Intel-HabanaLabs", "Compared to v3.0, GPT-3 training on 384 Gaudi2 accelerators takes {}% less time.", "51", "67",
     lambda s: rounds_to(100 * (1 - m("v3.1", "Intel-H", "gpt3", n=384) / m("v3.0", "Intel-H", "gpt3", n=384)), s)),
    ("v4.0", "NVIDIA", "Over the last round we made Stable Diffusion on 1,024 H100 {} percent faster.", "80", "120",
     lambda s: rounds_to(100 * (m("v3.1", "NVIDIA", "stable_diffusion", n=1024)
        / m("v4.0", "NVIDIA", "stable_diffusion", n=1024) - 1), s)),
    ("v2.1", "HPE", "From one node to sixteen, RNN-T scaled by a factor of {}.", "5.8", "8.9",
     lambda s: rounds_to(m("v2.1", "HPE", "rnnt", n=8) / m("v2.1", "HPE", "rnnt", n=128), s)),
    ("v5.0", "AMD", "On Llama 2 70B, eight MI325X outperformed the eight H200 of {}.", "NVIDIA", None,
     lambda s: m("v5.0", "AMD", "llama2_70b_lora", "MI325X") < m("v4.1", s, "llama2_70b_lora", "H200", 8)),
    ("v5.0", "MangoBoost", "With eight MI300X we are faster than {} with eight MI300X.", "Oracle", "Dell",
     lambda s: m("v5.0", "Mango", "llama2_70b_lora", n=8) < m("v5.0", s, "llama2_70b_lora", "MI300X", 8)),
    ("v3.1", "GigaComputing", "Our G593-ZD2 posts the fastest RNN-T time among systems with eight accelerators.", "", None,
     lambda s: fastest("v3.1", "rnnt", n=8) == "GigaComputing"),
    ("v3.1", "Supermicro", "Our AS-8125GS-TNHR posts the fastest RNN-T time among systems with eight accelerators.", None, "",
     lambda s: fastest("v3.1", "rnnt", n=8) == "Supermicro"),
    ("v5.0", "Supermicro", "{} submitted more results than Supermicro.", "Dell", "NVIDIA",
     lambda s: len(rows("v5.0", s)) > len(rows("v5.0", "Supermicro"))),
    ("v4.0", "tinycorp", "tinycorp was the only one to submit on {} hardware.", "AMD Radeon", None,
     lambda s: {r["submitter"] for r in rows("v4.0", chip="Radeon")} == {"tinycorp"}),
    ("v4.1", "Google", "No other company submitted results on {}.", "TPU v5p", "H100 GPUs",
     lambda s: {r["submitter"] for r in rows("v4.1", chip=s.split()[-1] if "TPU" in s else "H100")} == {"Google"}),
    ("v3.1", "xFusion", "With {} results we are the most active submitter of the round.", "40", "52",
     lambda s: len(rows("v3.1", "xFusion")) == number(s)),
    ("v3.0", "Dell", "We ran {} of the eight benchmarks.", "seven", "eight",
     lambda s: len({r["benchmark"] for r in rows("v3.0", "Dell")}) == number(s)),
    ("v2.1", "Fujitsu", "None of our results used {}.", "H100 GPUs", "A30 GPUs",
     lambda s: not rows("v2.1", "Fujitsu", chip=s.split()[0])),
    ("v1.0", "Graphcore", "One third of our results were in the {} division.", "open", None,
     lambda s: 3 * len(rows("v1.0", "Graphcore", division=s)) == len(rows("v1.0", "Graphcore"))),
    ("v5.0", "Dell", "The R7715 holds {} H200 NVL cards and one EPYC 9555 processor.", "three", "two",
     lambda s: all(int(r["accelerators"]) == number(s) for r in rows("v5.0", "Dell", system="R7715"))),
    ("v3.1", "Supermicro", "Sixteen terabytes of memory and {} processors make our SYS-681E-TR stand out.", "eight", "four",
     lambda s: all(int(r["processors_per_node"]) == number(s) for r in rows("v3.1", "Supermicro", system="SYS-681E"))),
    ("v4.1", "Lenovo", "We equipped the SR675 V3 with {} of memory.", "3 TiB", "1.5 TiB",
     lambda s: all(r["host_memory"].startswith(s.split()[0]) for r in rows("v4.1", "Lenovo", system="SR675"))),
    ("v4.1", "Cisco", "For Cisco this is a {} MLPerf Training round.", "first", "second",
     lambda s: (first_round("Cisco") == "v4.1") == (s == "first")),
    ("hpc v3.0", "NVIDIA", "OpenFold was trained in {} minutes on 2,080 H100 GPUs.", "7.5", "5.9",
     lambda s: rounds_to(m("hpc v3.0", "NVIDIA", "openfold", n=2080), s)),
    ("hpc v3.0", "HPE", "Perlmutter trained DeepCAM in {} minutes using 2,048 A100.", "1.8", "1.3",
     lambda s: rounds_to(m("hpc v3.0", "HPE+LBNL", "deepcam", n=2048), s)),
]  # fmt: skip


THIRD: list[Written] = [
    ("v4.1", "Lenovo", "Eight H200 GPUs in our SR680a V3 finish the GNN benchmark after {} minutes.", "7.7", "6.4",
     lambda s: rounds_to(m("v4.1", "Lenovo", "gnn", system="SR680a"), s)),
    ("v3.1", "ASUSTeK", "ResNet-50 converges in {} minutes on the ESC-N8-E11.", "13.4", "11.9",
     lambda s: rounds_to(m("v3.1", "ASUS", "resnet", system="ESC-N8"), s)),
    ("v2.1", "Baidu", "PaddlePaddle trains BERT in under {} seconds on 64 A100 GPUs.", "150", "140",
     lambda s: 60 * m("v2.1", "Baidu", "bert", n=64) < number(s)),
    ("v1.1", "HPE", "Our ProLiant XL675d posted {} minutes on 3D U-Net.", "26.0", "21.5",
     lambda s: rounds_to(m("v1.1", "HPE", "unet3d"), s)),
    ("v3.0", "Azure", "An ND H100 v5 virtual machine cuts BERT training to {} minutes.", "5.4", "4.1",
     lambda s: rounds_to(m("v3.0", "Azure", "bert"), s)),
    ("v4.0", "Fujitsu", "Sixteen L40S cards in the PRIMERGY CDI train RetinaNet in {} minutes.", "58.6", "47.2",
     lambda s: rounds_to(m("v4.0", "Fujitsu", "ssd", "L40S", 16), s)),
    ("v5.0", "Lambda", "It takes {} minutes to fine-tune Llama 2 70B on our eight-GPU B200 system.", "11.3", "9.6",
     lambda s: rounds_to(m("v5.0", "Lambda", "llama2_70b_lora"), s)),
    ("v5.0", "HPE", "Quadrupling the GPUs from 8 to 32 H200 makes Stable Diffusion training {} times faster.", "2.6", "3.4",
     lambda s: rounds_to(m("v5.0", "HPE", "stable_diffusion", n=8) / m("v5.0", "HPE", "stable_diffusion", n=32), s)),
    ("v4.1", "NVIDIA", "Per eight GPUs, B200 is {}x faster than H100 on Llama 2 70B LoRA.", "2.2", "2.9",
     lambda s: rounds_to(m("v4.1", "NVIDIA", "llama2_70b_lora", "H100", 8) / m("v4.1", "NVIDIA", "llama2_70b_lora", "B200", 8), s)),
    ("v2.1", "MosaicML", "Our recipe cuts the time of the BERT baseline by {}%.", "63", "75",
     lambda s: rounds_to(100 * (1 - m("v2.1", "Mosaic", "bert", system="methods") / m("v2.1", "Mosaic", "bert", system="base")), s)),
    ("v1.1", "Graphcore", "The IPU-POD64 trains ResNet-50 {}x faster than in the previous round.", "1.7", "2.3",
     lambda s: rounds_to(m("v1.0", "Graphcore", "resnet", n=64) / m("v1.1", "Graphcore", "resnet", n=64), s)),
    ("v3.0", "GIGABYTE", "Our BERT result with eight H100 is quicker than that of {}.", "Dell", None,
     lambda s: m("v3.0", "GIGABYTE", "bert", n=8) < m("v3.0", s, "bert", "H100", 8)),
    ("v2.1", "GIGABYTE", "On DLRM, the G492-ZD2 is slower than the eight A100 of {}.", "Fujitsu", "NVIDIA",
     lambda s: m("v2.1", "GIGABYTE", "dlrm") > m("v2.1", s, "dlrm", "A100", 8)),
    ("v3.0", "xFusion", "xFusion contributed {} results from five configurations.", "23", "31",
     lambda s: len(rows("v3.0", "xFusion")) == number(s)),
    ("v4.0", "NVIDIA", "We submitted on {} of the nine benchmarks.", "all", None,
     lambda s: len({r["benchmark"] for r in rows("v4.0", "NVIDIA")}) == 9),
    ("v5.0", "Google", "All our results are on {}.", "Stable Diffusion", "BERT",
     lambda s: {r["benchmark"] for r in rows("v5.0", "Google")} == {s.lower().replace(" ", "_")}),
    ("v5.0", "tinycorp", "Nobody but us submitted with the {}.", "RTX 4090", "MI300X",
     lambda s: {r["submitter"] for r in rows("v5.0", chip=s.split()[-1])} == {"tinycorp"}),
    ("v3.1", "Intel", "Every node has {} Xeon processors.", "two", "four",
     lambda s: all(r["processors_per_node"] == str(int(number(s))) for r in rows("v3.1", "Intel") if "Habana" not in r["submitter"])),
    ("v5.0", "Nebius", "Nebius participates in MLPerf Training for the {} time.", "first", "third",
     lambda s: (first_round("Nebius") == "v5.0") == (s == "first")),
]  # fmt: skip


def sentences(split: str = "") -> Iterator[Sentence]:
    """The sentences of a split, or all; each is checked to be as true as it is said to be."""
    for name, written in {"first": FIRST, "second": SECOND, "third": THIRD}.items():
        for round_, by, text, *fillings, truth in written:
            for true, filling in zip((True, False), fillings, strict=True):
                if filling is None or split not in ("", name):
                    continue
                assert truth(filling) is true, (round_, by, text, filling)
                yield Sentence(name, round_, by, text.format(filling), true)
