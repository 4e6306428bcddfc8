"""Refunds, returns, exchanges, re-sends, repairs and compensation between a buyer and a shop."""
