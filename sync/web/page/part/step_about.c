/* What a step was about, in words: see step_about.h. */
#include "web/page/part/step_about.h"

#include "central/records.h"
#include "exchange/office/fleet.h"
#include "office/office.h"
#include "report/conflict/decided.h"
#include "web/page/part/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was decided ---- */

/* By the clock of the venue, where its zone is known here. */
static json_t *
when_of(const struct bw_web_visit *visit, const struct bw_decided *decided)
{
    struct bw_session venue = {.session_no = 0};
    (void)snprintf(venue.timezone, sizeof venue.timezone, "%s", decided->timezone);
    struct bw_zone *zone = bw_web_zone_of(visit, &venue);
    json_t *when = bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, decided->wall_ms);
    bw_web_zone_close(visit, zone);
    return when;
}

static json_t *
values_of(const struct bw_web_visit *visit, const struct bw_decided *decided)
{
    char heading[BW_LABEL_BYTES];
    bool named = decided->first_name[0] != '\0' || decided->name[0] != '\0';
    json_t *values = json_object();
    (void)snprintf(heading, sizeof heading, "u.kind.%.24s", decided->conflict);
    bw_web_set(&values, "name",
        named ? bw_web_name(decided->first_name, decided->name)
              : bw_web_sentence(visit, "u.did.somebody"));
    bw_web_set(&values, "kiosk",
        decided->kiosk[0] != '\0'
            ? bw_web_text(decided->kiosk)
            : bw_web_filled(visit, "u.kiosk",
                  json_pack("{s:I}", "device", (json_int_t)decided->device)));
    bw_web_set(&values, "when", when_of(visit, decided));
    bw_web_set(&values, "what", bw_web_sentence(visit, heading));
    bw_web_set(&values, "n", json_integer(decided->events));
    return values;
}

/* NULL: it was of something else. */
static json_t *
decided_of(const struct bw_web_visit *visit, int64_t number)
{
    static const char *const keys[] = {[BW_DECIDED_IS] = "u.did.is",
        [BW_DECIDED_OUT] = "u.did.out",
        [BW_DECIDED_OTHER] = "u.did.other",
        [BW_DECIDED_UNKNOWN] = "u.did.unknown",
        [BW_DECIDED_STANDS] = "u.did.stands",
        [BW_DECIDED_IN] = "u.did.in",
        [BW_DECIDED_THROWN] = "u.did.thrown"};
    struct bw_decided decided;
    if (bw_decisions_decided(visit->desk->office.central, number, &decided, NULL) !=
            BW_OK ||
        decided.kind == BW_DECIDED_NOTHING) {
        return NULL;
    }
    return bw_web_filled(visit, keys[decided.kind], values_of(visit, &decided));
}

/* ---- people and circles ---- */

/* Whether it begins with somebody's code. */
static bool
begins_with_code(const char *about, bw_code *ret_code)
{
    char first[BW_CODE_SHOWN_BYTES];
    size_t length = strcspn(about, " ");
    if (length >= sizeof first) {
        return false;
    }
    (void)snprintf(first, sizeof first, "%.*s", (int)length, about);
    return bw_code_parse(first, ret_code);
}

/* "K7QM-2XRD", "K7QM-2XRD +3", "K7QM-2XRD +3 S-1 S-2". NULL: it is nobody's. */
static json_t *
people_of(const struct bw_web_visit *visit, const char *about)
{
    struct bw_office_registration found;
    size_t length = strcspn(about, " ");
    bw_code code;
    if (!begins_with_code(about, &code) ||
        bw_office_registration_of(visit->desk->office.central, code, &found, NULL) !=
            BW_OK) {
        return NULL;
    }
    const struct bw_person *person = &found.roster.person;
    json_t *name = bw_web_name(person->first_name, person->name);
    long others =
        strncmp(about + length, " +", 2) == 0 ? strtol(about + length + 2, NULL, 10) : 0;
    return others > 0
               ? bw_web_filled(visit, "u.did.others",
                     json_pack("{s:o, s:I}", "name", name, "n", (json_int_t)others))
               : name;
}

/* The same of who was moved, with both circles. */
static json_t *
moved_of(const struct bw_web_visit *visit, const char *about)
{
    char code[BW_LABEL_BYTES];
    json_t *people = people_of(visit, about);
    const char *to = strrchr(about, ' '), *from = to;
    if (people == NULL || to == NULL) {
        return people;
    }
    while (from > about && from[-1] != ' ') {
        from--;
    }
    (void)snprintf(code, sizeof code, "%.*s", (int)(to - from), from);
    return bw_web_filled(visit, "u.did.moved",
        json_pack("{s:o, s:o, s:o}", "who", people, "from",
            bw_web_circle_name(visit, code), "to", bw_web_circle_name(visit, to + 1)));
}

/* ---- files and kiosks ---- */

