/* Who is to be told what, read out of the central database: see told.h. */
#include "office/mail/told.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/mail/told_list.h"
#include "office/mail/told_reach.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES, DAY_MS = 24 * 60 * 60 * 1000 };
enum { ON_ITS_WAY_COUNT = 10 };

struct told_reading {
    const struct bw_office *office;
    struct bw_told_list list;
    struct bw_session *session; /* that is being read */
    char region_fold[FOLD_BYTES];
    int64_t waiting_own, waiting_other; /* so far */
    bool no_memory;
};

/* ---- the sessions ---- */

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct told_reading *reading = context;
    struct bw_told_list *list = &reading->list;
    (void)count;
    struct bw_session *session = malloc(sizeof *session);
    struct bw_session **slot =
        session != NULL ? bw_array_more(&list->sessions, &list->sessions_count,
                              &list->sessions_capacity, sizeof(struct bw_session *))
                        : NULL;
    reading->no_memory = slot == NULL;
    if (slot == NULL) {
        free(session);
        return false;
    }
    bw_session_of_row(columns, session);
    *slot = session;
    return true;
}

static enum bw_status
read_sessions(struct told_reading *reading, const char *session_code,
    const char *series_code, struct bw_error *err)
{
    struct bw_central *central = reading->office->central;
    struct bw_session session = {.session_no = 0};
    enum bw_status status = BW_OK;
    if (session_code != NULL) {
        status = bw_record_session(central, session_code, &session, err);
    }
    int64_t now_ms = bw_office_now_ms(reading->office);
    int64_t days = reading->office->attendees != NULL ? BW_TOLD_CERTIFICATE_DAYS : 0;
    struct bw_sql_value values[] = {bw_sql_int(now_ms), bw_sql_int(session.session_no),
        bw_sql_text(series_code != NULL ? series_code : ""),
        bw_sql_int(now_ms - days * DAY_MS)};
    int64_t known = 0;
    if (status == BW_OK && series_code != NULL) {
        status = bw_central_number(central, "SELECT count(*) FROM series WHERE code = $1",
            &values[2], 1, 0, &known, err);
        if (status == BW_OK && known == 0) {
            return bw_error_set(err, BW_NOT_FOUND, 0,
                "reading who is to be told: there is no series %s; status lists them",
                series_code);
        }
    }
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
                     " WHERE (s.ends_ms > $1 OR (s.ends_ms > $4"
                     " AND s.called_off_ms = 0"
                     " AND NOT EXISTS (SELECT 1 FROM purged_session x"
                     " WHERE x.session_no = s.session_no)))"
                     " AND ($2 = 0 OR s.session_no = $2)"
                     " AND ($3 = '' OR s.series = $3) ORDER BY s.starts_ms, s.code",
                     values, 4, on_session, reading, err);
}

/* ---- the people of one session ---- */

enum told_column {
    REGISTRATION, /* as BW_REGISTRATION_COLUMNS */
    MAIL = BW_REGISTRATION_COLUMNS_COUNT,
    JOINED, /* 1: the person was joined with another, who is told instead */
    DOUBT,
    TEXT,
    SIGNING_KEY,
    WAS, /* as WAS_COLUMNS; status NULL where nothing was told */
    /* message_id, status, generation, starts_ms, sequence, uid, calendar, way, mail,
     * venue */
    ON_ITS_WAY = WAS + 14,
    WAS_CODE = ON_ITS_WAY + ON_ITS_WAY_COUNT, /* whom that was told */
    WAS_OWN,  /* 1: as this registration, or as what follows it */
    FOLLOWER, /* its status; -1: nobody's, or another person's */
    FOLLOWER_CALLED_OFF,
    FOLLOWER_TOLD, /* told_no of what was told of it last; -1: nothing was */
    WAS_NUMBER,    /* told_no of what was told */
    CAME_BACK,     /* told_reach.h */
    WANTS_NONE,
};

#define WAS_COLUMNS                                                                      \
    "t.status, t.generation, t.signing_key, t.session_no, t.starts_ms, t.ends_ms,"       \
    " t.title, t.timezone, t.venue, t.address, t.mail, t.uid, t.sequence, t.calendar"

#define ON_ITS_WAY_COLUMNS                                                               \
    "coalesce(o.message_id, ''), coalesce(o.status, -1), coalesce(o.generation, -1),"    \
    " coalesce(o.starts_ms, 0), coalesce(o.sequence, 0), coalesce(o.uid, ''),"           \
    " coalesce(o.calendar, 0), coalesce(o.way, 0), coalesce(o.mail, ''),"                \
    " coalesce(o.venue, '')"

/* Of one, as what follows it, or as what it follows (TM5). Kind 6 is BW_TOLD_CERTIFICATE
 * (TM4). */
