from __future__ import annotations

from app.design.fonts import BUNDLED_FAMILY
from app.settings import LEADING, LINE_WIDTH, RECORD_FACE, TEXT_SIZE
from app.window.main_window import MainWindow


def test_the_record_is_set_as_the_user_wishes_at_once(opened: MainWindow) -> None:
    opened.resize(1600, 800)
    view, preferences = opened.area.view, opened.preferences
    assert view.column.metrics.font.family() == BUNDLED_FAMILY
    text_size, width = view.column.metrics.text_size, view.column.width
    height = view.column.metrics.line_height
    preferences.set(TEXT_SIZE, text_size + 4)
    assert view.column.metrics.text_size == text_size + 4
    assert view.column.width > width
    preferences.set(TEXT_SIZE, text_size)
    preferences.set(LINE_WIDTH, 60)
    assert view.column.width < width
    preferences.set(LEADING, 180)
    assert view.column.metrics.line_height > height
    preferences.set(RECORD_FACE, "monospace")
    assert view.column.metrics.font.family() != BUNDLED_FAMILY


def test_a_wish_is_remembered_within_its_bounds(opened: MainWindow) -> None:
    for setting, beyond in ((LINE_WIDTH, 1000), (LEADING, 1), (TEXT_SIZE, 500)):
        opened.preferences.set(setting, beyond)
        assert setting.least <= opened.preferences.number(setting) <= setting.most
    opened.preferences.set(RECORD_FACE, "No such face of type")
    assert opened.area.view.column.metrics.font.family()
