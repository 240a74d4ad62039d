"""Answers what the preview's page asks for, and tells it of changes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import secrets
import socket
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from gapress.errors import ContentError, GapressError, MachineError
from gapress.preview.desk import Desk
from gapress.preview.guard import Guard
from gapress.preview.save import Change, ConflictError, save
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

_WATCHED = ("releases", "locales", "templates")
_PAGE = files("gapress.preview").joinpath("page")
_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css"}


class Preview:
    """The pages of a newsroom's preview, and what they ask for.

    Args:
        root: The newsroom's folder.
        token: What each address begins with.
        port: Where it listens.
    """

    def __init__(self, root: Path, token: str, port: int) -> None:
        self.root, self.token, self.port = root, token, port
        self.desk = Desk(root)
        self._news = asyncio.Condition()
        self._stop = asyncio.Event()
        base = f"/{token}"
        answers = [
            ("/events", self.events),
            ("/version", self.version),
            ("/releases", self.releases),
            ("/release/{slug}", self.release),
            ("/view/{slug}/{code}/{view}", self.view),
            ("/page/{slug}/{code}/{number:int}", self.page),
            ("/file/{slug}/{code}/{form}", self.file),
            ("/kit/{slug}/{name}", self.kit),
            ("/hints/{slug}/{code}/{number:int}", self.hints),
            ("/{name}", self.static),
            ("/", self.static),
        ]
        changes = [("/save", self.save), ("/check", self.check), ("/make", self.make)]
        routes = [
            Route(f"{base}{path}", _told(answer), methods=[method])
            for method, found in (("POST", changes), ("GET", answers))
            for path, answer in found
        ]
        self.app = Guard(Starlette(routes=routes, lifespan=self._lifespan), token, port)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._stop.set()
            await watching
            self.desk.close()

    async def _watch(self) -> None:
        from watchfiles import awatch

        while not self._stop.is_set():
            places = self._places()
            watcher = awatch(
                *places,
                stop_event=self._stop,
                debounce=60,
                step=20,
                rust_timeout=1_000,
                yield_on_timeout=True,
            )
            async for changes in watcher:
                if changes or places != self._places():
                    await self._changed()
                if places != self._places():
                    break  # a folder has come or gone: watch the others

    def _places(self) -> list[Path]:
        return [self.root / name for name in _WATCHED if (self.root / name).is_dir()]

    async def _changed(self) -> None:
        await run_in_threadpool(self.desk.changed)  # it may have to wait for a PDF
        async with self._news:
            self._news.notify_all()

    # --- answers --------------------------------------------------------------------------------

    async def static(self, request: Request) -> Response:
        """Answer with a file of the page itself."""
        name = request.path_params.get("name") or "index.html"
        if name not in {file.name for file in _PAGE.iterdir()}:
            return Response("not found", 404)
        text = _PAGE.joinpath(name).read_text(encoding="utf-8")
        return Response(text, media_type=_KINDS[name.rpartition(".")[2]])

    async def version(self, _: Request) -> Response:
        """Answer with a number that changes with each change, for pages that can't wait for it."""
        return Response(str(self.desk.version), media_type="text/plain")

    async def events(self, _: Request) -> Response:
        """Answer with an event for each change (HTML Living Standard, server-sent events)."""

        async def stream() -> AsyncIterator[str]:
            yield "retry: 500\n\n"
            seen = -1
            while not self._stop.is_set():
                if seen != self.desk.version:
                    seen = self.desk.version
                    yield f"data: {seen}\n\n"
                with contextlib.suppress(TimeoutError):
                    async with self._news:
                        await asyncio.wait_for(self._news.wait(), 1)

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def releases(self, _: Request) -> Response:
        """Answer with every release and how far it is in each language, the newest first."""

        def collect() -> dict[str, Any]:
            known, waiting = self.desk.overviews()
            newest = sorted(known, key=lambda one: (one.date or one.slug, one.slug), reverse=True)
            found = [
                asdict(one) | {"problems": [problem.as_json() for problem in one.problems]}
                for one in newest
            ]
            return {
                "releases": found,
                "waiting": waiting,
                "languages": self.desk.language_names(),
            }

        return JSONResponse(await run_in_threadpool(collect))

    async def release(self, request: Request) -> Response:
        """Answer with everything about a release but its pages."""
        slug = self._slug(request)

        def collect() -> dict[str, Any]:
            sheet = self.desk.sheet(slug)
            panes = {
                code: {
                    "name": pane.language.name,
                    "tag": pane.language.tag,
                    "direction": pane.language.direction,
                    "formats": pane.formats,
                    "sendable": pane.sendable,
                    "content": self.desk.tag(slug, code),
                    "texts": [_text(text) for text in pane.texts],
                    "problems": [problem.as_json() for problem in pane.problems],
                    **_counts(pane.texts),
                }
                for code, pane in sheet.panes.items()
            }
            problems = [problem.as_json() for problem in sheet.problems]
            return {"headline": sheet.headline, "panes": panes, "problems": problems}

        return JSONResponse(await run_in_threadpool(collect))

    async def view(self, request: Request) -> Response:
        """Answer with a release in one language, as screen, PDF, e-mail, Word or text."""
        slug, code = self._slug(request), request.path_params["code"]
        view = request.path_params["view"]

        def make() -> Response:
            if view == "screen":
                return HTMLResponse(self.desk.sheet(slug).panes[code].page)
            if view == "pdf":
                return JSONResponse({"pages": len(self.desk.pages(slug, code))})
            if view == "email":
                return HTMLResponse(self.desk.email(slug, code))
            if view == "word":
                return HTMLResponse(self.desk.word(slug, code))
            _, data = self.desk.file(slug, code, "txt")
            return Response(data, media_type="text/plain; charset=utf-8")

        return await run_in_threadpool(make)

    async def page(self, request: Request) -> Response:
        """Answer with a page of the PDF as a picture."""
        slug, code = self._slug(request), request.path_params["code"]
        pages = await run_in_threadpool(self.desk.pages, slug, code)
        return Response(pages[request.path_params["number"]], media_type="image/png")

    async def file(self, request: Request) -> Response:
        """Answer with a file of the kit, to be saved."""
        slug, code = self._slug(request), request.path_params["code"]
        form: str = request.path_params["form"]
        if form not in WRITERS:
            raise KeyError(form)
        name, data = await run_in_threadpool(self.desk.file, slug, code, form)
        return _to_keep(name, data)

    async def kit(self, request: Request) -> Response:
        """Answer with a file of the whole kit, by its name or the end of it."""
        slug, wanted = self._slug(request), request.path_params["name"]
        files = await run_in_threadpool(self.desk.kit, slug)
        (name,) = [name for name in files if name == wanted or name.endswith(f".{wanted}")]
        return _to_keep(name, files[name])

    async def make(self, request: Request) -> Response:
        """Make the kit of a release in ``dist/``, and verify it."""
        slug = str((await _json(request))["slug"])
        if slug not in self.desk.slugs():
            raise KeyError(slug)
        report, findings = await run_in_threadpool(self.desk.make, slug)
        await self._changed()
        return JSONResponse(
            {
                "folder": f"dist/{slug}",
                "made": len(report.made),
                "refused": sorted({one.language for one in report.refused if not one.format}),
                "problems": [p.as_json() for p in report.problems if p.severity == "error"],
                "failures": [*report.failures, *(f"{one.kind}: {one.path}" for one in findings)],
            }
        )

    async def check(self, request: Request) -> Response:
        """Answer with what the checks say of a translation that is not saved."""
        given = await _json(request)
        slug, code, number = str(given["slug"]), str(given["code"]), int(given["number"])
        translation = str(given["translation"])
        ignored = _names(given.get("ignored", []))
        problems = await run_in_threadpool(
            self.desk.checked, slug, code, number, translation, ignored
        )
        return JSONResponse({"problems": [problem.as_json() for problem in problems]})

    async def hints(self, request: Request) -> Response:
        """Answer with what helps to translate a text: terms, and translations of texts like it."""
        slug, code = self._slug(request), request.path_params["code"]
        number = request.path_params["number"]
        terms, near = await run_in_threadpool(self.desk.hints, slug, code, number)
        return JSONResponse(
            {
                "terms": [
                    {"source": term.source, "translations": term.translations} for term in terms
                ],
                "near": [asdict(one) for one in near],
            }
        )

    async def save(self, request: Request) -> Response:
        """Write a translation into its catalog."""
        given = await _json(request)
        slug, code, number = str(given["slug"]), str(given["code"]), int(given["number"])
        shown = await run_in_threadpool(self.desk.text, slug, code, number)
        if (shown.message.role, shown.message.source) != (given["role"], given["source"]):
            return JSONResponse({"error": "the page is older than the release; look again"}, 409)
        if shown.state == "source":
            return JSONResponse({"error": "this text is the source; edit it in its file"}, 400)
        change = Change(
            slug=slug,
            file=shown.file,
            message=shown.message,
            before=str(given["before"]),
            before_fuzzy=bool(given["before_fuzzy"]),
            translation=str(given["translation"]),
            fuzzy=bool(given["fuzzy"]),
            ignored=_names(given["ignored"]) if "ignored" in given else None,
            note_before=str(given.get("note_before", "")),
            note=str(given.get("note", "")),
        )
        try:
            line = await run_in_threadpool(save, self.root, change)
        except ConflictError as conflict:
            now = {"translation": conflict.translation, "fuzzy": conflict.fuzzy}
            return JSONResponse({"error": str(conflict), "now": now}, 409)
        await self._changed()
        return JSONResponse({"file": shown.file, "line": line})

    def _slug(self, request: Request) -> str:
        slug: str = request.path_params["slug"]
        if slug not in self.desk.slugs():
            raise KeyError(slug)
        return slug