#define TOLD_OF_R                                                                        \
    "(x.code = r.code OR x.instead_of = r.code) AND x.on_its_way = 0 AND x.kind <> 6"
#define TOLD_OF_F                                                                        \
    "(x.code = f.code OR x.instead_of = f.code) AND x.on_its_way = 0 AND x.kind <> 6"
#define TOLD_OF_Q                                                                        \
    "(x.code = q.code OR x.instead_of = q.code) AND x.on_its_way = 0 AND x.kind <> 6"

/* $1 the session. */
static const char people_sql[] =
    "SELECT " BW_REGISTRATION_COLUMNS ", p.mail,"
    " CASE WHEN p.identity IS NULL THEN 1 ELSE 0 END, r.doubt, coalesce(k.text, ''),"
    " coalesce(k.signing_key, 0), " WAS_COLUMNS ", " ON_ITS_WAY_COLUMNS
    ", coalesce(t.code, 0),"
    " CASE WHEN t.code = r.code OR t.instead_of = r.code THEN 1 ELSE 0 END,"
    " coalesce(f.status, -1), coalesce(fs.called_off_ms, 0),"
    " coalesce((SELECT max(x.told_no) FROM told x WHERE " TOLD_OF_F "), -1),"
    " coalesce(t.told_no, 0), " BW_TOLD_REACH_BACK_OF_P ", " BW_TOLD_REACH_NONE_OF_P
    " FROM registration r JOIN person p ON p.person_no = r.person_no"
    " LEFT JOIN ticket k ON k.code = r.code AND k.generation = r.generation"
    " AND k.signing_key = (SELECT max(x.signing_key) FROM ticket x"
    " WHERE x.code = r.code AND x.generation = r.generation)"
    " LEFT JOIN told t ON t.told_no = coalesce("
    "(SELECT max(x.told_no) FROM told x WHERE " TOLD_OF_R "),"
    " (SELECT max(x.told_no) FROM registration q JOIN told x ON " TOLD_OF_Q
    " WHERE q.followed_by = r.code AND q.person_no = r.person_no))"
    " LEFT JOIN registration f ON f.code = r.followed_by AND f.person_no = r.person_no"
    " LEFT JOIN session fs ON fs.session_no = f.session_no"
    " LEFT JOIN told o ON o.code = r.code AND o.on_its_way = 1 AND o.told_no ="
    " (SELECT max(x.told_no) FROM told x WHERE x.code = r.code AND x.kind <> 6)"
    /* who gave a place to a colleague stands before who has it; their codes are dice */
    " WHERE r.session_no = $1 ORDER BY r.signed_up_ms, r.line, r.status DESC, r.code";

static const char *
keep(struct told_reading *reading, const char *text)
{
    const char *kept = bw_arena_text(&reading->list.texts, text);
    reading->no_memory = reading->no_memory || kept == NULL;
    return kept != NULL ? kept : "";
}

static struct bw_told_state
was_of(struct told_reading *reading, const struct bw_sql_value *was)
{
    return (struct bw_told_state){
        .status = (enum bw_registration_status)was[0].number,
        .generation = was[1].number,
        .signing_key = was[2].number,
        .session_no = (uint32_t)was[3].number,
        .starts_ms = was[4].number,
        .ends_ms = was[5].number,
        .title = keep(reading, was[6].text),
        .timezone = keep(reading, was[7].text),
        .venue = keep(reading, was[8].text),
        .address = keep(reading, was[9].text),
        .mail = keep(reading, was[10].text),
    };
}

static struct bw_told_entry
entry_of(struct told_reading *reading, const struct bw_sql_value *was)
{
    return (struct bw_told_entry){.uid = keep(reading, was[11].text),
        .sequence = was[12].number,
        .state = (enum bw_told_calendar)was[13].number};
}

static struct bw_told_state
now_of(const struct told_reading *reading, const struct bw_registration *registration,
    int64_t signing_key, const char *mail)
{
    const struct bw_session *session = reading->session;
    return (struct bw_told_state){
        .status = registration->status,
        .generation = registration->generation,
        .signing_key = signing_key,
        .session_no = session->session_no,
        .starts_ms = session->starts_ms,
        .ends_ms = session->ends_ms,
        .title = session->title,
        .timezone = session->timezone,
        .venue = session->venue,
        .address = session->address,
        .mail = mail,
    };
}

/* The number among those who wait, in the order of offers; of others than the own region
 * it is known once all of those were counted. */
static int64_t
position_of(struct told_reading *reading, const char *region)
{
    char fold[FOLD_BYTES];
    bw_text_fold(region, false, fold, sizeof fold);
    if (!reading->session->own_region_first || strcmp(fold, reading->region_fold) == 0) {
        return ++reading->waiting_own;
    }
    return -++reading->waiting_other;
}

