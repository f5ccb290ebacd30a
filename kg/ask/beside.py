"""Items that mean something else, or are one, beside others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile

from kg.ask.frame import FIELDS
from kg.ask.items import NO_ITEM, Amount, Item, of_results
from kg.ask.known import Known
from kg.ask.words import AUXILIARY, COUNTED_BY, MADE_ON, Words, load_words, tokens
from kg.model.entity import Entity
from kg.names.entities import Names

_HOLDS = frozenset(["hold", "holds", "held", "holding", "has", "have", "had", "set", "sets", "owns", "broke"])
"""What somebody does with a record in a benchmark."""
_AWAY = frozenset(["out", "down", "aside", "away", "off", "apart"])
_APART = 7
"""Up to so many words on is the particle of a verb."""
_FAR = frozenset(
    ["slower than", "slower", "behind", "off", "away", "from", "above", "over", "longer than", "more than"]
)
"""How what is not the best stands to it, after how far."""
_BORDERS = frozenset(["barrier", "mark", "wall", "threshold", "line", "limit", "ceiling"])
_OTHERS = frozenset(["other", "others", "else", "rest", "anyone", "anybody", "everyone", "everybody"])
_AMONG = frozenset(["for", "any", "all", "every", "the", "of"])
_TAGS = frozenset(["right", "correct", "true", "no", "yes", "eh"])
"""What makes a sentence a question at its end."""


def beside(items: Sequence[Item], known: Known) -> list[Item]:
    """The items of a question, as they are to be read beside the others."""
    words, names = load_words(), known.names
    whole = _surpassing(_parted(_contrasted(_alike(items, known)), words))
    named = _rounds(_sized(_families(whole, words, names), names), names)
    return _of_memory(_made_on(_by_neighbours(_several(_barriers(_margins(named)))), known), known)


def _made_on(items: Sequence[Item], known: Known) -> list[Item]:
    """The items, organizations that make chips told to be makers, 'based' after one as its chips: 'AMD-based'."""
    made = [*items]
    for n, item in enumerate(items):
        if any(e.kind == "Organization" and known.makers & {*known.narrower([e])} for e in item.entities):
            made[n] = replace(item, roles={**item.roles, "maker": ""})
        if n and item.low in MADE_ON and "maker" in made[n - 1].roles:
            made[n] = replace(item, roles={"noun": "accelerator"})
    return made


def _of_memory(items: Sequence[Item], known: Known) -> list[Item]:
    """The items, amounts of memory as the chips with so much, unless it is asked how much, or what statements say."""
    told = {"source", "predicate"}
    other = (told & i.roles.keys() or i.roles.get("measure") == "memoryGB" or "Accelerator" in i.kinds() for i in items)
    return [*items] if any(other) else [known.sized(i) for i in items]


def _parted(items: Sequence[Item], words: Words) -> list[Item]:
    """The items, verbs with the particle that stands apart from them: 'leave Acme out', 'handed most results in'."""
    made = list(items)
    for at, item in enumerate(items):
        for n in range(at + 2, min(at + _APART, len(items))):
            if "stop" in items[n].roles or items[n].text == ",":
                break
            ends = not items[n + 1 :] or items[n + 1].roles.keys() & {"preposition", "stop", "joiner"}
            whole = words.phrases.get((item.low, items[n].low))
            if whole and items[n].low in (_AWAY if not ends else _AWAY | {"in", "up", "on", "over"}):
                made[at], made[n] = replace(item, roles=dict(whole)), replace(items[n], roles={"filler": ""})
    return made


def _contrasted(items: Sequence[Item]) -> list[Item]:
    """The items, without what is only said not to be meant: 'the median, not the average', 'GPUs and not nodes'."""
    made = list(items)
    for at, item in enumerate(items):
        place = next((n for n in range(at + 1, len(items)) if not items[n].fills), at)
        number = items[place].roles.get("measure", "").endswith(("Count", "inutes"))
        alike = {"measure", "noun"} if number else {"aggregate"} & items[place].roles.keys()
        denied = item.roles.get("negator") == "not" and place > at
        if denied and any(alike & i.roles.keys() for i in items[:at]):
            made[at], made[place] = (replace(i, roles={"filler": ""}) for i in (item, items[place]))
    return made


def _surpassing(items: Sequence[Item]) -> list[Item]:
    """The items, what is more than of all others as the most: 'more results than any other', 'ahead of everyone else'."""
    made = list(items)
    for at, item in enumerate(items):
        most = item.roles.get("than") or {"more": "greatest", "fewer": "least"}.get(item.low)
        near = range(at, min(at + 4, len(items))) if most else ()
        than = next((n for n in near if items[n].low.endswith("than") or "than" in items[n].roles), len(items))
        others = [*takewhile(lambda i: i.low in _OTHERS | _AMONG, items[than + 1 :])]
        end = than + 1 + len(others)
        after = next(iter(items[end:]), NO_ITEM)
        if not _OTHERS & {i.low for i in others} or after.low in ("together", "combined"):
            continue
        made[at] = replace(item, roles={"superlative": f"{'minutes' * ('than' in item.roles)} {most}"})
        end += others[-1].low == "other" and "noun" in after.roles  # 'than all other vendors'
        for n in range(max(at + 1, than), end):
            made[n] = replace(items[n], roles={"filler": ""})
    return made


def _margins(items: Sequence[Item]) -> list[Item]:
    """The items, all ways to say how far from the best others may be as one: 'at most 5 % slower than', '1 minute off'."""
    made = list(items)
    for at, item in enumerate(items):
        amount, after = item.amount, items[at + 1 :]
        far = [*takewhile(lambda i: "superlative" not in i.roles and (i.low in _FAR or "filler" in i.roles), after)]
        ends = any("superlative" in i.roles for i in after[len(far) : len(far) + 1])
        near = amount is not None and amount.sign in ("<", "<=") and amount.unit in ("%", "minutes")
        if amount and near and ends and any(i.low in _FAR for i in far):
            made[at] = replace(item, amount=replace(amount, sign="<="))
            for n in range(at + 1, at + 1 + len(far)):
                made[n] = replace(items[n], roles={"filler": ""})
            made[at + 1] = replace(items[at + 1], text="of", roles={"preposition": "of"})
    return made


def _several(items: Sequence[Item]) -> list[Item]:
    """The items, several of what somebody has as a number of them: 'who used multiple types of accelerator'."""
    made: list[Item] = []
    for at, item in enumerate(items):
        near = [n for n in range(at + 1, min(at + 4, len(items))) if "noun" in items[n].roles]
        who = any(i.roles.get("noun") == "organization" for i in items[:at])
        had = who and "verb" in items[at - 1].roles and item.low in ("multiple", "several", "various")
        if had and near:
            text, noun = " ".join(i.text for i in items[at : near[-1] + 1]), items[near[-1]].roles["noun"]
            amount = Amount(">", Decimal(1), COUNTED_BY.get(noun, noun))
            made.append(Item(text, item.start, items[near[-1]].end, amount=amount))
        elif not made or item.start >= made[-1].end:
            made.append(item)
    return made


def _barriers(items: Sequence[Item]) -> list[Item]:
    """The items, a time with a word for a border as one that is not reached: 'broke the one-minute barrier'."""
    made = list(items)
    for at, (item, border) in enumerate(pairwise(items)):
        if item.amount and item.amount.unit == "minutes" and item.amount.sign == "=" and border.low in _BORDERS:
            made[at] = replace(item, amount=replace(item.amount, sign="<"))
            start = max((n for n, i in enumerate(items[:at]) if i.data or "noun" in i.roles), default=0)
            for n in (*range(start + 1, at), at + 1):
                made[n] = made[n] if made[n].known else replace(items[n], roles={"filler": ""})
    return made


def _alike(items: Sequence[Item], known: Known) -> list[Item]:
    """Unknown words as those of a name that stands beside them: 'the green tinybox and the red one'."""
    said = {word for i in items if "System" in i.kinds() for word in i.low.split()}
    made = []
    for item in items:
        alike = [] if item.known else [e for word in said for e in known.having(item.low + word, True)]
        made.append(replace(item, entities=tuple(dict.fromkeys(alike)), roles={}) if alike else item)
    return made


def _families(items: Sequence[Item], words: Words, names: Names) -> list[Item]:
    """Names that stand for several things, where none of these is named beside them: 'Gaudi' for Gaudi2 too."""
    made = list(items)
    for at, item in enumerate(items[2:], 2):  # 'counted in GPUs or TPUs'
        bare = "joiner" in items[at - 1].roles and items[at - 2].roles.get("noun") == "accelerator"
        if bare and item.kinds() == {"Accelerator"} and item.text.endswith("s"):
            made[at - 1 : at + 1] = (replace(i, entities=(), roles={"filler": ""}) for i in items[at - 1 : at + 1])
    items = [*made]
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


def _rounds(items: list[Item], names: Names) -> list[Item]:
    """Bare versions of rounds that count nothing are these: 'round 1.1', 'v1.0 through 2.0', 'the last one (2.0)'."""
    made = list(items)
    serves = any("scenario" in i.roles or i.roles.get("measure") == "performance" for i in items)
    suite = next((i.roles["suite"] for i in items if "suite" in i.roles), "Inference" if serves else "Training")
    for at, item in enumerate(items):
        bare = re.fullmatch(r"(?:v(?:ersion)?\s?)?(\d\.\d)", item.low)
        rounds = (e.label.split()[1] for i in reversed(made[:at]) for e in i.entities if e.kind == "Round")
        earlier = next(rounds, suite)
        suite = earlier if earlier != "Training" else suite
        if item.amount and at > 1 and items[at - 1].low in ("x", "×") and "Accelerator" in items[at - 2].kinds():
            made[at - 1] = replace(items[at - 1], roles={"filler": ""})  # 'H100 x 8'
            made[at] = replace(item, amount=replace(item.amount, unit="acceleratorCount"))
        elif bare and (
            (item.amount and not item.amount.unit and item.amount.sign == "=")
            or (suite != "Training" and "Round" in item.kinds())
        ):
            known = [e for e in names.spelled(f"MLPerf {suite} v{bare[1]}") if e.kind == "Round"]
            if known or (at and items[at - 1].roles.get("suite", "Training") != "Training"):  # 'HPC v4.0' is none
                made[at] = replace(item, amount=None, roles={}, entities=tuple(known))
    return made


def _by_neighbours(items: list[Item]) -> list[Item]:
    """The items, those that mean something else beside their neighbours with that part."""
    made = list(items)
    pair = [at for at, i in enumerate(items) if "Round" in i.kinds()]
    pair = pair if len(pair) == 2 and any("compare" in i.roles for i in items) else []
    asks = any(i.roles.get("noun") == "organization" for i in items)
    for at, item in enumerate(items):
        before, after = [NO_ITEM, *items][at], [*items, NO_ITEM][at + 1]
        role = next((role for role, fits in _BESIDE if fits(before, item, after)), None)
        if item.low == "beside" and not asks and any(i.kinds() & b.kinds() for i in items[:at] for b in items[at:]):
            role = "compare", "difference"  # "Dell's best time beside HPE's"
        elif before.low in ("its", "their", "the") and "change" in item.roles and {at + 2, at + 3} & {*pair}:
            role = "filler", ""  # 'between its debut in v3.0 and its last round in v4.1'
        if role := _in_question(items, at, role):
            made[at] = replace(item, roles=dict([role]))
    return made


def _in_question(items: Sequence[Item], at: int, role: tuple[str, str] | None) -> tuple[str, str] | None:
    """The part of an item by what stands anywhere before or after it; else that which it has."""
    low, later = items[at].low, items[at + 1 :]
    every = any(
        "group" in i.roles or i.roles.get("quantifier") in ("all", "suite") or i.low in ("anything", "everything")
        for i in items[max(0, at - 3) : at]
    )
    compares = any(i.roles.keys() & {"compare", "than"} for i in items)
    start = max((n for n, i in enumerate(items[:at]) if "stop" in i.roles or i.text == ","), default=-1)
    ends = start >= 0 and all("filler" in i.roles for i in items[start + 1 : at]) and [i.text for i in later] == ["?"]
    cases = (
        (ends and (low in _TAGS or "review" in items[at].roles) and not _told(items), ("tag", "")),  # 'A won. True?'
        (low in ("other", "others") and _named_others(items, at), ("filler", "")),
        (low == "but" and bool(later) and bool(later[0].entities) and every, ("negator", "except")),  # 'all but BERT'
        (low == "behind" and not _held_against(later), ("preposition", "in")),  # 'the cluster behind these results'
        (low.startswith("is it") and later[:1] and later[0].low == "that" and not _told(items), ("tag", "")),
        (low == "new" and items[at - 1].low == "the" and any("Benchmark" in i.kinds() for i in later[:4]), ("filler", "")),
        (low in ("with", "together") and _whom(items, at), ("joint", "")),
        (items[at].roles.get("change") == "returned" and bool(later) and later[0].amount is not None, ("filler", "")),
        (low == "same" and _same(items, at), ("filler", "")),
        ("compare" in items[at].roles and _times_of(items, at), ("compare", items[at].roles.get("compare", ""))),
        (low == "since" and later[:1] and later[0].low in ("which", "what", "when"), ("change", "first")),
        (low in ("do", "fare", "perform") and all("stop" in i.roles for i in later[:1]), ("measure", "minutes")),
        (low == "last time", ("change", "last")),
        (low == "value" and any("aggregate" in i.roles for i in items), ("filler", "")),  # 'which value is the median'
        (low == "instead" and later[:1] and later[0].low == "of" and compares, ("compare", "difference")),
        (low in ("each", "every") and later[:1] and bool(later[0].entities) and of_results(later), ("filler", "")),
        (low == "split" and any(i.roles.get("noun") == "result" for i in items[:at]), ("aggregate", "count")),
        (low == "divided by" and any(i.roles.get("noun") == "result" or i.amount for i in later[:4]), ("compare", "ratio")),
        (low == "everything" and _of_all(items, at), ("noun", "result")),  # not 'who ran everything'
        (low.endswith("n't") and not (at or any(i.low == "but" for i in later)), ("filler", "")),  # "didn't Acme run BERT?"
        (low == "first" and at > 0 and _who(items[at - 1]) and _on_benchmark(later), ("superlative", "minutes least")),
        (low == "spread" and any(i.low.startswith("how many") for i in items), ("verb", "")),  # 'over how many nodes'
    )  # fmt: skip
    return next((other for holds, other in cases if holds), role)


def _of_all(items: Sequence[Item], at: int) -> bool:
    """Whether 'everything' is all results of what is named behind it: 'everything from Acme', not 'did everything get faster'."""
    named = [i for i in items[at + 1 :] if i.entities]
    about = any(i.low == "about" for i in items[at + 1 : at + 2]) and not any("Round" in i.kinds() for i in named)
    return bool(named) and not (about or items[0].low in AUXILIARY or any(_who(i) for i in items[:at]))


def _who(item: Item) -> bool:
    return item.roles.get("noun") == "organization" or "Organization" in item.kinds()


def _on_benchmark(later: Sequence[Item]) -> bool:
    return len(later) > 1 and "preposition" in later[0].roles and "Benchmark" in later[1].kinds()


def _times_of(items: Sequence[Item], at: int) -> bool:
    """Whether it is times that are compared over rounds: 'did the time drop from v2.0 to v2.1'."""
    rounds = [i for i in items[at + 1 :] if i.kinds() == {"Round"}]
    return len(rounds) > 1 and any(i.roles.get("measure") == "minutes" for i in items[:at])


def _whom(items: Sequence[Item], at: int) -> bool:
    """Whether it is asked with whom somebody submitted, or an organization without a word for chips follows that."""
    later, asked = items[at + 1 : at + 3], [i.roles["noun"] for i in items[:at] if "noun" in i.roles]
    if not at or "verb" not in items[at - 1].roles:
        return False
    ends = all(i.roles.keys() & {"stop", "preposition"} for i in later[:1])
    chips = any("noun" in i.roles or i.kinds() & {"Accelerator", "Processor"} for i in later[1:])
    return asked[-1:] == ["organization"] if ends else later[0].kinds() == {"Organization"} and not chips


def _same(items: Sequence[Item], at: int) -> bool:
    """Whether 'same' points at what is named or numbered: 'the same 512 GPUs', 'in v3.0 … in the same round'."""
    after = next((i for i in items[at + 1 :] if not i.fills), NO_ITEM)
    named = {FIELDS.get(kind) for i in items for kind in i.kinds()} | {i.amount.unit for i in items if i.amount}
    return bool(after.entities or after.amount) or after.roles.get("noun", "") in named


def _named_others(items: Sequence[Item], at: int) -> bool:
    """Whether those are named whom 'other' leaves out: 'which other company than', 'A ran BERT. Which other did?'."""
    stop = max((n for n, i in enumerate(items[:at]) if "stop" in i.roles), default=0)
    excepted = any(i.roles.get("negator") == "except" for i in items)
    return excepted or any("Organization" in i.kinds() for i in items[:stop])


def _told(items: Sequence[Item]) -> bool:
    """Whether a vendor is said to say what is asked about; a colleague may say what he likes."""
    said = [n for n, i in enumerate(items) if "source" in i.roles]
    after = {n: list(takewhile(lambda i: i.low != "that", items[n + 1 : n + 3])) for n in said}
    return any("Organization" in i.kinds() for n in said for i in (*items[:n], *after[n]))


def _held_against(later: Sequence[Item]) -> bool:
    """Whether what follows is somebody or something that results are held against, or the best of them."""
    following = next((i for i in later if not i.fills), NO_ITEM)
    things = following.kinds() - {"System", "Benchmark", "Round"}  # 'who is behind these machines'
    return bool(things) or "superlative" in following.roles or "rank" in following.roles


_BESIDE: tuple[tuple[tuple[str, str], Callable[[Item, Item, Item], bool]], ...] = (
    (("scenario", "Server"), lambda a, i, b: i.low == "server" and ("Benchmark" in a.kinds() or b.low in ("scenario", "mode"))),
    (("scenario", "Server"), lambda a, i, b: i.low == "server" and b.roles.get("measure") == "performance"),
    (("filler", ""), lambda a, i, b: i.low == "per" and b.roles.get("noun") == "result"),
    (("filler", ""), lambda a, i, b: i.roles.get("before") == "~" and b.low.startswith(("how", "what"))),
    (("negator", "except"), lambda a, i, b: i.low == "aside" and bool(a.entities) and b.text in (",", ":", "?")),
    (("noun", "organization"), lambda a, i, b: i.low == "names" and not (a.entities or "organization" in a.roles.values())),
    (("filler", ""), lambda a, i, b: i.low == "only" and "stop" in b.roles and (a.low == "names" or _is_asked(a))),
    (("filler", ""), lambda a, i, b: i.low == "describe" and (not a.text or "stop" in a.roles)),
    (("verb", ""), lambda a, i, b: i.low == "reported" and a.low in ("was", "were", "is", "are", "been")),
    (("preposition", "in"), lambda a, i, b: "source" in i.roles and i.low.endswith(" to") and b.kinds() == {"Round"}),
    (("preposition", "in"), lambda a, i, b: i.low == "behind" and a.roles.get("noun") in ("accelerator", "system")),
    (("negator", "not"), lambda a, i, b: i.low == "nobody" and a.low in AUXILIARY),
    (("filler", ""), lambda a, i, b: (i.low, b.low) == ("not", "only") or (a.low, i.low) == ("not", "only")),
    (("superlative", "minutes least"), lambda a, i, b: a.low == "the" and i.low in ("more fast", "more quick")),
    (("superlative", "minutes least"), lambda a, i, b: i.low == "lead" and "Organization" in a.kinds()),
    (("noun", "result"), lambda a, i, b: i.low == "number" and "Benchmark" in a.kinds()),
    (("compare", "change"), lambda a, i, b: i.low == "percent change"),
    (("preposition", "of"), lambda a, i, b: i.low == "made by" and ("maker" in b.roles or "negator" in a.roles)),
    (("tag", ""), lambda a, i, b: i.low in _TAGS and a.text == "," and b.text == "?"),
    (("superlative", "minutes least"), lambda a, i, b: i.low.endswith("record") and ("Benchmark" in a.kinds() or a.low in _HOLDS)),
)  # fmt: skip
"""The part of an item between two others: the server scenario, the record that somebody holds, 'roughly how much'."""


def _is_asked(item: Item) -> bool:
    return "noun" in item.roles or "measure" in item.roles
