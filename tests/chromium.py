"""How the browser of tests and measurements is started."""

# Nothing but the tested pages is to be asked for, and a container has neither sandbox nor GPU.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that a test hands out, not the server, may speak with the server, too.
    "--disable-features=LocalNetworkAccessChecks",
    # Even a page that asks for another host does not reach it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
