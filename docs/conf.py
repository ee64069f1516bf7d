"""How the site is made: ``sphinx-build -W docs build/site``."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ.setdefault("MPLBACKEND", "Agg")

from mgsim.version import __version__  # noqa: E402

project = "mgsim"
author = "The mgsim authors"
copyright = "The mgsim authors"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "making.attributes",
    "making.mathml",
    "making.outputs",
    "making.site",
]
exclude_patterns = ["making", "generated/fibres-table.md", "generated/mechanisms-table.md"]
default_role = "code"
suppress_warnings = ["ref.python"]  # an attribute of several classes, named in a docstring, is no link

myst_enable_extensions = ["attrs_block", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autosummary_generate = False
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
add_module_names = False

html_theme = "furo"
html_title = "mgsim"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
templates_path: list[str] = []
