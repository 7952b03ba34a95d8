"""Waivers: an exception from one rule, for one project, at one place, with an owner, a reason and an end."""
