/* What a mail to somebody says: see letter_text.h. It is made of parts
 * (letter_parts.h), which letter_show.c then shows in two ways. The sentences are those
 * of paper's catalogues, ml.…: of their last letter, s is a subject, h a headline, p a
 * paragraph. */
#include "office/mail/letter_text.h"

#include "central/when.h"
#include "office/mail/letter_fill.h"
#include "office/mail/letter_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct letter_making {
    const struct bw_told_due *due;
    const struct bw_office_contact *sender;
    enum bw_wording_language language;
    const struct bw_letter_text_with *with;
    const struct bw_letter_words *words; /* hers */
    enum bw_letter_words_kind kind;
    struct bw_letter_fill fill;
    bool doors_before; /* they open before the start */
    struct bw_letter_parts letter;
    char *alt;
    bool no_memory;
};

/* ---- filling in ---- */

/* What went to `out`, a memory stream or NULL: the caller frees. NULL without memory,
 * which is noted. */
static char *
written(struct letter_making *m, FILE *out, char **text)
{
    if (out != NULL && fclose(out) == 0) {
        return *text;
    }
    free(*text);
    m->no_memory = true;
    return NULL;
}

static char *
filled_text(struct letter_making *m, const char *sentence)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out != NULL) {
        bw_letter_fill_write(&m->fill, sentence, out);
    }
    return written(m, out, &text);
}

/* As written. */
static char *
filled(struct letter_making *m, const char *word)
{
    return filled_text(m, bw_wording(m->language, word));
}

/* Hers, or ours; the caller frees. NULL without memory, which is noted. */
static char *
words_of(struct letter_making *m, enum bw_letter_words_kind kind,
    enum bw_letter_words_part part)
{
    const char *hers = m->words != NULL ? m->words->hers[kind][part] : NULL;
    char *words =
        hers != NULL ? strdup(hers) : bw_letter_words_ours(m->language, kind, part);
    m->no_memory = m->no_memory || words == NULL;
    return words;
}

static char *
filled_part(struct letter_making *m, enum bw_letter_words_part part)
{
    char *words = words_of(m, m->kind, part);
    char *filled = words != NULL ? filled_text(m, words) : NULL;
    free(words);
    return filled;
}

static void
add(struct letter_making *m, enum bw_letter_part_kind kind, const char *label, char *text,
    char *more)
{
    if (text == NULL || m->letter.count == BW_LETTER_PARTS_MAX) {
        m->no_memory = true;
        free(text);
        free(more);
        return;
    }
    m->letter.parts[m->letter.count++] = (struct bw_letter_part){kind, label, text, more};
}

static void
say(struct letter_making *m, enum bw_letter_part_kind kind, const char *word)
{
    add(m, kind, NULL, filled(m, word), NULL);
}

static void
say_text(struct letter_making *m, const char *word)
{
    say(m, BW_LETTER_PART_TEXT, word);
}

/* ---- when ---- */

static enum bw_status
times_take(struct letter_making *m, struct bw_error *err)
{
    const struct bw_session *session = m->due->session;
    const struct bw_told_state *now = &m->due->now, *was = &m->due->was;
    struct bw_letter_text_when from, to, doors, before;
    int64_t doors_ms = bw_when_doors_ms(session);
    m->doors_before = doors_ms < session->starts_ms;
    enum bw_status status =
        bw_letter_text_when(m->language, now->timezone, now->starts_ms, &from, err);
    if (status == BW_OK) {
        status = bw_letter_text_when(m->language, now->timezone, now->ends_ms, &to, err);
    }
    if (status == BW_OK) {
        status = bw_letter_text_when(m->language, session->timezone,
            m->doors_before ? doors_ms : session->starts_ms, &doors, err);
    }
    if (status == BW_OK && was->title != NULL) {
        status =
            bw_letter_text_when(m->language, was->timezone, was->starts_ms, &before, err);
    }
    if (status != BW_OK) {
        return bw_error_prefix(err, status, "writing a mail about %s", session->code);
    }
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_DATE], BW_LETTER_FILL_BYTES, "%s", from.date);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_DAY], BW_LETTER_FILL_BYTES, "%s %d",
        from.date, from.year);
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_FROM], BW_LETTER_FILL_BYTES, "%s", from.time);
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_TO], BW_LETTER_FILL_BYTES, "%s", to.time);
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_DOORS], BW_LETTER_FILL_BYTES, "%s", doors.time);
    if (was->title != NULL) {
        (void)snprintf(m->fill.values[BW_LETTER_FILL_WAS], BW_LETTER_FILL_BYTES,
            "%.800s, %s, %s, %.600s", was->title, before.date, before.time, was->venue);
    }
    return BW_OK;
}

/* Numbers stay in one piece: their blanks become U+00A0. */
static void
phone_take(struct letter_making *m)
{
    char *to = m->fill.values[BW_LETTER_FILL_PHONE];
    for (const char *c = m->sender->phone; *c != '\0'; c++) {
        if (*c == ' ') {
            *to++ = (char)0xc2;
            *to++ = (char)0xa0;
        } else {
            *to++ = *c;
        }
    }
    *to = '\0';
}

