"""MkDocs as the oracle: renders single pages or whole sites, and traces the theme's templates.

In: MkDocs' configuration; out: pages, the `ConfigSummary`, specialised templates. Only
`publish/render/` itself knows of this package, and imports it when a build needs MkDocs.
"""
