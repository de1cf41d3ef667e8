"""The frame that a map is shown in, known to Streamlit before the first page draws one."""

from pathlib import Path

from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import get_instance


def declare_map_frame(folder: Path) -> None:
    """Have Streamlit serve the frame's files, which pages announce, from the first request on.

    Its package declares it too, but only as the first script imports it: until then a browser that
    was told of these files would not get them.
    """
    package = "streamlit_folium"
    frame = CustomComponent(f"{package}.st_folium", path=str(folder), module_name=package)
    get_instance().component_registry.register_component(frame)
