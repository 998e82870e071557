"""Makes skeletons: runs the templates of MkDocs' theme, in MkDocs' context, on stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import templates

from mujaz.publish.render.mkdocs_bridge.eligibility import check_items
from mujaz.publish.render.page import ITEMS, Key, Unfit
from mujaz.publish.render.specialise.guarded_environment import watch
from mujaz.publish.render.specialise.proxies import Only, Surprise, Unknown
from mujaz.publish.render.specialise.template import Answer, Question, Skeleton
from mujaz.publish.render.specialise.tracing import LEAF, Article, Trace

_UNKNOWN: Any = Unknown()


class Codes(jinja2.BytecodeCache):
    """Compiled templates, for the environments of one build."""

    def __init__(self) -> None:
        """Begin without any."""
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of a template."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


class Tracer:
    """Runs templates for one site."""

    def __init__(self, config: MkDocsConfig, nav: Navigation, shown_nav: Any, codes: Codes) -> None:
        """Trace for the site of `config`; all pages see of its `nav` what is in `shown_nav`."""
        self._config, self._nav, self._shown_nav = config, nav, shown_nav
        self._codes = codes
        self._environment: jinja2.Environment | None = None

    def trace(
        self, key: Key, data: Mapping[str, Any]
    ) -> tuple[list[tuple[Question, Answer]], Skeleton | None]:
        """Return what a page's template asks of `data`, and what it prints, if that is known."""
        template, begin, depth = key
        url = begin + "/".join([LEAF] * (depth - 1)) + "/" if depth else begin
        trace = Trace(data, begin if depth else None)
        context = self._context(utils.get_relative_url(".", url), url)
        nav_page = None if depth else self._nav_page(begin)
        context["page"] = Article(trace)
        try:
            if nav_page:
                nav_page.active = True
            output = self._watched().get_template(template).render(context)
            return list(trace.answers.items()), trace.skeleton(output)
        except Exception:
            # So it goes with all pages that answer like this.
            return list(trace.answers.items()), None
        finally:
            if nav_page:
                nav_page.active = False

    def trace_item(
        self, data: Mapping[str, Any]
    ) -> tuple[str, list[tuple[Question, Answer]], Skeleton, str]:
        """Return the same for a page's entry in the site map, with what is before and behind it."""
        trace = Trace(data, "")
        chunks: list[str] = []
        at: list[int] = []

        class Pages:
            def __iter__(self) -> Any:
                at.append(len(chunks))
                yield Only(page=Article(trace))
                at.append(len(chunks))

        environment = self._watched()
        source = environment.loader.get_source(environment, ITEMS)[0]  # type: ignore[union-attr]
        check_items(environment.parse(source))
        context = self._context(utils.get_relative_url(".", ITEMS), "")
        context |= {"pages": Pages(), "page": None}
        try:
            for chunk in environment.get_template(ITEMS).generate(context):
                chunks.append(chunk)
        except Exception:
            raise Unfit from None
        if len(at) != 2:
            raise Unfit
        before, item, behind = chunks[: at[0]], chunks[at[0] : at[1]], chunks[at[1] :]
        skeleton = trace.skeleton("".join(item))
        return "".join(before), list(trace.answers.items()), skeleton, "".join(behind)

    def _nav_page(self, url: str) -> Page | None:
        return next((page for page in self._nav.pages if page.url == url), None)

    def _context(self, base_url: str, url: str) -> dict[str, Any]:
        """Return a template's context without its page, for one that lies at `url`."""
        context: dict[str, Any] = dict(
            mkdocs_build.get_context(self._shown_nav, _UNKNOWN, self._config, base_url=base_url)
        )
        place: Any = Only(url=url)
        for name in ("extra_css", "extra_javascript"):
            context[name] = [
                utils.normalize_url(str(path), place, base_url)
                for path in getattr(self._config, name)
            ]
        return context | {"build_date_utc": _UNKNOWN, "base_url": base_url, "_place": place}

    def _watched(self) -> jinja2.Environment:
        if self._environment is None:
            self._environment = watch(self._config.theme.get_env(), _url, _script_tag)
            self._environment.bytecode_cache = self._codes
        return self._environment


@jinja2.pass_context
def _url(context: Any, value: Any) -> str:
    return _placed(context, templates.url_filter, value)


@jinja2.pass_context
def _script_tag(context: Any, value: Any) -> str:
    return _placed(context, templates.script_tag_filter, value)


def _placed(context: Any, real: Callable[..., str], value: Any) -> str:
    """Return an address as MkDocs' filter makes it for all pages that a skeleton is for."""
    place = context["_place"] if context.get("page") else None
    url = place.url if place else ""
    begin = url.partition(LEAF)[0]
    if LEAF in url and str(value).startswith(begin) and str(value) != begin:
        raise Surprise  # the way there is another one from its own neighbours
    return real({"page": place, "base_url": context["base_url"]}, value)
