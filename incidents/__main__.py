"""The command line: ``python -m incidents --help``."""

import signal
import sys
import traceback

from incidents.serving.commands.main import WRONG, main

if __name__ == "__main__":
    # Told to end, it ends as by Ctrl+C: what is half written is taken away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        status = main()
    except Exception:
        # Python's own status would be 1, which says that rows were set aside.
        traceback.print_exc()
        status = WRONG
    sys.exit(status)
