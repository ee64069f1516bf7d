"""What people meet first: the command line."""
