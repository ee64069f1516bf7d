"""Experiments that give from a model what was measured in the world, in the way it was measured.

Each is a function of a model, with what was varied as keywords, and returns one number in the unit of its row
in ``measurements.toml``. They are grouped by what is measured.
"""
