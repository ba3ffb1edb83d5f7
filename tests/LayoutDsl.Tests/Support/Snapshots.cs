using Snapshooter;
using Snapshooter.Xunit;

namespace LayoutDsl.Tests.Support;

/// <summary>Compares text with what is kept in <c>__snapshots__</c>: the one place that knows the snapshot library.</summary>
internal static class Snapshots
{
    /// <summary>Fails when <paramref name="text"/> differs from the snapshot of that name. A new one is written, but with <c>SNAPSHOOTER_STRICT_MODE=on</c>.</summary>
    public static void Match(string name, string text) =>
        Snapshot.Match(text, new SnapshotFullName(name + ".snap", Repository.GetPath("tests", "LayoutDsl.Tests")));
}