static bool
due_add(struct told_reading *reading, struct bw_told_due *due)
{
    if (!bw_told_list_add(&reading->list, due)) {
        reading->no_memory = true;
    }
    return !reading->no_memory;
}

/* TM3: what is on its way keeps its name where it says the same; the entry of what says
 * something else may have come, so the next one counts on from it. A file that says the
 * same isn't written again. */
static void
unsure_take(
    struct told_reading *reading, const struct bw_sql_value *way, struct bw_told_due *due)
{
    due->message_id = "";
    if (way[1].number < 0) {
        return;
    }
    due->on_its_way = (struct bw_told_entry){.uid = keep(reading, way[5].text),
        .sequence = way[4].number,
        .state = (enum bw_told_calendar)way[6].number};
    bool same = way[1].number == (int64_t)due->now.status &&
                way[2].number == due->now.generation &&
                way[3].number == due->now.starts_ms &&
                strcmp(way[9].text, due->now.venue) == 0;
    bool by_hand = way[7].number != BW_TOLD_BY_SMTP;
    due->unsure = same && !by_hand;
    due->written = same && by_hand && strcasecmp(way[8].text, due->now.mail) == 0;
    if (due->unsure) {
        due->message_id = keep(reading, way[0].text);
    } else if (due->on_its_way.uid[0] != '\0') {
        due->entry = due->on_its_way;
    }
}

/* What was told last, or is on its way and says another thing than how it is: then that
 * is the place that they may have heard. */
static bool
is_due(struct told_reading *reading, const struct bw_sql_value *c, bool told,
    struct bw_told_due *due)
{
    const struct bw_sql_value *way = c + ON_ITS_WAY;
    if (bw_told_decide(&due->now, told ? &due->was : NULL, &due->kind)) {
        return true;
    }
    struct bw_told_state maybe = due->now;
    maybe.status = (enum bw_registration_status)way[1].number;
    maybe.generation = way[2].number;
    maybe.starts_ms = way[3].number;
    maybe.venue = way[9].text;
    if (way[1].number < 0 || !bw_told_decide(&due->now, &maybe, &due->kind)) {
        return false;
    }
    due->was.venue = told ? keep(reading, maybe.venue) : NULL;
    return true;
}

/* TM5. Of one that follows another, what that one was told counts while they have the
 * same there: a place, or a turn. */
static bool
was_told(const struct bw_sql_value *c, enum bw_registration_status now)
{
    return c[WAS].type != BW_SQL_NULL &&
           (c[WAS_OWN].number != 0 || c[WAS].number == (int64_t)now);
}

/* TM5. Who was told of the one that follows, or will be with the same news. */
static bool
is_silent(const struct bw_sql_value *c, bw_code code)
{
    if (c[FOLLOWER].number < 0 || c[WAS].type == BW_SQL_NULL) {
        return false;
    }
    enum bw_registration_status follower = bw_record_told(
        (enum bw_registration_status)c[FOLLOWER].number, c[FOLLOWER_CALLED_OFF].number);
    bool same_news =
        c[FOLLOWER_TOLD].number < 0 || c[FOLLOWER_TOLD].number == c[WAS_NUMBER].number;
    return (bw_code)c[WAS_CODE].number != code ||
           (same_news && c[WAS].number == (int64_t)follower);
}

static bool
on_person(const struct bw_sql_value *c, int count, void *context)
{
    struct told_reading *reading = context;
    struct bw_registration r;
    int64_t called_off_ms = reading->session->called_off_ms;
    struct bw_told_due due = {.session = reading->session,
        .called_off = called_off_ms != 0,
        .came_back = c[CAME_BACK].number != 0,
        .wants_none = c[WANTS_NONE].number != 0};
    (void)count;
    bw_registration_of_row(c, &r);
    bool signed_up = r.status == BW_CONFIRMED || r.status == BW_WAITLISTED;
    r.status = bw_record_told(r.status, called_off_ms);
    if (r.status == BW_WAITLISTED) {
        due.position = position_of(reading, r.person.region);
    }
    bool told = was_told(c, r.status);
    if (told) {
        due.was = was_of(reading, c + WAS);
        due.entry = entry_of(reading, c + WAS);
        due.was_code = (bw_code)c[WAS_CODE].number;
        due.elsewhere = due.was_code != r.code;
    } else {
        due.entry.uid = "";
    }
    due.now = now_of(reading, &r, c[SIGNING_KEY].number, keep(reading, c[MAIL].text));
    /* the form told them when and where it would be, if we never did */
    bool unheard = !told && due.called_off && signed_up;
    if (c[DOUBT].number != 0 || c[JOINED].number != 0 || is_silent(c, r.code) ||
        (!is_due(reading, c, told, &due) && !unheard)) {
        return !reading->no_memory;
    }
    due.kind = unheard ? BW_TOLD_CANCELLED : due.kind;
    due.code = r.code;
    due.first_name = keep(reading, r.person.first_name);
    due.name = keep(reading, r.person.name);
    due.school = keep(reading, r.person.school);
    due.table = keep(reading, r.person.table);
    due.text = keep(reading, c[TEXT].text);
    unsure_take(reading, c + ON_ITS_WAY, &due);
    return due_add(reading, &due);
}

