"""Everything of Chartmark that needs no window: usable from a script and from the command line."""
