"""Marks, weights, limits and what is compared: how bids are scored, put in order and told apart."""

from collections.abc import Mapping

SCORES: Mapping[str, str] = {
    "mark": "mark score point grade rating tally",
    "rank": "rank ordering placing",
    "weight": """
        weight worth weigh carry depend hinge allot earmark heaviest heavy; count for; account for; make up; made up
        of; go to; hang on; contribute; represent; comprise; on offer; available here; attract; of the available; can
        be earned; are for; is for; reserved for; apportion; is based on; are based on; as important; rests on; turns
        on; determined by; decided by; allocated to; set aside for; the remaining; stand for; belongs to; out of a
        hundred; out of 100; of the total; of the result; of the overall; of the final; of your result; of our
        decision; split; come from; is down to; of the evaluation; of the assessment; of the decision; of the score;
        of the marks; of the points; set by; points available; maximum score; maximum points; maximum mark; maximum
        weighted; importance; attach; out of 100 points; scores for""",
    "share_word": """
        weight worth carry depend credit; count for; account for; make up; as important; is based on; turns on; of
        your score; of the mark; rests on; outweigh""",
    "criterion": "criterion weight question requirement specification methodology; price method",
    "quality": """
        quality technical qualitative written; non price; what you propose; what you do; method statement; the
        written; how well; how good; for answers; written submission; non financial; merit""",
    "price": """
        price cost fee tariff commercial cheap dear charge quote expensive; sum you ask; what you ask; what it costs;
        money only comes; money comes into; money asked; amount asked; sum asked; asking for""",
    "total": "total overall altogether aggregate combined; in all; final score",
    "threshold": """
        threshold hurdle minimum floor bar benchmark; pass mark; cut off mark; quality bar; qualifying mark;
        qualifying score; least score; lowest acceptable; quality gate; the line; minimum score; entry mark;
        qualifying total; qualifying quality; are the least; is the least""",
    "half_marks": "half; in between; between two; decimal; fraction; intermediate; quarter",
    "tie": """
        tie level equal equally separated inseparable; same total; same score; totals are the same; same number of
        point; dead heat; draw level; equal total; total match; score match; same mark; same overall; identical;
        cannot be separated; equality of total; equality of score; neck and neck; on the same; equal bids; all
        square; nothing between;
        the same result; score the same; cannot be split; cannot be told apart; share a rank; the same number; a draw;
        dead level; level on; level pegging; no clear winner; joint first; joint winner; equal first; equal scores;
        tied bidder""",
    "casting": """
        casting coin lottery random dice straws; by lot; by lots hat toss flip chance raffle ballot; draw lot; drawing
        of lot; lot be drawn; lot are drawn; lot will be drawn; second vote; draw decide; draw be made; by a draw; by
        draw; drawn by lot; cards; out of a hat; drawn at; lot is; picked at; drawing of straws; drawn from a; name is
        drawn; pulled from; picked from; picked out; toss up; luck; spin; generator""",
    "first_come": """
        earlier earliest; came in first; received first; first received; came first in time; first come; time of
        receipt; arrived first; order of arrival; order in which they arrive; order of receipt; submitted first;
        quickest; first through; first past; sent first; lodged first; first to; first bid in; earliest bid; bid
        first; who bid first; was first; time stamp; timestamp; submitted earlier; in first; time of submission; date
        of submission""",
    "small_first": """
        smaller smallest incumbent experience; local organisation; local bidder; local group; locally based; best
        record; longest; newer; for longer; the longest; longest record; charities; new to; newcomer; is local; are
        local; oldest; served the town; live in; social enterprise; larger; largest; more volunteers; most volunteers;
        not won; won nothing; fewer awards; woman; women; employ; track record; better record; most local; strongest;
        more established; not currently funded; smaller income; lower income; smallest income; lower turnover; more
        local; nearer; nearest; longest established; current provider; existing provider; incumbent provider; more
        experience; best reputation; better reputation; wins fewer; alphabetical order; alphabetical; alphabetically""",
    "again": """
        further new second final fresh another; best and final; re bid; resubmit; asked for a new; better offer; bid
        again; both to bid; tender again; quote again; improved; sharpen; a lower price; another price; new price; new
        bid; second bid; revised bid; best price; final price; further round; further submission""",
    "importance": """
        matter count carry weigh worth hinge outweigh decide; hang on; depend on; rests on; is about; comes down to;
        turns on; makes the difference; importance; important; heaviest weightiest; main""",
    "weighs_more": """
        ; counts for more; weighs more; carries more; more heavily weighted; most heavily weighted; counts most;
        weighs most; outweighs; counts double; counts twice; more important; most important of our; outranks""",
    "deduct": """
        lose deduct deduction dock subtract forfeit; knock mark off; knock point off; taken off; knocked off; comes
        off; marked down; is cut; are cut; cost a; added to; add to; bonus; extra; additional""",
    "taken_off": """
        deduct deduction dock subtract abatement knock; loses; taken off; knocked off; take off; comes off""",
    "no_mark": """
        ; no mark; no point; no score; no mark above; without marks; score nothing; earn nothing; get nothing; score
        zero; score nought; marked 0; thought thin; mark of 0; mark of nought; zero mark; nought; no contract; no
        award; no money""",
    "unscored": """
        unscored; no weight; carries no mark; no mark; not scored; not be scored; for information; not marked; no
        score; not be marked; carries no weight; scores nothing; do not mark; not mark this; do not score; not count
        towards; no points; without marks; attracts no""",
    "length": "word page side length; over the limit",
    "vat": "vat; value added tax",
}
