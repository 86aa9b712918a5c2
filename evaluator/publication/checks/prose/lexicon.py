"""The words that prose about an evaluation is made of, by what they stand for; each is known in every form it takes."""

from collections.abc import Mapping
from functools import cache

# A word stands for itself however it ends: "amend" is "amends", "amended" and "amending" too. What follows a
# semicolon is a phrase.
MEANINGS: Mapping[str, str] = {
    "not": """
        no not never nothing none nobody neither nor without cannot isn't aren't don't doesn't won't can't mustn't
        needn't no-one; rather than; instead of; fail to; only after""",
    "if": "if where when should unless until whether wherever whenever once",
    "modal": "may can could might will shall must should would",
    "may": """
        may can could might; free to; able to; at liberty; reserve the right; reserves the right; wish; is entitled
        to; are entitled to""",
    "verb": """
        is are was were be been has have had do does did may can could might will shall must should would need
        decide choose set mark score give award make take get go come use carry count earn lose hold keep judge
        weigh apply change agree meet reach win fail pass rank fund pay say tell write send ask run work lie rest
        stand prevail receive sign adjust amend recommend consider determine treat compare add drop round show
        disregard reject""",
    "bid": "bid tender submission application proposal offer response reply",
    "bidder": """
        bidder tenderer applicant supplier provider organisation organization charity group company contractor
        consortium candidate you nobody""",
    "panel": """
        panel evaluator assessor scorer marker moderator judge reader reviewer scorers grader adjudicator;
        evaluation team""",
    "power": """
        council authority commissioner head director chair chairman chairwoman chairperson officer manager lead
        member councillor cabinet mayor board holder committee trustee we procurement buyer executive leader funder
        convenor convener president staff secretary chief deputy sponsor department leadership senior treasurer
        inspector advisor adviser colleague minister partnership boss; elected member; most senior; grants team;
        service
        lead; a third person; third party; responsible officer; independent person; senior manager; line manager;
        sponsor; assistant; head teacher; accountable; legal team; finance team; procurement team; project board;
        steering group; chief executive; monitoring officer; commissioning team; lead officer; portfolio; project;
        commissioners;
        somebody else; someone else; external; consultant; auditor""",
    "mark": "mark score point grade rating scoring tally",
    "rank": "rank ranking ordering placing",
    "weight": """
        weight weighting weighted worth weigh carry depend hinge allot earmark heaviest heavy; count for; account
        for; make up; makes up; made up of; go to; goes to; hang on; contribute; represent; comprise; on offer;
        available here; attract; of the available; can be earned; are for; is for; reserved for; apportion; is
        based on; are based on; as
        important;
        rests on; turns on; determined by; decided by; allocated to; set aside for; the remaining; stand for; belongs
        to;
        belong to; out of a hundred; out of 100; of the total; of the result; of the overall; of the final; of your
        result; of our decision; split; come from; comes from; is down to; of the evaluation; of the assessment; of
        the decision; of the score; of the marks; of the points; set by; points available; maximum score; maximum
        points; maximum mark; maximum weighted; importance; attach; out of 100 points; scores for""",
    "share_word": """
        weight weighting weighted worth carry depend credit; count for; account for; make up; makes up; as
        important; is based on; turns on; of your score; of the mark; rests on; outweigh""",
    "criterion": "criterion criteria weight weighting question requirement specification methodology; price method",
    "quality": """
        quality technical qualitative written; non price; what you propose; what you do; method statement; the
        written; how well; how good; for answers; written submission; non financial;
        merit""",
    "price": """
        price cost pricing fee tariff commercial cheap dear charge quote expensive; sum you ask; what you ask; what
        it costs; money asked; amount asked; sum asked; asking for""",
    "total": "total overall altogether aggregate combined; in all; final score",
    "change": """
        change amend alter adjust revise vary modify move raise lower override overrule substitute correct overturn
        rescore replace reduce increase moderate uplift downgrade upgrade finalise depart tweak rebalance reweigh
        reconsider revisit reopen redo bend relax waive ignore veto swap shift rethink review flex refine
        recalibrate recast redistribute trim inflate boost indicative; re score; mark down; mark up; go up; go down;
        put it up; put it down; put up; put down;
        add to; take off; take away; deduct; set aside; step in; second guess; fine tune; scale down; scale up;
        bring down; bringing down; bringing the; knock off; sent back; bump up; fixed when; fixed once; set once;
        set when; fixed after; decided once; decided after; settled once; settled when; settled after; not yet
        fixed; fixed later; decide later; decided later; set later; be different; may differ; may be different; up
        to change; subject to change; subject to adjustment; subject to review; subject to approval; adapted;
        reviewed and; reset; reassess; remark; re mark; reconsidered; regrade; normalise; standardise;
        harmonise; harmonisation; even out; even up; scaled;
        recalculated; be moved; change their; sign off; signs off; not final; may change; rounded in favour; be
        higher; be lower; marked up; marked down; awarded an extra; extra mark; bonus; deducted; penalty; penalise;
        uplifted""",
    "outsider": """
        resident stakeholder colleague expert partner public neighbour; service user; young people; people who use;
        user panel; community representative; elected""",
    "own": "own their; before the panel agrees; before they agree",
    "out": """
        fail reject exclude eliminate disqualify exclusion elimination disqualification rejection remove discard drop
        unsuccessful ineligible void dismissed bar
        barred screened stop invalid lapse; set aside; put aside; thrown out; throw out; turned away; turn away;
        turn down; turned down; is out; be out; are out; end of the bid; end of its; ends the bid; end the bid; end
        for; ruled out; knocked out; sift out; sifted out; rules you out; rule you out; rules it out; rules them
        out; goes no further; go no further; shut out; kept out; left unopened; is lost; falls away; fall away;
        struck out; is over; not taken;
        decline; refuse; refused""",
    "onward": """
        consider ranked rank fund proceed progress eligible opened unopened; taken forward; go forward; stay in; go
        through; go further; opened; assess; evaluate; scored; awarded; remain; pass; accepted; shortlist; qualify;
        go on; carried forward; get through; compared; gone further; hear from; get money; gets money; goes to; go
        to the next; next stage; won; win; invited; given a grant; get a grant; offered; read the rest; read on;
        read further; only awarded; are awarded; is awarded""",
    "need": """
        must need require have minimum threshold hurdle floor obtain achieve reach earn attain needed necessary;
        pass mark; at least; to be considered; only bid; cut off; has to; have to; no grant goes to; expected to;
        only those; only who; has not; have not; not reached; to be funded; to get""",
    "threshold": """
        threshold hurdle minimum floor bar benchmark; pass mark; cut off mark; quality bar; qualifying mark;
        qualifying score; least score; lowest acceptable; quality gate; the line; minimum score; entry mark;
        qualifying total; qualifying quality""",
    "half_marks": "half; in between; between two; decimal; fraction; intermediate; quarter",
    "public": """
        published annexed attached appended below above annex appendix schedule; set out here; part of this
        document; with this invitation""",
    "hidden_doc": """
        checklist crib rubric handbook manual aide guide template pointer prompt hint cue script framework; model
        answer; model response; marking guide; marking scheme; marking key; mark scheme; scoring guide; scoring
        guidance; marking guidance; scoring note; marking note; evaluators note; evaluator note; scoring matrix;
        scoring key; scoring sheet; ideal answer; ideal response; specimen answer; sample answer; evaluation
        protocol; scoring protocol; evaluators guidance; evaluator guidance; assessors guidance; panel guidance;
        internal guidance; guidance note; benchmark answer; evaluation guide; assessment guide; marking framework;
        scoring framework; scoring rule; evaluation manual; assessor guide; list of point; list of thing; key point;
        briefing note; prompt sheet; aide memoire; good point; key theme; list of good; answer we are; sort of
        answer; briefed on; brief on; marking aid; desk note; internal note; a steer; points to look; evaluator pack;
        assessor pack; evaluators pack; scoring pack; crib note; notes for marker; notes for evaluator; worked
        answer; perfect answer; suggested answer; expected answer; expected content; answer key; hidden; good
        practice list; list of pointers; sub criteria; assessment framework; scoring criteria; scoring
        document; evaluation document; assessment document; marking document; evaluation handbook; detailed
        criteria;
        more detailed; evaluation criteria for panel; detailed guidance; further guidance; additional guidance;
        separate guidance; separate document; supplementary guidance; evaluation guidance; moderation guidance;
        scoring plan; assessment grid; scoring grid; marking grid; marking criteria; assessment matrix; evaluation
        matrix; weighting sheet; score card; scorecard; preferred answer; lead answer; desired answer;
        workbook; marking sheet; sheet that says; answer looks like; attributes set out""",
    "model": """
        ; model answer; model response; model reply; ideal answer; ideal response; perfect answer; perfect response;
        specimen answer; sample answer; benchmark answer; exemplar answer; expected answer; answer key; worked
        answer; example answer; suggested answer; reference answer; best possible answer; standard answer""",
    "hidden": """
        internal unpublished confidential private; kept by; held by; not release; not publish; not share; not
        disclose; given to the panel; given to evaluator; only the panel; agreed at; expect to find; look for;
        looked for; remain with the council; remains with the council; stays with; for our own use; own use; for
        internal; in house; inhouse; on request; not available; restricted; will not see; cannot see; do not see;
        does not see; not seen by; drawn up by;
        drafted by; prepared by; briefed; on file; at induction; issued to them; issued to evaluator; issued to the
        panel; supplied to the panel; supplied to evaluator; provided to the panel; provided to evaluator; for
        evaluators only; for the panel only; not shared with; without publishing; behind the scenes; held
        separately; available to evaluator; available only to; sent to the panel; given to them; wants to see; want
        to see; hopes to see; hope to see; hope to find; hoping to find; keep confidential; kept confidential;
        expects to see; expect to see""",
    "paper": """
        document paper note guide guidance handbook protocol checklist list indicator rubric sheet briefing matrix
        annex policy appendix specification template table example version weighting criterion""",
    "interview": """
        interview presentation demonstrate demonstration pitch dialogue chat; short talk; give a talk
        audition; site visit; visit bidder; visit their; visit your; visit the; in person; meet the panel; come and
        meet; question and answer; be seen by; taster session; mock session; present this; present their; present
        your; present to; come to see; come and see; see your project; see the project; called to a meeting; meeting
        with; spoken to; speak to the; talk to the panel; talk with the; conversation; drop in; phone call;
        telephone; oral; orally; by word of mouth; showcase; open day; visit to; see you at work; mystery; panel
        day; come in; show their work; show your work; show us; hear more; phone a bidder; assessment day; taster;
        trial session; last stage; final stage; second stage; see them; meet them; meet you; meet us; face to face;
        visit a bidder; visit the bidder; test session; site meeting; go and see; second round; first round; q and
        a; meet bidders; meet the bidders; meet with; meet with bidder; video call; online call; show round; tour;
        listening event; come and talk; talk to our; talk to the; pitching; pitch event; oral answer; speak about;
        talk about; talk us; be questioned;
        question bidder; questions bidders; dragons den; references visit; observe; observed""",
    "invite": "invite ask call shortlist attend require expect shown meet; spoken",
    "variant": """
        variant alternative alternatives innovative options; second proposal; cheaper proposal; more than one
        version; second version; another version; cheaper version; lower cost version; more than one bid; as an
        option; different approach; different
        way; better way; alternative solution; priced option; optional extra; second bid; two proposal; two version;
        other way; separate offer; separate bid; different version; alternative offer; another way; own idea; your
        own solution; different model; two option; option a; more than one offer; extra offer; second offer; several
        bid; several offer; different price for; alternate; offer more than one; innovative alternative; more than
        one option; more than one solution; different solution; second plan; second option; second price;
        alternative price; alternative plan; alternative approach; alternative model; alternative bid; own
        alternative; additional bid; additional option; several versions; several options; optional; departures from
        the specification; depart from the specification; deviate from the specification;
        amendments to the contract; propose amendments; propose changes; suggest changes; own terms; smaller
        service""",
    "part_bid": """
        partial; part of the service; part of a lot; part of the work; part only; some of the work; parts of the
        service; part of the contract; some of the hour; for some; need not bid for everything; bid for everything;
        part bid; one element; only some; for half; parts of it; any part; individual element; a single element""",
    "casting": """
        casting coin lottery random dice straws; by lot; by lots hat toss flip chance raffle ballot; draw lot; drawn lot; drawing lot;
        drawing of lot; lot be drawn; lot are drawn; lot will be drawn; second vote; draw decide; draw be made; by a
        draw; by draw; drawn by lot; draw of lot; cards; straw; straws; out of a hat; drawn at; lot is; lots is;
        picked at; drawing of straws; drawn from a; name is drawn; pulled from; picked from; picked out; toss up;
        luck; spin; generator""",
    "first_come": """
        earlier earliest; came in first; received first; first received; came first in time; first come; time of
        receipt; arrived first; order of arrival; order in which they arrive; order of receipt; earliest; submitted
        first; quickest; first through; first past; sent first; lodged first; first to; first bid in; earliest bid;
        bid first; who bid first; was first; time stamp; timestamp; submitted earlier; arrive first; in first; time
        of submission; date of submission""",
    "small_first": """
        smaller smallest incumbent experience experienced; local organisation; local bidder; local group; locally
        based; best record; longest; newer; for longer; the longest; longest record; charities; new to; newcomer; is
        local; are local; oldest; served the town; live in; social enterprise; larger; largest; more volunteers;
        most volunteers; not won; won nothing; fewer awards; woman; women; employ; track record; better record; most
        local; strongest; more established; not currently funded; smaller income; lower income; smallest income;
        lower turnover; more local; nearer; nearest; longest established; current provider; existing provider;
        incumbent provider; more experience; best reputation; better reputation; wins fewer; alphabetical order;
        alphabetical; alphabetically""",
    "tie": """
        tie tied level equal equally separated inseparable; same total; same score; totals are the same; same number
        of point; dead heat; draw level; equal total; total match; score match; same mark; same overall; identical;
        cannot be separated; equality of total; equality of score; neck and neck; on the same; equal bids; all
        square; the same result; score the same;
        cannot be split; cannot be told apart; share a rank; the same number; a draw; dead level; level on; level
        pegging; no clear winner; joint first; joint winner; equal first; equal scores; equal score; tied bidder""",
    "again": """
        further new second final fresh another; best and final; re bid; resubmit; asked for a new; better offer;
        bid again; both to bid; tender again; quote again; improved; improve; sharpen; a lower price; another price;
        new price; new bid; second bid; revised bid; best
        price; final price; further round; further submission""",
    "opinion": """
        opinion discretion judgement judgment satisfied satisfaction acceptable satisfactory subjective deem believe
        feel; see fit;
        sees fit; think fit; thinks fit; for the council to; matter for the council; for the panel to; matter for
        the panel; for the authority to; matter for the authority; matter for officer; for officer to; up to
        us; concurrence; conditional upon the agreement; conditional upon the consent; for the
        commissioner to; for us to; finds acceptable; to the liking; in the eyes of;
        as it wishes; so wish; so wishes; as it please; as it sees; as they see; case by case; from time to time;
        find acceptable; considers appropriate; consider appropriate; considered appropriate; considers suitable;
        considers necessary; considers reasonable; decision is final; decision will be final; its word; word is
        final; is happy with; are happy with; comfortable with; confident in; special circumstance; exceptional
        circumstance; on its merits; view of; mind of; regard as adequate; regards as; as seen by; in their eyes;
        good reason; good reasons; right mix; strike officers; strikes officers; strikes us; strikes the; feels
        right; merit it; sees merit; thinks best; think best; think right; considered best; if it thinks; if we
        think; where we think; whom it; as appropriate; where appropriate; appropriate in; as they think; as it
        thinks; as we think; use their judgement; judge to be; judged to be; freedom to; freedom of; room for;
        latitude; leeway; at will; for any reason; without giving; sole; decides what; decide what; says what
        counts; what is relevant is; decides how; judges whether; judge whether; find convincing; finds convincing;
        finds satisfactory; content that; contents itself; as determined by; determined by the council; determined
        by officers; considered unsustainable; consider unsustainable; consider unrealistic; evaluators consider;
        officers consider; panel considers; council considers; council believes; believed to be; in its opinion; in
        their opinion; as the council decides; as it decides; as they decide; as we decide; may choose; free to
        choose; reserves the right to accept; reserves the right to reject; right to accept; right to reject;
        entitled to reject; at any time and for; if it wishes; if we wish; if they wish; matter of judgement;
        matter of taste; where it sees; sees as;
        perceived; preferred by; where justified; where necessary; if necessary; in special cases; special cases;
        unless the council; otherwise agreed; as agreed with; unless otherwise; at short notice; exceptionally; in
        exceptional; council thinks; panel thinks; officers think; we think; team thinks; does not like; do not
        like; we like; council likes; happy; thinks is; think is; feel right; impress; impresses us""",
    "final": "final conclusive binding; no appeal",
    "other_info": """
        reference referee feedback intelligence reputation endorsement testimonial petition; other information; any
        information; other factor; other matter; wider consideration; local priority; strategic fit; strategic
        priority; past performance; track record; monitoring report; monitoring return; monitoring information;
        earlier work; know of the; knows of the; know about; knows about; own knowledge; previous contract; current
        grant; existing knowledge; what it knows; what they know; what we know; social media; press; website; value
        to the borough; views of; view of member; soft intelligence; previous dealing; past dealing; history with;
        what we see; what we saw; what is seen; what they see; what it sees;
        worked with a bidder; worked with the bidder; worked with an; earlier contract; past contract; previous
        grant; past grant; earlier grant; that experience; what else; word of mouth; heard; complaint; opinion of
        earlier; officers opinion; own experience; general knowledge; local intelligence; audit history; past
        delivery; previous delivery; delivery record; performance on; performance under; dealings; knowledge of the;
        knowledge of a; knowledge of an; what officers know; known to us; familiar with; letter of support; letters
        of support; last year; previous winner; past winner; earlier bid; we know you; know you do; know that you;
        know you; previous work; existing relationship; relationship with; good standing; track; awards won; press
        coverage; complaints about; previous involvement; inspection report; ofsted; cqc; member views; councillor;
        partner organisation view; financial check; credit check; due diligence; wider benefit; wider value; social
        benefit; political; local support; public support; popularity; site; strategic importance; policy priority;
        priorities of the council; needs of the area; council plan; overall balance""",
    "consider": """
        consider inform reflect weigh use count regard influence compare; into account; draw on; taken account; have
        regard; having regard; look at; look into; looked at; bear on; take up; alongside; listen to; rely on;
        influence; affect; guide; feed into; consult; bear in mind; in mind; to bear; kept in mind; when
        choosing; read it; look at it;
        when we decide; help us; helps us; into consideration; weighed; tip the balance; swayed; be a factor; factor
        in; factored in; plays a part; play a part; count in favour; in favour; play a role; be relevant; be
        included; included in; added to the score; be reflected; credit will be; credit is given; make a difference;
        help to decide; supplement; top up; inform the; used to check; used in the""",
    "outcome": "award ranking recommendation outcome result decision winner grant funding list",
    "decides": """
        decide determine choose select settle pick prefer verdict picked preference arbitrate judge vote votes voted
        nominate; final say; last word; final decision; ultimate decision; rests with; lies with; up to; is for;
        make the choice; makes the choice; who gets what; have the last; has the last; settle the matter; settles
        the matter; makes the call; call is; rule on; answer to; whoever; broken by; break the; breaks the; breaks
        a; by the chair; by the director; decided by; left to; makes the decision; makes the final; make the final;
        take the decision; takes the decision; has the deciding; deciding vote; deciding say; have the deciding; on
        the decision of; final choice; discretion to""",
    "depart": """
        depart override overturn disregard; not bound; other award; lower ranked; lower scoring; a different bid;
        another bid; regardless of; irrespective of; whatever the score; whatever the ranking; good spread; best
        spread; balance; even spread; fair spread; strategic fit; strongest combination; best fit; best combination;
        preferred combination; skip a bid; out of order; rather than the highest; take a different view; different
        view; other than the highest; not the highest; local priority; own priority; leaves out; left out by;
        starting point; only a guide; guide only; spread awards; spread the award; different kinds of; mix of; range
        of groups; against the ranking; outside the ranking; award otherwise than; select otherwise than;
        choose otherwise than; below the line; beneath the; not next; not the best;
        jump; ahead of a higher; ahead of others; wild card; advisory; for guidance""",
    "negotiate": """
        negotiate negotiation haggle bafo negotiating haggling; drop their price; drop its price; best and
        final; reduce their price; lower their
        price; lower your price; drop your price; reduce its price; lower its price; reduce your price; improve
        their; improve its; further price;
        revised price; sharper price; better price; new price; cut their price; trim their; second price; price
        talk; bringing the price; bring the price; bring its price; talk about price; price down; talk to them
        about; improved offer; revise their offer; revised offer; revised bid; resubmit; second round; discuss the
        price; discuss price; agree a lower; lower figure; match the; sharpen; final price; post tender; savings
        found; find savings; final offer; discuss terms; reduce the price; reduction in
        price; discount after; price adjust; adjust the price; adjust their price; adjust price; change their price;
        vary their price; alter their price; change its price; improve its offer; improve their price; improve their
        bid""",
    "soft": """
        ideally preferably desirable; where possible; as far as possible; if possible; would like; would be good; is
        preferred; would be an advantage; is an advantage; would be helpful; hopefully; encouraged; if you can; it
        would help; would prefer; is desired; wherever; where you can; should aim;
        should really; really; should have""",
    "unscored": """
        unscored; no weight; carries no mark; carry no mark; no mark; not scored; not be scored; for
        information; not marked;
        no score; not be marked; carries no weight; scores nothing; do not mark; not mark this; do not score; not
        count towards; no points; without marks; attracts no""",
    "consequence": """
        disregard reject exclude eliminate disqualify fail remove admit ranked fund assessed decide record settle
        hear heard determine consider opened withdrawn score accept suspend replace return; taken forward; go no
        further; no further; set aside; not met; is met; is out; is asked""",
    "must_end": """
        disregard reject exclude eliminate disqualify remove admit decide record determine fail settle; no further;
        taken forward; set aside; is out; opened; not met; assessed""",
    "elsewhere": """
        see refer described instruction paragraph section clause above below guidance invitation document itt; dealt
        with; as stated; set out; in accordance; as per""",
    "empty": "applicable; n a; tbc; none; nil",
    "us": "us our we",
    "win": "win contribute",
    "answer": """
        answer; what you write; what you send; what you say; what they write; everything it writes; what it writes""",
    "length": "word page side length; over the limit",
    "local": "local locally rooted",
    "newness": "new newcomer; first time; those who; whoever; anyone who; those that; people who",
    "deduct": """
        lose deduct deduction dock subtract forfeit; knock mark off; knock point off; taken off; take off;
        knocked off; knock off; comes off; come off; marked
        down; mark down; is cut; are cut; cost a; costs a; added to; add to; bonus; extra; docked; additional""",
    "no_mark": """
        ; no mark; no point; no score; no mark above; without marks;
        score nothing; earn nothing; get nothing; score zero; score nought; marked 0;
        thought thin; mark of 0; mark of nought; zero mark; nought;
        no contract; no award; no money""",
    "preferred": """
        prefer preferred preference favourable favourably kindly kindlier kinder sympathetic sympathetically
        generously leniently prioritise advantage nod edge; head start; plus point; look well; we favour; we
        shall favour; will favour; be favoured; are favoured; is favoured; given priority; have
        priority; has priority; take priority; takes priority; priority to; priority is given; priority goes; score
        higher; score better; score more; mark higher; mark better; higher mark; better mark; more mark; more point;
        comes first; come first; goes first; go first; first call; leg up; boost bonus; warmly; tell against;
        tell in their; tell in your; count against; held against; rewarded; reward; gets the nod; do well;
        does well; helped
        along; do better; score best; scores best; do best; does best; fare better; fare worse; have a better
        chance; better chance; more likely; less likely;
        easier; sooner; ahead of""",
    "weighs_more": """
        ; counts for more; count for more; weighs more; carries more; more heavily weighted; most heavily
        weighted; counts most; weighs most; outweighs; counts double; counts twice; more important; most
        important
        of our; outranks""",
    "more_criteria": """
        ; new criterion; new question; extra question; extra criterion; further criterion; additional
        criterion; own criterion; other criterion; extra test; anything else; other matter; other factor; other
        consideration; also credit; counts too; count too; also count; are credited; is credited;
        also look; also apply; are also applied; is also applied; also consider; also weigh; look also; our
        own priorities""",
    "no_reasons": """
        ; not be reasoned; not have to say why; without reasons; no reasons; not give reasons; not have to give reasons;
        without giving reasons; not be explained; not have to explain; no explanation""",
    "lots_bid": "bid submit apply tender; put in; go for",
    "one_only": """
        ; one lot only; one theme only; one area only; only one lot; only one theme; only one of them; not both; win
        both; both lots; both areas; both themes; more than one lot; more than one theme; a single lot; across the lots;
        across lots; in all lots;
        win both; both together; awarded together; bid for both""",
    "importance": """
        matter count carry weigh worth hinge outweigh decide; hang on; hangs on; depend on; rests on; rest on; is
        about; comes down to; turns on; makes the difference; importance; important; heaviest weightiest; main""",
    "comparison": """
        as more most less least much heavily heavier heaviest double twice half same equal equally first above
        outweigh next chiefly mainly mostly largely only""",
    "purse": "money budget pot purse funding fund sum cash pool award pound",
    "divided": """
        ; shared evenly; shared equally; shared out; shared among; shared between; share among; divided among;
        divided between; divided equally; divided evenly; split; equal share; share of the budget; share of the
        money; share of the pot; pro rata; spread across; scaled back; scaled down; trimmed; somewhat less; less than it
        asked; less than they asked; less than you asked; less than was asked; part of what; part of the money;
        parcelled out; evenly; equally""",
    "late": """
        late; after the deadline; after the closing; day or two; grace; past the deadline; miss the deadline; misses
        the deadline; after time; out of time; behind time""",
    "accepted": "accept take admit allow consider read tolerate; let in; given to",
    "grace": "grace",
    "taken_in": """
        sway mindful; into account; in mind; to mind; colour our; colour the; colour their; draw on; bear on; bears
        on; form a view; help us; make up our mind; make up their mind; take note; takes note; pay heed; look at
        what; look at how; our view; their view; into consideration; but considered; part of the picture; listen to;
        think of; plays a part; play a part""",
    "leading": """
        best leading leader front strongest shortlist shortlisted frontrunner top finalist; do well; does well; done
        well; highest scoring; in front; most promising; two or three; those who score""",
    "further_stage": """
        trial round watch interview visit presentation present demonstrate pitch talk; asked in; called in; brought
        in; come in; talk it; talk to; show us; looked at; in the round; run a session; meet us; invited; asked to;
        come and; come to; next stage; second stage; final stage""",
    "shortlisted": "shortlist shortlisted shortlisting; short list; long list; longlist; whittled down; narrowed down",
    "goes_by": """
        ; have by; has by; by them; work from; works from; follow the; follow notes; follows the; guided by; handed; go
        by; goes by; keep to; keeps to; readers have; panel has; evaluators have; readers hold; given a; given the;
        have in front; drawn up for; refer to; use a; use an; uses a; uses an; armed with; that readers; that
        evaluators; sent to the panel; that the panel has""",
    "given_later": """
        ; will be given; will send; sent later; to be sent; issued later; be issued; once awarded; after the award; on
        appointment; send later; give later; published later; shared later; the winner; provided later; comes later;
        follows later; when the contract; after signing""",
    "abide": "must follow satisfy meet comply match per fit; in accordance; according to; in line",
    "held_against": """
        ; in line with; consistent with; fits with; fit with; satisfy; satisfies; judged against; judged by; measured
        against; held against; comply; complies; marked against; assessed against; compared with; as expected
        by; what our; match; matches;
        true to; in keeping with; meets our; meets the standards; follows our; follow our; sits with; sits well with""",
    "our_paper": """
        ; our policy; our funding; our framework; our guidance; our guideline; our handbook; our manual; our
        criterion; our checklist; our protocol; our principle; our standard; our expectation; our value; our own;
        internal; our internal; what we expect; our brief; our notes; our rules; our view; our idea; our thinking;
        council's funding framework; funding framework expects""",
    "who_gets": """
        winner; who gets; who wins; who is funded; who is chosen; gets the work; gets the money; gets the contract;
        wins the; who will; likes best; like best; like most; we like; it likes; best bid; the bid it; the bid we;
        whom we; the one we; the one it; who receives; which bid; which bids;
        top three; best three; top two; best two; from among""",
    "rules": "; these rules; the rules; these criteria; the criteria; this process; the process; any rule; a rule",
    "give_way": """
        relax bend waive depart override guide guideline; give way; set aside; not apply; departed from; good cause;
        exception exceptions; loosely; flexible flexibly; common sense; as we go; in the spirit""",
    "sought": """
        appoint seek; looking for; look for; will fund; expect to fund; hope to fund; will choose; want to; will
        award; will pick; intend to; aim to; will commission; will let; will appoint; room for; space for; will be
        chosen; will be funded; will be appointed""",
    "counted_partner": """
        ; one provider; a single provider; single partner; one partner; single organisation; one organisation; two
        provider; two partner; three provider; one bid; two bid; three bid; four bid; five bid; six bid; two
        organisation; three organisation; four organisation; five organisation; two bidder; three bidder; four
        bidder; three group; four group; five group; one group; a handful; a few; a couple; a pair; a dozen; a
        number of bid; one charity; one contractor; three partner; four partner; single provider; single supplier; one
        supplier""",
    "welcomed": "welcome consider accept send offer look",
    "other_bid": """
        ; something different; something else instead; different bid; second different; rather do it another; another
        way of doing; instead of what; alternative is; an alternative; a slice; a part of it; part of it; not offer the
        whole; not bid for the whole; not take the whole; piece of it; bite off; cherry pick; other than what we
        ask; departs from what; own version; own idea""",
    "waiting": "; waiting list; reserve list; standby list; held in reserve; keep in reserve; kept in reserve",
    "aftermath": "consequence; what happens; what will happen; what follows; what becomes of",
    "ended": """
        ; non compliant; is out; are out; disregarded; go no further; evaluated no further; thrown out;
        struck out""",
    "exact": "exact unrounded; not rounded; no rounding; no figure is rounded; nothing is rounded",
    "vat": "vat; value added tax",
    "without": "without exclude exclusive net excluding exclud; not include; does not include; do not include",
    "with": "include inclusive gross including plus; with vat",
    "either": "may can or either whether; up to bidder; up to you; as they prefer; if they wish; optional",
}
IRREGULAR: Mapping[str, str] = {
    "made": "make",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "went": "go",
    "gone": "go",
    "goes": "go",
    "chose": "choose",
    "chosen": "choose",
    "held": "hold",
    "kept": "keep",
    "met": "meet",
    "won": "win",
    "paid": "pay",
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "sent": "send",
    "ran": "run",
    "stood": "stand",
    "came": "come",
    "got": "get",
    "drawn": "draw",
    "drew": "draw",
    "thrown": "throw",
    "lost": "lose",
    "begun": "begin",
    "fewer": "fewer",
    "cheaper": "cheap",
    "cheapest": "cheap",
    "dearer": "dear",
    "dearest": "dear",
    "lies": "lie",
    "ties": "tie",
    "tied": "tie",
    "judgment": "judgement",
    "used": "use",
    "notes": "note",
    "noted": "note",
    "uses": "use",
    "using": "use",
    "criteria": "criterion",
    "spent": "spend",
    "lent": "lend",
    "left": "leave",
}
KEPT = frozenset(
    [
        "none",
        "note",
        "is",
        "was",
        "has",
        "its",
        "this",
        "less",
        "as",
        "us",
        "yes",
        "plus",
        "series",
        "means",
        "has",
        "does",
        "always",
        "perhaps",
        "unless",
        "across",
    ]
)


@cache
def stem(word: str) -> str:
    """Give what the forms of a word have in common.

    >>> [stem(word) for word in ("scores", "scored", "varies", "bidding", "amended", "passes", "price", "given")]
    ['scor', 'scor', 'vary', 'bid', 'amend', 'pass', 'pric', 'giv']
    """
    word = IRREGULAR.get(word, word.removesuffix("'s").removesuffix("s'"))
    if word in KEPT:
        return word
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("ying", "y"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            root = word[: len(word) - len(ending)] + instead
            doubled = ending in ("ing", "ed") and root[-1] == root[-2] and root[-1] not in "slzf"
            return stem(root) if ending == "s" and root.endswith("ing") else root[:-1] if doubled else root
    return word


def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Give words and phrases by their first word, the longest first, each with what it stands for."""
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for meaning, listed in MEANINGS.items():
        single, *several = listed.split(";")
        for words in (*single.split(), *several):
            key = tuple(stem(word) for word in words.split())
            found.setdefault(key[0], set()).add((key, meaning))
    return {first: tuple(sorted(each, key=lambda one: (-len(one[0]), one))) for first, each in found.items()}


PHRASES = _phrases()
