"""`make pictures`: what the README and the docs show, made from the real pages and the real drawings."""
