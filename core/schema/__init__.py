"""The domain's values, which every other package speaks in."""
