"""Bytes to Documents: every file of the folder becomes a Document or a Problem, none disappears."""

from mujaz.read.folder import concerned, read_files, read_folder, read_paths

__all__ = ["concerned", "read_files", "read_folder", "read_paths"]
