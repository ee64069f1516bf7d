"""Whole curves behind the rows of the table, recorded by the experiments that give the rows their numbers.

Each module is about one topic and gives a `Picture`; `index.py` says which rows each picture is about.
"""
