"""The first start: which library it shall be, and a tour of the window."""
