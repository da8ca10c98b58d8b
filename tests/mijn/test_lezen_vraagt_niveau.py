"""Ook wie alleen leest moet zeker genoeg zijn ingelogd: geen bladzijde, geen deel, geen bestand."""

import pytest
from django.urls import reverse

from accounts.niveaus import Niveau
from portal.mijn.urls import urlpatterns
from tests.htmx import HTMX
from tests.mijn.conftest import NOOR, Mens

pytestmark = pytest.mark.lang

ADRESSEN = sorted(
    {
        patroon.name
        for patroon in urlpatterns
        if getattr(patroon.callback, "login_required", True) and not patroon.pattern.converters
    }
)


def test_er_zijn_bladzijden_om_te_proberen():
    assert {"overzicht", "gegevens", "geschiedenis"} <= set(ADRESSEN)


@pytest.mark.django_db
@pytest.mark.uitgangspunt("VAL-7")
@pytest.mark.parametrize("koppen", [{}, HTMX], ids=["pagina", "deel"])
@pytest.mark.parametrize("adres", ADRESSEN)
def test_wie_te_laag_is_ingelogd_leest_niets(adres, koppen):
    laag = Mens().log_in(NOOR, rang=Niveau.BASIS)
    antwoord = laag.get(reverse(f"mijn:{adres}"), headers=koppen)
    naar = antwoord.headers.get("Location") or antwoord.headers.get("HX-Redirect") or ""
    assert naar.startswith("/inloggen/opnieuw/") or antwoord.status_code == 405
