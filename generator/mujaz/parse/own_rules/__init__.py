"""What editors say of a paper's lines and datelines and of sections, ready to parse by.

It takes the values of `editorial/*.yml`, and gives rules. It must not know how a page is parsed.
"""

from mujaz.parse.own_rules.own_rules import NO_OWN_RULES, OwnRules, own_rules

__all__ = ["NO_OWN_RULES", "OwnRules", "own_rules"]
