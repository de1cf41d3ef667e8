"""The command line: ``python -m incidents --help``."""

import sys

from incidents.serving.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
