"""The settings that a committee changes in the browser, written back into `config/` as people would."""
