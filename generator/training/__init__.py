"""Trains the models that ship in `generator/data`; no build needs it."""
