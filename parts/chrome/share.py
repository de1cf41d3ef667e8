"""The share button: the full link to this view, on this version of the table."""

import streamlit as st

from incidents.asking.address import Address
from parts.address.current import to_link

_JS = """
export default function ({ parentElement, data }) {
  const field = parentElement.querySelector("input");
  const button = parentElement.querySelector("button");
  const note = parentElement.querySelector("output");
  const link = () => {
    const parameters = new URLSearchParams(data.query);
    if (data.map) {
      try {
        // The map keeps its place here; only the browser knows it.
        const place = JSON.parse(sessionStorage.getItem("incidents-map-place"));
        const isReloaded = performance.getEntriesByType("navigation")[0].type !== "navigate";
        if (place && (place.load === performance.timeOrigin || isReloaded)) {
          parameters.set("bbox", place.bbox.join(","));
          parameters.set("z", String(Math.round(place.zoom)));
        }
      } catch (error) { /* Without a place the link opens on the whole area. */ }
    }
    const query = parameters.toString();
    return location.origin + location.pathname + (query ? "?" + query : "");
  };
  field.value = link();
  field.onfocus = () => { field.value = link(); field.select(); };
  button.onclick = async () => {
    field.value = link();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      note.textContent = "Copied";
    } catch (error) {
      note.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy";
    }
    setTimeout(() => { note.textContent = ""; }, 3000);
  };
}
"""
_HTML = """
<label>Link to this view, on this version of the data
<input readonly aria-label="Link to this view"></label>
<div><button type="button">Copy link</button><output></output></div>
"""
_CSS = """
label { display: block; font-size: 0.85rem; color: var(--st-text-color); }
input { width: 100%; box-sizing: border-box; margin: 0.35rem 0 0.6rem; padding: 0.45rem;
  font: inherit; color: inherit; background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color); border-radius: 4px; }
div { display: flex; align-items: center; gap: 0.7rem; }
button { font: inherit; padding: 0.35rem 0.9rem; border: 0; border-radius: 4px; cursor: pointer;
  background: var(--st-primary-color); color: var(--st-background-color); }
output { font-size: 0.85rem; color: var(--st-text-color); }
"""

_share = st.components.v2.component("share_link", html=_HTML, css=_CSS, js=_JS)


def show_share(address: Address, has_map: bool) -> None:
    """A button that opens the link; with `has_map`, to the window that the map shows now."""
    with st.popover("Share", icon=":material/link:", width="content"):
        _share(data={"query": to_link(address), "map": has_map}, key="share")
