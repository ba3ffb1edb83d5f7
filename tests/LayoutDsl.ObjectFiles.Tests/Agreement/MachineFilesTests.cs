using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Xunit.Abstractions;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>
/// The files of the machine, read by us and by binutils. A sample; with the environment variable LAYOUTDSL_ALL_FILES=1 all of them.
/// </summary>
public sealed class MachineFilesTests(ITestOutputHelper output)
{
    [Fact]
    public void ElfFiles_OfTheMachine_AgreeWithReadelf() =>
        Compare(MachineFiles.Sample(250_000_000, 30_000_000, ObjectFileKind.Elf), atLeast: 100);

    [Fact]
    public void Archives_OfTheMachine_AgreeWithReadelfNmAndAr() =>
        Compare(MachineFiles.Sample(60_000_000, 8_000_000, ObjectFileKind.Archive, ObjectFileKind.ThinArchive), atLeast: 5);

    private void Compare(IReadOnlyList<string> paths, int atLeast)
    {
        var watch = Stopwatch.StartNew();
        var agreement = new ReadelfAgreement();
        foreach (string path in paths)
        {
            agreement.Compare(path);
        }

        output.WriteLine(
            $"{agreement.Files} files, {agreement.Objects} objects, {agreement.Entries} entries compared: {agreement.Differences} differences");
        output.WriteLine($"Verify has findings in {agreement.FilesWithFindings} objects; {watch.Elapsed.TotalSeconds:F1} s");
        foreach (IGrouping<string, ObjectFileError> group in agreement.Findings.GroupBy(finding => finding.Code.ToString()))
        {
            output.WriteLine($"  {group.Key} {group.Count()}: {string.Join("\n    ", group.Take(8))}");
        }

        foreach (string difference in agreement.Reported)
        {
            output.WriteLine(difference);
        }

        Assert.True(agreement.Files >= atLeast, $"only {agreement.Files} files were found");
        Assert.True(agreement.Entries > 10_000, $"only {agreement.Entries} entries were compared");
        Assert.Equal(0, agreement.Differences);
    }
}
