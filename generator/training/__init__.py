"""Trains the models that the build carries, from data that the project does not carry."""
