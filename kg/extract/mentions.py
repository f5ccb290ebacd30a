"""The mentions of a sentence: names of the vocabulary, and systems that no vocabulary knows.

Systems are known by how they are written ('GX2570M6', 'SYS-420GP-TNAR', 'Apollo 6500 Gen 10+') and
spoken of ('X, the open computing system', 'X servers'); no rule names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model.statement import Entity, Mention, Span
from kg.names.lexicon import Lexicon, fold
from kg.namespaces import iri

SYSTEM_NOUN = (
    r"(?:rack[- ]?scale|servers?|systems?|nodes?|platforms?|machines?|VMs?|virtual machines?|instances?|clusters?"
    r"|supercomputers?|workstations?|appliances?|chassis|[Pp]ods?|superpods?|solutions?|models?)"
)
_TOKEN = re.compile(r"(?:\b[A-Z]{2,3}\s-(?=\d))?[A-Za-z0-9][\w+]*(?:[-.][A-Za-z0-9+]+)*")
_NO_MODEL = re.compile(
    r"""(?ix)
    \d+(?:\.\d+)?(?:x|×|gb|tb|gib|tib|mb|w|kw|u|nm|k|m|b|d|g|v|s|ms|hz|ghz|th|st|nd|rd|bit|core|cores|way|gpu|gpus|fold|node|nodes|card|gbps|tbps|gbit|mhz)s?(?:-\w+)?|\d+x\w*
    | v?\d+(?:\.\d+)*x? | top500.* | (?:hbm|ddr|gddr|lpddr|pcie|gen|fp|int|bf|tf|mxfp|nvfp|sxm|oam|e|q|ocp|cxl|cxl-|raid|top|iso|ieee|usb|sha|co|cp)-?\d+[a-z]?(?:[.-]\d+)?
    | covid-\d+ | gpt-?\d\w* | t5\w* | vit-?\w* | yolo\w* | \d+d | \d+-\w+ | nvlink\d* | cudnn\d* | k8s | \d{1,2}-?[a-z]{2,}
    | efficientnet\w* | (?:mlperf|training|inference)\w* | [a-z]+-?20[12]\d | \w+/\d\w* | 3gpp | 5g | ipv\d | mp\d | \d+gbe | rocev?\d | nvlink-\w+ | connectx-?\d* | quantum-?\d | spectrum-?\w* | bluefield-?\d | h\.26\d | s3 | ec2 | x86(?:-64)? | armv?\d* | i\d
    """
)
_DIGIT = re.compile(r"\d")
_NETWORK = re.compile(
    r"(?:,?\s+(?:and|or)\s+\w+\d[\w-]*)?[\s-]+(?:\w+[\s-]+)?(?:InfiniBand|Ethernet|switch(?:es)?|NIC|network|leaf|spines?|Lab|fabric)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+(?:Gen\s?\d+(?:\s?\+|\s?[Pp]lus)?|G\d+\+?|[Vv]\d+|M\d+|[Pp]lus|Ultra)(?!\w|\.\d)")
_BRAND = re.compile(r"(?:(?<=\s)|^)(?:[A-Z][A-Za-z]+|[A-Z]{2,})[ ]{1,6}$")
_STOP = {
    "the",
    "a",
    "an",
    "our",
    "we",
    "with",
    "on",
    "of",
    "by",
    "for",
    "and",
    "or",
    "in",
    "to",
    "from",
    "at",
    "this",
    "these",
    "those",
    "its",
    "their",
    "using",
    "based",
    "as",
    "is",
    "are",
    "was",
    "were",
    "new",
    "single",
    "dual",
    "two",
    "four",
    "eight",
    "multiple",
    "several",
    "server",
    "servers",
    "system",
    "systems",
    "node",
    "nodes",
    "platform",
    "gpu",
    "gpus",
    "cpu",
    "cpus",
    "cloud",
    "intel",
    "nvidia",
    "amd",
    "training",
    "mlperf",
    "mlcommons",
    "both",
    "latest",
    "via",
    "per",
    "powered",
    "including",
    "it",
    "results",
    "result",
    "when",
    "where",
    "while",
    "submitted",
    "testing",
    "tested",
    "model",
    "models",
    "series",
    "benchmark",
    "benchmarks",
    "each",
    "all",
    "processor",
    "processors",
    "accelerator",
    "accelerators",
    "release",
    "version",
    "gen",
    "generation",
    "division",
    "category",
    "top",
    "pcie",
    "measured",
    "ran",
    "run",
    "scaling",
    "compared",
    "upcoming",
    "today",
    "dell",
    "lenovo",
}
_NAMED = re.compile(
    r"(?P<name>[A-Z][\w+]*(?:[- ][A-Z0-9][\w+]*){0,3}),?\s+(?:is|was)?\s*(?:the|a|an|our)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:computing |AI |GPU |HPC )?(?:system|server|supercomputer|cluster|supernode)\b"
    r"|(?<=\bsystem )(?P<name2>[A-Z][\w+-]+)"
    r"|\b(?:server|system|machine|cluster|supercomputer)s?,?\s+(?:is\s+|was\s+)?(?:named|called|dubbed)\s+(?P<name3>[A-Z][\w+-]+)"
    r"|(?P<name5>[A-Z][A-Za-z0-9]+(?:-[A-Z0-9]\w*)*)\s+(?:supercomputer|AI supercomputer)\b"
)

_NAMED_NOUNS = ("system", "server", "machine", "cluster", "supercomputer", "supernode")
"""One of these words stands in whatever `_NAMED` finds."""


def find_mentions(view: str, lexicon: Lexicon, owner: Entity) -> list[Mention]:
    """The mentions in a sentence's view, in order, none overlapping; spans count in the view."""
    named = [
        m
        for m in lexicon.find(view)
        if not _storage(view, m) and not _everyday(view, m) and not _compound(view, m)
    ]
    named = [m for m in named if not _version(view, m, named)]
    named += _bare_rounds(view, lexicon, [m.span for m in named])
    if not owner.known:
        named += _unknown_owner(view, owner, [m.span for m in named])
    systems = list(_systems(view, named, owner))
    kept = [m for m in named if not any(m.span.overlaps(s.span) for s in systems)]
    return sorted([*kept, *systems], key=lambda m: m.span)


