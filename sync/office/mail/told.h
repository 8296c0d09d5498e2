/* Who is to be told what: the difference between what a person was last told and what is
 * true now. No difference, no mail; what changed back and forth in between cancels out.
 * Who signed up for a session that is called off hears that too, told before or not.
 *
 * TM1 what somebody was told stands in the log (table `told`) as it was said, so the next
 *     difference is with that, whoever wrote it, and whatever was undone meanwhile.
 * TM2 one program tells at a time (bw_central_take_turn).
 * TM3 whether a server took a mail isn't known until it says so: until then its row is on
 *     its way, and it goes again under the same Message-ID, which receivers know as one.
 *     What was written as files, to be sent by hand, is on its way too where whoever
 *     wrote it is yet to say whether it went: until then nobody is written to of the
 *     same, and nobody counts as told.
 * TM4 a certificate is told apart from all others: once a session to who was there with a
 *     registration of their own, after its end and for BW_TOLD_CERTIFICATE_DAYS; again
 *     where what it says, or their address, is another by now.
 * TM5 who was moved to another session hears of both in one, where they still have a
 *     place, or still wait: the one that follows is told as another time or place of
 *     what they were told of (`instead_of` of its row), and the one that was left is
 *     silent. So also when the move is taken back after it was told.
 * TM6 a run's number never comes again, though all of it was taken back out of the log:
 *     a page or a command that was about that run is about no other.
 *
 * One thread, that of the central database. */
#ifndef BW_SYNC_TOLD_H
#define BW_SYNC_TOLD_H

#include "central/base/arena.h"
#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a mail says. The database keeps the numbers. */
enum bw_told_kind {
    BW_TOLD_TICKET,      /* you have a place */
    BW_TOLD_PLACE,       /* … from the waiting list */
    BW_TOLD_MOVED,       /* another time or place */
    BW_TOLD_CANCELLED,   /* your place or your turn is gone */
    BW_TOLD_WAITING,     /* your number on the waiting list */
    BW_TOLD_RENEWED,     /* a new ticket for the same, or another address */
    BW_TOLD_CERTIFICATE, /* you were there (TM4) */
};
enum { BW_TOLD_KINDS = BW_TOLD_CERTIFICATE + 1 };

/* "ticket", "place", "moved", "cancelled", "waiting", "renewed", "certificate". Static:
 * nobody frees it. */
const char *bw_told_kind_name(enum bw_told_kind kind);

/* So long after its end people hear of a session's certificates: whoever begins to mail
 * after years doesn't write to everybody who ever came. */
enum { BW_TOLD_CERTIFICATE_DAYS = 60 };

/* How it went. The database keeps the numbers. */
enum bw_told_way {
    BW_TOLD_BY_EML,
    BW_TOLD_BY_MERGE_FILE,
    BW_TOLD_BY_SMTP,
    BW_TOLD_BY_VOICE, /* somebody called them, or met them */
};

/* "eml", "merge_file", "smtp", "voice"; "?" for what is none. Static. */
const char *bw_told_way_name(enum bw_told_way way);

/* Of somebody's calendar entry. The database keeps the numbers. */
enum bw_told_calendar { BW_TOLD_NO_ENTRY, BW_TOLD_ENTRY_STANDS, BW_TOLD_ENTRY_OUT };

/* Why somebody can't be told by mail. */
enum bw_told_hindrance {
    BW_TOLD_NO_HINDRANCE,
    BW_TOLD_NO_ADDRESS,
    BW_TOLD_BAD_ADDRESS, /* none that mail could go to */
    BW_TOLD_WALKED_IN,   /* nobody asked for one */
    BW_TOLD_INSTEAD,     /* of who signed up, whose address it would be */
    BW_TOLD_WRITTEN,     /* it lies there to be sent by hand (TM3) */
    BW_TOLD_CAME_BACK,   /* what went to this address (told_reach.h) */
    BW_TOLD_WANTS_NONE,  /* … they said so */
};

/* A state that a mail tells, or told. Texts are borrowed. */
struct bw_told_state {
    enum bw_registration_status status;
    int64_t generation, signing_key; /* of the ticket */
    uint32_t session_no;
    int64_t starts_ms, ends_ms;
    const char *title, *timezone, *venue, *address;
    const char *mail;
};

