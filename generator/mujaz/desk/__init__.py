"""The desk: what needs an editor, in the preview, with buttons that write corrections.

In: requests below `/desk/`; out: pages, and `editorial/desk.yml`, which is written by the desk
alone. No build knows of it. It must not know how corrections are applied.
"""

from mujaz.desk.corrections_file import CorrectionsFile, DeskError
from mujaz.desk.requests import Desk

__all__ = ["CorrectionsFile", "Desk", "DeskError"]
