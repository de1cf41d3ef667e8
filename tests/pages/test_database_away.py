"""Pages while the database that answers is away, and once it is back."""

from pathlib import Path

import pytest

from incidents.table.errors import AwayError
from incidents.versions.catalog import get_catalog
from tests.opened import OpenPage, read_sentence
from tests.postgres import Server
from tests.waiting import wait_for


def test_what_was_answered_stays_with_a_banner_and_the_rest_comes_back(
    open_page: OpenPage,
    postgres: Server,
    flat_table: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INCIDENTS_STORE", postgres.make_database("pages"))
    app = open_page(table=flat_table, snapshots=tmp_path / "kept")
    assert not app.error
    assert not app.warning
    assert "PostgreSQL 1" in get_catalog().current.store.engine
    sentence = read_sentence(app)
    shared = get_catalog().shared
    assert shared is not None
    postgres.kill()
    try:
        with pytest.raises(AwayError), shared.database.lend():
            pass
        app.run()
        assert "does not answer since" in app.warning[0].value
        assert read_sentence(app) == sentence
        app.query_params["q"] = "nowhere"
        app.run()
        assert "does not answer since" in app.error[-1].value
    finally:
        postgres.start()
    # As the page does by itself, every two seconds.
    wait_for(lambda: not get_catalog().is_away())
    app.run()
    assert not app.error
    assert not app.warning
    shared.database.close()
