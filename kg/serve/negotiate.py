"""Content negotiation (RFC 9110, 12.5.1): the media type of an Accept header that can be given.

>>> choose("text/html;q=0.5, application/json", ["text/html", "application/json"])
'application/json'
>>> choose("image/png", ["text/html"]) is None
True
"""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type that the header likes best, the first of equals; None when it accepts none."""
    return next(iter(ranking(accept, offered)), None)


def ranking(accept: str, offered: Sequence[str]) -> tuple[str, ...]:
    """The offered types that the header accepts, the best liked first, equals as they are offered.

    An empty header accepts anything. Of several ranges that fit a type the most exact counts.
    """
    if not accept.strip():
        return tuple(offered)
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()]

    def quality(media_type: str) -> float:
        fitting = [(exact, q) for kind, q in ranges if (exact := _fits(kind, media_type))]
        return max(fitting)[1] if fitting else 0.0

    accepted = [kind for kind in offered if quality(kind) > 0]
    return tuple(sorted(accepted, key=quality, reverse=True))


def _parsed(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return kind.lower(), quality


def _fits(kind: str, media_type: str) -> int:
    """How exactly a range fits a type: 3 for the type itself, 2 for 'text/*', 1 for '*/*', 0 for not at all."""
    if kind == media_type:
        return 3
    if kind == media_type.partition("/")[0] + "/*":
        return 2
    return int(kind == "*/*")
