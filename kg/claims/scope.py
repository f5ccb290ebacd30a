"""What a stretch of a sentence says of results: the things that it names, how many accelerators and nodes, their memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.claims.sentence import END, LETTERS, Clause, Sign
from kg.model.claim import PARTS, Scope
from kg.model.statement import Entity

_NOUNS = r"processors|gpus?|accelerators?|chips?|cards?|ipus?|tpus?|hpus?|npus?"
_FILLER = (
    r"(?:(?!results?\b|submissions?\b|benchmarks?\b|nodes?\b|servers?\b|systems?\b|and\b|or\b|than\b|to\b|"
    r"with\b|in\b|on\b|from\b|by\b|at\b|vms?\b|of\b|as\b)[a-z][\w'+-]* |O\d+ |'s |W\d+ )"
)
_HOLDERS = r"nodes|servers|vms|virtual machines|machines|hosts|instances|boxes"
_HOLDER = r"node|server|vm|virtual machine|machine(?! learning)|host|instance|box"
HOLDER = re.compile(rf"(?i)\b(?:{_HOLDER})")
COUNTED = re.compile(
    rf"\b((?:[NX]\d+ (?:,|and|or|, and|, or) )*[NX]\d+) (?:x )?((?:of (?:our|its|the|these|those) )?{_FILLER}{{0,3}}?)(A\d+|{_NOUNS})\b"
    rf"(?!-[a-z]| (?:types?|kinds?|models?|variants?|generations?)\b)"
)
_BETWEEN = (
    r"(?!(?:on|in|at|with|by|for|across|using|from|results?|submissions?|entries|runs|gpus?|chips?|cards?|"
    r"accelerators?)\b)[a-z][\w-]* "
)
"""A word between a number and the nodes that it counts: no preposition, and nothing else that is counted."""
NODES = re.compile(
    rf"\b((?:(?:[NX]\d+ , )*[NX]\d+ (?:, )?(?:and|or) )?[NX]\d+) (?:x )?(?!different |distinct )"
    rf"(?:(?:{_BETWEEN}|[AQ]\d+ ){{0,2}}?(?:O\d+ )?(?:S\d+ )?({_HOLDERS}|{_HOLDER})|"
    rf"(?:O\d+ )?(S\d+))\b"
)
_MEMORY = re.compile(
    r"\b(M\d+) (?:A\d+|cards?|gpus?|accelerators?|chips?|ones?|versions?|variants?|boards?)\b|"
    r"\bA\d+ (?:gpus? |cards? |accelerators? )?(?:with|of|at) (M\d+)\b(?! (?:of )?(?:system|host|main)\b)"
)
_OF = re.compile(
    rf" (?:gpu |V\d+ |{_BETWEEN}){{0,2}}?(?:(?P<several>{_HOLDERS})|{_HOLDER}|cluster|rack|pod|system|supercomputer)\b"
)
_PER_NODE = re.compile(
    r"(?:per|each|every|a|one|single|in each) (?:of (?:the|our) )?(?:S\d+ )?(?:node|server|machine|system|vm)s?\b"
)
_EACH = re.compile(rf" (?:(?:{_NOUNS}) )?(?:(?:with)?in |per )?(?:each|apiece)\b(?! of\b)")
_EACH_WITH = re.compile(r"\beach (?:with|of|hold\w*|carry\w*|hous\w*|hav\w*) (?:M\d+ )?$")
PRESUPPOSED = re.compile(
    r"(?:(?:^|\b[a-z]+est |\b(?:one|first|second|third|last|only) )(?:of|among)|\bbetween) (?:our|its|these|the) $|"
    r"\b(?:our|its|these|the) (?:other|remaining) $"
)
"""Before a number that is no claim of its own: 'of our three systems, the first …', 'fastest on the other three benchmarks'."""
NAMED = {letter: PARTS[kind] for kind, letter in LETTERS.items() if kind in PARTS}
"""The parts of a scope, by the letter of the signs that name them."""
_ORDERED = re.compile(
    r"^[^;]{0,30}?\b(?P<back>instead of|rather than|in place of|against|versus|vs|compared (?:with|to)|than|from|over)"
    r"\b[^;]{0,20}$|^[^;]{0,30}?\bto\b[^;]{0,20}$"
)
AS_MANY = re.compile(
    rf"\b(?:X\d+ (?:as many|the number of|the)|number of) (?:[OS]\d+ )?(?:A\d+|{_NOUNS}|hardware|(nodes|servers|machines))\b"
)
SAME = re.compile(rf"\bthe same (?:(?!number\b)[a-z]+ )?(?:{_NOUNS})\b|\b(?:that|this|the same) (?:kind|type|sort)\b")
"""What names the accelerators of the other side once more: 'four of the same cards'."""
_BARE = re.compile(
    r"N\d+(?= (?:to|and|against|versus|instead|rather|in place|in lieu|,|of them)\b| ,|$)|"
    r"(?<=to )N\d+(?= (?:in|on|for|with|by)\b)"
)


def scope(clause: Clause, start: int = 0, end: int = END) -> Scope:
    """What a stretch of a sentence names as conditions on results: things, accelerators and nodes; not whose."""
    named: dict[str, tuple[Entity, ...]] = {}
    for sign in clause.within("".join(NAMED), start, end):
        name = NAMED[sign.letter]
        named[name] = tuple(dict.fromkeys([*named.get(name, ()), *sign.entities]))
    made = replace(Scope(words=clause.code[start:end]), **named)  # type: ignore[arg-type]
    if not any(re.search(r"(?i)categor|available", sign.text) for sign in clause.within("V", start, end)):
        made = replace(made, availability=())
    places = list(counted(clause, start, end))
    counts = accelerator_counts(clause, start, end)
    holders = (_OF.match(clause.code, m.end()) for m in places)
    per_node = bool(_PER_NODE.search(clause.code, start, end)) or any(m and m["several"] for m in holders)
    per_node = per_node or any(_of_each(clause, m) for m in places)
    if len(counts) == 1:
        bounds = {clause.sign(m[1]).amount.bound for m in places if " " not in m[1]}
        made = replace(made, **{"per_node" if per_node else "count": counts[0]})  # type: ignore[arg-type]
        made = replace(made, count_bound=bounds.pop() if len(bounds) == 1 and not per_node else "")
    nodes = {int(sign.value) for _, sign in node_counts(clause, start, end)}
    if len(nodes) == 1:
        made = replace(made, nodes=nodes.pop())
    sizes = {sign.value for sign in memories(clause, start, end)}
    return replace(made, memory=sizes.pop()) if len(sizes) == 1 else made


def _of_each(clause: Clause, match: re.Match[str]) -> bool:
    """Whether accelerators are counted in each of several nodes: 'eight GPUs each', 'each with four A100 cards'."""
    return bool(_EACH.match(clause.code, match.end()) or _EACH_WITH.search(clause.code, 0, match.start()))


def memories(clause: Clause, start: int = 0, end: int = END) -> list[Sign]:
    """The sizes of memory that tell accelerators apart: 'the 40GB cards', 'A100 with 80GB'."""
    return [clause.sign(m[1] or m[2]) for m in _MEMORY.finditer(clause.code, start, end)]


def sizes(clause: Clause) -> tuple[list[Sign], str, list[Sign]]:
    """The numbers of one thing that a sentence sets side by side, whether its 'count' or 'nodes', and which are bare.

    A bare number that counts nothing itself counts what the others do: 'from 8 to 64 GPUs', '3,072 chips against 512'.
    """
    each = (m for m in counted(clause) if not _of_each(clause, m))
    nodes = [s for _, s in node_counts(clause)]
    chips = [s for m in each for s in clause.named(m[1])]
    if nodes and chips:
        return [], "", []  # they are not of one thing
    counting = [*nodes, *chips]
    many = AS_MANY.search(clause.code)
    bare = [
        s for s in clause.within("N")
        if s not in counting and s.value == s.value.to_integral_value() and _BARE.match(clause.code, s.at)
    ]  # fmt: skip
    other = {s.at for s in clause.within("N")} - {s.at for s in (*counting, *bare)}
    other -= {m.start() for m in _BARE.finditer(clause.code)}  # 'two links instead of one' counts no nodes
    found = [
        s for s in clause.within("N")
        if s in counting or (s in bare and not any(clause.code.rfind(",", 0, s.at) < o < s.at for o in other))
    ]  # fmt: skip
    part = "nodes" if nodes or (many and many[1]) else "count"
    return (found, part, [s for s in found if s not in counting]) if len(found) > 1 else ([], "", [])


def backwards(clause: Clause, first: Sign, second: Sign) -> bool | None:
    """Whether of two numbers the new one is named first ('64 instead of 8'), or second ('from 8 to 64'); None when neither."""
    found = _ORDERED.match(clause.code[first.at : second.at].partition(" ")[2])
    return None if found is None else bool(found["back"])


def accelerator_counts(clause: Clause, start: int = 0, end: int = END) -> list[int]:
    """The numbers of accelerators that a stretch of a sentence gives, in order, each once."""
    found = [sign.value for m in counted(clause, start, end) for sign in clause.named(m[1])]
    return list(dict.fromkeys(int(n) for n in found if n == n.to_integral_value()))


def counted(clause: Clause, start: int = 0, end: int = END) -> Iterator[re.Match[str]]:
    """Where accelerators are counted, '8', or '8 , 16 and 32'.

    'One A100 node' and 'eight GPU nodes' count nodes, '16 A100 server' and 'eight-GPU nodes' the accelerators of one.
    """
    for match in COUNTED.finditer(clause.code, start, end):
        last = clause.named(match[1])[-1]
        holder = _OF.match(clause.code, match.end())
        nodes = holder and (last.value == 1 or (holder["several"] and not clause.hyphened(last)))
        other = match[3].startswith("card") and match[2]  # of a network or of storage
        kinds = _KINDS.search(clause.code, 0, match.start())
        called = match[3] != "processors" or calls_processors(clause)
        if called and not (nodes or other or kinds or _times(clause, last)):
            yield match


_KINDS = re.compile(r"\b(?:the only |N\d+ of (?:(?:the|only|just) )+)$")
"""Before a number of those of which it is one: 'the only three accelerators', 'one of just three'."""


def _times(clause: Clause, sign: Sign) -> bool:
    """Whether a number says how many times as many: 'four times the GPUs', 'twice the servers'."""
    return sign.letter == "X" and bool(re.search("[a-z]{2}", sign.text))


def calls_processors(clause: Clause) -> bool:
    """Whether the accelerators of a sentence are processors to those who make them, as Gaudi, the IPU and Ascend are."""
    made = [e.label for s in clause.within("A") for e in s.entities]
    return bool(made) and not any(clause.within("C")) and not any(label.startswith(("NVIDIA", "AMD")) for label in made)


def node_counts(clause: Clause, start: int = 0, end: int = END) -> Iterator[tuple[re.Match[str], Sign]]:
    """Where nodes are counted, and the numbers."""
    for match in NODES.finditer(clause.code, start, end):
        sign = clause.named(match[1])[-1]
        several = match[3] or match[2][-1] == "s"
        joined = clause.hyphened(sign) and not match[0].endswith(f"{sign.name} {match[2]}")  # 'eight-H200 machines'
        if _times(clause, sign) or joined or (several and PRESUPPOSED.search(clause.code, 0, match.start())):
            continue
        if several or sign.value == 1:
            yield from ((match, s) for s in clause.named(match[1]))
