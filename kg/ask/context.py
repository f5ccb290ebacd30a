"""What a question is answered without: clauses of politeness and context, and words that choose nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from kg.ask.frame import FIELDS
from kg.ask.items import GRAMMAR, NO_ITEM, Item, unknown_runs
from kg.ask.words import AUXILIARY
from kg.errors import NotUnderstood

QUESTION = frozenset(["who", "whom", "which", "what", "whose", "how", "when", "where", "list"])
ORDERS = ("put", "list", "show", "name", "give", "tell", "find", "display", "identify", "compare", "rank", "please")
_SELF = frozenset(["i", "we", "me", "my", "our", "us", "myself", "ourselves"])
_PERSONS = _SELF | {"you", "your"}
BACK = frozenset(["it", "its", "they", "their", "them", "theirs", "he", "his", "him", "she", "her"])
"""Words that take up what was named before; 'that', 'there' and 'one' do so in some places."""
_BINDING = frozenset(["negator", "quantifier", "superlative", "rank", "aggregate", "than"])
"""Roles of words that restrict what is asked wherever they stand."""
_ASKED = frozenset(["noun", "verb", "superlative", "rank", "change", "than", "compare", "measure"])
"""Roles of words of which a question has one that can be understood alone."""
_CHOOSING = frozenset(
    ["negator", "quantifier", "superlative", "rank", "than", "aggregate", "before", "group", "change"]
)
"""Roles of words that make what follows them a condition or what is asked for: 'the best …', 'how many …'."""
_ASKING = frozenset(["which", "what", "whose", "why"])


def without_context(items: list[Item], named: bool = False) -> list[Item]:
    """The items without sentences, clauses and openings that only say who asks, and why, or that are polite.

    They are known by their form: nothing in them speaks of the data, or another part is the question, and they tell of
    the writer or have words that are unknown. The names and numbers of the writer that the question lacks are kept, of
    others those that it takes up, as conditions that are told to be from the context; that they were left aside is
    told too; with `named` all those of others before the question are. Raises NotUnderstood where that is not clear.
    """
    asked = any("tag" in i.roles for i in items)
    whole = [_reported(s) if asked else s for s in split(items)]
    sentences = [s for s in whole if not _idle(s) or _named_before(s, [i for p in whole if p is not s for i in p])]
    parts = [c for s in sentences for c in ([s] if _beside(s, sentences) else split(s, commas=True))]
    parts = [p for p in parts if not _idle(p) or p in sentences]
    kept: list[Item] = []
    for n, part in enumerate(parts):
        keeps = named and not _of_self(part) and any(map(asks, parts[n + 1 :]))
        told = _told(part, [i for p in parts if p is not part for i in p], keeps) if _beside(part, parts) else None
        kept += _opened(part) if told is None else told
    return _named_again(kept)


def _reported(sentence: list[Item]) -> list[Item]:
    """What somebody is said to say that nothing is known of: 'My boss insists that Acme won BERT. Right?'."""
    that = next((n for n, i in enumerate(sentence) if i.low == "that"), 0)
    told = any(_names_data(i) or "tag" in i.roles or i.low in QUESTION for i in sentence[:that])
    return sentence if told else sentence[that + 1 if that else 0 :]


def _beside(part: Sequence[Item], parts: Sequence[Sequence[Item]]) -> bool:
    """Whether a sentence or clause only tells, of the writer or with words that are unknown, beside the question."""
    others, strange = [p for p in parts if p is not part], any(not i.known for i in part)
    asked = any(p[-1].text == "?" and any(i.data for i in p) for p in others)
    mine = _of_self(part)
    ordered = any(next((i.low for i in p if i.low != "just"), "") in ORDERS for a, p in pairwise(parts) if a is part)
    opinion = strange and ordered and part[0].low in AUXILIARY  # 'Is it worth moving to B200? Give me …'
    asked_before = not mine and any(a[-1].text == "?" and b is part for a, b in pairwise(parts))
    ends = (
        opinion
        or part[-1].text in (".", "!")
        or (asked_before and not {"stop", "joiner"} & {*part[-1].roles, *part[0].roles})
    )
    if asks(part) and not opinion and not (mine and ends and strange and asked and part[0].low not in ORDERS):
        return False  # 'and wonder how …'
    if mine:
        return any(asks(p) or not _of_self(p) for p in others)
    goes_on = any(a[-1].text == ":" and b is part for a, b in pairwise(parts))
    tells = strange or any(i.roles.keys() & {"verb", "predicate", "source", "change"} for i in part)
    return ends and tells and not goes_on and any(asks(p) and all(i.known for i in p) for p in others)


def _of_self(part: Sequence[Item]) -> bool:
    return any(_is(i, _SELF) for i in part)


def _is(item: Item, persons: Collection[str]) -> bool:
    """Whether an item is a pronoun, also with its verb: "we're"."""
    return item.low.partition("'")[0] in persons


def asks(part: Sequence[Item]) -> bool:
    """Whether a sentence or clause asks: by its sign, a word for asking, or an order; not after 'for my work on how …:'."""
    ends = part[-1].text
    topic = "preposition" in part[0].roles and ends == ":"
    return ends == "?" or part[0].low in ORDERS or (not topic and any(i.low in QUESTION for i in part))


def _told(part: Sequence[Item], others: Sequence[Item], named: bool) -> list[Item] | None:
    """What is kept of a part that only tells: the names and numbers that the others lack; None where it restricts."""
    mine, back = _of_self(part), named or _takes_up(others) or not any(i.entities or i.amount for i in others)
    if mine and (told := _unable(part) or _named_too(part, others)):
        return told
    if not (mine or any(i.roles.keys() & _ASKED for i in others)):
        return None  # 'What percentage on BERT?', 'What is it called?'
    if _restricts(part, mine, back):
        return None
    amounts = [i.amount for i in others if i.amount]
    kinds = {k for i in others for k in i.kinds()} | {a.unit for a in amounts}
    text = " ".join(i.text for i in part).rstrip(" .:;,!")
    nouns_ = [i.roles["noun"] for i in part if "noun" in i.roles and not i.entities]
    chosen = nouns_[-1] if nouns_ and any(_chosen(a, b) for a, b in pairwise(others)) else ""
    things = [i for i in part if i.entities and "Round" not in i.kinds()]
    if things and not (mine or back) and any(i.low in ("it", "its") for i in others):
        raise NotUnderstood(f"I do not know what “{text}” is about: name it in the question")
    joint = any(i.roles.get("predicate") == "partner" for i in part)  # 'A and B teamed up'
    kept: list[Item] = []
    for at, item in enumerate(part if mine or back else ()):
        restricts = item.amount or item.entities or item.roles.keys() & {"cpu", "scenario"}
        same = chosen in {FIELDS.get(k) for k in item.kinds()}  # 'the LLM benchmark went. Which one came?'
        again = any(item.low.removesuffix("'s") in i.low.split() for i in others if i.entities)  # 'on AMD Instinct'
        if same or again or not restricts or (item.kinds() | ({item.amount.unit} if item.amount else set())) & kinds:
            continue  # what the question names itself needs nothing of the context
        timed = item.amount and item.amount.unit == "minutes" and item.amount.sign == "="
        if timed and not mine:
            raise NotUnderstood(
                f"I do not know what “{item.text}” is about: ask whether the record bears the claim out"
            )
        amount = replace(item.amount, sign="<=") if item.amount and timed else item.amount  # 'our deadline is an hour'
        kept += [i for i in part[max(0, at - 1) : at] if "preposition" in i.roles]  # 'it was swapped after v4.1'
        roles = {**item.roles, "aside": f"“{item.text}” from the context", **({"joint": ""} if joint else {})}
        kept.append(replace(item, amount=amount, roles=roles))
    if (
        kept
        and not back
        and any(i.roles.keys() & {"change", "compare"} or not (i.known or i.roles or _plain(part)) for i in part)
    ):
        raise NotUnderstood(f"I do not know what “{text}” asks: say it in the question")  # 'I refuse to buy from Dell'
    nouns = [replace(part[-1], roles={"noun": chosen, "aside": ""})] if back and chosen else []
    stop = _aside(part) if not kept else Item(".", part[-1].end, part[-1].end, {"stop": "."})
    return [*kept, *nouns, stop]


def _restricts(part: Sequence[Item], mine: bool, back: bool) -> bool:
    """Whether a part that only tells has a word that leaves out or ranks, or an unknown name that is taken up."""
    roles = _BINDING - ({"quantifier"} if back else set()) if mine else {"negator"}
    binding = [] if _acquaints(part) else [i for i in part if i.roles.keys() & roles or i.low == "only"]
    strange = any(not i.known and _like_name(i) for i in part[not back :])
    return any(i.low != "only" or not _plain(part) for i in binding) or (strange and (mine or back))


def _plain(part: Sequence[Item]) -> bool:
    """Whether numbers are told, none that compares: 'we can only squeeze in 8 cards'."""
    return {i.amount.sign for i in part if i.amount} == {"="}


def _acquaints(part: Sequence[Item]) -> bool:
    """Whether a part only says that nothing is known of a name, or of them: 'Never heard of Acme', 'no clue about it'."""
    others = [i for i in part if not i.entities and not i.roles.keys() & (GRAMMAR | {"stop"})]
    named = sum(bool(i.entities) for i in part)
    idle = all(i.roles.keys() <= {"negator", "change", "context"} for i in others)
    knows = any("negator" in a.roles and b.roles.keys() <= {"context"} for a, b in pairwise(others))
    return named <= 1 and idle and knows


def _aside(part: Sequence[Item]) -> Item:
    """The end of a part that is left aside, which is told."""
    text = " ".join(i.text for i in part).rstrip(" .:;,!")
    return Item(".", part[-1].end, part[-1].end, {"stop": ".", "aside": f"left aside “{text}”"})


def _unable(part: Sequence[Item]) -> list[Item]:
    """What "we can't use A30 cards" leaves out: the words without those of the writer's affairs; [] for other parts."""
    unable = any("negator" in i.roles and i.low.startswith(("can", "could", "won")) for i in part)
    plain = all(i.known or "context" in i.roles for i in part) and any(i.entities for i in part)
    return [i for i in part if i.known] if unable and plain else []


