"""Controles bij het starten: elk bewaard veld heeft een doel."""
