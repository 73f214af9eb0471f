"""What every test gets: a home of its own and no window system."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
