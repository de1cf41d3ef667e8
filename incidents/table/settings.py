"""The only place that reads the environment. A setting is one row of `Settings`, and no more."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import unquote

from incidents.table.errors import SettingsError
from incidents.table.protection import Protections, read_protections
from incidents.table.setting_readers import (
    ROLES,
    Host,
    Network,
    choose,
    or_off,
    read_contact,
    read_count,
    read_database,
    read_groups,
    read_host,
    read_ids,
    read_megabytes,
    read_name,
    read_origins,
    read_picture,
    read_proxies,
    read_server,
    read_switch,
    read_tiles,
)

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "INCIDENTS_"

Value = TypeVar("Value")


def _row(
    default: str, read: Callable[[str], Value], meaning: str, is_secret: bool = False
) -> Value:
    """A setting: its default as a host would write it, how it is read, and what it means.

    A secret is in no text of the settings. Its name in the environment is that of the field in
    capitals, after ``INCIDENTS_``. The reader raises a `ValueError` that says what to write
    instead. A default path is within the project.
    """
    value: Any = read(default)
    metadata = {"default": default, "read": read, "meaning": meaning}
    shipped: Any = ROOT / value if isinstance(value, Path) else value
    return cast(Value, field(default=shipped, repr=not is_secret, metadata=metadata))


@dataclass(frozen=True)
class Settings:
    """What the host may set; what is no row stays where it is shipped."""

    table: Path = _row(
        "data/",
        Path,
        "a file of any format below, or a folder with `incidents.csv` and, if there are, "
        "`reports.csv` and `claims.csv`, or one that `python -m incidents rollup` made; "
        "`postgresql://user:password@host/database/table`, a table or view that others "
        "keep, followed as it changes; `store`: what others put into `INCIDENTS_STORE`",
    )
    places: Path = ROOT / "data" / "places.csv"
    boundaries: Path = ROOT / "data" / "boundaries"
    snapshots: Path = _row(
        ".snapshots/",
        Path,
        "writable folder where versions of the table are kept, so that old links open",
    )
    store: str = _row(
        "off",
        read_database,
        "`postgresql://user:password@host/database`: versions, kept filters and share links are "
        "kept there, for several servers, and questions are asked there; the folder of snapshots "
        "holds copies",
        is_secret=True,
    )
    profiles: Path = ROOT / "data" / "profiles"
    tiles: bool = _row(
        "off", read_tiles, "`osm` lets the reader's browser fetch OpenStreetMap tiles"
    )
    gazetteers: Path = _row(
        "data/gazetteers/",
        Path,
        "folder of gazetteer files of your own: CSV, GeoNames dumps, P-code lists; "
        "`make gazetteer` fetches GeoNames",
    )
    access: str = _row(
        "public",
        choose("public", "link", "login"),
        "who may see anything: `public` everybody, `link` who has a link of `python -m incidents "
        "share`, `login` who logs in with OpenID Connect (`[auth]` in `.streamlit/secrets.toml`)",
    )
    role: str = _row(
        "bringer",
        choose(*ROLES),
        "what a visitor may whose link says no more: a `reader` looks, a `bringer` brings tables "
        "of his own, an `editor` also publishes them for all and teaches the gazetteer",
    )
    groups: tuple[tuple[str, str], ...] = _row(
        "none",
        read_groups,
        "roles of those who log in, by their groups, such as `newsroom=editor, *=reader`; who "
        "is in none of them sees nothing; without it, all have `INCIDENTS_ROLE`",
    )
    groups_claim: str = _row(
        "groups",
        str,
        "how the provider calls the groups in what it tells of a user, such as "
        "`realm_access.roles`",
    )
    publishing: str = _row(
        "bringer",
        choose("bringer", "editor", "off"),
        "the lowest role that may publish a table on the page, or `off`",
    )
    teaching: bool = _row(
        "off",
        read_switch,
        "`on` lets also those teach the gazetteer, for all, the places of a version with "
        "coordinates who are no editors",
    )
    nominatim: str = _row(
        "off",
        read_contact,
        "a contact address: names that no gazetteer has are asked of Nominatim, one a second, "
        "answers kept",
    )
    nominatim_server: str = _row(
        "https://nominatim.openstreetmap.org", read_server, "which Nominatim is asked"
    )
    uploads: bool = _row("on", read_switch, "`off` lets nobody but editors bring a table")
    largest: int = _row(
        "200",
        read_megabytes,
        "most megabytes of an upload; above 200 raise Streamlit's `server.maxUploadSize`, too",
    )
    tables: int = _row(
        "20", read_count, "most files that a visitor may have brought and not published"
    )
    versions: int | None = _row(
        "500",
        or_off(read_count),
        "most versions that are kept of those that visitors published; the longest unopened "
        "expires first; `off` for no limit",
    )
    versions_size: int | None = _row(
        "2000", or_off(read_megabytes), "most megabytes that these take together, or `off`"
    )
    versions_days: int | None = _row(
        "365",
        or_off(read_count),
        "days after which one of these expires that nobody has opened, or `off`",
    )
    keep: tuple[str, ...] = _row(
        "none",
        read_ids,
        "ids of versions, or links to them, that never expire, such as those that your pages link "
        "to; those of your own table and imported ones never do",
    )
    rate: int | None = _row(
        "24000",
        or_off(read_count),
        "answers a minute that one client may ask the API for, of files an eighth, of pictures and "
        "uploads a fortieth, of pages and their files twice as many; `off` for no limit",
    )
    proxy: tuple[Network, ...] = _row(
        "off",
        read_proxies,
        "addresses of proxies that tell a client's address by `X-Forwarded-For`; `on` for any on "
        "this machine or a private network. Others are not believed",
    )
    protect: Protections = _row(
        "off",
        read_protections,
        "what everybody but editors sees coarser: `places=10km` (or `governorate`), `dates=week` "
        "(`month`, `year`), `hide=actor,weapon` (also where another text names it; with `place` "
        "its point, unless places are coarsened); of one dataset `its name: …`, several with `;` "
        "between",
    )
    tls: bool = _row(
        "off",
        read_switch,
        "`on` where a proxy speaks HTTPS with readers: browsers then use nothing else here",
    )
    embedders: tuple[str, ...] = _row(
        "none",
        read_origins,
        "hosts whose pages may show the dashboard in a frame, such as `https://news.example`",
    )
    log: bool = _row(
        "on",
        read_switch,
        "one line of JSON per request on the standard output: route, status, time, bytes; `off` "
        "writes none",
    )
    metrics: Host | None = _row(
        "off",
        or_off(read_host),
        "port, or address and port, where Prometheus finds `/api/metrics`; never that of the pages",
    )
    contact: str = _row(
        "none",
        read_contact,
        "where errors are reported: an e-mail address, or an address with `{incident}` and "
        "`{version}`",
    )
    owner: str = _row(
        "none",
        read_name,
        "name of who runs the dashboard: on About, and beside what a visitor has brought",
    )
    logo: Path | None = _row(
        "none", read_picture, "a picture of theirs, a PNG, JPEG, WebP or SVG file"
    )
    live: str = field(default="", repr=False)
    """Address of a live table; `table` is then where its rows are kept as a file."""
    takes_newest: bool = False
    """Whether the table is the newest that another server has put into the store."""


ROWS = {PREFIX + each.name.upper(): each for each in fields(Settings) if each.metadata}
"""Settings by their names in the environment."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from environment variables; what is not set, or blank, takes the shipped default.

    Raises
    ------
    SettingsError
        A name that begins like a setting's is none, or a value cannot be used: a sentence for each.
    """
    values, wrong = {}, []
    for name, text in environment.items():
        if not name.upper().startswith(PREFIX):
            continue
        if name not in ROWS:
            near = get_close_matches(name.upper(), ROWS, n=1, cutoff=0)[0]
            wrong.append(f"{name} is no setting; the nearest is {near}.")
        elif text.strip():
            row = ROWS[name]
            try:
                values[row.name] = row.metadata["read"](text.strip())
            except ValueError as error:
                wrong.append(f"{name}={_show(text)} cannot be used: {error}.")
    if wrong:
        raise SettingsError("\n".join(sorted(wrong)))
    return _find_live(Settings(**values), environment.get(PREFIX + "TABLE", "").strip())


def _find_live(settings: Settings, table: str) -> Settings:
    """Where the table is no file: what stands for it among the snapshots."""
    kept = settings.snapshots / "live"
    if table.lower() == "store":
        if not settings.store:
            raise SettingsError("INCIDENTS_TABLE=store needs a store: set INCIDENTS_STORE, too.")
        return replace(settings, table=kept / "store", takes_newest=True)
    if not re.match("postgres(ql)?://", table):
        return settings
    if not re.fullmatch(r"postgres(ql)?://[^\s/]*/[^\s/?@]+/[^\s/?@]+(\?\S*)?", table):
        raise SettingsError(
            f"INCIDENTS_TABLE={_show(table)} cannot be used: write"
            " postgresql://user:password@host/database/table."
        )
    name = unquote(table.partition("?")[0].rpartition("/")[2])
    return replace(settings, table=kept / f"{name}.csv", live=table)


def find_today() -> date:
    """The day on which a table is read: by it, days in the future are told."""
    return date.today()


def find_now() -> datetime:
    """The moment, UTC: by it, share links expire."""
    return datetime.now(UTC)


def stop_if_wrong() -> None:
    """End the process with the sentences of what is wrong with its settings, if anything is."""
    try:
        read_settings()
    except SettingsError as error:
        sys.exit(str(error))


def _show(text: str) -> str:
    """A value as the host wrote it, but for the passwords in addresses, on one line."""
    bare = re.sub(r"//\S*@", "//…@", text)
    return repr(re.sub(r"(?i)(password=)[^&]*", r"\1…", bare)[:80])
