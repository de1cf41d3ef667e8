/** Where the dashboard is served: Streamlit's own script lies two folders below, on every page. */
function home() {
  const script = document.querySelector('script[src*="static/js/"]');
  return script ? new URL("../../", script.src) : new URL(".", location.href);
}
