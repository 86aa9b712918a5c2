"""Findings about values that texts take by their names, declared facts, and answers of reviewers, in words."""

from evaluator.records.findings.authorities import CLEAR
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CRIT-850",
        BLOCKS,
        "“{name}” stands in braces and is no name of a value of these criteria, so it would be printed as it stands.",
        "Write in the braces one of: {there}. A brace that is meant as a brace is written twice.",
        CLEAR,
        example={"name": "weight:Q9", "there": "“weight:Q1” and “weight:Q2”"},
    ),
    Entry(
        "E-CRIT-851",
        BLOCKS,
        "“{text}” is declared as a fact and stands in none of the texts beside it ({beside}).",
        "Write the words just as they stand in the text, or take the fact out.",
        CLEAR,
        example={"text": "60 clubs", "beside": "title, text and source"},
    ),
    Entry(
        "E-CRIT-852",
        DECIDE,
        "“{text}” is declared as a fact, and nothing says why it stands there.",
        "Say in a sentence what it is, for whoever reviews the criteria.",
        CLEAR,
        example={"text": "60 clubs"},
    ),
    Entry(
        "E-CRIT-870",
        BLOCKS,
        "No answers of an earlier review can be taken from it: {why}.",
        "Name the review.docx or review.xlsx of an earlier check, with its tables and their headings as they were.",
        example={"why": "it is damaged, or neither a Word file (.docx) nor a workbook (.xlsx)"},
    ),
    Entry(
        "E-CRIT-871",
        NOTE,
        "“{answer}” stands in a row without the mark by which an answer is known again, so it was not kept.",
        "Write the answer into the row of the new review that it is about.",
        example={"answer": "Agreed, see our note of 3 May."},
    ),
    Entry(
        "E-CRIT-985",
        NOTE,
        "It has {number} in the margin; what stands there is not kept: answers are read from the tables alone.",
        "Write what is to be kept into the column of answers, in the row that it is about.",
        example={"number": "2 comments"},
    ),
)
