"""The doors of conversations on the wire: for buyers, for the desk, and frames of the socket."""
