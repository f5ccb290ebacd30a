"""A question as items: names with what has them, numbers with comparison and unit, words by the part they play."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kg.ask.words import Token, Words, tokens
from kg.model.entity import Entity
from kg.names.entities import Names
from kg.names.fold import fold
from kg.names.slips import near_name, near_words

UNITS = {"accelerator": "acceleratorCount", "processor": "processorCount"}
"""The property that counts things of a class in a result."""
GRAMMAR = frozenset(["filler", "preposition", "verb", "joiner"])
_BARE = GRAMMAR | {"context", "stop", "negator", "quantifier", "number", "before", "after", "group"}
_MINUTES = {"s": 1 / Decimal(60), "se": 1 / Decimal(60), "h": Decimal(60), "ho": Decimal(60), "hr": Decimal(60)}
"""Minutes of a unit by the first two letters of its name."""
_COUNTABLE = ("minutes", "nodeCount", "acceleratorCount", "processorCount", "runCount", "memoryGB", "powerWatts")
"""The measures that a number can stand before."""
_UNITS = ("min", "sec", "hour", "hr")
"""How the units of time begin: 'two times' are no minutes."""
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(k|x|min|mins|s|sec|h|gb)?")
_JOINING = frozenset(["and", "or", "&", ",", "nor", "vs", "versus", ";", ".", "?", "!", ":"])
_HOLDS = frozenset(["hold", "holds", "held", "holding", "has", "have", "had", "set", "sets", "owns", "broke"])
"""What somebody does with a record in a benchmark."""
_STOPS = frozenset(".?!:;-–—")
_LONGEST_NAME = 9
Parts = Callable[[str, bool], Sequence[Entity]]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its comparison ('<', '<=', '>', '>=', '='), in minutes for times.

    `unit` is a property ('acceleratorCount', 'minutes'), a noun ('benchmark'), '%' or '' where none is said.
    """

    sign: str
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a question: `roles` has the value of a word by the part that it plays.

    `entities` are all that have a name, `read_as` the name or word that a slip of typing was read as.
    """

    text: str
    start: int
    end: int
    roles: Mapping[str, str] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    amount: Amount | None = None
    read_as: str = ""

    @property
    def known(self) -> bool:
        """Whether it has a part in the question."""
        return bool(self.roles.keys() - {"context"} or self.entities or self.amount)

    @property
    def low(self) -> str:
        """Its text in lower case, a word as it is spelled right."""
        return (self.text if self.entities else self.read_as or self.text).lower()

    @property
    def data(self) -> bool:
        """Whether it speaks of what the graph holds."""
        return bool(self.entities or self.amount or ("filler" not in self.roles and self.roles.keys() - _BARE))

    def kinds(self) -> set[str]:
        """The classes of the entities."""
        return {e.kind for e in self.entities}


def whose_chips(items: Sequence[Item], at: int) -> bool:
    """Whether an accelerator or processor stands at a place, and a maker of chips right before it."""
    kinds = items[at].kinds() if 0 < at < len(items) else set()
    return bool(kinds) and kinds <= {"Accelerator", "Processor"} and "maker" in items[at - 1].roles


def itemize(text: str, words: Words, names: Names, parts: Parts) -> list[Item]:
    """The items of a question; what is unknown has no roles.

    `parts` gives the things that have a word in their names, and whether the word is written as a name.
    """
    written = tokens(text)
    spelled = _Scanner(text, written, words, names, parts).spelled()
    scanner = _Scanner(text, spelled, words, names, parts)
    items: list[Item] = []
    at = 0
    while at < len(spelled):
        item = scanner.item(at)
        if not item.read_as and spelled[at : item.end] != written[at : item.end]:
            item = replace(item, read_as=" ".join(t.text for t in spelled[at : item.end]))
        items.append(item)
        at = item.end
    items = _sized(_families(items, words, names), names)
    return _by_neighbours(_rounds(items, names))


def _families(items: list[Item], words: Words, names: Names) -> list[Item]:
    """Names that stand for several things, where none of these is named beside them: 'Gaudi' for Gaudi2 too."""
    made = list(items)
    for at, item in enumerate(items):
        said = words.phrases.get(tuple(t.low for t in tokens(item.low)), {}).get("name", "")
        several = tuple(e for name in said.split(", ") if name for e in names.spelled(name))
        others = {e.iri for i in items if i is not item for e in i.entities}
        if several and not others & {e.iri for e in several}:
            made[at] = replace(item, entities=several, roles={}, amount=None)
    return made


def _sized(items: list[Item], names: Names) -> list[Item]:
    """'A100 with 80GB' and 'PCIe H100' as the accelerators that are both."""
    made: list[Item] = []
    for item in items:
        owner = next((n for n in (-1, -2) if len(made) >= -n and "Accelerator" in made[n].kinds()), 0)
        both: list[Entity] = []
        if owner and item.amount and item.amount.unit == "memoryGB" and item.amount.sign == "=":
            both = [e for e in names.spelled(f"{made[owner].text} {item.amount.value:f}GB") if e.kind == "Accelerator"]
        elif owner == -1 and item.kinds() == {"Accelerator"} and made[-1].end == item.start:
            family, name = (made[-1], item) if len(made[-1].entities) > 1 else (item, made[-1])
            both = [e for e in family.entities if name.low in e.label.lower().split()]
        if both:
            text = f"{made[owner].text} {item.text}"
            made[owner:] = [replace(made[owner], text=text, end=item.end, entities=tuple(both))]
        else:
            made.append(item)
    return made


class _Scanner:
    """The tokens of one question with the names, words and numbers that begin at each."""

    def __init__(self, text: str, found: list[Token], words: Words, names: Names, parts: Parts) -> None:
        self.text, self.found, self.words, self.names, self.parts = text, found, words, names, parts
        self.lows = [t.low for t in found]
        self._names: dict[int, tuple[int, tuple[Entity, ...]]] = {}

    def word(self, at: int, role: str = "") -> tuple[int, Mapping[str, str]]:
        """The longest known phrase from a place, that plays a role if one is given: its tokens, its values by role."""
        return self.words.at(self.lows, at, role)

    def _phrase(self, at: int) -> tuple[int, Mapping[str, str]]:
        """The longest phrase from a place; one as good where the next then reaches further: 'shortest time to train'."""
        size, roles = self.word(at)
        cuts = (n for n in range(1, size) if self.words.phrases.get(tuple(self.lows[at : at + n])) == roles)
        return next((n for n in cuts if n + self.word(at + n)[0] > size), size), roles

    def name(self, at: int) -> tuple[int, tuple[Entity, ...]]:
        """The longest name that begins at a token: how many tokens, and all that have it."""
        if at not in self._names:
            self._names[at] = self._name(at)
        return self._names[at]

    def _name(self, at: int) -> tuple[int, tuple[Entity, ...]]:
        part = self.found[at : at + _LONGEST_NAME]
        article = len(part) > 1 and part[0].text == "a" and part[1].text[:1].isdigit()  # 'a 100' is no name
        if not part or article or part[0].low in _JOINING:
            return 0, ()
        before, longest = "", (0, "")
        for size, token in enumerate(part, 1):
            if token.text in (",", ";", "?", "!") or "(" in self.text[part[max(size - 2, 0)].end : token.start]:
                break  # 'Acme (X100)' is a vendor and its chip
            key = before + fold(token.text.removesuffix("'s").removesuffix("'S"))
            before += fold(token.text)
            if token.low in _JOINING or (size == 1 and re.fullmatch(r".|[\d.,]+", token.text)):
                continue
            singular = key[:-1] if key[-1:] == "s" and len(key) > 3 else ""
            plural = token.text[-1] == "s" and not token.text.islower()  # 'V100s' are no V100S
            ways = (singular, key) if plural else (key, singular)
            longest = next(((size, k) for k in ways if k in self.names.folded), longest)
        entities = [e for e in self.names.spelled(longest[1]) if e.kind != "Submission"] if longest[0] else []
        return (longest[0], tuple(entities)) if entities else (0, ())

    def spelled(self) -> list[Token]:
        """The tokens as they are spelled in the known words, where they have a slip of typing and are no names."""
        return [self._spelled(at, token) for at, token in enumerate(self.found)]

    def _spelled(self, at: int, token: Token) -> Token:
        if token.low == "then" and at and re.fullmatch("more|less|.+er", self.lows[at - 1]):
            return replace(token, text="than")
        words = self.words.initials.get(token.low[:1], {})
        known = token.low in words or token.low in self.words.ordinary or not token.text.isalpha()
        if known or self.name(at)[1] or self.parts(token.low, False):
            return token
        phrases = self.words.phrases
        aside = {"predicate", "context"}
        near = [w for w in near_words(token.low, words) if phrases.get((w,), {"": ""}).keys() - aside]
        near = [w for w in near if (w,) in phrases] or near  # not 'fasts', of 'how fasts'
        same = len({str(phrases.get((w,))) for w in near}) == 1
        return replace(token, text=near[0]) if near and same else token

    def item(self, at: int) -> Item:
        """The item that begins at a token."""
        token = self.found[at]
        if token.text in _STOPS:
            return self._made(at, 1, roles={"stop": token.text})
        if counted := self.amount(at):
            return self._made(at, counted[1] - at, amount=counted[0])
        size, roles = self._phrase(at)
        length, entities = self.name(at)
        common = size == length == 1 and roles.keys() & {*GRAMMAR, "noun"} and token.text.islower()
        if entities and length >= size and not common:
            return self._made(at, length, entities=entities)
        shouted = size == 1 and len(token.text) > 1 and token.text.isupper() and not self.text.isupper()
        if size and not (shouted and roles.keys() <= GRAMMAR):  # 'US' is no 'us'
            return self._made(at, size, roles=roles)
        for size in (3, 2):  # a system is known by several words of its name, however they are written
            words = self.lows[at : at + size]
            unknown = len(words) == size and not any(self.words.at(words, n)[0] for n in range(size - 1))
            unknown = unknown and not (words[-1].isdigit() and self.parts(token.low, False))  # 'Llama 4' is no Llama
            if unknown and (filed := self.parts("".join(words), True)):
                return self._made(at, size, entities=tuple(filed))
        if family := self.parts(token.low, not token.text.islower() or self.text.islower()):
            return self._made(at, 1, entities=tuple(family))
        return self._slip(at) or self._made(at, 1)

    def _made(self, at: int, size: int, **said: Any) -> Item:
        end = at + size
        return Item(self.text[self.found[at].start : self.found[end - 1].end], at, end, **said)

    def _slip(self, at: int) -> Item | None:
        """A name with a slip of typing, as it is spelled."""
        for size in (2, 1):
            part = self.found[at : at + size]
            if len(part) == size and all(t.text[:1].isalnum() for t in part):
                written = "".join(t.low for t in part)
                key = near_name(written, self.names.initials.get(written[0], ()))
                entities = tuple(e for e in self.names.spelled(key) if e.kind != "Submission") if key else ()
                if entities:
                    return self._made(at, size, entities=entities, read_as=entities[0].label)
        return None

    def amount(self, at: int) -> tuple[Amount, int] | None:
        """The amount that begins at a token, and the place after it; None when none begins there."""
        size, roles = self.word(at, "before")
        than = self.word(at, "than")
        timed = than[0] > size or "than" in roles
        size, roles = than if timed else (size, roles)
        sign = {"least": "<", "greatest": ">"}[roles["than"]] if timed else roles.get("before", "")
        place = at + size
        skipped = ("a", "an", "about", "of", "just", *(() if "preposition" in roles else ("the",)))  # 'over the 8 GPUs'
        while size and place < len(self.lows) and self.lows[place] in skipped:
            place += 1
        if place >= len(self.lows) or (not size and self.name(at)[1]):
            return None
        figure = _NUMBER.fullmatch(self.lows[place].replace(",", ""))
        length, number = self.word(place, "number")
        if figure:
            value, end, tail = Decimal(figure[1]), place + 1, figure[2] or ""
            value *= 1000 if tail == "k" else 1
        elif length:
            value, end, tail = Decimal(number["number"]), place + length, ""
        elif size and self.lows[place - 1] in ("a", "an"):
            value, end, tail = Decimal(1), place, ""  # 'in under a minute'
        else:
            return None
        if tail not in ("", "k", "x"):
            unit, scale, stop = "memoryGB" if tail == "gb" else "minutes", _MINUTES.get(tail[:2], Decimal(1)), end
        else:
            unit, scale, stop = self._unit(end)
        size, roles = self.word(stop, "after")
        if size and not unit:  # '8 or more accelerators'
            unit, scale, after = self._unit(stop + size)
            stop, size = (after, 0) if unit else (stop, size)
        if timed and (unit not in ("minutes", "") or self.name(end)[1]):
            return None  # 'faster than 8 A100s' is no number of accelerators
        ordered = any("superlative" in self.word(p)[1] for p in (end, at - 1) if p >= 0)
        named = any(e.kind != "Round" for e in self.name(end)[1])
        if not (figure or unit or ordered or named):
            return None  # 'one of them', 'a single v2.0 result'
        value = (value * scale).quantize(Decimal("0.000001")).normalize() if scale != 1 else value
        sign = sign or roles.get("after", "") or "="
        return Amount("=" if sign == "~" and unit not in _COUNTABLE else sign, value, unit), stop + size

    def _unit(self, at: int) -> tuple[str, Decimal, int]:
        """What a number before a token counts, how many minutes that is of a time, and the place after it."""
        place = at
        if self.lows[place : place + 1] == ["%"]:
            return "%", Decimal(1), at + 1
        for skipped in range(2):  # '8 different accelerators', '10 official results'
            size, roles = self.word(place)
            if self.name(place)[0] > size:
                break  # '8 TPU v4'
            last = self.lows[place + size - 1] if size else ""
            if "cpu" in roles and last.startswith("node"):
                return "nodeCount", Decimal(1), place  # the words stay, for they restrict
            if (unit := roles.get("measure", "")) in _COUNTABLE and (unit != "minutes" or last.startswith(_UNITS)):
                return unit, _MINUTES.get(last[:2], Decimal(1)) if unit == "minutes" else Decimal(1), place + size
            if self.lows[at - 1] in ("one", "single", "1") and last in ("box", "server", "machine"):
                return "nodeCount", Decimal(1), place + size
            if "noun" in roles:
                return UNITS.get(roles["noun"], roles["noun"]), Decimal(1), place + size
            if roles.get("predicate") == "improvement":
                return "%", Decimal(1), place + size
            if "filler" not in roles or skipped:
                break
            place += size
        return "", Decimal(1), at


def _rounds(items: list[Item], names: Names) -> list[Item]:
    """Bare versions beside words for a round or beside a round become rounds: 'round 1.1', 'v1.0 through 2.0'."""
    made = list(items)
    serves = any("scenario" in i.roles or i.roles.get("measure") == "performance" for i in items)
    suite = next((i.roles["suite"] for i in items if "suite" in i.roles), "Inference" if serves else "Training")
    for at, item in enumerate(items):
        before = [i for i in items[max(0, at - 3) : at] if "filler" not in i.roles or i.low == "training"]
        bare = re.fullmatch(r"(?:v(?:ersion)?\s?)?(\d\.\d)", item.low)
        placed = at > 0 and bool(items[at - 1].roles.keys() & {"preposition", "joiner"})
        told = (i.roles.get("noun") == "round" or "Round" in i.kinds() or "suite" in i.roles for i in before)
        beside = placed or any(told) or any(i.low == "training" for i in before)
        rounds = (e.label.split()[1] for i in reversed(made[:at]) for e in i.entities if e.kind == "Round")
        earlier = next(rounds, suite)
        suite = earlier if earlier != "Training" else suite
        if bare and (
            (item.amount and not item.amount.unit and beside) or (suite != "Training" and "Round" in item.kinds())
        ):
            known = [e for e in names.spelled(f"MLPerf {suite} v{bare[1]}") if e.kind == "Round"]
            if known:
                made[at] = replace(item, amount=None, roles={}, entities=tuple(known))
    return made


def _by_neighbours(items: list[Item]) -> list[Item]:
    """The items, those that mean something else beside their neighbours with that part."""
    made = list(items)
    pair = [at for at, i in enumerate(items) if "Round" in i.kinds()]
    pair = pair if len(pair) == 2 and any("compare" in i.roles for i in items) else []
    asks = any(i.roles.get("noun") == "organization" for i in items)
    for at, item in enumerate(items):
        before, after = [Item("", 0, 0), *items][at], [*items, Item("", 0, 0)][at + 1]
        role = next((role for role, fits in _BESIDE if fits(before, item, after)), None)
        if item.low == "but" and after.entities and any(_is_every(i) for i in items[max(0, at - 3) : at]):
            role = "negator", "except"  # 'all benchmarks but BERT'
        elif item.low == "beside" and not asks and any(i.kinds() & b.kinds() for i in items[:at] for b in items[at:]):
            role = "compare", "difference"  # "Dell's best time beside HPE's"
        elif before.low in ("its", "their", "the") and "change" in item.roles and {at + 2, at + 3} & {*pair}:
            role = "filler", ""  # 'between its debut in v3.0 and its last round in v4.1'
        if role:
            made[at] = replace(item, roles=dict([role]))
    return made


_BESIDE: tuple[tuple[tuple[str, str], Callable[[Item, Item, Item], bool]], ...] = (
    (("scenario", "Server"), lambda a, i, b: i.low == "server" and ("Benchmark" in a.kinds() or b.low in ("scenario", "mode"))),
    (("scenario", "Server"), lambda a, i, b: i.low == "server" and b.roles.get("measure") == "performance"),
    (("filler", ""), lambda a, i, b: i.roles.get("before") == "~" and b.low.startswith(("how", "what"))),
    (("negator", "except"), lambda a, i, b: i.low == "aside" and bool(a.entities) and b.text in (",", ":", "?")),
    (("noun", "organization"), lambda a, i, b: i.low == "names" and a.low in ("which", "what", "new", "other")),
    (("noun", "result"), lambda a, i, b: i.low == "everything" and b.low in ("that", "which")),
    (("quantifier", "only"), lambda a, i, b: i.low in ("merely", "just") and "verb" in b.roles),
    (("superlative", "minutes least"), lambda a, i, b: i.low.endswith("record") and ("Benchmark" in a.kinds() or a.low in _HOLDS)),
)  # fmt: skip
"""The part of an item between two others: the server scenario, the record that somebody holds, 'roughly how much'."""


def _is_every(item: Item) -> bool:
    return "group" in item.roles or item.roles.get("quantifier") in ("all", "suite")
