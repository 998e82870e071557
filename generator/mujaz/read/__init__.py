"""Bytes to Documents: every file of the folder becomes a Document or a Problem, none disappears."""

from mujaz.read.folder import read_files, read_folder, read_paths, with_sidecars

__all__ = ["read_files", "read_folder", "read_paths", "with_sidecars"]
