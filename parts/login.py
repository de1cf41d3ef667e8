"""Logging in by Streamlit's own means: its cookie, its providers, its way out."""

import json
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.auth_util import (
    encode_provider_token,
    get_origin_from_redirect_uri,
    get_secrets_auth_section,
    is_authlib_installed,
    validate_auth_credentials,
)
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from incidents.serving.access.logins import DEFAULT
from incidents.table.settings import read_settings, stop_if_wrong

_KEYS = ("client_id", "server_metadata_url")


class Login:
    """Who has logged in, as Streamlit itself tells it, and where one does."""

    def read_user(self, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        """What the provider told of who has logged in; None where nobody has.

        The cookie is Streamlit's, signed with ``cookie_secret`` of its secrets.
        """
        if not secrets_singleton.load_if_toml_exists():
            return None
        signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
        try:
            user = json.loads(signed or b"null")
        except ValueError:
            return None
        # Of a dashboard elsewhere that has the same secret, it is none of ours.
        is_ours = isinstance(user, dict) and user.get("origin") == get_origin_from_redirect_uri()
        return user if is_ours and user.get("is_logged_in") is True else None

    def list_providers(self) -> list[str]:
        """Names of those that one can log in with."""
        section = get_secrets_auth_section()
        named = [name for name, each in section.items() if isinstance(each, Mapping)]
        own = [name for name in named if any(key in section[name] for key in _KEYS)]
        return [DEFAULT] * ("client_id" in section) + own

    def write_address(self, provider: str) -> str:
        """Where one logs in, below the dashboard's own address. Good for two minutes."""
        return f"auth/login?{urlencode({'provider': encode_provider_token(provider)})}"


def stop_if_nobody_can_open_it() -> None:
    """End the process with a sentence where a setting is wrong, or nobody could log in."""
    stop_if_wrong()
    if read_settings().access != "login":
        return
    where = "INCIDENTS_ACCESS=login needs [auth] in .streamlit/secrets.toml"
    if not secrets_singleton.load_if_toml_exists() or not get_secrets_auth_section():
        sys.exit(f"{where}: see SECURITY.md.")
    if not is_authlib_installed():
        sys.exit("INCIDENTS_ACCESS=login needs Authlib: pip install -r requirements.txt.")
    try:
        for provider in Login().list_providers() or [DEFAULT]:
            validate_auth_credentials(provider)
    except StreamlitAuthError as error:
        sys.exit(f"{where}. {error}")


def show_account(role: str | None) -> None:
    """Who is logged in, as what, and the way out; nothing where nobody logs in."""
    if read_settings().access != "login":
        return
    name = st.user.get("email") or st.user.get("name") or "somebody without a name"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"Logged in as {name}, {role}.", width="content")
        st.button("Log out", icon=":material/logout:", on_click=st.logout)
