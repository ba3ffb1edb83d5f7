#include "sortnet.h"
#include "networks.h"
#include "libc.h"

size_t sort_network_largest(void)
{
    return LARGEST_NETWORK;
}

void sort_words(uint64_t *words, size_t count, uint64_t *scratch)
{
    size_t half = count / 2, left = 0, right = half, n = 0;

    if (count <= LARGEST_NETWORK) {
        sort_networks[count](words);
        return;
    }
    sort_words(words, half, scratch);
    sort_words(words + half, count - half, scratch);
    while (left < half && right < count)
        scratch[n++] = words[left] <= words[right] ? words[left++] : words[right++];
    while (left < half)
        scratch[n++] = words[left++];
    memcpy(words, scratch, n * sizeof *words);
}
