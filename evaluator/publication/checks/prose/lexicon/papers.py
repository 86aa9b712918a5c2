"""What else could come in: papers that bidders do not see, interviews, other information and other bids."""

from collections.abc import Mapping

PAPERS: Mapping[str, str] = {
    "public": """
        published annexed attached appended below above appendix schedule; set out here; part of this document; with
        this invitation""",
    "hidden_doc": """
        checklist crib exemplar rubric handbook manual aide guide template pointer prompt hint cue script
        framework; model
        answer; model response; marking guide; marking scheme; marking key; scoring guide; scoring guidance; marking
        guidance; scoring note; marking note; evaluators note; scoring matrix; scoring key; scoring sheet; ideal
        answer; ideal response; specimen answer; sample answer; evaluation protocol; scoring protocol; evaluators
        guidance; assessors guidance; panel guidance; internal guidance; guidance note; benchmark answer; evaluation
        guide; assessment guide; marking framework; scoring framework; scoring rule; evaluation manual; assessor
        guide; list of point; list of thing; key point; briefing note; prompt sheet; aide memoire; good point; key
        theme; list of good; answer we are; sort of answer; briefed on; marking aid; desk note; internal note; a
        steer; points to look; evaluator pack; assessor pack; scoring pack; crib note; notes for marker; notes for
        evaluator; worked answer; perfect answer; suggested answer; expected answer; expected content; answer key;
        hidden; good practice list; list of pointers; sub criteria; assessment framework; scoring criteria; scoring
        document; evaluation document; assessment document; marking document; evaluation handbook; detailed criteria;
        more detailed; evaluation criteria for panel; detailed guidance; further guidance; additional guidance;
        separate guidance; separate document; supplementary guidance; evaluation guidance; moderation guidance;
        scoring plan; assessment grid; scoring grid; marking grid; marking criteria; assessment matrix; evaluation
        matrix; weighting sheet; score card; scorecard; preferred answer; lead answer; desired answer; workbook;
        marking sheet; sheet that says; answer looks like; attributes set out""",
    "model": """
        ; model answer; model response; model reply; ideal answer; ideal response; perfect answer; perfect response;
        specimen answer; sample answer; benchmark answer; exemplar answer; expected answer; answer key; worked answer;
        example answer; suggested answer; reference answer; best possible answer; standard answer""",
    "hidden": """
        internal unpublished confidential private; retained by; not disclosed; keep to ourselves; kept by; held
        by; not release; not publish; not share; not
        disclose; given to the panel; given to evaluator; only the panel; agreed at; expect to find; look for; remain
        with the council; stays with; for our own use; own use; for internal; in house; inhouse; on request; not
        available; restricted; will not see; cannot see; do not see; does not see; not seen by; drawn up by; drafted
        by; prepared by; briefed; on file; at induction; issued to them; issued to evaluator; issued to the panel;
        supplied to the panel; supplied to evaluator; provided to the panel; provided to evaluator; for evaluators
        only; for the panel only; not shared with; without publishing; behind the scenes; held separately; available
        to evaluator; available only to; sent to the panel; given to them; wants to see; hopes to see; hope to find;
        keep confidential; expects to see""",
    "paper": """
        document paper note guide guidance handbook protocol checklist list indicator rubric sheet briefing matrix
        annex policy appendix specification template table example version weighting criterion""",
    "our_paper": """
        ; a list we; a sheet we; list that we; notes we; our policy; our funding; our framework; our guidance;
        our guideline; our handbook; our manual; our
        criterion; our checklist; our protocol; our principle; our standard; our expectation; our value; our own;
        internal; our internal; what we expect; our brief; our notes; our rules; our view; our idea; our thinking;
        council's funding framework; funding framework expects""",
    "goes_by": """
        ; have by; has by; by them; work from; follow the; follow notes; guided by; handed; go by; keep to; readers
        have; panel has; evaluators have; readers hold; given a; given the; have in front; drawn up for; refer to; use
        a; use an; armed with; that readers; that evaluators; sent to the panel; that the panel has""",
    "given_later": """
        ; will be given; will send; sent later; to be sent; issued later; be issued; once awarded; after the award; on
        appointment; give later; published later; shared later; the winner; provided later; comes later; follows
        later; when the contract; after signing""",
    "abide": "must follow satisfy meet comply match per fit; in accordance; according to; in line",
    "held_against": """
        ; check it against; checked against; check them against; in line with; consistent with; fits with;
        satisfy; judged against; judged by; measured against; held
        against; comply; marked against; assessed against; compared with; as expected by; what our; match; true to; in
        keeping with; meets our; meets the standards; follows our; sits with; sits well with""",
    "more_criteria": """
        ; new criterion; new question; extra question; extra criterion; further criterion; additional criterion; own
        criterion; other criterion; extra test; anything else; other matter; other factor; other consideration; also
        credit; counts too; also count; are credited; is credited; also look; also apply; are also applied; is also
        applied; also consider; also weigh; look also; our own priorities""",
    "interview": """
        interview presentation demonstrate demonstration pitch dialogue chat; short talk; give a talk audition; site
        visit; visit bidder; visit their; visit your; visit the; in person; meet the panel; come and meet; question
        and answer; be seen by; taster session; mock session; present this; present their; present your; present to;
        come to see; come and see; see your project; see the project; called to a meeting; meeting with; spoken to;
        speak to the; talk to the panel; talk with the; conversation; drop in; phone call; telephone; oral; orally; by
        word of mouth; showcase; open day; visit to; see you at work; mystery; panel day; come in; show their work;
        show your work; show us; hear more; phone a bidder; assessment day; taster; trial session; last stage; final
        stage; second stage; see them; meet them; meet you; meet us; face to face; visit a bidder; visit the bidder;
        test session; site meeting; go and see; second round; first round; q and a; meet bidders; meet the bidders;
        meet with bidder; video call; online call; show round; tour; listening event; come and talk; talk to our; talk
        to the; pitch event; oral answer; speak about; talk about; talk us; be questioned; question bidder; dragons
        den; references visit; observe""",
    "further_stage": """
        trial round watch interview visit presentation present demonstrate pitch talk; asked in; called in; brought
        in; come in; talk it; talk to; show us; looked at; in the round; run a session; meet us; invited; asked to;
        come and; come to; next stage; second stage; final stage""",
    "other_info": """
        reference referee feedback intelligence reputation endorsement testimonial petition; other information; any
        information; other factor; other matter; wider consideration; local priority; strategic fit; strategic
        priority; past performance; track record; monitoring report; monitoring return; monitoring information;
        earlier work; know of the; know about; own knowledge; previous contract; current grant; existing knowledge;
        what it knows; what they know; what we know; social media; press; website; value to the borough; views of;
        view of member; soft intelligence; previous dealing; past dealing; history with; what we see; what we saw;
        what is seen; what they see; what it sees; worked with a bidder; worked with the bidder; worked with an;
        earlier contract; past contract; previous grant; past grant; earlier grant; that experience; what else; word
        of mouth; heard; complaint; opinion of earlier; officers opinion; own experience; general knowledge; local
        intelligence; audit history; past delivery; previous delivery; delivery record; performance on; performance
        under; dealings; knowledge of the; knowledge of a; knowledge of an; what officers know; known to us; familiar
        with; letter of support; last year; previous winner; past winner; earlier bid; we know you; know you do; know
        that you; know you; previous work; existing relationship; relationship with; good standing; track; awards won;
        press coverage; complaints about; previous involvement; inspection report; ofsted; cqc; member views;
        councillor; partner organisation view; financial check; credit check; due diligence; wider benefit; wider
        value; social benefit; political; local support; public support; popularity; site; strategic importance;
        policy priority; priorities of the council; needs of the area; council plan; overall balance""",
    "consider": """
        consider inform reflect weigh use count regard influence compare; into account; draw on; taken account; have
        regard; look at; look into; bear on; take up; alongside; listen to; rely on; affect; guide; feed into;
        consult; bear in mind; in mind; to bear; kept in mind; when choosing; read it; look at it; when we decide;
        help us; into consideration; tip the balance; swayed; be a factor; factor in; plays a part; count in favour;
        in favour; play a role; be relevant; be included; included in; added to the score; be reflected; credit will
        be; credit is given; make a difference; help to decide; supplement; top up; inform the; used to check; used in
        the""",
    "taken_in": """
        sway mindful; into account; in mind; to mind; colour our; colour the; colour their; draw on; bear on; form a
        view; help us; make up our mind; make up their mind; take note; pay heed; look at what; look at how; our view;
        their view; into consideration; but considered; part of the picture; listen to; think of; plays a part""",
    "variant": """
        variant alternative innovative options; second proposal; cheaper proposal; more than one version; second
        version; another version; cheaper version; lower cost version; more than one bid; as an option; different
        approach; different way; better way; alternative solution; priced option; optional extra; second bid; two
        proposal; two version; other way; separate offer; separate bid; different version; alternative offer; another
        way; own idea; your own solution; different model; two option; option a; more than one offer; extra offer;
        second offer; several bid; several offer; different price for; alternate; offer more than one; innovative
        alternative; more than one option; more than one solution; different solution; second plan; second option;
        second price; alternative price; alternative plan; alternative approach; alternative model; alternative bid;
        own alternative; additional bid; additional option; several versions; several options; optional; departures
        from the specification; depart from the specification; deviate from the specification; amendments to the
        contract; propose amendments; propose changes; suggest changes; own terms; smaller service""",
    "part_bid": """
        partial; part of the service; part of a lot; part of the work; part only; some of the work; part of the
        contract; some of the hour; for some; need not bid for everything; bid for everything; part bid; one element;
        only some; for half; parts of it; any part; individual element; a single element""",
    "other_bid": """
        ; something different; something else instead; different bid; second different; rather do it another; another
        way of doing; instead of what; alternative is; an alternative; a slice; a part of it; part of it; not offer
        the whole; not bid for the whole; not take the whole; piece of it; bite off; cherry pick; other than what we
        ask; departs from what; own version; own idea""",
    "welcomed": "welcome consider accept send offer look",
}
