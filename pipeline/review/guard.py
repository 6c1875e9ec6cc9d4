"""The guard before the review page: who may ask, and what the browser may do with the answer.

Only the person who started the server has its address with the token; it becomes a cookie that no other site can send
(SameSite) or read (HttpOnly). The Host is checked against DNS rebinding, the Origin of what changes something against
requests from other pages.
"""

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """An ASGI application around another; see this module."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie = f"recensio-{port}"  # cookies do not tell ports apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refused = self._refused(scope, Headers(scope=scope))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await (refused or self._app)(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This server answers to its own address only.", 400)
        if scope["method"] not in ("GET", "HEAD") and headers.get("origin") != f"http://{host}":
            return PlainTextResponse("Refused: the request comes from another page.", 403)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        if given and self._matches(given[-1]):
            answer = RedirectResponse(scope["path"] or "/", 303)
            answer.set_cookie(self._cookie, self._token, path="/", httponly=True, samesite="strict")
            return answer
        if not self._matches(self._presented(headers.get("cookie", ""))):
            return PlainTextResponse("Refused: open the whole address that recensio review has printed.", 403)
        return None

    def _presented(self, cookies: str) -> str:
        try:
            found = SimpleCookie(cookies).get(self._cookie)
        except CookieError:
            return ""
        return found.value if found else ""

    def _matches(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self._token.encode())
