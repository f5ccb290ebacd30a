"""What can be said of a system or a chip: amounts of memory, heights, links, cooling, each where its words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.extract.tagged import Tagged
from kg.model.statement import Quantity


class Said(NamedTuple):
    """An attribute with the words that give it, their place in the signs' text, and the amount in them."""

    attribute: str
    words: str
    place: int
    amount: Quantity | None = None


def said(t: Tagged) -> Iterator[Said]:
    """The attributes that the words of a sentence may give to something."""
    yield from _named(t)
    taken: set[int] = set()
    for attribute, rule in _COUNTED:
        for match in t.matches(rule):
            amount = t.quantity(match.start("n"))
            name = attribute or _ATTRIBUTE.get(amount.unit, "")
            if match.start("n") in taken or not name:
                continue
            taken.update(range(*match.span()))
            words = re.sub(r"memory in (?=HBM)|(?<=/s )of ", "", _written(t, match))
            if name == "operating temperature":
                low = _LOW.search(t.sentence.view, 0, amount.span.start)
                words = " ".join(f"{name} {low[0] if low else amount.comparator + ' '}{words}".split())
            counted = match["times"] if "times" in match.re.groupindex else None
            yield Said(name, words, match.start("n"), t.quantity(match.start("times")) if counted else amount)
    for attribute, rule in _DESCRIBED:
        for match in t.matches(rule):
            if match.start("what") not in taken:
                yield Said(attribute, _written(t, match, "what"), match.start("what"))


def _named(t: Tagged) -> Iterator[Said]:
    """The memory and power that are said of a chip beside its name ('80GB A100', 'A100 (80 GB)', 'A100-500W')."""
    for at in t.all("A"):
        name = t.mention(at)
        for match in _APART.finditer(name.text):
            value = Quantity(name.span, Decimal(match["n"]), match["unit"])
            yield Said("memory" if match["unit"] == "GB" else "power", match["n"] + match["unit"], at, value)


_APART = re.compile(r"(?:^\W*(?:NVIDIA\s+)?|\(\s*|(?=\d+\s?W))(?P<n>\d+)\s?(?P<unit>GB|W)(?![a-z])")
_ATTRIBUTE = {
    "W": "power", "kW": "power", "U": "form factor", "°C": "operating temperature", "GHz": "clock", "nm": "process",
    "GB/s": "bandwidth", "TB/s": "bandwidth", "exaflop/s": "performance", "TOPS": "performance",
}  # fmt: skip
"""What amounts of a unit measure, whatever stands beside them."""
_MEMORY = r"(?:(?:system|host|main|total|unified|shared|GPU|CPU)\s+)?(?:(?:LP|G)?DDR\w*|HBM\w*|[DV]?RAM|memory|cache|DIMMs?)\b"
_DISK = r"(?:NVMe|SSDs?|HDDs?|disks?|drives?|storage|flash)\b"
_CARD = r"(?:InfiniBand|Ethernet|RoCE|network\w*|NICs?|HCAs?|adapters?|cards?|switch(?:es)?|links?)\b"
_LOW = re.compile(r"-?\d+\s?(?:°\s?C|℃)?\s?(?:~|to\b)\s?\Z")
"""The lower end of a range before the upper one: '-5℃~'."""
_TIMES = r"(?:(?P<times>{N})\s*[*x×]?\s*(?:[\w]+\s+){0,2}?)?"
_COUNTED = (
    ("memory", rf"(?P<n>{{G}})\s+(?:of\s+)?{_MEMORY}(?:[\s-]+{_MEMORY})*(?:\s+in\s+HBM\w*)?"),
    ("storage", rf"{_TIMES}(?P<n>{{G}})\s+(?:of\s+)?(?:\w+\s+)?{_DISK}(?:\s+{_DISK})*"),
    ("network", rf"{_TIMES}(?P<n>{{L}})\s+(?:of\s+)?(?:\w+\s+)?{_CARD}(?:\s+{_CARD})*"),
    ("expansion", r"(?:(?:more than|over)\s+)?(?P<n>{N})\s+(?:[\w.-]+\s+){0,3}?(?:slots|bays|devices|ports|DIMMs|SSDs|NVSwitch(?:es)?|NVLinks?|NICs|adapters|boxes|sockets)\b"),
    ("", r"(?P<n>{L})(?:\s+(?:of\s+)?(?:\w+\s+)?(?:performance|bandwidth|process)\b|(?:[\s-]+(?:rack[\s-]?mount(?:ed)?|rack|chassis|form factor))*)"),
    ("memory", r"(?P<n>{G})"),
)  # fmt: skip
"""Attributes by their amount, `n`, and the nouns after it; the first that fits an amount is taken."""
FUNCTION = r"(?:and|or|in|on|for|with|to|at|by|from|as|than|while|which|that|the|is|are|was|were)\b"
"""Words that end what an amount is of."""
_DESCRIBED = (
    ("cooling", r"\b(?P<what>(?:(?:direct|cold plate|liquid and|hybrid|immersion|liquid|air|water|DLC)[\s-]+)+cool(?:ing|ed))\b"),
    ("interconnect", r"\b(?P<what>NVLink(?:[\s-]C2C)?|NVSwitch(?:es)?|Infinity Fabric|CXL)(?:s\b|\b)"),
    ("network", r"\b(?P<what>(?:[HNE]DR\s+)?InfiniBand(?:\s+network\w*)?|RoCE(?:\s?v2)?|(?:\w+\s+)?Ethernet|Slingshot|Omni-Path)\b"),
    ("form factor", r"\b(?P<what>virtual machine|OAM|SXM\d?|HHHL|box PC|(?:edge|embedded|blade|tower|rack)[\s-](?:servers?|devices?|systems?|appliances?))s?\b"),
    ("kind", r"\b(?P<what>CPU-only)\b"),
    ("generation", r"\b(?P<what>(?:first|second|third|fourth|fifth|sixth|seventh|\dth|\d[rn]d|1st)[\s-]+generation)\b"),
)  # fmt: skip
"""Attributes by the words, `what`, that give them."""


def _written(t: Tagged, match: re.Match[str], group: str | int = 0) -> str:
    """What a rule, or a group of it, found, with its names and amounts as they are written."""
    span, base = t.span(match.start(group), match.end(group)), t.sentence.span.start
    return " ".join(t.sentence.view[span.start - base : span.end - base].split())
