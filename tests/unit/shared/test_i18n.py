"""Catalogues are compiled when needed, also by processes that start together."""

import shutil
from concurrent.futures import ThreadPoolExecutor

from jobunivers.shared import i18n


def test_many_may_compile_the_same_catalogues_at_once(tmp_path):
    for po in i18n.TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        (tmp_path / po.parent.parent.name / "LC_MESSAGES").mkdir(parents=True)
        shutil.copy(po, tmp_path / po.parent.parent.name / "LC_MESSAGES")
    with ThreadPoolExecutor(4) as threads:
        written = [
            mo
            for one in [threads.submit(i18n.compile_catalogues, tmp_path) for _ in range(4)]
            for mo in one.result()
        ]
    assert {mo.parent.parent.name for mo in written} == {"da", "en", "uk"}
    assert sorted(path.name for path in (tmp_path / "da" / "LC_MESSAGES").iterdir()) == [
        "messages.mo",
        "messages.po",
    ]
    assert i18n.compile_catalogues(tmp_path) == []
