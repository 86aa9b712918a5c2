"""What becomes of bids, and who may decide it otherwise than by the published rules."""

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "out": """
        fail reject exclude eliminate disqualify exclusion elimination disqualification rejection remove discard drop
        unsuccessful ineligible void dismissed bar screened stop invalid lapse; set aside; put aside; thrown out;
        turned away; turn down; is out; be out; are out; end of the bid; end of its; ends the bid; end for; ruled out;
        knocked out; sift out; rules you out; rules it out; rules them out; goes no further; shut out; kept out; left
        unopened; is lost; falls away; struck out; is over; not taken; decline; refuse""",
    "onward": """
        consider ranked fund proceed progress eligible opened unopened; taken forward; go forward; stay in; go
        through; go further; assess; evaluate; scored; awarded; remain; pass; accepted; shortlist; qualify; go on;
        carried forward; get through; compared; hear from; get money; goes to; go to the next; next stage; won;
        invited; given a grant; get a grant; offered; read the rest; read on; read further; only awarded; are awarded;
        is awarded""",
    "outcome": "award ranking recommendation outcome result decision winner grant funding list",
    "win": "win contribute",
    "consequence": """
        disregard reject exclude eliminate disqualify fail remove admit ranked fund assessed decide record settle hear
        heard determine consider opened withdrawn score accept suspend replace return; taken forward; go no further;
        no further; set aside; not met; is met; is out; is asked""",
    "must_end": """
        disregard reject exclude eliminate disqualify remove admit decide record determine fail settle; no further;
        taken forward; set aside; is out; opened; not met; assessed; the decision is; decision is for; decision lies;
        decision rests; decision is taken; decision is made""",
    "ended": """
        ; non compliant; is out; are out; disregarded; go no further; evaluated no further; thrown out; struck out""",
    "aftermath": "consequence; what happens; what will happen; what follows; what becomes of",
    "change": """
        change amend alter adjust revise vary modify move raise lower override overrule substitute correct overturn
        rescore replace reduce increase moderate uplift downgrade upgrade finalise depart tweak rebalance reweigh
        reconsider revisit reopen redo bend relax waive ignore veto swap shift rethink review flex refine recalibrate
        recast redistribute trim inflate boost indicative; re score; mark down; mark up; go up; go down; put it up;
        put it down; put up; put down; add to; take off; take away; deduct; set aside; step in; second guess; fine
        tune; scale down; scale up; bring down; bringing the; knock off; sent back; bump up; fixed when; fixed once;
        set once; set when; fixed after; decided once; decided after; settled once; settled when; settled after; not
        yet fixed; fixed later; decide later; set later; be different; may differ; may be different; up to change;
        subject to change; subject to adjustment; subject to review; subject to approval; adapted; reviewed and;
        reset; reassess; remark; re mark; regrade; normalise; standardise; harmonise; harmonisation; even out; even
        up; is scaled; are scaled; be scaled; recalculated; be moved; change their; sign off; not final; may
        change; rounded in favour; be
        higher; be lower; awarded an extra; extra mark; bonus; penalty; penalise""",
    "depart": """
        depart override overturn disregard; not bound; other award; lower ranked; lower scoring; a different bid;
        another bid; regardless of; irrespective of; whatever the score; whatever the ranking; good spread; best
        spread; balance; even spread; fair spread; strategic fit; strongest combination; best fit; best combination;
        preferred combination; skip a bid; out of order; rather than the highest; take a different view; different
        view; other than the highest; not the highest; local priority; own priority; leaves out; left out by; starting
        point; only a guide; guide only; spread awards; spread the award; different kinds of; mix of; range of groups;
        against the ranking; outside the ranking; award otherwise than; select otherwise than; choose otherwise than;
        below the line; beneath the; not next; not the best; jump; ahead of a higher; ahead of others; wild card;
        advisory; for guidance""",
    "negotiate": """
        negotiate negotiation haggle bafo; drop their price; drop its price; best and final; reduce their price; lower
        their price; lower your price; drop your price; reduce its price; lower its price; reduce your price; improve
        their; improve its; further price; revised price; sharper price; better price; new price; cut their price;
        trim their; second price; price talk; bringing the price; bring its price; talk about price; price down; talk
        to them about; improved offer; revise their offer; revised offer; revised bid; resubmit; second round; discuss
        the price; discuss price; agree a lower; lower figure; match the; sharpen; final price; post tender; savings
        found; find savings; final offer; discuss terms; reduce the price; reduction in price; discount after; price
        adjust; adjust the price; adjust their price; adjust price; change their price; vary their price; alter their
        price; change its price; improve its offer; improve their price; improve their bid""",
    "decides": """
        decide determine choose select settle pick prefer verdict preference arbitrate judge vote nominate; final say;
        last word; final decision; ultimate decision; rests with; lies with; up to; is for; make the choice; who gets
        what; have the last; has the last; settle the matter; makes the call; call is; rule on; answer to; whoever;
        broken by; break the; breaks a; by the chair; by the director; decided by; left to; makes the decision; makes
        the final; take the decision; has the deciding; deciding vote; deciding say; show of hands; have the
        deciding; on the
        decision of; final choice; discretion to""",
    "final": "final conclusive binding; no appeal",
    "opinion": """
        opinion discretion judgement satisfied satisfaction acceptable satisfactory subjective deem believe feel; see
        fit; think fit; for the council to; matter for the council; for the panel to; matter for the panel; for the
        authority to; matter for the authority; matter for officer; for officer to; up to us; concurrence; conditional
        upon the agreement; conditional upon the consent; for the commissioner to; for us to; finds acceptable; to the
        liking; in the eyes of; as it wishes; so wish; as it please; as it sees; as they see; case by case; from time
        to time; considers appropriate; considers suitable; considers necessary; considers reasonable; decision is
        final; decision will be final; its word; word is final; is happy with; are happy with; comfortable with;
        confident in; special circumstance; exceptional circumstance; on its merits; view of; mind of; regard as
        adequate; regards as; as seen by; in their eyes; good reason; right mix; strike officers; strikes us; strikes
        the; feels right; merit it; sees merit; thinks best; think right; considered best; if it thinks; if we think;
        where we think; whom it; as appropriate; where appropriate; appropriate in; as they think; as it thinks; as we
        think; use their judgement; judge to be; freedom to; freedom of; room for; latitude; leeway; at will; for any
        reason; without giving; sole; decides what; says what counts; what is relevant is; decides how; judges
        whether; find convincing; finds satisfactory; content that; contents itself; as determined by; determined by
        the council; determined by officers; considered unsustainable; consider unrealistic; evaluators consider;
        officers consider; panel considers; council considers; council believes; believed to be; in its opinion; in
        their opinion; as the council decides; as it decides; as they decide; as we decide; may choose; free to
        choose; reserves the right to accept; reserves the right to reject; right to accept; right to reject; entitled
        to reject; at any time and for; if it wishes; if we wish; if they wish; matter of judgement; matter of taste;
        where it sees; sees as; perceived; preferred by; where justified; where necessary; if necessary; in special
        cases; special cases; unless the council; otherwise agreed; as agreed with; unless otherwise; at short notice;
        exceptionally; in exceptional; council thinks; panel thinks; officers think; we think; team thinks; does not
        like; do not like; we like; council likes; happy; thinks is; impress; impresses us""",
    "soft": """
        ideally preferably desirable; where possible; as far as possible; if possible; would like; would be good; is
        preferred; would be an advantage; is an advantage; would be helpful; hopefully; encouraged; if you can; it
        would help; would prefer; is desired; wherever; where you can; should aim; should really; really; should
        have""",
    "give_way": """
        relax bend waive depart override guide guideline; give way; set aside; not apply; departed from; good cause;
        exception exceptions; loosely; flexible flexibly; common sense; as we go; in the spirit""",
    "rules": """
        ; these rules; the rules; these criteria; the criteria; this process; the process; any rule; a rule""",
    "who_gets": """
        winner; who gets; who wins; who is funded; who is chosen; gets the work; gets the money; gets the contract;
        wins the; who will; likes best; like most; we like; it likes; best bid; the bid it; the bid we; whom we; the
        one we; the one it; who receives; which bid; top three; best three; top two; best two; from among""",
    "waiting": "; waiting list; reserve list; standby list; held in reserve; keep in reserve",
    "late": """
        late; after the deadline; after the closing; day or two; grace; past the deadline; miss the deadline; after
        time; out of time; behind time""",
    "accepted": "accept take admit allow consider read tolerate; let in; given to",
    "grace": "grace",
    "divided": """
        ; shared evenly; shared equally; shared out; shared among; shared between; divided among; divided between;
        divided equally; divided evenly; split; equal share; share of the budget; share of the money; share of the
        pot; pro rata; spread across; scaled back; scaled down; trimmed; somewhat less; less than it asked; less than
        they asked; less than you asked; less than was asked; part of what; part of the money; parcelled out; evenly;
        equally""",
    "sought": """
        appoint seek; looking for; will fund; expect to fund; hope to fund; will choose; want to; will award; will
        pick; take on; go with; sign up; intend to; aim to; will commission; will let; will appoint; room for; space
        for; will be chosen; will be funded; will be appointed""",
    "lots_bid": "bid submit apply tender; put in; go for",
    "one_only": """
        ; one lot only; one theme only; one area only; only one lot; only one theme; only one of them; not both; win
        both; both lots; both areas; both themes; more than one lot; more than one theme; a single lot; across the
        lots; across lots; in all lots; both together; awarded together; bid for both""",
    "no_reasons": """
        ; not be reasoned; not have to say why; without reasons; no reasons; not give reasons; not have to give
        reasons; without giving reasons; not be explained; not have to explain; no explanation""",
    "preferred": """
        prefer preference favourable favourably kindly kindlier kinder sympathetic sympathetically generously
        leniently prioritise advantage nod edge; head start; plus point; look well; we favour; we shall favour; will
        favour; be favoured; are favoured; is favoured; given priority; have priority; has priority; take priority;
        priority to; priority is given; priority goes; score higher; score better; score more; mark higher; mark
        better; higher mark; better mark; more mark; more point; comes first; goes first; first call; leg up; boost
        bonus; warmly; tell against; tell in their; tell in your; count against; held against; rewarded; gets the nod;
        do well; does well; helped along; do better; score best; do best; does best; fare better; fare worse; have a
        better chance; help your score; help your mark; help your bid; in your favour; in their favour;
better chance; more likely; less likely; easier; sooner; ahead of""",
    "would_rather": "; would rather; rather see; rather have; rather fund",
}
