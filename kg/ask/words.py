"""The words of questions: how a text is cut into tokens, and what part a phrase plays (`queries/words.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import pyoxigraph as ox

from kg.namespaces import MLP, PREFIXES
from kg.resources import folder

_TOKEN = re.compile(
    r"\d{1,3}(?:(?:[,'\xa0\u2007\u2009\u202f]\d{3})+|(?: 0\d\d)(?: \d{3})*)(?!\w|,\d{4})|(?<![^\s(])[-−]\d+|\d+x(?=[A-Za-z])"
    r"|[<>]=?|[≤≥≈~=%+,&;:?!]|\.(?=\s|$)|(?<=\s)[-–—](?=\s)|[^\W_]++(?:\.\d++)*(?:(?<=\d)x\b|'[^\W\d_]++)?"
)
ASIDE = 6
"""From so many tenths of a margin on a common word says only who asks, how and why (`queries/meanings.txt`)."""
RESTRICTS = -6
"""Up to this a word surely chooses among results."""
AUXILIARY = frozenset(["is", "are", "was", "were", "have", "has", "had", "did", "do", "does"])
COUNTED_BY = {"accelerator": "acceleratorCount", "processor": "processorCount"}
"""The property that counts things of a class in a result."""
KINDS = frozenset(
    ["kind", "kinds", "type", "types", "sort", "sorts", "model", "models", "different", "distinct", "unique", "various"]
)
"""Words with which things are counted by what they are: 'the most different accelerators'."""
MADE_ON = frozenset(["based", "powered", "equipped", "driven"])
"""What a hyphen joins to the maker of a machine's chips."""
MENTIONS = frozenset(["mentionsSubmitter", "partner"])
"""Predicates of those whom a statement speaks of."""
_SHORT = re.compile(r"\b(i\.?e|e\.?g|vs|approx|incl|excl|resp|ca|nr)\.(?=\s)")
"""Abbreviations, of which the point ends no sentence."""
_Phrase = tuple[tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign as it is written, and where: `text[start:end]`, 0-based code points, end exclusive."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """It in lower case, without a possessive."""
        return self.text.lower().removesuffix("'s")


def tokens(text: str) -> list[Token]:
    """The tokens of a text; hyphens and slashes part words.

    >>> [t.text for t in tokens("Who ran 3D U-Net on 1,024 GPUs in v2.0?")]
    ['Who', 'ran', '3D', 'U', 'Net', 'on', '1,024', 'GPUs', 'in', 'v2.0', '?']
    """
    plain = text.replace("’", "'").replace("‘", "'").replace("->", " ,").replace("→", ",")
    plain = _SHORT.sub(r"\1 ", plain)
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(plain)]


@dataclass(frozen=True)
class Words:
    """The parts that phrases play: for a phrase, as lower-case tokens, its value by role; and labels of terms.

    `phrases[("fastest",)]` is `{"superlative": "minutes least"}`.
    """

    phrases: Mapping[tuple[str, ...], Mapping[str, str]]
    labels: Mapping[str, str]
    ranges: Mapping[str, tuple[str, ...]]
    ordinary: Container[str] = ()
    """Words of plain English, which are no slips of others."""

    def at(self, lows: Sequence[str], place: int, role: str = "") -> tuple[int, Mapping[str, str]]:
        """The longest known phrase from a place, that plays a role if one is given: its tokens, its values by role."""
        longest = self._longest.get(lows[place], 0) if place < len(lows) else 0
        for size in range(min(longest, len(lows) - place), 0, -1):
            roles = self.phrases.get(tuple(lows[place : place + size]), {})
            if roles and (not role or role in roles):
                return size, roles
        return 0, {}

    @cached_property
    def _longest(self) -> dict[str, int]:
        """How many words the longest phrase has that begins with a word."""
        return {phrase[0]: len(phrase) for phrase in sorted(self.phrases, key=len)}

    @cached_property
    def initials(self) -> dict[str, dict[str, None]]:
        """All words of the phrases, to which a slip may be near, by their first letters."""
        found: dict[str, dict[str, None]] = {}
        for word in (word for phrase in self.phrases for word in phrase):
            found.setdefault(word[0], {})[word] = None
        return found


@cache
def load_words() -> Words:
    """The shipped words, with the labels of the ontology's classes and of what a result has in numbers."""
    labels, ranges, numbers = _ontology()
    given = tomllib.loads((folder("queries") / "words.toml").read_text("utf-8"))
    said = {role: {value: _listed(texts) for value, texts in values.items()} for role, values in given.items()}
    irregular = {verb: forms for verb, *forms in map(str.split, said.pop("irregular")[""])}
    said["rank"] = _places(**said["rank"])
    said["context"]["aside"] = [word for word, number in meanings().items() if number >= ASIDE]
    for name in numbers:
        said["measure"].setdefault(name, []).append(labels[name])
    phrases: dict[tuple[str, ...], dict[str, str]] = {}
    for role, values in said.items():
        for value, texts in values.items():
            named = [value, *texts] if role == "noun" else texts
            for text in named:
                for form in _forms(text.removeprefix("to "), role):
                    phrases.setdefault(_lows(form), {}).setdefault(role, value)
    for phrase, role, value in _verbs(said, irregular):
        roles = phrases.setdefault(phrase, {})
        if role != "verb" or not roles.keys() & {"noun", "filler"}:  # 'tests' are benchmarks
            roles.setdefault(role, value)
    return Words(phrases, labels, ranges, meanings())


@cache
def meanings() -> dict[str, int]:
    """Common words by how surely a question is the same without them, in tenths of a margin; below 0 they choose.

    From `queries/meanings.txt`, made by `training/meanings.py`.
    """
    lines = map(str.split, (folder("queries") / "meanings.txt").read_text("utf-8").splitlines())
    return {word: int(number) for number, *words in lines for word in words}


def _listed(texts: str) -> list[str]:
    """The phrases of a text, parted by commas with a space behind them."""
    return [text for text in " ".join(texts.split()).split(", ") if text]


def _places(each: Iterable[str], places: Iterable[str], **own: list[str]) -> dict[str, list[str]]:
    """The phrases for each place: those that it has of its own, and from 2 on those that all have."""
    found = {**own}
    for place, (word, short, number) in enumerate(map(str.split, places), 2):
        ways = [(word, number), (short, str(place))]
        said = [text.replace("NTH", nth).replace("NUMBER", counted) for text in each for nth, counted in ways]
        found[str(place)] = said + own.get(str(place), [])
    return found


def _lows(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase in lower case; plain words need no search for them."""
    if phrase.isalpha():
        return (phrase,)
    words = phrase.split()
    return tuple(words) if all(map(str.isalpha, words)) else tuple(t.low for t in tokens(phrase))


def _forms(text: str, role: str) -> Iterable[str]:
    """A phrase with and without its apostrophes; a noun in the plural too, also as learners make it."""
    if role not in ("noun", "measure"):
        return (text, text.replace("'", "")) if "'" in text else (text,)
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        return text, text[:-1] + "ies", text + "s"
    return (text, text + "es", text + "s") if text.endswith(("s", "x", "ch")) else (text, text + "s")


def _verbs(said: Mapping[str, Mapping[str, list[str]]], irregular: Mapping[str, list[str]]) -> Iterator[_Phrase]:
    """The forms of all verbs as tokens, each with its role and value: of those of taking part, and those with 'to'."""
    for role, values in said.items():
        for value, texts in values.items():
            for verb in (t.removeprefix("to ") for t in texts if role == "verb" or t.startswith("to ")):
                yield from ((_lows(f), role, value) for f in _conjugated(verb, irregular))


def _conjugated(text: str, irregular: Mapping[str, list[str]]) -> Iterator[str]:
    """The forms of a verb, which is the first word of a phrase.

    >>> list(_conjugated("skip", {})), list(_conjugated("take part", {"take": ["took"]}))
    (['skips', 'skipped', 'skipping'], ['takes part', 'took part', 'taking part'])
    """
    verb, *rest = text.split()
    ends = (verb.endswith("e") and not verb.endswith("ee")) or (verb.endswith("y") and verb[-2:-1] not in "aeiou")
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]|.*[^aeiou]it", verb)  # 'skip' and 'submit' double their last
    stem = verb[:-1] if ends else verb + verb[-1] * bool(short)
    third = stem + "ies" if verb[-1] == "y" and ends else verb + "es" * verb.endswith(("s", "x", "h", "o")) or verb
    third = third if third != verb else verb + "s"
    past = irregular.get(verb) or [stem + ("ied" if verb[-1] == "y" and ends else "ed")]
    for form in (third, *past, (verb if verb[-1] == "y" else stem) + "ing"):
        yield " ".join([form, *rest])


def _ontology() -> tuple[dict[str, str], dict[str, tuple[str, ...]], list[str]]:
    """The labels of terms, the predicates of a submission by range, and the numeric properties of a result."""
    store = ox.Store()
    store.load((folder("ontology") / "mlperf-kg.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)

    def rows(where: str) -> list[list[str]]:
        found = store.query(f"SELECT DISTINCT ?term ?about {{ {where} }} ORDER BY ?term ?about", prefixes=PREFIXES)
        return [[t.value.removeprefix(MLP) for t in row] for row in found]  # type: ignore[union-attr]

    ranges: dict[str, list[str]] = {}
    for name, range_ in rows(
        "VALUES ?of { mlp:Submission mlp:System mlp:Organization } ?term rdfs:domain ?of ; rdfs:range ?about"
    ):
        ranges.setdefault(range_, []).append(name)
    numbers = rows(
        "?term a owl:DatatypeProperty ; rdfs:domain/(owl:unionOf/rdf:rest*/rdf:first)? mlp:Result ; rdfs:range ?about "
        "FILTER(?about IN (xsd:integer, xsd:decimal, xsd:positiveInteger, xsd:nonNegativeInteger))"
    )
    labels = {name: re.sub(r" \((GB|W)\)$", "", label) for name, label in rows("?term rdfs:label ?about")}
    return labels, {name: tuple(found) for name, found in ranges.items()}, [name for name, _ in numbers]
