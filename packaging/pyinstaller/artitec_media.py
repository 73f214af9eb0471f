"""What PyInstaller starts: the program itself."""

import sys

from artitec_media_desktop.__main__ import main

sys.exit(main())