def _to_keep(name: str, data: bytes) -> Response:
    """Return a file that the browser saves."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _told(
    answer: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turn errors into answers that the page can show."""

    async def told(request: Request) -> Response:
        try:
            return await answer(request)
        except ContentError as error:
            problems = [problem.as_json() for problem in error.problems]
            return JSONResponse({"error": "the content has problems", "problems": problems}, 422)
        except GapressError as error:
            return JSONResponse({"error": str(error)}, 500)
        except (KeyError, IndexError):
            return JSONResponse({"error": "there is nothing of that name"}, 404)
        except (ValueError, TypeError):
            return JSONResponse({"error": "that request can't be understood"}, 400)
        except Exception as error:
            logging.getLogger(__name__).exception("internal error in gapress")
            return JSONResponse(
                {"error": f"internal error in gapress: {type(error).__name__}"}, 500
            )

    return told


async def _json(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type") != "application/json":
        raise ValueError("not JSON")
    given = json.loads(await request.body())
    if not isinstance(given, dict):
        raise TypeError("not an object")
    return given


def _names(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError("not a list")
    return tuple(map(str, given))


def _counts(texts: tuple[Any, ...]) -> dict[str, int]:
    states = [text.state for text in texts]
    names = ("translated", "fuzzy", "missing", "unsound")
    return {name: states.count(name) for name in names} | {"source": states.count("source")}


def _text(text: Any) -> dict[str, Any]:
    return {
        **asdict(text.message),
        "number": text.number,
        "translation": text.translation,
        "state": text.state,
        "file": text.file,
        "line": text.line,
        "comments": text.comments,
        "note": text.note,
        "ignored": text.ignored,
        "changes": text.changes,
        "written_in": text.written_in,
        "problems": [problem.as_json() for problem in text.problems],
    }


# --- running ------------------------------------------------------------------------------------


def remembered_token(root: Path) -> str:
    """Return the token of this newsroom's preview, the same after a restart.

    Kept where only this user can read it, so that an open page finds the server again.

    Raises:
        MachineError: It can't be kept.
    """
    path = root / "dist" / ".gapress" / "preview-token"
    try:
        with contextlib.suppress(FileNotFoundError):
            found = path.read_text(encoding="ascii").strip()
            if len(found) >= 32:
                return found
        path.parent.mkdir(parents=True, exist_ok=True)
        token = secrets.token_urlsafe(32)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(token)
    except OSError as error:
        raise MachineError(f"{path} can't be written: {error.strerror}") from None
    return token


def listen(port: int) -> socket.socket:
    """Return a socket on the loopback interface; port 0 takes any.

    Raises:
        MachineError: The port is taken.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)  # who opens the address at once waits for the first answer
    except OSError as error:
        listener.close()
        raise MachineError(f"port {port} can't be used: {error.strerror}; try --port 0") from None
    return listener


def serve(root: Path, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve a newsroom's preview until the program is interrupted.

    Args:
        root: The newsroom's folder.
        listener: Where to listen.
        ready: Called with the address.

    Raises:
        MachineError: The token can't be kept.
    """
    import uvicorn

    port = listener.getsockname()[1]
    token = remembered_token(root)
    preview = Preview(root, token, port)
    config = uvicorn.Config(
        preview.app,
        log_level="error",
        timeout_graceful_shutdown=1,
        server_header=False,
        ws="none",
    )
    server = uvicorn.Server(config)
    ready(f"http://127.0.0.1:{port}/{token}/")
    asyncio.run(server.serve(sockets=[listener]))
