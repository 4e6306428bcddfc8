"""May these words be sent: pass, hint, rewrite or block, by the rules of the trade and of the law."""
