"""Maps: in the browser, and as pictures."""
