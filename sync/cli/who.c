/* Who works here: see who.h. */
#include "cli/who.h"

#include "central/records.h"

#include <brugwachter/text.h>

#include <pwd.h>
#include <string.h>
#include <unistd.h>

enum { USER_BYTES_MAX = 4096 };

/* The first field of GECOS is the name; '&' in it stands for the login, which is said
 * itself then. */
static void
read_user(char ret_who[BW_NAME_BYTES])
{
    char room[USER_BYTES_MAX], name[BW_NAME_BYTES];
    struct passwd user, *found = NULL;
    ret_who[0] = '\0';
    if (getpwuid_r(getuid(), &user, room, sizeof room, &found) != 0 || found == NULL) {
        return;
    }
    int length = found->pw_gecos != NULL ? (int)strcspn(found->pw_gecos, ",") : 0;
    (void)snprintf(name, sizeof name, "%.*s", length, length > 0 ? found->pw_gecos : "");
    if (strchr(name, '&') != NULL ||
        bw_text_clean(name, BW_NAME_CHARS, ret_who) != BW_TEXT_FINE ||
        ret_who[0] == '\0') {
        bw_text_copy(name, sizeof name, found->pw_name);
        if (bw_text_clean(name, BW_NAME_CHARS, ret_who) != BW_TEXT_FINE) {
            ret_who[0] = '\0';
        }
    }
}

enum bw_status
bw_cli_who(struct bw_call *call, struct bw_error *err)
{
    const char *given = bw_call_value(call, BW_OPTION_AS);
    if (given == NULL) {
        read_user(call->who);
        return BW_OK;
    }
    if (bw_text_clean(given, BW_NAME_CHARS, call->who) != BW_TEXT_FINE ||
        call->who[0] == '\0') {
        call->who[0] = '\0';
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "--as takes a name of at most 100 characters, on one line");
    }
    return BW_OK;
}
