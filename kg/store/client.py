"""The two protocols of SPARQL servers, with credentials that never stand in a command line.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) and Graph Store HTTP Protocol
(https://www.w3.org/TR/sparql11-http-rdf-update/). A bearer token is taken from KG_TOKEN; a name and password,
for Basic or Digest, from KG_USER and KG_PASSWORD, else from the netrc file (NETRC, or ~/.netrc).
"""

from __future__ import annotations

import ipaddress
import netrc
import os
from collections.abc import Callable, Generator, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from kg.errors import GraphError

TIMEOUT = 300
"""Seconds without an answer after which a server counts as gone."""


class Server:
    """A server at one URL, which may carry neither a name nor a password."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise GraphError(
                f"{parts.hostname}: a URL with a name or password ends up in histories and logs; "
                "give them in KG_USER and KG_PASSWORD, or in a netrc file"
            )
        if not parts.hostname:
            raise GraphError(f"{url}: is no http or https address")
        auth = _credentials(parts.hostname)
        if auth and parts.scheme != "https" and not _loopback(parts.hostname):
            raise GraphError(f"{url}: credentials are sent over https only; use it, or unset them")
        self.url = url
        self._client = httpx.Client(auth=auth, timeout=TIMEOUT, follow_redirects=True)

    def query(self, text: str, accept: str, dataset: Iterable[tuple[str, str]] = ()) -> bytes:
        """The answer to a query over a dataset, in a media type. Raises GraphError."""
        form: dict[str, list[str]] = {"query": [text]}
        for name, graph in dataset:
            form.setdefault(name, []).append(graph)
        return self._send("POST", data=form, headers={"Accept": accept})

    def put(self, graph: str, triples: bytes) -> None:
        """Replace a named graph by N-Triples. Raises GraphError."""
        self._send("PUT", graph, content=triples, headers={"Content-Type": "text/turtle"})

    def delete(self, graph: str) -> None:
        """Remove a named graph; that there is none is no error. Raises GraphError."""
        self._send("DELETE", graph)

    def _send(self, method: str, graph: str | None = None, **request: Any) -> bytes:
        """Send one request. Raises GraphError, with the server's own words, for any answer but success."""
        try:
            address = httpx.URL(self.url)
            address = address.copy_add_param("graph", graph) if graph else address
            answer = self._client.request(method, address, **request)
        except httpx.TimeoutException as error:
            raise GraphError(f"{self.url}: no answer within {TIMEOUT} seconds; is the server well?") from error
        except (httpx.TransportError, httpx.TooManyRedirects, httpx.InvalidURL) as error:
            raise GraphError(f"{self.url}: cannot be reached ({error}); is the server running there?") from error
        if answer.is_success or (method == "DELETE" and answer.status_code == httpx.codes.NOT_FOUND):
            return answer.content
        closed = answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
        hint = "; set KG_USER and KG_PASSWORD, or KG_TOKEN" if closed else ""
        said = answer.text[:400].strip()
        raise GraphError(f"{self.url}: the server answers {answer.status_code} to {method}{hint}. {said}")


def _bearing(token: str, request: httpx.Request) -> httpx.Request:
    """A request with a bearer token (RFC 6750)."""
    request.headers["Authorization"] = f"Bearer {token}"
    return request


class _Password(httpx.Auth):
    """A name and password, as the server asks for them.

    It is asked without a body first: some servers hang up on a large one that is not authorized.
    """

    def __init__(self, user: str, password: str) -> None:
        self._given = user, password
        self._asked: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._asked is None:
            digest = httpx.DigestAuth(*self._given)
            asking = digest.auth_flow(httpx.Request("GET", request.url))
            answer = yield next(asking)
            challenges = answer.headers.get_list("WWW-Authenticate") if answer.status_code == 401 else []
            schemes = {challenge.partition(" ")[0].lower() for challenge in challenges}
            if "digest" in schemes:
                asking.send(answer)  # it keeps the challenge; what it would send is not needed
                self._asked = digest
            else:
                self._asked = httpx.BasicAuth(*self._given) if "basic" in schemes else httpx.Auth()
        yield from self._asked.auth_flow(request)


def _credentials(host: str) -> httpx.Auth | Callable[[httpx.Request], httpx.Request] | None:
    """What is said to a host of who asks."""
    if token := os.environ.get("KG_TOKEN", ""):
        return partial(_bearing, token)
    if (user := os.environ.get("KG_USER")) and (password := os.environ.get("KG_PASSWORD")) is not None:
        return _Password(user, password)
    file = Path(os.environ.get("NETRC", "") or Path.home() / ".netrc")
    try:
        found = netrc.netrc(str(file)).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise GraphError(f"{file}: cannot be read as netrc ({error})") from error
    return _Password(found[0], found[2] or "") if found else None


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
