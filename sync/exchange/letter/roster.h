/* What a roster letter holds: for one kiosk and one session, all or what changed from
 * one revision of the session to another. JSON; LETTERS.md has the fields.
 *
 * LR1 applied only where its epoch is the store's and from <= held < to; a higher epoch
 *     is taken whole only (from 0), a lower one is passed over.
 * LR2 the parts of one (epoch, from, to) are applied together, when all are there.
 * LR3 peers, revoked, agenda and the settings are always whole; registrations, sealed
 *     rows, sessions and events are what changed since `from`.
 *
 * One thread at a time for a writer; any thread else. */
#ifndef BW_LETTER_ROSTER_H
#define BW_LETTER_ROSTER_H

#include "exchange/letter/letter.h"

#include <brugwachter/enrolment.h>
#include <brugwachter/event.h>
#include <brugwachter/sealed.h>
#include <brugwachter/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The organiser's own pair, and the one that is to follow it: an announcement that the
 * old and the new sign ("BWL-organiser-next", NUL, next.sign, next.box). */
struct bw_roster_organiser {
    struct bw_identity_public now;
    bool changes;
    struct bw_identity_public next;
    uint8_t next_signature_old[BW_LETTER_SIGNATURE_BYTES];
    uint8_t next_signature_new[BW_LETTER_SIGNATURE_BYTES];
};

/* Signs an announcement; `old` and `next` are whole pairs. And whether it holds. */
void bw_roster_organiser_announce(const struct bw_identity *old,
    const struct bw_identity *next, struct bw_roster_organiser *inout_organiser);
bool bw_roster_organiser_holds(const struct bw_roster_organiser *organiser);

/* How far the office has merged the addressee's own events. */
struct bw_receipt {
    uint64_t seq;                /* 1..seq are merged; 0: none */
    uint8_t hash[BW_HASH_BYTES]; /* of seq; zero for 0 */
    uint64_t beyond_seq;         /* the highest merged one above seq; 0: none */
    uint8_t beyond_hash[BW_HASH_BYTES];
};

enum { BW_ROSTER_AWAY_MAX = 64 };

/* All of a roster letter but the rows. */
struct bw_roster_letter {
    uint32_t device, session_no, epoch;
    uint64_t from, to; /* revisions of the session; from 0: whole */
    int part, parts;
    int64_t made_ms; /* by the office's clock */
    /* device, name, organiser, phone, url, pin_hash, keyring; its sessions are those of
     * the kiosk now, this one among them unless it was moved away */
    struct bw_enrolment settings;
    struct bw_roster_organiser organiser;
    uint8_t details_key[BW_DETAILS_KEY_BYTES];
    /* in its place on the local network, once a kiosk of the session is out of service;
     * zero: none is */
    uint8_t lan_key[BW_DETAILS_KEY_BYTES];
    struct bw_receipt receipt;
    bool introduced; /* the office knows the kiosk's own keys, and so: */
    struct bw_identity_public own;
    uint32_t again; /* the newest number that the kiosk was enrolled with again while it
                     * kept its own; 0: none */
    /* kiosks that served one of the addressee's sessions and were moved away, or
     * replaced: nobody waits to hear them. The newest first; 0: no more */
    uint32_t away[BW_ROSTER_AWAY_MAX];
};

/* Fills kind and numbers of the head that such a letter is sealed with. */
void bw_roster_letter_head(
    const struct bw_roster_letter *letter, struct bw_letter_head *ret_head);

/* Another kiosk of the letter's session. */
struct bw_roster_peer {
    uint32_t device;
    char name[BW_NAME_BYTES];
    bool introduced;                 /* `own` is known */
    struct bw_identity_public own;   /* that it introduced; zero before */
    struct bw_identity_public first; /* one-time, of its enrolment */
    int64_t heard_ms;  /* the office heard it then, by the office's clock; 0: never */
    uint64_t head_seq; /* stated then */
    uint64_t counter;  /* of its newest hello */
};

/* A kiosk whose key holds up to an event and no further; seq 0: nothing of it holds. */
struct bw_roster_revoked {
    uint32_t device;
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
};

/* Details of this event are to be emptied. */
struct bw_roster_forget {
    uint32_t device;
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
};

/* Where rows go. A source calls begin, then the rows by kind in the order in which
 * they stand here, then end; the first failure ends it. A function that is NULL drops
 * its rows. */
struct bw_roster_sink {
    void *context;
    enum bw_status (*begin)(
        void *context, const struct bw_roster_letter *letter, struct bw_error *err);
    enum bw_status (*session)(
        void *context, const struct bw_session *session, struct bw_error *err);
    enum bw_status (*registration)(
        void *context, const struct bw_registration *registration, struct bw_error *err);
    enum bw_status (*gone)(void *context, bw_code code, struct bw_error *err);
    enum bw_status (*sealed)(
        void *context, const struct bw_sealed_row *row, struct bw_error *err);
    enum bw_status (*sealed_gone)(
        void *context, const uint8_t id[BW_SEALED_ID_BYTES], struct bw_error *err);
    enum bw_status (*agenda)(
        void *context, const struct bw_agenda_item *item, struct bw_error *err);
    enum bw_status (*peer)(
        void *context, const struct bw_roster_peer *peer, struct bw_error *err);
    enum bw_status (*revoked)(
        void *context, const struct bw_roster_revoked *revoked, struct bw_error *err);
    enum bw_status (*event)(void *context, const struct bw_event *event,
        const struct bw_event_details *details, struct bw_error *err); /* NULL: none */
    enum bw_status (*forget)(
        void *context, const struct bw_roster_forget *forget, struct bw_error *err);
    enum bw_status (*end)(void *context, struct bw_error *err);
};

struct bw_roster_counts {
    int64_t sessions, registrations, gone, sealed, sealed_gone, agenda, peers, revoked,
        events, forget;
};

/* Reads an opened letter's content, as if the writer were hostile: an organiser's
 * machine may be ill too. `head` is that of the letter. A caller that must not begin
 * before all holds reads twice, the first time with a zeroed sink. The ret_… may be
 * NULL, and are untouched on failure. BW_BAD_INPUT: a field that doesn't hold, numbers
 * unlike the head's (LT5), an announcement that its pairs didn't sign. BW_NEWER:
 * another version. */
BW_NODISCARD enum bw_status bw_roster_read(const struct bw_letter_head *head,
    const void *content, size_t content_bytes, const struct bw_roster_sink *sink,
    struct bw_roster_letter *ret_letter, struct bw_roster_counts *ret_counts,
    struct bw_error *err);

/* ---- writing ---- */

struct bw_roster_writer;

/* BW_NO_MEMORY. `letter` is copied. */
BW_NODISCARD enum bw_status bw_roster_writer_create(const struct bw_roster_letter *letter,
    struct bw_roster_writer **ret_writer, struct bw_error *err);
/* Rows go in by its functions (begin and end do nothing). Rows of one part may come in
 * any order. Without memory the failure comes with bw_roster_writer_text. */
struct bw_roster_sink bw_roster_writer_sink(struct bw_roster_writer *writer);
/* About as many bytes as the text will have: so that the office begins another part in
 * time (BW_LETTER_BYTES_MAX). */
size_t bw_roster_writer_bytes(const struct bw_roster_writer *writer);
/* The content as part `part` of `parts` (both from 1); once. The caller frees.
 * BW_NO_MEMORY, also where a row was lost to it. */
BW_NODISCARD enum bw_status bw_roster_writer_text(struct bw_roster_writer *writer,
    int part, int parts, char **ret_text, struct bw_error *err);
void bw_roster_writer_destroy(struct bw_roster_writer *writer); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
