"""The nouns of a programme. They import only pydantic and the standard library, and everything else imports them."""