def new_system(owner: Entity, name: str) -> Entity:
    """The entity of a system that the text introduces, as one of its organization's."""
    clean = re.sub(r"\s+", " ", name).strip(" ,.-")
    short = clean
    for word in dict.fromkeys((owner.label, owner.label.split()[0])):
        if short.lower().startswith(word.lower() + " ") and len(short) > len(word) + 3:
            short = short[len(word) + 1 :]
    return Entity(iri("system", f"{owner.label} {short}"), clean, "System", known=False)


def _compound(view: str, mention: Mention) -> bool:
    """Whether an accelerator's name is only the first part of another name ('IPU-Fabric')."""
    return mention.kind == "Accelerator" and re.match(r"-[A-Z][a-z]", view[mention.span.end :]) is not None


def _everyday(view: str, mention: Mention) -> bool:
    """Whether the name of a division or category is only an everyday word here ('open source')."""
    if mention.kind not in ("Division", "AvailabilityCategory"):
        return False
    near = view[max(0, mention.span.start - 40) : mention.span.end + 40]
    word = (
        r"(?i)\bdivisions?\b"
        if mention.kind == "Division"
        else r"(?i)\b(?:categor(?:y|ies)|status|label|track)\b"
    )
    said = re.search(
        r"(?i)\b(?:submissions?|results?|entries)\s+(?:\w+\s+){0,2}(?:are|were|is|was)\s+(?:all\s+|in\s+|for\s+)*(?:\w+\s*/\s*)?$",
        view[: mention.span.start],
    )
    listed = mention.text.lower() == "closed" and re.search(
        r"(?i)\b(?:submissions?|results?|entries)\s+(?:\w+\s+){0,2}(?:are|were|is|was)\s+[^.;]{0,40}$",
        view[: mention.span.start],
    )
    return re.search(word, near) is None and said is None and not listed


