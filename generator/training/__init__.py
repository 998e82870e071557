"""Makes the trained tables in `generator/data`; a build never imports this."""
