"""Clauses of politeness and context, which a question is answered without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.ask.items import Item

_QUESTION = frozenset(["who", "whom", "which", "what", "whose", "how", "when", "where", "list"])
_PERSONS = frozenset(["i", "i'm", "i'd", "i've", "we", "we're", "me", "my", "our", "us", "you", "your"])


def without_context(items: list[Item]) -> list[Item]:
    """The items without sentences, clauses and openings that only say who asks, and why, or that are polite.

    They are known by their form: nothing in them speaks of the data, or all that does is said again.
    """
    sentences = _split(items, lambda i: "stop" in i.roles)
    kept: list[Item] = []
    for number, sentence in enumerate(sentences):
        others = [i for n, s in enumerate(sentences) if n != number for i in s]
        if _idle(sentence) or _told_again(sentence, others):
            continue
        clauses = [c for c in _split(sentence, lambda i: i.text == ",") if not _idle(c)]
        kept += [item for clause in clauses for item in _opened(_closed(clause))]
    return kept


def _split(items: Iterable[Item], ends: Callable[[Item], bool]) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    for item in items:
        parts[-1].append(item)
        if ends(item):
            parts.append([])
    return [part for part in parts if part]


def _idle(clause: Sequence[Item]) -> bool:
    """Whether a clause speaks of no data, names nothing, and restricts nothing."""
    words = [i for i in clause if "stop" not in i.roles and i.text != ","]
    if not words or any(i.data for i in clause):
        return not words
    if any(not i.known and (i.text[:1].isupper() or any(c.isdigit() for c in i.text)) for i in words[1:]):
        return False
    person = any(i.low in _PERSONS for i in words)
    restricts = "preposition" in words[0].roles or any(i.roles.keys() & {"negator", "quantifier"} for i in words)
    return person or words[0].low == "if" or not (restricts or (all(i.known for i in words) and len(words) > 3))


def _told_again(sentence: Sequence[Item], others: Sequence[Item]) -> bool:
    """Whether a sentence in the first person asks nothing, and all its names stand in the others too."""
    first = any(i.low in _PERSONS - {"you", "your"} for i in sentence)
    asks = any(i.low in ("who", "which", "what", "how", "when") for i in sentence)
    said = {e.iri for i in others for e in i.entities}
    named = all({e.iri for e in i.entities} & said for i in sentence if i.entities)
    told = any(i.data for i in others) and not any(i.amount for i in sentence)
    return first and not asks and named and told and any(not i.known for i in sentence)


def _opened(clause: list[Item]) -> list[Item]:
    """A clause without its opening in the first or second person: 'could you tell me', 'for a talk I need'."""
    asking = next((n for n, i in enumerate(clause) if i.low in _QUESTION), len(clause))
    opening = clause[:asking]
    spoken = any(i.low in _PERSONS for i in opening)
    if spoken and asking < len(clause) and not any(_names_data(i) for i in opening):
        return clause[asking:]
    data = next((n for n, i in enumerate(clause) if i.data), len(clause))
    last = max((n for n, i in enumerate(clause[:data]) if i.low in _PERSONS), default=-1)
    if last >= 0:  # 'I write a thesis and need …': what is wanted begins with a word of grammar after 'and'
        wanted = (n for n in range(last + 1, data - 1) if clause[n].low == "and" and "filler" in clause[n + 1].roles)
        last = next(wanted, last)
    restricts = any(i.roles.keys() & {"negator", "quantifier"} for i in clause[: last + 1])
    return clause if restricts else clause[last + 1 :]


def _names_data(item: Item) -> bool:
    return bool(item.entities or item.amount or item.roles.keys() & {"noun", "negator", "superlative", "quantifier"})


def _closed(clause: list[Item]) -> list[Item]:
    """A clause without an end in the first person: 'for my thesis'."""
    for at in range(len(clause) - 1, 0, -1):
        item = clause[at]
        if item.data or "negator" in item.roles:
            break
        if item.low in ("my", "our", "me", "us") and "preposition" in clause[at - 1].roles:
            return clause[: at - 1]
    return clause
