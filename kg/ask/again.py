"""Questions said otherwise: with what the sentence before says, with other numbers, or as two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from kg.ask.context import BACK, QUESTION, asks, split
from kg.ask.frame import CALCULATED, FIELDS
from kg.ask.items import GRAMMAR, IN, NO_ITEM, Amount, Item, numbered
from kg.ask.results import Answer, several
from kg.ask.words import AUXILIARY
from kg.errors import NotUnderstood

_FEW = 12
"""Up to so many things may be taken for granted."""
_LEFT = (Item("which", 0, 0, {"filler": ""}), Item("benchmarks", 0, 0, {"noun": "benchmark"}))
_OUT = Item("left out", 0, 0, {"negator": "skip"})
_BEGINS = frozenset(
    ["and", "but", "or", "also", "what about", "how about", "what of", "and what about", "and how about"]
)
_ORDERS = ("superlative", "rank")
_IDLE = GRAMMAR | {"stop", "context", "number"}


def again(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items of a question with another meaning of what has no place in it, each in a way of its own."""
    ends = [NO_ITEM, *items]  # what stands before each: 'top 3' are no 3 accelerators
    bare = {
        n
        for n, i in enumerate(items)
        if _counts_nothing(i) and not (ends[n].entities or "superlative" in ends[n].roles)
    }
    if bare:
        yield [
            replace(i, amount=replace(i.amount, unit="acceleratorCount")) if i.amount and n in bare else i
            for n, i in enumerate(items)
        ]
    if left := _left_out(items):
        yield numbered(left)


def uncounted(items: Sequence[Item]) -> tuple[list[Item], list[tuple[Decimal, str]]]:
    """The items of a question without the numbers of things that it takes to be so many, and these numbers with their things.

    'Which two companies ran …' asks which; that it was two is to be told of the answer.
    """
    left, numbers = list[Item](), list[tuple[Decimal, str]]()
    for item, after in pairwise((*items, NO_ITEM)):
        if not (item.amount and _presupposed(item, item.amount, after)):
            left.append(item)
            continue
        numbers.append((item.amount.value, item.amount.unit))
        if item.amount.unit:  # 'two companies' as companies
            left.append(replace(item, amount=None, roles={"noun": item.amount.unit}))
    return numbered(left), numbers


def _presupposed(item: Item, amount: Amount, after: Item) -> bool:
    if amount.sign != "=" or not 0 < amount.value <= _FEW:
        return False
    if (not amount.unit and "aside" in item.roles) or after.kinds() & {"Accelerator", "Processor"}:
        return False  # 'eight B200', or two of what the context told
    return amount.unit in {"", "result", *FIELDS.values()} and (item.text[0].isalpha() or bool(amount.unit))


def check_counts(answer: Answer, numbers: Sequence[tuple[Decimal, str]]) -> None:
    """That an answer has so many things as its question takes for granted. Raises NotUnderstood where it has others."""
    named = {c.field: len({*c.values}) for c in answer.frame.every() if not c.negated}
    for number, field in numbers:
        if not field or named.get(field) == number:
            continue
        told = {row[field] for row in answer.table} if field in answer.table.columns else set()
        many = len(answer.table) if field == "result" else len(told)
        if many != number:
            are = "is" if many == 1 else "are"
            raise NotUnderstood(
                f"there {are} {several(many, field)}, not {number:f}: ask without the number" if many else ""
            )


def _counts_nothing(item: Item) -> bool:
    """Whether an item is a whole number of nothing that is said."""
    amount = item.amount
    return amount is not None and not amount.unit and item.text[0].isdigit() and amount.value == int(amount.value)


def _left_out(items: Sequence[Item]) -> list[Item]:
    """'Which benchmarks did A leave out in v2.0', of 'A ran all benchmarks but one: which one is missing?'; else []."""
    named = [i for i in items if i.entities]
    who = [i for i in named if i.kinds() == {"Organization"}]
    rounds = [i for i in named if i.kinds() == {"Round"}]
    lacks = any(i.roles.get("negator") in ("skip", "except") for i in items)
    if (
        not lacks
        or len(who) != 1
        or len(named) != len(who) + len(rounds)
        or any(i.roles.get("noun") == "round" for i in items)
    ):
        return []
    said = {v for i in items for v in (i.roles.get("noun"), i.roles.get("quantifier"), i.amount and i.amount.unit)}
    return [*_LEFT, who[0], _OUT, *(i for r in rounds for i in (IN, r))] if said & {"benchmark", "suite"} else []


