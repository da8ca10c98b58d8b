"""Een bedrijf met twee vestigingen: de bakker kiest namens welke hij handelt, in de browser."""

import pytest

from portal.klanten.models import Gebeurtenis, Klant
from portal.klanten.regels import Subjectsoort
from tests.browser import expect
from tests.nep_kvk import NepKvk
from tests.registers.conftest import koppel  # noqa: F401 - fixture
from tests.verhalen.mens import Verhaal

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]
BAND = "#wie"


@pytest.mark.parametrize("js", [True, False])
def test_de_bakker_vult_gegevens_in_voor_een_van_zijn_twee_vestigingen(venster, koppel, js):  # noqa: F811 - fixture
    koppel(NepKvk())
    bakker = Verhaal(venster(js=js), js=js)
    band = bakker.bladzijde.locator(BAND)
    bakker.gegeven_ingelogd("korenbloem", middel="eherkenning")
    expect(band).to_contain_text("U handelt namens bedrijf KVK 90000011")
    band.get_by_role("link", name="Wissel namens wie u handelt").click()
    bakker.dan_ziet_men("Namens wie handelt u?", "Havenkade 12")
    bakker.als_men_aankruist("De Korenbloem aan de haven")
    bakker.als_men_opslaat("Verder")
    bakker.dan_ziet_men("Bovenaan elke bladzijde staat vanaf nu namens wie u handelt.")
    expect(band).to_contain_text("U handelt namens vestiging De Korenbloem aan de haven")

    bakker.als_men_gaat_naar("/mijn-gegevens/naam/")
    bakker.als_men_invult(Naam_van_het_contactpunt="Winkel")
    bakker.als_men_opslaat()
    bakker.dan_ziet_men("opgeslagen", "Winkel")
    assert Klant.objects.get().subjectsoort == Subjectsoort.VESTIGING
    gebeurtenis = Gebeurtenis.objects.get()
    assert gebeurtenis.handelende != gebeurtenis.namens != ""

    band.get_by_role("link", name="Wissel").click()
    bakker.als_men_aankruist("Het hele bedrijf")
    bakker.als_men_opslaat("Verder")
    expect(band).to_contain_text("U handelt namens bedrijf KVK 90000011")
    bakker.als_men_gaat_naar("/mijn-gegevens/contactpunten/")
    bakker.dan_ziet_men("Winkel")
