"""What statements say in their own words: the sentences that hold the words of a question, where no stored fact answers it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from math import log
from typing import Any
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.ask.frame import Condition, Frame
from kg.ask.items import GRAMMAR, Item, unknown_runs
from kg.ask.known import Known
from kg.ask.results import Answer, several
from kg.ask.statements import SPOKEN, spoken
from kg.ask.words import AUXILIARY, MENTIONS, RESTRICTS, meanings, tokens
from kg.errors import NotUnderstood
from kg.model.entity import Entity
from kg.query import Table

_MOST = 3
"""So many sentences of one statement are shown, and of so many times as many statements one of each."""
_STOPS = GRAMMAR | {"stop", "source", "group", "before", "after", "aside"}
_WHO = frozenset(["organization", "statement", "claim"])
_BOUND = ("negator", "rank")
_SUFFIX = re.compile(r"(?<=...)(?:ations?|ings?|edly|ed|ies|es|s|ly|y|ers?|est|ors?|ions?|ive|able|ments?|ence|ent)$")
_FIGURE = re.compile(r"(?<![\w.-])\d[\d.,]*(?:[x×%]|(?= [a-z])|-\d)")
_SAME = re.compile(r"([^aeiou])\1$|(?<=..)e$")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a statement: as it stands in the document from `start` to `end`, and the stems of its words.

    `stems` are also those of what introduces it. `paragraph` numbers the block that it stands in.
    """

    statement: str
    text: str
    shown: str
    start: int
    end: int
    paragraph: int
    stems: Counter[str]

    @property
    def counts(self) -> bool:
        """Whether it has a number or percentage, other than in a name."""
        return _FIGURE.search(self.shown) is not None


def stem(word: str) -> str:
    """A word without the ending that its form or kind has.

    >>> stem("optimizer"), stem("optimizations"), stem("cheaper"), stem("stopped"), stem("A30")
    ('optimiz', 'optimiz', 'cheap', 'stop', 'a30')
    """
    low = re.sub("tre$", "ter", word.lower().removesuffix("'s"))
    return _SAME.sub(r"\1", _SUFFIX.sub("", low)) if low.isalpha() else re.sub(r"(?<=\d)s$", "", low)


def stems(text: str) -> Counter[str]:
    """The stems of the words of a text, and the words as they are, after '=', with how often each stands in it."""
    words = [t.low for t in tokens(text) if t.text[0].isalnum()]
    return Counter(form for word in words for form in (stem(word), f"={word}"))


def quotes_of(statement: str, text: str, start: int) -> list[Quote]:
    """The sentences of the text of a statement, which begins at a place of its document."""
    from kg.extract.sentences import sentences  # loaded for quotes alone: it takes as long as most questions
    from kg.model.statement import Document, Span, Statement

    speaker = Entity(statement, statement, "Organization")
    document = Document("", "", "", text, "", "", ())
    whole = Statement(document, speaker, speaker, Span(0, 1), Span(0, len(text)))
    return [
        Quote(
            statement, text[s.span.start : s.span.end], " ".join(s.view.split()), start + s.span.start,
            start + s.span.end, s.paragraph, stems(f"{s.view} {s.lead}"),
        )
        for s in sentences(whole)
    ]  # fmt: skip


