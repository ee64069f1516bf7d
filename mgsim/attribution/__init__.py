"""Which mechanism makes which part of what magnesium does: mechanisms made blind to it, one by one."""
