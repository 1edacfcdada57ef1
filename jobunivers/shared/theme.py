"""A municipality's colours: a small CSS file of the tokens it changes, refused when somebody could
not read it.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

TOKENS = ("brand", "brand-deep", "brand-ink", "brand-tint")
HEX = re.compile(r"#[0-9a-f]{6}")
PAPER = {"light": "#fbfaf7", "dark": "#14181a"}
INK = {"light": "#1a1f1d", "dark": "#eceff0"}
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
Colours = dict[str, dict[str, str]]  # light and dark -> token -> "#rrggbb"


def theme_css(theme: Colours) -> str:
    """CSS of `{light: {brand: "#0b5c4a", ...}, dark: {...}}`, "" for none. Raises ValueError for a
    token or colour that cannot be used.
    """
    if not theme:
        return ""
    if set(theme) != {"light", "dark"}:
        raise ValueError("needs both light and dark")
    light, dark = (f":root{{{_declarations(mode, theme[mode])}}}" for mode in ("light", "dark"))
    return f"{light}@media(prefers-color-scheme:dark){{{dark}}}"


def _declarations(mode: str, colours: dict[str, str]) -> str:
    if set(colours) != set(TOKENS):
        raise ValueError(f"{mode} needs {', '.join(TOKENS)}")
    for token, colour in colours.items():
        if not HEX.fullmatch(colour):
            raise ValueError(f"{mode} {token} is not a colour such as #0b5c4a")
    for what, on in (
        (colours["brand"], PAPER[mode]),
        (colours["brand-ink"], colours["brand"]),
        (INK[mode], colours["brand-tint"]),
    ):
        if contrast(what, on) < LEAST_CONTRAST:
            raise ValueError(
                f"{mode} {what} on {on} has a contrast of "
                f"{contrast(what, on):.1f}, at least {LEAST_CONTRAST}"
            )
    return ";".join(f"--{token}:{colours[token]}" for token in TOKENS)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours "#rrggbb", 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(theme: Colours) -> Colours:
    theme_css(theme)
    return theme


Theme = Annotated[Colours, AfterValidator(_readable), Field(description="colours by mode, or {}")]
