"""Wat een mens doet en ziet: stappen in een echte browser, in de woorden van het scherm."""

import re

from tests.browser import expect, log_in
from tests.verhalen.wachten import tot

GEDULD = 30_000
"""Milliseconden: op een drukke machine duurt een klik ook wel eens lang."""


class Verhaal:
    """Eén mens, één browservenster; elke stap leest als een zin."""

    def __init__(self, bladzijde, *, js=True):
        self.bladzijde = bladzijde
        self.js = js

    # --- gegeven -----------------------------------------------------------------------------
    def gegeven_ingelogd(self, wie="noor", *, middel="digid", niveau=30):
        log_in(self.bladzijde, wie, middel=middel, niveau=niveau)
        expect(self.bladzijde.get_by_role("heading", level=1)).to_contain_text("Welkom")

    def gegeven_ingelogd_in_het_engels(self):
        self.bladzijde.goto("/")
        if self.bladzijde.locator("html").get_attribute("lang") != "en":
            self.bladzijde.locator('.kg-taal button[value="en"]').click()
        log_in(self.bladzijde, "noor", niveau=30)
        expect(self.bladzijde.get_by_role("heading", level=1)).to_contain_text("Welcome")

    # --- als ---------------------------------------------------------------------------------
    def als_men_gaat_naar(self, adres):
        self.bladzijde.goto(adres)

    def als_men_kiest(self, tekst, *, in_paneel=""):
        """Klik op een link of knop zoals die op het scherm heet, zo nodig in een paneel."""
        if in_paneel:
            self._open(in_paneel)
        plek = self.bladzijde.locator(f"#{in_paneel}" if in_paneel else "main")
        naam = re.compile(f"^{re.escape(tekst)}")
        knop = plek.get_by_role("button", name=naam).or_(plek.get_by_role("link", name=naam))
        knop.first.click()

    def als_men_invult(self, **velden):
        """Vul velden op label in; een onderstreping staat voor een spatie."""
        for label, waarde in velden.items():
            self._veld(label.replace("_", " ")).fill(waarde)

    def als_men_uit_de_lijst_kiest(self, label, keuze):
        self._veld(label).select_option(label=keuze)

    def als_men_aankruist(self, label):
        self.bladzijde.locator("main").get_by_label(label, exact=False).first.check()

    def als_men_opslaat(self, knop="Opslaan"):
        self.bladzijde.locator("main").get_by_role("button", name=knop, exact=True).click()

    def als_men_uitlogt(self):
        self.bladzijde.locator(".kg-kop").get_by_role("button", name="Uitloggen").click()

    # --- dan ---------------------------------------------------------------------------------
    def dan_ziet_men(self, *teksten):
        plek = self.bladzijde.locator("body")
        for tekst in teksten:
            zoek = tekst.replace(" ", "\u00a0") if tekst[:1].isdigit() else tekst
            expect(plek).to_contain_text(zoek, timeout=GEDULD)

    def dan_ziet_men_niet(self, tekst):
        expect(self.bladzijde.locator("main")).not_to_contain_text(tekst)

    def dan_staat_er_opgeslagen(self, tekst):
        """Met JavaScript zegt de schermlezer het, zonder staat het bovenaan."""
        plek = "#melding" if self.js else ".utrecht-alert--ok"
        expect(self.bladzijde.locator(plek)).to_contain_text(tekst, timeout=GEDULD)

    def dan_heeft_focus(self, naam):
        actief = self.bladzijde.evaluate("document.activeElement.innerText")
        assert naam in actief

    def dan_gebeurt(self, vraag):
        tot(vraag)

    def _open(self, paneel):
        plek = self.bladzijde.locator(f"details#{paneel}")
        if plek.get_attribute("open") is None:
            plek.locator("summary").click()

    def _veld(self, label):
        velden = self.bladzijde.locator("main").get_by_label(label, exact=False)
        return velden.locator("visible=true").first
