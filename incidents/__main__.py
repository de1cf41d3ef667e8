"""The command line: ``python -m incidents --help``."""

import signal
import sys

from incidents.serving.commands.main import main

if __name__ == "__main__":
    # Told to end, it ends as by Ctrl+C: what is half written is taken away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
