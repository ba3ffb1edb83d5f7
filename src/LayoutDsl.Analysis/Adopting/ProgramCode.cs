using System;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>The begin of the code of a program, by which a file is known that was made of it: linked code has addresses in it that no object and no other program has.</summary>
internal sealed class ProgramCode
{
    /// <summary>Less than this is in other files too, in bytes.</summary>
    private const int Least = 64;

    private const int Most = 4096;

    private readonly byte[] bytes;

    private ProgramCode(byte[] bytes) => this.bytes = bytes;

    /// <summary>The code of a program; null for a file that is none, or has hardly any.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ProgramCode? Of(string path)
    {
        if (!ElfFile.TryRead(File.ReadAllBytes(path), path, out ElfFile? file, out _) || file.Type != ElfFileType.Executable) return null;
        ElfSection? code = file.Sections.Where(s => s.IsAllocated && s.HasFileContent && (s.Flags & ElfSectionFlags.Execute) != 0).OrderByDescending(s => s.Size).FirstOrDefault();
        return code is null || code.Size < Least || code.Offset + code.Size > (ulong)file.Data.Length ? null : new ProgramCode(code.Data.Slice(0, (int)Math.Min(code.Size, Most)).ToArray());
    }

    /// <summary>Whether a file has this code, anywhere.</summary>
    public bool IsIn(ReadOnlySpan<byte> content) => content.IndexOf(bytes) >= 0;
}
