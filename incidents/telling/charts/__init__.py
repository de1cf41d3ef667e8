"""Charts, in the words of Vega-Lite."""
