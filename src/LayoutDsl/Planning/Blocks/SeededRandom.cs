using System;
using System.Security.Cryptography;
using System.Text;

namespace LayoutDsl.Planning.Blocks;

/// <summary>
/// Numbers that depend on nothing but the seed and the image: SHA-256 of both and a counter (FIPS 180-4). Whoever finds out all addresses of one image knows nothing of those of another, unless the
/// seed can be guessed.
/// </summary>
internal sealed class SeededRandom
{
    private readonly string text;
    private readonly SHA256 hash;
    private ulong counter;

    public SeededRandom(SHA256 hash, string seed, string image)
    {
        this.hash = hash;
        text = FormattableString.Invariant($"{seed.Length}:{seed}:{image}:");
    }

    /// <summary>A number below a limit, all of them equally likely.</summary>
    public ulong Below(ulong limit)
    {
        // What is left over at the top would make small numbers likelier.
        ulong excess = unchecked((ulong.MaxValue % limit) + 1) % limit;
        while (true)
        {
            ulong value = Next();
            if (value <= ulong.MaxValue - excess) return value % limit;
        }
    }

    private ulong Next()
    {
        byte[] digest = hash.ComputeHash(Encoding.UTF8.GetBytes(text + FormattableString.Invariant($"{counter++}")));
        ulong value = 0;
        for (int i = 0; i < sizeof(ulong); i++) value = (value << 8) | digest[i];
        return value;
    }
}
