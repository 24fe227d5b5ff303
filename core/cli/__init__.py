"""The command line: the same core as the window, for data managers and scripts."""
