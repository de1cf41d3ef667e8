"""Say in one sentence why the dashboard cannot listen on a port, and exit 1; silent if it can.

Runs before anything is installed: standard library only.
"""

import errno
import socket
import sys

HIGHEST_PORT = 65535
# A server on one address only (127.0.0.1, ::1) need not keep us from binding all addresses, but
# it would answer in our place: so each is tried, by asking and by binding.
LOCAL_ADDRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
SECONDS_TO_ANSWER = 0.5


def find_port_problem(text: str) -> str | None:
    """Give the sentence on what is wrong with the port, or None."""
    is_number = text.isascii() and text.isdigit()
    if not is_number or not 1 <= int(text) <= HIGHEST_PORT:
        return (
            f"PORT={text} is not a port: give a number from 1 to {HIGHEST_PORT}, "
            "as in: make run PORT=8600"
        )
    port = int(text)
    if any(has_server(family, address, port) for family, address in LOCAL_ADDRESSES):
        return in_use(port)
    return find_bind_problem(port)


def in_use(port: int) -> str:
    """Name the remedy, which must be another port than the one that is taken."""
    other = 8600 if port != 8600 else 8601
    return (
        f"Port {port} is in use, perhaps by another dashboard: stop that program, "
        f"or take another port: make run PORT={other}"
    )


def has_server(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family) as client:
            client.settimeout(SECONDS_TO_ANSWER)
            return client.connect_ex((address, port)) == 0
    except OSError:  # this machine has no such kind of address
        return False


def find_bind_problem(port: int) -> str | None:
    with socket.socket() as server:
        # As the dashboard's own server does: a port just left is free.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("", port))
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM):
                return (
                    f"Port {port} is reserved for administrators: "
                    "take one from 1024 up, as in: make run PORT=8600"
                )
            return in_use(port)
    return None


if __name__ == "__main__":
    sys.exit(find_port_problem(sys.argv[1]))
