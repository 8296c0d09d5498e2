/* What commands print: see answer.h. */
#include "cli/answer.h"

#include <brugwachter/code.h>
#include <errno.h>

enum bw_status
bw_cli_json(struct bw_call *call, json_t *root, struct bw_error *err)
{
    if (root == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "writing the answer: no memory");
    }
    int failed = json_dumpf(root, call->out, JSON_COMPACT | JSON_PRESERVE_ORDER);
    (void)fputc('\n', call->out);
    json_decref(root);
    return failed != 0 && ferror(call->out) == 0
               ? bw_error_set(err, BW_NO_MEMORY, ENOMEM, "writing the answer: no memory")
               : BW_OK;
}

void
bw_cli_add(json_t **inout_list, json_t *entry)
{
    if (json_array_append_new(*inout_list, entry) != 0) {
        json_decref(*inout_list);
        *inout_list = NULL;
    }
}

void
bw_cli_set(json_t **inout_object, const char *name, json_t *value)
{
    if (json_object_set_new(*inout_object, name, value) != 0) {
        json_decref(*inout_object);
        *inout_object = NULL;
    }
}

enum bw_exit
bw_cli_exit(enum bw_status answered, enum bw_exit result, struct bw_error *err)
{
    if (answered == BW_OK) {
        return result;
    }
    (void)bw_error_prefix(
        err, answered, "the work was done, its answer is lost (look with status)");
    return BW_EXIT_LOOK;
}

json_t *
bw_cli_code(uint64_t code)
{
    char text[BW_CODE_BYTES];
    bw_code_format(code, text);
    return json_string(text);
}
