"""The graph in reach of tools that speak SPARQL, and of people who don't: `kg serve`."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from kg.errors import UsageError
from kg.query.text import Limits
from kg.serve.app import create_app
from kg.serve.guard import LOCAL

__all__ = ["create_app", "serve"]

_SETTINGS = "KG_SERVE_SETTINGS"
_GRACE = 15
"""Seconds that requests in flight have to end after SIGTERM."""


def serve(
    place: Path | str,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    hosts: Sequence[str] = (),
    seconds: float = 10.0,
    processes: int = 1,
) -> None:
    """Serve a graph until SIGINT or SIGTERM; requests in flight are answered first.

    `hosts` are further host names to answer for, beside those of this machine; `seconds` is the time limit
    of a typed query; `processes` is how many processes answer. Raises NoGraph when there is none, UsageError when nothing can listen
    on the port.
    """
    import uvicorn

    _free(host, port)
    allowed = () if "*" in hosts else tuple({*LOCAL, host, *hosts})
    app: Any = create_app(place, hosts=allowed, limits=Limits(seconds=seconds))
    if processes > 1:
        os.environ[_SETTINGS] = json.dumps([str(place), allowed, seconds])
        app = "kg.serve:from_environment"
    uvicorn.run(
        app, host=host, port=port, log_level="info", timeout_graceful_shutdown=_GRACE, server_header=False,
        workers=processes, factory=processes > 1,
    )  # fmt: skip


def _free(host: str, port: int) -> None:
    """Raise UsageError when another program listens on a port, or nobody may."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: nothing can listen there ({error.strerror}); choose another with --port"
        ) from error


def from_environment() -> Starlette:
    """The application of one of several processes, with the settings that `serve` left for it."""
    place, hosts, seconds = json.loads(os.environ[_SETTINGS])
    return create_app(place, hosts=hosts, limits=Limits(seconds=seconds))
