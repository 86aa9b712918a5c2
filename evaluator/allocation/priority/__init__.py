"""Published lists: best score first, by published turns."""