def _version(view: str, mention: Mention, others: list[Mention]) -> bool:
    """Whether what looks like a round is the version of a framework or software before it ('Composer v0.7')."""
    return mention.kind == "Round" and any(
        o.kind in ("Framework", "Software")
        and o.span.end <= mention.span.start
        and not view[o.span.end : mention.span.start].strip(" (")
        for o in others
    )


def _bare_rounds(view: str, lexicon: Lexicon, taken: list[Span]) -> list[Mention]:
    """Rounds named by their number alone: 'our 1.0 submissions'."""
    found = []
    for match in re.finditer(
        r"\b(?P<n>v?\d\.\d)(?=\s+(?:submissions?|results?|rounds?|performance)\b)", view
    ):
        span = Span(*match.span("n"))
        entity = lexicon.link("MLPerf Training v" + match["n"].lstrip("v"), ("Round",))
        if entity and not any(span.overlaps(t) for t in taken):
            found.append(Mention(span, match["n"], "Round", (entity,)))
    return found


def _unknown_owner(view: str, owner: Entity, taken: list[Span]) -> list[Mention]:
    """The name of an organization that no vocabulary knows, in its own statement."""
    found = re.finditer(rf"(?<!\w){re.escape(owner.label)}(?!\w)", view)
    spans = [Span(*match.span()) for match in found]
    return [
        Mention(s, owner.label, "Organization", (owner,))
        for s in spans
        if not any(s.overlaps(t) for t in taken)
    ]


def _storage(view: str, mention: Mention) -> bool:
    """Whether 'SSD' here is a disk."""
    if not re.fullmatch(r"SSDs?", mention.text):
        return False
    before, after = view[max(0, mention.span.start - 24) : mention.span.start], view[mention.span.end :][:16]
    return mention.text == "SSDs" or bool(
        re.search(r"(?:NVMe|PCIe|SATA|SAS|U\.2|M\.2|[TG]i?B|CXL-?|\bx)\s*\W?\s*(?:\w+\s)?$", before)
        or re.match(r"\s*(?:storage|drive|disk)", after)
    )


def _systems(view: str, named: list[Mention], owner: Entity) -> Iterable[Mention]:
    hard = [m.span for m in named if m.kind not in ("Organization", "Accelerator")]
    chips = [m for m in named if m.kind == "Accelerator"]
    orgs = [m for m in named if m.kind == "Organization"]
    taken: list[Span] = []

    def free(span: Span) -> bool:
        return not any(span.overlaps(t) for t in (*hard, *taken))

    spans: list[Span] = []
    for chip in chips:  # an accelerator inside the name of a system: 'TPU v4 Pods', 'NDm A100 v4 series'
        pod = re.compile(r"\s*-?(?:[Ss]uper)?[Pp][Oo][Dd]s?[- ]?\d*\b").match(view, chip.span.end)
        inside = re.compile(r"(?:^|(?<=\s))(?:[A-Z][\w-]*\s)$").search(view[: chip.span.start])
        tail = re.compile(r"[\s-]+v\d+\b(?!\.)(?:\s+(?=series))?").match(view, chip.span.end)
        start, end = chip.span.start, chip.span.end
        if pod and re.search(r"\d", view[start : pod.end()]) and free(Span(start, pod.end())):
            end = pod.end()
        elif (
            tail
            and inside
            and inside[0].strip().lower() not in _STOP
            and not any(o.span.overlaps(Span(inside.start(), chip.span.start)) for o in orgs)
        ):
            start, end = inside.start(), tail.end()
        else:
            continue
        spans.append(Span(start, end))
        taken.append(spans[-1])
    for token in _TOKEN.finditer(view) if _DIGIT.search(view) else ():
        if not _DIGIT.search(token[0]):
            continue  # the numbers of models have digits
        span = _model(view, token, named)
        if span is not None and free(span):
            spans.append(span)
            taken.append(span)
    for match in _NAMED.finditer(view) if any(noun in view for noun in _NAMED_NOUNS) else ():
        group = next(g for g in ("name", "name2", "name3", "name5") if match[g])
        span = Span(*match.span(group))
        word = view[span.start : span.end]
        if (
            free(span)
            and not any(span.overlaps(m.span) for m in named)
            and word.split()[0].lower() not in _STOP
            and (group != "name" or re.search(r"[A-Z]{2}|-|\d", word))
            and (group != "name2" or re.search(r"[A-Z0-9-]", word[1:]))
        ):
            spans.append(span)
            taken.append(span)
    for span in spans:
        text = view[span.start : span.end].strip(" -")
        entity = new_system(owner, re.sub(r"(?<=[Pp]od)s$", "", text))
        yield Mention(
            Span(span.start, span.start + len(view[span.start : span.end].rstrip())),
            text,
            "System",
            (entity,),
        )


