"""Planted faults: each must turn its named test red (`make mutanten`)."""
