"""Colors as the style sheets and the theme say them: tokens resolved, contrast, and how color-blind people see them."""
from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
STYLES = ROOT / "pages/ui/style"
GRAPH = ROOT / "pages/ui/pathway_graph/graph.css"
THEMES = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
NAMES = {"textColor": "--st-text-color", "backgroundColor": "--st-background-color",
         "primaryColor": "--st-primary-color", "linkColor": "--st-link-color", "borderColor": "--st-border-color",
         "orangeTextColor": "--st-orange-text-color"}
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
MIX = re.compile(r"color-mix\(in srgb, (.+?) (\d+)%, (.+)\)")
# Machado, Oliveira and Fernandes 2009, severity 1, on linear red, green and blue.
BLIND = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)
Color = tuple[float, float, float]


def rules(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Selector and declarations of each rule, also of those inside a media query; comments left out.

    Parameters
    ----------
    path : Path
        A style sheet.
    """
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = []
    for selector, body in RULE.findall(css):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        found.append((" ".join(selector.split()), {name.strip(): value.strip() for name, value in pairs}))
    return found


def tokens(path: Path, theme: str) -> dict[str, str]:
    """What the first rule of a style sheet calls its colors, on top of those of the theme."""
    known = {css: THEMES[theme][name] for name, css in NAMES.items()}
    first = next(body for selector, body in rules(path) if selector == ":host")
    return known | {name: value for name, value in first.items() if name.startswith("--")}


def resolved(value: str, known: dict[str, str]) -> Color:
    """A color of a style sheet as red, green and blue from 0 to 1."""
    value = value.strip()
    if mixed := MIX.fullmatch(value):
        one, other = resolved(mixed[1], known), resolved(mixed[3], known)
        share = int(mixed[2]) / 100
        return tuple(share * a + (1 - share) * b for a, b in zip(one, other, strict=True))
    if value.startswith("var("):
        return resolved(known[value[4:-1]], known)
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", value), value
    return tuple(int(value[at:at + 2], 16) / 255 for at in (1, 3, 5))


def _linear(color: Color) -> Color:
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)


def _times(matrix: tuple, color: Color) -> Color:
    return tuple(sum(a * b for a, b in zip(row, color, strict=True)) for row in matrix)


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG between two colors, from 1 to 21."""
    low, high = sorted(_times(TO_XYZ, _linear(color))[1] for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def distance(one: Color, other: Color, sight: str | None = None) -> float:
    """CIE 1976 distance of two colors, as they are or as people with a color blindness see them."""
    return sum((a - b) ** 2 for a, b in zip(_lab(one, sight), _lab(other, sight), strict=True)) ** 0.5


def _lab(color: Color, sight: str | None) -> Color:
    linear = _linear(color)
    if sight:
        linear = tuple(min(max(part, 0.0), 1.0) for part in _times(BLIND[sight], linear))
    x, y, z = (part / white for part, white in zip(_times(TO_XYZ, linear), WHITE, strict=True))
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
