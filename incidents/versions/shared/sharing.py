"""What a server has from others: versions of a store, and a table that is kept in a database."""

from __future__ import annotations

from collections.abc import Callable

from incidents.asking.open_stores import OpenStores
from incidents.asking.rolled.opening import open_any
from incidents.table.errors import AwayError, TableError
from incidents.table.progress import Begin
from incidents.table.settings import Settings
from incidents.versions.knowledge import Knowledge
from incidents.versions.own_cells import find_own
from incidents.versions.own_table import Stamps, stamp_inputs
from incidents.versions.own_version import keep_own
from incidents.versions.shared.joining import find_live, join_store
from incidents.versions.snapshots import Snapshot, find_snapshot


class Sharing(Knowledge):
    """Knows the store of its settings, if there is one, and follows a live table.

    Attributes
    ----------
    shared
        The store; None where this server is on its own.
    told
        Why the newest version of the table is not shown, in a sentence.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.settings = settings
        self.shared = join_store(settings)
        self.told: str | None = None
        self._live, self._live_told = find_live(settings), ""

    @property
    def notice(self) -> str | None:
        """What readers must know: of the table, and of a database that does not answer."""
        away = self.away or self._live_told
        told = [each for each in (self.told, away) if each]
        return " ".join(dict.fromkeys(told)) or None

    @property
    def away(self) -> str:
        """That the store does not answer, and since when; empty if it does."""
        return (self.shared.database.notice if self.shared else None) or ""

    def is_away(self) -> bool:
        """Whether the store does not answer; it is looked at."""
        if self.shared is None or not self.away:
            return False
        try:
            self.shared.prepare()
            with self.shared.database.lend():
                return False
        except TableError:
            return True

    def fetch(self, snapshot_id: str) -> bool:
        """Have a version here that the store has; whether it is here.

        Raises
        ------
        AwayError
            It is not, and the store does not answer.
        """
        return self.shared is not None and self.shared.fetch(snapshot_id)

    def _make_stores(self) -> OpenStores:
        open_tables = open_any if self.shared is None else self.shared.open_tables
        return OpenStores(find_own=find_own, open_tables=open_tables)

    def _stamp(self) -> Stamps:
        """What changes once the table may be another."""
        if self.settings.takes_newest and self.shared is not None:
            return ((self.shared.newest or "", 0, 0),)
        self._follow_live()
        return stamp_inputs(self.settings)

    def _keep_own(
        self, find_last: Callable[[], Snapshot | None], begin: Begin
    ) -> tuple[Snapshot, bool]:
        """As `keep_own`; where the table is that of other servers, their newest version."""
        if not self.settings.takes_newest or self.shared is None:
            self._follow_live()
            if self._live_told and not self.settings.table.is_file():
                raise TableError(self._live_told)
            return keep_own(self.settings, self, find_last, begin)
        newest = self.shared.take_newest()
        found = None if newest is None else find_snapshot(self.settings.snapshots, newest)
        if found is None:
            raise TableError("The store holds no version yet: put one there by `push`.")
        return found, False

    def _follow_live(self) -> None:
        if self._live is None:
            return
        try:
            self._live.follow()
            self._live_told = ""
        except AwayError as error:
            self._live_told = str(error)
        except TableError as error:
            self._live_told = f"{error} The last rows that could be read are shown."
