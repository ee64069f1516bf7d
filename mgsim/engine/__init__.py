"""The engine: from equations to fast code, and from fast code to trajectories."""
