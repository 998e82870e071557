"""Brings articles in: asks newsrooms' sites politely, and stores what they answer as web archives.

Nothing is understood here: what comes lies below the folder of raw articles, and is read from there
like everything else. Who only builds a site loads none of this.
"""

from mujaz.fetching.run import FetchReport, fetch
from mujaz.fetching.session import Manners
from mujaz.fetching.source_run import SourceReport

__all__ = ["FetchReport", "Manners", "SourceReport", "fetch"]
