"""Bytes to Documents: every file of the folder becomes a Document or a Problem, none disappears."""

from mujaz.read.folder import with_sidecars, read_files, read_folder, read_paths

__all__ = ["with_sidecars", "read_files", "read_folder", "read_paths"]
