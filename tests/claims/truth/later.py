"""More freely worded sentences, each told once: a true one, a false one by a clear margin, or one that nobody can check.

What is true is decided from the tables alone, as in `free.py`. The split 'fourth' was written before the rules were mended for
it, 'fifth' and 'sixth' each after they were for those before; `docs/quality.md` says what each gave when it was first run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .free import fastest, rounds_to, rows, table
from .free import minutes as m


@dataclass(frozen=True)
class Told:
    """A sentence, whose statement it is in, the round, and whether it is true; None where the record does not tell."""

    split: str
    round: str
    by: str
    text: str
    true: bool | None


Stated = tuple[str, str, str, bool | None, Callable[[], bool] | None]

FOURTH: list[Stated] = [
    ("v1.1", "Azure", "Azure scaled BERT from 8 to 2,048 A100 GPUs, and the time shrank from 21.2 minutes to 25 seconds.",
     True, lambda: rounds_to(m("v1.1", "Azure", "bert", n=8), "21.2") and rounds_to(60 * m("v1.1", "Azure", "bert", n=2048), "25")),
    ("v1.1", "Inspur", "Nobody trained RNN-T on eight GPUs quicker than our NF5488A5 did.",
     True, lambda: fastest("v1.1", "rnnt", 8) == "Inspur"),
    ("v1.1", "Graphcore", "On the IPU-POD16, our open-division BERT run shaved 20 percent off the time of the closed-division one.",
     True, lambda: rounds_to(100 * (1 - m("v1.1", "Graphcore", "bert", n=16, division="open")
         / m("v1.1", "Graphcore", "bert", n=16, division="closed")), "20")),
    ("v3.0", "Dell", "Eight H100 in the XE9680 got through BERT almost three times as quickly as eight A100 in the same chassis.",
     True, lambda: 2.85 < m("v3.0", "Dell", "bert", "A100", 8, system="XE9680") / m("v3.0", "Dell", "bert", "H100", 8) < 3),
    ("v3.0", "ASUSTeK", "Thanks to NVLink bridges, the ESC4000-E11 cut 3D U-Net from 47.7 to 42.1 minutes.",
     True, lambda: rounds_to(m("v3.0", "ASUS", "unet3d", n=4, system="NVBridge"), "42.1")),
    ("v3.0", "Intel-HabanaLabs",
     "Adding half as many accelerators again, from 256 to 384 Gaudi2, took GPT-3 from 442.6 down to 311.9 minutes.",
     True, lambda: rounds_to(m("v3.0", "Intel-H", "gpt3", n=256), "442.6") and rounds_to(m("v3.0", "Intel-H", "gpt3", n=384), "311.9")),
    ("v3.0", "H3C", "Two A30 cards in an R4900 G6 are enough to train ResNet-50 in just under four hours.",
     True, lambda: 3.9 < m("v3.0", "H3C", "resnet", "A30", 2) / 60 < 4),
    ("v5.0", "Dell", "Going to 64 GB200 GPUs from 16 made our Llama 2 70B fine-tuning 3.4 times as fast.",
     True, lambda: rounds_to(m("v5.0", "Dell", "llama2_70b_lora", "GB200", 16)
         / m("v5.0", "Dell", "llama2_70b_lora", "GB200", 64), "3.4")),
    ("v5.0", "HPE",
     "In our tests, one Cray XD670 holding eight H200 took 26.1 minutes for Llama 2 70B, and four of them took 8.9 minutes.",
     True, lambda: rounds_to(m("v5.0", "HPE", "llama2_70b_lora", n=8), "26.1")
         and rounds_to(m("v5.0", "HPE", "llama2_70b_lora", n=32), "8.9")),
    ("v5.0", "IBM", "Between 512 and 2,048 GPUs, scaling of Llama 3.1 405B remained 93 percent efficient.",
     True, lambda: rounds_to(100 * m("v5.0", "IBM", "llama31_405b", n=512) / m("v5.0", "IBM", "llama31_405b", n=2048) / 4, "93")),
    ("v5.0", "Oracle", "Oracle ran Llama 2 70B LoRA on everything from four GB200 to 512 H200 GPUs.",
     True, lambda: bool(rows("v5.0", "Oracle", "llama2_70b_lora", "GB200", 4))
         and bool(rows("v5.0", "Oracle", "llama2_70b_lora", "H200", 512))),
    ("v5.0", "NVIDIA", "At the 512-GPU scale, GB200 more than doubled the pace of H100 on Llama 3.1 405B.",
     True, lambda: m("v5.0", "NVIDIA", "llama31_405b", "H100", 512) / m("v5.0", "NVIDIA", "llama31_405b", "GB200", 512) > 2),
    ("v5.1", "Nebius",
     "Doubling our H200 fleet from 512 to 1,024 GPUs brought pretraining of Llama 3.1 405B from 237.6 to 120.9 minutes, which is"
     " a scaling efficiency of 98 percent.",
     True, lambda: rounds_to(100 * m("v5.1", "Nebius", "llama31_405b", n=512) / m("v5.1", "Nebius", "llama31_405b", n=1024) / 2, "98")),
    ("v5.1", "AMD", "Two generations lie between MI300X and MI355X, and training time for Llama 2 70B LoRA has fallen by 64 percent.",
     True, lambda: rounds_to(100 * (1 - m("v5.1", "AMD", "llama2_70b_lora", "MI355X")
         / m("v5.1", "AMD", "llama2_70b_lora", "MI300X")), "64")),
    ("v5.1", "Cisco", "Cisco's eight-node H100 cluster pretrained Llama 3.1 8B in about three quarters of an hour.",
     True, lambda: 44 < m("v5.1", "Cisco", "llama31_8b", "H100", 64) < 46),
    ("v5.1", "NVIDIA", "With 5,120 Blackwell GPUs, the largest run of the round broke the ten-minute barrier on Llama 3.1 405B.",
     True, lambda: m("v5.1", "NVIDIA", "llama31_405b", n=5120) < 10
         and max(int(r["accelerators"] or 0) for r in table("v5.1")) == 5120),
    ("v4.0", "Fujitsu", "Of the benchmarks in this round, Fujitsu covered all but GNN and GPT-3.",
     True, lambda: {r["benchmark"] for r in table("v4.0")} - {r["benchmark"] for r in rows("v4.0", "Fujitsu")}
         == {"gnn", "gpt3"}),
    ("v4.0", "JuniperNetworks", "Four H100 nodes finished LoRA in 44.8 minutes where one had taken 116.1.",
     True, lambda: rounds_to(m("v4.0", "Juniper", "llama2_70b_lora", "H100", 32), "44.8")
         and rounds_to(m("v4.0", "Juniper", "llama2_70b_lora", "H100", 8), "116.1")),
    ("v4.0", "Oracle", "ResNet-50 on 64 H100 GPUs was done within two and a half minutes.",
     True, lambda: m("v4.0", "Oracle", "resnet", n=64) <= 2.5),
    ("v4.1", "Google", "Twice the TPU v5p chips, 4,096 instead of 2,048, meant 45% less time for GPT-3.",
     True, lambda: rounds_to(100 * (1 - m("v4.1", "Google", "gpt3", "v5p", 4096) / m("v4.1", "Google", "gpt3", "v5p", 2048)), "45")),
    ("v4.1", "GigaComputing", "On Stable Diffusion, the G593-ZD1 stays within 4% of the best result on eight H200.",
     True, lambda: 1 < m("v4.1", "Giga", "stable_diffusion", n=8) / m("v4.1", "", "stable_diffusion", "H200", 8) < 1.04),
    ("v1.0", "Intel", "Doubling the sockets of one node from four to eight reduced the DLRM training time by 39%.",
     True, lambda: rounds_to(100 * (1 - m("v1.0", "Intel", "dlrm", system="1-node-8s")
         / m("v1.0", "Intel", "dlrm", system="1-node-4s")), "39")),
    ("v1.0", "Google", "Just 17 seconds were enough for 3,456 chips to train BERT.",
     True, lambda: rounds_to(60 * m("v1.0", "Google", "bert", n=3456), "17")),
    ("hpc v3.0", "NVIDIA", "Compared with Perlmutter's 2,048 A100, as many H100 got DeepCAM done in less than half the time.",
     True, lambda: m("hpc v3.0", "NVIDIA", "deepcam", n=2048) < 0.5 * m("hpc v3.0", "HPE", "deepcam", n=2048)),
    ("v1.1", "Dell", "By using eight R750xa nodes rather than two, we brought ResNet-50 from 32.1 minutes to 10.6 minutes.",
     True, lambda: rounds_to(m("v1.1", "Dell", "resnet", n=32), "10.6")
         and rounds_to(m("v1.1", "Dell", "resnet", n=8, system="2xR750xa"), "32.1")),
    ("v3.0", "IEI", "All five of IEI's results come from one model, the NF5468M6 with eight A40.",
     True, lambda: len(rows("v3.0", "IEI")) == 5 and all("nf5468m6" in r["system"] for r in rows("v3.0", "IEI"))),
    ("v5.1", "GigaComputing", "With 5.03 minutes we own the third-best eight-GPU RGAT result.",
     True, lambda: sorted({(float(r["minutes"]), r["submitter"]) for r in rows("v5.1", benchmark="rgat", n=8)})[2][1]
         == "GigaComputing"),
    ("v5.1", "NVIDIA", "Per GPU, GB300 is roughly 18 percent faster than GB200 on Llama 3.1 8B at the eight-GPU scale.",
     True, lambda: rounds_to(100 * (m("v5.1", "NVIDIA", "llama31_8b", "GB200", 8) / m("v5.1", "NVIDIA", "llama31_8b", "GB300", 8)
         - 1), "18")),
    ("v4.1", "Google", "Since v4.0, 6,144 TPU v5p chips have become about 6 percent quicker on GPT-3.",
     True, lambda: rounds_to(100 * (m("v4.0", "Google", "gpt3", n=6144) / m("v4.1", "Google", "gpt3", "v5p", 6144) - 1), "6")),
    ("v5.1", "Nebius", "Against the previous round, 512 H200 now need 3 percent less time for Llama 3.1 405B.",
     True, lambda: rounds_to(100 * (1 - m("v5.1", "Nebius", "llama31_405b", n=512) / m("v5.0", "Nebius", "llama31_405b", n=512)), "3")),
    ("v1.1", "Azure", "RNN-T on 1,536 A100 GPUs was over and done with in 2.1 minutes.",
     False, lambda: rounds_to(m("v1.1", "Azure", "rnnt", n=1536), "2.1")),
    ("v1.1", "Intel-HabanaLabs", "Our 64-Gaudi system beat Graphcore's IPU-POD64 on BERT.",
     False, lambda: m("v1.1", "Intel-H", "bert", n=64) < m("v1.1", "Graphcore", "bert", n=64)),
    ("v1.1", "Lenovo", "We had more submissions this time than Supermicro.",
     False, lambda: len(rows("v1.1", "Lenovo")) > len(rows("v1.1", "Supermicro"))),
    ("v1.1", "Baidu", "PaddlePaddle outran MXNet by 12 percent on ResNet-50.",
     False, lambda: rounds_to(100 * (m("v1.1", "Baidu", "resnet", system="MXNet") / m("v1.1", "Baidu", "resnet", system="Paddle")
         - 1), "12")),
    ("v3.0", "Azure", "Seven of the eight benchmarks were covered by our ND H100 v5 virtual machines.",
     False, lambda: len({r["benchmark"] for r in rows("v3.0", "Azure")}) == 7),
    ("v3.0", "Dell", "Using H100 PCIe rather than A100 PCIe, the R750xa trained ResNet-50 twice as fast.",
     False, lambda: rounds_to(m("v3.0", "Dell", "resnet", "A100", 4, system="R750xax4A100-PCIE-80GB")
         / m("v3.0", "Dell", "resnet", "H100", 4, system="R750xa"), "2")),
    ("v3.0", "NVIDIA", "RNN-T dropped to 48 seconds on 512 H100 GPUs.",
     False, lambda: rounds_to(60 * m("v3.0", "NVIDIA", "rnnt", n=512), "48")),
    ("v3.0", "Intel", "From eight to sixteen nodes of Xeon processors, BERT got 2.6 times quicker.",
     False, lambda: rounds_to(m("v3.0", "Intel", "bert", system="8-nodes", nodes="8")
         / m("v3.0", "Intel", "bert", system="16-nodes", division="closed"), "2.6")),
    ("v3.0", "Dell", "Our XE9680 tops all other eight-GPU servers on 3D U-Net.",
     False, lambda: fastest("v3.0", "unet3d", 8) == "Dell"),
    ("v5.0", "Lenovo", "Four of our SR680a nodes, 32 H200 in total, got BERT down to 1.2 minutes.",
     False, lambda: bool(rows("v5.0", "Lenovo", "bert", n=32))),
    ("v5.0", "Cisco", "Cisco contributed a result on 128 H100 GPUs.",
     False, lambda: bool(rows("v5.0", "Cisco", n=128))),
    ("v5.0", "GigaComputing", "On Llama 2 70B LoRA, eight MI325X halve the time that eight B200 take in our servers.",
     False, lambda: m("v5.0", "Giga", "llama2_70b_lora", "MI325X") < m("v5.0", "Giga", "llama2_70b_lora", "B200")),
    ("v5.0", "Nebius", "Doubling from 512 to 1,024 H200 GPUs cut the pretraining time of Llama 3.1 405B by two thirds.",
     False, lambda: m("v5.0", "Nebius", "llama31_405b", n=1024) / m("v5.0", "Nebius", "llama31_405b", n=512) < 0.4),
    ("v5.1", "Lambda", "On a GB300 NVL72 rack, Lambda pretrained Llama 3.1 8B in under ten minutes.",
     False, lambda: m("v5.1", "Lambda", "llama31_8b") < 10),
    ("v5.1", "Dell", "Between one XE9680L with B200 and two, Llama 3.1 8B sped up by 95 percent.",
     False, lambda: m("v5.1", "Dell", "llama31_8b", "B200", 8, system="XE9680L")
         / m("v5.1", "Dell", "llama31_8b", "B200", 16, system="XE9680L") > 1.8),
    ("v5.1", "MiTAC", "MiTAC trails AMD's own MI325X result by 15 percent on the LoRA benchmark.",
     False, lambda: m("v5.1", "MiTAC") / m("v5.1", "AMD", "llama2_70b_lora", "MI325X") > 1.1),
    ("v5.1", "Oracle", "Going from one B200 instance to eight made Llama 3.1 8B training 7.4 times faster.",
     False, lambda: rounds_to(m("v5.1", "Oracle", "llama31_8b", n=8) / m("v5.1", "Oracle", "llama31_8b", n=64), "7.4")),
    ("v4.0", "Lenovo", "Every one of our submissions in this round was made with H100 GPUs.",
     False, lambda: all("H100" in r["accelerator"] for r in rows("v4.0", "Lenovo"))),
    ("v4.0", "Google", "GPT-3 took 1,536 TPU v5p chips no more than 31 minutes.",
     False, lambda: m("v4.0", "Google", "gpt3", n=1536) <= 31),
    ("v4.0", "ASUSTeK", "Swapping H100 PCIe for H100 SXM made our BERT training 2.9x faster.",
     False, lambda: rounds_to(m("v4.0", "ASUS", "bert", "PCIe") / m("v4.0", "ASUS", "bert", "SXM"), "2.9")),
    ("v4.1", "Krai", "An SSD in place of a hard disk sped up BERT on two A5000 by a quarter.",
     False, lambda: m("v4.1", "Krai", "bert", system="hdd") / m("v4.1", "Krai", "bert", system="ssd") > 1.2),
    ("v4.1", "FlexAI", "FlexAI's eight H100 GPUs were nine percent faster on BERT than Dell's.",
     False, lambda: m("v4.1", "Dell", "bert", "H100", 8) / m("v4.1", "FlexAI", "bert") > 1.05),
    ("v4.1", "Clemson University", "In this round Clemson has trained BERT on as many as 96 H100 GPUs.",
     False, lambda: max(int(r["accelerators"]) for r in rows("v4.1", "Clemson", "bert", "H100")) >= 96),
    ("v1.0", "Habana", "Training BERT on eight Gaudi took us 96 minutes.",
     False, lambda: rounds_to(m("v1.0", "Habana", "bert"), "96")),
    ("v1.0", "Inspur", "Compared to the NF5488M6, our NF5688M6 saves 25 percent of the ResNet-50 training time.",
     False, lambda: rounds_to(100 * (1 - m("v1.0", "Inspur", "resnet", system="nf5688m6")
         / m("v1.0", "Inspur", "resnet", system="nf5488m6")), "25")),
    ("hpc v3.0", "Clemson University", "OpenFold took our 36 A100 cards a little more than two hours.",
     False, lambda: m("hpc v3.0", "Clemson", "openfold") < 180),
    ("v4.1", "Lambda", "With eight nodes instead of two, BERT ran 4.9 times faster.",
     False, lambda: rounds_to(m("v4.1", "Lambda", "bert", n=16) / m("v4.1", "Lambda", "bert", n=64), "4.9")),
    ("v1.1", "Fujitsu", "Each of our servers has 1 TB of main memory.",
     False, lambda: all(r["host_memory"].startswith("1 T") for r in rows("v1.1", "Fujitsu"))),
    ("v4.1", "Dell", "On eight H100, our LoRA time is down by a third on the v4.0 round.",
     False, lambda: m("v4.1", "Dell", "llama2_70b_lora", "H100", 8) / m("v4.0", "Dell", "llama2_70b_lora", "H100", 8) < 0.75),
    ("v5.1", "Lenovo", "Three quarters of our results were obtained on B300.",
     False, lambda: sum("B300" in r["accelerator"] for r in rows("v5.1", "Lenovo")) / len(rows("v5.1", "Lenovo")) > 0.5),
    ("v5.0", "Dell", "Dell's liquid-cooled racks consume 40 percent less energy than air-cooled ones.",
     None, None),
    ("v4.1", "Google", "Trillium offers 4.7 times the peak compute of TPU v5e.",
     None, None),
    ("v5.0", "AMD", "ROCm has been downloaded twice as often since the last round.",
     None, None),
    ("v3.0", "Intel-HabanaLabs", "Customers report price-performance that is 2.2x better than comparable GPU instances.",
     None, None),
    ("v4.0", "NVIDIA", "For inference on Llama 2 70B, we estimate that H200 is 1.9 times faster than H100.",
     None, None),
    ("v5.1", "NVIDIA", "Blackwell Ultra delivers 15 petaflops of NVFP4 compute, three times its FP8 rate.",
     None, None),
    ("v3.0", "Dell", "Since their introduction, XE9680 servers have sold four times as fast as any predecessor.",
     None, None),
    ("v1.1", "Graphcore", "In internal tests that we did not submit, BERT on an IPU-POD512 takes 2.9 minutes.",
     None, None),
    ("v4.1", "Dell", "With power measured, 64 H100 GPUs drew 12 percent less than their nameplate.",
     None, None),
    ("v5.0", "Nebius", "In an earlier, unpublished run, our cluster of 1,024 H200 took 131 minutes for Llama 3.1 405B.",
     None, None),
]  # fmt: skip

FIFTH: list[Stated] = [
    ("v3.1", "xFusion", "Fitted with ten L40 cards apiece, our G5500 V7 machines needed 102.7 minutes for RetinaNet.",
     True, lambda: rounds_to(m("v3.1", "xFusion", "ssd", "L40", 10, system="G5500V7x10L40"), "102.7")),
    ("v3.1", "Intel-HabanaLabs", "When the number of Gaudi2 grows from 256 to 384, GPT-3 finishes 1.46 times sooner.",
     True, lambda: rounds_to(m("v3.1", "Intel-H", "gpt3", n=256) / m("v3.1", "Intel-H", "gpt3", n=384), "1.46")),
    ("v3.1", "NVIDIA", "GPT-3, which took 10,752 H100 GPUs 3.9 minutes, needed 6.0 minutes with 6,144 of them.",
     True, lambda: rounds_to(m("v3.1", "NVIDIA", "gpt3", n=10752), "3.9") and rounds_to(m("v3.1", "NVIDIA", "gpt3", n=6144), "6.0")),
    ("v3.1", "Fujitsu", "It is with eight A100 PCIe that the PRIMERGY CDI first dips below half an hour on ResNet-50.",
     True, lambda: m("v3.1", "Fujitsu", "resnet", n=8) < 30),
    ("v3.1", "Lenovo", "The eight H100 PCIe of our SR675 V3 are beaten by the eight H100 PCIe of ASUSTeK on BERT.",
     True, lambda: m("v3.1", "Lenovo", "bert", "PCIe", 8) > m("v3.1", "ASUS", "bert", "PCIe", 8)),
    ("v2.1", "HPE", "Sixteen nodes brought our BERT result down to 2.03 minutes, with 128 A100 GPUs working in parallel.",
     True, lambda: rounds_to(m("v2.1", "HPE", "bert", n=128), "2.03")),
    ("v2.1", "Azure", "RNN-T, trained on 128 A100 GPUs, was a matter of 17.4 minutes.",
     True, lambda: rounds_to(m("v2.1", "Azure", "rnnt", n=128), "17.4")),
    ("v2.1", "MosaicML", "BERT converged after 7.9 minutes when our methods were applied to eight A100 80GB GPUs.",
     True, lambda: rounds_to(m("v2.1", "Mosaic", "bert", system="methods"), "7.9")),
    ("v0.7", "Google", "With TPU v3, 4,096 chips trained the Transformer model in just over 15 seconds.",
     True, lambda: rounds_to(60 * m("v0.7", "Google", "transformer", "v3", 4096), "15")),
    ("v0.7", "Fujitsu", "Our GX2570 M5 with its eight V100 completed ResNet-50 in 68.8 minutes.",
     True, lambda: rounds_to(m("v0.7", "Fujitsu", "resnet", n=8, system="ngc20"), "68.8")),
    ("v5.1", "Krai", "Eight nodes of H200 get through the Llama 2 70B LoRA benchmark 2.8 times faster than two.",
     True, lambda: rounds_to(m("v5.1", "Krai", "llama2_70b_lora", n=16) / m("v5.1", "Krai", "llama2_70b_lora", n=64), "2.8")),
    ("v5.1", "Supermicro", "No eight-GPU system was quicker at RGAT than ours.",
     True, lambda: fastest("v5.1", "rgat", 8) == "Supermicro"),
    ("v5.1", "Lenovo", "On Llama 3.1 8B, B300 shortens our training by a tenth when compared with B200.",
     True, lambda: 9.4 < 100 * (1 - m("v5.1", "Lenovo", "llama31_8b", "B300", 8)
         / m("v5.1", "Lenovo", "llama31_8b", "B200", 8)) < 10.6),
    ("v5.0", "HPE", "Two nodes instead of one reduced RetinaNet from 34.3 to 17.9 minutes, a saving of 48%.",
     True, lambda: rounds_to(100 * (1 - m("v5.0", "HPE", "retinanet", n=16) / m("v5.0", "HPE", "retinanet", n=8)), "48")),
    ("v4.0", "NVIDIA", "On Stable Diffusion, doubling from 512 to 1,024 H100 GPUs yields a speedup of 1.31.",
     True, lambda: rounds_to(m("v4.0", "NVIDIA", "stable_diffusion", n=512) / m("v4.0", "NVIDIA", "stable_diffusion", n=1024), "1.31")),
    ("v3.1", "Supermicro", "Both our H100 SXM system and our H100 PCIe system trained RNN-T in less than 17 minutes.",
     False, lambda: m("v3.1", "Supermicro", "rnnt", "PCIe", 8) < 17),
    ("v3.1", "Intel-HabanaLabs", "384 Gaudi2 accelerators took GPT-3 to the target in 112 minutes, thanks to FP8.",
     False, lambda: rounds_to(m("v3.1", "Intel-H", "gpt3", n=384), "112")),
    ("v3.1", "Azure", "Azure's own GPT-3 submission employed more accelerators than any other in the round, 12,288 H100 GPUs.",
     False, lambda: bool(rows("v3.1", "Azure", "gpt3", n=12288))),
    ("v3.1", "ASUSTeK", "ASUSTeK ranks ahead of GigaComputing on RNN-T with eight H100 GPUs.",
     False, lambda: m("v3.1", "ASUS", "rnnt", "H100", 8) < m("v3.1", "Giga", "rnnt", "H100", 8)),
    ("v2.1", "Dell", "Quadrupling the nodes from eight to 32 XE8545 made BERT 3.9 times faster.",
     False, lambda: rounds_to(m("v2.1", "Dell", "bert", n=32) / m("v2.1", "Dell", "bert", n=128), "3.9")),
    ("v2.1", "GIGABYTE", "DLRM took the G492-ZD2 a mere 0.9 minutes.",
     False, lambda: m("v2.1", "GIGABYTE", "dlrm") < 1),
    ("v2.1", "Krai", "A pair of RTX A5000 cards trained ResNet-50 in our workstation in 214 minutes.",
     False, lambda: rounds_to(m("v2.1", "Krai", "resnet"), "214")),
    ("v0.7", "Inspur", "Transformer training on the NF5488 lasted 4.1 minutes.",
     False, lambda: rounds_to(m("v0.7", "Inspur", "transformer"), "4.1")),
    ("v0.7", "NVIDIA", "Sixteen A100 GPUs cut ResNet-50 by 70 percent against 16 V100 GPUs of a DGX-2H.",
     False, lambda: 1 - m("v0.7", "NVIDIA", "resnet", "A100", 16) / m("v0.7", "NVIDIA", "resnet", "V100-SXM3", 16) > 0.5),
    ("v5.1", "AMD", "MI355X is 1.9x as fast as MI350X on Llama 3.1 8B.",
     False, lambda: m("v5.1", "AMD", "llama31_8b", "MI350X") / m("v5.1", "AMD", "llama31_8b", "MI355X") > 1.5),
    ("v5.1", "Cisco", "From 64 to 128 H100 GPUs, Llama 3.1 8B scales at an efficiency of 91%.",
     False, lambda: rounds_to(100 * m("v5.1", "Cisco", "llama31_8b", n=64) / m("v5.1", "Cisco", "llama31_8b", n=128) / 2, "91")),
    ("v5.1", "MangoBoost", "We are the only one to have submitted MI300X results this round.",
     False, lambda: {r["submitter"] for r in rows("v5.1", chip="MI300X")} == {"MangoBoost"}),
    ("v5.0", "Oracle", "As many as 1,024 H200 GPUs were put to work by Oracle for the LoRA benchmark.",
     False, lambda: bool(rows("v5.0", "Oracle", "llama2_70b_lora", "H200", 1024))),
    ("v5.0", "Lambda", "Lambda came within 5% of NVIDIA's eight-GPU B200 time on Stable Diffusion.",
     False, lambda: bool(rows("v5.0", "Lambda", "stable_diffusion"))),
    ("v4.0", "Lenovo", "More than half of our results come from L40S systems.",
     False, lambda: len(rows("v4.0", "Lenovo", chip="L40S")) * 2 > len(rows("v4.0", "Lenovo"))),
    ("v5.1", "Nebius", "Jobs on our B300 clusters start in less than 90 seconds.",
     None, None),
    ("v5.1", "AMD", "Our next accelerator is expected to be up to 10 times faster on such models.",
     None, None),
    ("v5.0", "Dell", "Direct liquid cooling removes up to 98 percent of the heat of an XE9680L.",
     None, None),
    ("v4.1", "Google", "Against TPU v5e, Trillium doubles the HBM capacity and offers 67% better energy efficiency.",
     None, None),
    ("v3.1", "Intel", "BERT inference with INT8 ran four times faster than with FP32 on Xeon processors.",
     None, None),
    ("v4.0", "JuniperNetworks", "Our switches carried 800 gigabits per second and lowered the job completion time of DLRM by 30%.",
     None, None),
    ("v2.1", "NVIDIA", "In simulations of drug discovery, H100 has been shown to run 5 times faster than A100.",
     None, None),
    ("v5.0", "IBM", "Within a single week the cluster was ready, twice as fast as planned.",
     None, None),
]  # fmt: skip

SIXTH: list[Stated] = [
    ("v1.0", "Google", "Mask R-CNN was cracked in 4.7 minutes once 1,024 TPU v4 chips took it on.",
     True, lambda: rounds_to(m("v1.0", "Google", "maskrcnn", n=1024), "4.7")),
    ("v1.0", "Dell", "Three DSS8440 with 24 A100 GPUs need 15.5 minutes for ResNet-50, two of them 21.0 minutes.",
     True, lambda: rounds_to(m("v1.0", "Dell", "resnet", n=24), "15.5") and rounds_to(m("v1.0", "Dell", "resnet", n=16), "21.0")),
    ("v1.0", "Graphcore", "Compared with a single IPU-POD16, the IPU-POD64 speeds up BERT in the closed division 3.1 times.",
     True, lambda: rounds_to(m("v1.0", "Graphcore", "bert", n=16, division="closed")
         / m("v1.0", "Graphcore", "bert", n=64, division="closed"), "3.1")),
    ("v1.1", "Dell", "Eight A100 PCIe with 80GB take 38 percent less time for BERT than eight A100 PCIe with 40GB.",
     True, lambda: rounds_to(100 * (1 - m("v1.1", "Dell", "bert", "PCIE-80", 8) / m("v1.1", "Dell", "bert", "PCIE-40", 8)), "38")),
    ("v4.1", "Lenovo", "Among our three eight-way H200 servers, it is the SR680a V3 that finishes BERT first, in 5.08 minutes.",
     True, lambda: rounds_to(m("v4.1", "Lenovo", "bert", system="SR680a"), "5.08")),
    ("v4.1", "Google",
     "On Stable Diffusion, growing from 64 to 1,024 TPU v5p chips pays off with a training that is 3.9 times faster.",
     True, lambda: rounds_to(m("v4.1", "Google", "stable_diffusion", n=64) / m("v4.1", "Google", "stable_diffusion", n=1024), "3.9")),
    ("v5.0", "AMD", "The MI325X outperforms the MI300X by a third on Llama 2 70B LoRA.",
     True, lambda: rounds_to(100 * (m("v5.0", "AMD", "llama2_70b_lora", "MI300X") / m("v5.0", "AMD", "llama2_70b_lora", "MI325X")
         - 1), "33")),
    ("v5.0", "Dell", "MangoBoost's single MI300X node was outperformed by our XE9680 with as many MI300X on the LoRA benchmark.",
     True, lambda: m("v5.0", "Dell", "llama2_70b_lora", "MI300X", 8) < m("v5.0", "Mango", "llama2_70b_lora", n=8)),
    ("v3.0", "Supermicro", "ResNet-50 is trained almost as fast on our Gaudi2 server as on our H100 PCIe server.",
     None, None),
    ("v5.1", "Cisco", "MI350X needs roughly half the time of H200 for Llama 2 70B LoRA on eight GPUs of our C885A M8.",
     True, lambda: 0.45 < m("v5.1", "Cisco", "llama2_70b_lora", "MI350X", 8)
         / m("v5.1", "Cisco", "llama2_70b_lora", "H200", 8) < 0.55),
    ("hpc v2.0", "HelmholtzAI", "512 A100 of HoreKa were sufficient to train OpenCatalyst in 30.5 minutes.",
     True, lambda: rounds_to(m("hpc v2.0", "Helmholtz", "oc20", system="horeka"), "30.5")),
    ("v2.1", "Intel", "Two nodes of our fourth-generation Xeon processors train DLRM in 38 minutes.",
     True, lambda: rounds_to(m("v2.1", "Intel", "dlrm", nodes="2"), "38")),
    ("v1.0", "Google", "For BERT, 2,048 TPU v4 chips required no more than ten seconds.",
     False, lambda: 60 * m("v1.0", "Google", "bert", n=2048) <= 10),
    ("v1.0", "Graphcore", "ResNet-50 runs on the IPU-POD64 five times as fast as on the IPU-POD16.",
     False, lambda: rounds_to(m("v1.0", "Graphcore", "resnet", n=16) / m("v1.0", "Graphcore", "resnet", n=64), "5")),
    ("v1.1", "HPE", "On RNN-T, our ProLiant XL675d left Inspur's NF5488A5 behind by 15 percent.",
     False, lambda: m("v1.1", "HPE", "rnnt") < m("v1.1", "Inspur", "rnnt")),
    ("v4.1", "ASUSTeK", "Trained on the ESC N8-E11, the GNN benchmark was over after 4.4 minutes.",
     False, lambda: rounds_to(m("v4.1", "ASUS", "gnn"), "4.4")),
    ("v4.1", "Dell", "Eight XE9680 nodes are 7.9 times quicker than one at Llama 2 70B LoRA with H100.",
     False, lambda: rounds_to(m("v4.1", "Dell", "llama2_70b_lora", "H100", 8)
         / m("v4.1", "Dell", "llama2_70b_lora", "H100", 64), "7.9")),
    ("v4.1", "Fujitsu", "Fujitsu took part in all but one of the seven benchmarks.",
     False, lambda: len({r["benchmark"] for r in rows("v4.1", "Fujitsu")}) == 6),
    ("v5.0", "Lenovo", "Every third of our results was achieved with B300.",
     False, lambda: bool(rows("v5.0", "Lenovo", chip="B300"))),
    ("v5.0", "Oracle", "For Llama 2 70B LoRA, 64 B200 GPUs are in our cloud as slow as 3.1 minutes.",
     False, lambda: rounds_to(m("v5.0", "Oracle", "llama2_70b_lora", "B200", 64), "3.1")),
    ("v5.0", "ASUSTeK", "Our time for RGAT was beaten by nobody.",
     False, lambda: fastest("v5.0", "rgat") == "ASUSTeK"),
    ("v5.1", "Dell", "On RetinaNet, two XE9680L with sixteen B200 in all trail one such machine.",
     False, lambda: m("v5.1", "Dell", "retinanet", n=16, system="XE9680L")
         > m("v5.1", "Dell", "retinanet", "B200", 8, system="XE9680L")),
    ("v5.1", "Quanta Cloud Technology", "The D75T-7U with its eight MI325X took 16.1 minutes to fine-tune Llama 2 70B.",
     False, lambda: rounds_to(m("v5.1", "Quanta", "llama2_70b_lora", "MI325X"), "16.1")),
    ("hpc v3.0", "Dell", "DeepCAM finished on 128 A100 GPUs inside of eight minutes.",
     False, lambda: m("hpc v3.0", "Dell", "deepcam") < 8),
    ("v5.0", "HPE", "Setting up the four nodes took an engineer 40 minutes.",
     None, None),
    ("v4.1", "Oracle", "OCI superclusters scale to 131,072 B200 GPUs.",
     None, None),
    ("v1.1", "Azure", "Customers who trained BERT on our virtual machines cut their costs by 30 percent.",
     None, None),
    ("v5.1", "Nebius", "With checkpoints every 15 minutes, Llama 3.1 405B loses less than 1% of its time.",
     None, None),
]  # fmt: skip


def sentences() -> Iterator[Told]:
    """All sentences; each is checked to be as true as it is said to be."""
    for split, stated in {"fourth": FOURTH, "fifth": FIFTH, "sixth": SIXTH}.items():
        for round_, by, text, true, truth in stated:
            assert truth is None or truth() is true, (round_, by, text)
            yield Told(split, round_, by, text, true)
