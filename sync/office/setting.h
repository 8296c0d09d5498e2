/* What the organiser settles once, for all commands: named as the option that it stands
 * for, and kept in the database by step, so that `undo` takes it back. An option that is
 * given goes before, and so does a settings file.
 *
 * SE1 no setting names a file or a command, for whoever can write the database would
 *     choose what another's machine reads or runs; the mail server's password lies beside
 *     the keys, in a file of its own.
 *
 * One thread, that of the database. */
#ifndef BW_SYNC_OFFICE_SETTING_H
#define BW_SYNC_OFFICE_SETTING_H

#include "office/office.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bw_office_setting {
    BW_OFFICE_SMTP, /* smtp://HOST[:PORT] or smtps://… */
    BW_OFFICE_SMTP_USER,
    BW_OFFICE_PACE,           /* mails a minute */
    BW_OFFICE_RETENTION_DAYS, /* so long personal data is kept */
    BW_OFFICE_BACKUP_DAYS,    /* after which a backup is reminded of; 0: never */
    BW_OFFICE_SCHOOLS,        /* that are to be reached */
    BW_OFFICE_LANGUAGE,       /* of what people get: nl, en */
    BW_OFFICE_SETTINGS,
};

/* "smtp", "smtp-user" …: static; nobody frees it. */
const char *bw_office_setting_name(enum bw_office_setting setting);
/* By its name; BW_OFFICE_SETTINGS where nothing is called that. */
enum bw_office_setting bw_office_setting_find(const char *name);

/* What is settled: "" where nothing is, or what stands there is none. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_office_setting_read(struct bw_central *central,
    enum bw_office_setting setting, char ret_value[BW_TITLE_BYTES], struct bw_error *err);

/* The same of a number; `missing` where nothing is settled. What the database answers. */
BW_NODISCARD enum bw_status bw_office_setting_number(struct bw_central *central,
    enum bw_office_setting setting, int64_t missing, int64_t *ret_value,
    struct bw_error *err);

/* A value to be settled; borrowed. "": nothing is settled any more. */
struct bw_office_setting_value {
    enum bw_office_setting setting;
    const char *value;
};

/* Settles them as one step, `ret_changed` of them anew; with none that is another one
 * nothing is done. BW_BAD_INPUT, with what it may be, for a value that is none; what the
 * database answers. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_office_setting_put(const struct bw_office *office,
    const struct bw_office_setting_value *values, size_t count, const char *why,
    int *ret_changed, struct bw_error *err);

/* Where the mail server's password lies: beside the keys, `circles.db.smtp-password`
 * beside `circles.db.key`. False where it isn't known where those are. */
bool bw_office_setting_password_path(const char *key_path, char ret_path[PATH_MAX]);

#ifdef __cplusplus
}
#endif

#endif
