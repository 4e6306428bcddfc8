"""The least anybody could do: what the figures of the product are held against."""
