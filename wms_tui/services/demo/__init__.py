"""A furnished warehouse for trying things out: goods, places, partners and months of history, by a seeded generator."""