/* Somebody's calendar entry. */
struct bw_told_entry {
    const char *uid; /* "" where there was never one; borrowed */
    int64_t sequence;
    enum bw_told_calendar state;
};

/* Somebody to be told. Texts are the list's. */
struct bw_told_due {
    enum bw_told_kind kind;
    enum bw_told_hindrance hindrance;
    bw_code code;
    const char *first_name, *name, *school, *table;
    const char *text;                 /* of the ticket; "" where there's none */
    const struct bw_session *session; /* as it is now; the list's */
    struct bw_told_state now, was;    /* was.title NULL: was never told anything */
    struct bw_told_entry entry;       /* as last told */
    bool gone;                        /* there's no registration any more */
    bool called_off;                  /* nobody has a place: it doesn't take place */
    int64_t position;                 /* on the waiting list; 0: not on it */
    /* It may have gone already, under this name (TM3); "" where none is on its way. */
    const char *message_id;
    struct bw_told_entry on_its_way;
    bool unsure;
    bool written;               /* TM3: it isn't said yet whether it went */
    bool came_back, wants_none; /* told_reach.h */
    /* `was` was told of another registration of theirs: what they have now follows it */
    bool elsewhere;
    bw_code was_code;
};

/* Zeroed is empty. */
struct bw_told_list {
    struct bw_told_due *due; /* by session, then in order of sign-up; owned */
    size_t count, capacity;
    struct bw_session **sessions; /* owned */
    size_t sessions_count, sessions_capacity;
    int64_t hindered, unsure, written; /* how many of them; `written` apart from
                                        * `hindered` */
    /* whose certificate nobody can mail: walk-ins, and who came for somebody else, of
     * sessions that are over; owned */
    struct bw_told_due *apart;
    size_t apart_count, apart_capacity;
    struct bw_arena texts;
};

/* Everybody who is to be told something of a session that isn't over, and who was at one
 * that is, where office->attendees knows (TM4): of the one with this code, of the
 * sessions of this series, or of all where both are NULL. One snapshot of those to come,
 * one of each that is over. BW_NOT_FOUND for the session or series, BW_NO_MEMORY, what
 * the database and office->attendees answer. The caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_told_read(const struct bw_office *office,
    const char *session_code, const char *series_code, struct bw_told_list *ret_list,
    struct bw_error *err);
void bw_told_list_finish(struct bw_told_list *list);

/* What the people of a session are to hear: of all kinds, the news that most hangs on. */
enum bw_told_news {
    BW_TOLD_NEWS_CHANGE,       /* how it is now */
    BW_TOLD_NEWS_CALLED_OFF,   /* some of them: that it doesn't take place */
    BW_TOLD_NEWS_CERTIFICATES, /* that they were there (TM4) */
    BW_TOLD_NEWS_CAME_BACK,    /* apart from these: mail to them came back */
};

/* Called for each session with somebody to tell; borrowed for the call. */
typedef void bw_told_sum(const struct bw_session *session, int64_t count,
    enum bw_told_news news, void *context);

/* How many of each session are to be told something, by session. Whom no mail reaches is
 * among them, but for certificates, of which nobody has to hear. Then, by session, those
 * with a place or a turn in one to come whose mail came back, who have neither been told
 * by voice since nor want none. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_told_sums(const struct bw_office *office,
    bw_told_sum *each, void *context, struct bw_error *err);

/* What is to be told, if anything: the pure part. `was` NULL: was never told anything.
 * False where nothing is. Any thread. */
bool bw_told_decide(const struct bw_told_state *now, const struct bw_told_state *was,
    enum bw_told_kind *ret_kind);

/* Whether mail may go to this address: one that mail programs and servers read alike.
 * Any thread. */
bool bw_told_address_is_fine(const char *mail);

/* ---- the log ---- */

/* What a mail to somebody said. Texts are borrowed. */
struct bw_told_said {
    const struct bw_told_due *due;
    enum bw_told_way way;
    const char *message_id;     /* "" where it has none */
    struct bw_told_entry entry; /* after this mail */
    bool on_its_way;            /* TM3 */
};

