using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>The comparison with readelf notices each kind of difference; otherwise agreement would mean nothing.</summary>
public sealed class ReadelfComparisonTests
{
    [Theory]
    [InlineData("nothing", 0, 0)]
    [InlineData("section", 1, 3)]
    [InlineData("symbol", 3, 8)]
    [InlineData("relocation", 4, 16)]
    [InlineData("segment", -1, 0)]
    public void Comparison_FileWithOneOtherByte_ReportsIt(string expected, int sectionIndex, int place)
    {
        byte[] data = Build();
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllBytes(folder.File("a.o"), data);
        ElfFile file = ElfFile.Read(data, "a.o");
        int offset = sectionIndex switch
        {
            -1 => 64 + 16,
            0 => 8,
            1 => data.Length - (5 * 64) + 16 + place,
            _ => (int)file.Sections[sectionIndex].Offset + (sectionIndex == 3 ? 24 : 0) + place,
        };
        byte[] changed = (byte[])data.Clone();
        changed[offset] ^= 1;
        var differences = new List<string>();
        var comparison = new ReadelfComparison(ElfFile.Read(changed, "a.o"), differences.Add);
        using Process readelf = Tool.StartIgnoringErrors("readelf", "-SWslr", folder.File("a.o"));
        while (readelf.StandardOutput.ReadLine() is string line)
        {
            comparison.Line(line);
        }

        comparison.End();
        Assert.Equal(6 + 1 + 3 + 2, comparison.Compared);
        if (expected == "nothing")
        {
            Assert.Empty(differences);
        }
        else
        {
            Assert.Contains(differences, difference => difference.Contains(expected, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static byte[] Build()
    {
        ElfBuilder builder = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        builder.Segments.Add(new BuiltSegment(ElfSegmentType.Load, ElfSegmentFlags.Read, 0, 0x10000, 32, 32, 1));
        return builder.Build();
    }
}
