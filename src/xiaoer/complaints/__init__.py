"""Complaints of buyers and shops: lodged, taken on by D15, answered, apologised for, heard, ruled on."""
