using System.IO;

namespace LayoutDsl.Build.Files;

/// <summary>What tells, without reading it, that a file is as it was.</summary>
/// <param name="Length">Bytes; zero when there is no such file.</param>
/// <param name="Time">Time of the last change in ticks (UTC); zero when there is no such file.</param>
internal readonly record struct FileState(ulong Length, ulong Time)
{
    /// <summary>The state of a file now.</summary>
    public static FileState Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileState((ulong)file.Length, (ulong)file.LastWriteTimeUtc.Ticks) : default;
    }
}
