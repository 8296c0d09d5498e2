/* What could not even be asked: see refused.h. */
#include "refused.h"

#include <assert.h>
#include <string.h>

void
bw_refused_add(struct bw_refused *refused, const struct bw_command *command)
{
    if (refused->count < BW_REFUSED_MAX) {
        refused->commands[refused->count].kind = command->kind;
        refused->commands[refused->count++].request_no = command->request_no;
    }
}

void
bw_refused_drop(struct bw_refused *refused, int count)
{
    assert(count >= 0 && count <= refused->count); /* RF1 */
    refused->count -= count;
    memmove(refused->commands, refused->commands + count,
        (size_t)refused->count * sizeof *refused->commands);
}
