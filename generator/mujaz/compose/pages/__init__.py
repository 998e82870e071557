"""The kinds of pages: each module turns answers of the library into the page of one kind.

In go the tracked library and the site's wording, out comes a `Page`. Only `page_graph.py` calls
them; they must not know each other's addresses other than by `permalinks.py`.
"""
