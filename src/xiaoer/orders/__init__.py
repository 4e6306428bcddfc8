"""Products, orders, payments and parcels of the shops: imported from the marketplace, never edited here."""
