"""What the window and the command line both do: verbs that join store, formats and worker."""
