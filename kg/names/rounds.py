"""The label of an MLPerf Training round, from a title or from what a user types."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.errors import InputError
from kg.names.slips import nearest

_SIGN = r"\s*(?:[®™]|\(R\)|\(TM\))?\s*[:,–-]?\s*"
_TITLE = re.compile(
    rf"\b(?:MLPerf|MLCommons){_SIGN}(?P<suite>Training|Inference|HPC|Storage|Tiny|Mobile|Client|Automotive)?"
    rf"{_SIGN}(?:\b(?:Round|Version|v\.?)\s*)?(?<![\d.])(?P<version>\d{{1,2}}\.\d{{1,2}})(?![\d.]*\d)",
    re.IGNORECASE,
)
_TYPED = re.compile(r"(?:(?:mlperf|mlcommons)\s)?(?:training\s)?v?\s?(\d{1,2}\.\d{1,2})")


def find_round(title: str) -> str:
    """The round that a title names, as a label, or '' when it names none.

    >>> find_round("MLPerf™ Training v2.0 Results Discussion"), find_round("MLPerf Training: v3.1")
    ('MLPerf Training v2.0', 'MLPerf Training v3.1')
    """
    match = _TITLE.search(" ".join(title.split()))
    if not match:
        return ""
    suite = match["suite"] or "Training"
    return f"MLPerf {'HPC' if suite.upper() == 'HPC' else suite.title()} v{match['version']}"


def parse_round(typed: str, rounds: Collection[str] = ()) -> str:
    """The label of a round as a user may write it; `rounds` are the known labels, if they are to be checked.

    >>> parse_round("v2.0"), parse_round("training-v2.0"), parse_round("MLPerf Training v2.0")
    ('MLPerf Training v2.0', 'MLPerf Training v2.0', 'MLPerf Training v2.0')

    Raises InputError when it is no round of MLPerf Training, or none of the known ones.
    """
    plain = " ".join(re.sub(r"[®™_:-]", " ", typed).lower().split())
    match = _TYPED.fullmatch(plain)
    if not match:
        raise InputError(f"unknown round {typed!r}: write it like 'v2.0' or 'MLPerf Training v2.0'")
    label = f"MLPerf Training v{match[1]}"
    if rounds and label not in rounds:
        raise InputError(f"unknown round {typed!r}; nearest known: {', '.join(nearest(label, sorted(rounds), 3))}")
    return label
