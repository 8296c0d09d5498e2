/* `copy-central`: an organiser moves from one central database to another. */
#include "central/copy.h"

#include "cli/answer.h"
#include "commands.h"
#include "exchange/office/carriers.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

/* The folder beside a file is beside nothing any more: kiosks go on with its address. */
static enum bw_status
carriers_copy(struct bw_central *from, struct bw_central *to, struct bw_error *err)
{
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "copying the carriers: there's no memory left");
    }
    enum bw_status status = bw_office_carriers_list(from, list, err);
    if (status == BW_OK) {
        status = bw_office_carriers_add(to, list, err);
    }
    free(list);
    return status;
}

static enum bw_status
copy(struct bw_call *call, struct bw_central *from, struct bw_central *to,
    int64_t *ret_rows, struct bw_error *err)
{
    int64_t rows = 0;
    enum bw_status status = bw_central_begin(to, err);
    if (status == BW_OK) {
        status = bw_central_copy(from, to, call->progress, &rows, err);
    }
    if (status == BW_OK) {
        status = carriers_copy(from, to, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(to, err);
    }
    bw_central_rollback(to);
    if (status == BW_OK) {
        *ret_rows = rows;
    }
    return status;
}

static enum bw_status
answer(struct bw_call *call, const struct bw_central *from, const struct bw_central *to,
    int64_t rows, struct bw_error *err)
{
    const char *keys = bw_central_key_path(from);
    if (call->json) {
        return bw_cli_json(call,
            json_pack(
                "{s:s, s:I}", "central", bw_central_name(to), "rows", (json_int_t)rows),
            err);
    }
    fprintf(call->out,
        bw_said("Copied %" PRId64
                " rows to %s. From now on use that one alone: what changes in "
                "%s from here on is lost.\n"),
        rows, bw_central_name(to), bw_central_name(from));
    fprintf(call->out,
        bw_said("The organiser's secret keys aren't copied: give --key-file %s.\n"),
        keys[0] != '\0' ? keys : bw_said("FILE, as before"));
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_central *from = NULL, *to = NULL;
    int64_t rows = 0;
    enum bw_status status =
        bw_central_open(call->operands[0], BW_CENTRAL_OPEN, &from, err);
    if (status == BW_OK) {
        status = bw_central_open(call->operands[1], BW_CENTRAL_CREATE, &to, err);
    }
    if (status == BW_OK) {
        status = copy(call, from, to, &rows, err);
    }
    enum bw_exit result = status == BW_OK ? bw_cli_exit(answer(call, from, to, rows, err),
                                                BW_EXIT_DONE, err)
                                          : bw_exit_of(status);
    bw_central_close(from);
    bw_central_close(to);
    return result;
}

const struct bw_sync_command bw_sync_command_copy_central = {
    .name = "copy-central",
    .operands = "FROM TO",
    .summary = BW_SAYS("move the central database, from a file to PostgreSQL or back"),
    .help = BW_SAYS(
        "FROM and TO are sqlite:PATH or postgresql://…; TO is empty. FROM stays as it\n"
        "was. Nobody should work in it meanwhile. Its letters stay where they are.\n"),
    .operands_min = 2,
    .operands_max = 2,
    .needs = BW_NEEDS_NOTHING,
    .run = run,
};
