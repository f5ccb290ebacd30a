"""The text of a SPARQL query (https://www.w3.org/TR/sparql11-query/): its tokens, what must not run, bound values."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryLimit, QueryRefused


class Limits(NamedTuple):
    """How far a query may go: wall time, rows or triples, memory, length of its text, nesting of brackets."""

    seconds: float = 10.0
    rows: int = 100_000
    megabytes: int = 1024
    characters: int = 100_000
    depth: int = 64


_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_FORMS = frozenset(["SELECT", "CONSTRUCT", "DESCRIBE", "ASK"])
_TOKEN = r"""(?xs)
    (?P<space>\s+) | (?P<comment>\#[^\r\n]*)
    | (?P<string>"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<prefixed>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:[\w:%\\·-](?:[\w:.%\\·-]*[\w:%\\·-])?)? | _:\w[\w.·-]*)
    | (?P<word>[^\W\d_]\w*)
    | (?P<open>[{(\[]) | (?P<close>[})\]])
    | (?P<other>\d+|.)"""


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The tokens of a SPARQL text with their kind and place, without comments and white space.

    >>> [(kind, token) for kind, token, place in tokens("{ ?s ex:p 'a # b' # c")]
    [('open', '{'), ('variable', '?s'), ('prefixed', 'ex:p'), ('string', "'a # b'")]
    """
    for match in re.finditer(_TOKEN, text):
        if match.lastgroup not in ("comment", "space"):
            yield match.lastgroup or "", match.group(), match.start()


def check(text: str, limits: Limits) -> None:
    """Refuse what must not run: updates, SERVICE, and texts that are too long or nested too deeply.

    Words in strings, comments, IRIs, variables and names are none of the language's and pass.

    Raises QueryError and, for length and depth, QueryLimit.
    """
    if len(text) > limits.characters:
        raise QueryLimit(f"the query has {len(text):,} characters; at most {limits.characters:,} are allowed", "text")
    depth, form = 0, ""
    for kind, token, at in tokens(text):
        if kind == "open":
            depth += 1
            if depth > limits.depth:
                raise QueryLimit(f"{place(text, at)}: brackets are nested more than {limits.depth} deep", "text")
        elif kind == "close":
            depth -= 1
        elif kind == "word" and not form and token.upper() in _FORMS | _UPDATES:
            form = token.upper()
            if form in _UPDATES:
                raise QueryRefused(f"{place(text, at)}: {form} is an update, and the graph is read-only; "
                                 "use SELECT, ASK, CONSTRUCT or DESCRIBE")  # fmt: skip
        # the engine also reads SERVICE where no space follows or precedes it, as in 'SERVICEex:x'
        name = token if kind == "word" else token.partition(":")[0] if kind == "prefixed" else ""
        if "service" in name.lower():
            raise QueryRefused(
                f"{place(text, at)}: SERVICE is refused, because queries do not leave the graph"
                + ("; give the prefix another name" if kind == "prefixed" else "")
            )


def names_its_dataset(text: str) -> bool:
    """Whether a query says with FROM which graphs it is about."""
    return any(kind == "word" and token.upper() == "FROM" for kind, token, _ in tokens(text))


def place(text: str, at: int) -> str:
    """Line and column of a place in the query, both from 1."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


_IS_BOUND = r"COALESCE\(IS(?:IRI|LITERAL)\(\?(_\w+)\), false\)"
"""How a query asks whether a parameter is bound; see `kg.query.canned`."""
_INSIDE = reduce(lambda inside, _: rf"(?:[^()]|\({inside}\))*", range(4), "[^()]*")
_ALWAYS = rf"\s*FILTER\(!false \|\| {_INSIDE}\)"
"""A condition of a parameter that is not bound."""
_NEVER = (
    r"\s*OPTIONAL \{ SELECT DISTINCT \?\w+ \(true AS \?\w+Asked\) (?:(?!OPTIONAL|FILTER)[\s\S])*"
    r"FILTER\(false && .*\} \} \} \}"
)
"""What only such a parameter asks for; without it joins are put in a better order."""


def bind(text: str, terms: Mapping[str, Sequence[ox.NamedNode | ox.Literal]]) -> str:
    """The text of a query with values for some of its variables, as it can be sent to any endpoint.

    A VALUES block opens each group in which such a variable stands (of an EXISTS the group around it);
    the terms are written as SPARQL writes them. Where the query asks whether a parameter is bound, the answer
    takes its place, and conditions of those that are not are left out.
    """
    text = re.sub(_IS_BOUND, lambda asked: "true" if asked[1] in terms else "false", text)
    text = re.sub(_ALWAYS, "", text)
    if "Asked)" in text:
        text = re.sub(_NEVER, "", text)
    if not terms:
        return text
    blocks: dict[int, dict[str, None]] = defaultdict(dict)
    opened: list[int] = []
    before = ""
    for kind, token, at in tokens(text):
        if token == "{":
            outer = opened[-1] if opened else -1
            word = before.upper()
            opened.append(-1 if word == "CONSTRUCT" else outer if word == "EXISTS" else at + 1)
        elif token == "}":
            opened.pop()
        elif kind == "variable" and token[1:] in terms and opened and opened[-1] >= 0:
            blocks[opened[-1]][token[1:]] = None
        before = token
    made, last = [], 0
    for at, variables in sorted(blocks.items()):
        made.append(text[last:at])
        made += [f" VALUES ?{name} {{ {' '.join(map(str, terms[name]))} }}" for name in variables]
        last = at
    return "".join(made) + text[last:]
