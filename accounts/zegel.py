"""Sleutelbos en verzegeld veld; elk pakket mag hiermee een waarde verzegelen."""
