"""Taking a question apart: the names, amounts and words in it, in their order."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from kg.ask.naming import JOINING, name_at, round_at, slip_at, unknown_name, word_before, written
from kg.ask.numbers import Amount, amount, between
from kg.ask.qualifiers import qualified
from kg.ask.spelling import nearest_word
from kg.ask.words import Token, Words, stem, tokens
from kg.model.statement import Entity
from kg.names.entities import Names, noun

_COMPARING = {"vs", "versus"}
_MADE = {"accelerator": "Accelerator", "processor": "Processor"}
_POLAR = {"did", "does", "do", "is", "are", "was", "were", "has", "have"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the concept it stands for. `at` is its place among the tokens.

    `beside` tells that it only says what a name next to it is.
    """

    concept: str
    text: str
    at: int = 0
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """What a name, or several that belong together, can stand for.

    `texts` are the names, `entities` what each can stand for; `at` is the place of the first among the
    tokens; `joined` is 'and' or 'or' between several; `before` is the word in front of it; `made` tells that
    all the entities are meant ('NVIDIA GPUs').
    """

    texts: tuple[str, ...]
    entities: tuple[tuple[Entity, ...], ...]
    at: int = 0
    joined: str = ""
    before: str = ""
    made: bool = False

    def kinds(self) -> set[str]:
        """The classes that all of it can be of."""
        return set.intersection(*({str(e.kind) for e in found} for found in self.entities))


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. `slips` are pairs of what is written and what it is read as."""

    text: str
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    amounts: tuple[Amount, ...]
    unknown: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]
    polar: bool


def take_apart(text: str, words: Words, names: Names, heard: Container[str] = ()) -> list[Question]:
    """The parts of a question. `heard` are the words that patterns have beside the known ones.

    What is no name, number or known word is in `unknown`. Where a maker stands before a class, as in 'NVIDIA
    GPUs', there is a second way to take it apart, in which the two are one name for all that it makes; and
    where patterns have a name as words, as in 'cloud or on-premise', there is one with those words.
    """
    found = qualified(tokens(text), names)
    items: list[Word | Name | Amount] = []
    unknown: list[str] = []
    slips: list[tuple[str, str]] = []
    joints: dict[int, str] = {}
    at = 0
    while at < len(found):
        token = found[at]
        size, name, entities = name_at(found, at, names)
        said, concepts = words.concepts(found, at)
        number = amount(found, at, words)
        if size and size >= said and (not number or size > 1 or found[at].text.isalpha()) and (
            size > said or concepts is None
        ):
            items.append(Name((name,), (tuple(entities),), at, before=word_before(found, at)))
            at += size
        elif (round_ := round_at(found, at, names)) is not None:
            items.append(Name((round_.label,), ((round_,),), at, before=word_before(found, at)))
            at += 1
        elif (both := between(found, at, words)) is not None:
            items += both[0]
            at = both[1]
        elif number and (number[1] - at > said or concepts is None or found[at].text[:1].isdigit()):
            items.append(_with_unit(number[0], found, number[1], names))
            at = number[1]
        elif concepts is not None:
            place = len(items) - (token.low in _COMPARING and bool(items))
            items[place:place] = [Word(c, written(text, found, at, said), at) for c in concepts]
            if token.low in JOINING:
                joints[len(items)] = "or" if token.low in ("or", "nor") else joints.get(len(items)) or "and"
            at += said
        elif at == 0 and token.low == "all":
            at += 1  # 'all results of …' are the results of …
        elif token.low in JOINING:
            joints[len(items)] = joints.get(len(items)) or "and"
            at += 1
        elif stem(token.low) in heard:
            items.append(Word(stem(token.low), token.text, at))
            at += 1
        elif word := nearest_word(token.low, words):
            slips.append((token.text, word))
            items += [Word(c, token.text, at) for c in words.means[(word,)]]
            at += 1
        elif near := slip_at(found, at, names):
            size, label, entities = near
            slips.append((written(text, found, at, size), label))
            items.append(Name((label,), (tuple(entities),), at, before=word_before(found, at)))
            at += size
        else:
            if token.text[:1].isalnum():
                unknown.append(unknown_name(text, found, at, names))
                items.append(Word(stem(token.low), token.text, at))
            at += 1
    polar = bool(found) and found[0].low in _POLAR
    ways = [_joined(items, joints, names)]
    if (made := _made_by(ways[0], names)) is not None:
        ways.append(made)
    if (spelled := _as_words(ways[0], words, heard)) != ways[0]:
        ways.append(spelled)
    return [
        Question(
            text,
            tuple(_beside(way)),
            tuple(i for i in way if isinstance(i, Name)),
            tuple(i for i in way if isinstance(i, Amount)),
            tuple(dict.fromkeys(unknown)),
            tuple(slips),
            polar,
        )
        for way in ways
    ]


def _as_words(items: list[Word | Name | Amount], words: Words, heard: Container[str]) -> list[Word | Name | Amount]:
    """The items with each name that patterns have as words ('cloud') as those words."""
    made: list[Word | Name | Amount] = []
    for item in items:
        parts = tokens(" ".join(item.texts)) if isinstance(item, Name) else []
        known = [(t, words.concepts([t], 0)[1]) for t in parts]
        said = [c for t, found in known for c in (found if found is not None else (stem(t.low),))]
        if said and all(s in heard for s in said):
            made += [Word(s, s, item.at) for s in said]  # type: ignore[union-attr]
        else:
            made.append(item)
    return made


def _made_by(items: list[Word | Name | Amount], names: Names) -> list[Word | Name | Amount] | None:
    """The items with 'NVIDIA GPUs' and the like as one name; None where there is no such thing."""
    made: list[Word | Name | Amount] = []
    for item in items:
        last = made[-1] if made else None
        kind = _MADE.get(item.concept) if isinstance(item, Word) else None
        if kind and isinstance(last, Name) and last.kinds() == {"Organization"} and not last.joined:
            things = names.developed_by(last.entities[0][0], kind)
            if things:
                whole = f"{last.texts[0]} {item.text}" if isinstance(item, Word) else ""
                made[-1] = Name((whole,), (tuple(things),), last.at, before=last.before, made=True)
                continue
        made.append(item)
    return made if len(made) < len(items) else None


def _with_unit(number: Amount, found: list[Token], at: int, names: Names) -> Amount:
    """An amount before the name of an accelerator counts accelerators."""
    if number.unit or at >= len(found):
        return number
    kinds = {e.kind for e in name_at(found, at, names)[2]}
    return Amount(number.sign, number.value, "accelerator", number.text) if "Accelerator" in kinds else number


def _joined(items: list[Word | Name | Amount], joints: dict[int, str], names: Names) -> list[Word | Name | Amount]:
    """Names of one class with 'and', 'or' or a comma between them, made one; likewise a maker and its product."""
    made: list[Word | Name | Amount] = []
    for at, item in enumerate(items):
        last = made[-1] if made else None
        if isinstance(item, Name) and isinstance(last, Name) and _makes(last, item, at in joints, names):
            made[-1] = replace(item, at=last.at, before=last.before)
        elif (
            isinstance(item, Name)
            and isinstance(last, Name)
            and at in joints
            and last.kinds() & item.kinds()
            and last.before != "between"
        ):
            how = "or" if "or" in (joints[at], last.joined) else "and"
            made[-1] = Name(last.texts + item.texts, last.entities + item.entities, last.at, how, last.before)
        else:
            made.append(item)
    return made


def _makes(maker: Name, thing: Name, apart: bool, names: Names) -> bool:
    """Whether a name only says who makes what the next name says: 'Graphcore's IPU'."""
    if apart or thing.at - maker.at > 3 or maker.kinds() != {"Organization"} or len(thing.entities) > 1:
        return False
    things = thing.entities[0]
    return any(e in names.developed_by(maker.entities[0][0], e.kind) for e in things if e.kind != "Round")


def _beside(items: list[Word | Name | Amount]) -> Iterator[Word]:
    """The words, marked where they only say what the name before or after them is: 'A100 GPUs'."""
    for at, item in enumerate(items):
        if isinstance(item, Word):
            near = [n for n in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2]) if isinstance(n, Name)]
            what = {re.sub("^availability ", "", noun(kind)) for n in near for kind in n.kinds()}
            yield Word(item.concept, item.text, item.at, item.concept in what)
