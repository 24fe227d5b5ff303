"""The tour: the real window walked through the main job by mouse and keys, with pictures."""