static bool
is_import(const char *what)
{
    return strncmp(what, "import ", strlen("import ")) == 0;
}

/* "S-1 form.csv". NULL: it is of no circle. */
static json_t *
file_of(const struct bw_web_visit *visit, const char *about)
{
    struct bw_session session;
    char code[BW_LABEL_BYTES], whole[2 * BW_TITLE_BYTES];
    size_t length = strcspn(about, " ");
    if (about[length] == '\0' || length >= sizeof code) {
        return NULL;
    }
    (void)snprintf(code, sizeof code, "%.*s", (int)length, about);
    if (bw_record_session(visit->desk->office.central, code, &session, NULL) != BW_OK) {
        return NULL;
    }
    (void)snprintf(whole, sizeof whole, "%s · %s", session.title, about + length + 1);
    return bw_web_text(whole);
}

struct kiosk_naming {
    long device;
    json_t *name;
};

static bool
on_kiosk(const struct bw_fleet_kiosk *kiosk, void *context)
{
    struct kiosk_naming *naming = context;
    if ((long)kiosk->record.device != naming->device) {
        return true;
    }
    naming->name = bw_web_text(kiosk->record.name);
    return false;
}

/* "3". NULL: there is none. */
static json_t *
kiosk_of(const struct bw_web_visit *visit, const char *about)
{
    struct kiosk_naming naming = {strtol(about, NULL, 10), NULL};
    (void)!bw_fleet_list(visit->desk->office.central, on_kiosk, &naming, NULL);
    return naming.name;
}

/* ---- all of it ---- */

/* Of what was decided, where the events that it was of are gone, or wait again. */
static json_t *
settled_of(const struct bw_web_visit *visit, int64_t number, const char *about)
{
    bw_code code;
    json_t *said = decided_of(visit, number);
    return said != NULL                     ? said
           : begins_with_code(about, &code) ? people_of(visit, about)
                                            : bw_web_sentence(visit, "u.did.sent");
}

/* Of what was done with a kiosk as a whole. */
static bool
is_of_kiosk(const char *what)
{
    static const char *const kiosk[] = {"revoke", "kiosks accept", "kiosks keep"};
    size_t i = 0;
    while (i < sizeof kiosk / sizeof kiosk[0] && strcmp(what, kiosk[i]) != 0) {
        i++;
    }
    return i < sizeof kiosk / sizeof kiosk[0];
}

static json_t *
undone_of(const struct bw_web_visit *visit, const char *about)
{
    return bw_web_filled(visit, "h.step", json_pack("{s:s}", "number", about));
}

json_t *
bw_web_step_about(
    const struct bw_web_visit *visit, int64_t number, const char *what, const char *about)
{
    json_t *said = strcmp(what, "settle") == 0 ? settled_of(visit, number, about)
                   : strcmp(what, "move") == 0 ? moved_of(visit, about)
                   : is_of_kiosk(what)         ? kiosk_of(visit, about)
                   : strcmp(what, "undo") == 0 ? undone_of(visit, about)
                   : is_import(what)           ? file_of(visit, about)
                                               : people_of(visit, about);
    return said != NULL ? said : bw_web_circle_name(visit, about);
}

/* The codes of what was said in words; none of a number that nobody looks for. */
static json_t *
code_of(const char *what, const char *about, const json_t *said)
{
    const char *words = json_string_value(said);
    bw_code code;
    bool none = words == NULL || strcmp(words, about) == 0 || strcmp(what, "undo") == 0 ||
                is_of_kiosk(what) ||
                (strcmp(what, "settle") == 0 && !begins_with_code(about, &code));
    char text[BW_TITLE_BYTES];
    size_t length = is_import(what) ? strcspn(about, " ") : strlen(about);
    (void)snprintf(text, sizeof text, "%.*s", none ? 0 : (int)length, about);
    return bw_web_text(text);
}

void
bw_web_step_about_rows(const struct bw_web_visit *visit, json_t *rows)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        const char *what = json_string_value(json_object_get(row, "verb"));
        const char *about = json_string_value(json_object_get(row, "about"));
        what = what != NULL ? what : "";
        about = about != NULL ? about : "";
        json_t *said = bw_web_step_about(
            visit, json_integer_value(json_object_get(row, "number")), what, about);
        (void)json_object_set_new(row, "code", code_of(what, about, said));
        if (said != NULL) {
            (void)json_object_set_new(row, "about", said);
        }
    }
}

json_t *
bw_web_step_what(const struct bw_web_visit *visit, const char *what)
{
    char key[BW_LABEL_BYTES * 2];
    (void)snprintf(key, sizeof key, "step.%.60s", what);
    json_t *said = bw_web_sentence(visit, key);
    if (said != NULL && strcmp(json_string_value(said), key) == 0) {
        json_decref(said);
        return bw_web_text(what);
    }
    return said;
}
