using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>Writes an archive in the System V format with a symbol index, so that a linker takes only the members that it needs (ar(5)).</summary>
public static class ArchiveWriter
{
    private const int HeaderSize = 60;

    /// <summary>The archive of these objects, without dates and owners. Members are found by symbols, not by names: they are named by their numbers.</summary>
    /// <param name="objects">The objects, in the order in which a linker looks at them.</param>
    /// <exception cref="ObjectFileException">The symbols of an object cannot be read.</exception>
    public static byte[] Write(IReadOnlyList<ElfFile> objects)
    {
        (string Name, int Member)[] symbols = objects.SelectMany((file, member) => FindSymbols(file).Select(name => (name, member))).ToArray();
        int[] offsets = new int[objects.Count];
        byte[] names = Encoding.UTF8.GetBytes(string.Concat(symbols.Select(s => s.Name + "\0")));
        int next = 8 + Padded(HeaderSize + 4 + (4 * symbols.Length) + names.Length);
        for (int i = 0; i < objects.Count; i++)
        {
            offsets[i] = next;
            next = checked(next + Padded(HeaderSize + objects[i].Data.Length));
        }

        var output = new MemoryStream(next);
        output.Write(Encoding.ASCII.GetBytes("!<arch>\n"), 0, 8);
        var index = new MemoryStream();
        WriteNumber(index, symbols.Length);
        foreach ((_, int member) in symbols) WriteNumber(index, offsets[member]);
        index.Write(names, 0, names.Length);
        WriteMember(output, "/", index.ToArray());
        for (int i = 0; i < objects.Count; i++) WriteMember(output, i.ToString(CultureInfo.InvariantCulture) + ".o/", objects[i].Data.ToArray());
        return output.ToArray();
    }

    private static IEnumerable<string> FindSymbols(ElfFile file)
    {
        if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error)) throw new ObjectFileException(error);
        return symbols.Where(s => !s.IsUndefined && s.Binding != ElfSymbolBinding.Local).Select(s => s.Name);
    }

    private static void WriteMember(Stream output, string name, byte[] content)
    {
        string header = string.Format(CultureInfo.InvariantCulture, "{0,-16}{1,-12}{1,-6}{1,-6}{2,-8}{3,-10}`\n", name, 0, "100644", content.Length);
        output.Write(Encoding.ASCII.GetBytes(header), 0, HeaderSize);
        output.Write(content, 0, content.Length);
        if (content.Length % 2 != 0) output.WriteByte((byte)'\n');
    }

    /// <summary>Four bytes, the highest first.</summary>
    private static void WriteNumber(Stream output, int number)
    {
        for (int shift = 24; shift >= 0; shift -= 8) output.WriteByte((byte)(number >> shift));
    }

    private static int Padded(int size) => size + (size % 2);
}
