"""Mutations of bytes and texts: parts cut, doubled, moved, flipped, and what trips readers put in."""

from __future__ import annotations

from random import Random

ODD = [
    "[1]", "¹", "<sup>1</sup>", "1 024", "1.250", "16,6", "\u202e", "\u200b", "\u00ad", "\ufeff", "\0", "\x1b[31m", "<del>", "</del>",
    "<!--", "-->", "<div hidden>", "™", "®", "浪潮", "Ð", "العربية", "٣٫٥", "½", "10^9", "~~", "```", "|", "\t", "\f", "\r", "\n\n## ",
    "# ", "- ", "> ", "&nbsp;", "&#0;", "&#x110000;", "We submitted ", "8 A100 80GB GPUs ", "BERT, ResNet-50, ", "in 16.6 minutes ",
    "{", "}", "[", "]", "(", ")", '"', "'", "\\", "<", ">", "@prefix x: <x> .", "^^xsd:integer", "@en-", "_:b", "<http://x/ y>", "..",
    "SELECT * { ?s ?p ?o }", "SERVICE <http://x/>", "OPTIONAL {", "FILTER EXISTS {", "VALUES ?x {", "NaN", "1e999", "-1", "9" * 400,
    "null", "true", ":::MLLOG ", '"run_start"', '"time_ms": ', "/../", "%00", "%2e%2e", "?x=", "&", "=", "🚀", "\ud800", "a" * 300,
]  # fmt: skip
"""What trips readers of text, RDF, SPARQL, logs and addresses."""


def mutated(data: bytes, chance: Random) -> bytes:
    """Some bytes after one to five mutations, not longer than twice as long and 2,000 more."""
    most = 2 * len(data) + 2000
    for _ in range(chance.randint(1, 5)):
        data = _once(data, chance)
    return data[:most]


def _once(data: bytes, chance: Random) -> bytes:
    at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    part = data[at : min(to, at + 400)]
    odd = chance.choice(ODD).encode("utf-8", "surrogatepass")
    match chance.randrange(8):
        case 0:
            return data[:at] + data[at + len(part) :]
        case 1:
            return data[:at] + part * chance.choice((2, 2, 3, 30)) + data[at + len(part) :]
        case 2:
            return data[:to] + part + data[to:]
        case 3:
            flipped = bytes((data[at] ^ (1 << chance.randrange(8)),)) if at < len(data) else b""
            return data[:at] + flipped + data[at + 1 :]
        case 4:
            return data[:at] if chance.random() < 0.3 else data[at:]
        case _:
            return data[:at] + odd * chance.choice((1, 1, 1, 2, 40)) + data[at:]
