"""The things of disputes and the wishes that come through their doors."""