/* The number of a new run, which no other has or had (TM6). In a transaction of who has
 * the turn (TM2), after its locks of sessions (engine.h, C7). What the database
 * answers. */
BW_NODISCARD enum bw_status bw_told_new_mailing(
    struct bw_central *central, int64_t *ret_mailing_no, struct bw_error *err);

/* TM1: in a transaction of who has the turn (TM2). *ret_told_no is the row's. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_told_note(const struct bw_office *office,
    int64_t mailing_no, const struct bw_told_said *said, int64_t *ret_told_no,
    struct bw_error *err);

/* The server took it, or said that it won't (taken false: nobody was told). In a
 * transaction of its own. What the database answers. */
BW_NODISCARD enum bw_status bw_told_settle(const struct bw_office *office,
    uint32_t session_no, int64_t told_no, bool taken, struct bw_error *err);

/* Whom somebody told, by phone or in person, all that they were due to hear. */
struct bw_told_voice {
    const char *session_code, *series_code; /* of it alone; NULL: of all, as in
                                             * bw_told_read */
    const bw_code *codes;                   /* borrowed */
    size_t codes_count;                     /* 0: everybody who is due there */
};
/* Called for each thing that was noted; borrowed for the call. */
typedef void bw_told_noted(const struct bw_told_due *due, void *context);

/* Notes it, as one run of its own (TM1, TM2), in transactions of its own; all of them or
 * none. BW_NOT_FOUND: nothing is due of one of them, or of anybody. BW_BUSY: another
 * program tells (TM2). BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_told_by_voice(const struct bw_office *office,
    const struct bw_told_voice *voice, bw_told_noted *each, void *context,
    struct bw_error *err);

/* Whether what a run wrote as files went: the one of this number, 0 for the newest that
 * waits for the answer (TM3). Where it went they were told, from then on; else they are
 * due again. *ret_count tells how many people; 0 where nothing waits. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_told_answer(const struct bw_office *office,
    int64_t mailing_no, bool went, int64_t *ret_count, struct bw_error *err);

/* Takes the newest run that wrote files, or was told by voice, back out of the log: its
 * mails never went, and are due again. One that isn't of `mailing_no` stays, 0 for
 * whichever it is. *ret_count tells how many; 0 where there's none. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_told_take_back(const struct bw_office *office,
    int64_t mailing_no, int64_t *ret_count, struct bw_error *err);

/* A line of the log. Texts are borrowed for the call. */
struct bw_told_line {
    bw_code code;
    enum bw_told_kind kind;
    enum bw_told_way way;
    bool on_its_way;
    int64_t at_ms, mailing_no;
    const char *mail, *first_name, *name, *session_code, *message_id;
    bool came_back; /* what goes to that address (told_reach.h) */
};
/* False ends the walk. */
typedef bool bw_told_each(const struct bw_told_line *line, void *context);

/* One run's mails of one kind about one session. Texts are borrowed for the call. */
struct bw_told_mailing {
    int64_t mailing_no;
    enum bw_told_kind kind;
    enum bw_told_way way;
    int64_t at_ms;      /* of the last of them */
    int64_t count;      /* people */
    int64_t on_its_way; /* of them; TM3 */
    int64_t came_back;  /* of them, by what is said now of their address */
    bw_code back_code;  /* one of those, and how they were called */
    const char *back_name;
    const char *session_code, *session_title;
};
typedef bool bw_told_mailing_each(const struct bw_told_mailing *mailing, void *context);

/* What went, by run, newest first, `most` of them; each run by kind and session. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_told_mailings(struct bw_central *central, int64_t most,
    bw_told_mailing_each *each, void *context, struct bw_error *err);

/* The people of one run, newest first, `most` of them; of a number that none has, nobody.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_told_walk_mailing(struct bw_central *central,
    int64_t mailing_no, int64_t most, bw_told_each *each, void *context,
    struct bw_error *err);

/* What went to one person by their code (BW_CODE_NONE: to all), newest first, `most` of
 * them. What the database answers. */
BW_NODISCARD enum bw_status bw_told_walk(struct bw_central *central, bw_code code,
    int64_t most, bw_told_each *each, void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
