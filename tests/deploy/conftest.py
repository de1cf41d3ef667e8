"""The proxies whose configuration is shipped, started for real in front of the dashboard."""

import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from incidents.table.settings import ROOT
from tests.servers import find_free_port, stop

DEPLOY = ROOT / "deploy"


class Proxy(NamedTuple):
    """Where one answers: by HTTPS, and by HTTP."""

    address: str
    plain: str


def find_program(name: str) -> str:
    """Where a program is; a test fails without it where it could have been installed."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        pytest.fail(f"{name} is missing: sh scripts/install_proxies.sh", pytrace=False)
    if found is None:
        pytest.skip(f"{name} is not here")
    return found


def trust_nobody() -> ssl.SSLContext:
    """TLS with certificates that nobody has signed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextmanager
def run_proxy(command: list[str], proxy: Proxy, folder: Path, **env: str) -> Iterator[Proxy]:
    log = folder / "log.txt"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=folder, env={**os.environ, **env}, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_for(proxy, process, log)
            yield proxy
        finally:
            stop(process)


def wait_for(proxy: Proxy, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        try:
            httpx2.get(proxy.address, verify=trust_nobody(), trust_env=False, timeout=10)
        except httpx2.TransportError:
            time.sleep(0.1)
            assert process.poll() is None, log.read_text()
        else:
            return
    pytest.fail(log.read_text(), pytrace=False)


RunProxy = Callable[..., "contextmanager[Proxy]"]


@contextmanager
def run_caddy(folder: Path, server: str, base: str = "", other: str = "") -> Iterator[Proxy]:
    """Caddy with the shipped Caddyfile, in front of a server (host and port), or of two."""
    secure, plain = find_free_port(), find_free_port()
    env = {
        "SITE": "localhost", "TLS": "tls internal", "BASE": base,
        "DASHBOARD": f"{server} {other}".strip(),
        **({"STICKY": "cookie incidents_process"} if other else {}),
        "HTTPS_PORT": str(secure), "HTTP_PORT": str(plain),
        "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder),
    }  # fmt: skip
    command = [find_program("caddy"), "run", "--config", str(DEPLOY / "Caddyfile")]
    proxy = Proxy(f"https://localhost:{secure}", f"http://localhost:{plain}")
    with run_proxy([*command, "--adapter", "caddyfile"], proxy, folder, **env) as found:
        yield found


@contextmanager
def run_nginx(folder: Path, server: str, base: str = "", other: str = "") -> Iterator[Proxy]:
    """nginx with the shipped configuration, but for its ports, certificate and servers."""
    secure, plain = find_free_port(), find_free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [find_program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for shipped, here in {
        "listen 80;": f"listen {plain};",
        "listen 443 ssl http2;": f"listen {secure} ssl http2;",
        "/etc/ssl/certs/attacks.example.org.pem": str(certificate),
        "/etc/ssl/private/attacks.example.org.key": str(key),
        "server 127.0.0.1:8501;": f"server {server};",
        "attacks.example.org": "localhost",
        # As the file says for two processes.
        **({"# two: ": "", "server 127.0.0.1:8502": f"server {other}"} if other else {}),
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "shipped.conf").write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ {temporary} access_log {folder}/access.log; include shipped.conf; }}\n"
    )
    command = [find_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    proxy = Proxy(f"https://localhost:{secure}", f"http://localhost:{plain}")
    with run_proxy(command, proxy, folder) as found:
        yield found


RUN = {"caddy": run_caddy, "nginx": run_nginx}
