"""Answers requests to the desk: its list, an article's page, and corrections that it writes."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from mujaz.compose.selection import EditionRules
from mujaz.config import EDITORIAL_FOLDER, Config, load, read_settings
from mujaz.desk.corrections_file import CorrectionsFile, DeskError
from mujaz.desk.pages import (
    DESK,
    EDITABLE,
    article_content,
    desk_words,
    fault_content,
    framed,
    list_content,
)
from mujaz.errors import MujazError
from mujaz.library import Library
from mujaz.model import Article
from mujaz.preview.answers import Answer
from mujaz.preview.insertion import with_preview
from mujaz.preview.rebuilding import Sources
from mujaz.preview.showing import Showing
from mujaz.review import Concern, concerns, parse, read_library

_MAX_BODY_BYTES = 64 * 1024
_LOOPBACK = ("127.", "::1", "::ffff:127.")


class Desk:
    """The desk of one run of the preview; corrections need the token that its pages have."""

    def __init__(self, sources: Sources, showing: Showing) -> None:
        self._sources, self._showing = sources, showing
        self.token = secrets.token_urlsafe(32)
        self._lock = threading.Lock()
        self._listed: tuple[str, list[Concern]] = ("", [])

    def respond(self, request: Any) -> None:
        """Answer a request of `http.server` below the desk's address."""
        try:
            with self._lock:
                self._respond(request)
        except DeskError as fault:
            self._send(request, fault_content(fault.name), HTTPStatus.CONFLICT)
        except (MujazError, OSError) as error:
            moment = self._showing.name(self._showing.now)
            page = with_preview(framed("", self._shell()).encode(), moment, str(error))
            request.send(Answer(HTTPStatus.SERVICE_UNAVAILABLE, page))

    def _respond(self, request: Any) -> None:
        if not request.client_address[0].startswith(_LOOPBACK):
            self._refuse(request)
        elif request.command == "POST":
            self._post(request)
        elif urlsplit(request.path).path == f"{DESK}desk.css":
            style = Path(__file__).with_name("desk.css").read_bytes()
            request.send(Answer(HTTPStatus.OK, style, "text/css; charset=utf-8"))
        else:
            query = dict(parse_qsl(urlsplit(request.path).query))
            self._show(request, query)

    def _show(self, request: Any, query: Mapping[str, str]) -> None:
        config = load(self._sources.file, seeds=self._sources.seeds)
        file = self._file(config)
        done = query.get("done", "")
        note = desk_words()[done] if done in ("saved", "undone") else ""
        open_concerns = [
            each
            for each in self._concerns(config)
            if " ".join(each.name.split()) not in file.confirmed()
        ]
        address = query.get("article", "").strip("/")
        if not address:
            content = list_content(
                open_concerns, self.token, file.can_undo(), note, self._showing.now.base_path
            )
            self._send(request, content)
            return
        article = _article(config, address)
        if article is None:
            self._send(request, fault_content("unknown"), HTTPStatus.NOT_FOUND)
            return
        reasons = [each for each in open_concerns if each.address.strip("/") == address]
        text = article.text
        for result, source_text in parse([config.seeds / article.file.partition("#")[0]], config):
            if result.file.endswith(article.file.rpartition("/")[2]) and source_text:
                text = source_text
        content = article_content(article, address, text, reasons, self.token, note)
        self._send(request, content)

    def _post(self, request: Any) -> None:
        fields = _posted(request)
        if fields is None or not hmac.compare_digest(
            fields.get("token", "").encode(), self.token.encode()
        ):
            self._refuse(request)
            return
        config = load(self._sources.file, seeds=self._sources.seeds)
        file, action = self._file(config), fields.get("action", "")
        if action == "undo":
            file.undo()
        elif action == "right":
            file.confirm(fields.get("name", ""))
        else:
            addition = _addition(action, fields)
            if not addition:
                raise DeskError("empty")
            try:
                file.change(addition)
            except DeskError as fault:
                content = fault_content(fault.name, addition)
                self._send(request, content, HTTPStatus.CONFLICT)
                return
        done = "undone" if action == "undo" else "saved"
        request.send(Answer(HTTPStatus.SEE_OTHER, location=f"{DESK}?done={done}"))

    def _file(self, config: Config) -> CorrectionsFile:
        extra = read_settings(config.file).values.get("extra") or {}
        folder = (extra.get("mujaz") or {}).get("editorial") or EDITORIAL_FOLDER
        return CorrectionsFile(config.file.parent / folder, config.cache / "desk-undo.json")

    def _concerns(self, config: Config) -> list[Concern]:
        moment = self._showing.name(self._showing.now)
        if self._listed[0] != moment:
            self._listed = (moment, concerns(config))
        return self._listed[1]

    def _shell(self) -> str:
        site = self._showing.now.site
        with suppress(OSError):
            return (site / "404.html").read_text("utf-8") if site else ""
        return ""

    def _refuse(self, request: Any) -> None:
        request.close_connection = True
        self._send(request, fault_content("refused"), HTTPStatus.FORBIDDEN)

    def _send(self, request: Any, content: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        shown = self._showing.now
        page = framed(content, self._shell()).encode()
        request.send(Answer(status, with_preview(page, self._showing.name(shown), shown.fault)))


def _posted(request: Any) -> dict[str, str] | None:
    """Return the fields of a form that one of our own pages sent; None if it is another's."""
    headers = request.headers
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    length = headers.get("Content-Length", "")
    is_ours = (
        origin in (None, f"http://{headers.get('Host')}")
        and site in (None, "same-origin")
        and headers.get_content_type() == "application/x-www-form-urlencoded"
    )
    if not (is_ours and length.isascii() and length.isdigit() and int(length) <= _MAX_BODY_BYTES):
        return None
    try:
        return dict(parse_qsl(request.rfile.read(int(length)).decode(), True, max_num_fields=100))
    except ValueError:
        return None


def _article(config: Config, address: str) -> Article | None:
    """Return the published article at an address below the site's root, by the id at its end."""
    wanted = unquote(address).rpartition("-")[2].rpartition("/")[2]

    def read(library: Library, rules: EditionRules) -> Article | None:
        return next(iter(library.articles([wanted])), None)

    return read_library(config, read)


def _fields(form: Mapping[str, str]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name in EDITABLE:
        value = form.get(name, "").strip()
        if name in form and value != form.get(f"was-{name}", "").strip():
            names = [each.strip() for each in value.split("؛") if each.strip()]
            changed[name] = names if name == "authors" else value
    return changed


def _addition(action: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form adds to the corrections; empty if that is nothing."""
    ref, name, other = (form.get(each, "").strip() for each in ("ref", "name", "other"))
    kinds: Mapping[str, Callable[[], dict[str, Any]]] = {
        "fields": lambda: {"articles": {ref: fields}} if ref and (fields := _fields(form)) else {},
        "hide": lambda: {"articles": {ref: {"hide": True}}} if ref else {},
        "lead": lambda: {"front": {"lead": ref}} if ref else {},
        "split": lambda: {"stories": [{"split": [ref]}]} if ref else {},
        "join": lambda: {"stories": [{"join": [ref, other]}]} if ref and other else {},
        "merge": lambda: {"tags": {"merge": {name: [other]}}} if name and other else {},
    }
    return kinds[action]() if action in kinds else {}
