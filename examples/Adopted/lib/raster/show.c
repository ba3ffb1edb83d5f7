#include "raster.h"
#include "libc.h"

static int clamp(int shade)
{
    return shade < 0 ? 0 : shade > 255 ? 255 : shade;
}

static void pass_on(struct raster *r, int x, int y, int error, int share)
{
    raster_set(r, x, y, (uint8_t)clamp(raster_get(r, x, y) + error * share / 16));
}

void raster_dither(struct raster *r)
{
    for (int y = 0; y < r->height; y++)
        for (int x = 0; x < r->width; x++) {
            int shade = raster_get(r, x, y), now = shade < 128 ? 0 : 255, error = shade - now;
            raster_set(r, x, y, (uint8_t)now);
            pass_on(r, x + 1, y, error, 7);
            pass_on(r, x - 1, y + 1, error, 3);
            pass_on(r, x, y + 1, error, 5);
            pass_on(r, x + 1, y + 1, error, 1);
        }
}

void raster_show(const struct raster *r)
{
    static const char both[] = " .,:;-=+*oxOX#%@";

    for (int y = 0; y < r->height; y += 2) {
        char line[161];
        int n = 0;
        for (int x = 0; x < r->width && n < 160; x++) {
            int top = raster_get(r, x, y), bottom = raster_get(r, x, y + 1);
            line[n++] = both[(top / 64) * 4 + bottom / 64];
        }
        while (n > 0 && line[n - 1] == ' ')
            n--;
        line[n] = '\0';
        printf("|%s\n", line);
    }
}
