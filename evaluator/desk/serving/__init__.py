"""Between a browser and the pages: who may talk to the desk, its sockets, secrets and bodies, and where it runs."""
