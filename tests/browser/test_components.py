"""Every piece of a page in every state: axe finds nothing in light or dark, in no language, and
nothing scrolls sideways.
"""

import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_every_piece_in_every_state_is_sound(page, site, axe, context, locale, scheme):
    context.add_cookies([{"name": "ju_lang", "value": locale, "url": site.url}])
    page.emulate_media(color_scheme=scheme)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site.url}/demo/components")
    assert page.evaluate("document.documentElement.lang") == locale
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"scrolls sideways at {width}: {wide}"
    axe(page)
    assert complaints == []
