"""Review pages: static files that show a person what was read, what was not, and what does not add up."""

from warehouse.pages.write import PagesWritten, is_of_now, write_pages

__all__ = ["PagesWritten", "is_of_now", "write_pages"]
