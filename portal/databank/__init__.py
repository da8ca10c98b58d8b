"""Hoe het portaal bij zijn databank komt: adres, TLS, en hoe lang het op een antwoord wacht."""
