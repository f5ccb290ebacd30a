"""The two protocols of SPARQL servers, with credentials that never stand in a command line.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) and Graph Store HTTP Protocol
(https://www.w3.org/TR/sparql11-http-rdf-update/). A bearer token is taken from KG_TOKEN; a name and password,
for Basic or Digest, from KG_USER and KG_PASSWORD, else from the netrc file (NETRC, or ~/.netrc).
"""

from __future__ import annotations

import base64
import ipaddress
import netrc
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import GraphError

TIMEOUT = 300
"""Seconds without an answer after which a server counts as gone."""


class Server:
    """A server at one URL, which may carry neither a name nor a password."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.username or parts.password:
            raise GraphError(
                f"{parts.hostname}: a URL with a name or password ends up in histories and logs; "
                "give them in KG_USER and KG_PASSWORD, or in a netrc file"
            )
        if not parts.hostname:
            raise GraphError(f"{url}: is no http or https address")
        self.url = url
        self._token, credentials = _credentials(parts.hostname)
        if (self._token or credentials) and parts.scheme != "https" and not _loopback(parts.hostname):
            raise GraphError(f"{url}: credentials are sent over https only; use it, or unset them")
        self._passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if credentials:
            self._passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", *credentials)
        self._known = credentials is not None
        self._challenge: str | None = None

    def query(self, text: str, accept: str, dataset: Iterable[tuple[str, str]] = ()) -> bytes:
        """The answer to a query over a dataset, in a media type. Raises GraphError."""
        body = urllib.parse.urlencode([("query", text), *dataset]).encode()
        return self.send("POST", None, body, {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept})

    def put(self, graph: str, triples: bytes) -> None:
        """Replace a named graph by N-Triples. Raises GraphError."""
        self.send("PUT", graph, triples, {"Content-Type": "text/turtle"})

    def delete(self, graph: str) -> None:
        """Remove a named graph; that there is none is no error. Raises GraphError."""
        self.send("DELETE", graph, None, {})

    def send(self, method: str, graph: str | None, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        """Send one request. Raises GraphError, with the server's own words, for any answer but success."""
        joint = "&" if "?" in self.url else "?"
        address = self.url + (joint + urllib.parse.urlencode({"graph": graph}) if graph else "")
        request = urllib.request.Request(address, body, dict(headers), method=method)
        try:
            self._authorize(request)
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as error:
            if method == "DELETE" and error.code == 404:
                return b""
            said = error.read(400).decode("utf-8", "replace").strip()
            hint = "; set KG_USER and KG_PASSWORD, or KG_TOKEN" if error.code in (401, 403) else ""
            raise GraphError(f"{self.url}: the server answers {error.code} to {method}{hint}. {said}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            why = getattr(reason, "strerror", None) or reason
            raise GraphError(f"{self.url}: cannot be reached ({why}); is the server running there?") from error

    def _authorize(self, request: urllib.request.Request) -> None:
        """Add the credentials that the server asks for.

        It is asked without a body first: some servers hang up on a large one that is not authorized.
        """
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        if not self._known:
            return
        if self._challenge is None:
            self._challenge = ""
            try:
                urllib.request.urlopen(request.full_url, timeout=TIMEOUT).close()
            except urllib.error.HTTPError as error:
                self._challenge = error.headers.get("WWW-Authenticate", "") if error.code == 401 else ""
        scheme, _, said = self._challenge.partition(" ")
        made: str | None = None
        if scheme.lower() == "digest":
            digest = urllib.request.HTTPDigestAuthHandler(self._passwords)
            challenge = urllib.request.parse_keqv_list(list(filter(None, urllib.request.parse_http_list(said))))
            made = f"Digest {digest.get_authorization(request, challenge)}"
        elif scheme.lower() == "basic":
            user, password = self._passwords.find_user_password("", request.full_url)
            made = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        if made:
            request.add_unredirected_header("Authorization", made)


def _credentials(host: str) -> tuple[str, tuple[str, str] | None]:
    """The bearer token, '' for none, and the name and password for a host."""
    if token := os.environ.get("KG_TOKEN", ""):
        return token, None
    if (user := os.environ.get("KG_USER")) and (password := os.environ.get("KG_PASSWORD")) is not None:
        return "", (user, password)
    file = Path(os.environ.get("NETRC", "") or Path.home() / ".netrc")
    try:
        found = netrc.netrc(str(file)).authenticators(host)
    except FileNotFoundError:
        return "", None
    except (OSError, netrc.NetrcParseError) as error:
        raise GraphError(f"{file}: cannot be read as netrc ({error})") from error
    return "", (found[0], found[2] or "") if found else None


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
