"""The commands `bootstrap_site` and `load_demo`."""
