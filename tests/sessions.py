"""A session as a browser has one: a WebSocket to the dashboard, on which a script is run."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol


@dataclass(frozen=True)
class Session:
    """What the server has said, by kind, and how it is packed on the way."""

    told: dict[str | None, ForwardMsg]
    packed: list[str]

    @property
    def id(self) -> str:
        return str(self.told["new_session"].new_session.initialize.session_id)


@contextmanager
def open_session(
    address: str,
    query: str = "",
    until: str = "script_finished",
    origin: str = "",
    cookies: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Session]:
    """A session that is open as long as the block, which begins with a message of this kind.

    `address` is where pages are served, with its path; `origin` is the page that asks, the server's
    own without it.
    """
    scheme, _, host = address.partition("://")
    cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    with connect(
        f"{scheme.replace('http', 'ws')}://{host}/_stcore/stream",
        origin=Origin(origin or f"{scheme}://{host.partition('/')[0]}"),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"cookie": cookie} if cookie else None,
        ssl=tls,
        max_size=None,
    ) as page:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        page.send(asked.SerializeToString())
        told: dict[str | None, ForwardMsg] = {}
        while until not in told:
            said = ForwardMsg.FromString(page.recv(timeout=60))
            told[said.WhichOneof("type")] = said
        yield Session(told, [each.name for each in page.protocol.extensions])
