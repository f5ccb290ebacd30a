"""A question read from left to right into its items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.ask.beside import beside
from kg.ask.context import QUESTION
from kg.ask.items import GRAMMAR, Amount, Item
from kg.ask.known import Known
from kg.ask.words import AUXILIARY, COUNTED_BY, Token, load_words, tokens
from kg.model.entity import Entity
from kg.names.fold import fold
from kg.names.slips import near_name, near_words

_MINUTES = {"s": 1 / Decimal(60), "se": 1 / Decimal(60), "h": Decimal(60), "ho": Decimal(60), "hr": Decimal(60)}
"""Minutes of a unit by the first two letters of its name."""
_COUNTABLE = ("minutes", "nodeCount", "acceleratorCount", "processorCount", "runCount", "memoryGB", "powerWatts")
"""The measures that a number can stand before."""
_PARTED = ("minutes", "memoryGB", "powerWatts", "%")
"""What a number with a part may count."""
_UNITS = ("min", "sec", "hour", "hr")
"""How the units of time begin: 'two times' are no minutes."""
_YEAR = re.compile(r"20[0-3]\d")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(k|x|min|mins|s|sec|h|gb)?")
_JOINING = frozenset(["and", "or", "&", ",", "nor", "vs", "versus", ";", ".", "?", "!", ":"])
_STOPS = frozenset(".?!:;-–—")
_LONGEST_NAME, _LONGEST_WHOLE = 9, 16
"""So many words has a name of a vocabulary, and the whole name of a system as filed."""


def itemize(text: str, known: Known) -> list[Item]:
    """The items of a question; what is unknown has no roles."""
    written = tokens(text)
    spelled = _Scanner(text, written, known).spelled()
    scanner = _Scanner(text, spelled, known)
    items: list[Item] = []
    at = 0
    while at < len(spelled):
        item = scanner.item(at)
        if not item.read_as and spelled[at : item.end] != written[at : item.end]:
            item = replace(item, read_as=" ".join(t.text for t in spelled[at : item.end]))
        items.append(item)
        at = item.end
    return beside(items, known)


class _Scanner:
    """The tokens of one question with the names, words and numbers that begin at each."""

    def __init__(self, text: str, found: list[Token], known: Known) -> None:
        self.text, self.found, self.known = text, found, known
        self.words, self.names, self.parts = load_words(), known.names, known.having
        self.lows = [t.low for t in found]
        self._names: dict[int, tuple[int, tuple[Entity, ...]]] = {}

    def word(self, at: int, role: str = "") -> tuple[int, Mapping[str, str]]:
        """The longest known phrase from a place, that plays a role if one is given: its tokens, its values by role."""
        return self.words.at(self.lows, at, role)

    def _phrase(self, at: int) -> tuple[int, Mapping[str, str]]:
        """The longest phrase from a place; one as good where the next then reaches further: 'shortest time to train'."""
        size, roles = self.word(at)
        for n in range(1, size):  # 'who | made their debut', not 'who made'
            first = self.words.phrases.get(tuple(self.lows[at : at + n]))
            if first and self.word(at + n)[0] > max(size, 2):
                return n, first
        cuts = (n for n in range(1, size) if self.words.phrases.get(tuple(self.lows[at : at + n])) == roles)
        longer = (
            n for n in cuts if n + self.word(at + n)[0] > size and {"noun", "measure"} & self.word(at + n)[1].keys()
        )
        return next(longer, size), roles

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
            if token.low in _JOINING or not fold(token.text) or (size == 1 and re.fullmatch(r".|[\d.,]+", token.text)):
                continue
            singular = key[:-1] if key[-1:] == "s" and len(key) > 3 else ""
            plural = token.text[-1] == "s" and not token.text.islower()  # 'V100s' are no V100S
            ways = (singular, key) if plural else (key, singular)
            longest = next(((size, k) for k in ways if k in self.names.folded and self._named(k)), longest)
        return (longest[0], self._named(longest[1])) if longest[0] else (0, ())

    def _named(self, key: str) -> tuple[Entity, ...]:
        return tuple(e for e in self.names.spelled(key) if e.kind != "Submission")

    def spelled(self) -> list[Token]:
        """The tokens as they are spelled in the known words, where they have a slip of typing and are no names."""
        return [self._spelled(at, token) for at, token in enumerate(self.found)]

    def _spelled(self, at: int, token: Token) -> Token:
        if token.low == "then" and at and re.fullmatch("more|less|.+er", self.lows[at - 1]):
            return replace(token, text="than")
        words = self.words.initials.get(token.low[:1], {})
        known = token.low in words or token.low in self.words.ordinary or not token.text[at == 0 :].islower()
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
        if written := self._written(at):
            return written
        if counted := self.amount(at):
            return self._made(at, counted[1] - at, amount=counted[0])
        size, roles = self._phrase(at)
        length, entities = self.name(at)
        common = size == length == 1 and roles.keys() & {*GRAMMAR, "noun"} and token.text.islower()
        if length <= 1 and self._strange(at + 1) and (slip := self._slip(at, (2,))):
            return slip  # 'Stable Difusion'
        plain = length == 1 and token.text.islower() and token.low in self.words.ordinary
        entities = tuple(e for e in entities if not plain or e.kind != "System")  # 'a cloud' is none of that name
        if entities and length >= size and not common:
            return self._made(at, length, entities=entities)
        shouted = size == 1 and len(token.text) > 1 and token.text.isupper() and not self.text.isupper()
        if size and not (shouted and roles.keys() <= GRAMMAR - {"joiner"}):  # 'US' is no 'us'
            return self._made(at, size, roles=roles)
        for size in (3, 2):  # a system is known by several words of its name, however they are written
            words = self.lows[at : at + size]
            unknown = len(words) == size and not any(self.words.at(words, n)[0] for n in range(size - 1))
            unknown = unknown and not (words[-1].isdigit() and self.parts(token.low, False))  # 'Llama 4' is no Llama
            if unknown and (filed := self.parts("".join(words), True)):
                return self._made(at, size, entities=tuple(filed))
        rare = len(token.low) > 4 and token.low not in self.words.ordinary
        if family := self.parts(token.text.removesuffix("'s"), rare or not token.text.islower() or self.text.islower()):
            return self._made(at, 1, entities=tuple(family))
        return self._slip(at) or self._made(at, 1)

    def _written(self, at: int) -> Item | None:
        """A system as filed by its whole name, 'top5' or '#1'; None for others."""
        start = self.found[at].start
        for size in range(min(_LONGEST_WHOLE, len(self.found) - at), max(self.name(at)[0], 1), -1):
            text = self.text[start : self.found[at + size - 1].end].lower()
            like = (text[-1].isalnum() or text[-1] == "+") and ("_" in text or not re.search(r"\s", text))
            if like and (filed := self.known.whole.get(text) or self._having(text)):
                return self._made(at, size, entities=tuple(filed))
        top = re.fullmatch(r"top(\d{1,2})", self.lows[at])
        best = {"superlative": "minutes least"}
        if self.text[:start].endswith("#") and re.fullmatch(r"[1-9]", self.lows[at]):  # 'who is #1'
            return self._made(at, 1, roles=best if self.lows[at] == "1" else {"rank": self.lows[at]})
        return self._made(at, 1, roles=best, amount=Amount("=", Decimal(top[1]))) if top else None

    def _having(self, text: str) -> list[Entity]:
        """The systems that have a written part in their whole name: 'BM.GPU.B200.8' of '8xBM.GPU.B200.8'."""
        part = re.compile(rf"(?:^|[^a-z\d]|\dx){re.escape(text)}(?![a-z\d])")
        parted = len(text) > 7 and bool(re.search(r"\d", text)) and bool(re.search(r"[._-]", text)) and " " not in text
        return [e for name, filed in self.known.whole.items() for e in filed if part.search(name)] if parted else []

    def _made(self, at: int, size: int, **said: Any) -> Item:
        end = at + size
        return Item(self.text[self.found[at].start : self.found[end - 1].end], at, end, **said)

    def _strange(self, at: int) -> bool:
        """Whether a token is neither a word nor a name."""
        low = self.lows[at] if at < len(self.lows) else ""
        return low.isalpha() and low not in self.words.ordinary and not self.word(at)[0] and not self.name(at)[1]

    def _slip(self, at: int, sizes: Sequence[int] = (2, 1)) -> Item | None:
        """A name with a slip of typing, as it is spelled."""
        for size in sizes:
            part = self.found[at : at + size]
            ordinary = size == 1 and self.lows[at] in self.words.ordinary
            if len(part) == size and not ordinary and all(t.text[:1].isalnum() for t in part):
                written = "".join(t.low for t in part)
                key = near_name(written, self.names.initials.get(written[0], ()))
                entities = self._named(key) if key else ()
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
        if size and self._counted_before(at) and self.name(place + 1)[1]:
            return None  # '8 H100 over 8 A100'
        skipped = ("a", "an", "about", "of", "just", *(() if "preposition" in roles else ("the",)))  # 'over the 8 GPUs'
        while size and place < len(self.lows) and self.lows[place] in skipped:
            place += 1
        if place >= len(self.lows) or (not size and self.name(at)[1]) or self._machine(place):
            return None
        figure = _NUMBER.fullmatch(re.sub(r"(?<=\d)[^\w.]", "", self.lows[place]))
        if not (counted := self._counted(place, figure, size)):
            return None
        value, end, tail = counted
        written = "memoryGB" if tail == "gb" else "minutes" if tail not in ("", "k", "x") else ""
        unit, scale, stop = (written, _MINUTES.get(tail[:2], Decimal(1)), end) if written else self._unit(end)
        if (
            not unit
            and (each := self.word(end, "group")[0])
            and any(e.kind == "Accelerator" for e in self._before(at)[1])
        ):
            unit, stop = "acceleratorCount", end + each  # 'H100 against A100, 8 of each'
        size, roles = self.word(stop, "after")
        if size and not unit:  # '8 or more accelerators'
            unit, scale, after = self._unit(stop + size)
            stop, size = (after, 0) if unit else (stop, size)
        if "." in self.lows[place] and unit not in _PARTED:
            unit, stop = "", end  # '4.1 hardware', '2.0 claims'
        if timed and (unit not in ("minutes", "") or self.name(end)[1]):
            return None  # 'faster than 8 A100s' is no number of accelerators
        if not (unit or (figure and (sign or not _YEAR.fullmatch(self.lows[place]))) or self._beside(at, end)):
            return None  # 'one of them', 'a single v2.0 result', 'the fastest one', 'in 2021'
        value = (value * scale).quantize(Decimal("0.000001")).normalize() if scale != 1 else value
        sign = sign or roles.get("after", "") or "="
        return Amount("=" if sign == "~" and unit not in _COUNTABLE else sign, value, unit), stop + size

    def _counted(self, place: int, figure: re.Match[str] | None, size: int) -> tuple[Decimal, int, str] | None:
        """The number at a place in figures or words, the place after it, and a unit that is written to it."""
        length, number = self.word(place, "number")
        if figure:
            return Decimal(figure[1]) * (1000 if figure[2] == "k" else 1), place + 1, figure[2] or ""
        if length:
            return Decimal(number["number"]), place + length, ""
        if size and self.lows[place - 1] in ("a", "an", "sub") and self._unit(place)[0] in _PARTED:
            return Decimal(1), place, ""  # 'in under a minute', 'sub-minute', not 'about a TPU'
        return None

    def _beside(self, at: int, end: int) -> bool:
        """Whether a superlative stands beside a number, or a name that is no round follows it."""
        before = at if self.lows[at] == "one" else at - 1  # 'the fastest one'
        ordered = any("superlative" in self.word(p)[1] for p in (end, before) if p >= 0)
        filed = end < len(self.found) and not self.word(end)[0] and bool(self.parts(self.lows[end], True))
        return ordered or filed or any(e.kind != "Round" for e in self.name(end)[1])

    def _before(self, at: int) -> tuple[int, tuple[Entity, ...]]:
        """The last name that ends before a token: where it begins, and all that have it."""
        found = ((p, self.name(p)) for p in range(at - 1, -1, -1))
        return next(((p, entities) for p, (size, entities) in found if entities and p + size <= at), (0, ()))

    def _counted_before(self, at: int) -> bool:
        """Whether a number of accelerators ends right before a token."""
        place, entities = self._before(at)
        counted = place > 0 and (self.lows[place - 1].isdigit() or self.word(place - 1, "number")[0] > 0)
        return counted and place + self.name(place)[0] == at and any(e.kind == "Accelerator" for e in entities)

    def _machine(self, at: int) -> bool:
        """Whether a token with a unit is part of a system's name: '2288H'."""
        return bool(re.fullmatch(r"\d+[hks]", self.lows[at])) and bool(self.parts(self.lows[at], True))

    def _of_whose_nodes(self, at: int) -> bool:
        """Whether nodes of somebody are counted: 'one Acme node'."""
        size, named = self.name(at)
        return any(e.kind == "Organization" for e in named) and self.word(at + size)[1].get("measure") == "nodeCount"

    def _unit(self, at: int) -> tuple[str, Decimal, int]:
        """What a number before a token counts, how many minutes that is of a time, and the place after it."""
        place = at
        if self.lows[place : place + 1] in (["%"], ["percent"]):
            return "%", Decimal(1), at + 1
        for skipped in range(2):  # '8 different accelerators', '10 official results'
            hyphen = place == at and place < len(self.found) and self.text[self.found[at].start - 1] == "-"
            size, roles = (1, self.words.phrases.get((self.lows[place],), {})) if hyphen else self.word(place)
            last = self.lows[place + size - 1] if size else ""
            if self._of_whose_nodes(place) or ("cpu" in roles and last.startswith("node")):
                return "nodeCount", Decimal(1), place  # the words stay, for they restrict
            if self.name(place)[0] > size:
                break  # '8 TPU v4'
            if (unit := roles.get("measure", "")) in _COUNTABLE and (unit != "minutes" or last.startswith(_UNITS)):
                return unit, _MINUTES.get(last[:2], Decimal(1)) if unit == "minutes" else Decimal(1), place + size
            if self.lows[at - 1] in ("one", "single", "1") and last in ("box", "server", "machine", "chassis"):
                return "nodeCount", Decimal(1), place + size
            if "noun" in roles and last not in QUESTION:  # 'the only one who'
                return COUNTED_BY.get(roles["noun"], roles["noun"]), Decimal(1), place + size
            if roles.get("predicate") == "improvement":
                return "%", Decimal(1), place + size
            if "filler" not in roles or last in AUXILIARY or skipped:  # 'which one is second'
                break
            place += size
        return "", Decimal(1), at
