"""Rulesets: the method's tables as data and its steps as SQL, one folder a ruleset."""
