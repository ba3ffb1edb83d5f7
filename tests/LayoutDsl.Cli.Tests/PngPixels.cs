using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace LayoutDsl.Cli.Tests;

/// <summary>The pixels of a PNG file of eight bits a sample, with three or four samples, not interlaced: what browsers write (RFC 2083).</summary>
internal sealed class PngPixels
{
    private readonly byte[] samples;
    private readonly int depth;

    private PngPixels(int width, int height, int depth, byte[] samples)
    {
        Width = width;
        Height = height;
        this.depth = depth;
        this.samples = samples;
    }

    public int Width { get; }

    public int Height { get; }

    public static PngPixels Read(byte[] file)
    {
        using var packed = new MemoryStream();
        int width = 0, height = 0, depth = 0;
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8));
                height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12));
                depth = file[at + 17] == 6 ? 4 : 3;
            }

            if (type == "IDAT") packed.Write(file, at + 8, length);
            at += length + 12;
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress)) zlib.CopyTo(unpacked);
        return new PngPixels(width, height, depth, Unfilter(unpacked.ToArray(), width * depth, height, depth));
    }

    /// <summary>How many pixels have this colour, in hexadecimal.</summary>
    public int Count(string color)
    {
        byte[] wanted = Convert.FromHexString(color);
        return Enumerable.Range(0, Width * Height).Count(i => samples.AsSpan(i * depth, 3).SequenceEqual(wanted));
    }

    private static byte[] Unfilter(byte[] lines, int stride, int height, int depth)
    {
        var result = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            int filter = lines[y * (stride + 1)];
            for (int x = 0; x < stride; x++)
            {
                int left = x < depth ? 0 : result[(y * stride) + x - depth];
                int up = y == 0 ? 0 : result[((y - 1) * stride) + x];
                int corner = x < depth || y == 0 ? 0 : result[((y - 1) * stride) + x - depth];
                int add = filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 };
                result[(y * stride) + x] = (byte)(lines[(y * (stride + 1)) + 1 + x] + add);
            }
        }

        return result;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int guess = left + up - corner;
        int a = Math.Abs(guess - left), b = Math.Abs(guess - up), c = Math.Abs(guess - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