def _model(view: str, token: re.Match[str], named: list[Mention]) -> Span | None:
    """The span of a system's name around a token with a digit, if it looks like a model number."""
    if _NETWORK.match(view, token.end()):
        return None
    text = token[0].rstrip("-/.+") if not token[0].endswith("+") else token[0]
    start, end = token.start(), token.start() + len(text)
    inside = [m for m in named if Span(start, end).overlaps(m.span)]
    if inside and not (
        text.count(".") >= 2
        and all(m.kind == "Accelerator" and m.span.within(Span(start, end)) for m in inside)
    ):
        return None  # but a cloud's shape, such as BM.GPU.X1.8, may have an accelerator in its name
    numeral = bool(re.fullmatch(r"\d{3,5}", text))
    if numeral:
        brand = _BRAND.search(view[:start])
        if (
            not brand
            or brand[0].strip().lower() in _STOP
            or any(brand.end() - 1 > m.span.start and brand.start() < m.span.end for m in named)
            or not (
                _SUFFIX.match(view, end)
                or re.match(rf"[\s-]+(?:\w+\s){{0,1}}{SYSTEM_NOUN}\b", view[end:])
                or re.search(
                    r"\b(?:the|our|on|using|with|named|an?)\s+(?:[A-Z]\w*\s)?$", view[: brand.start()]
                )
            )
        ):
            return None
    elif (
        len(text) < 4
        or not re.search(r"[A-Z]", text)
        or _NO_MODEL.fullmatch(text)
        or (re.search(r"[a-z]{4,}", text) and not re.search(r"[A-Z]\w*\d|-\d", text))
    ):
        return None
    while True:
        brand = _BRAND.search(view[:start])
        if not brand or brand[0].strip().lower() in _STOP or len(view[brand.start() : end].split()) > 5:
            break
        if any(brand.start() < m.span.end and m.span.start < brand.end() - 1 for m in named):
            break
        if brand.start() == 0 and not numeral and brand[0].strip().istitle():
            break  # the first word of a sentence is capitalised anyway
        start = brand.start()
        numeral = False
    while suffix := _SUFFIX.match(view, end):
        end = suffix.end()
    return Span(start, end)


def same_system(a: str, b: str) -> bool:
    """Whether two names of systems are one name, written in full and in short."""
    short, long = sorted((fold(a), fold(b)), key=len)
    if short == long:
        return True
    return len(short) >= 4 and (
        long.endswith(short)
        or (long.startswith(short) and len(short) >= 5 and not long[len(short)].isdigit())
    )
