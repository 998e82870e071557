"""Trains the models that ship in `generator/mujaz/data`; no build needs it."""
