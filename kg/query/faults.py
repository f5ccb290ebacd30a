"""What is wrong with a query that does not parse, in words: the engine says what may follow, not what was meant."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.query.text import place, tokens

_BRACKETS = {"{": "}", "(": ")", "[": "]"}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def explain(error: Exception, text: str = "", prefixes: Collection[str] = ()) -> str:
    """What is wrong with a query, and where; `prefixes` are those that need not be declared.

    >>> explain(SyntaxError("error at 1:20: expected OPTIONAL"), "SELECT * { ?s ex:a ?o }")
    'line 1, column 15: the prefix ex: is not declared; put PREFIX ex: <…> before the query'
    >>> explain(SyntaxError("error at 1:9: expected one of a, b"), "ASK { } ?")
    'line 1, column 9: the query cannot go on like this, at ‘?’'
    """
    said = str(error)
    found = re.match(r"error at (\d+):(\d+): ", said)
    if not found:
        return said if len(said) <= 200 else said[:200] + " …"
    fault = _form(text) or _undeclared(text, prefixes) or _bracket(text)
    if fault:
        return fault
    line, column = int(found[1]), int(found[2])
    where = f"line {line}, column {column}"
    if "variable that is unbound" in said:
        return f"{where}: a variable is selected beside a count or sum and is in no GROUP BY; add GROUP BY with it"
    rest = "".join(text.splitlines()[line - 1 : line])[column - 1 :].strip()[:30]
    return f"{where}: the query cannot go on like this, {f'at ‘{rest}’' if rest else 'at the end of the line'}"


def _form(text: str) -> str:
    """What is wrong when no word says what kind of query it is."""
    words = [(token, at) for kind, token, at in tokens(text) if kind == "word"]
    if any(word.upper() in _FORMS for word, _ in words):
        return ""
    where = f"{place(text, words[0][1])}: " if words else ""
    return f"{where}a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"


def _undeclared(text: str, prefixes: Collection[str]) -> str:
    """What is wrong when a name has a prefix that nothing declares."""
    declared, before = set(prefixes), ""
    for kind, token, at in tokens(text):
        prefix = token.partition(":")[0]
        if kind == "prefixed" and before.upper() == "PREFIX":
            declared.add(prefix)
        elif kind == "prefixed" and prefix != "_" and prefix not in declared:
            return f"{place(text, at)}: the prefix {prefix}: is not declared; put PREFIX {prefix}: <…> before the query"
        before = token
    return ""


def _bracket(text: str) -> str:
    """What is wrong when brackets do not match."""
    opened: list[tuple[str, int]] = []
    for kind, token, at in tokens(text):
        if kind == "open":
            opened.append((token, at))
        elif kind == "close":
            if not opened or _BRACKETS[opened[-1][0]] != token:
                return f"{place(text, at)}: this {token} closes nothing that is open"
            opened.pop()
    return f"{place(text, opened[-1][1])}: this {opened[-1][0]} is never closed" if opened else ""
