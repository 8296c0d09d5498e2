/* The parts that a mail is made of, between composing (letter_text.c) and showing
 * (letter_show.c). Nobody else's. Any thread. */
#ifndef BW_SYNC_LETTER_PARTS_H
#define BW_SYNC_LETTER_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum bw_letter_part_kind {
    BW_LETTER_PART_WAS,   /* what holds no longer */
    BW_LETTER_PART_HEAD,  /* the headline */
    BW_LETTER_PART_TITLE, /* what it is about */
    BW_LETTER_PART_TEXT,
    BW_LETTER_PART_CODE, /* the code, and its picture; label: what it is called */
    BW_LETTER_PART_FACT, /* a label, and what it is */
    BW_LETTER_PART_LINK, /* text: an address; label: what a touch says; more: a subject */
    BW_LETTER_PART_SIGN, /* lines */
    BW_LETTER_PART_FOOT,
};

enum { BW_LETTER_PARTS_MAX = 36 };

struct bw_letter_part {
    enum bw_letter_part_kind kind;
    const char *label; /* static, or NULL */
    char *text;        /* owned */
    char *more;        /* owned, or NULL */
};

struct bw_letter_parts {
    struct bw_letter_part parts[BW_LETTER_PARTS_MAX];
    int count;
    const char *language; /* "nl" */
    const char *organiser;
    const char *preview; /* the first sentence, for lists of mails */
    const char *alt;     /* of the picture; NULL: there's none */
};

/* Writes them as text, in lines of at most 72 characters, and as a page. A stream that
 * failed says so itself. */
void bw_letter_parts_plain(const struct bw_letter_parts *letter, FILE *out);
void bw_letter_parts_html(
    const struct bw_letter_parts *letter, const char *subject, FILE *out);

#endif
