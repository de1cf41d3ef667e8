"""Pages as HTML, readable without a script: what a link shows before the live page is there."""
