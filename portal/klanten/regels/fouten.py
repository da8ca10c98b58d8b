"""Hoe een regel nee zegt: `melding` leest de klant, `code` leest een systeem."""

from collections.abc import Callable


class RegelGeschonden(Exception):
    """Een regel zegt nee; `melding` is B1-tekst, `veld` het veld dat beter kan (of leeg).

    The text never holds a value: it may be logged and shown.
    """

    code = "regel-geschonden"
    melding = "Dit kan niet."

    def __init__(self, melding: str | None = None, *, veld: str = "", **getallen: int) -> None:
        self._tekst, self._getallen = melding or self.melding, getallen
        self.melding = self.in_taal(str)
        self.veld = veld
        super().__init__(self.code)

    def in_taal(self, vertaal: Callable[[str], str]) -> str:
        """De melding door een vertaler heen; de getallen komen er pas daarna in."""
        tekst = vertaal(self._tekst)
        return tekst % self._getallen if self._getallen else tekst


class OnvoldoendeBetrouwbaar(RegelGeschonden):
    code = "onvoldoende-authenticatie"
    melding = "Log in met een zekerder inlogmiddel om dit te doen."


class IntussenGewijzigd(RegelGeschonden):
    code = "conflict"
    melding = "Dit gegeven is intussen gewijzigd. Kijk welke waarde klopt."


class OngeldigeWaarde(RegelGeschonden):
    code = "ongeldige-waarde"
    melding = "Deze waarde klopt niet."


class BestaatAl(RegelGeschonden):
    code = "bestaat-al"
    melding = "Dit gegeven staat er al."


class Teveel(RegelGeschonden):
    code = "te-veel"
    melding = "U kunt er niet meer toevoegen. Verwijder er eerst een."


class NietGevonden(RegelGeschonden):
    code = "niet-gevonden"
    melding = "Dit gegeven bestaat niet of is al verwijderd."


class SleutelHergebruikt(RegelGeschonden):
    code = "sleutel-hergebruikt"
    melding = "U heeft dit formulier al verstuurd met andere gegevens. Open de pagina opnieuw."


class EvenBezet(RegelGeschonden):
    code = "even-bezet"
    melding = "Er wordt op dit moment aan deze gegevens gewerkt. Probeer het zo nog eens."


class GevalideerdeKlantBestaat(IntussenGewijzigd):
    code = "gevalideerde-klant-bestaat"


BIJ_CONSTRAINT: dict[str | None, type[RegelGeschonden]] = {
    "een_gevalideerde_klant_per_natuurlijk_persoon": GevalideerdeKlantBestaat,
    "een_standaard_per_soort": IntussenGewijzigd,
    "een_rekening_per_stand": IntussenGewijzigd,
    "een_keuze_per_voorkeur": IntussenGewijzigd,
    "versies_zonder_gaten": IntussenGewijzigd,
    "een_koppeling_per_rol": BestaatAl,
    "klantnummer_uniek": EvenBezet,
}
"""Welke regel de databank uitspreekt als zij een constraint bij naam weigert."""
