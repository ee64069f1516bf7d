"""What was measured in the world, where it was published, and how the model compares."""
