"""Open nummers: de enige plaats waar een BSN of KvK-nummer te lezen is."""
