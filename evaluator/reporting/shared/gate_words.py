"""What kind of condition each gate is, and what follows from failing it, in words for bidders and for the file."""

from evaluator.law import regime as law_of
from evaluator.records.programme.conditions.gates import Gate, GateKind, Ground

FOLLOWS: dict[GateKind, str] = {
    "participation": "A bid whose supplier does not satisfy it is disregarded, and nobody can let it stay{}. The "
    "supplier may satisfy it itself or through another on whom it relies, such as a sub-contractor.",
    "procedural": "A bid that breaches it may be disregarded{}; a person decides, with reasons.",
    "minimum": "A bid that fails it is disqualified{}: it is assessed and not ranked, and its bidder is told how.",
    "exclusion": "",
}
SECTIONS: dict[GateKind, str] = {
    "participation": " (Procurement Act 2023, section 19(3)(a))",
    "procedural": " (Procurement Act 2023, section 19(3)(d))",
    "minimum": " (Procurement Act 2023, section 23(3)(a))",
}
HEARD = (
    "It applies where its circumstances continue or are likely to recur. The supplier is heard first; a person "
    "decides, with reasons. An associated person or a sub-contractor whom alone it concerns may first be replaced."
)
GROUNDS: dict[Ground, tuple[str, str, str]] = {  # what it is, its section, and what follows
    "mandatory": ("mandatory", "sections 26, 28, 57(1) and 58, Schedule 6", f"It excludes a supplier. {HEARD}"),
    "discretionary": ("discretionary", "sections 26, 28, 57(2) and 58, Schedule 7", f"It may exclude. {HEARD}"),
    "debarment": (
        "debarment list",
        "sections 26, 28 and 57",
        "An entry on a mandatory ground excludes a supplier; one on a discretionary ground may.",
    ),
}
NOT_BELOW = "Below the threshold no bid is kept out by who its supplier is (Procurement Act 2023, section 85)."


def gate_statements(gate: Gate, regime: str) -> tuple[str, ...]:
    """Say of what kind a gate is, and what follows from failing it; nothing where its kind was not published.

    Parameters
    ----------
    regime : the law that applies; the Procurement Act is cited only where it does.
    """
    if gate.kind is None:
        return ()
    if gate.kind == "exclusion":
        return _exclusion(gate.ground, regime)
    name = f"This is a {gate.kind_name}."
    if gate.kind == "participation" and law_of(regime).bars_suitability():
        return name, NOT_BELOW
    return name, FOLLOWS[gate.kind].format(SECTIONS[gate.kind] if law_of(regime).is_the_act else "")


def _exclusion(ground: Ground | None, regime: str) -> tuple[str, ...]:
    if ground is None:
        return ("This is a ground of exclusion.",)
    name, sections, follows = GROUNDS[ground]
    cited = f" (Procurement Act 2023, {sections})" if law_of(regime).is_the_act else ""
    return f"This is a ground of exclusion: {name}{cited}.", follows
