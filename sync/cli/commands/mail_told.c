/* `mail --told CODE`: see mail_told.h. */
#include "mail_told.h"

#include "cli/answer.h"
#include "office/find.h"
#include "office/mail/told.h"

#include <inttypes.h>

enum bw_exit
bw_cli_mail_told(struct bw_call *call, const char *text, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code code = BW_CODE_NONE;
    int64_t count = 0;
    enum bw_status status = bw_office_find_one(call->central, text, &code, err);
    if (status == BW_OK) {
        status = bw_told_by_voice(&office, code, &count, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bw_code_format_shown(code, shown);
    if (call->json) {
        status = bw_cli_json(call,
            json_pack(
                "{s:o, s:I}", "code", bw_cli_code(code), "count", (json_int_t)count),
            err);
    } else {
        (void)fprintf(call->out,
            "%s was told what they were to hear (%" PRId64
            "); mail --not-sent takes that "
            "back.\n",
            shown, count);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}
