"""The worker process, its messages, and the client that talks to it."""
