"""What can be done with money: post it, charge and credit shops, order payouts and see them through."""
