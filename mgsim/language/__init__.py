"""The language in which mechanisms are written down."""
