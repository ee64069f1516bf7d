"""The fits that gave mgsim its fitted numbers, so that anyone can run them again.

One file for each preparation says what may move, within which bounds and why, and what it is moved for.
"""
