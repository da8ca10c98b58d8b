"""The door of the web server; it stays shut while a setting is unsafe."""

import os

from django.core import checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def eis_veilige_start() -> None:
    """Run the system checks, which only commands run by themselves.

    Raises SystemExit with a line for each error; the web server ends with code 1 then.
    """
    fouten = [f for f in checks.run_checks() if f.is_serious(checks.ERROR) and not f.is_silenced()]
    if fouten:
        raise SystemExit("\n".join(["Het portaal start niet:", *map(str, fouten)]))


application = get_wsgi_application()
eis_veilige_start()