/* ---- those who are gone: an import that was taken back ---- */

static const char gone_sql[] =
    "SELECT t.code, t.first_name, t.name, " WAS_COLUMNS ", " ON_ITS_WAY_COLUMNS
    ", coalesce((SELECT m.holds FROM mail_state m" /* TR2, as BW_TOLD_REACH_BACK_OF */
    " JOIN step ms ON ms.step_no = m.step_no WHERE m.kind = 1"
    " AND m.mail_fold = lower(t.mail) AND ms.undone_by <= 0"
    " ORDER BY m.step_no DESC LIMIT 1), 0)"
    " FROM told t LEFT JOIN told o ON o.code = t.code AND o.on_its_way = 1"
    " AND o.told_no = (SELECT max(x.told_no) FROM told x WHERE x.code = t.code"
    " AND x.kind <> 6)"
    " WHERE t.session_no = $1 AND t.on_its_way = 0 AND t.status IN (0, 1)"
    " AND t.told_no = (SELECT max(x.told_no) FROM told x WHERE x.code = t.code"
    " AND x.on_its_way = 0 AND x.kind <> 6)"
    " AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.code = t.code"
    " OR r.code = t.instead_of)" /* TM5: that one tells */
    " ORDER BY t.told_no";

static bool
on_gone(const struct bw_sql_value *c, int count, void *context)
{
    struct told_reading *reading = context;
    (void)count;
    struct bw_told_due due = {.kind = BW_TOLD_CANCELLED,
        .code = (bw_code)c[0].number,
        .first_name = keep(reading, c[1].text),
        .name = keep(reading, c[2].text),
        .school = "",
        .table = "",
        .text = "",
        .gone = true,
        .came_back = c[3 + (ON_ITS_WAY - WAS) + ON_ITS_WAY_COUNT].number != 0,
        .session = reading->session,
        .was = was_of(reading, c + 3),
        .entry = entry_of(reading, c + 3)};
    due.now = due.was;
    due.now.status = BW_CANCELLED;
    unsure_take(reading, c + 3 + (ON_ITS_WAY - WAS), &due);
    return due_add(reading, &due);
}

static enum bw_status
read_people(struct told_reading *reading, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(reading->session->session_no);
    size_t first = reading->list.count;
    reading->waiting_own = 0;
    reading->waiting_other = 0;
    bw_text_fold(reading->session->region, false, reading->region_fold,
        sizeof reading->region_fold);
    enum bw_status status = bw_central_run(
        reading->office->central, people_sql, &value, 1, on_person, reading, err);
    for (size_t i = first; status == BW_OK && i < reading->list.count; i++) {
        int64_t *position = &reading->list.due[i].position;
        *position = *position < 0 ? reading->waiting_own - *position : *position;
    }
    return status == BW_OK ? bw_central_run(reading->office->central, gone_sql, &value, 1,
                                 on_gone, reading, err)
                           : status;
}

static bool
is_over(const struct told_reading *reading)
{
    return reading->session->ends_ms <= bw_office_now_ms(reading->office);
}

enum bw_status
bw_told_read(const struct bw_office *office, const char *session_code,
    const char *series_code, struct bw_told_list *ret_list, struct bw_error *err)
{
    struct told_reading reading = {.office = office};
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status != BW_OK) {
        return status;
    }
    status = read_sessions(&reading, session_code, series_code, err);
    for (size_t i = 0;
         status == BW_OK && !reading.no_memory && i < reading.list.sessions_count; i++) {
        reading.session = reading.list.sessions[i];
        if (!is_over(&reading)) {
            status = read_people(&reading, err);
        }
    }
    bw_central_read_end(office->central);
    for (size_t i = 0;
         status == BW_OK && !reading.no_memory && i < reading.list.sessions_count; i++) {
        reading.session = reading.list.sessions[i];
        if (is_over(&reading)) {
            status =
                bw_told_certificates_add(office, reading.session, &reading.list, err);
        }
    }
    if (status == BW_OK && reading.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "reading who is to be told: no memory; close other programs");
    }
    if (status != BW_OK) {
        bw_told_list_finish(&reading.list);
        return status;
    }
    *ret_list = reading.list;
    return BW_OK;
}

void
bw_told_list_finish(struct bw_told_list *list)
{
    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < list->sessions_count; i++) {
        free(list->sessions[i]);
    }
    free(list->sessions);
    free(list->due);
    free(list->apart);
    bw_arena_finish(&list->texts);
    *list = (struct bw_told_list){.count = 0};
}
