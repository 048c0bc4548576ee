"""Numbers in Chinese text: every numeral once, and what each says."""

from transforms.quantify.numerals import numerals, quantities
from transforms.quantify.quantity import Bound, Exact, Kind, Numeral, Quantity

__all__ = ["Bound", "Exact", "Kind", "Numeral", "Quantity", "numerals", "quantities"]