def elided(items: Sequence[Item]) -> tuple[list[Item], list[Item], str] | None:
    """The sentence before and the question in whole, and how it is asked; None where it is whole, or says too little.

    The first is empty where the sentence before only tells; what it tells as a time, a share or who was the best is
    none of the question's conditions.
    """
    begins = [n for n, i in enumerate(items) if n and i.low in _BEGINS and _opens(items[n - 1], i)]
    if not begins:
        return None
    head, tail = [*items[: begins[-1]]], [i for i in items[begins[-1] :] if i.low not in ("one", "ones")]
    new = [i for i in tail if i.entities or i.amount or i.roles.keys() & {*_ORDERS}]
    rest = [i for i in tail if i not in new]
    if not new or any(not i.roles.keys() <= _IDLE for i in rest):
        return None
    told = not asks(split(head)[-1])
    if told:
        head = _untold(head, any(i.roles.keys() & {*_ORDERS} for i in new))
    whole = [*head]
    while whole and whole[-1].roles.keys() & {"stop", "joiner"}:
        whole.pop()
    for item in new:
        whole = _replaced(whole, item, tail[max(0, tail.index(item) - 1)])
    return [] if told else numbered(head), numbered([*whole, tail[-1]]), " ".join(i.text for i in tail[:-1])


def _opens(before: Item, item: Item) -> bool:
    """Whether a sentence begins with an item, also where the end of that before it was left aside."""
    return "stop" in before.roles or ("joiner" in before.roles and item.text[:1].isupper())


def _untold(head: Sequence[Item], ranked: bool) -> list[Item]:
    """A sentence without the times and shares that it tells, and where these were ranked without who was the best."""
    best = next((n for n, i in enumerate(head) if i.roles.keys() & {*_ORDERS}), len(head)) if ranked else len(head)
    figures = ("minutes", "%")
    return [
        i
        for n, i in enumerate(head)
        if not (i.amount and i.amount.unit in figures) and not (n > best and "Organization" in i.kinds())
    ]


def _replaced(items: Sequence[Item], new: Item, before: Item) -> list[Item]:
    """The items with a new one in the place of those of its kind, else at their end."""
    same = [n for n, i in enumerate(items) if _alike(i, new)]
    if not same:
        return [*items, *([before] if "preposition" in before.roles else []), new]
    old = items[same[0]]
    if new.amount and old.amount:
        sign = "=" if new.amount.sign == "~" else new.amount.sign
        new = replace(new, amount=replace(new.amount, sign=sign, unit=new.amount.unit or old.amount.unit))
    gone = {n for one, other in pairwise(same) for n in range(one + 1, other + 1)}
    return [new if n == same[0] else i for n, i in enumerate(items) if n not in gone]


def _alike(old: Item, new: Item) -> bool:
    """Whether an item is of the kind of a new one: a name of the same field, a number of the same, a place in an order."""
    if new.amount:
        return old.amount is not None and new.amount.unit in ("", old.amount.unit)
    if new.entities:
        return bool({FIELDS.get(k) for k in old.kinds()} & {FIELDS.get(k) for k in new.kinds()})
    return bool(old.roles.keys() & {*_ORDERS})


def two_questions(items: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item], str]]:
    """The ways in which a question may be two: both, and how the second is asked.

    There are none where words are unknown.
    """
    if all(i.known for i in items):
        yield from _between_rounds(items)
        yield from _halves(items)
        yield from _ends(items)


def _between_rounds(items: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item], str]]:
    """'What changed between v4.1 and v5.0' as which benchmarks came and which went."""
    rounds = [i for i in items if i.entities or i.amount]
    roles = {r for i in items for r in i.roles}
    suites = {e.label.split(" v")[0] for i in rounds for e in i.entities}
    two = [i.kinds() for i in rounds] == [{"Round"}] * 2 and len(suites) == 1
    if two and "compare" in roles and roles <= {"compare", *GRAMMAR, "stop"}:
        (first, last), (came, went) = rounds, (Item(w, 0, 0, {"change": w}) for w in ("joined", "left"))
        said = ([*_LEFT, turn, IN, first, Item("and", 0, 0, {"joiner": "and"}), last] for turn in (came, went))
        yield next(said), next(said), "which benchmarks left"


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
    """One question of both ends of an order or of the rounds, or of two calculations: each with one of the two words."""
    values = {"aggregate": CALCULATED, "change": ("first", "last")}
    for role in ("superlative", *values):
        said = [i for i in items if role in i.roles and i.roles[role] in values.get(role, (i.roles[role],))]
        for one, other in combinations(said, 2):
            measures = [i.roles[role].partition(" ")[0] for i in (one, other)]
            if one.roles[role] != other.roles[role] and (role in values or len({*measures}) == 1):
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
