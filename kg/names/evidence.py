"""What speaks for a chunk being the name of something: how it is written, what stands beside it, who filed it.

Each feature is a short text that holds at most two words of the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model.statement import Mention, Span
from kg.names.chunks import AMOUNTS, core
from kg.names.filed import Filed
from kg.names.fold import fold

NOUNS: Mapping[str, str] = {
    noun: kind
    for kind, nouns in {
        "system": "server servers system systems node nodes cluster clusters supercomputer machine machines instance instances vm vms "
        "pod pods superpod chassis workstation appliance series",
        "chip": "gpu gpus accelerator accelerators card cards chip chips asic npu npus ipu tpu soc module modules superchip fpga",
        "processor": "processor processors cpu cpus core cores",
        "software": "software framework frameworks library libraries compiler sdk engine toolkit tool tools stack runtime api "
        "optimizer plugin driver platform suite repository container containers",
        "network": "infiniband ethernet switch switches nic network fabric interconnect",
        "organization": "university institute lab laboratory center centre inc corporation team company group foundation",
    }.items()
    for noun in nouns.split()
}
"""Nouns by what they say that a name beside them names."""

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Place:
    """A chunk at its place: the number of the view and the span in it."""

    view: int
    span: Span


def evidence(
    views: Sequence[str],
    places: Sequence[Place],
    known: Sequence[Sequence[Mention]],
    owner: str,
    filed: Filed,
    ever: Filed,
) -> list[list[str]]:
    """The features of each chunk; what is said beside one counts for all that are spelled like it."""
    own = [_local(views[p.view], p.span, known[p.view], owner) for p in places]
    texts = [views[p.view][p.span.start : p.span.end] for p in places]
    beside: dict[str, set[str]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    for text, features in zip(texts, own, strict=True):
        key = fold(core(text))
        times[key] += 1
        beside[key].update(f for f in features if f.startswith(("noun:", "led:", "vendor")))
    record = {text: list(_record(text, owner, filed, ever)) for text in dict.fromkeys(texts)}
    shape = {text: list(_shape(text)) for text in record}
    held = [record[text] for text in texts]
    found = []
    for number, (text, features) in enumerate(zip(texts, own, strict=True)):
        key = fold(core(text))
        mates = [m for m in (number - 1, number + 1) if 0 <= m < len(places) and _listed(views, places, number, m)]
        told = {f for m in mates for f in (*beside[fold(core(texts[m]))], *held[m])}
        shared = [*(f"said-{f}" for f in sorted(beside[key])), *(f"mate-{f}" for f in sorted(told))]
        again = [f"times:{min(times[key], 4)}"]
        found.append([*features, *shared, *again, *shape[text], *held[number]])
    return found


def series_of(text: str) -> str:
    """What the models of one series begin with; '' when a text has no model's number.

    >>> series_of("Acme QX88"), series_of("QX90"), series_of("Orbital")
    ('qx', 'qx', '')
    """
    found = _SERIES.match(core(text))
    return found[0].lower() if found else ""


_SERIES = re.compile(r"[A-Za-z]+(?=[-_ ]?\d)")
_AND = re.compile(r"(?:\s|,|&|/|;|and\b|or\b|the\b|as well as\b)+")


def _listed(views: Sequence[str], places: Sequence[Place], one: int, other: int) -> bool:
    """Whether two chunks stand side by side in a list."""
    first, second = places[min(one, other)], places[max(one, other)]
    between = views[first.view][first.span.end : second.span.start]
    return first.view == second.view and first.span.end < second.span.start and _AND.fullmatch(between) is not None


def _record(text: str, owner: str, filed: Filed, ever: Filed) -> Iterable[str]:
    for kind in sorted(ever.holders(text) or ever.holders(core(text))):
        yield f"ever:{kind}"
    if not filed:
        yield "record:none"
        return
    holders = filed.holders(text) or filed.holders(core(text))
    for kind, who in sorted(holders.items()):
        yield f"record:{kind}"
        if fold(owner) in {fold(w) for w in who}:
            yield f"record-own:{kind}"
    if not holders:
        yield "record:absent"


def _shape(text: str) -> Iterable[str]:
    words = text.split()
    yield f"words:{min(len(words), 4)}"
    yield f"first:{words[0].lower()}"
    yield f"last:{words[-1].lower()}"
    main = core(text)
    signs = "".join("9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in main)
    yield f"shape:{_REPEATED.sub(_SQUEEZED, signs)[:12]}"
    yield f"digits:{min(sum(c.isdigit() for c in text), 5)}"
    yield f"letters:{min(sum(c.isalpha() for c in main), 8)}"
    if main.isupper():
        yield "capitals"
    if re.search(r"[a-z][A-Z]", main):
        yield "camel"
    if "-" in main:
        yield "hyphen"
    if "_" in main:
        yield "underscore"
    if text.istitle():
        yield "title"
    yield f"prefix:{main[:2].lower()}"
    for name, rule in AMOUNTS.items():
        if rule.fullmatch(main):
            yield f"is:{name}"


_REPEATED = re.compile(r"(.)\1+")
_SQUEEZED = r"\1+"


def _local(view: str, span: Span, known: Sequence[Mention], owner: str) -> list[str]:
    """What stands around a chunk, up to two words away; a known name is told by its kind."""
    before, after = view[max(0, span.start - 60) : span.start], view[span.end : span.end + 60]
    last = next((m for m in reversed(known) if m.span.end <= span.start), None)
    following = next((m for m in known if m.span.start >= span.end), None)
    left = _up_to(last, _words(view[last.span.end : span.start])[::-1] if last else ()) or _words(before)[-2:][::-1]
    right = _up_to(following, _words(view[span.end : following.span.start]) if following else ()) or _words(after)[:3]
    found = [f"left{i}:{w}" for i, w in enumerate(left[:2], 1)]
    found += [f"right{i}:{w}" for i, w in enumerate(right[:2], 1)]
    if left:
        found.append(f"both:{left[0]} {right[0] if right else ''}")
    found += sorted({f"noun:{NOUNS[w]}" for w in right[:3] if w in NOUNS})
    found += sorted({f"led:{NOUNS[w]}" for w in left[:2] if w in NOUNS})
    inside = {w.lower() for w in view[span.start : span.end].split()}
    found += sorted({f"inside:{NOUNS[w]}" for w in inside if w in NOUNS})
    vendor = next((m for m in known if m.kind == "Organization" and 0 <= span.start - m.span.end <= 3), None)
    if vendor:
        found.append("vendor:own" if fold(owner) == fold(vendor.entities[0].label) else "vendor:other")
    if not before.strip() or before.rstrip()[-1:] in ".!?:":
        found.append("starts")
    if not after.strip():
        found.append("ends")
    return found


def _words(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(text)]


def _up_to(name: Mention | None, between: Sequence[str]) -> list[str]:
    """The words up to a known name, and its kind, where there is one no more than a word away; else none."""
    return [*between, f"<{name.kind}>"] if name and len(between) < 2 else []
