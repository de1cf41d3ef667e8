"""Work beside the page: whose it is, and when it is given up."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.errors import TableError
from incidents.table.progress import begin_silently
from incidents.versions.catalog import get_catalog
from parts.data.bring.desk import Desk
from parts.data.bring.work import publish_bundle


def run(script: Callable[..., None]) -> AppTest:
    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception, app.exception
    return app


def test_other_work_of_a_reader_is_given_up_for_what_he_wants_now() -> None:
    def script() -> None:
        from incidents.table.jobs import Job
        from parts.data.bring import work
        from parts.session import get_session

        first = work._line.start(Job(lambda begin: begin("check", 1)))
        get_session().job = ("first", first)
        assert work.do("second", lambda begin: "done") == "done"
        assert get_session().job is None
        assert first.is_cancelled

    run(script)


def test_the_same_work_is_gone_on_with_and_begun_anew_if_it_was_given_up() -> None:
    def script() -> None:
        from incidents.table.jobs import Job
        from parts.data.bring import work
        from parts.session import get_session

        session = get_session()
        session.job = ("same", work._line.start(Job(lambda begin: "as it was begun")))
        assert work.do("same", lambda begin: "anew") == "as it was begun"
        given_up = Job(lambda begin: "as it was begun")
        given_up.cancel()
        given_up.run()
        session.job = ("same", given_up)
        assert work.do("same", lambda begin: "anew") == "anew"

    run(script)


def test_a_reader_who_leaves_the_form_lets_his_work_go() -> None:
    def script() -> None:
        from incidents.table.jobs import Job
        from parts.data.bring import work
        from parts.session import get_session

        job = Job(lambda begin: None)
        get_session().job = ("mine", job)
        work.give_up_work()
        job.run()
        assert job.is_cancelled and get_session().job is None

    run(script)


def test_one_checked_draft_is_kept_and_only_by_the_desk_it_is_of() -> None:
    def script() -> None:
        import gc
        from weakref import ref

        from incidents.intake.bundles import Brought, Bundle
        from incidents.intake.reading.files import table_from_bytes
        from incidents.intake.reading.tables import Tables
        from parts.data.bring.desk import Desk
        from parts.data.bring.work import check, do

        table = table_from_bytes(b"date,place\n2021-07-07,Hit\n", "data.csv")
        bundle = Bundle((Brought("data", Tables(table)),))
        first, second = Desk(), Desk()
        do("a", check(first, "a", bundle))
        assert first.draft is not None and first.draft[0] == "a"
        do("b", check(second, "b", bundle))
        assert first.draft is None and second.draft is not None
        draft = ref(second.draft[1])
        # The session ends: its draft goes with it.
        del second
        gc.collect()
        assert draft() is None

    run(script)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("OSError(28, 'No space left on device')", "cannot be written: the disk is full."),
        ("ValueError('/secret/path')", "a fault of this program"),
    ],
)
def test_what_fails_is_told_by_its_cause(error: str, words: str) -> None:
    def script(error: str, words: str) -> None:
        from incidents.table.errors import TableError
        from parts.data.bring.work import do

        def fail(begin: object) -> None:
            raise eval(error)

        try:
            do("fails", fail)
        except TableError as told:
            assert words in str(told) and "secret" not in str(told)
        else:
            raise AssertionError("nothing was told")

    app = AppTest.from_function(script, default_timeout=30, kwargs={"error": error, "words": words})
    assert not app.run().exception


def make_bundle(day: int) -> Bundle:
    table = table_from_bytes(f"date,place\n2021-07-{day:02},Hit\n".encode(), "mine.csv")
    return Bundle((Brought("mine", Tables(table)),))


def test_what_a_reader_publishes_needs_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTS_SNAPSHOTS", str(tmp_path))
    monkeypatch.setenv("INCIDENTS_VERSIONS", "1")
    get_catalog.cache_clear()
    bundles = [make_bundle(7), make_bundle(8)]
    made = publish_bundle(Desk(), "one", bundles[0])(begin_silently)
    with pytest.raises(TableError, match="There is no room for another version"):
        publish_bundle(Desk(), "two", bundles[1])(begin_silently)
    assert publish_bundle(Desk(), "one", bundles[0])(begin_silently) == made
    for path in made.folder.iterdir():
        os.utime(path, (0, path.stat().st_mtime - 2 * 86400))
    publish_bundle(Desk(), "two", bundles[1])(begin_silently)
    assert not made.folder.exists()
    get_catalog.cache_clear()
