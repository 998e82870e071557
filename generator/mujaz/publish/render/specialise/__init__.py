"""Specialises the theme's templates, and renders pages by that, without MkDocs.

In: a template's run on proxies of one page (`tracing`), and the sources of pages; out: HTML, or the
answer that MkDocs must render. Only `publish/render/` itself knows of this package, and imports its
modules one by one: a build by cached templates needs neither Jinja nor `tracing`.
"""
