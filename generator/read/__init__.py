"""Bytes to Documents: every file of the folder becomes a Document or a Problem, none disappears."""

from generator.read.folder import read_files, read_folder
from generator.read.images import with_images

__all__ = ["read_files", "read_folder", "with_images"]