static void
values_take(struct letter_making *m)
{
    const struct bw_told_due *due = m->due;
    const struct bw_office_contact *sender = m->sender;
    const char *who = sender->contact[0] != '\0' ? sender->contact : sender->organiser;
    (void)snprintf(m->fill.values[BW_LETTER_FILL_FIRST], BW_LETTER_FILL_BYTES, "%s",
        due->first_name[0] != '\0' ? due->first_name : due->name);
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_LAST], BW_LETTER_FILL_BYTES, "%s", due->name);
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_TITLE], BW_LETTER_FILL_BYTES, "%s", due->now.title);
    (void)snprintf(
        m->fill.values[BW_LETTER_FILL_VENUE], BW_LETTER_FILL_BYTES, "%s", due->now.venue);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_ADDRESS], BW_LETTER_FILL_BYTES, "%s",
        due->now.address);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_NUMBER], BW_LETTER_FILL_BYTES,
        "%" PRId64, due->position);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_CAPACITY], BW_LETTER_FILL_BYTES, "%d",
        due->session->capacity);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_WHO], BW_LETTER_FILL_BYTES, "%s", who);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_PRIVACY], BW_LETTER_FILL_BYTES, "%s",
        sender->privacy_url);
    (void)snprintf(m->fill.values[BW_LETTER_FILL_SESSION], BW_LETTER_FILL_BYTES, "%s",
        due->session->code);
    bw_code_format_shown(due->code, m->fill.values[BW_LETTER_FILL_CODE]);
    phone_take(m);
}

/* ---- the parts ---- */

/* Paragraph by paragraph; who had a place hears that they haven't after the first.
 * Returns the part that comes first in lists of mails: what follows the greeting. */
static int
body_say(struct letter_making *m)
{
    const struct bw_told_due *due = m->due;
    /* whose ticket is renewed and who waits hears of that */
    bool waits = due->kind == BW_TOLD_RENEWED && due->now.status == BW_WAITLISTED;
    bool sorry = due->kind == BW_TOLD_WAITING && due->was.title != NULL &&
                 due->was.status == BW_CONFIRMED;
    int before = m->letter.count;
    char *all =
        words_of(m, waits ? BW_LETTER_WORDS_WAITING : m->kind, BW_LETTER_WORDS_BODY);
    for (char *at = all, *end = NULL; at != NULL; at = end) {
        end = strstr(at, "\n\n");
        if (end != NULL) {
            *end = '\0';
            end += 2;
        }
        add(m, BW_LETTER_PART_TEXT, NULL, filled_text(m, at), NULL);
        if (sorry && at == all) {
            say_text(m, "ml.wait_sorry.p");
        }
    }
    free(all);
    return m->letter.count > before + 1 ? before + 1 : before;
}

static const char *
word_of(const struct letter_making *m, const char *word)
{
    return bw_wording(m->language, word);
}

static void
facts_say(struct letter_making *m)
{
    const struct bw_told_due *due = m->due;
    const char *route = due->session->route;
    char where[3 * BW_TITLE_BYTES];
    add(m, BW_LETTER_PART_CODE, word_of(m, "ml.code"),
        strdup(m->fill.values[BW_LETTER_FILL_CODE]), NULL);
    add(m, BW_LETTER_PART_FACT, word_of(m, "ml.when"),
        filled(m, m->doors_before ? "ml.when_doors.p" : "ml.when.p"), NULL);
    (void)snprintf(where, sizeof where, "%.*s%s%.*s.%s%s", BW_TITLE_BYTES - 1,
        due->now.venue, due->now.address[0] != '\0' ? ", " : "", BW_TITLE_BYTES - 1,
        due->now.address, route[0] != '\0' ? " " : "", route);
    add(m, BW_LETTER_PART_FACT, word_of(m, "ml.where"), strdup(where), NULL);
    if (due->table[0] != '\0') {
        add(m, BW_LETTER_PART_FACT, word_of(m, "ml.table"), strdup(due->table), NULL);
    }
}

/* How somebody says that they don't come, and what comes along. */
static void
ways_say(struct letter_making *m)
{
    bool waits = m->due->now.status == BW_WAITLISTED;
    bool call =
        m->sender->phone[0] != '\0' && m->fill.values[BW_LETTER_FILL_WHO][0] != '\0';
    if (m->with->ticket) {
        say_text(m, waits ? "ml.with_wait" : "ml.with_ticket");
    }
    say_text(m, waits ? (call ? "ml.quit" : "ml.quit_no_phone")
                      : (call ? "ml.cant" : "ml.cant_no_phone"));
    if (m->sender->mail[0] != '\0') {
        add(m, BW_LETTER_PART_LINK, word_of(m, waits ? "ml.quit_link" : "ml.cant_link"),
            strdup(m->sender->mail),
            filled(m, waits ? "ml.quit_subject" : "ml.cant_subject"));
    }
    if (m->due->was.title != NULL) {
        say_text(m, "ml.newest");
    }
}

