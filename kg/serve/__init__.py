"""The graph in reach of tools that speak SPARQL, and of people who don't: `kg serve`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.query.text import Limits
from kg.serve.app import create_app
from kg.serve.guard import LOCAL

__all__ = ["create_app", "serve"]

_GRACE = 15
"""Seconds that requests in flight have to end after SIGTERM."""


def serve(
    place: Path | str,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    hosts: Sequence[str] = (),
    seconds: float = 10.0,
) -> None:
    """Serve a graph until SIGINT or SIGTERM; requests in flight are answered first.

    `hosts` are further host names to answer for, beside those of this machine; `seconds` is the time limit
    of a typed query. Raises GraphError when there is no graph.
    """
    import uvicorn

    allowed = {*LOCAL, host, *hosts}
    app = create_app(place, hosts=() if "*" in hosts else allowed, limits=Limits(seconds=seconds))
    uvicorn.run(
        app, host=host, port=port, log_level="info", timeout_graceful_shutdown=_GRACE, server_header=False
    )
