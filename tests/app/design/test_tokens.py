from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from app.design.icons import icon, pixmap
from app.design.style_sheet import style_sheet
from app.design.theme import Theme
from app.design.tokens import (
    CONTRAST,
    DARK,
    GROUNDS,
    HIGH_CONTRAST,
    LIGHT,
    TEXT_PAIRS,
    Ground,
    Scheme,
    channels,
    colours,
    contrast,
    legible,
    mix,
)
from app.window.commands import COMMANDS
from core.schema.labels import PALETTE

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
LEAST_DISTANCE = 7.0
"""CIE 1976 distance of two colours that are told apart side by side; 2.3 is just noticeable."""


def lab(colour: str, vision: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour as somebody with this vision sees it."""
    rgb = np.array(channels(colour)) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(vision @ linear, 0, 1)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISIONS)
def test_label_colours_are_told_apart_by_every_vision(vision: str) -> None:
    seen = [lab(colour, VISIONS[vision]) for colour in PALETTE]
    distances = {
        (PALETTE[a], PALETTE[b]): float(np.linalg.norm(seen[a] - seen[b]))
        for a, b in itertools.combinations(range(len(seen)), 2)
    }
    assert min(distances.values()) > LEAST_DISTANCE, min(distances, key=lambda k: distances[k])


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=lambda ground: ground.name)
@pytest.mark.parametrize(("ink", "under"), TEXT_PAIRS)
def test_text_is_legible(ground: Ground, ink: str, under: str) -> None:
    assert contrast(getattr(ground, ink), getattr(ground, under)) >= CONTRAST


@pytest.mark.parametrize("ground", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda ground: ground.name)
def test_outlines_and_label_names_are_seen(ground: Ground) -> None:
    for under in (ground.canvas, ground.chrome):
        assert contrast(ground.outline, under) >= 3
        for colour in (*PALETTE, "#FFFFFF", "#000000", "#FFFF00", "#808080"):
            assert contrast(legible(colour, under), under) >= CONTRAST


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=lambda ground: ground.name)
def test_style_sheet_is_filled_in(ground: Ground) -> None:
    sheet = style_sheet(ground)
    assert "$" not in sheet
    assert all(colours(ground)[name] in sheet for name in ("canvas", "chrome", "accent", "danger"))


def test_every_command_has_a_drawing_that_draws(theme: Theme) -> None:
    names = {command.icon for command in COMMANDS.values() if command.icon}
    for name in (*names, "chartmark"):
        image = pixmap(name, "#123456", 20).toImage()
        inked = any(image.pixelColor(x, y).alpha() > 0 for x in range(20) for y in range(20))
        assert inked, name
        assert not icon(name, LIGHT).isNull()


def test_theme_changes_ground_and_tells(theme: Theme) -> None:
    told: list[Ground] = []
    theme.changed.connect(told.append)
    theme.set_scheme(Scheme.DARK)
    theme.set_scheme(Scheme.DARK)
    theme.set_scheme(Scheme.CONTRAST)
    theme.set_scheme(Scheme.LIGHT)
    assert told == [DARK, HIGH_CONTRAST, LIGHT]
