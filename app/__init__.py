"""The Qt application. It imports core; nothing imports it."""
