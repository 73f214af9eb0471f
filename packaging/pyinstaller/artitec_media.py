"""What PyInstaller starts: the program itself."""

import os
import ssl
import sys
from pathlib import Path


def bring_certificates() -> None:
    """Trust what botocore brings where OpenSSL finds nothing: every https address would be refused.

    So it is on a Mac, and on most Linuxes that are not the one this was built on.
    """
    found = ssl.get_default_verify_paths()
    if not found.cafile and not (found.capath and any(Path(found.capath).iterdir())):
        folder = Path(sys._MEIPASS)  # PyInstaller's name
        os.environ["SSL_CERT_FILE"] = str(folder / "botocore" / "cacert.pem")


if sys.platform != "win32":  # it asks the system itself
    bring_certificates()

from artitec_media_desktop.__main__ import main  # noqa: E402  # after the above

sys.exit(main())
