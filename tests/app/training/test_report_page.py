from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.design.tokens import LIGHT
from app.training.library import Library
from app.training.report_page import ReportPage
from core.schema.learning import Calibration, ModelVersion
from tests.app.training.conftest import report


@pytest.fixture
def page(qtbot: QtBot) -> ReportPage:
    page = ReportPage(LIGHT)
    qtbot.addWidget(page)
    return page


def show(page: ReportPage, calibration: Calibration | None) -> str:
    """Show a model whose confidence was measured so; returns what the page says of it."""
    measured = replace(report(0.8), calibration=calibration)
    model = ModelVersion(1, 1, "v1", "models/run-1", datetime.now(UTC), measured, current=True)
    page.show_library(Library(models=(model,)))
    assert page.confidence.isHidden() == (calibration is None)
    return page.confidence.text()


def test_a_page_without_report_says_nothing_of_confidence(page: ReportPage) -> None:
    assert page.confidence.isHidden()


def test_models_of_which_it_was_not_measured_say_nothing_of_confidence(page: ReportPage) -> None:
    assert show(page, Calibration(0.02, 40))
    assert show(page, None) == ""


def test_the_error_is_told_in_points_with_how_it_was_measured(page: ReportPage) -> None:
    text = show(page, Calibration(0.0213, 40, unscaled=0.0658, cross_fitted=True))
    assert "off by 2.1 points of 100 on average, without calibration by 6.6 " in text
    assert "fitted on these dev records" in text
    text = show(page, Calibration(0.0213, 40))
    assert "off by 2.1 points of 100 on average (" in text
    assert "fitted" not in text
