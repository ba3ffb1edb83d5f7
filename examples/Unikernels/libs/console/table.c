/* Tables and bars made of text. */
#include "console.h"
#include "nolibc.h"

void console_table_row(struct console_table *table, const char *const *cells)
{
    if (table->rows == table->capacity)
        return;
    for (unsigned column = 0; column < table->columns; column++)
        table->cells[table->rows * table->columns + column] = cells[column];
    table->rows++;
}

static unsigned column_width(const struct console_table *table, unsigned column)
{
    size_t width = strlen(table->heads[column]);

    for (unsigned row = 0; row < table->rows; row++) {
        size_t cell = strlen(table->cells[row * table->columns + column]);
        if (cell > width)
            width = cell;
    }
    return (unsigned)width;
}

static void print_cells(const struct console_table *table, const char *const *cells)
{
    for (unsigned column = 0; column < table->columns; column++) {
        int width = (int)column_width(table, column);
        bool right = table->right_aligned >> column & 1;
        bool last = column + 1 == table->columns;
        /* No blanks at the end of a line. */
        if (last && !right)
            console_printf("%s", cells[column]);
        else
            console_printf(right ? "%*s" : "%-*s", width, cells[column]);
        if (!last)
            console_write("  ", 2);
    }
    console_put('\n');
}

void console_table_print(const struct console_table *table)
{
    print_cells(table, table->heads);
    for (unsigned column = 0; column < table->columns; column++) {
        for (unsigned i = column_width(table, column); i > 0; i--)
            console_put('-');
        if (column + 1 < table->columns)
            console_write("  ", 2);
    }
    console_put('\n');
    for (unsigned row = 0; row < table->rows; row++)
        print_cells(table, table->cells + row * table->columns);
}

void console_bar(const char *label, uint64_t value, uint64_t maximum)
{
    enum { WIDTH = 40 };
    uint64_t filled = maximum == 0 ? 0 : value * WIDTH / maximum;

    if (filled > WIDTH)
        filled = WIDTH;
    console_printf("%-12s |", label);
    for (uint64_t i = 0; i < WIDTH; i++)
        console_put(i < filled ? '#' : ' ');
    console_printf("| %lu\n", value);
}
