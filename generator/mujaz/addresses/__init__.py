"""Addresses that last: an article keeps its address whatever becomes of its headline or its file.

Files of articles with derived ids go in; out come the files whose addresses are new or changed, and
what is to be remembered of addresses beside the raw articles. It must not know what an article is
about, nor what pages look like.
"""

from mujaz.addresses.addresses import Addresses
from mujaz.addresses.forwarding import write_forwarding
from mujaz.addresses.permalinks import Permalinks, read_permalinks

__all__ = ["Addresses", "Permalinks", "read_permalinks", "write_forwarding"]
