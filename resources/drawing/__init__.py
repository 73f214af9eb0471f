"""How the sample photos are drawn. Nothing of the product imports it."""
