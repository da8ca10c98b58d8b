"""Overnemen of afwijzen van wat een ander systeem van de gemeente heeft."""

from django import forms

from portal.mijn.forms.eenmalig import EenmaligFormulier


class VoorstelFormulier(EenmaligFormulier):
    """`afdruk` is a print of the value that the person saw: another value asks to look again."""

    afdruk = forms.CharField(max_length=32, widget=forms.HiddenInput)
