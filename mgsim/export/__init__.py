"""What a model is written out as, for others to read or to run."""
