"""The label of an MLPerf round, which is suite and version, from a title or from what a user types."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import groupby

from kg.errors import InputError
from kg.names.slips import nearest

SUITES = ("Training", "HPC", "Inference")
"""The suites whose statements are read."""

_OTHERS = ("tiny", "storage", "mobile", "client", "automotive")
_SIGN = r"(?:®|™|\(R\)|\(TM\))?"
_TITLE = re.compile(
    rf"\b(?:MLPerf|MLCommons){_SIGN}(?P<words>(?:[\s:,–-]{{1,4}}(?!v\d)[A-Za-z]{{2,16}}{_SIGN}){{0,4}})"
    r"[\s:,–-]{1,4}(?:v\.?\s?)?(?<![\d.])(?P<version>\d{1,2}\.\d{1,2})(?![\d.]*\d)",
    re.IGNORECASE,
)
_SAYS_NO_SUITE = frozenset({
    "mlperf", "mlcommons", "ai", "ml", "benchmark", "benchmarks", "suite", "results", "result", "round",
    "version", "submission", "submissions", "statement", "statements", "discussion", "supplemental", "for",
    "of", "the", "from", "in", "and", "to", "closed", "open", "division", "datacenter", "edge",
})  # fmt: skip
_TYPED = re.compile(r"(?:(?:mlperf|mlcommons)\s)?(?:(?P<suite>[a-z]+)\s)?v?\s?(?P<version>\d{1,2}\.\d{1,2})")


def find_round(title: str) -> str:
    """The round that a title names, as a label, or '' when it names none; without a suite, it is Training.

    >>> find_round("MLPerf™ Training v2.0 Results Discussion"), find_round("MLPerf Inference: Edge 3.1")
    ('MLPerf Training v2.0', 'MLPerf Inference v3.1')
    """
    match = _TITLE.search(" ".join(title.split())[:1000])
    return _label(_suite(match["words"]), match["version"]) if match else ""


def is_read(label: str) -> bool:
    """Whether statements of a round are read.

    >>> is_read("MLPerf HPC v2.0"), is_read("MLPerf Tiny v1.0")
    (True, False)
    """
    return label.split()[1] in SUITES


def is_round(label: str) -> bool:
    """Whether a text is the label of a round of a suite that is read, known or not.

    >>> is_round("MLPerf Training v9.1"), is_round("MLPerf Training v99"), is_round("v2.0")
    (True, False, False)
    """
    return re.fullmatch(rf"MLPerf (?:{'|'.join(SUITES)}) v[0-9]{{1,2}}\.[0-9]{{1,2}}", label) is not None


def parse_round(typed: str, rounds: Collection[str] = (), *, titled: str = "") -> str:
    """The label of a round as a user may write it; `rounds` are the known labels, if they are to be checked.

    `titled` is the round that the document's title names. It gives the suite where only a version is typed.

    >>> parse_round("v2.0"), parse_round("hpc-v2.0"), parse_round("2.0", titled="MLPerf Inference v2.0")
    ('MLPerf Training v2.0', 'MLPerf HPC v2.0', 'MLPerf Inference v2.0')

    Raises InputError when it is no round of a suite that is read, none of the known ones, or not the titled one.
    """
    plain = " ".join(re.sub(r"[®™_:-]", " ", typed).lower().split())
    match = _TYPED.fullmatch(plain)
    if not match:
        raise InputError(f"unknown round {typed!r}: write it like 'v2.0' or 'MLPerf HPC v2.0'")
    suite = match["suite"] or (titled.split()[1] if titled else "Training")
    label = _label(suite, match["version"])
    if not is_read(label):
        raise InputError(f"unknown round {typed!r}: only those of {', '.join(SUITES)} are read")
    if rounds and label not in rounds:
        raise InputError(f"unknown round {typed!r}; nearest known: {', '.join(nearest(label, sorted(rounds), 3))}")
    if titled and label != titled:
        raise InputError(f"its title says {titled}, not {label}; give the round that it is about, or none")
    return label


def round_order(label: str) -> tuple[str, tuple[int, ...]]:
    """What sorts labels of rounds: by suite, then as versions.

    >>> sorted(["MLPerf Training v10.0", "MLPerf Training v9.1"], key=round_order)
    ['MLPerf Training v9.1', 'MLPerf Training v10.0']
    """
    suite, _, version = label.rpartition(" v")
    return suite, tuple(int(part) for part in version.split(".") if part.isdigit())


def round_place(label: str) -> int:
    """The place of a round among all, as `mlp:roundOrder` has it: those of Training, then HPC, then Inference.

    >>> round_place("MLPerf Training v5.1"), round_place("MLPerf HPC v0.7")
    (501, 10007)
    """
    suite, (major, minor, *_) = round_order(label)
    return SUITES.index(suite.split()[1]) * 10_000 + major * 100 + minor


def round_names(label: str) -> list[str]:
    """What else a round of a suite is called; one of Training also without its suite.

    >>> round_names("MLPerf Training v6.0")[:3]
    ['MLPerf Training 6.0', 'MLPerf v6.0', 'MLPerf 6.0']
    """
    _, suite, version = label.split()
    bare = ["", f"{suite} "] if suite == "Training" else [f"{suite} "]
    made = [f"{brand}{name}{v}" for brand in ("MLPerf ", "", "MLCommons ") for name in reversed(bare)
            for v in (version, version[1:])]  # fmt: skip
    return [name for name in made if name not in (label, version[1:])]


def rounds_in_words(labels: Iterable[str]) -> list[str]:
    """Rounds by suite: one or two by name, more as the first and the last.

    >>> rounds_in_words(["MLPerf Training v2.0", "MLPerf HPC v1.0", "MLPerf Training v1.1"])
    ['MLPerf HPC v1.0', 'MLPerf Training v1.1 and v2.0']
    """
    said = []
    for suite, group in groupby(sorted(labels, key=round_order), key=lambda label: label.rpartition(" ")[0]):
        versions = [label.rpartition(" ")[2] for label in group]
        several = f"{versions[0]} to {versions[-1]} ({len(versions)} rounds)"
        said.append(f"{suite} {several if versions[2:] else ' and '.join(versions)}")
    return said


def _label(suite: str, version: str) -> str:
    known = {name.lower(): name for name in SUITES}
    return f"MLPerf {known.get(suite.lower(), suite.title())} v{version}"


def _suite(words: str) -> str:
    """The suite among the words between 'MLPerf' and a version."""
    said = [w.lower() for w in re.findall(r"[A-Za-z]+", re.sub(_SIGN, "", words))]
    telling = [w for w in said if w not in _SAYS_NO_SUITE]
    order = (*_OTHERS, "hpc", "training", "inference")  # 'MLPerf HPC Training v0.7', 'MLPerf Mobile Inference v2.0'
    return next((suite for suite in order if suite in telling), telling[0] if telling else "training")
