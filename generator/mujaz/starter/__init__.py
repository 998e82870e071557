"""Writes a new site: settings, sample articles and a page, which build as they are.

The files lie in `files/`, just as they are written; nothing is asked, nothing of others touched.
"""

from mujaz.starter.new_site import starter_files, write_site

__all__ = ["starter_files", "write_site"]
