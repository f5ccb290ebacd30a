"""What holds for every request: which hosts are answered, how long a URL and a body may be, safe headers."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_URL, MAX_BODY = 16_384, 1_000_000
BODY_SECONDS = 30
LOCAL = ("127.0.0.1", "localhost", "::1")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
}  # fmt: skip


class Guard:
    """Refuses what must not reach the pages, and adds headers to what leaves them."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        body = await _body(receive) if scope["method"] in ("POST", "PUT", "PATCH", "DELETE") else b""
        if isinstance(body, Response):
            await body(scope, receive, guarded)
        if not isinstance(body, bytes):
            return
        whole = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Message:
            return next(whole, None) or await receive()

        await self._app(scope, again, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        host = Headers(scope=scope).get("host", "")
        name = host[1:].partition("]")[0] if host.startswith("[") else host.rpartition(":")[0] or host
        if self._hosts and name.lower() not in self._hosts:
            return PlainTextResponse("this server does not answer for that host; start it with --allow-host\n", 421)
        if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_URL:
            return PlainTextResponse(f"the URL is longer than {MAX_URL:,} characters; send the query by POST\n", 414)
        if scope["method"] == "OPTIONS":
            allowed = {"Allow": "GET, HEAD, POST, OPTIONS", "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
                       "Access-Control-Allow-Headers": "Accept, Content-Type", "Access-Control-Max-Age": "86400"}  # fmt: skip
            return Response(status_code=204, headers=allowed)
        return None


async def _body(receive: Receive) -> bytes | Response | None:
    """The body of a request; a refusal when it is too long or too slow, None when the client went away."""
    body, more = b"", True
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > MAX_BODY:
                    return PlainTextResponse(f"the request is longer than {MAX_BODY:,} bytes\n", 413)
    except TimeoutError:
        return PlainTextResponse(f"the request did not arrive within {BODY_SECONDS} seconds\n", 408)
    return body
