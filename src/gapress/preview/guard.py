"""Who may ask the preview for anything: its own page, on this machine."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 100_000
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses what does not come from the page that this program opened.

    Another site's page may send requests here, under any name that leads to this machine (DNS
    rebinding); it knows neither the token, nor can it choose Host and Origin.

    Args:
        app: What is guarded.
        token: What each address begins with.
        port: Where the server listens.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app, self.token = app, token
        self.hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if reason := self._refused(scope):
            await Response(reason, 403, _HEADERS)(scope, receive, send)
            return
        if int(dict(scope["headers"]).get(b"content-length", b"0") or 0) > MAX_BODY:
            await Response("too large", 413, _HEADERS)(scope, receive, send)
            return
        await self.app(scope, _limited(receive), _with_headers(send))

    def _refused(self, scope: Scope) -> str:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if scope["type"] != "http" or headers.get(b"host") not in self.hosts:
            return "this page is for 127.0.0.1 alone"
        origin = headers.get(b"origin")
        if origin is not None and origin.removeprefix(b"http://") not in self.hosts:
            return "this page answers to itself alone"
        given = scope["path"].lstrip("/").partition("/")[0].encode()
        if not secrets.compare_digest(given, self.token.encode()):
            return "open the address that gapress preview printed"
        return ""


def _limited(receive: Receive) -> Receive:
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY:
            raise ValueError("too large")
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(
                    (name.lower().encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.lower().encode() not in own
                ),
            ]
        await send(message)

    return sending
