/* What the organiser settles for all commands: see setting.h. */
#include "office/setting.h"

#include "central/base/wording.h"
#include "central/records.h"
#include "office/step.h"
#include "office/still.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum setting_kind { AS_SERVER, AS_TEXT, AS_NUMBER, AS_LANGUAGE };

static const struct {
    const char *name;
    enum setting_kind kind;
    int64_t least, most; /* of a number */
    const char *may_be;
} rows[] = {
    [BW_OFFICE_SMTP] = {"smtp", AS_SERVER, 0, 0,
        BW_SAYS("smtp://HOST, smtp://HOST:587 or smtps://HOST:465, without a login")},
    [BW_OFFICE_SMTP_USER] = {"smtp-user", AS_TEXT, 0, 0,
        BW_SAYS("a name without blanks")},
    [BW_OFFICE_PACE] = {"pace", AS_NUMBER, 1, 60000, BW_SAYS("a number from 1 to 60000")},
    [BW_OFFICE_RETENTION_DAYS] = {"retention-days", AS_NUMBER, 1, 36500,
        BW_SAYS("a number from 1 to 36500")},
    [BW_OFFICE_BACKUP_DAYS] = {"backup-days", AS_NUMBER, 0, 36500,
        BW_SAYS("a number from 0 to 36500")},
    [BW_OFFICE_SCHOOLS] = {"schools", AS_NUMBER, 1, 100000,
        BW_SAYS("a number from 1 to 100000")},
    [BW_OFFICE_LANGUAGE] = {"language", AS_LANGUAGE, 0, 0, BW_SAYS("nl or en")},
};

const char *
bw_office_setting_name(enum bw_office_setting setting)
{
    return rows[setting].name;
}

enum bw_office_setting
bw_office_setting_find(const char *name)
{
    int at = 0;
    while (at < BW_OFFICE_SETTINGS && strcmp(rows[at].name, name) != 0) {
        at++;
    }
    return (enum bw_office_setting)at;
}

/* ---- what may stand there ---- */

static bool
is_server(const char *value)
{
    static const char host[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789.-:[]";
    size_t scheme = strncmp(value, "smtp://", 7) == 0    ? 7
                    : strncmp(value, "smtps://", 8) == 0 ? 8
                                                         : 0;
    const char *rest = value + scheme;
    return scheme > 0 && rest[0] != '\0' && rest[strspn(rest, host)] == '\0';
}

static bool
is_number(const char *value, int64_t least, int64_t most)
{
    size_t digits = strspn(value, "0123456789");
    if (digits == 0 || digits > 9 || value[digits] != '\0') {
        return false;
    }
    int64_t number = strtoll(value, NULL, 10);
    return number >= least && number <= most;
}

static bool
is_fine(enum bw_office_setting setting, const char *value)
{
    enum bw_wording_language language;
    switch (rows[setting].kind) {
    case AS_SERVER:
        return is_server(value);
    case AS_TEXT:
        return strpbrk(value, " \t") == NULL;
    case AS_NUMBER:
        return is_number(value, rows[setting].least, rows[setting].most);
    case AS_LANGUAGE:
        return bw_wording_parse(value, &language);
    }
    return false;
}

/* ---- reading ---- */

static bool
on_value(const struct bw_sql_value *c, int count, void *context)
{
    char *value = context;
    (void)count;
    bw_text_copy(value, BW_TITLE_BYTES, c[0].text);
    return false;
}

enum bw_status
bw_office_setting_read(struct bw_central *central, enum bw_office_setting setting,
    char ret_value[BW_TITLE_BYTES], struct bw_error *err)
{
    struct bw_sql_value name = bw_sql_text(rows[setting].name);
    char value[BW_TITLE_BYTES] = "";
    enum bw_status status = bw_central_run(central,
        "SELECT x.value FROM setting x JOIN step s ON s.step_no = x.step_no"
        " WHERE x.name = $1 AND s.undone_by <= 0 ORDER BY x.step_no DESC LIMIT 1",
        &name, 1, on_value, value, err);
    if (status == BW_OK) {
        (void)strcpy(ret_value, value[0] != '\0' && is_fine(setting, value) ? value : "");
    }
    return status;
}

enum bw_status
bw_office_setting_number(struct bw_central *central, enum bw_office_setting setting,
    int64_t missing, int64_t *ret_value, struct bw_error *err)
{
    char value[BW_TITLE_BYTES] = "";
    enum bw_status status = bw_office_setting_read(central, setting, value, err);
    if (status == BW_OK) {
        *ret_value = value[0] != '\0' ? strtoll(value, NULL, 10) : missing;
    }
    return status;
}

/* ---- settling ---- */

struct setting_step {
    const struct bw_office *office;
    const char *why;
    char about[BW_TITLE_BYTES]; /* names of what changes */
    bool begun;
    int changed;
};

static enum bw_status
take(const struct bw_office_setting_value *given, char ret_clean[BW_TITLE_BYTES],
    struct bw_error *err)
{
    enum bw_text_fault fault = bw_text_clean(given->value, BW_TITLE_CHARS, ret_clean);
    if (fault == BW_TEXT_FINE &&
        (ret_clean[0] == '\0' || is_fine(given->setting, ret_clean))) {
        return BW_OK;
    }
    const char *name = rows[given->setting].name;
    return bw_error_about(err,
        bw_error_set(err, BW_BAD_INPUT, 0, "settling %s: \"%.60s\" is none; give %s",
            name, given->value, bw_said(rows[given->setting].may_be)),
        name);
}

static enum bw_status
put_one(struct setting_step *s, const struct bw_office_setting_value *given,
    struct bw_error *err)
{
    struct bw_central *central = s->office->central;
    char clean[BW_TITLE_BYTES], before[BW_TITLE_BYTES];
    enum bw_status status = take(given, clean, err);
    if (status == BW_OK) {
        status = bw_office_setting_read(central, given->setting, before, err);
    }
    if (status != BW_OK || strcmp(clean, before) == 0) {
        return status;
    }
    if (!s->begun) {
        status = bw_step_begin(s->office, "settings", s->about, s->why, 0, err);
        s->begun = true;
    }
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(central)),
        bw_sql_text(rows[given->setting].name), bw_sql_text(clean)};
    s->changed++;
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "INSERT INTO setting (step_no, name, value) VALUES ($1, $2, $3)"
                     " ON CONFLICT (step_no, name)"
                     " DO UPDATE SET value = excluded.value",
                     values, 3, NULL, NULL, err);
}

enum bw_status
bw_office_setting_put(const struct bw_office *office,
    const struct bw_office_setting_value *values, size_t count, const char *why,
    int *ret_changed, struct bw_error *err)
{
    struct setting_step s = {.office = office, .why = why};
    size_t used = 0;
    for (size_t i = 0; i < count && used < sizeof s.about; i++) {
        used += (size_t)snprintf(s.about + used, sizeof s.about - used, "%s%s",
            i > 0 ? " " : "", rows[values[i].setting].name);
    }
    enum bw_status status = bw_office_still_begin(office, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = put_one(&s, &values[i], err);
    }
    if (status == BW_OK && s.changed > 0) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_changed = s.changed;
    }
    return status;
}

bool
bw_office_setting_password_path(const char *key_path, char ret_path[PATH_MAX])
{
    size_t length = strlen(key_path);
    length -= length > 4 && strcmp(key_path + length - 4, ".key") == 0 ? 4 : 0;
    int written =
        snprintf(ret_path, PATH_MAX, "%.*s.smtp-password", (int)length, key_path);
    return key_path[0] != '\0' && written > 0 && written < PATH_MAX;
}
