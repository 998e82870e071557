"""From a folder of Markdown pages to a finished site: byte for byte what `mkdocs build` makes.

In: `mkdocs.yml` and the pages below one folder; out: the site's folder. The callers know nothing of
how that is done, and this package knows nothing of articles.

Most pages of a news site differ only in their texts. So MkDocs renders one page of each kind, which
leaves a specialised template with slots (`specialise/`); the other pages fill the slots, and their
Markdown is converted by a reader of the subset that Mujaz writes. Specialised templates are cached
under a fingerprint of all that they depend on (`RenderRequest.fingerprint`): while it is the same,
and each page passes the guards of a template, MkDocs is not even imported.

Why the result is that of MkDocs:

1. A specialised template is used only for pages that pass all of its guards. A guard is a question
   that the theme's template asked of the first page: the template cannot tell the others from it.
2. Each specialised template is compared with MkDocs' own page when it is made.
3. A page whose front matter or Markdown is outside of the subset (`NotInSubset`), or for which no
   specialised template can be made, is rendered by MkDocs (`mkdocs_bridge/`).
4. A configuration or theme that could reach into pages in other ways (`NotSpecialisable`) is left
   to MkDocs as a whole.
5. What our plugin does to the HTML of a page, the converter of the subset does at once.

A full build is made beside the last site and swapped with it. An incremental one renews what
changed, in place, each file atomically, new files before old ones go; `manifest` tells how a build
that is killed is mended. A build that has nothing to do imports none of all this.
"""

from mujaz.publish.render.page import NotSpecialisable, page_date
from mujaz.publish.render.renderer import complete_config, render_site
from mujaz.publish.render.sitemap import pack_again
from mujaz.publish.render.specialise.compact_html import compact, is_composed

__all__ = [
    "NotSpecialisable",
    "compact",
    "complete_config",
    "is_composed",
    "pack_again",
    "page_date",
    "render_site",
]
