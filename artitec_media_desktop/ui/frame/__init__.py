"""The parts of the window around its pages."""
