/* Instellingen in parts: the page, what it was drawn with, and what comes back. One
 * thread. */
#ifndef BW_WEB_SETTINGS_H
#define BW_WEB_SETTINGS_H

#include "office/setting.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_WEB_SETTINGS_VALUES_MAX = 3 };

/* What saves together: fields of a form, and the settings that they are; none where it is
 * kept elsewhere. */
struct bw_web_settings_group {
    const char *word; /* of the form's "groep"; "": how the organiser is called */
    struct {
        const char *field;
        enum bw_office_setting setting;
    } values[BW_WEB_SETTINGS_VALUES_MAX];
    int count;
};
enum { BW_WEB_SETTINGS_GROUPS = 11, BW_WEB_SETTINGS_NAMES_MAX = 50 };
extern const struct bw_web_settings_group bw_web_settings_groups[BW_WEB_SETTINGS_GROUPS];

/* By the word; NULL where there's none. */
const struct bw_web_settings_group *bw_web_settings_group_of(const char *word);

/* What stands in a group, as a digest: who keeps it sends back what they changed. What
 * the database answers; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_settings_seen(const struct bw_web_visit *visit,
    const char *word, char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err);

/* The page; `stale`: somebody else was first, and nothing was done. BW_NO_MEMORY; what
 * the database answers. */
BW_NODISCARD enum bw_status bw_web_settings_show(
    struct bw_web_visit *visit, bool stale, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
