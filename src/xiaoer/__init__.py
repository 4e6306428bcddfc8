"""Xiaoer: the open-source service desk and dispute court for online marketplaces."""