static void
end_say(struct letter_making *m)
{
    const struct bw_office_contact *sender = m->sender;
    const char *lines[] = {m->fill.values[BW_LETTER_FILL_WHO],
        m->fill.values[BW_LETTER_FILL_PHONE], sender->mail};
    char sign[3 * BW_LETTER_FILL_BYTES] = "", foot[3 * BW_LETTER_FILL_BYTES];
    size_t used = 0;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (lines[i][0] != '\0') {
            used += (size_t)snprintf(
                sign + used, sizeof sign - used, "%s%s", used > 0 ? "\n" : "", lines[i]);
        }
    }
    if (used > 0) {
        add(m, BW_LETTER_PART_SIGN, NULL, strdup(sign), NULL);
    }
    char *why = filled(m, sender->privacy_url[0] != '\0' ? "ml.foot_privacy" : "ml.foot");
    (void)snprintf(foot, sizeof foot, "%s%s%s", sender->organiser,
        sender->organiser[0] != '\0' ? " · " : "", why != NULL ? why : "");
    free(why);
    add(m, BW_LETTER_PART_FOOT, NULL, strdup(foot), NULL);
}

/* Returns the part that comes first in lists of mails. */
static int
compose(struct letter_making *m)
{
    if (m->due->kind == BW_TOLD_MOVED) {
        say(m, BW_LETTER_PART_WAS, "ml.was");
    }
    add(m, BW_LETTER_PART_HEAD, NULL, filled_part(m, BW_LETTER_WORDS_HEADLINE), NULL);
    add(m, BW_LETTER_PART_TITLE, NULL, strdup(m->fill.values[BW_LETTER_FILL_TITLE]),
        NULL);
    int first = body_say(m);
    if (m->due->kind == BW_TOLD_CANCELLED) {
        if (m->with->entry_out) {
            say_text(m, "ml.with_out");
        }
    } else if (m->due->kind != BW_TOLD_CERTIFICATE) {
        facts_say(m);
        ways_say(m);
    }
    end_say(m);
    return first;
}

/* ---- the whole ---- */

static char *
shown(struct letter_making *m, const char *subject, bool html)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out != NULL && html) {
        bw_letter_parts_html(&m->letter, subject, out);
    } else if (out != NULL) {
        bw_letter_parts_plain(&m->letter, out);
    }
    return written(m, out, &text);
}

static void
write_all(struct letter_making *m, struct bw_letter_text *text)
{
    bool call =
        m->sender->phone[0] != '\0' && m->fill.values[BW_LETTER_FILL_WHO][0] != '\0';
    int first = compose(m);
    text->subject = filled_part(m, BW_LETTER_WORDS_SUBJECT);
    text->headline = filled_part(m, BW_LETTER_WORDS_HEADLINE);
    text->calendar = filled(m, call ? "ml.calendar_call" : "ml.calendar");
    text->date = strdup(m->fill.values[BW_LETTER_FILL_DAY]);
    text->doors = strdup(m->doors_before ? m->fill.values[BW_LETTER_FILL_DOORS] : "");
    if (asprintf(&text->hours, "%s – %s", m->fill.values[BW_LETTER_FILL_FROM],
            m->fill.values[BW_LETTER_FILL_TO]) < 0) {
        text->hours = NULL;
    }
    m->alt = m->with->ticket ? filled(m, "ml.alt") : NULL;
    m->no_memory =
        m->no_memory || text->date == NULL || text->doors == NULL || text->hours == NULL;
    if (m->no_memory) {
        return;
    }
    m->letter.language = bw_wording_code(m->language);
    m->letter.organiser = m->sender->organiser;
    m->letter.preview = m->letter.parts[first].text;
    m->letter.alt = m->alt;
    text->plain = shown(m, text->subject, false);
    text->html = shown(m, text->subject, true);
}

enum bw_status
bw_letter_text_make(const struct bw_told_due *due, const struct bw_office_contact *sender,
    enum bw_wording_language language, const struct bw_letter_words *words,
    const struct bw_letter_text_with *with, struct bw_letter_text *ret_text,
    struct bw_error *err)
{
    struct bw_letter_text text = {.subject = NULL};
    struct letter_making *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing a mail: no memory");
    }
    m->due = due;
    m->sender = sender;
    m->language = language;
    m->words = words;
    m->kind = bw_letter_words_of(due);
    m->with = with;
    values_take(m);
    enum bw_status status = times_take(m, err);
    if (status == BW_OK) {
        write_all(m, &text);
    }
    if (status == BW_OK && m->no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "writing a mail: no memory");
    }
    for (int i = 0; i < m->letter.count; i++) {
        free(m->letter.parts[i].text);
        free(m->letter.parts[i].more);
    }
    free(m->alt);
    free(m);
    if (status != BW_OK) {
        bw_letter_text_finish(&text);
        return status;
    }
    *ret_text = text;
    return BW_OK;
}

void
bw_letter_text_finish(struct bw_letter_text *text)
{
    if (text != NULL) {
        free(text->subject);
        free(text->plain);
        free(text->html);
        free(text->date);
        free(text->hours);
        free(text->doors);
        free(text->headline);
        free(text->calendar);
        *text = (struct bw_letter_text){.subject = NULL};
    }
}
