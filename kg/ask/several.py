"""Questions that are asked as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.ask.context import BACK, QUESTION
from kg.ask.frame import FIELDS
from kg.ask.items import Item
from kg.ask.makers import AUXILIARY

_CALCULATIONS = frozenset(["mean", "median", "sum", "range"])


def two_questions(items: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item], str]]:
    """The ways in which a question may be two: both, and how the second is asked.

    There are none where words are unknown.
    """
    if all(i.known for i in items):
        yield from _halves(items)
        yield from _ends(items)


def _halves(items: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item], str]]:
    """Two that begin with a word for asking, each with what the other names and it lacks.

    The second is as it stands where it is about the answer to the first, which `of_answer` tells; there are none where
    what the first leaves out may hold in the second.
    """
    cuts = [at for at, i in enumerate(items[:-1]) if i.roles.keys() & {"joiner", "stop"} and _begins(items, at + 1)]
    cut = next((at for at in cuts if any(_begins(items, n) for n in range(at))), 0)
    first, second = list(items[:cut]), list(items[cut + 1 :])
    if not cut or any("negator" in i.roles or i.roles.get("quantifier") == "only" for i in first):
        return
    told = _told(second)
    if of_answer(first, second):
        yield first, second, told
        return
    said = {r for i in second for r in i.roles}
    pointed = second[0].low in ("which", "what") and not said & {"measure", "aggregate"}
    lacks = "noun" not in said and (pointed or _partly(second))
    nouns = [i for i in first if "noun" in i.roles and not i.entities][:1] if lacks else []
    known = {k for i in second for k in i.kinds()} | {
        k for k, f in FIELDS.items() if f in {n.roles["noun"] for n in nouns}
    }
    free = [n for n, i in enumerate(first) if i.entities and not i.kinds() & known]
    free = [n for n in free if first[n].kinds() == {"Round"} or not known - {"Round"} or nouns]
    stop = Item(".", second[0].start, second[0].start, {"stop": "."})
    later = [n for n, i in enumerate(second) if i.entities] if "joiner" in items[cut].roles else []
    if later and not any(i.entities or i.amount for i in first):  # 'how many vendors and how many results had v1.0'
        first += [stop, *_with_prepositions(second, later)]
    yield first, [*_with_prepositions(items, free), stop, second[0], *nouns, *second[1:]], told


def _with_prepositions(items: Sequence[Item], places: Sequence[int]) -> list[Item]:
    near = ((items[n], items[max(0, n - 1) : n]) for n in places)
    return [i for item, before in near for i in (*(b for b in before if "preposition" in b.roles), item)]


def _ends(items: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item], str]]:
    """One question of both ends of an order, or of two calculations: each with one of the two words."""
    for role in ("superlative", "aggregate"):
        said = [i for i in items if role in i.roles and (role == "superlative" or i.roles[role] in _CALCULATIONS)]
        for one, other in combinations(said, 2):
            measures = [i.roles[role].partition(" ")[0] for i in (one, other)]
            if one.roles[role] != other.roles[role] and (role == "aggregate" or len({*measures}) == 1):
                yield [i for i in items if i is not other], [i for i in items if i is not one], other.text


def of_answer(first: Sequence[Item], second: Sequence[Item]) -> bool:
    """Whether the second of two questions is about the answer to the first: 'and how close did they get'."""
    back = any(i.low in BACK | {"each"} for i in second)
    back = back and not any(i.roles.get("noun") == "round" for i in first)  # 'when did it come, and when did it go'
    return back and not _partly(second) and not any(i.kinds() - {"Round"} for i in second)


def _partly(second: Sequence[Item]) -> bool:
    return [i.low for i in second[1:3]] == ["of", "them"]


def _begins(items: Sequence[Item], at: int) -> bool:
    """Whether a question begins at a place: with 'how many', 'which', 'did', also after a preposition."""
    after = "preposition" in items[at].roles and at + 1 < len(items)
    word = items[at + after].low.partition(" ")[0]
    return word in QUESTION or (not after and word in AUXILIARY)


def _told(question: Sequence[Item]) -> str:
    return " ".join(i.text for i in question if "stop" not in i.roles)
