"""The files that Streamlit holds for open pages."""

from collections.abc import Mapping

from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def count_held() -> Mapping[str, int]:
    """Bytes of the files that readers have uploaded and not taken back, by their sessions."""
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager), "Streamlit holds files in memory"
    # Other threads add and remove meanwhile: each list is made in one step.
    return {
        session: sum(len(file.data) for file in list(files.values()))
        for session, files in list(manager.file_storage.items())
    }
