"""``python -m mgsim`` is ``mgsim``."""

import sys

from mgsim.app.command_line import main

if __name__ == "__main__":
    sys.exit(main())
