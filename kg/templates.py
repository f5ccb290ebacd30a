"""HTML made of templates: every value in it is escaped, and what would act in a page is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from kg.plain import shown


def templates(folder: Path) -> jinja2.Environment:
    """The templates of a folder. `file("NAME")` stands for a file there as it is, for styles and scripts.

    >>> templates(Path()).from_string("<p>{{ said }}</p>").render(said="a < b \\x1b")
    '<p>a &lt; b \\\\x1b</p>'
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        finalize=_safe,
        keep_trailing_newline=True,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    made.globals["file"] = lambda name: Markup((folder / name).read_text("utf-8"))  # noqa: S704 - ours
    return made


def _safe(value: Any) -> Any:
    return shown(value) if type(value) is str else value
