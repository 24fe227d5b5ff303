from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import adapt_backbone
from app.dialogs.adapt_backbone import AdaptBackboneDialog
from app.session import Session
from core.store.backbone import choose_backbone
from tests.app.dialogs.conftest import HostWindow, Open


def test_the_panel_adapts_for_the_minutes_given(host: HostWindow, open_dialog: Open) -> None:
    dialog: AdaptBackboneDialog = open_dialog(adapt_backbone, host, AdaptBackboneDialog)
    assert dialog.reset.isHidden()
    dialog.minutes.setValue(7)
    QTest.keyClick(dialog.minutes, Qt.Key.Key_Return)
    assert host.panel.adapted == [420.0]
    assert host.shown(AdaptBackboneDialog) is None


def test_an_adapted_backbone_is_named_and_can_be_given_up(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    (session.project.folder / "backbones" / "adapted-1").mkdir(parents=True)
    place = str(session.project.folder / "backbones" / "adapted-1")
    choose_backbone(project=session.project, backbone=place)
    dialog: AdaptBackboneDialog = open_dialog(adapt_backbone, host, AdaptBackboneDialog)
    qtbot.waitUntil(dialog.reset.isVisible)
    assert "adapted-1" in dialog.used.text()
    dialog.reset.click()
    assert (host.panel.resets, host.panel.adapted) == (1, [])
