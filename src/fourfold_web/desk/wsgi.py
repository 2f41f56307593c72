"""How does a web server call the site?"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold_web.desk.settings")
application = get_wsgi_application()

from fourfold_web.desk.warm import (  # noqa: E402 models are ready now
    make_statements_meanwhile,
)

make_statements_meanwhile()
