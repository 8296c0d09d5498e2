/* See web_world.h. */
#include "tests/sync/exchange/web_world.h"

#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

char web_world_uri[128], web_world_enrolment[200];

void
web_world_login(struct world *world, const char *password)
{
    char text[128];
    (void)snprintf(
        text, sizeof text, "machine localhost login kring password \"%s\"\n", password);
    assert_int_equal(
        chmod(office_write(&world->office, "central.db.netrc", text), 0600), 0);
}

void
web_world_enrol(struct world *world, const char *name)
{
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         name, "--out", web_world_enrolment, "--carrier", web_world_uri,
                         "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(kiosk_run(&world->kiosk, "enrol-device", web_world_enrolment, NULL),
        BW_EXIT_DONE);
}

struct world *
web_world_open(const char *before, int port, const char *after, const char *password)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    (void)snprintf(
        web_world_uri, sizeof web_world_uri, "%slocalhost:%d%s", before, port, after);
    (void)snprintf(web_world_enrolment, sizeof web_world_enrolment, "%s",
        office_path(&world->office, "k.json"));
    kiosk_enrol(&world->kiosk, &world->office, "Eerst", "S-1"); /* its clock */
    assert_int_equal(unlink(world->kiosk.path), 0);
    web_world_login(world, password);
    web_world_enrol(world, "Balie");
    return world;
}
