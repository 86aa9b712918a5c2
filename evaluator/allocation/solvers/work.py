"""The account of a search: nodes and iterations, which a solver counts alike on every machine."""

from dataclasses import dataclass

from evaluator.records.programme.allocation_policy import search_limits
from evaluator.records.results.allocation import Problem

QUESTIONS = 20  # one question about what would have changed a decision may take so small a part of a search


@dataclass
class Work:
    """What a search may still spend; every solve takes its own from it."""

    nodes: int
    iterations: int

    @classmethod
    def of(cls, problem: Problem) -> "Work":
        """Begin the account of one search by the published limits for so many candidates."""
        limits = search_limits(len(problem.candidates))
        return cls(limits.nodes, limits.iterations)

    @classmethod
    def of_second_opinion(cls, problem: Problem) -> "Work":
        """Begin the account of a second opinion."""
        limits = search_limits(len(problem.candidates))
        return cls(limits.second_nodes, limits.iterations)

    @classmethod
    def of_question(cls, problem: Problem, questions: int = 1) -> "Work":
        """Begin the account of one question about what would have changed a decision, or of several together."""
        limits = search_limits(len(problem.candidates))
        return cls(limits.nodes * questions // QUESTIONS, limits.iterations * questions // QUESTIONS)

    @property
    def left(self) -> bool:
        """Whether anything is left to spend."""
        return self.nodes > 0 and self.iterations > 0

    def spend(self, nodes: int, iterations: int) -> None:
        """Take off what a solve took: a node at the least, so that solves are counted as well."""
        self.nodes -= max(1, nodes)
        self.iterations -= iterations
