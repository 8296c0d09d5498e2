/* Who an answer is from: see who.h. */
#include "office/import/judge/who.h"

#include "central/base/array.h"
#include "central/central.h"
#include "office/import/read/likeness.h"

#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FOLD_BYTES = 3 * BW_TITLE_BYTES,
    KEY_BYTES = 4 * FOLD_BYTES,
    MINUTE_MS = 60 * 1000,
    LOOKS_MAX = 500, /* no school and no minute has more; what a hostile file has ends */
};

enum who_key { BY_IDENTITY, BY_MAIL, BY_SCHOOL, BY_MINUTE };

struct bw_who_link {
    uint64_t key;
    size_t known;                      /* index */
    size_t next;                       /* index + 1; 0: none */
    struct bw_likeness_mark name_mark; /* theirs: most of a school are told by it alone */
};

void
bw_who_init(struct bw_who *who, struct bw_import *import)
{
    *who = (struct bw_who){.import = import};
    randombytes_buf(who->hash_key, sizeof who->hash_key);
}

void
bw_who_finish(struct bw_who *who)
{
    free(who->known);
    free(who->links);
    free(who->buckets);
    free(who->series);
    *who = (struct bw_who){.known = NULL};
}

/* ---- look-ups ---- */

/* What a key is made of. */
struct key_text {
    uint64_t kind, scope;
    unsigned char bytes[KEY_BYTES];
};

/* Of `count` bytes; what doesn't fit into a key is left out. */
static uint64_t
key_of_bytes(const struct bw_who *who, enum who_key kind, uint64_t scope,
    const void *bytes, size_t count)
{
    struct key_text whole; /* not cleared: what isn't written isn't read */
    uint64_t key = 0;
    size_t used = count < sizeof whole.bytes ? count : sizeof whole.bytes;
    whole.kind = (uint64_t)kind;
    whole.scope = scope;
    memcpy(whole.bytes, bytes, used);
    _Static_assert(sizeof key == crypto_shorthash_BYTES, "a whole hash");
    _Static_assert(sizeof who->hash_key == crypto_shorthash_KEYBYTES, "a whole key");
    (void)crypto_shorthash((unsigned char *)&key, (const unsigned char *)&whole,
        offsetof(struct key_text, bytes) + used, who->hash_key);
    return key;
}

static uint64_t
key_of(const struct bw_who *who, enum who_key kind, uint64_t scope, const char *text)
{
    return key_of_bytes(who, kind, scope, text, strlen(text));
}

static uint64_t
minute_key(const struct bw_who *who, uint32_t session_no, int64_t time_ms)
{
    int64_t minute = time_ms / MINUTE_MS;
    return key_of_bytes(who, BY_MINUTE, session_no, &minute, sizeof minute);
}

static void
more_buckets(struct bw_who *who)
{
    size_t count = who->buckets_count == 0 ? 1024 : 2 * who->buckets_count;
    size_t *buckets = calloc(count, sizeof *buckets);
    if (buckets == NULL) {
        who->no_memory = true;
        return;
    }
    free(who->buckets);
    who->buckets = buckets;
    who->buckets_count = count;
    for (size_t i = 0; i < who->links_count; i++) {
        size_t *bucket = &buckets[who->links[i].key & (count - 1)];
        who->links[i].next = *bucket;
        *bucket = i + 1;
    }
}

static void
link_to(struct bw_who *who, uint64_t key, size_t known)
{
    if (who->links_count >= who->buckets_count) {
        more_buckets(who);
    }
    struct bw_who_link *link = who->no_memory
                                   ? NULL
                                   : bw_array_more(&who->links, &who->links_count,
                                         &who->links_capacity, sizeof *link);
    if (link == NULL) {
        who->no_memory = true;
        return;
    }
    size_t *bucket = &who->buckets[key & (who->buckets_count - 1)];
    *link = (struct bw_who_link){key, known, *bucket, who->known[known].name_mark};
    *bucket = who->links_count;
}

/* The next link of the key, newest first; NULL after the last. *inout_at: 0 at first. */
static const struct bw_who_link *
next_link(const struct bw_who *who, uint64_t key, size_t *inout_at)
{
    size_t at = 0;
    if (who->buckets_count > 0) {
        at = *inout_at == 0 ? who->buckets[key & (who->buckets_count - 1)]
                            : who->links[*inout_at - 1].next;
    }
    while (at != 0 && who->links[at - 1].key != key) {
        at = who->links[at - 1].next;
    }
    *inout_at = at;
    return at != 0 ? &who->links[at - 1] : NULL;
}

/* The next one that the key leads to, likewise. */
static struct bw_who_known *
next_of(struct bw_who *who, uint64_t key, size_t *inout_at)
{
    const struct bw_who_link *link = next_link(who, key, inout_at);
    return link != NULL ? &who->known[link->known] : NULL;
}

/* ---- who is known ---- */

static size_t
series_of(const struct bw_who *who, const char *series)
{
    size_t i = 0;
    while (i < who->series_count && strcmp(who->series[i], series) != 0) {
        i++;
    }
    return i;
}

