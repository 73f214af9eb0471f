"""How a library is described to the program: its form, its .env, and the test of the way there."""
