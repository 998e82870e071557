"""The pages about keys of the editor's files, in both languages."""

from __future__ import annotations

from pathlib import Path

import yaml
from mujaz.config.editorial import KEYS

_TEXTS = Path(__file__).parent / "editorial.yml"
_TITLES = {
    "": ("The file", "الملف"),
    "front": ("`front`", "`الصدارة`"),
    "stories": ("`stories`: each entry", "`القصص`: كل مادة"),
    "tags": ("`tags`", "`الوسوم`"),
    "sections": ("`sections`: each entry", "`الأقسام`: كل قسم"),
    "papers": ("`papers`: each paper, by its name", "`الصحف`: كل صحيفة باسمها"),
}
_HEADS = {
    "en": """# Keys of editorial files

Every `*.yml` in the folder `editorial/`, beside `mkdocs.yml`, may have these keys; the files are read in
order of name, those of the desk last, and of two that say the same the later one counts. *What names an article* is its address
here or where it was published first, its id, its guid, or its file (`feed.xml#3` for the third of a
file); a story has an address and an id. An unknown key is refused with its file and line.
""",
    "ar": """# مفاتيح ملفات المحرّر

لكل ملف `*.yml` في المجلد `editorial` بجانب `mkdocs.yml` أن يذكر هذه المفاتيح. تُقرأ الملفات بترتيب أسمائها،
وإذا قال اثنان في الشيء نفسه فالكلمة للأخير. و*ما يسمّي المقال* عنوانه هنا أو عنوان نشره الأول، أو معرّفه، أو
ملفه (`feed.xml#3` لثالث مادة في الملف)؛ وللقصة عنوان ومعرّف. والمفتاح المجهول يُردّ مع ملفه وسطره.
""",
}
_COLUMNS = {
    "en": "| keys | value |\n|---|---|",
    "ar": "| المفتاح، بأيّ أسمائه | القيمة |\n|---|---|",
}


def editorial_page(language: str = "en") -> str:
    """Return the page in Markdown, in English or in Arabic (`ar`)."""
    texts = yaml.safe_load(_TEXTS.read_text("utf-8"))
    is_arabic = language == "ar"
    parts = [_HEADS[language]]
    for part, keys in KEYS.items():
        if list(texts[part]) != list(keys):
            raise KeyError(f"{_TEXTS}: `{part}` has not the same keys as the code: {list(keys)}")
        parts += [f"## {_TITLES[part][is_arabic]}\n", _COLUMNS[language]]
        for key, names in keys.items():
            shown = ("، " if is_arabic else ", ").join(
                f"`{name}`" for name in (names[::-1] if is_arabic else names)
            )
            parts.append(f"| {shown} | {texts[part][key][language]} |")
        parts.append("")
    return "\n".join(parts)


def arabic_editorial_page() -> str:
    """Return the page in Arabic."""
    return editorial_page("ar")