static const char *
keep(struct bw_who *who, const char *text)
{
    const char *kept = bw_arena_text(&who->import->arena, text);
    who->no_memory = who->no_memory || kept == NULL;
    return kept;
}

static void
put(struct bw_who *who, size_t series, const struct bw_who_known *known,
    const char *identity)
{
    struct bw_who_known *place =
        bw_array_more(&who->known, &who->count, &who->capacity, sizeof *place);
    if (place == NULL || who->no_memory) {
        who->no_memory = true;
        return;
    }
    *place = *known;
    place->name_mark = bw_likeness_mark_of(known->name_fold);
    size_t index = who->count - 1;
    link_to(who, key_of(who, BY_IDENTITY, known->session_no, identity), index);
    if (known->mail_fold[0] != '\0') {
        link_to(who, key_of(who, BY_MAIL, series, known->mail_fold), index);
    }
    if (known->school_fold[0] != '\0') {
        link_to(who, key_of(who, BY_SCHOOL, series, known->school_fold), index);
    }
    link_to(who, minute_key(who, known->session_no, known->signed_up_ms), index);
    if (!bw_who_is_same_time(known->signed_up_ms, known->answers_ms)) {
        link_to(who, minute_key(who, known->session_no, known->answers_ms), index);
    }
}

static bool
on_known(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_who *who = context;
    char name[2 * BW_NAME_BYTES], fold[FOLD_BYTES];
    struct bw_who_known known = {
        .code = (bw_code)c[0].number,
        .session_no = (uint32_t)c[1].number,
        .person_no = c[2].number,
        .signed_up_ms = c[3].number,
        .answers_ms = c[4].number,
        .mail_fold = keep(who, c[5].text),
    };
    (void)count;
    (void)snprintf(name, sizeof name, "%s %s", c[6].text, c[7].text);
    bw_likeness_fold(name, fold, sizeof fold);
    known.name_fold = keep(who, fold);
    bw_likeness_fold(c[8].text, fold, sizeof fold);
    known.school_fold = keep(who, fold);
    if (!who->no_memory) {
        put(who, who->series_count - 1, &known, c[9].text);
    }
    return !who->no_memory;
}

/* $1: the code. A name that somebody had before leads to them too. */
static bool
on_alias(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_who *who = context;
    uint32_t session_no = (uint32_t)c[1].number;
    size_t at = 0;
    (void)count;
    struct bw_who_known *known =
        next_of(who, key_of(who, BY_IDENTITY, session_no, c[2].text), &at);
    if (known != NULL) {
        link_to(who, key_of(who, BY_IDENTITY, session_no, c[0].text),
            (size_t)(known - who->known));
    }
    return !who->no_memory;
}

enum bw_status
bw_who_load(struct bw_who *who, const struct bw_session *session, struct bw_error *err)
{
    struct bw_central *central = who->import->office->central;
    if (series_of(who, session->series) < who->series_count) {
        return BW_OK;
    }
    char(*series)[BW_LABEL_BYTES] = bw_array_more(
        &who->series, &who->series_count, &who->series_capacity, sizeof *series);
    who->no_memory = who->no_memory || series == NULL;
    enum bw_status status = BW_OK;
    if (!who->no_memory) {
        (void)snprintf(*series, sizeof *series, "%s", session->series);
        struct bw_sql_value value = bw_sql_text(session->series);
        status = bw_central_run(central,
            "SELECT r.code, r.session_no, r.person_no, r.signed_up_ms, r.answers_ms,"
            " p.mail_fold, r.first_name, r.name, r.school, coalesce(p.identity, '')"
            " FROM session s JOIN registration r ON r.session_no = s.session_no"
            " JOIN person p ON p.person_no = r.person_no WHERE s.series = $1"
            " AND p.identity IS NOT NULL ORDER BY r.code",
            &value, 1, on_known, who, err);
        if (status == BW_OK) {
            status = bw_central_run(central,
                "SELECT a.identity, r.session_no, p.identity FROM person_alias a"
                " JOIN person p ON p.person_no = a.person_no"
                " JOIN registration r ON r.person_no = a.person_no"
                " JOIN session s ON s.session_no = r.session_no WHERE s.series = $1"
                " AND p.identity IS NOT NULL",
                &value, 1, on_alias, who, err);
        }
    }
    return status == BW_OK && who->no_memory ? bw_import_no_memory(who->import, err)
                                             : status;
}

/* ---- the rules ---- */

bool
bw_who_is_same_time(int64_t one_ms, int64_t other_ms)
{
    bool coarse = one_ms % MINUTE_MS == 0 || other_ms % MINUTE_MS == 0;
    return one_ms == other_ms || (coarse && one_ms / MINUTE_MS == other_ms / MINUTE_MS);
}

struct bw_who_known *
bw_who_find(struct bw_who *who, const struct bw_sign_up *s)
{
    size_t at = 0;
    return next_of(who, key_of(who, BY_IDENTITY, s->session_no, s->identity), &at);
}

