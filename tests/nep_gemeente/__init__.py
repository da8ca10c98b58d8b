"""De gemeente van de demo en van de tests: een echte server die webhooks en post ontvangt.

Uses the receiver that docs/ontvanger/ gives to the readers, so that one is proven by every test.
"""
