"""Query strategies: which unread record teaches the model most."""
