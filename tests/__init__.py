"""Tests of Mujaz: tables of cases, properties, and the built site in a browser."""
