"""Bytes or a path in; values and bytes out. No Qt, no database."""

import os

# Uploads have threads of their own. NumPy's would wait for each other over our small matrices;
# read when NumPy is first imported, which happens below this package only.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
