/* Says when one pixel of the display changes colour, and to which, until its input ends:
 *
 *   pixel_watch X Y      lines "MS RRGGBB", MS of CLOCK_MONOTONIC with microseconds
 *
 * Looks about once a millisecond: what somebody before the screen could have seen. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static unsigned long
look(Display *display, int x, int y)
{
    XImage *image =
        XGetImage(display, DefaultRootWindow(display), x, y, 1, 1, AllPlanes, ZPixmap);
    unsigned long colour = image != NULL ? XGetPixel(image, 0, 0) & 0xffffff : 0;
    if (image != NULL) {
        XDestroyImage(image);
    }
    return colour;
}

int
main(int argc, char **argv)
{
    Display *display = argc == 3 ? XOpenDisplay(NULL) : NULL;
    if (display == NULL) {
        fprintf(stderr, "pixel_watch: X Y, and a display (DISPLAY) to look at\n");
        return 2;
    }
    int x = atoi(argv[1]), y = atoi(argv[2]);
    unsigned long before = ~0ul;
    struct pollfd input = {.fd = 0, .events = POLLIN};
    bool more = true;
    while (more) {
        more = poll(&input, 1, 1) == 0;
        unsigned long colour = look(display, x, y);
        if (colour != before) {
            printf("%.3f %06lx\n", now_ms(), colour);
            fflush(stdout);
            before = colour;
        }
    }
    XCloseDisplay(display);
    return 0;
}
