"""The main window: queue, record and palette, and what joins them."""
