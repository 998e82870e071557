"""Verifying a finished site: what lies there is what was published, and each link leads somewhere.

A site's folder goes in, faults by file come out. It must not know how pages are made or rendered.
"""

from mujaz.publish.verify.links import broken_links, refuse_broken_links
from mujaz.publish.verify.site import Verification, verify_site

__all__ = ["Verification", "broken_links", "refuse_broken_links", "verify_site"]
