"""The words that prose about an evaluation is made of, by what they stand for; each in every form that it takes."""
