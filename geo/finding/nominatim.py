"""Nominatim, for what no gazetteer knows: the only module that may touch the network.

Off unless the host names itself in the settings. Every answer is kept on disk, also that there is
none, and at most one question a second is asked, as the rules of the public server want it.
"""

import hashlib
import json
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geo.finding.matches import LOOSE_SCORES, Match, quote
from geo.names.names import MAX_NAME_LENGTH, tidy
from geo.places.packaged_places import COVERED
from geo.places.places import Place
from geo.places.points import Point, read_point

SECONDS_APART = 1.0
_TIMEOUT = 10
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 3600.0
"""Seconds for which nothing is asked after a failure; twice as many after each further one."""
_TOWN = ("city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "borough")
_PRECISIONS = {
    **dict.fromkeys(_TOWN, "town"),
    **dict.fromkeys(("municipality", "city_district", "district", "county", "region"), "district"),
    **dict.fromkeys(("state_district", "natural", "protected_area", "mountain_range"), "district"),
    **dict.fromkeys(("state", "province"), "governorate"),
    "country": "country",
}


class OutageError(ValueError):
    """A name was not asked for, as the server could not be asked: a sentence on why."""


class Nominatim:
    """Asks a Nominatim server for names, and keeps its answers in a folder.

    Safe to use from many threads: one asks at a time. After a failure nothing is asked for a
    while, then it is tried again.

    Parameters
    ----------
    contact
        Who asks: a name and an address, as the rules of the public server want it.
    folder
        Where answers are kept; made when the first one comes.
    server
        Address with scheme, without a path.
    clock
        Tells the seconds since any moment, for the pauses.
    seconds
        Least time between two questions.
    """

    def __init__(
        self,
        contact: str,
        folder: Path,
        server: str,
        clock: Callable[[], float],
        seconds: float = SECONDS_APART,
    ) -> None:
        self.contact, self.folder, self.server, self.seconds = contact, folder, server, seconds
        self._clock, self._asking = clock, threading.Lock()
        self._ask: Callable[..., Any] | None = None
        self._failed: tuple[str, list[str]] | None = None
        self._why, self._pause, self._ends = "", 0.0, 0.0

    def match(self, name: str, country: str | None = None, gov: str | None = None) -> Match | None:
        """The place of a name in a country (an ISO code; Iraq and Syria when None), or None.

        Raises
        ------
        OutageError
            It is neither kept nor can it be asked for now.
        """
        text = ", ".join(part for part in (" ".join(name.split()), gov) if part)[:MAX_NAME_LENGTH]
        codes = [country] if country in COVERED else list(COVERED)
        if country is not None and country not in COVERED:
            return None
        found = self._find(text, codes)
        return _read_answer(name, found[0]) if found else None

    def is_back(self) -> bool:
        """Whether it can be asked, as far as is known: after an outage, what failed is asked again.

        It is not asked before its pause is over.
        """
        if self._clock() < self._ends:
            return False
        try:
            if self._failed is not None:
                self._find(*self._failed)
        except OutageError:
            return False
        return True

    def _find(self, text: str, codes: list[str]) -> list[dict[str, Any]]:
        """What is kept, or what the server says now; [] when it knows nothing."""
        found = self._recall(text, codes)
        if found is None:
            with self._asking:
                # Another thread may just have asked the same.
                found = self._recall(text, codes)
                if found is None:
                    found = self._ask_server(text, codes)
        return found

    def _path(self, text: str, codes: list[str]) -> Path:
        key = json.dumps([self.server, tidy(text), codes], ensure_ascii=False)
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"

    def _recall(self, text: str, codes: list[str]) -> list[dict[str, Any]] | None:
        try:
            kept = json.loads(self._path(text, codes).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return kept if isinstance(kept, list) else None

    def _remember(self, text: str, codes: list[str], found: list[dict[str, Any]]) -> None:
        # Two processes may write the same at once; what is not whole is asked for again.
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path(text, codes).write_text(
                json.dumps(found, ensure_ascii=False), encoding="utf-8"
            )
        except OSError:
            self._begin_pause("its answers cannot be kept on disk")
        else:
            self._pause = 0.0

    def _ask_server(self, text: str, codes: list[str]) -> list[dict[str, Any]]:
        if self._clock() < self._ends:
            raise OutageError(self._why)
        from geopy.exc import GeopyError

        countries = [code.lower() for code in codes]
        try:
            with warnings.catch_warnings(action="ignore"):
                found = self._open()(
                    text, exactly_one=True, country_codes=countries, language="en", timeout=_TIMEOUT
                )
        except (ValueError, KeyError, TypeError):
            found = None  # A point that cannot be.
        except GeopyError as error:
            self._failed = (text, codes)
            self._begin_pause(type(error).__name__)
            raise OutageError(self._why) from error
        self._failed = None
        answer = [] if found is None else [_keep(found.raw)]
        self._remember(text, codes, answer)
        return answer

    def _begin_pause(self, why: str) -> None:
        self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE)
        self._ends = self._clock() + self._pause
        self._why = f"Nominatim could not be asked ({why}); it is asked again later."

    def _open(self) -> Callable[..., Any]:
        # Only a host that switched this on needs geopy, and the network.
        if self._ask is None:
            from geopy.extra.rate_limiter import RateLimiter
            from geopy.geocoders import Nominatim as Client

            scheme, _, domain = self.server.partition("://")
            client = Client(user_agent=self.contact, domain=domain, scheme=scheme)
            self._ask = RateLimiter(
                client.geocode,
                min_delay_seconds=self.seconds,
                max_retries=0,
                swallow_exceptions=False,
            )
        return self._ask


def _keep(raw: dict[str, Any]) -> dict[str, Any]:
    """What of an answer is used, as text: the rest is not ours to keep."""
    used = ("lat", "lon", "display_name", "addresstype", "type", "osm_type", "osm_id")
    return {key: str(raw[key]) for key in used if key in raw}


def _read_answer(name: str, answer: dict[str, Any]) -> Match | None:
    point = read_point(str(answer.get("lat", "")), str(answer.get("lon", "")))
    if point is None:
        return None
    kind = answer.get("addresstype") or answer.get("type") or ""
    precision = _PRECISIONS.get(kind, "town")
    shown = " ".join(str(answer.get("display_name", "")).split())[:MAX_NAME_LENGTH]
    place = _make_place(shown, answer, point, precision)
    reason = f'{quote(name)} is in no gazetteer; Nominatim says "{shown}" ({kind or "no type"}).'
    score = LOOSE_SCORES["online"]
    return Match(place, "online", score, precision, (place,), reason)


def _make_place(shown: str, answer: dict[str, Any], point: Point, precision: str) -> Place:
    key = f"OSM-{answer.get('osm_type', '')}-{answer.get('osm_id', '')}"
    name = shown.split(",")[0] or "unnamed"
    # Country and governorate are told by the boundaries, from the point.
    return Place(
        id=key,
        name=name,
        names=(name,),
        aliases=(),
        kind="",
        country="",
        gov="",
        point=point,
        precision=precision,
        coordinates_from=f"OpenStreetMap via Nominatim, {key} (ODbL)",
    )
