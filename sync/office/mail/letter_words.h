/* What the organiser writes instead of our words in mails: the subject, the headline and
 * the text of each kind, in the language of the mails. What comes along, the facts and
 * the way to cancel stay ours.
 *
 * LW1 each stands for as long as its step does (step.h), and the last one that stands
 *     counts: so undo takes it back.
 * LW2 what is kept is text: cleaned, with names in braces that there are (letter_fill.h),
 *     and looked at again when it is read; what isn't so is ours.
 *
 * One thread, that of the database; what has no database, any. */
#ifndef BW_SYNC_LETTER_WORDS_H
#define BW_SYNC_LETTER_WORDS_H

#include "office/mail/told.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_letter_words_kind {
    BW_LETTER_WORDS_TICKET,
    BW_LETTER_WORDS_PLACE,         /* from the waiting list */
    BW_LETTER_WORDS_MOVED,         /* with a new ticket */
    BW_LETTER_WORDS_MOVED_SAME,    /* the ticket stays */
    BW_LETTER_WORDS_MOVED_WAITING, /* they wait, there as here */
    BW_LETTER_WORDS_CANCELLED,     /* their place */
    BW_LETTER_WORDS_CALLED_OFF,    /* the whole session */
    BW_LETTER_WORDS_WAITING,
    BW_LETTER_WORDS_RENEWED,
    BW_LETTER_WORDS_CERTIFICATE,
    BW_LETTER_WORDS_KINDS
};

enum bw_letter_words_part {
    BW_LETTER_WORDS_SUBJECT,
    BW_LETTER_WORDS_HEADLINE,
    BW_LETTER_WORDS_BODY, /* lines; an empty one parts two paragraphs */
    BW_LETTER_WORDS_PARTS
};

enum { BW_LETTER_WORDS_CHARS = 3000, BW_LETTER_WORDS_PARAGRAPHS = 12 };

/* "ticket", "place", "moved", "moved-same", "moved-waiting", "cancelled", "called-off",
 * "waiting", "renewed", "certificate". Static. */
const char *bw_letter_words_name(enum bw_letter_words_kind kind);
/* By its name; BW_LETTER_WORDS_KINDS where nothing is called that. */
enum bw_letter_words_kind bw_letter_words_find(const char *name);
/* "subject", "headline", "body", and by its name, likewise. */
const char *bw_letter_words_part_name(enum bw_letter_words_part part);
enum bw_letter_words_part bw_letter_words_part_find(const char *name);

/* The words that somebody's mail has. */
enum bw_letter_words_kind bw_letter_words_of(const struct bw_told_due *due);
/* What somebody is told with these words. */
enum bw_told_kind bw_letter_words_told(enum bw_letter_words_kind kind);

/* Hers, with the names that are kept; NULL where it is ours. Zeroed is all ours. */
struct bw_letter_words {
    char *hers[BW_LETTER_WORDS_KINDS][BW_LETTER_WORDS_PARTS]; /* owned */
};
void bw_letter_words_finish(struct bw_letter_words *words);

/* All that stand in this language. BW_NO_MEMORY, what the database answers. The caller
 * finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_letter_words_read(struct bw_central *central,
    enum bw_wording_language language, struct bw_letter_words *ret_words,
    struct bw_error *err);

/* Ours, with the names that are kept. The caller frees; NULL without memory. */
char *bw_letter_words_ours(enum bw_wording_language language,
    enum bw_letter_words_kind kind, enum bw_letter_words_part part);

/* What she typed, cleaned and with the names that are kept; "" is ours. BW_BAD_INPUT,
 * about the part, with what is wrong: a name that there isn't, too much, no text;
 * BW_NO_MEMORY. *ret_text is the caller's. */
BW_NODISCARD enum bw_status bw_letter_words_take(enum bw_wording_language language,
    enum bw_letter_words_part part, const char *typed, char **ret_text,
    struct bw_error *err);

/* Puts the parts of one kind that aren't NULL, as typed, as one step: "mail text"; "" and
 * what is ours word for word are ours again. *ret_changed tells how many are others now;
 * with none no step is made. The errors of bw_letter_words_take, what the database
 * answers; nothing was changed then. */
BW_NODISCARD enum bw_status bw_letter_words_put(const struct bw_office *office,
    enum bw_wording_language language, enum bw_letter_words_kind kind,
    const char *const typed[BW_LETTER_WORDS_PARTS], const char *why, int *ret_changed,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
