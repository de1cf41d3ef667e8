"""Launcher of the dashboard: ``streamlit run app.py`` serves the pages and the routes together.

The pages start from ``pages/_frame.py``, not from here, so that a link to any page also opens on a
server that has just started (docs/decisions/0001-frame.md).
"""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from incidents.serving.front import serve  # noqa: E402
from parts.chrome.map_frame import declare_map_frame  # noqa: E402
from parts.login import Login, stop_if_nobody_can_open_it  # noqa: E402
from parts.sessions import Sessions  # noqa: E402

stop_if_nobody_can_open_it()
prefix = f"/{str(st.get_option('server.baseUrlPath') or '').strip('/')}".rstrip("/")
static = Path(st.__file__).parent / "static"
answers = serve(prefix, ROOT, static, st.get_option, Login(), declare_map_frame, Sessions())
app = st.App(ROOT / "pages" / "_frame.py", **answers)
