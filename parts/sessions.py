"""The sessions of open pages as Streamlit keeps them, and the files that it holds for them."""

from collections.abc import Mapping

from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


class Sessions:
    """As `incidents.serving.running.sessions.Sessions`."""

    def count_held(self) -> Mapping[str, int]:
        """Bytes of the files that readers have uploaded and not taken back, by their sessions."""
        manager = Runtime.instance().uploaded_file_mgr
        assert isinstance(manager, MemoryUploadedFileManager), "Streamlit holds files in memory"
        # Other threads add and remove meanwhile: each list is made in one step.
        return {
            session: sum(len(file.data) for file in list(files.values()))
            for session, files in list(manager.file_storage.items())
        }

    def close_expired(self) -> int:
        """Close the sessions whose pages have not come back in time; how many these were.

        Streamlit keeps a session for two minutes after its page has gone
        (``server.disconnectedSessionTTL``), and forgets it then, but only as the next page goes;
        and what it held, its files and an event loop, stays until Python collects its garbage by
        chance. To be called on the event loop.
        """
        storage = Runtime.instance()._session_mgr._session_storage  # type: ignore[attr-defined]
        expired = storage._cache.expire()
        for _, gone in expired:
            gone.session.shutdown()
        return len(expired)
