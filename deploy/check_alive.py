"""Whether the server on this machine lives: 0 if it does, else 1; a container asks."""

import os
import sys
import urllib.request


def main() -> int:
    """Ask it, at the port and below the path that Streamlit's settings name."""
    port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
    base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    address = f"http://127.0.0.1:{port}{f'/{base}' if base else ''}/api/health/live"
    # No proxy of the environment: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=8):
            return 0
    except OSError as error:
        print(f"{address} does not answer: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
