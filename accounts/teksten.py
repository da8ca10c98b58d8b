"""Wording that is not ours to change or translate."""

DIGID_FOUT = (
    "Inloggen bij deze organisatie is niet gelukt. Probeert u het later nog een keer. "
    "Lukt het nog steeds niet? Log in bij Mijn DigiD. Zo controleert u of uw DigiD goed werkt. "
    "Mogelijk is er een storing bij de organisatie waar u inlogt."
)
"""Logius, checklist L10: literally this text when a login with DigiD fails."""