class Asked:
    """What a question looks for: `names` with all ways to say each, `words` that are no part of a frame's language, by
    what is joined with 'and', and `others`, which only rank. `number` tells whether a number is wanted.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.conditions = tuple(
            Condition(kind.lower(), tuple(e for e in i.entities if e.kind == kind))
            for i in items
            for kind in ("Organization", "Round")
            if kind in i.kinds() and _speaks(items, i)
        )
        taken = {e.iri for c in self.conditions for e in c.values}
        named = [i for i in items if i.entities and not taken & {e.iri for e in i.entities}]
        self.names = {i.text: [stems(i.text), *(stems(e.label) for e in i.entities)] for i in named}
        self.words: dict[str, set[str]] = {}
        self.others: set[str] = set()
        self.number = any(i.roles.keys() & {"aggregate", "compare", "measure"} for i in items)
        for _, part in groupby(items, key=lambda i: "joiner" in i.roles):
            free = [
                i for i in part if not i.entities and not i.roles.keys() & _STOPS and i.roles.get("noun") not in _WHO
            ]
            asked = [
                i
                for i in free
                if not i.known or (i.amount and i.text[0].isdigit()) or i.roles.get("predicate") == "systemAttribute"
            ]
            self.others |= {s for i in free if i not in asked for s in stems(i.low)}
            if asked:
                self.words[" ".join(i.text for i in asked)] = {s for i in asked for s in stems(i.low)}

    def names_in(self, held: AbstractSet[str]) -> set[str]:
        """The names that stems hold."""
        return {text for text, ways in self.names.items() if any(_plain(w) <= held for w in ways)}


def _plain(forms: Iterable[str]) -> set[str]:
    return {form for form in forms if form[0] != "="}


def _speaks(items: Sequence[Item], item: Item) -> bool:
    """Whether an organization is one that speaks, not one that is spoken of: it stands before what it says."""
    at = items.index(item)
    before = next((i for i in reversed(items[:at]) if "filler" not in i.roles), item)
    asks = at > 0 and items[at - 1].low in AUXILIARY
    return asks or item.kinds() == {"Round"} or before.low not in ("about", "of", "on")


def tells(items: Sequence[Item]) -> bool:
    """Whether a question asks what statements say: by a word such as 'claim' or 'mention', not by 'the results say'."""
    said = [
        at
        for at, i in enumerate(items)
        if i.roles.get("source") == "statements" or i.roles.get("predicate") in MENTIONS
    ]
    recorded = any(i.roles.get("source") == "record" or "review" in i.roles for i in items)
    return bool(said) and not recorded and not any(at and items[at - 1].low == "results" for at in said)


def in_own_words(at: Known, items: Sequence[Item], *, whole: bool = False) -> Answer:
    """The sentences of statements that hold what a question asks for, best first.

    They are ranked by BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over stems. Raises NotUnderstood where no
    statement holds the words that are asked for, half of them and all like names if `whole`: the unknown ones in one
    paragraph, names anywhere in it.
    """
    asked = Asked(items)
    if any(i.roles.keys() & {*_BOUND} or i.roles.get("quantifier") == "only" for i in items):
        raise NotUnderstood("what statements say is not asked with “not”, “only” or a rank")
    sentences_ = index(at)
    if at.statements and not sentences_.quotes:
        raise NotUnderstood("the graph keeps no texts of statements: build it again with 'kg build'")
    here = [iri for iri in spoken(asked.conditions, at) if iri in sentences_.quotes]
    held = {iri: sentences_.held(iri, asked) for iri in here}
    most = max((len(found) for found in held.values() if found is not None), default=0)
    able = [
        iri for iri, found in held.items() if found is not None and len(found) == most and (most or not asked.words)
    ]
    chosen = [group for iri in able if (group := sentences_.best(iri, asked))]
    if not chosen:
        others = [i.text for i in items if asked.others & stems(i.low).keys()]
        what = "”, “".join([*asked.words] or [*asked.names] or others)
        raise NotUnderstood(f"no {_whose(asked)}statement speaks of “{what}”")
    silent = [words for words in asked.words if not any(words in (held[iri] or ()) for iri in able)]
    known = {s for iri in able for q in sentences_.quotes[iri] for s in q.stems}
    silent += [
        t.text for words in asked.words if words not in silent for t in tokens(words) if stem(t.text) not in known
    ]
    runs = unknown_runs(items)  # 'carbon footprint' is one
    lacking = [run for run in runs if any(stem(i.text) not in known for i in run)]
    if whole and silent and (2 * len(lacking) > len(runs) or any(not i.text.islower() for run in lacking for i in run)):
        raise NotUnderstood("")
    one = len(chosen) == 1
    return _told(
        f"{several(len(chosen), 'statement')} {'speaks' if one else 'speak'} of it", asked, chosen, sentences_, silent
    )


def nearest_words(at: Known, items: Sequence[Item]) -> Answer:
    """What a statement has of the names and words of a question about it, where this is not understood.

    Raises NotUnderstood where not exactly one statement of who is named has all other names, or half of the words, or
    where it has not one that restricts.
    """
    asked, sentences_ = Asked(items), index(at)
    who = [c for c in asked.conditions if c.field == "organization"]
    texts = [iri for iri in spoken(who, at) if iri in sentences_.quotes] if who else []
    said = any(i.roles.get("source") == "statements" for i in items) and not any("review" in i.roles for i in items)
    if len(texts) != 1 or not said:
        raise NotUnderstood("")
    rounds = {e.iri for c in asked.conditions if c.field == "round" for e in c.values}
    held = _plain(set().union(*sentences_.paragraphs[texts[0]].values()))
    wanted = _plain(asked.others.union(*asked.words.values()))
    if (
        (rounds and at.statements[texts[0]]["round"] not in rounds)
        or len(asked.names_in(held)) < len(asked.names)
        or not (asked.names or 2 * len(wanted & held) >= len(wanted) > 0)
    ):
        raise NotUnderstood("")
    silent = [t.text for words in asked.words for t in tokens(words) if stem(t.text) not in held]
    if any(meanings().get(word.lower(), RESTRICTS) <= RESTRICTS for word in silent):
        raise NotUnderstood("")
    head = "Not all of that is understood; this is what the statement has of it"
    return _told(head, asked, [sentences_.best(texts[0], asked)], sentences_, silent)


def _told(
    head: str, asked: Asked, chosen: list[list[tuple[float, Quote]]], sentences_: Index, silent: Sequence[str]
) -> Answer:
    """The sentences chosen of each statement, with the words of a question that these do not speak of."""
    chosen.sort(key=lambda group: -group[0][0])
    shown = [group[0][1] for group in chosen[: _MOST * _MOST]]
    if len(chosen) == 1:
        found = [q for _, q in chosen[0]]
        shown = [q for q in sentences_.quotes[shown[0].statement] if q in found or q.paragraph == shown[0].paragraph]
    about, query = sentences_.about, _query(dict.fromkeys(q.statement for q in shown))
    head += f", in {'its' if len(chosen) == 1 else 'their'} own words, which are no facts that we extracted:"
    lines = [head, *(_line(about[q.statement], q) for q in shown)]
    lines += [f"No {_whose(asked)}statement speaks of “{words}”." for words in silent]
    told = ("organizationLabel", "quote", "start", "end", "statement", "statementLabel", "restated")
    table = Table(told, tuple(_row(about[q.statement], q, told) for q in shown))
    frame = Frame("statements", ("sentence",), asked.conditions, words=(*asked.words, *asked.names))
    shown_ = Table(told[:2], tuple(row[:2] for row in table.rows))
    return Answer(frame, tuple(lines), shown_, evidence=table, sparql=query)


def _whose(asked: Asked) -> str:
    return "".join(f"{c.values[0].label} " for c in asked.conditions)


class Index:
    """The sentences of all statements of a graph by statement, what is known of each, and how much each stem tells."""

    def __init__(self, at: Known) -> None:
        columns, rows = at.rows(_query(at.statements))
        self.about = {row[0].value: dict(zip(columns, row, strict=True)) for row in rows}
        texts = ((iri, about["text"].value, int(about["start"].value)) for iri, about in self.about.items())
        self.quotes = {iri: quotes_of(iri, text, start) for iri, text, start in texts}
        self.paragraphs: dict[str, dict[int, set[str]]] = {iri: {} for iri in self.quotes}
        """The stems of each paragraph, by its number, of each statement."""
        for q in (q for found in self.quotes.values() for q in found):
            self.paragraphs[q.statement].setdefault(q.paragraph, set()).update(q.stems)
        everything = [q.stems for found in self.quotes.values() for q in found]
        counts = Counter(s for found in everything for s in found)
        self._weights = {s: log(1 + (len(everything) - n + 0.5) / (n + 0.5)) for s, n in counts.items()}
        self._average = sum(found.total() for found in everything) / max(len(everything), 1)

    def held(self, statement: str, asked: Asked) -> list[str] | None:
        """The words asked for that a paragraph of a statement holds; None where it does not hold all names."""
        paragraphs = self.paragraphs[statement]
        if len(asked.names_in(set().union(*paragraphs.values()))) < len(asked.names):
            return None
        least = 0.5 if asked.names or asked.conditions else 1
        return [
            text for text, w in asked.words.items()
            if any(len(_plain(w) & held) >= least * len(_plain(w)) for held in paragraphs.values())
        ]  # fmt: skip

    def best(self, statement: str, asked: Asked) -> list[tuple[float, Quote]]:
        """The best sentences of a statement with their scores, of the paragraphs first that hold most words asked for.

        Sentences with a number are better where one is wanted.
        """
        names = {s for ways in asked.names.values() for way in ways for s in _plain(way)}
        content = asked.others.union(*asked.words.values())
        told = [
            q for q in self.quotes[statement] if (content or names) & q.stems.keys() or asked.names_in(q.stems.keys())
        ]
        scored = [(self._score(q, content | names) * (1 + (asked.number and q.counts)), q) for q in told]
        wanted = _plain(set().union(*asked.words.values()))
        held = {n: len(found & wanted) + len(asked.names_in(found)) for n, found in self.paragraphs[statement].items()}
        scored.sort(key=lambda s: (-held[s[1].paragraph], -s[0], s[1].start))
        return [(n, q) for n, q in scored[:_MOST] if n >= scored[0][0] / 2]

    def _score(self, quote: Quote, wanted: Collection[str]) -> float:
        length = 1.2 * (0.25 + 0.75 * quote.stems.total() / self._average)
        return sum(self._weights[s] * 2.2 * n / (n + length) for s in wanted if (n := quote.stems[s]))


_INDEX: WeakKeyDictionary[Known, Index] = WeakKeyDictionary()


def index(at: Known) -> Index:
    """The sentences of a graph, split once."""
    if at not in _INDEX:
        _INDEX[at] = Index(at)
    return _INDEX[at]


def _query(statements: Iterable[str]) -> str:
    terms = " ".join(str(ox.NamedNode(iri)) for iri in statements)
    return (
        f"{SPOKEN}SELECT ?statement ?statementLabel ?organizationLabel ?roundLabel ?restated ?text ?start\nWHERE {{\n"
        f"  VALUES ?statement {{ {terms} }}\n  ?statement rdfs:label ?statementLabel ; mlp:restated ?restated ;\n"
        "    mlp:round/rdfs:label ?roundLabel ; prov:wasAttributedTo/rdfs:label ?organizationLabel ;\n"
        "    oa:hasSelector ?selector .\n  ?selector oa:exact ?text ; oa:start ?start .\n}\n"
    )


def _line(about: dict[str, Any], quote: Quote) -> str:
    mark = " [restated]" if about["restated"].value == "true" else ""
    return f"{about['organizationLabel'].value} ({about['roundLabel'].value}, {quote.start}–{quote.end}){mark}: “{quote.shown}”"


def _row(about: dict[str, Any], quote: Quote, names: Sequence[str]) -> tuple[Any, ...]:
    said = {**about, "quote": ox.Literal(quote.text), "start": ox.Literal(quote.start), "end": ox.Literal(quote.end)}
    return tuple(said[name] for name in names)
