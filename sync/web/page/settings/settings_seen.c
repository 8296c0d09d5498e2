/* What Instellingen was drawn with: see settings.h. */
#include "web/page/settings/settings.h"

#include "office/contact.h"
#include "office/import/read/refused.h"
#include "office/import/read/school_settle.h"
#include "office/import/read/spelling.h"
#include "office/mail/mail_password.h"
#include "web/page/part/picture.h"

#include <string.h>

const struct bw_web_settings_group bw_web_settings_groups[BW_WEB_SETTINGS_GROUPS] = {
    {.word = ""},
    {.word = "afzender"},
    {"server",
        {{"server", BW_OFFICE_SMTP}, {"inlognaam", BW_OFFICE_SMTP_USER},
            {"tempo", BW_OFFICE_PACE}},
        3},
    {"bewaren", {{"dagen", BW_OFFICE_RETENTION_DAYS}, {"kopie", BW_OFFICE_BACKUP_DAYS}},
        2},
    {"verslag", {{"scholen", BW_OFFICE_SCHOOLS}}, 1},
    {"taal", {{"taal", BW_OFFICE_LANGUAGE}}, 1},
    {.word = "regio"},
    {.word = "school"},
    {.word = "geweigerd"},
    {.word = "wachtwoord"},
    {.word = "wachtwoordterug"},
};

const struct bw_web_settings_group *
bw_web_settings_group_of(const char *word)
{
    for (int g = 0; g < BW_WEB_SETTINGS_GROUPS; g++) {
        if (strcmp(bw_web_settings_groups[g].word, word) == 0) {
            return &bw_web_settings_groups[g];
        }
    }
    return NULL;
}

static bool
on_region(const struct bw_import_region *region, void *context)
{
    json_t **list = context;
    bw_web_add(list, json_pack("[o, b, o]", bw_web_text(region->name), region->known,
                         bw_web_text(region->aliases)));
    return *list != NULL;
}

static bool
on_school_name(const struct bw_import_school_name *name, void *context)
{
    json_t **list = context;
    bw_web_add(list, bw_web_text(name->name));
    return *list != NULL && json_array_size(*list) < BW_WEB_SETTINGS_NAMES_MAX;
}

static bool
on_refused(const struct bw_import_refused *refused, void *context)
{
    json_t **list = context;
    bw_web_add(list,
        json_pack("[I, s, s]", (json_int_t)refused->code, refused->field, refused->said));
    return *list != NULL && json_array_size(*list) < BW_WEB_SETTINGS_NAMES_MAX;
}

static enum bw_status
add_contact(struct bw_central *central, json_t **values, struct bw_error *err)
{
    struct bw_office_contact contact;
    enum bw_status status = bw_office_contact_read(central, &contact, err);
    if (status == BW_OK) {
        bw_web_add(
            values, json_pack("[s, s, s, s, s]", contact.organiser, contact.contact,
                        contact.phone, contact.mail, contact.privacy_url));
    }
    return status;
}

enum bw_status
bw_web_settings_seen(const struct bw_web_visit *visit, const char *word,
    char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    const struct bw_web_settings_group *group = bw_web_settings_group_of(word);
    json_t *values = json_array();
    enum bw_status status = BW_OK;
    if (word[0] == '\0' || strcmp(word, "afzender") == 0) {
        status = add_contact(central, &values, err);
    } else if (strcmp(word, "regio") == 0) {
        status = bw_import_regions_walk(central, on_region, &values, err);
    } else if (strcmp(word, "school") == 0) {
        status = bw_import_school_names_walk(central, on_school_name, &values, err);
    } else if (strcmp(word, "geweigerd") == 0) {
        status = bw_import_refused_walk(central, on_refused, &values, err);
    } else if (strncmp(word, "wachtwoord", strlen("wachtwoord")) == 0) {
        struct bw_office_password password =
            bw_office_password_look(visit->desk->office.key_path);
        bw_web_add(&values, json_pack("[b, b, I]", password.kept, password.before,
                                (json_int_t)password.file));
    }
    for (int i = 0; group != NULL && status == BW_OK && i < group->count; i++) {
        char value[BW_TITLE_BYTES] = "";
        status = bw_office_setting_read(central, group->values[i].setting, value, err);
        bw_web_add(&values, bw_web_text(value));
    }
    if (status == BW_OK) {
        status = bw_web_picture_digest(values, ret_digest, err);
    }
    json_decref(values);
    return status;
}
