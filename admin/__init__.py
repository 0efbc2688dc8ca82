"""The web: staff pages and residents' pages."""
