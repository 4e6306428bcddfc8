"""Making good: coupons, points, red packets and money, put aside in the ledger, given, taken back."""
