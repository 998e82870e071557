"""Makes specialised templates: runs those of MkDocs' theme, in MkDocs' context, on proxies."""

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

from mujaz.publish.render.mkdocs_bridge.eligibility import check_sitemap
from mujaz.publish.render.page import SITEMAP, NotSpecialisable, TemplateKey
from mujaz.publish.render.specialise.guarded_environment import guard
from mujaz.publish.render.specialise.proxies import ConstantProxy, OpaqueProxy, Untraceable
from mujaz.publish.render.specialise.template import Guard, Outcome, SpecialisedTemplate
from mujaz.publish.render.specialise.tracing import LEAF, PageProxy, Trace

_OPAQUE: Any = OpaqueProxy()


class BytecodeCache(jinja2.BytecodeCache):
    """Compiled templates, for the environments of one build."""

    def __init__(self) -> None:
        """Begin empty."""
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the compiled template to Jinja, if it is cached."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache a compiled template."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


class Tracer:
    """Runs templates for one site."""

    def __init__(
        self, config: MkDocsConfig, nav: Navigation, nav_proxy: Any, bytecode: BytecodeCache
    ) -> None:
        """Trace for the site of `config`; all pages see its `nav` as `nav_proxy`."""
        self._config, self._nav, self._nav_proxy = config, nav, nav_proxy
        self._bytecode = bytecode
        self._environment: jinja2.Environment | None = None

    def trace(
        self, key: TemplateKey, data: Mapping[str, Any]
    ) -> tuple[list[tuple[Guard, Outcome]], SpecialisedTemplate | None]:
        """Return the guards with their outcomes for `data`, and the specialised template.

        It is None if the template cannot be traced.
        """
        template, begin, depth = key
        url = begin + "/".join([LEAF] * (depth - 1)) + "/" if depth else begin
        trace = Trace(data, begin if depth else None)
        context = self._context(utils.get_relative_url(".", url), url)
        nav_page = None if depth else self._nav_page(begin)
        context["page"] = PageProxy(trace)
        try:
            if nav_page:
                nav_page.active = True
            output = self._guarded().get_template(template).render(context)
            return list(trace.outcomes.items()), trace.specialised_template(output)
        except Exception:
            # The same holds for all pages with these outcomes.
            return list(trace.outcomes.items()), None
        finally:
            if nav_page:
                nav_page.active = False

    def trace_sitemap_entry(
        self, data: Mapping[str, Any]
    ) -> tuple[str, list[tuple[Guard, Outcome]], SpecialisedTemplate, str]:
        """Return the same for an entry of the site map, with the text before and behind it.

        Raises `NotSpecialisable` if that cannot be traced.
        """
        trace = Trace(data, "")
        chunks: list[str] = []
        bounds: list[int] = []

        class Pages:
            def __iter__(self) -> Any:
                bounds.append(len(chunks))
                yield ConstantProxy(page=PageProxy(trace))
                bounds.append(len(chunks))

        environment = self._guarded()
        source = environment.loader.get_source(environment, SITEMAP)[0]  # type: ignore[union-attr]
        check_sitemap(environment.parse(source))
        context = self._context(utils.get_relative_url(".", SITEMAP), "")
        context |= {"pages": Pages(), "page": None}
        try:
            for chunk in environment.get_template(SITEMAP).generate(context):
                chunks.append(chunk)
        except Exception:
            raise NotSpecialisable from None
        if len(bounds) != 2:
            raise NotSpecialisable
        head, middle, tail = chunks[: bounds[0]], chunks[slice(*bounds)], chunks[bounds[1] :]
        entry = trace.specialised_template("".join(middle))
        return "".join(head), list(trace.outcomes.items()), entry, "".join(tail)

    def _nav_page(self, url: str) -> Page | None:
        return next((page for page in self._nav.pages if page.url == url), None)

    def _context(self, base_url: str, url: str) -> dict[str, Any]:
        """Return a template's context without its page, for one that lies at `url`."""
        context: dict[str, Any] = dict(
            mkdocs_build.get_context(self._nav_proxy, _OPAQUE, self._config, base_url=base_url)
        )
        place: Any = ConstantProxy(url=url)
        for name in ("extra_css", "extra_javascript"):
            context[name] = [
                utils.normalize_url(str(path), place, base_url)
                for path in getattr(self._config, name)
            ]
        return context | {"build_date_utc": _OPAQUE, "base_url": base_url, "_place": place}

    def _guarded(self) -> jinja2.Environment:
        if self._environment is None:
            self._environment = guard(self._config.theme.get_env(), _url, _script_tag)
            self._environment.bytecode_cache = self._bytecode
        return self._environment


@jinja2.pass_context
def _url(context: Any, value: Any) -> str:
    return _placed(context, templates.url_filter, value)


@jinja2.pass_context
def _script_tag(context: Any, value: Any) -> str:
    return _placed(context, templates.script_tag_filter, value)


def _placed(context: Any, real: Callable[..., str], value: Any) -> str:
    """Return an address as MkDocs' filter makes it for all pages of a specialised template."""
    place = context["_place"] if context.get("page") else None
    url = place.url if place else ""
    begin = url.partition(LEAF)[0]
    if LEAF in url and str(value).startswith(begin) and str(value) != begin:
        raise Untraceable  # the way there is another one from its own neighbours
    return real({"page": place, "base_url": context["base_url"]}, value)
