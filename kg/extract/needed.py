"""What a regular expression cannot do without, so that most sentences need not be searched at all.

>>> needed(r"\\bleft\\s+(?P<b>x)?(?:to|out)\\b")
(('left',), ('to', 'out'))
>>> needed(r"(?:all|every)thing|no(?:ne)?"), needed(r"a*")
((('thing', 'no'),), ())
"""

from __future__ import annotations

import re

Needed = tuple[tuple[str, ...], ...]
"""Texts by clause: of each clause, one must be there."""

_GROUP = re.compile(r"\(\?(?P<name>:|P<\w+>)|\((?!\?)|\((?P<looks>\?)")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_TIMES = re.compile(r"[*?]\??|\{0,?\d*\}\??|(?P<kept>\+\??|\{[1-9]\d*(?:,\d*)?\}\??)")
_MOST = 5
"""Texts in a clause that are looked for; with more, searching at once is as fast."""


def needed(expression: str) -> Needed:
    """The clauses of an expression, at most three, those with signs and long texts first."""
    clauses = {clause for clause in _alternatives(expression)[0] if len(clause) <= _MOST}
    signs = [c for c in clauses if c[0] >= "\ue000"]
    words = sorted(clauses - set(signs), key=lambda c: (-min(map(len, c)), c))
    return tuple([*sorted(signs, key=len), *words][:3])


def may_match(clauses: Needed, text: str) -> bool:
    """Whether a text has what an expression with these clauses needs."""
    for clause in clauses:
        for one in clause:
            if one in text:
                break
        else:
            return False
    return True


def _alternatives(text: str, at: int = 0) -> tuple[list[tuple[str, ...]], int]:
    """The clauses of the expression from a place to the parenthesis that ends it, and the place after that."""
    branches: list[list[tuple[str, ...]]] = [[]]
    run = ""

    def end_run() -> None:
        nonlocal run
        if run:
            branches[-1].append((run,))
        run = ""

    while at < len(text) and text[at] != ")":
        clauses: list[tuple[str, ...]] = []
        char = text[at]
        if char == "|":
            end_run()
            branches.append([])
            at += 1
            continue
        if char == "(":
            opened = _GROUP.match(text, at)
            assert opened is not None
            inner, at = _alternatives(text, opened.end())
            clauses = [] if opened["looks"] else inner
            literal = ""
        elif char == "[":
            members = _CLASS.match(text, at)
            assert members is not None
            signs = members[0][1:-1]
            clauses = [tuple(signs)] if all("\ue000" <= c <= "\uf8ff" for c in signs) else []
            literal, at = "", members.end()
        elif char == "\\":
            literal, at = "" if text[at + 1].isalnum() else text[at + 1], at + 2
        else:
            literal, at = "" if char in ".^$" else char, at + 1
        times = _TIMES.match(text, at)
        if times:
            at = times.end()
            clauses = clauses if times["kept"] else []
            literal = literal if times["kept"] else ""
        if literal and not times:
            run += literal
            continue
        end_run()
        branches[-1] += [(literal,)] if literal else clauses
    end_run()
    if len(branches) == 1:
        return branches[0], at + 1
    # of several branches, one clause that takes the best of each
    best = [max(branch, key=lambda c: min(map(len, c)), default=()) for branch in branches]
    texts = [t for clause in best for t in clause]
    shortest = dict.fromkeys(t for t in texts if not any(o in t and o != t for o in texts))
    return ([tuple(shortest)] if all(best) else []), at + 1
