"""What inputs state outside the text: who wrote it, and for which site."""
