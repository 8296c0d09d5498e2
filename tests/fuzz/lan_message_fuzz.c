/* The local network: any path is a request that holds or none, any answer one that holds
 * or none, any list gives its writer's letters alone. The seal holds off a stranger's
 * bytes; who has the key may put anything under it, so what is inside is fuzzed too. */
#include "fuzz.h"

#include "exchange/carrier/lan/lan_message.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEVICE = 3 };

static const uint8_t keys[1][BW_LAN_KEY_BYTES] = {{7}};

static void
path_try(const uint8_t *bytes, size_t length)
{
    char path[2 * BW_LAN_PATH_BYTES] = "/";
    struct bw_lan_request request;
    int key = 0;
    size_t most = length < sizeof path - 2 ? length : sizeof path - 2;
    if (most > 0) {
        memcpy(path + 1, bytes, most);
    }
    FUZZ_CHECK(!bw_lan_request_read(path, keys, 1, &request, &key));
}

static void
list_try(const uint8_t *bytes, size_t length)
{
    struct bw_lan_list list = {.names = NULL};
    uint8_t tag[BW_LAN_TAG_BYTES];
    if (!bw_lan_list_read(bytes, length, DEVICE, &list)) {
        FUZZ_CHECK(list.names == NULL);
        return;
    }
    FUZZ_CHECK(list.count <= length / 9 && list.count <= BW_LAN_NAMES_MAX);
    for (size_t i = 0; i < list.count; i++) {
        FUZZ_CHECK(bw_lan_is_own(list.names[i].text, DEVICE));
    }
    bw_lan_list_tag(&list, tag);
    bw_lan_list_finish(&list);
}

/* What a kiosk with the key may answer; and the same bytes without a seal. */
static void
answer_try(const uint8_t *bytes, size_t length)
{
    struct bw_lan_request request = {.verb = BW_LAN_LIST};
    struct bw_lan_answer answer = {
        .kind = BW_LAN_LISTED, .device = DEVICE, .bytes = bytes, .length = length};
    struct bw_lan_answer read = {.length = 0};
    char path[BW_LAN_PATH_BYTES];
    unsigned char *sealed = NULL, *plain = malloc(length + 1);
    size_t sealed_bytes = 0;
    FUZZ_CHECK(plain != NULL);
    bw_lan_request_write(&request, keys[0], path);
    if (length > 0) {
        memcpy(plain, bytes, length);
    }
    FUZZ_CHECK(!bw_lan_answer_read(plain, length, &request, keys[0], &read));
    free(plain);
    FUZZ_CHECK(bw_lan_answer_write(
                   &answer, &request, keys[0], &sealed, &sealed_bytes, NULL) == BW_OK);
    FUZZ_CHECK(bw_lan_answer_read(sealed, sealed_bytes, &request, keys[0], &read));
    FUZZ_CHECK(read.length == length && read.device == DEVICE);
    list_try(read.bytes, read.length);
    free(sealed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    path_try(bytes, length);
    answer_try(bytes, length);
    return 0;
}
