"""Makes the documentation: its pages of reference from the code, and its assets from the theme."""
