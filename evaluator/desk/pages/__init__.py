"""The desk’s pages: a module each, with its routes and its place in the navigation; ``order`` has all of them."""