/* WH4. Somebody who is here already goes before one who is known elsewhere. */
static struct bw_who_known *
find_damaged(struct bw_who *who, uint64_t series, const struct bw_sign_up *s)
{
    struct bw_who_known *found = NULL;
    bool mail = s->mail_fold[0] != '\0';
    uint64_t key = mail ? key_of(who, BY_MAIL, series, s->mail_fold)
                        : key_of(who, BY_SCHOOL, series, s->school_fold);
    struct bw_who_known *known;
    size_t at = 0;
    int looks = 0;
    while ((known = next_of(who, key, &at)) != NULL && looks++ < LOOKS_MAX) {
        bool either =
            strchr(known->name_fold, '?') != NULL || strchr(s->name_fold, '?') != NULL;
        bool here = known->session_no == s->session_no;
        if (either && bw_likeness_fits(known->name_fold, s->name_fold) &&
            (mail || known->mail_fold[0] == '\0') && (found == NULL || here)) {
            found = known;
        }
    }
    return found;
}

/* WH2: of several the likest. */
static struct bw_who_known *
find_corrected(struct bw_who *who, const struct bw_sign_up *s)
{
    struct bw_who_known *found = NULL, *known;
    uint64_t key = minute_key(who, s->session_no, s->time_ms);
    size_t at = 0;
    int best = 0, looks = 0;
    while ((known = next_of(who, key, &at)) != NULL && looks++ < LOOKS_MAX) {
        bool stamp = bw_who_is_same_time(known->signed_up_ms, s->time_ms) ||
                     bw_who_is_same_time(known->answers_ms, s->time_ms);
        if (known->claimed || !stamp) {
            continue;
        }
        bool mail =
            s->mail_fold[0] != '\0' && strcmp(known->mail_fold, s->mail_fold) == 0;
        bool name = bw_likeness_within_two(known->name_fold, s->name_fold);
        int score = 2 * mail + 2 * name + (strcmp(known->name_fold, s->name_fold) == 0);
        if (score > best) {
            best = score;
            found = known;
        }
    }
    return found;
}

/* WH3: nearly the same name at the same school. */
static struct bw_who_known *
find_near_name(struct bw_who *who, uint64_t series, const struct bw_sign_up *s)
{
    const struct bw_who_link *link = NULL;
    struct bw_likeness_mark name_mark = bw_likeness_mark_of(s->name_fold);
    uint64_t key = key_of(who, BY_SCHOOL, series, s->school_fold);
    size_t at = 0;
    int looks = 0;
    bool nobody = s->school_fold[0] == '\0' || who->known == NULL;
    while (!nobody && (link = next_link(who, key, &at)) != NULL && looks++ < LOOKS_MAX) {
        if (bw_likeness_may_be_near(link->name_mark, name_mark) &&
            bw_likeness_is_near(who->known[link->known].name_fold, s->name_fold)) {
            return &who->known[link->known];
        }
    }
    return NULL;
}

/* WH3 */
static enum bw_who_answer
find_doubt(struct bw_who *who, uint64_t series, const struct bw_sign_up *s,
    struct bw_who_known **ret_known)
{
    struct bw_who_known *known = NULL;
    uint64_t key = key_of(who, BY_MAIL, series, s->mail_fold);
    size_t at = 0;
    int looks = 0;
    *ret_known = NULL;
    while (s->mail_fold[0] != '\0' && (known = next_of(who, key, &at)) != NULL &&
           looks++ < LOOKS_MAX) { /* who is in this session goes before others */
        bool here = known->session_no == s->session_no;
        *ret_known = *ret_known == NULL || here ? known : *ret_known;
        if (here) {
            break;
        }
    }
    if (*ret_known != NULL) {
        return BW_WHO_MAIL;
    }
    *ret_known = find_near_name(who, series, s);
    return *ret_known != NULL ? BW_WHO_NAME : BW_WHO_NEW;
}

enum bw_who_answer
bw_who_ask(struct bw_who *who, const struct bw_session *session,
    const struct bw_sign_up *s, struct bw_who_known **ret_known)
{
    uint64_t series = series_of(who, session->series);
    *ret_known = find_corrected(who, s);
    if (*ret_known != NULL) {
        return BW_WHO_CORRECTED;
    }
    *ret_known = find_damaged(who, series, s);
    if (*ret_known != NULL) {
        return BW_WHO_SAME;
    }
    return find_doubt(who, series, s, ret_known);
}

void
bw_who_add(struct bw_who *who, const struct bw_session *session,
    const struct bw_sign_up *s, bw_code code, int64_t person_no)
{
    struct bw_who_known known = {
        .code = code,
        .session_no = s->session_no,
        .person_no = person_no,
        .signed_up_ms = s->time_ms,
        .answers_ms = s->time_ms,
        .mail_fold = s->mail_fold,
        .name_fold = s->name_fold,
        .school_fold = s->school_fold,
        .claimed = true,
    };
    put(who, series_of(who, session->series), &known, s->identity);
}
