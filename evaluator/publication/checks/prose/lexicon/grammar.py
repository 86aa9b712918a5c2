"""Small words of English, and the verbs that evaluations are told with."""

from collections.abc import Mapping

GRAMMAR: Mapping[str, str] = {
    "not": """
        no not never nothing none nobody nobody's neither nor without cannot isn't aren't don't doesn't won't
        can't mustn't
        needn't no-one; rather than; instead of; fail to; only after""",
    "if": "if where when should unless until whether wherever whenever once",
    "modal": "may can could might will shall must should would",
    "may": """
        may can could might; free to; able to; at liberty; reserve the right; wish; is entitled to; are entitled to""",
    "verb": """
        is are was were be been has have had do does did may can could might will shall must should would need decide
        choose set mark score give award make take get go come use carry count earn lose hold keep judge weigh apply
        change agree meet reach win fail pass rank fund pay say tell write send ask run work lie rest stand prevail
        receive sign adjust amend recommend consider determine treat compare add drop round show disregard reject""",
    "need": """
        must need require have minimum threshold hurdle floor obtain achieve reach earn attain necessary; pass mark;
        at least; to be considered; only bid; cut off; has to; have to; no grant goes to; expected to; only those;
        only who; has not; have not; not reached; to be funded; to get""",
    "own": "own their; before the panel agrees; before they agree",
    "hedge": """
        maybe perhaps possibly usually normally roughly approximately typically; or so; give or take; as a rule; more
        or less; if need be; most of the time; on the whole; by and large; for the most part; or thereabouts""",
    "us": "us our we",
    "either": """
        may can or either whether; up to bidder; up to you; as they prefer; if they wish; optional""",
    "without": "without exclude exclusive net; not include; does not include; do not include",
    "with": "include inclusive gross plus; with vat",
    "exact": "exact unrounded; not rounded; no rounding; no figure is rounded; nothing is rounded",
    "comparison": """
        as more most less least much heavily heavier heaviest double twice half same equal equally first above
        outweigh next chiefly mainly mostly largely only""",
    "invite": "invite ask call shortlist attend require expect shown meet; spoken",
    "elsewhere": """
        see refer described instruction paragraph section clause above below guidance invitation document itt; dealt
        with; as stated; set out; in accordance; as per""",
    "empty": "applicable; n a; tbc; none; nil",
}
