"""Mujaz turns raw, scraped Arabic news articles into a right-to-left news digest."""

__version__ = "0.1.0"
