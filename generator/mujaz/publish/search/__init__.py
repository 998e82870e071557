"""The search index of a site: shards that Pagefind makes, and the list of them.

Goes in: a delta of articles as search holds them. Comes out: the paths of the files below the pages
that changed. It must not know how articles are stored, nor how the search page looks.
"""

from mujaz.publish.search.search_index import SEARCH_FILES, SearchIndex

__all__ = ["SEARCH_FILES", "SearchIndex"]
