"""The review page: a local web server over a desk, with templates and forms that work without any script."""

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs, urlencode

import uvicorn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.edition import Edition
from pipeline.errors import BadInput, RecensioError
from pipeline.model import Verdict
from pipeline.review.decisions import NAMED, REASONS
from pipeline.review.desk import Conflict, Desk, NotPossible
from pipeline.review.guard import Guard
from pipeline.review.rows import Flag
from pipeline.review.view import Choice, chosen, cuts, passage, whole_page, window, witnesses

#: The kinds of flags in a few words.
NAMES = {
    "rv-mixed-language": "Mixed languages",
    "rv-foreign": "Foreign passage",
    "rv-script": "Two scripts in a word",
    "rv-witnesses": "Witnesses differ",
    "rv-garbled": "Garbled passage",
    "rv-note-anchor": "Place of a note",
    "rv-quotation": "Quotation marks",
    "rv-heading": "Heading",
    "rv-name": "Name",
    "rv-reference": "Reference",
}
_HERE = Path(__file__).parent
_MOST_BYTES = 200_000


def serve(edition: Edition, port: int, browser: bool, say: Callable[[str], object]) -> None:
    """Serve the review page of an edition at 127.0.0.1 until interrupted.

    port: 0 for any that is free. browser: open it. say: is told the address. Raises BadInput where the edition is not
    built, its decisions cannot be read, or the port is taken.
    """
    desk = Desk(edition)
    listening = _listen(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/?token={token}"
    config = uvicorn.Config(
        Guard(application(desk), port, token),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    say(f"Review {edition.id} at {address}\nCtrl-C ends; every decision is in {edition.decisions} at once.")
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def application(desk: Desk) -> Starlette:
    """The pages, without their guard."""
    pages = _Pages(desk)
    return Starlette(
        routes=[
            Route("/", pages.start),
            Route("/flags/{flag}", pages.show),
            Route("/flags/{flag}/decide", pages.decide, methods=["POST"]),
            Route("/flags/{flag}/withdraw", pages.withdraw, methods=["POST"]),
            Route("/undo", pages.undo, methods=["POST"]),
            Route("/images/{page}", pages.image),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        exception_handlers={RecensioError: _refused},
    )


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # a browser that is quicker than the server waits
    except OSError as error:
        listening.close()
        raise BadInput(f"port {port} cannot be used ({error.strerror}); give another with --port") from error
    return listening


async def _refused(request: Request, error: Exception) -> Response:
    known: dict[type[Exception], int] = {Conflict: 409, NotPossible: 404}
    return PlainTextResponse(str(error), known.get(type(error), 500))


class _Pages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = templates.get_template("review.html")

    async def start(self, request: Request) -> Response:
        """The first flag that is to be shown, or that there is none."""
        with self._desk.fresh():
            choice = Choice.read(request.query_params)
            listed = chosen(self._desk.flags, choice)
            if listed:
                return _to(f"/flags/{listed[0].id}", choice)
            return self._page(None, choice)

    async def show(self, request: Request) -> Response:
        with self._desk.fresh():
            flag = self._desk.flag(request.path_params["flag"])
            return self._page(flag, Choice.read(request.query_params), _step(request))

    async def decide(self, request: Request) -> Response:
        given = await _form(request)
        choice = Choice.read(request.query_params)
        with self._desk.fresh():
            flag = self._desk.flag(request.path_params["flag"])
            following = _following(self._desk.flags, flag, choice)
            try:
                verdict, value = _meant(flag, given)
                words, alike = given.get("words", "").strip(), given.get("alike") == "yes"
                step = self._desk.decide(flag, given.get("version", ""), verdict, value, words, alike)
            except (Conflict, NotPossible) as error:
                status = 409 if isinstance(error, Conflict) else 400
                return self._page(self._desk.flag(flag.id), choice, alert=str(error), status=status, given=given)
            open_ = next((each for each in following if not each.decisions), None) if choice.state == "open" else None
            target = open_ or (following[0] if following and choice.state != "open" else None)
            return _to(f"/flags/{target.id}" if target else "/", choice, step.number)

    async def withdraw(self, request: Request) -> Response:
        given = await _form(request)
        choice = Choice.read(request.query_params)
        with self._desk.fresh():
            flag = self._desk.flag(request.path_params["flag"])
            try:
                step = self._desk.withdraw(flag, given.get("version", ""))
            except Conflict as error:
                return self._page(self._desk.flag(flag.id), choice, alert=str(error), status=409)
            return _to(f"/flags/{flag.id}", choice, step.number)

    async def undo(self, request: Request) -> Response:
        given = await _form(request)
        choice = Choice.read(request.query_params)
        with self._desk.fresh():
            try:
                step = self._desk.undo(int(given["step"]) if given.get("step", "").isdecimal() else -1)
            except Conflict as error:
                listed = chosen(self._desk.flags, choice)
                return self._page(listed[0] if listed else None, choice, alert=str(error), status=409)
            return _to(f"/flags/{step.flag}" if step.flag else "/", choice, -step.number)

    async def image(self, request: Request) -> Response:
        with self._desk.fresh():
            page = self._desk.pages.get(request.path_params["page"])
        if page is None:
            return PlainTextResponse("There is no such page.", 404)
        work = self._desk.edition.work.resolve()
        path = (work / page.image).resolve()
        if not path.is_relative_to(work) or not path.is_file():
            return PlainTextResponse("The image of this page is not there; build again.", 404)
        return FileResponse(path, headers={"cache-control": "private, max-age=3600"})

    def _page(
        self,
        flag: Flag | None,
        choice: Choice,
        step: int = 0,
        *,
        alert: str = "",
        status: int = 200,
        given: dict[str, str] | None = None,
    ) -> Response:
        desk = self._desk
        listed = chosen(desk.flags, choice, flag)
        steps = desk.steps
        said = ""
        if steps and steps[-1].number == step:
            said = f"{steps[-1].said}."
        elif step < 0:
            said = "Undone."
        at = listed.index(flag) if flag else 0
        context: dict[str, Any] = {
            "edition": desk.edition,
            "names": NAMES,
            "reasons": REASONS,
            "named": NAMED,
            "languages": desk.edition.all_languages,
            "choice": choice,
            "query": f"?{urlencode(choice.query())}",
            "filters": _filters(desk.flags),
            "total": len(desk.flags),
            "decided": sum(bool(each.decisions) for each in desk.flags),
            "listed": window(listed, at),
            "position": at + 1,
            "count": len(listed),
            "last": steps[-1] if steps else None,
            "said": said,
            "alert": alert,
            "flag": flag,
        }
        if flag:
            empty = {"words": flag.exact, "new": flag.exact, "language": flag.language, "reason": "", "alike": ""}
            context |= {
                "fields": empty | (given or {}),
                "version": desk.version(flag),
                "alike": len(desk.alike(flag)),
                "previous": listed[at - 1] if at else None,
                "next": listed[at + 1] if at + 1 < len(listed) else None,
                "passage": passage(flag, desk.texts, desk.foreign[flag.text]),
                "note": desk.texts.get(flag.anchor, ""),
                "witnesses": witnesses(flag),
                "cuts": cuts(flag, desk.pages),
                "sheet": whole_page(flag, desk.pages),
            }
        return HTMLResponse(self._template.render(context), status, {"cache-control": "no-store"})


def _step(request: Request) -> int:
    given = request.query_params.get("step", "")
    return int(given) if given.removeprefix("-").isdecimal() else 0


def _to(path: str, choice: Choice, step: int = 0) -> Response:
    query = choice.query() | ({"step": str(step)} if step else {})
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises NotPossible where it is too long to be one."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _MOST_BYTES:
            raise NotPossible("This is too long.")
    fields = parse_qs(data.decode(errors="replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


def _meant(flag: Flag, given: dict[str, str]) -> tuple[Verdict, str]:
    """The decision that a form means; Enter in a field means what the field is for. Raises NotPossible."""
    wanted, new, language = (given.get(name, "") for name in ("decision", "new", "language"))
    new, language = " ".join(new.split()), language.strip()
    if wanted == "entered":
        wanted = "place" if flag.anchor else "language" if language != flag.language and new == flag.exact else "text"
    if wanted == "suggestion":
        return "text", flag.suggestion
    verdict = next((each for each in get_args(Verdict) if each == wanted), None)
    if verdict is None:
        raise NotPossible("Press the button of what you decide.")
    values = {
        "text": new,
        "slip": new,
        "language": language,
        "unclear": given.get("reason", ""),
        "name": given.get("name", ""),
    }
    return verdict, values.get(verdict, "")


def _following(flags: Sequence[Flag], flag: Flag, choice: Choice) -> list[Flag]:
    """What comes after a flag, and then what stands before it."""
    listed = chosen(flags, choice, flag)
    at = listed.index(flag)
    return [*listed[at + 1 :], *listed[:at]]


def _filters(flags: Sequence[Flag]) -> dict[str, list[tuple[str, str, int]]]:
    """What can be chosen: values with their names and how many flags have them."""
    counts: dict[str, dict[tuple[str, str], int]] = {"kind": {}, "page": {}, "language": {}}
    for flag in flags:
        page = (flag.page or "", flag.label or flag.page or "")
        values = {"kind": (flag.category, NAMES[flag.category]), "page": page, "language": (flag.language,) * 2}
        for name, value in values.items():
            if value[0]:
                counts[name][value] = counts[name].get(value, 0) + 1
    sorts = {name: sorted(found.items()) if name == "language" else found.items() for name, found in counts.items()}
    return {name: [(value, text, count) for (value, text), count in found] for name, found in sorts.items()}
