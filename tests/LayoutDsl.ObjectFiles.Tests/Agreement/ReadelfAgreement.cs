using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Reads files with our readers and with readelf, nm and ar, and counts what differs.</summary>
internal sealed class ReadelfAgreement
{
    private const int ReportedDifferences = 50;

    public int Files { get; private set; }

    public int Objects { get; private set; }

    /// <summary>Sections, segments, symbols and relocations.</summary>
    public long Entries { get; private set; }

    public long Differences { get; private set; }

    public int FilesWithFindings { get; private set; }

    /// <summary>The first ones.</summary>
    public List<string> Reported { get; } = [];

    /// <summary>What <see cref="ElfFile.Verify"/> says about real files; for information.</summary>
    public List<ObjectFileError> Findings { get; } = [];

    public void Compare(string path)
    {
        byte[] data = File.ReadAllBytes(path);
        Files++;
        if (ObjectFileKinds.Detect(data) == ObjectFileKind.Elf)
        {
            CompareObjects(path, [(path, data)]);
        }
        else if (ArchiveFile.TryRead(data, path, out ArchiveFile? archive, out ObjectFileError? error))
        {
            CompareMembers(archive);
            CompareIndex(archive);
            CompareObjects(path, [.. archive.Members.Select(member => (member.QualifiedName, member.Data))]);
        }
        else
        {
            Report(error.ToString());
        }
    }

    private void CompareMembers(ArchiveFile archive)
    {
        using Process ar = Tool.StartIgnoringErrors("ar", "t", archive.Name);
        int index = 0;
        while (ar.StandardOutput.ReadLine() is string line)
        {
            string ours = index < archive.Members.Count ? archive.Members[index].Name : "nothing";
            Check(ours == line, $"{archive.Name}: member {index} is {ours}, ar says {line}");
            index++;
        }

        Check(index == archive.Members.Count, $"{archive.Name}: we have {archive.Members.Count} members, ar has {index}");
        Entries += index;
    }

    private void CompareIndex(ArchiveFile archive)
    {
        using Process nm = Tool.StartIgnoringErrors("nm", "--print-armap", archive.Name);
        int index = 0;
        bool isIndex = false;
        while (nm.StandardOutput.ReadLine() is string line)
        {
            if (!isIndex)
            {
                isIndex = line == "Archive index:";
                continue;
            }

            if (line.Length == 0)
            {
                // The rest lists symbols of members.
                nm.Kill();
                break;
            }

            string ours = index < archive.SymbolIndex.Count
                ? $"{archive.SymbolIndex[index].Name} in {archive.Members[archive.SymbolIndex[index].MemberIndex].Name}"
                : "nothing";
            Check(ours == line, $"{archive.Name}: symbol {index} is {ours}, nm says {line}");
            index++;
        }

        Check(index == archive.SymbolIndex.Count, $"{archive.Name}: we have {archive.SymbolIndex.Count} indexed symbols, nm has {index}");
        Entries += index;
    }

    private void CompareObjects(string path, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Data)> objects)
    {
        using Process readelf = Tool.StartIgnoringErrors("readelf", "-SWslr", path);
        int next = 0;
        ReadelfComparison? current = objects.Count != 0 && objects[0].Name == path ? Open(objects[next++]) : null;
        while (readelf.StandardOutput.ReadLine() is string line)
        {
            if (line.StartsWith("File: ", StringComparison.Ordinal))
            {
                Close(current);
                Check(next < objects.Count && line == $"File: {objects[next].Name}", $"readelf has another member: {line}");
                current = next < objects.Count ? Open(objects[next++]) : null;
            }
            else
            {
                current?.Line(line);
            }
        }

        Close(current);
        Check(next == objects.Count, $"{path}: we have {objects.Count} objects, readelf has {next}");
    }

    private ReadelfComparison? Open((string Name, ReadOnlyMemory<byte> Data) item)
    {
        if (ObjectFileKinds.Detect(item.Data.Span) != ObjectFileKind.Elf)
        {
            return null;
        }

        if (!ElfFile.TryRead(item.Data, item.Name, out ElfFile? file, out ObjectFileError? error))
        {
            Report(error.ToString());
            return null;
        }

        Objects++;
        int before = Findings.Count;
        file.Verify(Findings);
        FilesWithFindings += Findings.Count > before ? 1 : 0;
        return new ReadelfComparison(file, Report);
    }

    private void Close(ReadelfComparison? comparison)
    {
        comparison?.End();
        Entries += comparison?.Compared ?? 0;
    }

    private void Check(bool condition, string message)
    {
        if (!condition)
        {
            Report(message);
        }
    }

    private void Report(string message)
    {
        Differences++;
        if (Reported.Count < ReportedDifferences)
        {
            Reported.Add(message);
        }
    }
}