def _named_too(part: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """The end of "we only have money for A30 cards" where the question names these itself; [] for other parts."""
    mine, theirs = ({e.iri for i in items for e in i.entities} for items in (part, others))
    more = any(i.amount or "negator" in i.roles for i in part)
    return [_aside(part)] if mine and mine <= theirs and not more else []


def _named_before(part: Sequence[Item], question: Sequence[Item]) -> bool:
    """Whether a sentence begins with what may be an unknown name, which the question takes up: 'Acme is new. Has it …'."""
    return not (part[0].known or part[0].roles) and part[0].text.istitle() and _takes_up(question)


def _takes_up(question: Sequence[Item]) -> bool:
    """Whether a question takes up what was named before it: 'its', 'that round', 'there' at an end, 'which one'."""
    who = next((at for at, i in enumerate(question) if i.low == "who"), len(question))
    for at, item in enumerate(question):
        if item.kinds() - {"Round", "Benchmark"}:
            return False  # what comes is about these
        if at >= who and item.low not in ("it", "its"):
            continue  # 'they' are those who are asked for
        before, after = [NO_ITEM, *question][at], [*question, Item(".", 0, 0, {"stop": "."})][at + 1]
        ends = bool(after.roles.keys() & {"stop", "preposition"}) or after.text == ","
        pointed = item.low in ("that", "this", "these", "those", "same") and (ends or "noun" in after.roles)
        if item.low in BACK or pointed or _chosen(before, item) or (item.low == "there" and ends):
            return True
    return False


def _chosen(before: Item, item: Item) -> bool:
    return item.low in ("one", "ones") and before.low in ("which", "what")


def _named_again(items: Sequence[Item]) -> list[Item]:
    """The items, where 'which one' has the noun of the context, which stands there no more."""
    nouns = [i for i in items if i.roles.keys() == {"noun", "aside"}]
    chosen = [
        replace(nouns[-1], roles={"noun": nouns[-1].roles["noun"]}, start=i.start, end=i.end)
        if nouns and at and _chosen(items[at - 1], i)
        else i
        for at, i in enumerate(items)
    ]
    return [i for i in chosen if i not in nouns]


def _like_name(item: Item) -> bool:
    return item.text[:1].isupper() or any(c.isdigit() for c in item.text)


def split(items: Iterable[Item], *, commas: bool = False) -> list[list[Item]]:
    """The items in sentences, or in clauses, which end at commas too."""
    parts: list[list[Item]] = [[]]
    for item in items:
        parts[-1].append(item)
        if "stop" in item.roles or (commas and item.text == ","):
            parts.append([])
    return [part for part in parts if part]


def _idle(clause: Sequence[Item]) -> bool:
    """Whether a clause speaks of no data, names nothing, and restricts nothing."""
    words = [i for i in clause if "stop" not in i.roles and i.text != ","]
    if _opens(clause) or (_acquaints(clause) and not any(i.data for i in clause)):
        return True
    if not words or any(i.data for i in clause) or [i.low for i in words] == ["whose"]:
        return not words
    if any(not i.known and _like_name(i) for i in words if i is not words[0] or not i.text.isalpha()):
        return False
    person = any(_is(i, _PERSONS) for i in words)
    first = next((i.low for i in words if "joiner" not in i.roles), "")
    asking = first in ORDERS or (first in QUESTION and clause[-1].text == "?")
    if asking and not (person or all(i.known for i in words)):
        return False  # 'name the universities', 'and what came instead?'
    restricts = "preposition" in words[0].roles or any(
        i.roles.keys() & {"negator", "quantifier"} or i.roles.get("number", "1") != "1" for i in words
    )
    long = all(i.known for i in words) and len(words) > 3
    return person or words[0].low == "if" or not (restricts or long)


def _opens(clause: Sequence[Item]) -> bool:
    """Whether a clause says what a question is for, before a colon: 'for a report on trends:', 'prepping for a meeting:'."""
    named = any(
        i.entities or i.amount or i.low in QUESTION or i.roles.keys() & {"negator", "quantifier"} for i in clause
    )
    return clause[-1].text == ":" and not named and any(i.roles.keys() == {"context"} for i in clause)


def _opened(clause: list[Item]) -> list[Item]:
    """A clause without its opening in the first or second person: 'could you tell me', 'for a talk I need'."""
    asking = next((n for n, i in enumerate(clause) if i.low in QUESTION), len(clause))
    opening = clause[:asking]
    spoken = any(_is(i, _PERSONS) for i in opening)
    if spoken and asking < len(clause) and not any(_names_data(i) for i in opening):
        return clause[asking:]
    data = next((n for n, i in enumerate(clause) if i.data), len(clause))
    last = max((n for n, i in enumerate(clause[:data]) if _is(i, _PERSONS)), default=-1)
    if last >= 0:  # 'I write a thesis and need …': what is wanted begins with a word of grammar after 'and'
        wanted = (n for n in range(last + 1, data - 1) if clause[n].low == "and" and "filler" in clause[n + 1].roles)
        last = next(wanted, last)
    restricts = any(i.roles.keys() & {"negator", "quantifier"} for i in clause[: last + 1])
    return clause if restricts else clause[last + 1 :]


def _names_data(item: Item) -> bool:
    return bool(item.entities or item.amount or item.roles.keys() & {"noun", "negator", "superlative", "quantifier"})


def aside(items: Sequence[Item]) -> list[str]:
    """The unknown words of a question, each run as one, where it may be read without them; else none.

    They are common words that say something of who asks, or how something pleases (`queries/meanings.txt`), and stand
    where they are not what is asked for or left out.
    """
    unknown = [(at, item) for at, item in enumerate(items) if not item.known]
    most = any(at and items[at - 1].low == "the" and item.low.endswith("est") for at, item in unknown)  # 'the happiest'
    if most or any(item.roles.get("context") != "aside" or is_asked(items, at) for at, item in unknown):
        return []
    return [" ".join(item.text for item in run) for run in unknown_runs(items)]


def is_asked(items: Sequence[Item], at: int) -> bool:
    """Whether a word is what is asked for, or what a word before it is about: 'which …', 'the most …', 'without …'."""
    before = next(
        (i for i in reversed(items[:at]) if i.known and (i.roles.keys() - {"filler"} or i.low in _ASKING)), None
    )
    nouns = list(takewhile(lambda i: "noun" in i.roles, reversed(items[:at])))
    asking = any(i.low in _ASKING for i in items[: at - len(nouns)][-1:])  # 'what GPU temperature'
    return asking or (before is not None and (before.low in _ASKING or bool(before.roles.keys() & _CHOOSING)))
