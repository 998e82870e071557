"""Trains the models that ship in `generator/data`; not needed to run Mujaz."""
