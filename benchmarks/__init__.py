"""Measurements: how well raw pages are understood, against answers known to be right."""
